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
} from './tokens-by-hand.js'

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
  if (!(error instanceof LineLoginError)) throw new Error('the token passed', { cause: error })
  expect(error.code).toBe('LINE_LOGIN')
  if (token) expect(JSON.stringify(error)).not.toContain(token)
  return error.reason
}

afterEach(() => {
  asked.length = 0
  vi.unstubAllGlobals()
})

describe('what passes', () => {
  test('a token of a web login, with the channel secret', async () => {
    expect(await verify(hs256(), { nonce: claims.nonce })).toEqual(claims)
    expect(await verify(hs256(), { channelSecret: new Secret(channelSecret) })).toEqual(claims)
    expect(asked).toEqual([])
  })

  test('the same without node:crypto, as in a browser or a plain worker', async () => {
    vi.stubGlobal('process', undefined)
    expect(await verify(hs256())).toEqual(claims)
    expect(await refusal(hs256({}, {}, `${channelSecret}0`))).toBe('signature')
  })

  test('a token of LIFF or a native app, with the key that it names', async () => {
    expect(await verify(line.token(), { channelSecret: undefined })).toMatchObject({ sub: claims.sub, aud: channelId })
    expect(asked).toEqual([line.kid])
  })

  test('claims that LINE may add come along, and so do those of Profile+', async () => {
    const more = { email: 'taro@example.com', address: { country: 'JP' }, future: { a: 1 } }
    expect(await verify(hs256(more))).toEqual({ ...claims, ...more })
  })

  test('text outside of ASCII survives', async () => {
    expect(await verify(hs256({ name: '太郎 👩‍👩‍👧' }))).toMatchObject({ name: '太郎 👩‍👩‍👧' })
  })

  test('LINE need not say how the user logged in', async () => {
    expect(await verify(hs256({ amr: undefined }))).not.toHaveProperty('amr')
  })
})

describe('a claim that is not what it must be', () => {
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
    ['expiry as text', { exp: `${now + 3600}` }, 'malformed'],
    ['no beginning', { iat: undefined }, 'malformed'],
    ['issued in the future', { iat: now + 11 }, 'issued-in-future'],
    ['not valid before the future', { nbf: now + 11 }, 'issued-in-future'],
    ['not valid before some text', { nbf: 'soon' }, 'malformed'],
    ['amr as text', { amr: 'pwd' }, 'malformed'],
  ])('%s', async (_, changes, reason) => {
    expect(await refusal(hs256(changes))).toBe(reason)
    expect(await refusal(line.token(changes))).toBe(reason)
  })

  test('a last second is still good, and so is a clock that is a little slow', async () => {
    await expect(verify(hs256({ exp: now + 1 }))).resolves.toBeDefined()
    await expect(verify(hs256({ iat: now + 10 }))).resolves.toBeDefined()
  })

  test('clock tolerance works for the end and the beginning', async () => {
    await expect(verify(hs256({ exp: now - 29 }), { clockTolerance: 30 })).resolves.toBeDefined()
    expect(await refusal(hs256({ exp: now - 30 }), { clockTolerance: 30 })).toBe('expired')
    await expect(verify(hs256({ iat: now + 30 }), { clockTolerance: 30 })).resolves.toBeDefined()
    expect(await refusal(hs256({ iat: now + 31 }), { clockTolerance: 30 })).toBe('issued-in-future')
  })

  test.each(['n-0S6_WzA2Mk', 'n-0S6_WzA2M', 'n-0S6_WzA2Mjj', ''])(
    'the nonce %j where another was wanted',
    async (nonce) => {
      expect(await refusal(hs256({ nonce }), { nonce: claims.nonce })).toBe('nonce')
    },
  )

  test('no nonce where one was wanted, or one that is no text', async () => {
    expect(await refusal(hs256({ nonce: undefined }), { nonce: claims.nonce })).toBe('nonce')
    expect(await refusal(hs256({ nonce: [claims.nonce] }), { nonce: claims.nonce })).toBe('nonce')
  })

  test('a login that is older than it may be, or of unknown or future age', async () => {
    await expect(verify(hs256({ auth_time: now - 60 }), { maxAge: 60 })).resolves.toBeDefined()
    for (const auth_time of [now - 61, now + 11, undefined, `${now}`])
      expect(await refusal(hs256({ auth_time }), { maxAge: 60 })).toBe('auth-time')
    await expect(verify(hs256({ auth_time: now - 61 }), { maxAge: 60, clockTolerance: 1 })).resolves.toBeDefined()
  })

  test('a way of logging in that is not good enough', async () => {
    await expect(verify(hs256({ amr: ['linesso', 'mfa'] }), { amr: ['mfa', 'pwd'] })).resolves.toBeDefined()
    expect(await refusal(hs256({ amr: ['lineautologin'] }), { amr: ['mfa', 'pwd'] })).toBe('amr')
    expect(await refusal(hs256({ amr: undefined }), { amr: ['pwd'] })).toBe('amr')
  })
})

describe('algorithm confusion', () => {
  test.each(['none', 'None', 'NONE', '', 'hs256', 'HS384', 'RS256', 'PS256', 'ES384', 'EdDSA', 'constructor'])(
    'alg %j',
    async (alg) => {
      expect(await refusal(jwt({ typ: 'JWT', alg }, claims, byHmac(channelSecret)))).toBe('algorithm')
      expect(await refusal(jwt({ typ: 'JWT', alg }, claims, () => ''))).toBe('algorithm')
    },
  )

  test.each([undefined, null, 1, ['HS256'], { toString: 'HS256' }])('alg that is no text: %j', async (alg) => {
    expect(await refusal(jwt({ alg }, claims, byHmac(channelSecret)))).toBe('algorithm')
  })

  test('RS256 with a key that it brings along', async () => {
    const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
    const rs256 = (input: string) =>
      sign('sha256', Buffer.from(input), { key: privateKey, padding: constants.RSA_PKCS1_PADDING })
    expect(await refusal(jwt({ alg: 'RS256', kid: line.kid }, claims, rs256))).toBe('algorithm')
    expect(await refusal(jwt({ alg: 'RS256', jwk: publicKey.export({ format: 'jwk' }) }, claims, rs256))).toBe(
      'malformed',
    )
  })

  test('HS256 under the public key of LINE, in every form that it could be taken in', async () => {
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

  test('HS256 under an empty key, and an empty secret is a mistake of the caller', async () => {
    expect(await refusal(hs256({}, {}, ''))).toBe('signature')
    await expect(verify(hs256({}, {}, ''), { channelSecret: '' })).rejects.toMatchObject({ code: 'LINE_INPUT' })
  })

  test('ES256 by another key than the one it names', async () => {
    expect(await refusal(jwt({ alg: 'ES256', kid: line.kid }, claims, byEcdsa(other.privateKey)))).toBe('signature')
  })

  test('ES256 signed with the channel secret', async () => {
    expect(await refusal(jwt({ alg: 'ES256', kid: line.kid }, claims, byHmac(channelSecret)))).toBe('signature')
  })

  test('ES256 with a signature in DER, of zeros, or of the wrong length', async () => {
    const header = { alg: 'ES256', kid: line.kid }
    const signatures = [byEcdsa(line.privateKey, 'der'), ...[0, 63, 64, 65].map((length) => () => Buffer.alloc(length))]
    for (const signature of signatures) expect(await refusal(jwt(header, claims, signature))).toBe('signature')
  })

  test('ES256 on another curve', async () => {
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
  ])('the kid %j leads nowhere', async (kid) => {
    expect(await refusal(line.token({}, { kid }))).toBe('unknown-key')
    expect(asked).toEqual([kid])
  })

  test.each([undefined, null, 1, [line.kid], { a: 1 }])('a kid that is no text: %j', async (kid) => {
    expect(await refusal(line.token({}, { kid }))).toBe('malformed')
    expect(asked).toEqual([])
  })

  test('a key that the token brings along, or an address of one, is refused before anything is asked', async () => {
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

  test('crit and b64, whatever they say', async () => {
    for (const extra of [{ crit: ['exp'] }, { crit: [] }, { crit: ['b64'], b64: false }, { b64: true }]) {
      expect(await refusal(hs256({}, extra))).toBe('malformed')
      expect(await refusal(line.token({}, extra))).toBe('malformed')
    }
  })
})

describe('what is no token', () => {
  const [head = '', body = '', signature = ''] = hs256().split('.')
  test.each([
    ['nothing', ''],
    ['text', 'hello'],
    ['two parts', `${head}.${body}`],
    ['four parts', `${head}.${body}.${signature}.`],
    ['a header that is no base64url', `${head}!.${body}.${signature}`],
    ['a header that is no JSON', `${Buffer.from('{').toString('base64url')}.${body}.${signature}`],
    ['a header that is a list', `${Buffer.from('["HS256"]').toString('base64url')}.${body}.${signature}`],
    ['a header that is null', `${Buffer.from('null').toString('base64url')}.${body}.${signature}`],
    ['a header that is no UTF-8', `${Buffer.from([0x7b, 0xff, 0x7d]).toString('base64url')}.${body}.${signature}`],
  ])('%s', async (_, token) => {
    expect(await refusal(token)).toBe('malformed')
  })

  test('something that is no text at all', async () => {
    const token: unknown = { toString: () => hs256() }
    expect(await refusal(token as string)).toBe('malformed')
  })

  test('a signature or a body changed by one character', async () => {
    const flip = (text: string) => (text.startsWith('A') ? 'B' : 'A') + text.slice(1)
    expect(await refusal(`${head}.${body}.${flip(signature)}`)).toBe('signature')
    expect(await refusal(`${head}.${body}.${signature}=`)).toBe('signature')
    expect(await refusal(`${head}.${body}.`)).toBe('signature')
    expect(await refusal(`${head}.${flip(body)}.${signature}`)).toBe('signature')
    const [a = '', b = '', c = ''] = line.token().split('.')
    expect(await refusal(`${a}.${b}.${flip(c)}`)).toBe('signature')
    expect(await refusal(`${a}.${flip(b)}.${c}`)).toBe('signature')
  })

  test('a payload that is signed and no object', async () => {
    for (const payload of ['', 'null', '[]', '"text"', '{'])
      expect(await refusal(jwt({ alg: 'HS256' }, payload, byHmac(channelSecret)))).toBe('malformed')
  })

  test('a payload with __proto__ changes nothing but itself', async () => {
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
