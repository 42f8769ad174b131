import { constants, generateKeyPairSync, sign } from 'node:crypto'
import { Secret } from 'line-oa/credentials'
import { type IdTokenKeys, LineLoginError, type VerifyIdTokenOptions, verifyIdToken } from 'line-oa/id-token'
import { afterEach, describe, expect, test, vi } from 'vitest'
import {
  byEcdsa,
  byHmac,
  channelId,
  channelSecret,
  claims,
  hs256,
  jwt,
  lineKey,
  now,
  standing,
} from './signed-tokens.js'

const line = lineKey('a2a459aec5b65fa')
const other = lineKey('other')
const asked: string[] = []
const keys: IdTokenKeys = {
  get: async (kid) => {
    asked.push(kid)
    const { x = '', y = '' } = line.jwk
    return kid === line.kid ? { kty: 'EC', crv: 'P-256', x, y } : undefined
  },
}

const verify = (token: string, options: Partial<VerifyIdTokenOptions> = {}) =>
  verifyIdToken(token, { channelId, channelSecret, keys, clock: standing, ...options })

const refusal = async (token: string, options: Partial<VerifyIdTokenOptions> = {}) => {
  const error: unknown = await verify(token, options).catch((thrown: unknown) => thrown)
  if (!(error instanceof LineLoginError)) throw new Error('the token was accepted', { cause: error })
  expect(error.code).toBe('LINE_LOGIN')
  if (token) expect(JSON.stringify(error)).not.toContain(token)
  return error.reason
}

afterEach(() => {
  asked.length = 0
  vi.unstubAllGlobals()
})

describe('a valid ID token', () => {
  test('of a web login is verified with the channel secret', async () => {
    expect(await verify(hs256(), { nonce: claims.nonce })).toEqual(claims)
    expect(await verify(hs256(), { channelSecret: new Secret(channelSecret) })).toEqual(claims)
    expect(asked).toEqual([])
  })

  test('is verified without node:crypto, as in a browser or a worker', async () => {
    vi.stubGlobal('process', undefined)
    expect(await verify(hs256())).toEqual(claims)
    expect(await refusal(hs256({}, {}, `${channelSecret}0`))).toBe('signature')
  })

  test('of LIFF or a native app is verified with the key that it names', async () => {
    expect(await verify(line.token(), { channelSecret: undefined })).toMatchObject({ sub: claims.sub, aud: channelId })
    expect(asked).toEqual([line.kid])
  })

  test('keeps unknown claims and those of Profile+', async () => {
    const more = { email: 'taro@example.com', address: { country: 'JP' }, future: { a: 1 } }
    expect(await verify(hs256(more))).toEqual({ ...claims, ...more })
  })

  test('keeps text outside ASCII', async () => {
    expect(await verify(hs256({ name: '太郎 👩‍👩‍👧' }))).toMatchObject({ name: '太郎 👩‍👩‍👧' })
  })

  test('may have no login method', async () => {
    expect(await verify(hs256({ amr: undefined }))).not.toHaveProperty('amr')
  })
})

describe('a claim', () => {
  test.each([
    ['another issuer', { iss: 'https://access.line.me/' }, 'issuer'],
    ['no issuer', { iss: undefined }, 'issuer'],
    ['another channel', { aud: '1234567891' }, 'audience'],
    ['a channel as a number', { aud: 1234567890 }, 'audience'],
    ['this channel among others', { aud: [channelId, '1'] }, 'audience'],
    ['no channel', { aud: undefined }, 'audience'],
    ['no user', { sub: undefined }, 'subject'],
    ['an empty user', { sub: '' }, 'subject'],
    ['a user as a number', { sub: 1 }, 'subject'],
    ['expired by one second', { exp: now - 1 }, 'expired'],
    ['expired this second', { exp: now }, 'expired'],
    ['no expiry', { exp: undefined }, 'malformed'],
    ['an expiry that is a string', { exp: `${now + 3600}` }, 'malformed'],
    ['no issue time', { iat: undefined }, 'malformed'],
    ['issued in the future', { iat: now + 11 }, 'issued-in-future'],
    ['valid only in the future', { nbf: now + 11 }, 'issued-in-future'],
    ['a start that is a string', { nbf: 'soon' }, 'malformed'],
    ['amr as a string', { amr: 'pwd' }, 'malformed'],
  ])('is refused: %s', async (_, changes, reason) => {
    expect(await refusal(hs256(changes))).toBe(reason)
    expect(await refusal(line.token(changes))).toBe(reason)
  })

  test('is accepted in its last second, and with a clock that is 10 seconds slow', async () => {
    await expect(verify(hs256({ exp: now + 1 }))).resolves.toBeDefined()
    await expect(verify(hs256({ iat: now + 10 }))).resolves.toBeDefined()
  })

  test('is checked with the clock tolerance at its start and its end', async () => {
    await expect(verify(hs256({ exp: now - 29 }), { clockTolerance: 30 })).resolves.toBeDefined()
    expect(await refusal(hs256({ exp: now - 30 }), { clockTolerance: 30 })).toBe('expired')
    await expect(verify(hs256({ iat: now + 30 }), { clockTolerance: 30 })).resolves.toBeDefined()
    expect(await refusal(hs256({ iat: now + 31 }), { clockTolerance: 30 })).toBe('issued-in-future')
  })

  test.each(['n-0S6_WzA2Mk', 'n-0S6_WzA2M', 'n-0S6_WzA2Mjj', ''])(
    'is refused: the nonce %j instead of another',
    async (nonce) => {
      expect(await refusal(hs256({ nonce }), { nonce: claims.nonce })).toBe('nonce')
    },
  )

  test('is refused: no nonce, or one that is not a string, where one is expected', async () => {
    expect(await refusal(hs256({ nonce: undefined }), { nonce: claims.nonce })).toBe('nonce')
    expect(await refusal(hs256({ nonce: [claims.nonce] }), { nonce: claims.nonce })).toBe('nonce')
  })

  test('is refused: a login that is too old, in the future or of unknown age', async () => {
    await expect(verify(hs256({ auth_time: now - 60 }), { maxAge: 60 })).resolves.toBeDefined()
    for (const auth_time of [now - 61, now + 11, undefined, `${now}`])
      expect(await refusal(hs256({ auth_time }), { maxAge: 60 })).toBe('auth-time')
    await expect(verify(hs256({ auth_time: now - 61 }), { maxAge: 60, clockTolerance: 1 })).resolves.toBeDefined()
  })

  test('is refused: a login method that is not in the list', async () => {
    await expect(verify(hs256({ amr: ['linesso', 'mfa'] }), { amr: ['mfa', 'pwd'] })).resolves.toBeDefined()
    expect(await refusal(hs256({ amr: ['lineautologin'] }), { amr: ['mfa', 'pwd'] })).toBe('amr')
    expect(await refusal(hs256({ amr: undefined }), { amr: ['pwd'] })).toBe('amr')
  })
})

describe('algorithm confusion', () => {
  test.each(['none', 'None', 'NONE', '', 'hs256', 'HS384', 'RS256', 'PS256', 'ES384', 'EdDSA', 'constructor'])(
    'alg %j is refused',
    async (alg) => {
      expect(await refusal(jwt({ typ: 'JWT', alg }, claims, byHmac(channelSecret)))).toBe('algorithm')
      expect(await refusal(jwt({ typ: 'JWT', alg }, claims, () => ''))).toBe('algorithm')
    },
  )

  test.each([undefined, null, 1, ['HS256'], { toString: 'HS256' }])(
    'alg %j is refused, which is not a string',
    async (alg) => {
      expect(await refusal(jwt({ alg }, claims, byHmac(channelSecret)))).toBe('algorithm')
    },
  )

  test('RS256 with a key in its header is refused', async () => {
    const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
    const rs256 = (input: string) =>
      sign('sha256', Buffer.from(input), { key: privateKey, padding: constants.RSA_PKCS1_PADDING })
    expect(await refusal(jwt({ alg: 'RS256', kid: line.kid }, claims, rs256))).toBe('algorithm')
    expect(await refusal(jwt({ alg: 'RS256', jwk: publicKey.export({ format: 'jwk' }) }, claims, rs256))).toBe(
      'malformed',
    )
  })

  test('HS256 with the public key of LINE as its secret is refused, in every encoding of the key', async () => {
    const forms: (string | Buffer)[] = [
      line.publicKey.export({ format: 'pem', type: 'spki' }),
      line.publicKey.export({ format: 'der', type: 'spki' }),
      JSON.stringify(line.jwk),
      JSON.stringify(line.publicKey.export({ format: 'jwk' })),
      line.jwk.x ?? '',
      Buffer.from(line.jwk.x ?? '', 'base64url'),
    ]
    for (const form of forms) {
      const forged = jwt({ alg: 'HS256', kid: line.kid }, claims, byHmac(form))
      expect(await refusal(forged)).toBe('signature')
      expect(await refusal(forged, { channelSecret: undefined })).toBe('algorithm')
    }
    expect(asked).toEqual([])
  })

  test('HS256 with an empty secret is refused, and an empty channelSecret is a mistake of the caller', async () => {
    expect(await refusal(hs256({}, {}, ''))).toBe('signature')
    await expect(verify(hs256({}, {}, ''), { channelSecret: '' })).rejects.toMatchObject({ code: 'LINE_INPUT' })
  })

  test('ES256 with another key than it names is refused', async () => {
    expect(await refusal(jwt({ alg: 'ES256', kid: line.kid }, claims, byEcdsa(other.privateKey)))).toBe('signature')
  })

  test('ES256 signed with the channel secret is refused', async () => {
    expect(await refusal(jwt({ alg: 'ES256', kid: line.kid }, claims, byHmac(channelSecret)))).toBe('signature')
  })

  test('ES256 with a signature in DER, of zeros or of the wrong length is refused', async () => {
    const header = { alg: 'ES256', kid: line.kid }
    const signatures = [byEcdsa(line.privateKey, 'der'), ...[0, 63, 64, 65].map((length) => () => Buffer.alloc(length))]
    for (const signature of signatures) expect(await refusal(jwt(header, claims, signature))).toBe('signature')
  })

  test('ES256 on another curve is refused', async () => {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-384' })
    expect(await refusal(jwt({ alg: 'ES256', kid: line.kid }, claims, byEcdsa(privateKey)))).toBe('signature')
  })

  test.each([
    '../../dev/null',
    '/dev/null',
    '__proto__',
    'constructor',
    "' OR 1=1 --",
    '',
    `${line.kid} `,
    line.kid.toUpperCase(),
  ])('the kid %j is an unknown key', async (kid) => {
    expect(await refusal(line.token({}, { kid }))).toBe('unknown-key')
    expect(asked).toEqual([kid])
  })

  test.each([undefined, null, 1, [line.kid], { a: 1 }])('the kid %j is refused, which is not a string', async (kid) => {
    expect(await refusal(line.token({}, { kid }))).toBe('malformed')
    expect(asked).toEqual([])
  })

  test('a key or the URL of a key in the header is refused before a key is looked up', async () => {
    for (const extra of [
      { jwk: other.jwk },
      { jku: 'https://evil.example/certs' },
      { x5u: 'https://evil.example' },
      { x5c: ['MII'] },
    ])
      expect(await refusal(jwt({ alg: 'ES256', kid: line.kid, ...extra }, claims, byEcdsa(other.privateKey)))).toBe(
        'malformed',
      )
    expect(asked).toEqual([])
  })

  test('crit and b64 are refused, whatever their value', async () => {
    for (const extra of [{ crit: ['exp'] }, { crit: [] }, { crit: ['b64'], b64: false }, { b64: true }]) {
      expect(await refusal(hs256({}, extra))).toBe('malformed')
      expect(await refusal(line.token({}, extra))).toBe('malformed')
    }
  })
})

describe('a value that is not a token', () => {
  const [head = '', body = '', signature = ''] = hs256().split('.')
  test.each([
    ['nothing', ''],
    ['a word', 'hello'],
    ['two parts', `${head}.${body}`],
    ['four parts', `${head}.${body}.${signature}.`],
    ['a header that is not base64url', `${head}!.${body}.${signature}`],
    ['a header that is not JSON', `${Buffer.from('{').toString('base64url')}.${body}.${signature}`],
    ['a header that is a list', `${Buffer.from('["HS256"]').toString('base64url')}.${body}.${signature}`],
    ['a header that is null', `${Buffer.from('null').toString('base64url')}.${body}.${signature}`],
    ['a header that is not UTF-8', `${Buffer.from([0x7b, 0xff, 0x7d]).toString('base64url')}.${body}.${signature}`],
  ])('is malformed: %s', async (_, token) => {
    expect(await refusal(token)).toBe('malformed')
  })

  test('is malformed: an object', async () => {
    const token: unknown = { toString: () => hs256() }
    expect(await refusal(token as string)).toBe('malformed')
  })

  test('is refused: a signature or a body with one changed character', async () => {
    const flip = (text: string) => (text.startsWith('A') ? 'B' : 'A') + text.slice(1)
    expect(await refusal(`${head}.${body}.${flip(signature)}`)).toBe('signature')
    expect(await refusal(`${head}.${body}.${signature}=`)).toBe('signature')
    expect(await refusal(`${head}.${body}.`)).toBe('signature')
    expect(await refusal(`${head}.${flip(body)}.${signature}`)).toBe('signature')
    const [a = '', b = '', c = ''] = line.token().split('.')
    expect(await refusal(`${a}.${b}.${flip(c)}`)).toBe('signature')
    expect(await refusal(`${a}.${flip(b)}.${c}`)).toBe('signature')
  })

  test('is malformed: a signed payload that is not an object', async () => {
    for (const payload of ['', 'null', '[]', '"text"', '{'])
      expect(await refusal(jwt({ alg: 'HS256' }, payload, byHmac(channelSecret)))).toBe('malformed')
  })

  test('a payload with __proto__ does not change a prototype', async () => {
    const payload = JSON.stringify(claims).replace('{', '{"__proto__":{"admin":true},')
    const checked = await verify(jwt({ alg: 'HS256' }, payload, byHmac(channelSecret)))
    expect('admin' in checked).toBe(false)
    expect('admin' in {}).toBe(false)
  })
})

test('a missing channel ID is a mistake of the caller, not of the token', async () => {
  const missing: unknown = undefined
  for (const id of ['', missing as string]) {
    await expect(verify(hs256(), { channelId: id })).rejects.toMatchObject({ code: 'LINE_INPUT' })
  }
})
