import { createLineClient } from 'line-oa'
import { type Account, createEmulator, type Emulator, type EmulatorOptions } from 'line-oa/emulator'
import { describe, expect, test, vi } from 'vitest'
import { api, call, form, inbox, read, setup, text, tokenFor } from './setup.js'

const refusal = expect.objectContaining({ code: 'LINE_INPUT' })

/** A receiver that never answers, and what tells that a delivery has arrived. */
function silent() {
  let go = () => {}
  const arrived = new Promise<void>((resolve) => {
    go = resolve
  })
  return {
    arrived,
    receiver: {
      fetch: () => {
        go()
        return new Promise<Response>(() => {})
      },
    },
  }
}

/** Uses most of what an emulator has, and returns everything that can be seen of it. */
async function story(emulator: Emulator) {
  const provider = emulator.createProvider({ name: 'Tea Ltd.' })
  const account = emulator.createAccount({ name: 'Tea House', kind: 'verified', provider })
  const box = inbox()
  account.connect(box)
  const person = emulator.createPerson({ displayName: 'Mika', email: 'mika@tea.example', language: 'ja' })
  const friend = emulator.createPerson({ displayName: 'Ken' })
  await person.addFriend(account)
  const token = account.issueLongLivedToken()
  const login = emulator.createLoginChannel({ provider, linkedAccount: account, published: true })
  const sent = await person.send(account, 'hello')
  const answers = []
  const line = (what: string, body?: object) => call(emulator, what, body, { token })
  answers.push(await line('POST /v2/bot/message/push', { to: person.userIdFor(account), messages: [text('hi')] }))
  const event = sent.event
  answers.push(await line('POST /v2/bot/message/reply', { replyToken: event.replyToken, messages: [text('reply')] }))
  answers.push(await line('POST /v2/bot/message/broadcast', { messages: [text('all')] }))
  answers.push(await line('GET /v2/bot/followers/ids'))
  answers.push(await line('POST /v2/bot/audienceGroup/upload', { description: 'tea', audiences: [] }))
  const group = emulator.createGroup({ name: 'Tea circle', members: [person, friend] })
  account.settings.joinGroups = true
  const joined = await group.invite(account)
  const spoken = await group.send(friend, 'in the group')
  const business = emulator.businessId.register({ email: 'tea@tea.example', password: 'secret' })
  const session = emulator.businessId.signIn(business)
  const made = emulator.manager.as(session).createAccount({
    name: 'Second',
    email: 'tea@tea.example',
    company: 'Tea Ltd.',
    agreeToTerms: true,
  })
  const tokens = [token, await tokenFor(emulator, account), await tokenFor(emulator, login)]
  const liff = await emulator.issueNativeTokens(person, login, { scope: ['profile'] })
  await emulator.clock.advance(60_000)
  return {
    now: emulator.clock.now(),
    provider: { ...provider },
    account: { ...account, provider: account.provider.providerId, connect: 0, issueLongLivedToken: 0 },
    second: [made.userId, made.basicId],
    business: { ...business },
    mails: emulator.businessId.mailbox('tea@tea.example'),
    login: [login.channelId, login.channelSecret],
    people: [person, friend].map((one) => [one.displayName, one.userIdFor(account), one.chatWith(account)]),
    bulk: [...account.addBulkFriends(3)],
    group: [group.groupId, group.chatWith(account)],
    tokens,
    liff,
    reports: [sent, joined, spoken],
    deliveries: account.deliveries,
    signatures: box.requests.map(({ headers, raw }) => [headers.get('x-line-signature'), raw]),
    answers: answers.map(({ status, headers, body }) => [status, headers.get('x-line-request-id'), body]),
  }
}

const seen = async (emulator: Emulator) => JSON.stringify(await story(emulator))

describe('a reset emulator is like a new one', () => {
  test.each<[string, EmulatorOptions]>([
    ['the default seed', {}],
    ['a text as seed', { random: 'tea' }],
    ['a number as seed', { random: 42 }],
    ['rate limits', { enforceRateLimits: true }],
  ])('with %s', async (_, options) => {
    const emulator = createEmulator({ clock: 'manual', ...options })
    const first = await seen(emulator)
    emulator.reset()
    expect(await seen(emulator)).toBe(first)
    emulator.reset()
    emulator.reset()
    expect(await seen(emulator)).toBe(first)
    expect(await seen(createEmulator({ clock: 'manual', ...options }))).toBe(first)
  })

  test('and another seed gives other IDs', async () => {
    const ids = [undefined, 'tea', 'coffee', 7].map(
      (random) => createEmulator({ random }).createAccount({ name: 'A' }).userId,
    )
    expect(new Set(ids).size).toBe(4)
  })

  test('a function goes on where it is', () => {
    const random = vi.fn(() => 0.5)
    const emulator = createEmulator({ random })
    const before = random.mock.calls.length
    emulator.reset()
    expect(random.mock.calls.length).toBeGreaterThan(before)
  })

  test('faults, receivers and accounts are gone', async () => {
    const { emulator, account, token } = await setup()
    const box = inbox()
    account.connect(box, { url: 'https://tea.example/hook' })
    emulator.faults.add({ answer: 500, times: 10 })
    emulator.faults.delivery({ drop: true })
    emulator.faults.consoles({ lostMail: true })
    emulator.reset()
    expect((await call(emulator, 'GET /v2/bot/info', undefined, { token })).status).toBe(401)
    const next = emulator.createAccount({
      name: 'Next',
      settings: { webhook: true, webhookUrl: 'https://tea.example/hook' },
    })
    const person = emulator.createPerson({ displayName: 'Mika' })
    expect(await person.send(next, 'hi')).toMatchObject({ reason: 'could_not_connect' })
    expect(box.requests).toEqual([])
  })

  test('two emulators do not affect each other', async () => {
    const [one, other] = [await setup(), await setup()]
    one.emulator.reset()
    expect((await other.push(other.userId)).status).toBe(200)
    expect(other.person.chatWith(other.account)).toHaveLength(1)
  })
})

describe('what was given out before a reset', () => {
  test('refuses in every member, and as an argument', async () => {
    const { emulator, account, person } = await setup()
    const provider = emulator.createProvider()
    const channel = emulator.createLoginChannel({ published: true })
    const module = emulator.createModuleChannel({ redirectUris: ['https://tea.example/'] })
    const group = emulator.createGroup({ name: 'G', members: [person] })
    const room = emulator.createRoom({ members: [person] })
    const businessId = emulator.businessId.register({ email: 'a@tea.example', password: 'x' })
    const session = emulator.businessId.signIn(businessId)
    const signIn = emulator.businessId.startSignIn({ method: 'email', email: 'a@tea.example', password: 'x' })
    const objects = {
      account,
      person,
      provider,
      channel,
      module,
      group,
      room,
      businessId,
      session,
      signIn,
      browser: emulator.businessId.browser(),
      phone: emulator.businessId.phone(person),
      profile: emulator.businessId.as(session),
      manager: emulator.manager.as(session),
      console: emulator.console.as(session),
      membership: account.offerMembership({ title: 'Tea club', price: 500 }),
      insight: emulator.admin.insight(account),
      audiences: emulator.admin.audiences(account),
      stickers: emulator.admin.missionStickers(account),
      miniApp: emulator.admin.miniApp(channel),
    }
    const bulk = account.addBulkFriends(2)
    emulator.reset()
    for (const [name, object] of Object.entries(objects)) {
      const members = Object.keys(object)
      expect(members.length, name).toBeGreaterThan(0)
      for (const member of members) {
        const use = async () => {
          const value: unknown = Reflect.get(object, member)
          return typeof value === 'function' ? value() : value
        }
        await expect(use(), `${name}.${member}`).rejects.toEqual(refusal)
      }
    }
    expect(() => [...bulk]).toThrow(refusal)

    const next = emulator.createAccount({ name: 'Next' })
    const someone = emulator.createPerson({ displayName: 'Ken' })
    await expect(someone.addFriend(account)).rejects.toEqual(refusal)
    expect(() => someone.userIdFor(account)).toThrow(refusal)
    expect(() => emulator.createAccount({ name: 'A', provider })).toThrow(refusal)
    expect(() => emulator.createGroup({ name: 'G', members: [person] })).toThrow(refusal)
    expect(() => emulator.admin.miniApp(channel)).toThrow(refusal)
    expect(() => emulator.manager.as(session)).toThrow(refusal)
    expect(() => emulator.console.registerAssertionKey(channel, {})).toThrow(refusal)
    expect(() => emulator.manager.appoint(next, businessId)).toThrow(refusal)
    await expect(emulator.issueLiffTokens(someone, channel)).rejects.toEqual(refusal)
  })

  test('promises are rejected, not thrown', async () => {
    const { emulator, account, person } = await setup()
    const group = emulator.createGroup({ name: 'G', members: [person] })
    emulator.reset()
    for (const waiting of [
      person.send(account, 'hi'),
      person.addFriend(account),
      person.login('https://access.line.me/'),
      person.allowNotifications(true),
      group.invite(account),
      group.removeAccount(),
    ])
      await expect(waiting).rejects.toEqual(refusal)
  })

  test('data that can be changed can neither be read nor changed', async () => {
    const { emulator, account } = await setup()
    const channel = emulator.createLoginChannel()
    const { settings } = account
    const { settings: loginSettings } = channel
    const { unready, deliveries, messageEvents } = emulator.admin.insight(account)
    const { sets } = emulator.admin.missionStickers(account)
    const { templates } = emulator.admin.miniApp(channel)
    sets.set('1', 'available').set('2', 'available')
    const rest = sets.entries()
    emulator.reset()
    for (const use of [
      () => settings.webhook,
      () => {
        settings.webhook = true
      },
      () => ({ ...loginSettings }),
      () => {
        loginSettings.emailPermission = true
      },
      () => delete (loginSettings as { name?: string }).name,
      () => unready.size,
      () => unready.add('20260101'),
      () => deliveries.set('20260101', {}),
      () => [...messageEvents],
      () => sets.get('1'),
      () => templates.has('thankyou_msg_en'),
    ])
      expect(use).toThrow(refusal)
    // An iterator that was started is a plain value.
    expect([...rest].length).toBe(2)
    expect(emulator.createAccount({ name: 'Tea House' }).settings.webhook).toBe(false)
  })

  test('a Map or a Set works as such before', async () => {
    const { emulator, account } = await setup()
    const { sets } = emulator.admin.missionStickers(account)
    const { unready } = emulator.admin.insight(account)
    expect(sets.set('1', 'available')).toBe(sets)
    expect(unready.add('20260101')).toBe(unready)
    expect(sets).toBeInstanceOf(Map)
    expect(sets).toEqual(new Map([['1', 'available']]))
    expect(new Set(unready)).toEqual(new Set(['20260101']))
    expect([...unready.values()]).toEqual(['20260101'])
    expect(emulator.admin.missionStickers(account).sets).toEqual(sets)
    sets.clear()
    expect(sets.size).toBe(0)
  })

  test('lists that were read keep what they had', async () => {
    const { emulator, account, person } = await setup()
    account.connect(inbox())
    await person.send(account, 'hello')
    const { deliveries } = account
    const chat = person.chatWith(account)
    const had = deliveries.length
    emulator.reset()
    expect([deliveries.length, chat.length]).toEqual([had, 1])
  })

  test('an object of another emulator is refused, also where IDs are the same', async () => {
    const [one, other] = [await setup(), await setup()]
    const channel = other.emulator.createLoginChannel()
    one.emulator.createLoginChannel()
    expect(one.account.channelId).toBe(other.account.channelId)
    expect(() => one.emulator.admin.miniApp(channel)).toThrow(refusal)
    expect(() => one.emulator.console.registerAssertionKey(channel, {})).toThrow(refusal)
    expect(() => one.person.revokeConsent(channel)).toThrow(refusal)
    expect(() => one.person.userIdFor(other.account)).toThrow(refusal)
  })
})

describe('a reset while something is going on', () => {
  test('a delivery that waits for its receiver: the caller is refused and the request is aborted', async () => {
    const { emulator, account, person } = await setup()
    let signal: AbortSignal | undefined
    let answer = (_: Response) => {}
    const arrived = new Promise<void>((go) => {
      account.connect({
        fetch: (request) => {
          signal = request.signal
          go()
          return new Promise((resolve) => {
            answer = resolve
          })
        },
      })
    })
    const sending = person.send(account, 'hello')
    await arrived
    emulator.reset()
    await expect(sending).rejects.toEqual(refusal)
    expect(signal?.aborted).toBe(true)
    const next = emulator.createAccount({ name: 'Tea House' })
    answer(new Response(null, { status: 500 }))
    await emulator.clock.advance(3_600_000)
    expect(next.deliveries).toEqual([])
  })

  test('a caller that does not wait causes no unhandled rejection', async () => {
    const { emulator, account, person } = await setup()
    const unhandled = vi.fn()
    process.on('unhandledRejection', unhandled)
    account.connect({ fetch: () => new Promise(() => {}) })
    void person.send(account, 'hello')
    await new Promise((go) => setTimeout(go, 5))
    emulator.reset()
    await new Promise((go) => setTimeout(go, 5))
    process.off('unhandledRejection', unhandled)
    expect(unhandled).not.toHaveBeenCalled()
  })

  test('inside a webhook handler', async () => {
    const { emulator, account, person } = await setup()
    const token = account.issueLongLivedToken()
    const userId = person.userIdFor(account)
    let late: Promise<number> | undefined
    account.connect({
      fetch: () => {
        emulator.reset()
        emulator.reset()
        const body = { to: userId, messages: [text('late')] }
        late = call(emulator, 'POST /v2/bot/message/push', body, { token }).then(({ status }) => status)
        return new Response()
      },
    })
    await expect(person.send(account, 'hello')).rejects.toEqual(refusal)
    expect(await late).toBe(401)
    const next = await emulator.createPerson({ displayName: 'Mika' })
    expect(next.chatWith(emulator.createAccount({ name: 'Tea House' }))).toEqual([])
  })

  test('a request in flight fails like a lost connection and writes nothing', async () => {
    const { emulator, push, userId } = await setup()
    emulator.faults.add({ answer: 'slow', delay: 1000 })
    const pushing = push(userId)
    await new Promise((go) => setTimeout(go, 5))
    emulator.reset()
    await expect(pushing).rejects.toMatchObject({ name: 'TypeError', cause: { code: 'ECONNRESET' } })
    const account = emulator.createAccount({ name: 'Tea House', kind: 'verified' })
    const person = emulator.createPerson({ displayName: 'Mika' })
    await person.addFriend(account)
    await emulator.clock.advance(5000)
    expect(person.userIdFor(account)).toBe(userId)
    expect(person.chatWith(account)).toEqual([])
  })

  test('a client sees an error, and one for the new state works', async () => {
    const emulator = createEmulator()
    const clientFor = ({ channelId, channelSecret }: Account) =>
      createLineClient({ channelId, channelSecret, fetch: emulator.fetch })
    const account = emulator.createAccount({ name: 'Tea House' })
    const line = clientFor(account)
    const { arrived, receiver } = silent()
    account.connect(receiver)
    const waiting = line.messaging.testWebhookEndpoint({})
    await arrived
    emulator.reset()
    await expect(waiting).rejects.toMatchObject({ code: expect.stringMatching(/^LINE_/) })
    const next = clientFor(emulator.createAccount({ name: 'Coffee House' }))
    expect((await next.messaging.getBotInfo()).displayName).toBe('Coffee House')
  })

  test('timers of the old state never fire', async () => {
    const { emulator, account, person, userId, line } = await setup()
    const fired = vi.fn()
    emulator.clock.setTimeout(fired, 1000)
    const { membershipId } = account.offerMembership({ title: 'Tea club', price: 500 })
    await person.joinMembership(account, membershipId)
    const box = inbox(() => new Response(null, { status: 500 }))
    account.connect(box)
    account.settings.redelivery = true
    await person.send(account, 'again and again')
    await line('POST /v2/bot/richmenu/bulk/unlink', { userIds: [userId] })
    const { deliveries } = account
    const [delivered, reports] = [box.requests.length, deliveries.length]
    emulator.reset()
    await emulator.clock.advance(365 * 24 * 3_600_000)
    expect(fired).not.toHaveBeenCalled()
    expect(box.requests).toHaveLength(delivered)
    expect(deliveries).toHaveLength(reports)
  })

  test('advance is refused, and the new clock is free', async () => {
    const { emulator, account, person } = await setup()
    account.connect({ fetch: () => new Promise(() => {}) })
    const sending = person.send(account, 'hello')
    const advancing = emulator.clock.advance(10_000)
    emulator.reset()
    await expect(advancing).rejects.toEqual(refusal)
    await expect(sending).rejects.toEqual(refusal)
    await emulator.clock.advance(500)
    expect(new Date(emulator.clock.now()).toISOString()).toBe('2026-01-01T00:00:00.500Z')
  })

  test('a clock that runs by itself keeps its time; only what was added is taken back', async () => {
    let now = 1_000_000
    const base = { now: () => now, setTimeout: () => undefined, clearTimeout: () => {} }
    const emulator = createEmulator({ clock: base })
    await emulator.clock.advance(5000)
    now += 10
    emulator.reset()
    expect(emulator.clock.now()).toBe(1_000_010)
  })
})

test('an open server keeps its URL and serves the new state', async () => {
  const { emulator, account: old, token } = await setup()
  const server = await emulator.listen()
  const { arrived, receiver } = silent()
  old.connect(receiver)
  const waiting = fetch(`${server.url}/v2/bot/channel/webhook/test`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: '{}',
  })
  await arrived
  emulator.reset()
  await expect(waiting).rejects.toThrow(TypeError)
  const account = emulator.createAccount({ name: 'Next' })
  const response = await fetch(`${server.url}/v2/bot/info`, {
    headers: { authorization: `Bearer ${account.issueLongLivedToken()}` },
  })
  expect((await read(response)).body).toMatchObject({ displayName: 'Next' })
  await server.close()
})

test('what was taken from the emulator before goes on: fetch, clock, faults, consoles, admin', async () => {
  const { emulator } = await setup()
  const { fetch, clock, faults, manager, console, admin, businessId } = emulator
  const { register, signIn } = businessId
  emulator.reset()
  const account = emulator.createAccount({ name: 'Next' })
  faults.add({ answer: 503 })
  expect((await fetch(`${api}/v2/bot/info`)).status).toBe(503)
  await clock.advance(1)
  expect(clock.now()).toBe(emulator.clock.now())
  const mika = register({ email: 'mika@tea.example', password: 'x' })
  manager.appoint(account, mika)
  expect(manager.as(signIn(mika)).accounts()).toEqual([account])
  expect(admin.insight(account).unready.size).toBe(0)
  console.appointAtChannel(account, mika)
})

describe('tokens that have ended are answered as before', () => {
  const minute = 60_000
  const bearer = (emulator: Emulator, token: string) => call(emulator, 'GET /v2/bot/info', undefined, { token })
  const messageOf = ({ body }: { readonly body: unknown }) => JSON.stringify(body)

  test('an expired channel access token says so, however many were issued since; a revoked one reads like an unknown one', async () => {
    const { emulator, account } = await setup()
    const token = await tokenFor(emulator, account)
    await emulator.clock.advance(15 * minute)
    for (let count = 0; count < 300; count++) await tokenFor(emulator, account)
    expect(messageOf(await bearer(emulator, token))).toContain('access token expired')
    expect(messageOf(await bearer(emulator, 'unknown'))).toContain('invalid token')
    const issue = () =>
      form(emulator, '/v2/oauth/accessToken', {
        grant_type: 'client_credentials',
        client_id: account.channelId,
        client_secret: account.channelSecret,
      })
    const short = (await issue()).body as { access_token: string }
    await form(emulator, '/v2/oauth/revoke', { access_token: short.access_token })
    expect(messageOf(await bearer(emulator, short.access_token))).toContain('invalid token')
    expect(messageOf(await form(emulator, '/v2/oauth/verify', { access_token: short.access_token }))).toContain(
      'access_token invalid',
    )
  })

  test('a user’s access token: expired, revoked after that, unknown', async () => {
    const { emulator, person } = await setup()
    const channel = emulator.createLoginChannel({ published: true })
    const { accessToken, refreshToken } = await emulator.issueNativeTokens(person, channel)
    const verify = async (token: string) =>
      messageOf(await call(emulator, `GET /oauth2/v2.1/verify?access_token=${encodeURIComponent(token)}`))
    expect(await verify(accessToken)).toContain(channel.channelId)
    await emulator.clock.advance(30 * 24 * 60 * minute)
    expect(await verify(accessToken)).toContain('expired')
    person.revokeConsent(channel)
    expect(await verify(accessToken)).toContain('revoked')
    expect(await verify('a.b.c')).toContain('malformed')
    const refreshed = await form(emulator, '/oauth2/v2.1/token', {
      grant_type: 'refresh_token',
      refresh_token: refreshToken,
      client_id: channel.channelId,
      client_secret: channel.channelSecret,
    })
    expect(messageOf(refreshed)).toContain('invalid refresh token')
  })

  test('a reply token: used, too old and unknown read the same', async () => {
    const { emulator, account, person, line } = await setup()
    account.connect(inbox())
    const { event } = await person.send(account, 'hi')
    const reply = async (replyToken: string | undefined) =>
      line('POST /v2/bot/message/reply', { replyToken, messages: [text('x')] })
    expect((await reply(event.replyToken)).status).toBe(200)
    const used = await reply(event.replyToken)
    const { event: other } = await person.send(account, 'hi')
    await emulator.clock.advance(21 * minute)
    const old = await reply(other.replyToken)
    const unknown = await reply('0'.repeat(32))
    expect([used.body, old.body]).toEqual([unknown.body, unknown.body])
  })

  test('the quote and read tokens of a chat do not expire', async () => {
    const { emulator, account, person, line, userId } = await setup()
    account.settings.chat = true
    const { event } = await person.send(account, 'hi')
    await emulator.clock.advance(400 * 24 * 60 * minute)
    const message = event.message as { quoteToken: string; markAsReadToken: string }
    const quoting = { ...text('x'), quoteToken: message.quoteToken }
    expect((await line('POST /v2/bot/message/push', { to: userId, messages: [quoting] })).status).toBe(200)
    expect((await line('POST /v2/bot/chat/markAsRead', { markAsReadToken: message.markAsReadToken })).status).toBe(200)
  })
})
