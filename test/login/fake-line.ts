import type { LoginClientOptions } from 'line-oa/login'
import { createLoginClient } from 'line-oa/login'
import { TestClock } from '../clock.js'
import { channelId, channelSecret, hs256, now, userId } from './signed-tokens.js'

/** A request that the fake received. */
export interface Seen {
  readonly call: string
  readonly query: { readonly [name: string]: string }
  readonly form: { readonly [name: string]: string }
  readonly text: string
  readonly authorization: string | null
}

type Answer = (seen: Seen) => Response | Promise<Response>

export const issued = {
  access_token: 'bNl4YEFPI/hjFWhTqexp4MuEw5YPs',
  expires_in: 2_592_000,
  refresh_token: 'Aa1FdeggRhTnPNNpxr8p',
  scope: 'profile openid',
  token_type: 'Bearer',
}

export const json = (body: unknown, status = 200): Response => Response.json(body, { status })

/** A fake of LINE's login endpoints: each call has one response, which a test can replace. */
export function fakeLine(answers: { readonly [call: string]: Answer } = {}) {
  const seen: Seen[] = []
  const usual: { readonly [call: string]: Answer } = {
    'POST /oauth2/v3/token': () => json({ access_token: 'channel-token', expires_in: 900, token_type: 'Bearer' }),
    'GET /oauth2/v2.1/verify': () => json({ scope: 'profile openid', client_id: channelId, expires_in: 100 }),
    'POST /oauth2/v2.1/revoke': () => new Response(null),
    'POST /user/v1/deauthorize': () => new Response(null, { status: 204 }),
    'GET /v2/profile': () => json({ userId, displayName: 'Brown', pictureUrl: 'https://profile.line-scdn.net/a' }),
    'GET /oauth2/v2.1/userinfo': () => json({ sub: userId, name: 'Brown' }),
    'GET /friendship/v1/status': () => json({ friendFlag: true }),
  }
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const url = new URL(String(input))
    const text = String(init?.body ?? '')
    const request: Seen = {
      call: `${init?.method} ${url.pathname}`,
      query: Object.fromEntries(url.searchParams),
      form: Object.fromEntries(new URLSearchParams(text)),
      text,
      authorization: new Headers(init?.headers).get('authorization'),
    }
    seen.push(request)
    const answer = answers[request.call] ?? usual[request.call]
    if (!answer) throw new Error(`the fake has no answer for ${request.call}`)
    return answer(request)
  }
  return { seen, fetch }
}

export const redirectUri = 'https://example.com/callback?tenant=1'

/** A login client with a fake LINE whose ID tokens contain the nonce of the current attempt. */
export function setup(answers: { readonly [call: string]: Answer } = {}, options: Partial<LoginClientOptions> = {}) {
  const clock = new TestClock(now * 1000)
  const state = { nonce: '', claims: {} as { readonly [name: string]: unknown } }
  const token: Answer = () => json({ ...issued, id_token: hs256({ nonce: state.nonce, ...state.claims }) })
  const line = fakeLine({ 'POST /oauth2/v2.1/token': token, ...answers })
  const login = createLoginClient({
    channelId,
    channelSecret,
    redirectUri,
    fetch: line.fetch,
    clock,
    random: () => 0,
    ...options,
  })
  const start: typeof login.start = async (startOptions) => {
    const attempt = await login.start(startOptions)
    state.nonce = attempt.nonce
    return attempt
  }
  return Object.assign(state, { ...line, clock, login, start })
}
