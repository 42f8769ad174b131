import { codeChallenge, createLineClient, moduleAuthorizeUrl, moduleCodeGrant } from 'line-oa'
import { createEmulator } from 'line-oa/emulator'
import { describe, expect, test } from 'vitest'
import { call, form, inputError, read, refusal, text, tokenFor } from './setup.js'

const redirectUri = 'https://example.com/auth?key=value'
const manager = 'https://manager.line.biz'

async function setup() {
  const emulator = createEmulator({ clock: 'manual' })
  const account = emulator.createAccount({ name: 'Tea House', kind: 'verified' })
  const channel = emulator.createModuleChannel({ redirectUris: [redirectUri] })
  const request = { channelId: channel.channelId, redirectUri, scope: ['message:send', 'message:receive'] }
  const codeFor = (more: Partial<Parameters<typeof moduleAuthorizeUrl>[0]> = {}, of = account) => {
    const back = new URL(channel.approve(moduleAuthorizeUrl({ ...request, state: 'abc', ...more }), of))
    return back.searchParams.get('code') ?? ''
  }
  const secret = { client_id: channel.channelId, client_secret: channel.channelSecret }
  const attach = async (
    fields: { readonly [name: string]: string },
    headers: { readonly [name: string]: string } = {},
  ) => {
    const all = {
      grant_type: 'authorization_code',
      redirect_uri: redirectUri,
      scope: 'message:send message:receive',
      ...fields,
    }
    return read(
      await emulator.fetch(`${manager}/module/auth/v1/token`, {
        method: 'POST',
        headers,
        body: new URLSearchParams(all),
      }),
    )
  }
  const attached = async (of = account) => attach({ code: codeFor({}, of), ...secret })
  const token = await tokenFor(emulator, channel)
  const line = (what: string, body?: object, botId?: string, own = token) =>
    call(emulator, what, body, { token: own, ...(botId !== undefined && { headers: { 'x-line-bot-id': botId } }) })
  return { emulator, account, channel, request, codeFor, secret, attach, attached, line, token }
}

describe('the authorization page', () => {
  test('redirects with a code and the state after approve()', async () => {
    const { channel, request, account } = await setup()
    const back = new URL(channel.approve(moduleAuthorizeUrl({ ...request, state: 'abc' }), account))
    expect(back.origin + back.pathname).toBe('https://example.com/auth')
    expect(Object.fromEntries(back.searchParams)).toEqual({
      key: 'value',
      code: expect.stringMatching(/./),
      state: 'abc',
    })
    expect(channel.isAttached(account)).toBe(false)
  })

  test('redirects with an error after decline()', async () => {
    const { channel, request } = await setup()
    const back = new URL(channel.decline(moduleAuthorizeUrl({ ...request, state: 'abc' })))
    expect(Object.fromEntries(back.searchParams)).toMatchObject({ error: 'access_denied', state: 'abc' })
  })

  test.each([
    ['another channel', { channelId: '1' }],
    ['a redirect URL that is not registered', { redirectUri: 'https://example.com/auth' }],
    ['an unknown scope', { scope: ['everything'] }],
    ['another account', { basicSearchId: '@000other' }],
    ['other account types', { brandType: ['premium', 'unverified'] }],
  ])('is not shown for %s', async (_, more) => {
    const { codeFor } = await setup()
    expect(() => codeFor(more)).toThrow(inputError)
  })
})

describe('attaching', () => {
  test('works with channel ID and secret in the body', async () => {
    const { attached, account, channel } = await setup()
    expect(await attached()).toMatchObject({
      status: 200,
      body: { bot_id: account.userId, scopes: ['message:send', 'message:receive'] },
    })
    expect(channel.isAttached(account)).toBe(true)
  })

  test('works with channel ID and secret in the Authorization header', async () => {
    const { attach, codeFor, channel, account } = await setup()
    const authorization = `Basic ${btoa(`${channel.channelId}:${channel.channelSecret}`)}`
    expect(await attach({ code: codeFor() }, { authorization })).toMatchObject({
      status: 200,
      body: { bot_id: account.userId },
    })
  })

  test.each(['Basic %%%', `Basic ${btoa('1:2')}`])('is refused for the header %j', async (authorization) => {
    const { attach, codeFor } = await setup()
    expect((await attach({ code: codeFor() }, { authorization })).status).toBe(400)
  })

  test('is refused without channel ID and secret', async () => {
    const { attach, codeFor } = await setup()
    expect((await attach({ code: codeFor() })).status).toBe(400)
  })

  test('requires the matching code_verifier after a code_challenge', async () => {
    const { attach, codeFor, secret } = await setup()
    const verifier = 'v'.repeat(43)
    const code = async () => codeFor({ codeChallenge: await codeChallenge(verifier) })
    expect(await attach({ code: await code(), ...secret, code_verifier: 'w'.repeat(43) })).toMatchObject({
      status: 400,
    })
    expect(await attach({ code: await code(), ...secret })).toMatchObject({ status: 400 })
    expect(await attach({ code: await code(), ...secret, code_verifier: verifier })).toMatchObject({ status: 200 })
  })

  test('requires the parameters of the authorization request', async () => {
    const { attach, codeFor, secret, account } = await setup()
    const more = { region: 'JP', basicSearchId: account.basicId, brandType: ['verified'] }
    const asked = { region: 'JP', basic_search_id: account.basicId, brand_type: 'verified' }
    expect((await attach({ code: codeFor(more), ...secret })).status).toBe(400)
    expect((await attach({ code: codeFor(more), ...secret, ...asked, region: 'TW' })).status).toBe(400)
    expect((await attach({ code: codeFor(more), ...secret, ...asked, scope: 'message:send' })).status).toBe(400)
    expect((await attach({ code: codeFor(more), ...secret, ...asked })).status).toBe(200)
  })

  test('accepts a code once, for 10 minutes, from its own channel', async () => {
    const { attach, codeFor, secret, emulator } = await setup()
    const code = codeFor()
    expect((await attach({ code, ...secret })).status).toBe(200)
    expect((await attach({ code, ...secret })).status).toBe(400)
    const other = emulator.createModuleChannel({ redirectUris: [redirectUri] })
    expect(
      (await attach({ code: codeFor(), client_id: other.channelId, client_secret: other.channelSecret })).status,
    ).toBe(400)
    expect((await attach({ code: codeFor(), ...secret, client_secret: '0' })).status).toBe(400)
    const late = codeFor()
    await emulator.clock.advance(10 * 60 * 1000)
    expect((await attach({ code: late, ...secret })).status).toBe(400)
  })
})

describe('an attached module channel', () => {
  test('calls APIs for the account in its X-Line-Bot-Id header', async () => {
    const { attached, line, account, emulator, channel } = await setup()
    await attached()
    expect(await line('GET /v2/bot/info', undefined, account.userId)).toMatchObject({
      status: 200,
      body: { userId: account.userId },
    })
    const person = emulator.createPerson({ displayName: 'Mika' })
    await person.addFriend(account)
    const push = { to: channel.userIdFor(person, account), messages: [text('hi')] }
    expect((await line('POST /v2/bot/message/push', push, account.userId)).status).toBe(200)
    expect(person.chatWith(account)).toHaveLength(1)
  })

  test('does not call APIs for other accounts, or without the header', async () => {
    const { attached, line, emulator } = await setup()
    await attached()
    const other = emulator.createAccount({ name: 'Other' })
    expect((await line('GET /v2/bot/info', undefined, other.userId)).status).toBe(403)
    expect((await line('GET /v2/bot/info')).status).toBe(403)
  })

  test('reads the account from a custom header', async () => {
    const { emulator, account } = await setup()
    const channel = emulator.createModuleChannel({ redirectUris: [redirectUri], botIdHeader: 'X-Partner-Bot' })
    const { channelId, channelSecret } = channel
    const options = { channelId, channelSecret, fetch: emulator.fetch, clock: emulator.clock }
    const request = { channelId, redirectUri, scope: ['message:send'] }
    const code =
      new URL(channel.approve(moduleAuthorizeUrl({ ...request, state: 'abc' }), account)).searchParams.get('code') ?? ''
    const line = createLineClient({ ...options, botIdHeader: 'x-partner-bot' })
    await line.module.attachModule({
      ...moduleCodeGrant(request, { code }),
      client_id: channelId,
      client_secret: channelSecret,
    })
    expect(await line.messaging.getBotInfo({}, { botId: account.userId })).toMatchObject({ userId: account.userId })
    await expect(createLineClient(options).messaging.getBotInfo({}, { botId: account.userId })).rejects.toMatchObject({
      status: 403,
    })
  })

  test('lists its accounts in pages', async () => {
    const { attached, line, emulator, account } = await setup()
    expect((await line('GET /v2/bot/list')).body).toEqual({ bots: [] })
    const others = ['One', 'Two'].map((name) => emulator.createAccount({ name }))
    for (const one of [account, ...others]) await attached(one)
    const first = (await line('GET /v2/bot/list?limit=2')).body as { bots: object[]; next: string } // there is a third
    expect(first.bots).toMatchObject([
      { userId: account.userId, basicId: account.basicId, displayName: 'Tea House' },
      { displayName: 'One' },
    ])
    expect((await line(`GET /v2/bot/list?start=${first.next}`)).body).toMatchObject({ bots: [{ displayName: 'Two' }] })
    expect(await line('GET /v2/bot/list?start=nonsense')).toMatchObject(refusal(400))
  })

  test('can be detached with its own token only', async () => {
    const { attached, line, account, channel, emulator } = await setup()
    await attached()
    const detach = (botId: string, own?: string) => line('POST /v2/bot/channel/detach', { botId }, undefined, own)
    expect(await detach('U1')).toMatchObject(refusal(400))
    expect(await detach(account.userId, await tokenFor(emulator, account))).toMatchObject(refusal(400))
    expect(await detach(account.userId)).toMatchObject({ status: 200, body: {} })
    expect(channel.isAttached(account)).toBe(false)
    expect(await detach(account.userId)).toMatchObject(refusal(400))
    expect((await line('GET /v2/bot/info', undefined, account.userId)).status).toBe(403)
  })

  test('has no list of accounts for tokens of other kinds of channels', async () => {
    const { line, emulator, account } = await setup()
    expect((await line('GET /v2/bot/list', undefined, undefined, await tokenFor(emulator, account))).status).toBe(403)
    expect(
      (await line('GET /v2/bot/list', undefined, undefined, await tokenFor(emulator, emulator.createLoginChannel())))
        .status,
    ).toBe(403)
  })
})

describe('the control of a chat', () => {
  async function withChat() {
    const world = await setup()
    const { emulator, account, attached, line, channel } = world
    await attached()
    const person = emulator.createPerson({ displayName: 'Mika' })
    await person.addFriend(account)
    const chatId = channel.userIdFor(person, account)
    const primaryChatId = person.userIdFor(account)
    const acquire = (more: object = {}, id = chatId, own?: string) =>
      line(`POST /v2/bot/chat/${id}/control/acquire`, more, account.userId, own)
    const release = (id = chatId) => line(`POST /v2/bot/chat/${id}/control/release`, undefined, account.userId)
    const has = () => channel.hasControl(account, chatId)
    return { ...world, person, chatId, primaryChatId, acquire, release, has }
  }

  test('is acquired for an hour by default', async () => {
    const { acquire, has, emulator } = await withChat()
    expect(await acquire()).toMatchObject({ status: 200, body: {} })
    await emulator.clock.advance(3_600_000 - 1)
    expect(has()).toBe(true)
    await emulator.clock.advance(1)
    expect(has()).toBe(false)
  })

  test('is acquired for ttl seconds, or without an end', async () => {
    const { acquire, has, emulator } = await withChat()
    await acquire({ expired: true, ttl: 5 })
    await emulator.clock.advance(5000)
    expect(has()).toBe(false)
    await acquire({ expired: false, ttl: 5 })
    await emulator.clock.advance(31_536_000_000)
    expect(has()).toBe(true)
  })

  test('can be released, also when it is not held', async () => {
    const { acquire, release, has } = await withChat()
    await acquire()
    expect(await release()).toMatchObject({ status: 200, body: {} })
    expect(has()).toBe(false)
    expect((await release()).status).toBe(200)
  })

  test('ends when the channel is detached', async () => {
    const { acquire, has, line, account } = await withChat()
    await acquire()
    await line('POST /v2/bot/channel/detach', { botId: account.userId })
    expect(has()).toBe(false)
  })

  test('is answered with 423 for 3 seconds after another channel has acquired it', async () => {
    const { acquire, has, emulator, account, primaryChatId } = await withChat()
    const primary = await tokenFor(emulator, account)
    await acquire()
    expect((await acquire({}, primaryChatId, primary)).status).toBe(423)
    expect((await acquire()).status).toBe(200)
    await emulator.clock.advance(3000)
    expect((await acquire({}, primaryChatId, primary)).status).toBe(200)
    expect(has()).toBe(false)
  })

  test('puts the account into standby mode in that chat only, while it lasts', async () => {
    const { acquire, release, emulator, account, person } = await withChat()
    account.settings.joinGroups = true
    const group = emulator.createGroup({ name: 'Tea', members: [person] })
    await group.invite(account)
    await acquire()
    const standby = (await person.send(account, 'hello')).event
    expect(standby).toMatchObject({ type: 'message', mode: 'standby', source: { type: 'user' } })
    expect(standby).not.toHaveProperty('replyToken')
    const active = { mode: 'active', replyToken: expect.any(String) }
    expect((await group.send(person, 'hello'))?.event).toMatchObject(active)
    await release()
    expect((await person.send(account, 'hello')).event).toMatchObject(active)

    await acquire({}, group.groupId)
    expect((await group.send(person, 'hello'))?.event).toMatchObject({ mode: 'standby', source: { type: 'group' } })
    await emulator.clock.advance(3_600_000)
    expect((await group.send(person, 'hello'))?.event).toMatchObject(active)
  })

  test('keeps the account active when the account itself acquired it', async () => {
    const { acquire, emulator, account, primaryChatId, person } = await withChat()
    await acquire({}, primaryChatId, await tokenFor(emulator, account))
    expect((await person.send(account, 'hello')).event).toMatchObject({
      mode: 'active',
      replyToken: expect.any(String),
    })
  })

  test('is refused for chats that the account is not part of', async () => {
    const { acquire, release, emulator, account, channel, person } = await withChat()
    const stranger = emulator.createPerson({ displayName: 'Ken' })
    expect(await acquire({}, 'X1')).toMatchObject(refusal(400))
    expect(await release('X1')).toMatchObject(refusal(400))
    expect((await acquire({}, channel.userIdFor(stranger, account))).status).toBe(404)
    expect((await acquire({}, person.userIdFor(account))).status).toBe(404)
    expect((await acquire({}, `C${'0'.repeat(32)}`)).status).toBe(404)
  })

  test('requires a ttl from 1 second to a year', async () => {
    const { acquire } = await withChat()
    for (const ttl of [0, 31_536_001, 1.5]) expect((await acquire({ ttl })).status).toBe(400)
  })

  test('requires the header with the account', async () => {
    const { chatId, line } = await withChat()
    expect((await line(`POST /v2/bot/chat/${chatId}/control/acquire`, {})).status).toBe(403)
  })
})

test('a module channel also uses short-lived channel access tokens', async () => {
  const { emulator, channel } = await setup()
  const short = await form(emulator, '/v2/oauth/accessToken', {
    grant_type: 'client_credentials',
    client_id: channel.channelId,
    client_secret: channel.channelSecret,
  })
  const { access_token: token } = short.body as { access_token: string } // the response to the call above
  expect((await call(emulator, 'GET /v2/bot/list', undefined, { token })).status).toBe(200)
})
