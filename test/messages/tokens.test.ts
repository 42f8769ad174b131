// Every message and hint of line-oa/tokens, whole. No other test asserts one.

import { createLineClient, LineApiError, type TokenSource } from 'line-oa'
import { createCaller } from 'line-oa/core'
import { createEmulator } from 'line-oa/emulator'
import { assertionKey as makeKey } from 'line-oa/keys'
import { getBotInfo } from 'line-oa/operations'
import { memoryStore } from 'line-oa/store'
import { jwtTokens, shortLivedTokens, statelessTokens } from 'line-oa/tokens'
import { expect, test } from 'vitest'
import { TestClock } from '../clock.js'
import { testPair } from '../keys/fixed-key.js'
import { type ErrorRow, errorOf } from './error-of.js'

const channel = { channelId: '1', channelSecret: '8c570fa6dd201bb328f1c1eac23a96d8' }
const assertionKey = { kid: 'kid', assertion: async () => 'assertion' }
const full = { message: 'The maximum number of access tokens has already been issued' }
const refused = { error: 'invalid_request', error_description: "Invalid 'client_credentials'." }

/** Calls LINE with a token of a source, where the token endpoints answer as given. */
const call = (source: () => TokenSource, answer: object = {}, status = 200) => {
  const fetch = async () => Response.json(answer, { status })
  return () => createCaller({ channelAccessToken: source(), fetch, random: () => 0 }).call(getBotInfo, {})
}

/** Waits for a token that another process has the right to mint and never does. */
async function waitForOthers() {
  const clock = new TestClock()
  const store = { ...memoryStore({ clock }), add: async () => false }
  const caller = createCaller({
    channelAccessToken: shortLivedTokens({ ...channel, store }),
    fetch: async () => Response.json({}),
    clock,
    random: () => 0,
  })
  return clock.settle(caller.call(getBotInfo, {}, { totalTimeout: 600_000 }))
}

test.each<readonly [what: string, call: () => unknown, ...ErrorRow]>([
  [
    'channelId: letters',
    call(() => statelessTokens({ ...channel, channelId: 'x' })),
    'LINE_INPUT',
    undefined,
    "channelId must be a string of digits; copy it from the channel's Basic settings tab",
  ],
  [
    'channelSecret: empty',
    call(() => statelessTokens({ ...channel, channelSecret: '' })),
    'LINE_INPUT',
    undefined,
    'channelSecret is missing or empty',
  ],
  [
    'channelSecret: a space',
    call(() => statelessTokens({ ...channel, channelSecret: 'a b' })),
    'LINE_INPUT',
    undefined,
    'channelSecret contains characters that are not allowed in a channel secret, such as spaces or quotes; pass only the value',
  ],
  [
    'get without the context of a client',
    () => statelessTokens(channel).get(undefined as never),
    'LINE_INPUT',
    undefined,
    'stateless: context must be an object with call(), now(), wait()',
  ],
  [
    'no store for short-lived tokens',
    call(() => shortLivedTokens({ ...channel, store: undefined as never })),
    'LINE_INPUT',
    undefined,
    'store is required for tokens of this kind, because LINE limits them to 30 per channel; see line-oa/store',
  ],
  [
    'no store for v2.1 tokens',
    call(() => jwtTokens({ channelId: '1', assertionKey, store: undefined as never })),
    'LINE_INPUT',
    undefined,
    'store is required for tokens of this kind, because LINE limits them to 30 per channel; see line-oa/store',
  ],
  [
    'an answer without a token',
    call(() => statelessTokens(channel), { ok: true }),
    'LINE_NETWORK',
    undefined,
    'POST /oauth2/v3/token: the response has no token; it may come from a proxy between this program and LINE',
  ],
  [
    'a wrong channel secret',
    call(() => statelessTokens(channel), refused, 400),
    'LINE_AUTHENTICATION',
    undefined,
    "POST /oauth2/v3/token -> 400 Invalid 'client_credentials'. The channel ID and the channel secret do not match",
  ],
  [
    '30 v2.1 tokens in use',
    call(() => jwtTokens({ channelId: '1', assertionKey, store: memoryStore() }), full, 400),
    'LINE_API',
    undefined,
    'POST /oauth2/v2.1/token -> 400 The maximum number of access tokens has already been issued. A channel can have 30 channel access tokens v2.1; revoke one, or share one through a store',
  ],
  [
    'another process mints and never finishes',
    waitForOthers,
    'LINE_TIMEOUT',
    undefined,
    'line-oa:token:short-lived:1: another process holds the lock for a new token, but did not store one in time',
  ],
])('%s', async (_what, run, ...row) => {
  expect(await errorOf(run)).toEqual(row)
})

const hintOf = async (run: () => Promise<unknown>) => {
  const error: unknown = await run().catch((thrown: unknown) => thrown)
  return error instanceof LineApiError ? error.hint : error
}

test.each<readonly [what: string, call: () => Promise<unknown>, hint: string]>([
  [
    'a wrong channel secret',
    call(() => statelessTokens(channel), refused, 400),
    'The channel ID and the channel secret do not match',
  ],
  [
    '30 v2.1 tokens in use',
    call(() => jwtTokens({ channelId: '1', assertionKey, store: memoryStore() }), full, 400),
    'A channel can have 30 channel access tokens v2.1; revoke one, or share one through a store',
  ],
])('hint: %s', async (_what, run, hint) => {
  expect([await hintOf(run)]).toEqual([hint])
})

test('LINE refuses the 31st v2.1 token, in the words of the emulator', async () => {
  const emulator = createEmulator({ clock: 'manual' })
  const { channelId } = emulator.createAccount({ name: 'Tea House' })
  const pair = await testPair()
  const kid = emulator.console.registerAssertionKey({ channelId }, pair.publicJwk)
  const common = { fetch: emulator.fetch, clock: emulator.clock, random: () => 0 }
  const key = makeKey({ kid, privateKey: pair })
  const client = () =>
    createLineClient({
      ...common,
      channelAccessToken: jwtTokens({ channelId, assertionKey: key, store: memoryStore({ clock: common.clock }) }),
    })
  for (let count = 0; count < 30; count++) await client().messaging.getBotInfo()
  const error: unknown = await client()
    .messaging.getBotInfo()
    .catch((thrown: unknown) => thrown)
  expect(error instanceof LineApiError ? [error.status, error.lineMessage] : error).toEqual([
    400,
    'The maximum number of access tokens has already been issued',
  ])
})
