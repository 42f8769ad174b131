// Logs in to the emulator with each preset.
import assert from 'node:assert/strict'
import { Auth, type AuthConfig, customFetch as authFetch } from '@auth/core'
import { createEmulator } from 'line-oa/emulator'
import { verifyIdToken } from 'line-oa/id-token'
import {
  authorizationCodeGrant,
  buildAuthorizationUrl,
  calculatePKCECodeChallenge,
  customFetch,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
} from 'openid-client'
import { line } from './auth-js.ts'
import { lineConfiguration } from './openid-client.ts'

const app = 'https://app.example'
const emulator = createEmulator()
const { channelId, channelSecret, ...channel } = emulator.createLoginChannel({
  published: true,
  settings: { callbackUrls: [`${app}/callback`, `${app}/auth/callback/line`] },
})
const person = emulator.createPerson({ displayName: 'Mika' })
const userId = person.userIdFor(channel)

const config = await lineConfiguration(channelId, channelSecret, {
  [customFetch]: (url: string, init: object) => emulator.fetch(url, init),
})
const [pkceCodeVerifier, expectedNonce, expectedState] = [randomPKCECodeVerifier(), randomNonce(), randomState()]
const url = buildAuthorizationUrl(config, {
  redirect_uri: `${app}/callback`,
  scope: 'openid profile',
  state: expectedState,
  nonce: expectedNonce,
  code_challenge: await calculatePKCECodeChallenge(pkceCodeVerifier),
  code_challenge_method: 'S256',
})
const back = await person.login(url)
const tokens = await authorizationCodeGrant(config, new URL(back.url), {
  pkceCodeVerifier,
  expectedNonce,
  expectedState,
})
assert.equal(
  (await verifyIdToken(tokens.id_token ?? '', { channelId, channelSecret, nonce: expectedNonce })).sub,
  userId,
)
console.log('openid-client logs in')

const authConfig: AuthConfig = {
  providers: [{ ...line({ clientId: channelId, clientSecret: channelSecret }), [authFetch]: emulator.fetch }],
  secret: 'not a secret outside of this check',
  basePath: '/auth',
  trustHost: true,
  callbacks: {
    // By default, Auth.js generates a user ID. This keeps LINE's.
    jwt: ({ token, account }) => (account ? { ...token, sub: account.providerAccountId } : token),
    session: ({ session, token }) => ({ ...session, user: { ...session.user, id: token.sub ?? '' } }),
  },
}
const cookies = new Map<string, string>()
const request = async (path: string, form?: Record<string, string>): Promise<Response> => {
  const headers = { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') }
  const input = new Request(new URL(path, app), {
    headers,
    ...(form && { method: 'POST', body: new URLSearchParams(form) }),
  })
  const response = await Auth(input, authConfig)
  for (const cookie of response.headers.getSetCookie()) {
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? []
    cookies.set(name, value)
  }
  return response
}
const { csrfToken } = (await (await request('/auth/csrf')).json()) as { csrfToken: string } // as Auth.js documents it
const start = await request('/auth/signin/line', { csrfToken, callbackUrl: `${app}/welcome` })
const location = new URL(start.headers.get('location') ?? '')
for (const name of ['state', 'nonce', 'code_challenge'])
  assert.ok(location.searchParams.get(name), `the request has no ${name}`)
const end = await request((await person.login(location)).url)
assert.equal(end.headers.get('location'), `${app}/welcome`)
assert.deepEqual((await (await request('/auth/session')).json()).user, { name: 'Mika', image: null, id: userId })
console.log('Auth.js logs in')
