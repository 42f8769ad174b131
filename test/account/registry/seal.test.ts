import { compactDecrypt } from 'jose'
import { Secret } from 'line-oa/credentials'
import { describe, expect, test } from 'vitest'
import { createSealer } from '../../../src/account/seal.js'

const first = { id: '2026-10', key: new Uint8Array(32).fill(1) }
const second = { id: '2026-11', key: 'a text of 32 random characters and more' }
const subject = 'connection 1'

describe('a sealer', () => {
  test('opens what it sealed, which shows nothing of the text', async () => {
    const sealer = createSealer([first])
    const sealed = await sealer.seal('the secret 茶', subject)
    expect(sealed).toMatch(/^[\w-]+\.\.[\w-]+\.[\w-]+\.[\w-]+$/)
    expect(await sealer.open(sealed, subject)).toBe('the secret 茶')
    expect(await sealer.seal('the secret 茶', subject)).not.toBe(sealed)
  })

  test('makes a JWE that others can open: dir, A256GCM, with the ID of the key and the subject in the header', async () => {
    const sealed = await createSealer([first]).seal('text', subject)
    const { protectedHeader, plaintext } = await compactDecrypt(sealed, first.key)
    expect(protectedHeader).toEqual({ alg: 'dir', enc: 'A256GCM', kid: '2026-10', sub: subject })
    expect(new TextDecoder().decode(plaintext)).toBe('text')
  })

  test('a text serves as a key, hidden or not, and two ids make two keys of it', async () => {
    const sealed = await createSealer([second]).seal('text', subject)
    expect(await createSealer([{ id: second.id, key: new Secret(second.key) }]).open(sealed, subject)).toBe('text')
    const header = btoa(JSON.stringify({ alg: 'dir', enc: 'A256GCM', kid: 'other', sub: subject })).replaceAll('=', '')
    const renamed = `${header}${sealed.slice(sealed.indexOf('.'))}`
    await expect(createSealer([{ id: 'other', key: second.key }]).open(renamed, subject)).rejects.toMatchObject({
      code: 'LINE_INPUT',
    })
  })

  test('a new key seals while the old one still opens', async () => {
    const old = await createSealer([first]).seal('text', subject)
    const rotated = createSealer([second, first])
    expect(await rotated.open(old, subject)).toBe('text')
    expect(rotated.keyOf(old)).toBe('2026-10')
    expect(rotated.keyOf(await rotated.seal('text', subject))).toBe('2026-11')
  })
})

describe('what does not open, and says why without a word of it', () => {
  const sealed = () => createSealer([first]).seal('the secret', subject)

  test('an unknown key is named', async () => {
    await expect(createSealer([second]).open(await sealed(), subject)).rejects.toThrow(/another key.*2026-10/)
  })

  test('a wrong key of the same id', async () => {
    const wrong = createSealer([{ id: first.id, key: new Uint8Array(32).fill(2) }])
    await expect(wrong.open(await sealed(), subject)).rejects.toThrow(/does not open/)
  })

  test('what was sealed for another connection', async () => {
    await expect(createSealer([first]).open(await sealed(), 'connection 2')).rejects.toThrow(/another connection/)
  })

  test('any one byte flipped', async () => {
    const sealer = createSealer([first])
    const text = await sealed()
    for (let at = 0; at < text.length; at++) {
      if (text[at] === '.') continue
      // The last letter of a part may carry bits that mean nothing, so another letter may stand for the same bytes.
      const isTail = text[at + 1] === '.' || at === text.length - 1
      const flipped = `${text.slice(0, at)}${text[at] === 'A' ? 'B' : 'A'}${text.slice(at + 1)}`
      const opened = await sealer.open(flipped, subject).catch((error: unknown) => error)
      if (isTail && opened === 'the secret') continue
      expect(opened, `byte ${at}`).toMatchObject({ code: 'LINE_INPUT' })
      expect(String(opened)).not.toContain('the secret')
    }
  })

  test.each(['', 'text', '....', 'a.b.c.d.e', '{}', `${btoa('{"kid":7}')}.....`, `${btoa('null')}....`])(
    'no JWE at all: %j',
    async (text) => {
      await expect(createSealer([first]).open(text, subject)).rejects.toMatchObject({ code: 'LINE_INPUT' })
      expect(createSealer([first]).keyOf(text)).toBeUndefined()
    },
  )
})
