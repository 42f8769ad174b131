import { createLineClient } from 'line-oa'
import { parseRate, type RateBucket, type RateLimiter } from 'line-oa/core'
import { createEmulator } from 'line-oa/emulator'
import { memoryStore, type Store } from 'line-oa/store'
import { jwtTokens, shortLivedTokens, statelessTokens } from 'line-oa/tokens'
import { describe, expect, test } from 'vitest'
import { drive } from '../messaging/send-to-many/setup.js'

type Emulator = ReturnType<typeof createEmulator>

/** A limiter over a store that processes share. The store keeps when each bucket will be full again. */
function storeLimiter(store: Store, clock: Emulator['clock']): RateLimiter {
  const pause = (ms: number) => new Promise<void>((done) => void clock.setTimeout(done, ms))
  const take = async ({ key, rate }: RateBucket, signal?: AbortSignal) => {
    const { calls, period } = parseRate(rate)
    while (!signal?.aborted) {
      const found = await store.get(key)
      const full = Math.max(clock.now(), Number(found ?? 0)) + period / calls
      const early = full - period - clock.now()
      if (early > 0) await pause(Math.ceil(early))
      else if (await (found === undefined ? store.add(key, String(full)) : store.replace(key, found, String(full))))
        return
    }
  }
  let last = Promise.resolve()
  return {
    acquire(bucket, signal) {
      last = last.then(() => take(bucket, signal))
      return last
    },
  }
}

function setup() {
  const emulator = createEmulator({ clock: 'manual', enforceRateLimits: true })
  const accounts = ['Tea House', 'Coffee House'].map((name) => emulator.createAccount({ name }))
  const asked: { readonly account: string; readonly status: number }[] = []
  const client = (account: (typeof accounts)[number], limiter: RateLimiter) => {
    const { channelId, channelSecret } = account
    const fetch: typeof globalThis.fetch = async (url, init) => {
      const response = await emulator.fetch(url, init)
      if (String(url).endsWith('/loading/start')) asked.push({ account: account.name, status: response.status })
      return response
    }
    return createLineClient({ channelId, channelSecret, fetch, clock: emulator.clock, random: () => 0, limiter })
  }
  return { emulator, accounts, asked, client }
}

describe('a limiter shared by processes', () => {
  test('keeps two processes within the rate of one channel, and gives another channel its own rate', async () => {
    const { emulator, accounts, asked, client } = setup()
    const store = memoryStore({ clock: emulator.clock })
    // Each has a limiter and a token source, as separate processes have, over the same store.
    const processes = accounts.flatMap((account) =>
      [1, 2].map(() => client(account, storeLimiter(store, emulator.clock))),
    )
    const start = emulator.clock.now()
    const show = { chatId: `U${'1'.repeat(32)}` }
    const all = processes.flatMap((line) => Array.from({ length: 75 }, () => line.messaging.showLoadingAnimation(show)))
    await drive(emulator, Promise.all(all), 50)
    // LINE allows 100 a second: the 150 calls of a channel need half a second. From one bucket, the 300 calls of both channels would need two.
    expect(asked).toHaveLength(300)
    expect(asked.every(({ status }) => status === 202)).toBe(true)
    expect(emulator.clock.now() - start).toBeGreaterThanOrEqual(500)
    expect(emulator.clock.now() - start).toBeLessThan(1500)
  })

  test('that fails stops the call before anything is sent', async () => {
    const { accounts, asked, client } = setup()
    const [account] = accounts
    if (!account) throw new Error('no account')
    const line = client(account, {
      acquire: () => Promise.reject(new Error('no connection to redis://user:secret@host')),
    })
    const call = line.messaging.showLoadingAnimation({ chatId: `U${'1'.repeat(32)}` })
    const error: unknown = await call.catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ code: 'LINE_INPUT', outcome: 'rejected' })
    expect(JSON.stringify(error)).not.toContain('secret')
    expect(asked).toEqual([])
  })
})

describe('a bucket', () => {
  const chatId = `U${'1'.repeat(32)}`
  const channelId = '1234567890'
  const token = 'bXlzZWNyZXQ+dG9rZW4/ZXhhbXBsZQ=='

  /** The buckets that one call asks a limiter for. */
  async function bucketsOf(
    options: Parameters<typeof createLineClient>[0],
    callOptions: object = {},
  ): Promise<RateBucket[]> {
    const buckets: RateBucket[] = []
    const fetch: typeof globalThis.fetch = async () =>
      Response.json({ access_token: 'minted', expires_in: 900, token_type: 'Bearer' })
    const line = createLineClient({ ...options, fetch, limiter: { acquire: (bucket) => void buckets.push(bucket) } })
    await line.messaging.showLoadingAnimation({ chatId }, callOptions)
    return buckets
  }

  test.each([
    ['ID and secret', { channelId, channelSecret: 's' }],
    ['stateless tokens', { channelAccessToken: statelessTokens({ channelId, channelSecret: 's' }) }],
    [
      'short-lived tokens',
      { channelAccessToken: shortLivedTokens({ channelId, channelSecret: 's', store: memoryStore() }) },
    ],
  ])(
    'has the channel ID of a client with %s in its key, as has the bucket of issuing the token',
    async (_, options) => {
      const [minting, call, ...more] = await bucketsOf(options)
      expect(more).toEqual([])
      expect(minting).toMatchObject({
        channel: channelId,
        key: expect.stringMatching(/^1234567890 POST \/(?:v2\/oauth|oauth2)\//),
      })
      expect(call).toEqual({
        key: '1234567890 POST /v2/bot/chat/loading/start',
        rate: '100/s',
        operation: 'POST /v2/bot/chat/loading/start',
        channel: channelId,
        bot: undefined,
      })
    },
  )

  test('has the channel ID of v2.1 tokens in its key', () => {
    const assertionKey = { kid: 'k', assertion: async () => 'jwt' }
    expect(jwtTokens({ channelId, assertionKey, store: memoryStore() }).channelId).toBe(channelId)
  })

  test('of a fixed token has a key that depends on the token and does not reveal it', async () => {
    const [one] = await bucketsOf({ channelAccessToken: token })
    const [again] = await bucketsOf({ channelAccessToken: token })
    const [other] = await bucketsOf({ channelAccessToken: `${token}x` })
    expect(one?.channel).toMatch(/^token:[0-9a-f]{32}$/)
    expect(one?.key).toBe(`${one?.channel} POST /v2/bot/chat/loading/start`)
    expect(again?.key).toBe(one?.key)
    expect(other?.key).not.toBe(one?.key)
    for (let at = 0; at + 6 <= token.length; at++) expect(JSON.stringify(one)).not.toContain(token.slice(at, at + 6))
  })

  test('of a token given for one call is not that of the client’s channel', async () => {
    const [own] = await bucketsOf({ channelId, channelSecret: 's' }, { accessToken: token })
    const [same] = await bucketsOf({ channelAccessToken: token })
    expect(own?.key).toBe(same?.key)
  })

  test('of a module channel is separate for each bot', async () => {
    const botId = `U${'b'.repeat(32)}`
    const [, one] = await bucketsOf({ channelId, channelSecret: 's' }, { botId })
    expect(one).toMatchObject({ key: `1234567890 ${botId} POST /v2/bot/chat/loading/start`, bot: botId })
  })

  test('of a user access token belongs to no channel', async () => {
    const buckets: RateBucket[] = []
    const fetch: typeof globalThis.fetch = async () => Response.json({ userId: chatId, displayName: 'Mika' })
    const line = createLineClient({
      channelId,
      channelSecret: 's',
      fetch,
      limiter: { acquire: (bucket) => void buckets.push(bucket) },
    })
    await line.login.getUserProfile({}, { accessToken: token })
    expect(buckets).toMatchObject([{ key: 'GET /v2/profile', channel: undefined }])
  })
})
