import { createLineClient, moduleAuthorizeUrl } from 'line-oa'
import { createEmulator } from 'line-oa/emulator'
import { createReceiver } from 'line-oa/webhook'
import { describe, expect, test } from 'vitest'
import { call, inbox, inputError, read, text, tokenFor } from './setup.js'

const redirectUri = 'https://example.com/auth'
const moduleId = /^LU[0-9a-f]{32}-U[0-9a-f]{32}$/

async function setup(
  scope: readonly string[] = ['message:send', 'message:receive'],
  more: { defaultActive?: boolean } = {},
) {
  const emulator = createEmulator({ clock: 'manual' })
  const account = emulator.createAccount({ name: 'Tea House', kind: 'verified', settings: { joinGroups: true } })
  const primary = inbox()
  account.connect(primary)
  const channel = emulator.createModuleChannel({ redirectUris: [redirectUri], ...more })
  const receiver = inbox()
  channel.connect(receiver)
  const attach = async (of = account, scopes = scope, module = channel) => {
    const { channelId, channelSecret } = module
    const asked = moduleAuthorizeUrl({ channelId, redirectUri, scope: scopes, state: 'abc' })
    const code = new URL(module.approve(asked, of)).searchParams.get('code') ?? ''
    const fields = { grant_type: 'authorization_code', redirect_uri: redirectUri, scope: scopes.join(' '), code }
    const body = new URLSearchParams({ ...fields, client_id: channelId, client_secret: channelSecret })
    return read(await emulator.fetch('https://manager.line.biz/module/auth/v1/token', { method: 'POST', body }))
  }
  expect((await attach()).status).toBe(200)
  const token = await tokenFor(emulator, channel)
  const line = (what: string, body?: object, of = account) =>
    call(emulator, what, body, { token, headers: { 'x-line-bot-id': of.userId } })
  const person = emulator.createPerson({ displayName: 'Mika' })
  await person.addFriend(account)
  const own = channel.userIdFor(person, account)
  return { emulator, account, primary, channel, receiver, attach, line, person, own }
}

const seen = (box: ReturnType<typeof inbox>) => box.events().map(({ type, mode }) => [type, mode])

describe('the webhook of a module channel', () => {
  test('gets the events of the account in standby, signed with its own secret and with its own user IDs', async () => {
    const { channel, receiver, account, person, primary, own } = await setup()
    await person.send(account, 'hello')
    expect(seen(receiver)).toEqual([
      ['module', 'active'],
      ['follow', 'standby'],
      ['message', 'standby'],
    ])
    const { body } = receiver.requests.at(-1) ?? {}
    expect(body).toMatchObject({
      destination: account.userId,
      events: [{ source: { type: 'user', userId: own }, message: { text: 'hello' } }],
    })
    expect(body?.events[0]).not.toHaveProperty('replyToken')
    expect(own).toMatch(moduleId)
    expect(own).not.toContain(person.userIdFor(account))
    expect(primary.events().at(-1)).toMatchObject({ mode: 'active', source: { userId: person.userIdFor(account) } })
    const real = createReceiver({ channelSecret: channel.channelSecret, standby: 'handle' })
    channel.connect(real)
    const texts: string[] = []
    real.on('message:text', ({ event }) => void texts.push(event.message.text))
    await person.send(account, 'again')
    expect(texts).toEqual(['again'])
    expect(channel.deliveries.at(-1)).toMatchObject({ reason: 'ok', event: { message: { text: 'again' } } })
  })

  test('of several accounts has other IDs for each, and a destination', async () => {
    const { emulator, channel, receiver, attach, person, account } = await setup()
    const second = emulator.createAccount({ name: 'Cake House' })
    await attach(second)
    await person.send(second, 'hello')
    const last = receiver.requests.at(-1)?.body
    expect(last).toMatchObject({
      destination: second.userId,
      events: [{ source: { userId: channel.userIdFor(person, second) } }],
    })
    expect(channel.userIdFor(person, second)).not.toBe(channel.userIdFor(person, account))
  })

  test('gets no event without message:receive, with the webhook off, and after it was detached', async () => {
    const without = await setup(['message:send'])
    await without.person.send(without.account, 'hello')
    expect(without.receiver.events()).toEqual([])
    const { account, channel, receiver, person } = await setup()
    channel.settings.webhook = false
    await person.send(account, 'hello')
    expect(channel.deliveries.at(-1)).toMatchObject({ reason: 'not_sent' })
    channel.settings.webhook = true
    channel.detach(account)
    await person.send(account, 'hello')
    expect(seen(receiver)).toEqual([
      ['module', 'active'],
      ['follow', 'standby'],
      ['module', 'active'],
    ])
    expect(receiver.events().at(-1)).toMatchObject({ module: { type: 'detached', botId: account.userId } })
    expect(receiver.events().at(-1)?.['module']).not.toHaveProperty('reason')
    channel.detach(account)
    expect(receiver.events()).toHaveLength(3)
  })

  test('is told which scopes were granted', async () => {
    const { receiver, account, attach } = await setup()
    await attach(account, ['message:receive', 'profile:read'])
    expect(receiver.events().map(({ module }) => module)).toMatchObject([
      { type: 'attached', botId: account.userId, scopes: ['message:send', 'message:receive'] },
      undefined,
      { type: 'attached', scopes: ['message:receive', 'profile:read'] },
    ])
  })

  test('is redelivered to, when that is on', async () => {
    const { emulator, account, channel, person } = await setup()
    const statuses = [500, 200]
    const receiver = inbox(() => new Response(null, { status: statuses.shift() ?? 200 }))
    channel.connect(receiver, { url: 'https://module.example/hook' })
    channel.settings.redelivery = true
    await person.send(account, 'hello')
    await emulator.clock.advance(10_000)
    expect(receiver.events().map(({ deliveryContext }) => deliveryContext.isRedelivery)).toEqual([false, true])
    expect(() => channel.connect(receiver, { url: 'http://module.example' })).toThrow(inputError)
    expect(() => channel.connect({} as never)).toThrow(inputError)
  })
})

describe('the control of a chat', () => {
  test('is told to the module channels that gain and lose it', async () => {
    const { emulator, account, receiver, line, own, attach, person } = await setup()
    const other = emulator.createModuleChannel({ redirectUris: [redirectUri] })
    const second = inbox()
    other.connect(second)
    await attach(account, undefined, other)
    await line(`POST /v2/bot/chat/${own}/control/acquire`, { ttl: 60 })
    const expireAt = emulator.clock.now() + 60_000
    expect(receiver.events().at(-1)).toMatchObject({
      type: 'activated',
      mode: 'active',
      chatControl: { expireAt },
      source: { type: 'user', userId: own },
    })
    await emulator.clock.advance(3000)
    const token = await tokenFor(emulator, other)
    const chatId = other.userIdFor(person, account)
    const headers = { 'x-line-bot-id': account.userId }
    await call(emulator, `POST /v2/bot/chat/${chatId}/control/acquire`, { expired: false }, { token, headers })
    expect(receiver.events().at(-1)).toMatchObject({ type: 'deactivated', source: { userId: own } })
    expect(second.events().at(-1)).toMatchObject({ type: 'activated', source: { userId: chatId } })
    await call(emulator, `POST /v2/bot/chat/${chatId}/control/release`, {}, { token, headers })
    expect(second.events().at(-1)).toMatchObject({ type: 'deactivated' })
    const before = receiver.events().length + second.events().length
    await line(`POST /v2/bot/chat/${own}/control/acquire`, { ttl: 60 })
    await emulator.clock.advance(60_000)
    // A control that has expired tells nobody.
    expect(receiver.events().length + second.events().length).toBe(before + 1)
  })

  test('lets the module channel reply, and no other', async () => {
    const { account, receiver, line, own, person, primary } = await setup()
    await line(`POST /v2/bot/chat/${own}/control/acquire`, {})
    await person.send(account, 'hello')
    expect(primary.events().at(-1)).toMatchObject({ mode: 'standby' })
    const event = receiver.events().at(-1)
    expect(event).toMatchObject({ mode: 'active' })
    const replyToken = event?.replyToken
    expect((await line('POST /v2/bot/message/reply', { replyToken, messages: [text('hi')] })).status).toBe(200)
    expect(person.chatWith(account).at(-1)).toMatchObject({ via: 'reply', message: text('hi') })
  })

  test('goes back when the user blocks the account and adds it again', async () => {
    const { account, channel, line, own, person } = await setup()
    await line(`POST /v2/bot/chat/${own}/control/acquire`, {})
    await person.block(account)
    expect(channel.hasControl(account, own)).toBe(true)
    await person.unblock(account)
    expect(channel.hasControl(account, own)).toBe(false)
  })

  test('is the default active module’s in all chats, and an account has one of them', async () => {
    const { emulator, account, channel, receiver, person, primary, own, attach } = await setup(undefined, {
      defaultActive: true,
    })
    await person.send(account, 'hello')
    expect(receiver.events().at(-1)).toMatchObject({ mode: 'active', replyToken: expect.any(String) })
    expect(primary.events().at(-1)).toMatchObject({ mode: 'standby' })
    expect(channel.hasControl(account, own)).toBe(true)
    const other = emulator.createModuleChannel({ redirectUris: [redirectUri], defaultActive: true })
    expect((await attach(account, undefined, other)).status).toBe(400)
    expect((await attach()).status).toBe(200)
    channel.detach(account)
    expect((await attach(account, undefined, other)).status).toBe(200)
  })
})

describe('the user IDs of a module channel', () => {
  test('are those of its calls and answers; the IDs of the account mean nobody', async () => {
    const { emulator, account, line, own, person, channel } = await setup([
      'message:send',
      'message:receive',
      'profile:read',
    ])
    expect((await line(`GET /v2/bot/profile/${own}`)).body).toMatchObject({ userId: own, displayName: 'Mika' })
    expect((await line(`GET /v2/bot/profile/${person.userIdFor(account)}`)).status).toBe(404)
    expect(
      (await line('POST /v2/bot/message/push', { to: person.userIdFor(account), messages: [text('x')] })).status,
    ).toBe(400)
    expect((await line('POST /v2/bot/message/multicast', { to: [own], messages: [text('x')] })).status).toBe(200)
    expect(person.chatWith(account)).toHaveLength(1)
    expect((await line('GET /v2/bot/followers/ids')).body).toEqual({ userIds: [own] })
    const group = emulator.createGroup({ name: 'Tea', members: [person] })
    await group.invite(account)
    expect((await line(`GET /v2/bot/group/${group.groupId}/members/ids`)).body).toEqual({ memberIds: [own] })
    expect((await line(`GET /v2/bot/group/${group.groupId}/member/${own}`)).body).toMatchObject({ userId: own })
    const primary = await call(emulator, `GET /v2/bot/profile/${own}`, undefined, {
      token: await tokenFor(emulator, account),
    })
    expect(primary.status).toBe(400)
    expect((await line('GET /v2/bot/info')).body).toMatchObject({ userId: account.userId })
    const stranger = emulator.createPerson({ displayName: 'Ken' })
    expect((await line(`GET /v2/bot/profile/${channel.userIdFor(stranger, account)}`)).status).toBe(404)
  })

  test('in a text stay what they are', async () => {
    const { account, line, own, person } = await setup()
    const said = text(person.userIdFor(account))
    await line('POST /v2/bot/message/push', { to: own, messages: [said] })
    expect(person.chatWith(account).at(-1)).toMatchObject({ message: said })
  })

  test('are accepted by the client', async () => {
    const { emulator, account, channel, own, person } = await setup()
    const client = createLineClient({
      ...channel,
      fetch: emulator.fetch,
      clock: emulator.clock,
      botIdHeader: 'x-line-bot-id',
    })
    await client.messaging.pushMessage({ to: own, messages: [text('hi')] }, { botId: account.userId })
    expect(person.chatWith(account)).toHaveLength(1)
  })
})

describe('the scopes of a module channel', () => {
  const messages = [text('x')]
  test.each([
    ['message:send', 'POST /v2/bot/message/broadcast', { messages }],
    ['message:send', 'GET /v2/bot/message/quota', undefined],
    ['message:send', 'GET /v2/bot/audienceGroup/list?page=1', undefined],
    ['account:manage', 'GET /v2/bot/insight/followers?date=20251230', undefined],
    ['coupon:manage', 'GET /v2/bot/coupon', undefined],
    ['message:templated_pnp', 'GET /v2/bot/message/delivery/pnp/templated?date=20251230', undefined],
  ])('%s: %s', async (scope, what, body) => {
    const { line, account, attach } = await setup(['crm:manage'])
    expect(await line(what, body)).toMatchObject({ status: 403, body: { message: expect.any(String) } })
    await attach(account, [scope])
    expect((await line(what, body)).status).toBe(200)
  })

  test('are not needed for the link token and the bot information', async () => {
    const { line, own } = await setup(['crm:manage'])
    expect((await line('GET /v2/bot/info')).status).toBe(200)
    expect((await line(`POST /v2/bot/user/${own}/linkToken`)).status).toBe(200)
  })

  test('of chat control and coupon messages', async () => {
    const { line, own } = await setup(['message:send'])
    expect((await line(`POST /v2/bot/chat/${own}/control/acquire`, {})).status).toBe(403)
    const coupon = { type: 'coupon', couponId: '01JYNW8JMQVFBNWF1APF8Z3FS7' }
    expect((await line('POST /v2/bot/message/push', { to: own, messages: [coupon] })).status).toBe(403)
  })

  test('do not concern the account itself', async () => {
    const { emulator, account } = await setup(['crm:manage'])
    const token = await tokenFor(emulator, account)
    expect((await call(emulator, 'GET /v2/bot/message/quota', undefined, { token })).status).toBe(200)
  })
})

describe('an account that LINE suspends', () => {
  test('is told to module channels only', async () => {
    const { emulator, account, receiver, primary } = await setup()
    const before = primary.events().length
    emulator.admin.suspend(account)
    emulator.admin.resume(account)
    await emulator.clock.advance(0)
    expect(seen(receiver).slice(-2)).toEqual([
      ['botSuspended', 'active'],
      ['botResumed', 'active'],
    ])
    expect(primary.events()).toHaveLength(before)
  })
})

test('a deleted account is suspended, and detached after three months', async () => {
  const { emulator, account, channel, receiver } = await setup()
  const owner = emulator.businessId.register({ email: 'mika@tea.example', password: 'secret' })
  emulator.manager.appoint(account, owner)
  emulator.manager.as(emulator.businessId.signIn(owner)).deleteAccount(account)
  await emulator.clock.advance(0)
  expect(receiver.events().at(-1)).toMatchObject({ type: 'botSuspended' })
  await emulator.clock.advance(90 * 24 * 60 * 60 * 1000)
  expect(receiver.events().at(-1)).toMatchObject({ module: { type: 'detached', reason: 'bot_deleted' } })
  expect(channel.deliveries.every(({ reason }) => reason === 'ok')).toBe(true)
})
