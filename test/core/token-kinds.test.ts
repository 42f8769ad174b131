// Which tokens an operation takes: one that is known to be wrong is refused before anything is sent.

import type { Endpoint } from 'line-oa'
import { createLineClient } from 'line-oa'
import * as catalog from 'line-oa/catalog'
import { createEmulator } from 'line-oa/emulator'
import { assertionKey } from 'line-oa/keys'
import { createLoginClient } from 'line-oa/login'
import { getAllLIFFApps, pushMessage } from 'line-oa/operations'
import { memoryStore } from 'line-oa/store'
import { jwtTokens, shortLivedTokens, statelessTokens } from 'line-oa/tokens'
import { describe, expect, test } from 'vitest'
import { testJwk } from '../keys/fixed-key.js'

const records = Object.values(catalog).flatMap((group) => Object.entries<Endpoint>(group))

test('these operations take only some kinds of tokens', () => {
  const some = records.flatMap(([name, { tokens }]) => (tokens ? [`${name}: ${tokens.join(', ')}`] : []))
  expect(some.sort()).toEqual([
    'addLIFFApp: stateless, short-lived',
    'deauthorizeUser: stateless, v2.1',
    'deleteLIFFApp: stateless, short-lived',
    'getAllLIFFApps: stateless, short-lived',
    'issueNotificationToken: stateless, short-lived',
    'sendServiceMessage: stateless, short-lived',
    'updateLIFFApp: stateless, short-lived',
  ])
})

function setup() {
  const emulator = createEmulator({ clock: 'manual' })
  const { channelId, channelSecret } = emulator.createLoginChannel({ published: true })
  const sent: string[] = []
  const fetch: typeof globalThis.fetch = (input, init) => {
    sent.push(new URL(new Request(input, init).url).pathname)
    return emulator.fetch(input, init)
  }
  return { channelId, channelSecret, sent, options: { fetch, clock: emulator.clock } }
}

describe('a token source', () => {
  test.each(['stateless', 'short-lived'] as const)('of kind %s works for LIFF apps', async (kind) => {
    const { channelId, channelSecret, options } = setup()
    const credentials = { channelId, channelSecret, store: memoryStore() }
    const channelAccessToken = kind === 'stateless' ? statelessTokens(credentials) : shortLivedTokens(credentials)
    const line = createLineClient({ ...options, channelAccessToken })
    await line.liff.addLIFFApp({ view: { type: 'full', url: 'https://example.com' } })
    expect((await line.liff.getAllLIFFApps()).apps).toHaveLength(1)
  })

  test('of kind v2.1 is refused for LIFF apps, and nothing is sent', async () => {
    const { channelId, sent, options } = setup()
    const line = createLineClient({
      ...options,
      channelAccessToken: jwtTokens({
        channelId,
        assertionKey: assertionKey({ kid: 'kid', privateKey: testJwk }),
        store: memoryStore(),
      }),
    })
    await expect(line.liff.getAllLIFFApps()).rejects.toMatchObject({ code: 'LINE_INPUT', outcome: 'rejected' })
    expect(sent).toEqual([])
  })

  test('of kind short-lived is refused for deauthorizing a user', async () => {
    const { channelId, channelSecret, sent, options } = setup()
    const channelAccessToken = shortLivedTokens({ channelId, channelSecret, store: memoryStore() })
    const line = createLineClient({ ...options, channelAccessToken })
    await expect(line.login.deauthorizeUser({ userAccessToken: 'x' })).rejects.toMatchObject({ code: 'LINE_INPUT' })
    expect(sent).toEqual([])
  })
})

describe('a client of a LINE Login channel', () => {
  test('manages LIFF apps with its own tokens', async () => {
    const { channelId, channelSecret, options } = setup()
    const login = createLoginClient({ ...options, channelId, channelSecret })
    await expect(login.call(getAllLIFFApps, {})).rejects.toMatchObject({ code: 'LINE_NOT_FOUND' })
  })

  test('calls the Messaging API only with a token given for the call', async () => {
    const { channelId, channelSecret, sent, options } = setup()
    const login = createLoginClient({ ...options, channelId, channelSecret })
    const push = { to: `U${'0'.repeat(32)}`, messages: [{ type: 'text' as const, text: 'hi' }] }
    await expect(login.call(pushMessage, push)).rejects.toMatchObject({ code: 'LINE_INPUT' })
    expect(sent).toEqual([])
    await expect(login.call(pushMessage, push, { accessToken: 'theirs' })).rejects.toMatchObject({ status: 401 })
  })
})

test('a call on behalf of a user requires a user access token', async () => {
  const { channelId, channelSecret, sent, options } = setup()
  const line = createLineClient({ ...options, channelId, channelSecret })
  const ofUsers = records.filter(([, { auth }]) => auth === 'user').map(([name]) => name)
  expect(ofUsers.sort()).toEqual([
    'getFriendshipStatus',
    'getUserInfo',
    'getUserInfoByPost',
    'getUserProfile',
    'reservePurchase',
  ])
  await expect(line.login.getUserProfile()).rejects.toMatchObject({ code: 'LINE_INPUT', outcome: 'rejected' })
  expect(sent).toEqual([])
})
