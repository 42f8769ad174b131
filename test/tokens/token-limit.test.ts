import { createLineClient } from 'line-oa'
import { createEmulator } from 'line-oa/emulator'
import { assertionKey } from 'line-oa/keys'
import { memoryStore } from 'line-oa/store'
import { jwtTokens, shortLivedTokens, statelessTokens } from 'line-oa/tokens'
import { expect, test } from 'vitest'
import { testPair } from '../keys/fixed-key.js'

const pair = await testPair()

function setup() {
  const emulator = createEmulator({ clock: 'manual' })
  const account = emulator.createAccount({ name: 'Tea House' })
  const kid = emulator.console.registerAssertionKey(account, pair.publicJwk)
  const { channelId, channelSecret } = account
  const common = { fetch: emulator.fetch, clock: emulator.clock, random: () => 0 }
  return { emulator, account, channelId, channelSecret, common, key: assertionKey({ kid, privateKey: pair }) }
}

test('LINE refuses the 31st v2.1 token, and the error has a hint', async () => {
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
    hint: expect.any(String),
    outcome: 'rejected',
  })
})

test('the 31st short-lived token revokes the first, whose client renews it after a 401', async () => {
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

test('40 clients with one store use one token', async () => {
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

test('a stateless token is used for at most 15 minutes', async () => {
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
  // Requests for a token have no authorization header, which counts as one.
  expect(tokens.size).toBe(1 + Math.ceil(61 / 14))
})
