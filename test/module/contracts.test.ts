import { basicAuthorization, type Endpoint } from 'line-oa'
import { module as operations } from 'line-oa/catalog'
import { createCaller } from 'line-oa/core'
import { describe, expect, test } from 'vitest'
import { inputProblems, outputProblems } from '../contracts/check.js'
import { emulatedOperation } from '../emulated-operation.js'
import { methodAndUrl, requestOf } from '../requests.js'

const botId = 'U45c5c51f0050ef0f0ee7261d57fd3c56'
const channelSecret = '0123456789abcdef0123456789abcdef'
const grant = {
  grant_type: 'authorization_code',
  code: '1234567890abcde',
  redirect_uri: 'https://example.com/auth?key=value',
} as const
const verifier = 'ayjtZgTunh96nHCvgLEiXzqVQOOC0SwMRs39bh1l5dx'
const bySecret = { ...grant, client_id: '1234567890', client_secret: channelSecret }
const byHeader = { ...grant, authorization: basicAuthorization({ channelId: '1234567890', channelSecret }) }

describe('the calls', () => {
  test.each([
    [
      'attachModule',
      requestOf(operations.attachModule, bySecret),
      'POST https://manager.line.biz/module/auth/v1/token',
    ],
    ['detachModule', requestOf(operations.detachModule, { botId }), 'POST https://api.line.me/v2/bot/channel/detach'],
    [
      'acquireChatControl',
      requestOf(operations.acquireChatControl, { chatId: 'C1' }),
      'POST https://api.line.me/v2/bot/chat/C1/control/acquire',
    ],
    [
      'releaseChatControl',
      requestOf(operations.releaseChatControl, { chatId: 'C1' }),
      'POST https://api.line.me/v2/bot/chat/C1/control/release',
    ],
    [
      'getModules',
      requestOf(operations.getModules, { start: 'a+b', limit: 100 }),
      'GET https://api.line.me/v2/bot/list?start=a%2Bb&limit=100',
    ],
  ])('%s', async (name, request, expected) => {
    expect(methodAndUrl(await request)).toBe(expected)
    expect(await emulatedOperation(await request)).toBe(name)
  })

  test('have a body to acquire control and none to release it', async () => {
    expect((await requestOf(operations.releaseChatControl, { chatId: 'C1' })).body).toBeNull()
    const acquire = await requestOf(operations.acquireChatControl, { chatId: 'C1', expired: true, ttl: 3600 })
    expect(await acquire.json()).toEqual({ expired: true, ttl: 3600 })
  })

  test('are not retried, except for the list', () => {
    const { getModules, ...others } = operations
    expect(getModules.repeat).toBe('safe')
    for (const { repeat } of Object.values(others)) expect(repeat).toBe('never')
  })

  test('name the account in a header', async () => {
    const seen: Headers[] = []
    const caller = createCaller({
      channelAccessToken: 'token',
      fetch: async (_, init) => {
        seen.push(new Headers(init?.headers))
        return new Response('{}')
      },
    })
    await caller.call(operations.acquireChatControl, { chatId: 'C1' }, { botId })
    expect([...(seen[0]?.values() ?? [])]).toEqual(expect.arrayContaining([botId, 'Bearer token']))
  })
})

describe('attaching', () => {
  test('sends channel ID and secret in the body', async () => {
    const request = await requestOf(operations.attachModule, { ...bySecret, code_verifier: verifier })
    expect(request.headers.has('authorization')).toBe(false)
    expect(Object.fromEntries(new URLSearchParams(await request.text()))).toEqual({
      ...bySecret,
      code_verifier: verifier,
    })
  })

  test('sends them in the authorization header instead, and then not in the body', async () => {
    const request = await requestOf(operations.attachModule, byHeader)
    expect(request.headers.get('authorization')).toBe(`Basic ${btoa(`1234567890:${channelSecret}`)}`)
    expect(Object.fromEntries(new URLSearchParams(await request.text()))).toEqual(grant)
  })

  test("does not send the client's own token", async () => {
    const seen: Headers[] = []
    const caller = createCaller({
      channelAccessToken: 'token',
      fetch: async (_, init) => {
        seen.push(new Headers(init?.headers))
        return new Response(JSON.stringify({ bot_id: botId, scopes: [] }))
      },
    })
    await caller.call(operations.attachModule, bySecret)
    await caller.call(operations.attachModule, byHeader)
    expect(seen.map((headers) => headers.get('authorization'))).toEqual([null, byHeader.authorization])
  })

  test.each([
    [
      'LINE repeats the header',
      () => new Response(JSON.stringify({ message: `not allowed: ${byHeader.authorization}` }), { status: 403 }),
    ],
    [
      'LINE repeats the secret',
      () => new Response(`{"message":"client_secret=${channelSecret} is wrong"}`, { status: 400 }),
    ],
    ['the connection fails', () => Response.error()],
    [
      'the runtime quotes the header',
      () => {
        throw new TypeError(`invalid header ${byHeader.authorization}`)
      },
    ],
  ])('does not expose the secret in an error when %s', async (_, answer) => {
    const caller = createCaller({ fetch: async () => answer() })
    const error: unknown = await caller.call(operations.attachModule, byHeader).catch((failure: unknown) => failure)
    expect(error).toBeInstanceOf(Error)
    const shown = `${String(error)} ${JSON.stringify(error)} ${error instanceof Error && error.stack}`
    expect(shown).not.toContain(channelSecret)
    expect(shown).not.toContain(byHeader.authorization.slice(6))
  })

  test('refuses an authorization that a header cannot carry, and does not quote it', async () => {
    const authorization = `Basic ${channelSecret}\r\nx: y` as const
    const sent = createCaller({ fetch: async () => new Response('{}') }).call(operations.attachModule, {
      ...grant,
      authorization,
    })
    await expect(sent).rejects.toMatchObject({ code: 'LINE_INPUT' })
    await expect(sent).rejects.toMatchObject({ message: expect.not.stringContaining(channelSecret) })
  })

  test('has a basic authorization of ID and secret, which errors never quote', () => {
    expect(basicAuthorization({ channelId: 'Aladdin', channelSecret: 'open-sesame' })).toBe(
      'Basic QWxhZGRpbjpvcGVuLXNlc2FtZQ==',
    )
    for (const wrong of ['', 'a b', 'sécret', 'x\n']) {
      expect(() => basicAuthorization({ channelId: '1', channelSecret: `${wrong && channelSecret}${wrong}` })).toThrow(
        expect.objectContaining({ code: 'LINE_INPUT', message: expect.not.stringContaining(channelSecret) }),
      )
    }
    expect(() => basicAuthorization({ channelId: '1:2', channelSecret })).toThrow(
      expect.objectContaining({ code: 'LINE_INPUT' }),
    )
  })
})

describe('an input', () => {
  test.each<[string, Endpoint, object]>([
    ['a code with the secret in the body', operations.attachModule, bySecret],
    [
      'a code with the header',
      operations.attachModule,
      { ...byHeader, code_verifier: verifier, region: 'JP', basic_search_id: '@linedevelopers' },
    ],
    [
      "another client's bearer header beside the secret",
      operations.attachModule,
      { ...bySecret, authorization: 'Bearer token' },
    ],
    ['a year', operations.acquireChatControl, { chatId: 'C1', ttl: 31_536_000 }],
    ['a page of 100', operations.getModules, { limit: 100 }],
  ])('passes with %s', (_, operation, input) => {
    expect(inputProblems(operation, input)).toEqual([])
  })

  test.each<[string, Endpoint, object, string, string]>([
    ['a code alone', operations.attachModule, grant, 'authorization', 'missing'],
    ['a bearer header', operations.attachModule, { ...grant, authorization: 'Bearer token' }, 'authorization', 'form'],
    ['an empty code', operations.attachModule, { ...bySecret, code: '' }, 'code', 'length'],
    [
      'a verifier of 42',
      operations.attachModule,
      { ...bySecret, code_verifier: 'x'.repeat(42) },
      'code_verifier',
      'form',
    ],
    [
      'a verifier of 129',
      operations.attachModule,
      { ...bySecret, code_verifier: 'x'.repeat(129) },
      'code_verifier',
      'form',
    ],
    ['more than a year', operations.acquireChatControl, { chatId: 'C1', ttl: 31_536_001 }, 'ttl', 'range'],
    ['a time of 0', operations.acquireChatControl, { chatId: 'C1', ttl: 0 }, 'ttl', 'range'],
    ['no chat', operations.releaseChatControl, {}, 'chatId', 'missing'],
    ['no bot', operations.detachModule, {}, 'botId', 'missing'],
    ['a page of 101', operations.getModules, { limit: 101 }, 'limit', 'range'],
  ])('is refused with %s', (_, operation, input, path, rule) => {
    expect(inputProblems(operation, input)).toMatchObject([{ path, rule }])
  })
})

test('outputs pass with new scopes and fields', () => {
  expect(outputProblems(operations.attachModule, { bot_id: botId, scopes: ['message:send', 'dream:manage'] })).toEqual(
    [],
  )
  const bot = { userId: botId, basicId: '@628', displayName: 'Test01', chatMode: 'bot' }
  expect(
    outputProblems(operations.getModules, {
      bots: [bot, { ...bot, premiumId: '@x', pictureUrl: 'https://example.com/p' }],
      next: 'n',
    }),
  ).toEqual([])
  expect(outputProblems(operations.getModules, { bots: [] })).toEqual([])
})
