// The LINE Login cases for every runtime. The runtime's WebCrypto signs the ID tokens, so that the SDK is not checked against itself.
import { createEmulator } from 'line-oa/emulator'
import { lineKeySet, verifyIdToken } from 'line-oa/id-token'
import { codeChallenge, createLoginClient, LineLoginError, proveAssertionKey, startKeyExchange } from 'line-oa/login'
import { openAttempt, sealAttempt } from 'line-oa/login/seal'

const channelId = '1234567890'
const channelSecret = '8c570fa6dd201bb328f1c1eac23a96d8'
const redirectUri = 'https://app.example/callback'

const base64url = (bytes) =>
  btoa(String.fromCharCode(...new Uint8Array(bytes)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')
const utf8 = (text) => new TextEncoder().encode(text)

async function jwt(header, changes, sign) {
  const now = Math.floor(Date.now() / 1000)
  const claims = {
    iss: 'https://access.line.me',
    sub: 'U1',
    aud: channelId,
    exp: now + 60,
    iat: now,
    name: '太郎 🙂',
    ...changes,
  }
  const input = [header, claims].map((part) => base64url(utf8(JSON.stringify(part)))).join('.')
  return `${input}.${base64url(await sign(utf8(input)))}`
}

async function hmac(secret) {
  const key = await crypto.subtle.importKey('raw', utf8(secret), { name: 'HMAC', hash: 'SHA-256' }, false, ['sign'])
  return (data) => crypto.subtle.sign('HMAC', key, data)
}

const reasonOf = (work) =>
  work.then(
    () => 'passed',
    (error) => (error instanceof LineLoginError ? error.reason : error.message),
  )

function world() {
  const emulator = createEmulator()
  const linkedAccount = emulator.createAccount({ name: 'Tea House' })
  const channel = emulator.createLoginChannel({
    published: true,
    linkedAccount,
    settings: { callbackUrls: [redirectUri] },
  })
  const person = emulator.createPerson({ displayName: 'Mika' })
  const options = {
    channelId: channel.channelId,
    channelSecret: channel.channelSecret,
    redirectUri,
    fetch: emulator.fetch,
  }
  return { emulator, channel, person, userId: person.userIdFor(channel), login: createLoginClient(options) }
}

/** Creates the cases. `equal` compares a found value with the expected one and throws if they differ. */
export const loginCases = (equal) => ({
  async 'login: computes the code challenge of RFC 7636'() {
    equal(
      await codeChallenge('dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk'),
      'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
      'the challenge',
    )
  },

  async 'login: verifies ID tokens signed with HS256'() {
    const options = { channelId, channelSecret }
    const check = async (changes, secret = channelSecret, header = { alg: 'HS256' }) =>
      reasonOf(verifyIdToken(await jwt(header, changes, await hmac(secret)), options))
    equal(
      (await verifyIdToken(await jwt({ alg: 'HS256' }, {}, await hmac(channelSecret)), options)).name,
      '太郎 🙂',
      'the name',
    )
    equal(await check({}, 'another secret'), 'signature', 'another secret')
    equal(await check({ exp: 1 }), 'expired', 'expired')
    equal(await check({ aud: '1' }), 'audience', 'another channel')
    equal(await check({}, channelSecret, { alg: 'none' }), 'algorithm', 'none')
  },

  async 'login: verifies ID tokens signed with ES256 and fetches the keys once'() {
    const ecdsa = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }
    const { privateKey, publicKey } = await crypto.subtle.generateKey(ecdsa, true, ['sign', 'verify'])
    const { x, y } = await crypto.subtle.exportKey('jwk', publicKey)
    let requests = 0
    const fetch = async () => {
      requests++
      return Response.json({ keys: [{ kty: 'EC', crv: 'P-256', alg: 'ES256', use: 'sig', kid: 'k', x, y }] })
    }
    const options = { channelId, keys: lineKeySet({ fetch }) }
    const token = await jwt({ alg: 'ES256', kid: 'k' }, {}, (data) => crypto.subtle.sign(ecdsa, privateKey, data))
    const all = await Promise.all(Array.from({ length: 50 }, () => verifyIdToken(token, options)))
    equal([all.length, all[0].sub, requests], [50, 'U1', 1], 'tokens, user and requests')
    const forged = await jwt({ alg: 'HS256', kid: 'k' }, {}, await hmac(x))
    equal(
      await reasonOf(verifyIdToken(forged, { ...options, channelSecret })),
      'signature',
      'HS256 with the public key',
    )
    equal(await reasonOf(verifyIdToken(`${token.slice(0, -4)}AAAA`, options)), 'signature', 'a changed signature')
  },

  async 'login: logs in, reads the profile, refreshes, revokes and deauthorizes'() {
    const { login, person, userId } = world()
    const attempt = await login.start({ botPrompt: 'normal', responseMode: 'form_post' })
    const session = await login.finish(await person.login(attempt.url, { addFriend: true }), attempt)
    equal([session.userId, session.claims.name, session.friendshipStatusChanged], [userId, 'Mika', true], 'the session')
    const { accessToken, refreshToken } = session.tokens
    equal((await login.verifyAccessToken(accessToken)).scope, ['profile', 'openid'], 'scopes')
    equal(
      (await login.verifyIdToken(session.idToken, { nonce: attempt.nonce })).sub,
      userId,
      'the user of the ID token',
    )
    equal(
      [(await login.profile(accessToken)).userId, (await login.userInfo(accessToken)).sub],
      [userId, userId],
      'the user ID',
    )
    equal(await login.friendship(accessToken), true, 'the friendship')
    const fresh = await login.refresh(refreshToken)
    equal(fresh.refreshToken, refreshToken, 'the refresh token')
    await login.revoke(accessToken)
    equal(await reasonOf(login.verifyAccessToken(accessToken)), 'access-token', 'revoked')
    await login.deauthorize(fresh.accessToken)
    equal(await reasonOf(login.verifyAccessToken(fresh.accessToken)), 'access-token', 'deauthorized')
  },

  async 'login: retries a failed auto login with sealed attempts'() {
    const { login, person, userId } = world()
    const key = crypto.getRandomValues(new Uint8Array(32))
    const first = await sealAttempt(await login.start({ returnTo: '/shop' }), key)
    equal(await openAttempt(`${first.slice(0, -2)}AA`, key), undefined, 'an altered attempt')
    const attempt = await openAttempt(first, key)
    const failed = await login
      .finish(await person.login(attempt.url, { by: 'failed-autologin' }), attempt)
      .catch((error) => error)
    equal([failed.code, failed.reason], ['LINE_LOGIN', 'state'], 'the failure')
    const again = await openAttempt(await sealAttempt(failed.retryAttempt, 'a text of more than 32 characters'), [
      key,
      'a text of more than 32 characters',
    ])
    equal(again.url, failed.retryUrl, 'the URL of the retry')
    const session = await login.finish((await person.login(again.url)).url, again)
    equal([session.userId, session.returnTo], [userId, '/shop'], 'the session')
  },

  async 'login: authenticates requests of a LIFF app'() {
    const { login, emulator, person, channel, userId } = world()
    const { accessToken, idToken } = await emulator.issueLiffTokens(person, channel)
    for (const token of [accessToken, idToken]) {
      const request = new Request('https://app.example/api', { headers: { authorization: `Bearer ${token}` } })
      const auth = await login.authenticateLiff(request)
      equal([auth.ok, auth.user?.userId], [true, userId], 'a valid token')
    }
    const { response } = await login.authenticateLiff(new Request('https://app.example/api'))
    equal([response.status, response.headers.get('www-authenticate')], [401, 'Bearer'], 'a request without a token')
  },

  async 'login: exchanges and proves an assertion signing key'() {
    const { emulator, channel } = world()
    const { pair, publicKeyText } = await startKeyExchange()
    const kid = emulator.console.registerAssertionKey(channel, publicKeyText)
    const input = { channelId: channel.channelId, kid, privateKey: await pair.exportPem(), fetch: emulator.fetch }
    const proof = await proveAssertionKey(input)
    equal([proof.status, proof.tokensInUse], ['proven', 0], 'the proof')
    const other = emulator.createLoginChannel().channelId
    equal((await proveAssertionKey({ ...input, channelId: other })).code, 'key_mismatch', 'another channel')
  },
})
