import { createLineClient } from 'line-oa'
import { createEmulator } from 'line-oa/emulator'
import { assertionKey, generateAssertionKey } from 'line-oa/keys'
import { memoryStore } from 'line-oa/store'
import { jwtTokens, shortLivedTokens, statelessTokens } from 'line-oa/tokens'
import { expect, test } from 'vitest'

const pair = await generateAssertionKey()

function setup() {
  const emulator = createEmulator({ clock: 'manual' })
  const account = emulator.createAccount({ name: 'Tea House' })
  const kid = emulator.console.registerAssertionKey(account, pair.publicJwk)
  const { channelId, channelSecret } = account
  const common = { fetch: emulator.fetch, clock: emulator.clock, random: () => 0 }
  return { emulator, account, channelId, channelSecret, common, key: assertionKey({ kid, privateKey: pair }) }
}

test('LINE refuses the 31st v2.1 token, and the error says what to do', async () => {
  const { channelId, key, common } = setup()
  const client = () =>
    createLineClient({
      ...common,
      channelAccessToken: jwtTokens({ channelId, assertionKey: key, store: memoryStore({ clock: common.clock }) }),
    })
  for (let count = 0; count < 30; count++) await client().messaging.getBotInfo()
  await expect(client().messaging.getBotInfo()).rejects.toMatchObject({
    code: 'LINE_API',
    status: 400,
    lineMessage: 'The maximum number of access tokens has already been issued',
    hint: expect.stringMatching(/30 .*share one through a store/),
    outcome: 'rejected',
  })
})

test('the 31st short-lived token ends the first, whose client takes it from the 401 and renews', async () => {
  const { channelId, channelSecret, common } = setup()
  const client = () =>
    createLineClient({
      ...common,
      channelAccessToken: shortLivedTokens({ channelId, channelSecret, store: memoryStore({ clock: common.clock }) }),
    })
  const first = client()
  await first.messaging.getBotInfo()
  for (let count = 0; count < 30; count++) await client().messaging.getBotInfo()
  await first.messaging.getBotInfo()
})

test('40 clients over one store hold one token at LINE', async () => {
  const { channelId, key, common, emulator, account } = setup()
  const store = memoryStore({ clock: common.clock })
  const clients = Array.from({ length: 40 }, () =>
    createLineClient({ ...common, channelAccessToken: jwtTokens({ channelId, assertionKey: key, store }) }),
  )
  const calls = Promise.all(clients.map((line) => line.messaging.getBotInfo()))
  await emulator.clock.advance(5000)
  await calls
  const line = createLineClient({ ...common, channelId, channelSecret: account.channelSecret })
  const { kids } = await line.tokens.getsAllValidChannelAccessTokenKeyIds({
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: await key.assertion({ channelId, now: common.clock.now() }),
  })
  expect(kids).toHaveLength(1)
})

test('a stateless token is used for 15 minutes at the most', async () => {
  const { channelId, channelSecret, common, emulator } = setup()
  const tokens = new Set<string>()
  const line = createLineClient({
    ...common,
    channelAccessToken: statelessTokens({ channelId, channelSecret }),
    fetch: (url, init) => {
      tokens.add(new Headers(init?.headers).get('authorization') ?? '')
      return emulator.fetch(url, init)
    },
  })
  for (let minute = 0; minute <= 60; minute++) {
    await line.messaging.getBotInfo()
    await emulator.clock.advance(60_000)
  }
  // The requests for tokens carry none.
  expect(tokens.size).toBe(1 + Math.ceil(61 / 14))
})
