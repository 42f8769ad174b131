import { createEmulator } from 'line-oa/emulator'
import { describe, expect, test } from 'vitest'
import { call, inputError, text } from '../setup.js'
import { enabled, entryForm, opened, person, refused } from './setup.js'

const hour = 60 * 60 * 1000

// Rules: created-on-entry-page, consent-once.
describe('creating an Official Account', () => {
  test('starts as an unverified account with greeting and auto-response, which does not join groups', () => {
    const { mika, account } = opened()
    expect(account).toMatchObject({
      name: 'Tea House',
      kind: 'unverified',
      basicId: expect.stringMatching(/^@\d{3}[a-z]{5}$/),
    })
    expect(mika.manager.accounts()).toEqual([account])
    expect(mika.manager.open(account)).toMatchObject({
      role: 'administrator',
      company: 'Tea House Ltd.',
      verification: 'none',
    })
    expect(mika.manager.responseSettings(account)).toMatchObject({
      greeting: true,
      autoResponse: true,
      joinGroups: false,
      chat: false,
      webhook: false,
    })
    expect(mika.manager.messagingApi(account)).toEqual({ status: 'off' })
  })

  test('opens its pages after the consents are given', () => {
    const emulator = createEmulator()
    const { manager } = person(emulator, 'Mika')
    const account = manager.createAccount(entryForm)
    expect(manager.open(account).consentPending).toBe(true)
    expect(() => manager.messagingApi(account)).toThrow(refused('consent_pending'))
    manager.acceptConsents(account)
    expect(manager.open(account).consentPending).toBe(false)
    expect(manager.messagingApi(account)).toEqual({ status: 'off' })
  })

  test.each([
    ['an empty name', { name: '' }, 'form_invalid'],
    ['a name of 21 characters', { name: '🍵'.repeat(21) }, 'form_invalid'],
    ['a company of 101 characters', { company: 'c'.repeat(101) }, 'form_invalid'],
    ['an empty company', { company: '' }, 'form_invalid'],
    ['an invalid email address', { email: 'tea' }, 'form_invalid'],
    ['missing consent to the terms', { agreeToTerms: false }, 'terms_not_agreed'],
  ] as const)('the form refuses %s', (_, change, reason) => {
    const { manager } = person(createEmulator(), 'Mika')
    expect(() => manager.createAccount({ ...entryForm, ...change })).toThrow(refused(reason))
    expect(manager.accounts()).toEqual([])
  })

  test('is limited to names of 20 characters and 100 accounts per user', () => {
    const { manager } = person(createEmulator(), 'Mika')
    expect(manager.createAccount({ ...entryForm, name: '🍵'.repeat(20) }).name).toHaveLength(40)
    for (let count = 1; count < 100; count++) manager.createAccount(entryForm)
    expect(() => manager.createAccount(entryForm)).toThrow(refused('account_limit'))
  })
})

// Rule: profile-in-manager.
describe('the profile', () => {
  test('changes are visible in the API at once', async () => {
    const { emulator, mika, account, channel } = enabled()
    mika.manager.editProfile(account, { name: 'Tea Garden', pictureUrl: 'https://img.example/tea.png' })
    mika.manager.setResponseSettings(account, { chat: true })
    const { body } = await call(emulator, 'GET /v2/bot/info', undefined, { token: channel.issueLongLivedToken() })
    expect(body).toMatchObject({
      displayName: 'Tea Garden',
      pictureUrl: 'https://img.example/tea.png',
      chatMode: 'chat',
      markAsReadMode: 'manual',
      basicId: account.basicId,
    })
    expect(account.name).toBe('Tea Garden')
  })

  test('status message and picture can be changed once an hour', async () => {
    const { emulator, mika, account } = opened()
    mika.manager.editProfile(account, { statusMessage: 'Open' })
    mika.manager.editProfile(account, { pictureUrl: 'https://img.example/1.png' })
    expect(() => mika.manager.editProfile(account, { name: 'Other', statusMessage: 'Closed' })).toThrow(
      refused('edited_too_often'),
    )
    expect(account.name).toBe('Tea House')
    await emulator.clock.advance(hour)
    mika.manager.editProfile(account, { statusMessage: 'Closed' })
    expect(mika.manager.open(account).statusMessage).toBe('Closed')
  })

  test('the name is locked from the request for verification on; verified accounts can list followers', async () => {
    const { emulator, mika, account, channel } = enabled()
    const followers = () =>
      call(emulator, 'GET /v2/bot/followers/ids', undefined, { token: channel.issueLongLivedToken() })
    expect((await followers()).status).toBe(403)
    expect(() => emulator.manager.review(account, true)).toThrow(refused('review_unavailable'))
    mika.manager.requestVerification(account)
    expect(() => mika.manager.requestVerification(account)).toThrow(refused('review_unavailable'))
    expect(() => mika.manager.editProfile(account, { name: 'Other' })).toThrow(refused('name_locked'))
    emulator.manager.review(account, false)
    mika.manager.editProfile(account, { name: 'Other' })
    mika.manager.requestVerification(account)
    emulator.manager.review(account, true)
    expect(account.kind).toBe('verified')
    expect((await followers()).status).toBe(200)
    expect(() => mika.manager.editProfile(account, { name: 'Third' })).toThrow(refused('name_locked'))
    emulator.manager.makePremium(account)
    expect(account.kind).toBe('premium')
  })
})

test('a broadcast is in the chats of friends, marked as sent by LINE Official Account Manager', async () => {
  const { emulator, mika, account } = opened()
  const friend = emulator.createPerson({ displayName: 'Ren' })
  await friend.addFriend(account)
  mika.manager.broadcast(account, [text('Sale')])
  expect(friend.chatWith(account)).toMatchObject([{ via: 'greeting' }, { via: 'manager', message: text('Sale') }])
})

// Rules: only-administrators-invite, only-administrators-see-api, roles-do-not-mix.
describe('roles', () => {
  const roles = ['administrator', 'operator', 'operator-no-broadcast', 'operator-no-analytics'] as const
  type Desk = ReturnType<typeof opened>['mika']['manager']
  type Account = ReturnType<typeof opened>['account']
  // The table of roles: an action, and the roles that are allowed to do it.
  const rows: readonly [string, (manager: Desk, account: Account) => unknown, readonly (typeof roles)[number][]][] = [
    [
      'sends to all friends',
      (manager, account) => manager.broadcast(account, [text('Sale')]),
      ['administrator', 'operator', 'operator-no-analytics'],
    ],
    [
      'views analytics',
      (manager, account) => manager.analytics(account),
      ['administrator', 'operator', 'operator-no-broadcast'],
    ],
    ['changes settings', (manager, account) => manager.setResponseSettings(account, { greeting: false }), roles],
    ['edits the profile', (manager, account) => manager.editProfile(account, { statusMessage: 'Hi' }), roles],
    ['sees the members', (manager, account) => manager.members(account), ['administrator']],
    ['invites', (manager, account) => manager.invite(account, 'operator'), ['administrator']],
    ['opens the Messaging API page', (manager, account) => manager.messagingApi(account), ['administrator']],
    ['requests verification', (manager, account) => manager.requestVerification(account), ['administrator']],
    ['deletes the account', (manager, account) => manager.deleteAccount(account), ['administrator']],
  ]

  test.each(
    roles.flatMap((role) => rows.map(([what, act, allowed]) => ({ role, what, act, may: allowed.includes(role) }))),
  )('$role: $what: $may', ({ role, act, may }) => {
    const { account, invited } = opened()
    const { manager } = invited('Ken', role)
    if (may) expect(() => act(manager, account)).not.toThrow()
    else
      expect(() => act(manager, account)).toThrow(expect.objectContaining({ name: 'LineConsoleRefusal', status: 403 }))
  })

  test('operators are refused with the permission that they lack', () => {
    const { account, invited } = opened()
    expect(() => invited('Ken', 'operator-no-broadcast').manager.broadcast(account, [text('Sale')])).toThrow(
      refused('no_broadcast_permission', 403),
    )
    expect(() => invited('Aya', 'operator-no-analytics').manager.analytics(account)).toThrow(
      refused('no_analytics_permission', 403),
    )
  })

  test('users who are not members get a page with status 400', () => {
    const { emulator, account } = opened()
    const { manager } = person(emulator, 'Ken')
    expect(() => manager.open(account)).toThrow(refused('no_oam_permission', 400))
    expect(() => manager.messagingApi(account)).toThrow(refused('no_oam_permission', 400))
    expect(() => manager.acceptConsents(account)).toThrow(refused('no_oam_permission', 400))
    expect(manager.accounts()).toEqual([])
  })

  test('roles of the account give no role in the LINE Developers Console, and the reverse', () => {
    const { emulator, mika, account, invited, channel, provider } = enabled()
    const ken = invited('Ken')
    ken.console.registerDeveloper({ name: 'Ken', email: 'ken@shop.example' })
    expect(ken.manager.messagingApi(account)).toMatchObject({ status: 'in-use', channelId: channel.channelId })
    expect(() => ken.console.channel(channel)).toThrow(refused('no_console_permission', 404))
    expect(() => ken.console.provider(provider)).toThrow(refused('no_console_permission', 404))
    const aya = person(emulator, 'Aya')
    aya.console.registerDeveloper({ name: 'Aya', email: 'aya@shop.example' })
    mika.console.inviteToChannel(channel, { email: 'aya@shop.example', role: 'admin' })
    aya.console.acceptInvitation(emulator.businessId.mailbox('aya@shop.example').at(-1)?.url ?? '')
    expect(aya.console.channel(channel).channelSecret).toBe(channel.channelSecret)
    expect(() => aya.manager.open(account)).toThrow(refused('no_oam_permission', 400))
  })
})

// Rules: invite-by-link, list-proves-role, role-changed-by-others, partner-holds-rights.
describe('members', () => {
  test('an invitation is for one user, who is listed with its role', () => {
    const { emulator, mika, account } = opened()
    const url = mika.manager.invite(account, 'operator')
    const ken = person(emulator, 'Ken')
    expect(ken.manager.acceptInvitation(url)).toBe(account)
    expect(mika.manager.members(account)).toMatchObject([
      { name: 'Mika', role: 'administrator' },
      { name: 'Ken', role: 'operator' },
    ])
    expect(() => person(emulator, 'Aya').manager.acceptInvitation(url)).toThrow(refused('invite_used'))
    expect(() => ken.manager.acceptInvitation(mika.manager.invite(account, 'administrator'))).toThrow(
      refused('already_member'),
    )
    expect(() => ken.manager.acceptInvitation(`${url}x`)).toThrow(refused('link_unknown', 404))
  })

  test('an invitation expires after 24 hours', async () => {
    const { emulator, mika, account } = opened()
    const [first, second] = [mika.manager.invite(account, 'operator'), mika.manager.invite(account, 'operator')]
    await emulator.clock.advance(24 * hour - 1)
    person(emulator, 'Ken').manager.acceptInvitation(first)
    await emulator.clock.advance(1)
    expect(() => person(emulator, 'Aya').manager.acceptInvitation(second)).toThrow(refused('invite_expired'))
    expect(mika.manager.members(account)).toHaveLength(2)
  })

  test('an account has 100 members at most', () => {
    const { emulator, mika, account } = opened()
    const url = mika.manager.invite(account, 'operator')
    for (let count = 1; count < 100; count++)
      emulator.manager.appoint(account, emulator.businessId.register({ yahooJapan: `y${count}` }), 'operator')
    const late = person(emulator, 'Late')
    expect(() => late.manager.acceptInvitation(url)).toThrow(refused('member_limit'))
    const [, someone] = mika.manager.members(account)
    if (!someone) throw new Error('Expected 100 members')
    mika.manager.removeMember(account, someone.businessId)
    late.manager.acceptInvitation(url)
    expect(mika.manager.members(account)).toHaveLength(100)
  })

  test('members cannot change or remove themselves, so that an administrator remains', () => {
    const { emulator, mika, account, invited } = opened()
    const ken = invited('Ken')
    expect(() => mika.manager.changeRole(account, mika.businessId, 'operator')).toThrow(refused('own_role'))
    expect(() => mika.manager.removeMember(account, mika.businessId)).toThrow(refused('own_role'))
    ken.manager.changeRole(account, mika.businessId, 'operator')
    expect(() => mika.manager.members(account)).toThrow(refused('not_administrator', 403))
    ken.manager.removeMember(account, mika.businessId)
    expect(() => mika.manager.open(account)).toThrow(refused('no_oam_permission', 400))
    expect(() => ken.manager.removeMember(account, person(emulator, 'Aya').businessId)).toThrow(inputError)
  })

  test('a sales partner appoints an administrator of an account without members', () => {
    const emulator = createEmulator()
    const account = emulator.createAccount({ name: 'Lost' })
    const ken = person(emulator, 'Ken')
    emulator.manager.appoint(account, ken.businessId)
    expect(ken.manager.messagingApi(account)).toMatchObject({ status: 'in-use', channelSecret: account.channelSecret })
  })
})

describe('automatic messages', () => {
  test('greeting and auto-response work before the Messaging API is enabled, which keeps the chat', async () => {
    const { emulator, mika, account } = opened()
    mika.manager.setResponseSettings(account, { greetingMessage: 'Welcome!', autoResponseMessage: 'Later.' })
    const friend = emulator.createPerson({ displayName: 'Friend' })
    expect(await friend.addFriend(account)).toMatchObject({ reason: 'not_sent' })
    await friend.send(account, 'hello')
    const channel = mika.manager.enableMessagingApi(account, {
      provider: { name: 'P' },
      developer: { name: 'Mika', email: 'mika@shop.example' },
      agreeToTerms: true,
    })
    expect(channel).toBe(account)
    expect(friend.chatWith(account).map(({ from, message }) => [from, message])).toEqual([
      ['account', text('Welcome!')],
      ['person', text('hello')],
      ['account', text('Later.')],
    ])
    const push = { to: friend.userIdFor(channel), messages: [text('Now with a bot')] }
    expect(
      (await call(emulator, 'POST /v2/bot/message/push', push, { token: channel.issueLongLivedToken() })).status,
    ).toBe(200)
    expect(friend.chatWith(account)).toHaveLength(4)
  })

  test('with Chat on, auto-responses depend on the response hours and the response method', async () => {
    const { emulator, mika, account } = opened()
    mika.manager.setResponseSettings(account, {
      greeting: false,
      chat: true,
      chatResponse: 'manual',
      chatResponseOutside: 'auto',
      responseHours: { from: '09:00', to: '18:00', days: [4, 5] },
    })
    const friend = emulator.createPerson({ displayName: 'Friend' })
    const answers = async () => {
      const before = friend.chatWith(account).length
      await friend.send(account, 'hello')
      return friend.chatWith(account).length - before - 1
    }
    // The clock starts on Thursday, 9 o'clock in UTC+9.
    expect(await answers()).toBe(0)
    await emulator.clock.advance(9 * hour)
    expect(await answers()).toBe(1)
    await emulator.clock.advance(15 * hour)
    expect(await answers()).toBe(0)
    await emulator.clock.advance(24 * hour)
    expect(await answers()).toBe(1)
    mika.manager.setResponseSettings(account, { responseHours: undefined })
    expect(await answers()).toBe(0)
    mika.manager.setResponseSettings(account, { chat: false })
    expect(await answers()).toBe(1)
    mika.manager.setResponseSettings(account, { autoResponse: false })
    expect(await answers()).toBe(0)
  })

  test.each([
    { from: '9:00', to: '18:00' },
    { from: '18:00', to: '09:00' },
    { from: '09:00', to: '24:00' },
    { from: '09:00', to: '18:00', days: [7] },
  ])('invalid response hours are refused: %o', (responseHours) => {
    const { mika, account } = opened()
    expect(() => mika.manager.setResponseSettings(account, { responseHours })).toThrow(refused('form_invalid'))
    expect(account.settings.responseHours).toBeUndefined()
  })

  test('a broadcast reaches friends and counts against the quota', async () => {
    const { emulator, mika, account } = opened()
    const friend = emulator.createPerson({ displayName: 'Friend' })
    await friend.addFriend(account)
    account.settings.monthlyLimit = 1
    mika.manager.broadcast(account, [text('Sale'), text('Today')])
    expect(
      friend
        .chatWith(account)
        .slice(1)
        .map(({ message }) => message),
    ).toEqual([text('Sale'), text('Today')])
    expect(() => mika.manager.broadcast(account, [text('Again')])).toThrow(refused('quota_reached'))
    expect(mika.manager.analytics(account)).toEqual({ friends: 1, blocks: 0 })
  })
})

// Rules: account-before-channel, api-enabled-once, one-channel-per-account, enabler-is-admin, developer-first.
describe('enabling the Messaging API', () => {
  const developer = { name: 'Mika', email: 'mika@shop.example' }
  const form = { provider: { name: 'Tea House Ltd.' }, developer, agreeToTerms: true }

  test('creates one channel, with the user who enables it as its only admin', () => {
    const { emulator, mika, account, invited } = opened()
    expect(() => mika.manager.setResponseSettings(account, { webhook: true })).toThrow(refused('messaging_api_off'))
    expect(() => mika.manager.setWebhookUrl(account, 'https://bot.example/')).toThrow(refused('messaging_api_off'))
    const channel = mika.manager.enableMessagingApi(account, form)
    expect(mika.manager.messagingApi(account)).toEqual({
      status: 'in-use',
      provider: 'Tea House Ltd.',
      channelId: channel.channelId,
      channelSecret: channel.channelSecret,
      webhookUrl: undefined,
    })
    const ken = invited('Ken')
    expect(() => ken.manager.enableMessagingApi(account, form)).toThrow(refused('messaging_api_in_use'))
    expect(() => mika.manager.enableMessagingApi(account, form)).toThrow(refused('messaging_api_in_use'))
    expect(mika.console.channel(channel).roles).toMatchObject([{ name: 'Mika', role: 'admin' }])
    expect(() => emulator.console.as(ken.session).channel(channel)).toThrow(refused('developer_missing'))
  })

  test('offers only providers where the user is an admin', () => {
    const { emulator, mika, account, invited } = opened()
    const theirs = person(emulator, 'Ken')
    theirs.console.registerDeveloper({ name: 'Ken', email: 'ken@shop.example' })
    const provider = theirs.console.createProvider({ name: 'Kens' })
    expect(mika.manager.providersToChoose(account)).toEqual([])
    const refusedForm = { ...form, provider }
    expect(() => mika.manager.enableMessagingApi(account, refusedForm)).toThrow(refused('provider_not_admin'))
    mika.console.registerDeveloper(developer)
    const own = mika.console.createProvider({ name: 'Own' })
    expect(mika.manager.providersToChoose(account)).toEqual([own])
    const channel = mika.manager.enableMessagingApi(account, { provider: own, agreeToTerms: true })
    expect(channel.provider).toBe(own)
    expect(invited('Aya').manager.messagingApi(account)).toMatchObject({ provider: 'Own' })
  })

  test('requires a developer, a provider and consent', () => {
    const { mika, account } = opened()
    const { manager } = mika
    expect(() => manager.enableMessagingApi(account, { ...form, developer: undefined })).toThrow(
      refused('developer_missing'),
    )
    expect(() => manager.enableMessagingApi(account, { ...form, developer: { name: '', email: 'x' } })).toThrow(
      refused('form_invalid'),
    )
    expect(() => manager.enableMessagingApi(account, { ...form, provider: { name: '' } })).toThrow(
      refused('provider_not_admin'),
    )
    expect(() => manager.enableMessagingApi(account, { ...form, agreeToTerms: false })).toThrow(
      refused('terms_not_agreed'),
    )
    expect(manager.messagingApi(account)).toEqual({ status: 'off' })
    // The refused forms have not registered a developer.
    expect(() => mika.console.providers()).toThrow(refused('developer_missing'))
  })

  test('delivers events when the webhook URL is set and the webhook is on', async () => {
    const { emulator, mika, account } = enabled()
    const friend = emulator.createPerson({ displayName: 'Friend' })
    expect(() => mika.manager.setWebhookUrl(account, 'http://bot.example/')).toThrow(refused('webhook_url_invalid'))
    mika.manager.setWebhookUrl(account, 'https://bot.example/hook')
    expect(await friend.addFriend(account)).toMatchObject({ reason: 'not_sent', detail: expect.any(String) })
    mika.manager.setResponseSettings(account, { webhook: true })
    expect(await friend.send(account, 'hello')).toMatchObject({ reason: 'could_not_connect' })
  })
})

describe('deleting an account', () => {
  test('deletes its channel and its tokens', async () => {
    const { emulator, mika, account, channel } = enabled()
    const token = channel.issueLongLivedToken()
    mika.manager.deleteAccount(account)
    expect((await call(emulator, 'GET /v2/bot/info', undefined, { token })).status).toBe(401)
    expect(mika.manager.accounts()).toEqual([])
    expect(mika.console.channels()).toEqual([])
    await expect(emulator.createPerson({ displayName: 'Friend' }).addFriend(account)).rejects.toEqual(inputError)
    expect(() => mika.manager.open(account)).toThrow(inputError)
  })
})
