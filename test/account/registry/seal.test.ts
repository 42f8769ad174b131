// How a registry seals credentials: JWE with rotating keys, bound to one connection.

import { compactDecrypt, decodeProtectedHeader } from 'jose'
import { memoryRegistryStorage, type RegistryKey, type StoredConnection } from 'line-oa/account'
import { Secret } from 'line-oa/credentials'
import { describe, expect, test } from 'vitest'
import { setup } from '../setup.js'

const first = { id: '2026-10', key: new Uint8Array(32).fill(1) }
const second = { id: '2026-11', key: 'a text of 32 random characters and more' }
type Keys = readonly [RegistryKey, ...RegistryKey[]]

/** An account that is connected through a registry with a key, and registries that read its row, or another one in its place. */
async function connected(key: RegistryKey = first) {
  const line = setup()
  const storage = memoryRegistryStorage()
  const over = (keys: Keys) => line.createRegistry({ storage, keys })
  const connect = () => line.connect({ ...line.values, registry: over([key]), team: 'tea' })
  const { connection } = await connect()
  const id = connection?.id ?? ''
  const row = async (): Promise<StoredConnection> => {
    const found = await storage.get(id)
    if (!found) throw new Error('the connection is not stored')
    return found
  }
  const stored = await row()
  /** Opens the credentials where something else is sealed. */
  const open = (sealed: string, keys: Keys = [key], connectionId = id) => {
    const changed = { ...stored, sealed, connection: { ...stored.connection, id: connectionId } }
    return line.createRegistry({ storage: { ...storage, get: async () => changed }, keys }).client(connectionId)
  }
  return { connect, id, line, open, over, row, sealed: stored.sealed, secret: line.account.channelSecret }
}

describe('sealed credentials', () => {
  test('can be decrypted, do not reveal the credentials, and differ each time', async () => {
    const { connect, id, line, over, row, sealed, secret } = await connected()
    expect(sealed).toMatch(/^[\w-]+\.\.[\w-]+\.[\w-]+\.[\w-]+$/)
    expect(Buffer.from(sealed, 'base64url').toString('latin1')).not.toContain(secret)
    const client = await over([first]).client(id)
    expect((await line.settle(client.messaging.getBotInfo())).basicId).toBe(line.account.basicId)
    const initializationVector = (text: string) => text.split('.')[2]
    await connect()
    expect(initializationVector((await row()).sealed)).not.toBe(initializationVector(sealed))
  })

  test('are a JWE that others can open: dir, A256GCM, with the ID of the key and what the connection is bound to in the header', async () => {
    const { id, line, sealed, secret } = await connected()
    const { protectedHeader, plaintext } = await compactDecrypt(sealed, first.key)
    expect(protectedHeader).toEqual({
      alg: 'dir',
      enc: 'A256GCM',
      kid: '2026-10',
      sub: `connection ${id}`,
      team: 'tea',
      destination: line.account.userId,
      version: expect.any(Number),
    })
    expect(JSON.parse(new TextDecoder().decode(plaintext))).toMatchObject({ messaging: { channelSecret: secret } })
  })

  test('open with a string or secret as the key, and two IDs derive two keys from one string', async () => {
    const { id, open, over, sealed } = await connected(second)
    await expect(over([{ id: second.id, key: new Secret(second.key) }]).client(id)).resolves.toBeDefined()
    await expect(open(sealed)).resolves.toBeDefined()
    const header = btoa(JSON.stringify({ ...decodeProtectedHeader(sealed), kid: 'other' })).replaceAll('=', '')
    const renamed = `${header}${sealed.slice(sealed.indexOf('.'))}`
    await expect(open(renamed, [{ id: 'other', key: second.key }])).rejects.toMatchObject({ code: 'LINE_INPUT' })
  })

  test('open with an old key while a new key seals', async () => {
    const { id, over, row } = await connected()
    const rotated = over([second, first])
    await expect(rotated.client(id)).resolves.toBeDefined()
    expect(decodeProtectedHeader((await row()).sealed)['kid']).toBe('2026-10')
    expect(await rotated.reseal()).toBe(1)
    expect(decodeProtectedHeader((await row()).sealed)['kid']).toBe('2026-11')
    await expect(over([second]).client(id)).resolves.toBeDefined()
  })
})

describe('sealed credentials do not open', () => {
  test('with an unknown key, whose ID is in the error', async () => {
    const { id, over } = await connected()
    const error: unknown = await over([second])
      .client(id)
      .catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ code: 'LINE_INPUT' })
    expect(String(error)).toContain(first.id)
  })

  test('with another key of the same ID', async () => {
    const { open, sealed } = await connected()
    const wrong = { id: first.id, key: new Uint8Array(32).fill(2) }
    await expect(open(sealed, [wrong])).rejects.toMatchObject({ code: 'LINE_INPUT' })
  })

  test('for another connection', async () => {
    const { id, open, sealed } = await connected()
    await expect(open(sealed, [first], id)).resolves.toBeDefined()
    await expect(open(sealed, [first], `${id}2`)).rejects.toMatchObject({ code: 'LINE_INPUT' })
  })

  test('with any one character changed', async () => {
    const { open, sealed, secret } = await connected()
    for (let at = 0; at < sealed.length; at++) {
      if (sealed[at] === '.') continue
      // The last character of a part may have unused bits, so another character can stand for the same bytes.
      const isTail = sealed[at + 1] === '.' || at === sealed.length - 1
      const flipped = `${sealed.slice(0, at)}${sealed[at] === 'A' ? 'B' : 'A'}${sealed.slice(at + 1)}`
      const opened: unknown = await open(flipped).catch((error: unknown) => error)
      if (isTail && !(opened instanceof Error)) continue
      expect(opened, `character ${at}`).toMatchObject({ code: 'LINE_INPUT' })
      expect(String(opened)).not.toContain(secret)
    }
  })

  test.each(['', 'text', '....', 'a.b.c.d.e', '{}', `${btoa('{"kid":7}')}.....`, `${btoa('null')}....`])(
    'when they are not a JWE: %j',
    async (text) => {
      const { open } = await connected()
      await expect(open(text)).rejects.toMatchObject({ code: 'LINE_INPUT' })
    },
  )
})

describe('reseal', () => {
  test('fails for a value that is not sealed, and skips a connection without credentials', async () => {
    for (const [sealed, expected] of [
      ['', 0],
      ['text', undefined],
      [`${btoa('{"kid":7}')}.....`, undefined],
    ] as const) {
      const { connection, ...rest } = await (await connected()).row()
      const storage = memoryRegistryStorage()
      await storage.insert({ ...rest, connection, sealed })
      const registry = setup().createRegistry({ storage, keys: [first] })
      if (expected === undefined) await expect(registry.reseal()).rejects.toMatchObject({ code: 'LINE_INPUT' })
      else expect(await registry.reseal()).toBe(expected)
    }
  })
})
