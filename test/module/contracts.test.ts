import { basicAuthorization } from 'line-oa'
import { createCaller } from 'line-oa/core'
import { describe, expect, test } from 'vitest'
import * as operations from '../../src/module/operations.js'
import * as schemas from '../../src/module/schemas.js'
import { arrives, problems, requestOf } from '../room.js'

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

describe('calls', () => {
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
  ])('%s', (_, { method, url }, expected) => {
    expect(`${method} ${url}`).toBe(expected)
  })

  test('a release has no body, an acquire has what it was given', async () => {
    expect(requestOf(operations.releaseChatControl, { chatId: 'C1' }).body).toBeNull()
    expect(await requestOf(operations.acquireChatControl, { chatId: 'C1', expired: true, ttl: 3600 }).json()).toEqual({
      expired: true,
      ttl: 3600,
    })
  })

  test('only the list may be repeated', () => {
    const { getModules, ...others } = operations
    expect(getModules.repeat).toBe('safe')
    for (const { repeat } of Object.values(others)) expect(repeat).toBe('never')
  })

  test('all but the attachment name the account in a header', async () => {
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

describe('the attachment', () => {
  test('proves the channel in the body', async () => {
    const request = requestOf(operations.attachModule, { ...bySecret, code_verifier: verifier })
    expect(request.headers.has('authorization')).toBe(false)
    expect(Object.fromEntries(new URLSearchParams(await request.text()))).toEqual({
      ...bySecret,
      code_verifier: verifier,
    })
  })

  test('or in the header, and then not in the body', async () => {
    const request = requestOf(operations.attachModule, byHeader)
    expect(request.headers.get('authorization')).toBe(`Basic ${btoa(`1234567890:${channelSecret}`)}`)
    expect(Object.fromEntries(new URLSearchParams(await request.text()))).toEqual(grant)
    expect(await arrives(operations, operations.attachModule, byHeader)).toEqual(byHeader)
  })

  test("the client's own token stays away from it", async () => {
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
  ])('no error holds the secret when %s', async (_, answer) => {
    const caller = createCaller({ fetch: async () => answer() })
    const error: unknown = await caller.call(operations.attachModule, byHeader).catch((failure: unknown) => failure)
    expect(error).toBeInstanceOf(Error)
    const shown = `${String(error)} ${JSON.stringify(error)} ${error instanceof Error && error.stack}`
    expect(shown).not.toContain(channelSecret)
    expect(shown).not.toContain(byHeader.authorization.slice(6))
  })

  test('what no header can carry is refused without being quoted', async () => {
    const authorization = `Basic ${channelSecret}\r\nx: y` as const
    const sent = createCaller({ fetch: async () => new Response('{}') }).call(operations.attachModule, {
      ...grant,
      authorization,
    })
    await expect(sent).rejects.toMatchObject({
      code: 'LINE_INPUT',
      message: expect.stringContaining('authorization cannot stand in a header'),
    })
    await expect(sent).rejects.toMatchObject({ message: expect.not.stringContaining(channelSecret) })
  })

  test('its header is made of ID and secret, which are never quoted', () => {
    expect(basicAuthorization({ channelId: 'Aladdin', channelSecret: 'open-sesame' })).toBe(
      'Basic QWxhZGRpbjpvcGVuLXNlc2FtZQ==',
    )
    for (const wrong of ['', 'a b', 'sécret', 'x\n']) {
      expect(() => basicAuthorization({ channelId: '1', channelSecret: `${wrong && channelSecret}${wrong}` })).toThrow(
        expect.objectContaining({ code: 'LINE_INPUT', message: expect.not.stringContaining(channelSecret) }),
      )
    }
    expect(() => basicAuthorization({ channelId: '1:2', channelSecret })).toThrow(/channelId/)
  })
})

describe('inputs', () => {
  test.each([
    ['a code with the secret in the body', schemas.AttachModuleInput, bySecret],
    [
      'a code with the header',
      schemas.AttachModuleInput,
      { ...byHeader, code_verifier: verifier, region: 'JP', basic_search_id: '@linedevelopers' },
    ],
    [
      "another client's bearer header beside the secret",
      schemas.AttachModuleInput,
      { ...bySecret, authorization: 'Bearer token' },
    ],
    ['a year', schemas.AcquireChatControlInput, { chatId: 'C1', ttl: 31_536_000 }],
    ['a page of 100', schemas.GetModulesInput, { limit: 100 }],
  ])('%s is taken', (_, schema, input) => {
    expect(problems(schema, input)).toEqual([])
  })

  test.each([
    ['a code alone', schemas.AttachModuleInput, grant, 'authorization must be text, but is missing'],
    [
      'a bearer header',
      schemas.AttachModuleInput,
      { ...grant, authorization: 'Bearer token' },
      'authorization must be what basicAuthorization makes',
    ],
    ['an empty code', schemas.AttachModuleInput, { ...bySecret, code: '' }, 'code must be text that is not empty'],
    [
      'a verifier of 42',
      schemas.AttachModuleInput,
      { ...bySecret, code_verifier: 'x'.repeat(42) },
      'code_verifier must be 43 to 128',
    ],
    [
      'a verifier of 129',
      schemas.AttachModuleInput,
      { ...bySecret, code_verifier: 'x'.repeat(129) },
      'code_verifier must be 43 to 128',
    ],
    [
      'more than a year',
      schemas.AcquireChatControlInput,
      { chatId: 'C1', ttl: 31_536_001 },
      'ttl must be at most 31536000',
    ],
    ['no time', schemas.AcquireChatControlInput, { chatId: 'C1', ttl: 0 }, 'ttl must be at least 1'],
    ['no chat', schemas.ReleaseChatControlInput, {}, 'chatId must be text, but is missing'],
    ['no bot', schemas.DetachModuleInput, {}, 'botId must be text, but is missing'],
    ['a page of 101', schemas.GetModulesInput, { limit: 101 }, 'limit must be at most 100'],
  ])('%s is refused', (_, schema, input, problem) => {
    expect(problems(schema, input)).toEqual([expect.stringContaining(problem)])
  })
})

test('answers pass with scopes and fields that are new', () => {
  expect(problems(schemas.ModuleAttachment, { bot_id: botId, scopes: ['message:send', 'dream:manage'] })).toEqual([])
  const bot = { userId: botId, basicId: '@628', displayName: 'Test01', chatMode: 'bot' }
  expect(
    problems(schemas.ModuleBots, {
      bots: [bot, { ...bot, premiumId: '@x', pictureUrl: 'https://example.com/p' }],
      next: 'n',
    }),
  ).toEqual([])
  expect(problems(schemas.ModuleBots, { bots: [] })).toEqual([])
})
