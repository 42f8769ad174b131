import type { Operation, TokenSource } from 'line-oa'
import { createCaller } from 'line-oa/core'
import type { AssertionKey, AssertionRequest } from 'line-oa/keys'
import { memoryStore } from 'line-oa/store'
import { jwtTokens, shortLivedTokens, statelessTokens } from 'line-oa/tokens'
import { describe, expect, test } from 'vitest'
import { TestClock } from '../clock.js'

const info: Operation<Record<string, never>, { userId: string }> = {
  method: 'GET',
  path: '/v2/bot/info',
  repeat: 'safe',
  docs: '',
}
const secret = { channelId: '1', channelSecret: '8c570fa6dd201bb328f1c1eac23a96d8' }

/** LINE's token endpoints and one API call: tokens are numbered, and those in `refused` get a 401. */
function line({ clock = new TestClock(), life = 900 } = {}) {
  const minted: { path: string; form: URLSearchParams }[] = []
  const refused = new Set<string>()
  const used: string[] = []
  const state = { clock, minted, refused, used, failing: 0 }
  const fetch: typeof globalThis.fetch = async (url, init) => {
    const { pathname } = new URL(String(url))
    if (pathname === '/v2/bot/info') {
      const token = new Headers(init?.headers).get('authorization')?.slice('Bearer '.length) ?? ''
      used.push(token)
      return refused.has(token) ? Response.json({ message: 'no' }, { status: 401 }) : Response.json({ userId: 'U' })
    }
    if (state.failing > 0) {
      state.failing--
      return Response.json(
        { error: 'invalid_request', error_description: "Invalid 'client_credentials'." },
        { status: 400 },
      )
    }
    minted.push({ path: pathname, form: new URLSearchParams(String(init?.body)) })
    return Response.json({
      access_token: `token-${minted.length}`,
      expires_in: life,
      token_type: 'Bearer',
      key_id: 'k',
    })
  }
  const client = (channelAccessToken: TokenSource) =>
    createCaller({ channelAccessToken, fetch, clock, random: () => 0 })
  return Object.assign(state, { client })
}

const key: AssertionKey & { asked: AssertionRequest[] } = {
  kid: 'kid',
  asked: [],
  async assertion(request) {
    this.asked.push(request)
    return `assertion-${this.asked.length}`
  },
}

describe('stateless tokens', () => {
  test('concurrent callers share one issued token', async () => {
    const { client, minted, used } = line()
    const caller = client(statelessTokens(secret))
    await Promise.all(Array.from({ length: 40 }, () => caller.call(info, {})))
    expect(minted.map(({ path }) => path)).toEqual(['/oauth2/v3/token'])
    expect(Object.fromEntries(minted[0]?.form ?? [])).toEqual({
      grant_type: 'client_credentials',
      client_id: '1',
      client_secret: secret.channelSecret,
    })
    expect(new Set(used)).toEqual(new Set(['token-1']))
  })

  test('are renewed in the last tenth of their lifetime', async () => {
    const { client, clock, used } = line()
    const caller = client(statelessTokens(secret))
    await caller.call(info, {})
    clock.jump(809_000)
    await caller.call(info, {})
    clock.jump(1000)
    await caller.call(info, {})
    expect(used).toEqual(['token-1', 'token-1', 'token-2'])
  })

  test('stay in use until they expire while LINE issues no new one', async () => {
    const state = line()
    const caller = state.client(statelessTokens(secret))
    await caller.call(info, {})
    state.clock.jump(899_000)
    state.failing = 2
    await caller.call(info, {})
    state.clock.jump(1000)
    await expect(caller.call(info, {})).rejects.toMatchObject({
      code: 'LINE_AUTHENTICATION',
      hint: expect.any(String),
      outcome: 'rejected',
    })
    await caller.call(info, {})
    expect(state.used).toEqual(['token-1', 'token-1', 'token-2'])
  })

  test('a 401 causes one renewal for all calls that received it', async () => {
    const { client, minted, refused, used, clock } = line()
    const caller = client(statelessTokens(secret))
    await caller.call(info, {})
    refused.add('token-1')
    await clock.settle(Promise.all(Array.from({ length: 20 }, () => caller.call(info, {}))))
    expect(minted).toHaveLength(2)
    expect(used.filter((token) => token === 'token-2')).toHaveLength(20)
  })

  test('a clock that is set back does not extend the lifetime', async () => {
    const { client, clock, used } = line()
    const caller = client(statelessTokens(secret))
    await caller.call(info, {})
    clock.jump(-3_600_000)
    await caller.call(info, {})
    expect(used).toEqual(['token-1', 'token-2'])
  })

  test('each client has its own token', async () => {
    const { client, minted } = line()
    const source = statelessTokens(secret)
    await client(source).call(info, {})
    await client(source).call(info, {})
    expect(minted).toHaveLength(2)
  })

  test('an assertion key signs every request', async () => {
    const { client, minted, clock } = line()
    const caller = client(statelessTokens({ channelId: '1', assertionKey: key }))
    await caller.call(info, {})
    clock.jump(900_000)
    await caller.call(info, {})
    expect(minted.map(({ form }) => form.get('client_assertion'))).toEqual(['assertion-1', 'assertion-2'])
    expect(key.asked[0]).toEqual({ channelId: '1', now: expect.any(Number), tokenLifetime: undefined })
  })

  test('an answer without a token is a network error', async () => {
    const caller = createCaller({
      channelAccessToken: statelessTokens(secret),
      fetch: async () => Response.json({ ok: true }),
    })
    await expect(caller.call(info, {})).rejects.toMatchObject({
      code: 'LINE_NETWORK',
      outcome: 'rejected',
      operation: 'POST /oauth2/v3/token',
    })
  })
})

describe('tokens in a store', () => {
  test('40 sources with one store issue one token', async () => {
    const { client, clock, minted, used } = line({ life: 2_592_000 })
    const store = memoryStore({ clock })
    const callers = Array.from({ length: 40 }, () => client(jwtTokens({ channelId: '1', assertionKey: key, store })))
    await clock.settle(Promise.all(callers.map((caller) => caller.call(info, {}))))
    expect(minted.map(({ path }) => path)).toEqual(['/oauth2/v2.1/token'])
    expect(used).toEqual(Array(40).fill('token-1'))
    expect(clock.pending).toBe(0)
  })

  test('a token that LINE refuses is replaced once for all sources', async () => {
    const { client, clock, minted, refused } = line({ life: 2_592_000 })
    const store = memoryStore({ clock })
    const callers = Array.from({ length: 10 }, () => client(shortLivedTokens({ ...secret, store })))
    await clock.settle(Promise.all(callers.map((caller) => caller.call(info, {}))))
    refused.add('token-1')
    await clock.settle(Promise.all(callers.map((caller) => caller.call(info, {}))))
    expect(minted.map(({ path }) => path)).toEqual(['/v2/oauth/accessToken', '/v2/oauth/accessToken'])
  })

  test('a failed issue releases the lease for the next source', async () => {
    const state = line({ life: 2_592_000 })
    const store = memoryStore({ clock: state.clock })
    const source = () => state.client(shortLivedTokens({ ...secret, store }))
    state.failing = 1
    await expect(source().call(info, {})).rejects.toMatchObject({ code: 'LINE_AUTHENTICATION' })
    await source().call(info, {})
    expect(state.minted).toHaveLength(1)
  })

  test('a process that was killed while it held the lease blocks the others for one minute', async () => {
    const { client, clock, minted } = line({ life: 2_592_000 })
    const store = memoryStore({ clock })
    await store.add('line-oa:token:short-lived:1:minting', 'dead', 60_000)
    const start = clock.now()
    await clock.settle(client(shortLivedTokens({ ...secret, store })).call(info, {}, { totalTimeout: 120_000 }))
    expect(minted).toHaveLength(1)
    expect(clock.now() - start).toBeLessThanOrEqual(61_000)
  })

  test('an entry that cannot be read is replaced', async () => {
    const { client, clock, used } = line({ life: 2_592_000 })
    const store = memoryStore({ clock })
    await store.set('line-oa:token:short-lived:1', '{"token":1}')
    await client(shortLivedTokens({ ...secret, store })).call(info, {})
    expect(used).toEqual(['token-1'])
  })

  test('tokenLifetime is passed to the assertion', async () => {
    const { client, clock } = line({ life: 3600 })
    key.asked.length = 0
    await client(
      jwtTokens({ channelId: '1', assertionKey: key, store: memoryStore({ clock }), tokenLifetime: 3600 }),
    ).call(info, {})
    expect(key.asked[0]?.tokenLifetime).toBe(3600)
  })

  test('require a store', () => {
    const none = undefined as unknown as ReturnType<typeof memoryStore> // JavaScript callers may omit it
    const refused = expect.objectContaining({ code: 'LINE_INPUT' })
    expect(() => shortLivedTokens({ ...secret, store: none })).toThrow(refused)
    expect(() => jwtTokens({ channelId: '1', assertionKey: key, store: none })).toThrow(refused)
  })
})
