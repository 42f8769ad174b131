import { createHmac } from 'node:crypto'
import fc from 'fast-check'
import { Secret } from 'line-oa/credentials'
import { signBody, signBodySync, verifySignature, verifySignatureSync } from 'line-oa/webhook'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'

const encode = (text: string) => new TextEncoder().encode(text)
const signedByHand = (body: string | Uint8Array, secret: string) =>
  createHmac('sha256', secret).update(body).digest('base64')

// From LINE's documentation.
const secret = '8c570fa6dd201bb328f1c1eac23a96d8'
const body = '{"destination":"U8e742f61d673b39c7fff3cecb7536ef0","events":[]}'
const signature = 'GhRKmvmHys4Pi8DxkF4+EayaH0OqtJtaZxgTD9fMDLs='

const withoutNodeCrypto = () => vi.spyOn(process, 'getBuiltinModule').mockReturnValue(undefined as never)

afterEach(() => vi.restoreAllMocks())

type Verify = (...input: Parameters<typeof verifySignature>) => boolean | Promise<boolean>

const ways: [string, Verify, () => void][] = [
  ['verifySignature with node:crypto', verifySignature, () => {}],
  ['verifySignatureSync', verifySignatureSync, () => {}],
  ['verifySignature with WebCrypto', verifySignature, withoutNodeCrypto],
]

describe.each(ways)('%s', (_, verify, prepare) => {
  beforeEach(prepare)

  test('accepts the example of LINE’s documentation, as a string and as bytes', async () => {
    expect(await verify(body, secret, signature)).toBe(true)
    expect(await verify(encode(body), secret, signature)).toBe(true)
    expect(await verify(Buffer.from(body), secret, signature)).toBe(true)
  })

  test.each<[string, string | Secret]>([
    ['a Secret', new Secret(secret)],
    ['a line break at its end', `${secret}\n`],
    ['spaces around it', ` ${secret} `],
    ['upper case', secret.toUpperCase()],
  ])('reads a channel secret as the receiver does: %s', async (_name, given) => {
    expect(await verify(body, given, signature)).toBe(true)
    expect(await verify(body, ['another secret', given], signature)).toBe(true)
  })

  test.each(['undefined', 'null', ' '])('refuses the channel secret %j', async (given) => {
    const call = async () => await verify(body, given, signature)
    await expect(call()).rejects.toMatchObject({ code: 'LINE_INPUT' })
  })

  test('reads only the given part of a larger buffer', async () => {
    const larger = encode(`xx${body}yy`)
    expect(await verify(larger.subarray(2, -2), secret, signature)).toBe(true)
    expect(await verify(larger, secret, signature)).toBe(false)
  })

  test('agrees with node:crypto on any bytes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (bytes) => {
        expect(await verify(bytes, secret, signedByHand(bytes, secret))).toBe(true)
      }),
    )
  })

  test('agrees with node:crypto on any string and secret', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit: 'grapheme' }),
        // Not trimmed, not the text of a missing variable, and not 32 hexadecimal digits in upper case.
        fc.string({ unit: 'grapheme', minLength: 1 }).map((key) => `.${key}.`),
        async (text, key) => {
          expect(await verify(text, key, signedByHand(text, key))).toBe(true)
        },
      ),
    )
  })

  test('refuses another secret', async () => {
    expect(await verify(body, '8c570fa6dd201bb328f1c1eac23a96d9', signature)).toBe(false)
    expect(await verify(body, `${secret}0`, signature)).toBe(false)
  })

  test('accepts any one of several secrets', async () => {
    expect(await verify(body, ['0'.repeat(32), secret], signature)).toBe(true)
    expect(await verify(body, [secret, '0'.repeat(32)], signature)).toBe(true)
    expect(await verify(body, ['0'.repeat(32), '1'.repeat(32)], signature)).toBe(false)
  })

  test('refuses a signature with any one character changed', async () => {
    for (let i = 0; i < 44; i++) {
      const wrong = signature.slice(0, i) + (signature[i] === 'A' ? 'B' : 'A') + signature.slice(i + 1)
      expect(await verify(body, secret, wrong)).toBe(false)
    }
  })

  test('refuses other base64 of the same bytes', async () => {
    // The last character has two unused bits.
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
    ['a number', 44 as unknown as string],
    ['a list', [signature] as unknown as string],
  ])('refuses a signature that is %s', async (_, wrong) => {
    expect(await verify(body, secret, wrong)).toBe(false)
  })

  test.each([[''], [[]], [['']], [[secret, '']], [undefined], [null], [42], [[undefined]]])(
    'refuses %j as channel secret, because anyone could sign with an empty key',
    async (wrong) => {
      const call = async () => await verify(body, wrong as string, signedByHand(body, ''))
      await expect(call()).rejects.toMatchObject({ code: 'LINE_INPUT' })
    },
  )
})

test('refuses a body with any one byte changed', () => {
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

test('refuses a body that is one character shorter or longer', () => {
  expect(verifySignatureSync(body.slice(0, -1), secret, signature)).toBe(false)
  expect(verifySignatureSync(`${body}\n`, secret, signature)).toBe(false)
  expect(verifySignatureSync(`\ufeff${body}`, secret, signature)).toBe(false)
})

test('refuses a signature of the wrong length or without padding before it computes a hash', async () => {
  const createHmac = vi.fn()
  vi.spyOn(process, 'getBuiltinModule').mockReturnValue({ createHmac } as never)
  const unpadded = `${signature.slice(0, -1)}A`
  for (const wrong of [undefined, '', signature.slice(1), `${signature}A`, unpadded, `${signature}, ${signature}`]) {
    expect(await verifySignature(body, secret, wrong)).toBe(false)
    expect(verifySignatureSync(body, secret, wrong)).toBe(false)
  }
  expect(createHmac).not.toHaveBeenCalled()
})

test('verifySignatureSync and signBodySync throw without node:crypto', () => {
  withoutNodeCrypto()
  const refused = expect.objectContaining({ code: 'LINE_INPUT' })
  expect(() => verifySignatureSync(body, secret, signature)).toThrow(refused)
  expect(() => signBodySync(body, secret)).toThrow(refused)
})

test('verifySignature uses WebCrypto in a runtime without process', async () => {
  vi.stubGlobal('process', undefined)
  try {
    expect(await verifySignature(body, secret, signature)).toBe(true)
  } finally {
    vi.unstubAllGlobals()
  }
})

const signers: [string, (...input: Parameters<typeof signBody>) => string | Promise<string>, () => void][] = [
  ['signBody with node:crypto', signBody, () => {}],
  ['signBody with WebCrypto', signBody, withoutNodeCrypto],
  ['signBodySync', signBodySync, () => {}],
]

describe.each(signers)('%s', (_, sign, prepare) => {
  beforeEach(prepare)

  test('makes the signature that LINE makes', async () => {
    expect(await sign(body, secret)).toBe(signature)
    expect(await sign(encode(body), secret)).toBe(signature)
  })

  test('reads a channel secret as the receiver does', async () => {
    for (const given of [new Secret(secret), `${secret}\n`, secret.toUpperCase()])
      expect(await sign(body, given)).toBe(signature)
  })

  test('agrees with node:crypto on any bytes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (bytes) => {
        expect(await sign(bytes, secret)).toBe(signedByHand(bytes, secret))
      }),
    )
  })

  test.each([[''], [undefined], [null], [42], [[secret]]])('refuses %j as channel secret', async (wrong) => {
    const call = async () => await sign(body, wrong as string)
    await expect(call()).rejects.toMatchObject({ code: 'LINE_INPUT' })
  })

  test.each([[undefined], [null], [42], [{}], [[body]]])('refuses %j as body', async (wrong) => {
    const call = async () => await sign(wrong as never, secret)
    await expect(call()).rejects.toMatchObject({ code: 'LINE_INPUT' })
  })
})
