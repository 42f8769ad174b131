import { createHmac } from 'node:crypto'
import fc from 'fast-check'
import { signBody, verifySignature, verifySignatureSync } from 'line-oa/webhook'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'

const encode = (text: string) => new TextEncoder().encode(text)
const signedByHand = (body: string | Uint8Array, secret: string) =>
  createHmac('sha256', secret).update(body).digest('base64')

// From LINE's own page.
const secret = '8c570fa6dd201bb328f1c1eac23a96d8'
const body = '{"destination":"U8e742f61d673b39c7fff3cecb7536ef0","events":[]}'
const signature = 'GhRKmvmHys4Pi8DxkF4+EayaH0OqtJtaZxgTD9fMDLs='

const withoutNodeCrypto = () => vi.spyOn(process, 'getBuiltinModule').mockReturnValue(undefined as never)

afterEach(() => vi.restoreAllMocks())

type Verify = (...input: Parameters<typeof verifySignature>) => boolean | Promise<boolean>

const ways: [string, Verify, () => void][] = [
  ['verifySignature by node:crypto', verifySignature, () => {}],
  ['verifySignatureSync', verifySignatureSync, () => {}],
  ['verifySignature by WebCrypto', verifySignature, withoutNodeCrypto],
]

describe.each(ways)('%s', (_, verify, prepare) => {
  beforeEach(prepare)

  test('accepts the vector of LINE’s page, as text and as bytes', async () => {
    expect(await verify(body, secret, signature)).toBe(true)
    expect(await verify(encode(body), secret, signature)).toBe(true)
    expect(await verify(Buffer.from(body), secret, signature)).toBe(true)
  })

  test('takes a part of a larger buffer as that part', async () => {
    const larger = encode(`xx${body}yy`)
    expect(await verify(larger.subarray(2, -2), secret, signature)).toBe(true)
    expect(await verify(larger, secret, signature)).toBe(false)
  })

  test('agrees with node:crypto on bodies of any bytes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (bytes) => {
        expect(await verify(bytes, secret, signedByHand(bytes, secret))).toBe(true)
      }),
    )
  })

  test('agrees with node:crypto on any text and secret', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit: 'grapheme' }),
        fc.string({ unit: 'grapheme', minLength: 1 }),
        async (text, key) => {
          expect(await verify(text, key, signedByHand(text, key))).toBe(true)
        },
      ),
    )
  })

  test('refuses another secret', async () => {
    expect(await verify(body, '8c570fa6dd201bb328f1c1eac23a96d9', signature)).toBe(false)
    expect(await verify(body, secret.toUpperCase(), signature)).toBe(false)
  })

  test('accepts any one of several secrets', async () => {
    expect(await verify(body, ['0'.repeat(32), secret], signature)).toBe(true)
    expect(await verify(body, [secret, '0'.repeat(32)], signature)).toBe(true)
    expect(await verify(body, ['0'.repeat(32), '1'.repeat(32)], signature)).toBe(false)
  })

  test('refuses a signature that differs in any one character', async () => {
    for (let i = 0; i < 44; i++) {
      const wrong = signature.slice(0, i) + (signature[i] === 'A' ? 'B' : 'A') + signature.slice(i + 1)
      expect(await verify(body, secret, wrong)).toBe(false)
    }
  })

  test('refuses base64 that decodes to the same bytes but is not what LINE writes', async () => {
    // The last character carries two bits that no byte uses.
    expect(Buffer.from(signature.replace('s=', 't='), 'base64')).toEqual(Buffer.from(signature, 'base64'))
    expect(await verify(body, secret, signature.replace('s=', 't='))).toBe(false)
  })

  test.each([
    ['missing', undefined],
    ['null', null],
    ['empty', ''],
    ['without padding', signature.slice(0, -1)],
    ['with more padding', `${signature}=`],
    ['with a space', ` ${signature}`],
    ['with a newline', `${signature}\n`],
    ['url-safe', signature.replace('+', '-')],
    ['upper case', signature.toUpperCase()],
    ['hexadecimal', Buffer.from(signature, 'base64').toString('hex')],
    ['double', `${signature}, ${signature}`],
    ['not base64', `${'!'.repeat(43)}=`],
    ['of wide characters', '\u{1d7d8}'.repeat(22)],
    ['no text', 44 as unknown as string],
    ['a list', [signature] as unknown as string],
  ])('refuses a signature that is %s', async (_, wrong) => {
    expect(await verify(body, secret, wrong)).toBe(false)
  })

  test.each([[''], [[]], [['']], [[secret, '']], [undefined], [null], [42], [[undefined]]])(
    'refuses %j as channel secret, which would let anybody sign',
    async (wrong) => {
      const call = async () => await verify(body, wrong as string, signedByHand(body, ''))
      await expect(call()).rejects.toThrow(TypeError)
      await expect(call()).rejects.toThrow('channelSecret is missing or empty')
    },
  )
})

test('a body that differs in any one byte never passes', () => {
  const bytes = encode(body)
  for (let at = 0; at < bytes.length; at++) {
    const right = bytes[at] as number // `at` is within the length
    for (let wrong = 0; wrong < 256; wrong++) {
      bytes[at] = wrong
      if (verifySignatureSync(bytes, secret, signature) !== (wrong === right)) expect.fail(`byte ${at} as ${wrong}`)
    }
    bytes[at] = right
  }
})

test('a body that is cut or longer by one byte does not pass', () => {
  expect(verifySignatureSync(body.slice(0, -1), secret, signature)).toBe(false)
  expect(verifySignatureSync(`${body}\n`, secret, signature)).toBe(false)
  expect(verifySignatureSync(`\ufeff${body}`, secret, signature)).toBe(false)
})

test('a signature of wrong length or without its padding costs no hash', async () => {
  const createHmac = vi.fn()
  vi.spyOn(process, 'getBuiltinModule').mockReturnValue({ createHmac } as never)
  const unpadded = `${signature.slice(0, -1)}A`
  for (const wrong of [undefined, '', signature.slice(1), `${signature}A`, unpadded, `${signature}, ${signature}`]) {
    expect(await verifySignature(body, secret, wrong)).toBe(false)
    expect(verifySignatureSync(body, secret, wrong)).toBe(false)
  }
  expect(createHmac).not.toHaveBeenCalled()
})

test('verifySignatureSync says what to do where there is no node:crypto', () => {
  withoutNodeCrypto()
  expect(() => verifySignatureSync(body, secret, signature)).toThrow(/needs node:crypto.*await verifySignature/)
})

test('a runtime without process is served by WebCrypto', async () => {
  vi.stubGlobal('process', undefined)
  try {
    expect(await verifySignature(body, secret, signature)).toBe(true)
  } finally {
    vi.unstubAllGlobals()
  }
})

describe('signBody', () => {
  test.each([
    ['node:crypto', () => {}],
    ['WebCrypto', withoutNodeCrypto],
  ])('makes LINE’s signature by %s', async (_, prepare) => {
    prepare()
    expect(await signBody(body, secret)).toBe(signature)
    expect(await signBody(encode(body), secret)).toBe(signature)
    await expect(signBody(body, '')).rejects.toThrow(TypeError)
  })
})
