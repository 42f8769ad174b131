// What people copy together with a value: labels, lines of env files, quotes and links.
import {
  credentialsFromEnv,
  parseAssertionKid,
  parseBasicId,
  parseChannelAccessToken,
  parseChannelId,
  parseChannelSecret,
  parseConnectForm,
  parseLiffId,
  parseLineId,
  parseLoginCredentials,
  parseMessagingCredentials,
  parseProviderId,
  parseUserId,
  Secret,
} from 'line-oa/credentials'
import { describe, expect, test, vi } from 'vitest'
import { refusal } from './refusal.js'
import { samples } from './samples.js'

const { channelId, channelSecret, channelAccessToken, jwt, kid, liffId, lineId, userId } = samples
const plain = (value: unknown) => (value instanceof Secret ? value.reveal() : value)

describe('the value is taken out of its label', () => {
  test.each<[string, (value: unknown) => unknown, string]>([
    [`Channel ID: ${channelId}`, parseChannelId, channelId],
    [`Channel ID\n${channelId}`, parseChannelId, channelId],
    [`Channel ID ${channelId}`, parseChannelId, channelId],
    [`チャネルID：${channelId}`, parseChannelId, channelId],
    [`LINE_CHANNEL_ID=${channelId}`, parseChannelId, channelId],
    [`export LINE_LOGIN_CHANNEL_ID=${channelId}`, parseChannelId, channelId],
    [`channelId: ${channelId}`, parseChannelId, channelId],
    [`Provider ID: ${channelId}`, parseProviderId, channelId],
    [`Channel secret: ${channelSecret}`, parseChannelSecret, channelSecret],
    [`Channel secret\n${channelSecret.toUpperCase()}`, parseChannelSecret, channelSecret],
    [`チャネルシークレット： ${channelSecret}`, parseChannelSecret, channelSecret],
    [`CHANNEL_SECRET=${channelSecret}`, parseChannelSecret, channelSecret],
    [`Channel access token (long-lived): ${channelAccessToken}`, parseChannelAccessToken, channelAccessToken],
    [`LINE_CHANNEL_ACCESS_TOKEN=${jwt}`, parseChannelAccessToken, jwt],
    [`kid: ${kid}`, parseAssertionKid, kid],
    [`LIFF ID: ${liffId}`, parseLiffId, liffId],
    [`Basic ID: ${lineId}`, parseBasicId, lineId],
    [`LINE ID：＠216rujvq`, parseLineId, lineId],
    [`Your user ID: ${userId}`, parseUserId, userId],
  ])('%s', (text, parse, value) => {
    expect(plain(parse(text))).toBe(value)
    expect(plain(parse(`  ${text}\n`))).toBe(value)
    expect(plain(parse(new Secret(text)))).toBe(value)
  })

  test.each<[string, (value: unknown) => unknown, string]>([
    [`Provider ID: ${channelId}`, parseChannelId, 'channelId'],
    [`Channel access token: ${channelSecret}`, parseChannelSecret, 'channelSecret'],
    [`ID token: ${jwt}`, parseChannelAccessToken, 'channelAccessToken'],
    [`Channel secret: ${channelSecret} (reissued)`, parseChannelSecret, 'channelSecret'],
    [`Channel ID: ${channelId}, channel secret: ${channelSecret}`, parseChannelId, 'channelId'],
  ])('but not out of another one: %s', (text, parse, path) => {
    const error = refusal(() => parse(text))
    expect(error.problems).toMatchObject([{ path }])
    expect(JSON.stringify(error)).not.toMatch(/8c570fa6|eyJhbGci/)
  })
})

describe('the value is taken out of a link that contains it', () => {
  test.each<[string, (value: unknown) => unknown, string]>([
    [`https://developers.line.biz/console/channel/${channelId}`, parseChannelId, channelId],
    [
      `https://developers.line.biz/console/channel/${channelId}/messaging-api?status=success`,
      parseChannelId,
      channelId,
    ],
    [`https://developers.line.biz/console/provider/${channelId}`, parseProviderId, channelId],
    ['https://line.me/R/ti/p/%40216rujvq', parseLineId, lineId],
    ['https://line.me/R/ti/p/@216rujvq?from=page', parseBasicId, lineId],
    ['line.me/ti/p/@216RUJVQ', parseLineId, lineId],
    ['line://ti/p/@216rujvq', parseLineId, lineId],
    ['https://line.me/R/oaMessage/%40216rujvq/?hello', parseLineId, lineId],
    ['https://manager.line.biz/account/@216rujvq/setting', parseLineId, lineId],
    [`https://liff.line.me/${liffId}`, parseLiffId, liffId],
    [`https://liff.line.me/${liffId}/orders?page=2`, parseLiffId, liffId],
    [`https://miniapp.line.me/${liffId}`, parseLiffId, liffId],
    [`line://app/${liffId}`, parseLiffId, liffId],
  ])('%s', (text, parse, value) => {
    expect(parse(text)).toBe(value)
  })

  test.each<[string, (value: unknown) => unknown]>([
    [`https://developers.line.biz/console/provider/${channelId}`, parseChannelId],
    [`https://developers.line.biz.example/console/channel/${channelId}`, parseChannelId],
    [`https://example.com/?to=developers.line.biz/console/channel/${channelId}`, parseChannelId],
    ['https://line.me/ti/p/AbCdEfGhIj', parseLineId],
    ['https://lin.ee/AbCdEfg', parseLineId],
    [`https://chat.line.biz/${userId}/chat/${userId}`, parseUserId],
    [`https://shop.example/${liffId}`, parseLiffId],
  ])('but not out of another one: %s', (text, parse) => {
    expect(refusal(() => parse(text)).problems).toHaveLength(1)
  })
})

describe('quotes', () => {
  test.each(['""', "''", '``', '“”', '「」'])('%s around a channel secret are removed with a warning', (marks) => {
    const onWarning = vi.fn()
    const text = `${marks[0]}${channelSecret}${marks[1]}`
    expect(parseChannelSecret(text, { onWarning }).reveal()).toBe(channelSecret)
    expect(onWarning.mock.calls).toMatchObject([[{ path: 'channelSecret' }]])
    expect(JSON.stringify(onWarning.mock.calls)).not.toContain(channelSecret)
  })

  test('are reported by every form with a channel secret, and by the console if nothing else is told', () => {
    const onWarning = vi.fn()
    const form = { channelId, channelSecret: `"${channelSecret}"` }
    for (const parse of [parseConnectForm, parseMessagingCredentials, parseLoginCredentials])
      expect(parse(form, { onWarning }).channelSecret.reveal()).toBe(channelSecret)
    expect(onWarning).toHaveBeenCalledTimes(3)
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => {})
    parseChannelSecret(form.channelSecret)
    parseChannelSecret(channelSecret)
    expect(warn).toHaveBeenCalledTimes(1)
    warn.mockRestore()
  })

  test('around a value that is no channel secret stay, so that it is refused', () => {
    const onWarning = vi.fn()
    expect(refusal(() => parseChannelSecret(`"${channelId}"`, { onWarning })).problems).toHaveLength(1)
    expect(onWarning).not.toHaveBeenCalled()
  })

  test.each<[string, (value: unknown) => unknown, string]>([
    ['token', parseChannelAccessToken, channelAccessToken],
    ['kid', parseAssertionKid, kid],
    ['LIFF ID', parseLiffId, liffId],
    ['channel ID', parseChannelId, channelId],
    [
      'variable',
      (text) => credentialsFromEnv({ LINE_CHANNEL_ID: channelId, LINE_CHANNEL_SECRET: text }),
      channelSecret,
    ],
  ])('around a %s are refused', (_, parse, value) => {
    expect(refusal(() => parse(`"${value}"`)).problems).toHaveLength(1)
  })
})

describe.each([
  'undefined',
  'null',
  'NaN',
  '$LINE_CHANNEL_SECRET',
  ['$', '{LINE_CHANNEL_SECRET}'].join(''),
  ['$', '{{ secrets.LINE_CHANNEL_SECRET }}'].join(''),
  '{{LINE_CHANNEL_SECRET}}',
  '%LINE_CHANNEL_SECRET%',
  '<YOUR CHANNEL SECRET>',
  'YOUR_CHANNEL_ACCESS_TOKEN_THAT_IS_LONG_ENOUGH',
  'your-channel-secret',
  '[object Object]',
])('the placeholder %s', (text) => {
  test.each<[string, (value: unknown) => unknown]>([
    ['channelId', parseChannelId],
    ['channelSecret', parseChannelSecret],
    ['channelAccessToken', parseChannelAccessToken],
    ['kid', parseAssertionKid],
    ['liffId', parseLiffId],
  ])('is refused as %s', (path, parse) => {
    expect(refusal(() => parse(text)).problems).toMatchObject([{ path }])
  })

  test('is refused in the environment', () => {
    const env = { LINE_CHANNEL_ID: channelId, LINE_CHANNEL_SECRET: text }
    expect(refusal(() => credentialsFromEnv(env)).problems).toMatchObject([{ path: 'LINE_CHANNEL_SECRET' }])
  })
})

test('an upper-case channel secret becomes lower case, and nothing else does', () => {
  expect(parseChannelSecret(channelSecret.toUpperCase()).reveal()).toBe(channelSecret)
  expect(parseAssertionKid(kid.toUpperCase())).toBe(kid.toUpperCase())
  expect(parseLiffId(liffId.toUpperCase())).toBe(liffId.toUpperCase())
  expect(refusal(() => parseUserId(userId.toUpperCase())).problems).toHaveLength(1)
})

test.each<[string, (...input: never[]) => unknown]>([
  ['parseChannelId', parseChannelId],
  ['parseUserId', parseUserId],
  ['parseChannelSecret', parseChannelSecret],
  ['parseChannelAccessToken', parseChannelAccessToken],
  ['credentialsFromEnv', credentialsFromEnv],
  ['parseConnectForm', parseConnectForm],
])('%s refuses options that are none', (_, parse) => {
  // What a caller without types may pass.
  for (const options of [null, 'channelId', true, { path: 5, require: 5, required: 5 }])
    expect(() => parse({ LINE_CHANNEL_ID: channelId } as never, options as never)).toThrow(
      expect.objectContaining({ code: 'LINE_INPUT' }),
    )
})

test('the parsers can be passed to map, which passes the index, too', () => {
  expect([channelId, channelId].map(parseChannelId as (value: string) => string)).toEqual([channelId, channelId])
})

test.each([null, 5, 'LINE_CHANNEL_ID=1', undefined])('credentialsFromEnv refuses %j or reads the process', (env) => {
  expect(() => credentialsFromEnv(env as never)).toThrow(expect.objectContaining({ code: 'LINE_INPUT' }))
})
