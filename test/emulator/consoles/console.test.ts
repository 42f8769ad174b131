import { describe, expect, test } from 'vitest'
import { createEmulator } from '../../../src/emulator/index.js'
import { generateAssertionKey } from '../../../src/keys/index.js'
import { type Answer, call, form, inbox } from '../setup.js'
import { enabled, entryForm, mistake, opened, person, refused } from './setup.js'

const hour = 60 * 60 * 1000

/** Somebody with a developer account. */
function developer(emulator: Parameters<typeof person>[0], name: string) {
  const someone = person(emulator, name)
  someone.console.registerDeveloper({ name, email: `${name.toLowerCase()}@dev.example` })
  return someone
}

/** A Messaging API channel, its admin, and somebody for each other role there. */
function team() {
  const world = enabled()
  const { emulator, mika, channel } = world
  const [member, tester, outsider] = ['Member', 'Tester', 'Outsider'].map((name) => developer(emulator, name))
  if (!member || !tester || !outsider) throw new Error('there are three')
  emulator.console.appointAtChannel(channel, member.businessId, 'member')
  emulator.console.appointAtChannel(channel, tester.businessId, 'tester')
  return { ...world, admin: mika, member, tester, outsider }
}

const stateless = (emulator: Parameters<typeof person>[0], channelId: string, channelSecret: string): Promise<Answer> =>
  form(emulator, '/oauth2/v3/token', { grant_type: 'client_credentials', client_id: channelId, client_secret: channelSecret })

describe('the developer account', () => {
  test('comes first, once', () => {
    const emulator = createEmulator()
    const { console } = person(emulator, 'Mika')
    expect(() => console.createProvider({ name: 'P' })).toThrow(refused('developer_missing'))
    expect(() => console.registerDeveloper({ name: 'Mika', email: 'x' })).toThrow(refused('form_invalid'))
    console.registerDeveloper({ name: 'Mika', email: 'mika@dev.example' })
    expect(() => console.registerDeveloper({ name: 'Mika', email: 'mika@dev.example' })).toThrow(refused('developer_registered'))
    expect(console.providers()).toEqual([])
  })

  test('is deleted only where others remain as admins; it comes back without roles', () => {
    const { emulator, mika, provider, channel } = enabled()
    const ken = developer(emulator, 'Ken')
    expect(() => mika.console.deleteDeveloperAccount()).toThrow(refused('developer_sole_admin'))
    emulator.console.appointAtProvider(provider, ken.businessId)
    expect(() => mika.console.deleteDeveloperAccount()).toThrow(refused('developer_sole_admin'))
    emulator.console.appointAtChannel(channel, ken.businessId)
    mika.console.deleteDeveloperAccount()
    expect(emulator.businessId.mailbox('mika@shop.example').at(-1)?.about).toBe('developer-account-deleted')
    expect(() => mika.console.channels()).toThrow(refused('developer_missing'))
    mika.console.registerDeveloper({ name: 'Mika', email: 'mika@dev.example' })
    expect([mika.console.channels(), mika.console.providers()]).toEqual([[], []])
    // The new account has created none yet.
    for (let at = 0; at < 10; at++) mika.console.createProvider({ name: `P${at}` })
    expect(ken.console.channel(channel).roles).toHaveLength(1)
  })

  test('nobody reaches it after the Business ID was deleted', () => {
    const { emulator, mika, channel } = enabled()
    emulator.businessId.as(mika.session).delete()
    expect(() => mika.console.channel(channel)).toThrow(refused('signed_out'))
    const again = person(emulator, 'Mika')
    again.console.registerDeveloper({ name: 'Mika', email: 'mika@dev.example' })
    expect(() => again.console.channel(channel)).toThrow(refused('no_console_permission', 404))
  })
})

describe('providers', () => {
  test('a developer creates 10, and deletes those without channels', () => {
    const emulator = createEmulator()
    const { console } = developer(emulator, 'Mika')
    const made = Array.from({ length: 10 }, (_, at) => console.createProvider({ name: `P${at}` }))
    expect(() => console.createProvider({ name: 'P10' })).toThrow(refused('provider_limit'))
    const [first] = made
    if (!first) throw new Error('there are 10')
    console.deleteProvider(first)
    expect(() => console.provider(first)).toThrow(refused('no_console_permission', 404))
    expect(console.createProvider({ name: 'P10' }).name).toBe('P10')
    expect(() => console.createProvider({ name: ' ' })).toThrow(refused('form_invalid'))
    expect(console.providers()).toHaveLength(10)
  })

  test('one with a channel stays; a new name shows everywhere', () => {
    const { mika, provider, account } = enabled()
    expect(() => mika.console.deleteProvider(provider)).toThrow(refused('provider_not_empty'))
    mika.console.renameProvider(provider, 'Tea Garden Ltd.')
    expect(mika.manager.messagingApi(account)).toMatchObject({ provider: 'Tea Garden Ltd.' })
    mika.manager.deleteAccount(account)
    mika.console.deleteProvider(provider)
    expect(mika.console.providers()).toEqual([])
  })

  test('an eleventh through the Manager is refused too', () => {
    const { mika, account } = opened()
    mika.console.registerDeveloper({ name: 'Mika', email: 'mika@dev.example' })
    for (let at = 0; at < 10; at++) mika.console.createProvider({ name: `P${at}` })
    const enable = () => mika.manager.enableMessagingApi(account, { provider: { name: 'P10' }, agreeToTerms: true })
    expect(enable).toThrow(refused('provider_limit'))
    expect(mika.manager.messagingApi(account)).toEqual({ status: 'off' })
  })

  test('admins see all of a provider, members and holders of channel roles its name, others nothing', () => {
    const { emulator, mika, provider, channel } = enabled()
    const [member, tester, outsider] = ['Member', 'Tester', 'Outsider'].map((name) => developer(emulator, name))
    if (!member || !tester || !outsider) throw new Error('there are three')
    emulator.console.appointAtProvider(provider, member.businessId, 'member')
    emulator.console.appointAtChannel(channel, tester.businessId, 'tester')
    expect(mika.console.provider(provider)).toMatchObject({
      name: 'Tea House Ltd.',
      role: 'admin',
      providerId: provider.providerId,
      channels: [{ channelId: channel.channelId, kind: 'messaging' }],
      developers: [
        { name: 'Mika', role: 'admin' },
        { name: 'Member', role: 'member' },
      ],
    })
    const bare = { name: 'Tea House Ltd.', providerId: undefined, channels: undefined, developers: undefined }
    expect(member.console.provider(provider)).toEqual({ ...bare, role: 'member' })
    expect(tester.console.provider(provider)).toEqual({ ...bare, role: undefined })
    expect(tester.console.providers()).toEqual([provider])
    expect(() => outsider.console.provider(provider)).toThrow(refused('no_console_permission', 404))
    for (const { console } of [member, tester]) {
      const invitation = { email: 'x@dev.example', role: 'member' } as const
      expect(() => console.renameProvider(provider, 'X')).toThrow(refused('console_admin_only', 403))
      expect(() => console.deleteProvider(provider)).toThrow(refused('console_admin_only', 403))
      expect(() => console.inviteToProvider(provider, invitation)).toThrow(refused('console_admin_only', 403))
      expect(() => console.removeFromProvider(provider, mika.businessId)).toThrow(refused('console_admin_only', 403))
    }
  })

  test('an admin of a provider sees nothing of a channel without a role there', () => {
    const { emulator, provider, channel } = enabled()
    const ken = developer(emulator, 'Ken')
    emulator.console.appointAtProvider(provider, ken.businessId)
    expect(() => ken.console.channel(channel)).toThrow(refused('no_console_permission', 404))
  })
})

describe('invitations', () => {
  test('give the role to whoever accepts, once', () => {
    const { emulator, mika, provider } = enabled()
    mika.console.inviteToProvider(provider, { email: 'boss@dev.example', role: 'admin' })
    const mail = emulator.businessId.mailbox('boss@dev.example').at(-1)
    expect(mail?.about).toBe('provider-invitation')
    const url = mail?.url ?? ''
    const ken = person(emulator, 'Ken')
    expect(() => ken.console.acceptInvitation(url)).toThrow(refused('developer_missing'))
    ken.console.registerDeveloper({ name: 'Ken', email: 'ken@dev.example' })
    ken.console.acceptInvitation(url)
    expect(ken.console.provider(provider).role).toBe('admin')
    expect(() => developer(emulator, 'Aya').console.acceptInvitation(url)).toThrow(refused('link_used'))
    expect(() => ken.console.acceptInvitation(`${url}x`)).toThrow(refused('link_unknown', 404))
    expect(() => mika.console.inviteToProvider(provider, { email: 'boss', role: 'admin' })).toThrow(refused('form_invalid'))
  })

  test('somebody with a role gets no second one', () => {
    const { emulator, mika, channel } = enabled()
    mika.console.inviteToChannel(channel, { email: 'mika@shop.example', role: 'tester' })
    const url = emulator.businessId.mailbox('mika@shop.example').at(-1)?.url ?? ''
    expect(() => mika.console.acceptInvitation(url)).toThrow(refused('role_held'))
    expect(mika.console.channel(channel).role).toBe('admin')
  })
})

describe('roles at channels', () => {
  test('what each role sees', () => {
    const { emulator, admin, member, tester, outsider, channel } = team()
    admin.console.editChannel(channel, { description: 'A bot' })
    const line = emulator.createPerson({ displayName: 'Tess' })
    emulator.businessId.as(tester.session).linkLineAccount(line)
    expect(admin.console.channel(channel)).toMatchObject({
      name: 'Tea House',
      role: 'admin',
      description: 'A bot',
      channelSecret: channel.channelSecret,
      assertionKeys: [],
      roles: [{ role: 'admin' }, { role: 'member' }, { role: 'tester' }],
      yourUserId: undefined,
    })
    const hidden = {
      channelSecret: undefined,
      email: undefined,
      assertionKeys: undefined,
      roles: undefined,
      longLivedToken: undefined,
      webhookUrl: undefined,
      responseSettings: undefined,
    }
    const addFriendUrl = `https://line.me/R/ti/p/%40${channel.basicId.slice(1)}`
    const shown = { channelId: channel.channelId, name: 'Tea House', addFriendUrl }
    expect(member.console.channel(channel)).toMatchObject({ ...shown, ...hidden, role: 'member', description: 'A bot' })
    expect(tester.console.channel(channel)).toMatchObject({
      ...shown,
      ...hidden,
      role: 'tester',
      description: undefined,
      yourUserId: line.userIdFor(channel),
    })
    expect(() => outsider.console.channel(channel)).toThrow(refused('no_console_permission', 404))
    expect(() => admin.console.channel({ channelId: '1234567890' })).toThrow(refused('no_console_permission', 404))
  })

  test('only admins change anything; members and testers may leave', async () => {
    const { admin, member, tester, channel } = team()
    for (const { console, businessId } of [member, tester]) {
      const denied = refused('console_admin_only', 403)
      expect(() => console.editChannel(channel, { description: 'x' })).toThrow(denied)
      expect(() => console.registerAssertionKey(channel, {})).toThrow(denied)
      expect(() => console.removeAssertionKey(channel, 'x')).toThrow(denied)
      expect(() => console.reissueChannelSecret(channel)).toThrow(denied)
      expect(() => console.issueLongLivedToken(channel)).toThrow(denied)
      expect(() => console.setWebhookUrl(channel, 'https://bot.example/')).toThrow(denied)
      expect(() => console.setUseWebhook(channel, true)).toThrow(denied)
      expect(() => console.setRedelivery(channel, true)).toThrow(denied)
      expect(() => console.setErrorStatistics(channel, true)).toThrow(denied)
      await expect(console.verifyWebhook(channel)).rejects.toEqual(denied)
      expect(() => console.inviteToChannel(channel, { email: 'x@dev.example', role: 'admin' })).toThrow(denied)
      expect(() => console.changeChannelRole(channel, businessId, 'admin')).toThrow(denied)
      expect(() => console.removeFromChannel(channel, admin.businessId)).toThrow(denied)
      expect(() => console.deleteChannel(channel)).toThrow(denied)
      console.leaveChannel(channel)
      expect(() => console.channel(channel)).toThrow(refused('no_console_permission', 404))
    }
    expect(() => admin.console.leaveChannel(channel)).toThrow(refused('admin_cannot_leave'))
  })

  test('a developer of the provider is imported at once, by somebody who is an admin of both', () => {
    const { emulator, admin, outsider, provider, channel } = team()
    expect(() => admin.console.importFromProvider(channel, outsider.businessId, 'tester')).toThrow(refused('role_missing'))
    emulator.console.appointAtProvider(provider, outsider.businessId, 'member')
    admin.console.importFromProvider(channel, outsider.businessId, 'admin')
    expect(outsider.console.channel(channel).role).toBe('admin')
    expect(() => admin.console.importFromProvider(channel, outsider.businessId, 'admin')).toThrow(refused('role_held'))
    const aya = developer(emulator, 'Aya')
    emulator.console.appointAtProvider(provider, aya.businessId, 'member')
    expect(() => outsider.console.importFromProvider(channel, aya.businessId, 'tester')).toThrow(refused('console_admin_only', 403))
  })

  test('roles change and end; a channel may be left without an admin', () => {
    const { emulator, admin, member, outsider, provider, channel } = team()
    admin.console.changeChannelRole(channel, member.businessId, 'admin')
    expect(() => admin.console.changeChannelRole(channel, outsider.businessId, 'admin')).toThrow(refused('role_missing'))
    member.console.removeFromChannel(channel, admin.businessId)
    expect(() => admin.console.channel(channel)).toThrow(refused('no_console_permission', 404))
    emulator.console.appointAtProvider(provider, member.businessId, 'member')
    admin.console.changeProviderRole(provider, member.businessId, 'admin')
    expect(() => admin.console.removeFromProvider(provider, outsider.businessId)).toThrow(refused('role_missing'))
    admin.console.removeFromProvider(provider, member.businessId)
    expect(member.console.channel(channel).role).toBe('admin')
    emulator.console.appointAtProvider(provider, member.businessId, 'member')
    admin.console.removeFromProvider(provider, member.businessId, { alsoFromChannels: true })
    expect(() => member.console.channel(channel)).toThrow(refused('no_console_permission', 404))
  })

  test('nobody is admin of more than 100 Messaging API channels', () => {
    const emulator = createEmulator()
    const ken = developer(emulator, 'Ken')
    const channels = Array.from({ length: 101 }, (_, at) =>
      emulator.createAccount({ name: `A${at}`, provider: emulator.createProvider({ name: `P${at}` }) }),
    )
    const [last, ...others] = channels
    if (!last) throw new Error('there are 101')
    for (const channel of others) emulator.console.appointAtChannel(channel, ken.businessId)
    expect(() => emulator.console.appointAtChannel(last, ken.businessId)).toThrow(refused('channel_limit'))
    emulator.console.appointAtChannel(last, ken.businessId, 'member')
    expect(ken.console.channels()).toHaveLength(101)
  })

  test('nor of more than 100 channels of one provider', () => {
    const emulator = createEmulator()
    const { console } = developer(emulator, 'Ken')
    const provider = console.createProvider({ name: 'P' })
    const create = () => console.createLoginChannel({ ...loginForm, provider })
    for (let at = 0; at < 100; at++) create()
    expect(create).toThrow(refused('channel_limit'))
    expect(console.provider(provider).channels).toHaveLength(100)
  })
})

describe('keys, tokens and the secret', () => {
  test('a registered key gives a kid, and ends when it is removed', async () => {
    const { emulator, mika, channel } = enabled()
    const { publicJwk } = await generateAssertionKey()
    const kid = mika.console.registerAssertionKey(channel, JSON.stringify(publicJwk))
    expect(kid).toMatch(/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)
    const other = emulator.console.registerAssertionKey(channel, publicJwk)
    expect(mika.console.channel(channel).assertionKeys).toEqual([kid, other])
    mika.console.removeAssertionKey(channel, kid)
    expect(mika.console.channel(channel).assertionKeys).toEqual([other])
    expect(() => mika.console.registerAssertionKey(channel, { ...publicJwk, kid: 'mine' })).toThrow(mistake)
  })

  test('a long-lived token is shown, so that nobody needs another; another ends it at once or after 0 to 24 hours', async () => {
    const { emulator, mika, channel } = enabled()
    const works = async (token: string) => (await call(emulator, 'GET /v2/bot/info', undefined, { token })).status === 200
    expect(mika.console.channel(channel).longLivedToken).toBeUndefined()
    const first = mika.console.issueLongLivedToken(channel)
    expect(mika.console.channel(channel).longLivedToken).toBe(first)
    const second = mika.console.issueLongLivedToken(channel, { overlap: 24 })
    expect(mika.console.channel(channel).longLivedToken).toBe(second)
    await emulator.clock.advance(24 * hour - 1)
    expect([await works(first), await works(second)]).toEqual([true, true])
    await emulator.clock.advance(1)
    expect([await works(first), await works(second)]).toEqual([false, true])
    const third = mika.console.issueLongLivedToken(channel)
    expect([await works(second), await works(third)]).toEqual([false, true])
    for (const overlap of [-1, 24.5, Number.NaN])
      expect(() => mika.console.issueLongLivedToken(channel, { overlap })).toThrow(refused('overlap_invalid'))
    await form(emulator, '/v2/oauth/revoke', { access_token: third })
    expect(mika.console.channel(channel).longLivedToken).toBeUndefined()
  })

  test('a reissued secret replaces the old one everywhere', async () => {
    const { emulator, mika, account, channel } = enabled()
    const receiver = inbox()
    channel.connect(receiver)
    const old = channel.channelSecret
    const friend = emulator.createPerson({ displayName: 'Friend' })
    await friend.addFriend(account)
    const secret = mika.console.reissueChannelSecret(channel)
    await friend.send(account, 'hello')
    expect(secret).toMatch(/^[0-9a-f]{32}$/)
    expect([channel.channelSecret, mika.console.channel(channel).channelSecret]).toEqual([secret, secret])
    expect((await stateless(emulator, channel.channelId, old)).status).toBe(400)
    expect((await stateless(emulator, channel.channelId, secret)).status).toBe(200)
    const signers = await Promise.all(
      receiver.requests.map(async ({ headers, raw }) => {
        const signature = headers.get('x-line-signature')
        return (await sign(raw, old)) === signature ? 'old' : (await sign(raw, secret)) === signature ? 'new' : 'nobody'
      }),
    )
    expect(signers).toEqual(['old', 'new'])
  })
})

// Not by our own signer.
async function sign(body: string, secret: string): Promise<string> {
  const bytes = new TextEncoder()
  const key = await crypto.subtle.importKey('raw', bytes.encode(secret), { name: 'HMAC', hash: 'SHA-256' }, false, ['sign'])
  return btoa(String.fromCharCode(...new Uint8Array(await crypto.subtle.sign('HMAC', key, bytes.encode(body)))))
}

describe('the webhook', () => {
  test('a passing test does not prove the switch', async () => {
    const { emulator, mika, account, channel } = enabled()
    const receiver = inbox()
    await expect(mika.console.verifyWebhook(channel)).rejects.toEqual(refused('webhook_url_missing'))
    expect(() => mika.console.setUseWebhook(channel, true)).toThrow(refused('webhook_url_missing'))
    channel.connect(receiver, { url: 'https://bot.example/hook' })
    mika.console.setUseWebhook(channel, false)
    expect(await mika.console.verifyWebhook(channel)).toEqual({ success: true, status: 200, reason: 'ok', detail: '200' })
    const friend = emulator.createPerson({ displayName: 'Friend' })
    expect(await friend.addFriend(account)).toMatchObject({ reason: 'not_sent' })
    mika.console.setUseWebhook(channel, true)
    expect(await friend.send(account, 'hello')).toMatchObject({ reason: 'ok' })
    expect(mika.manager.responseSettings(account).webhook).toBe(true)
    expect(() => mika.console.setWebhookUrl(channel, 'http://bot.example/')).toThrow(refused('webhook_url_invalid'))
    mika.console.setWebhookUrl(channel, 'https://nobody.invalid/')
    expect(await mika.console.verifyWebhook(channel)).toMatchObject({ success: false, detail: 'Unknown host' })
    mika.console.setRedelivery(channel, true)
    expect(account.settings).toMatchObject({ redelivery: true, webhookUrl: 'https://nobody.invalid/' })
  })

  test('errors are counted from the switch on, for admins and members; tests of the URL do not count', async () => {
    const { emulator, admin, member, tester, account, channel } = team()
    admin.console.setWebhookUrl(channel, 'https://nobody.invalid/')
    admin.console.setUseWebhook(channel, true)
    const friend = emulator.createPerson({ displayName: 'Friend' })
    await friend.addFriend(account)
    expect(admin.console.channel(channel).webhookErrors).toBeUndefined()
    await emulator.clock.advance(1)
    admin.console.setErrorStatistics(channel, true)
    await emulator.clock.advance(1)
    admin.console.setErrorStatistics(channel, true)
    await admin.console.verifyWebhook(channel)
    await friend.send(account, 'hello')
    const errors = [{ event: { type: 'message' }, reason: 'could_not_connect' }]
    expect(admin.console.channel(channel).webhookErrors).toMatchObject(errors)
    expect(member.console.channel(channel).webhookErrors).toMatchObject(errors)
    expect(tester.console.channel(channel).webhookErrors).toBeUndefined()
    admin.console.setErrorStatistics(channel, false)
    expect(member.console.channel(channel).webhookErrors).toBeUndefined()
  })

  const active = async (emulator: Parameters<typeof person>[0], token: string) =>
    ((await call(emulator, 'GET /v2/bot/channel/webhook/endpoint', undefined, { token })).body as { active: boolean }).active

  test.each(['console', 'manager'] as const)('a fault lets the switch fall back a second after it was set in the %s', async (place) => {
    const { emulator, mika, account, channel } = enabled()
    const token = channel.issueLongLivedToken()
    mika.console.setWebhookUrl(channel, 'https://bot.example/')
    const turnOn = () =>
      place === 'console' ? mika.console.setUseWebhook(channel, true) : mika.manager.setResponseSettings(account, { webhook: true })
    emulator.faults.consoles({ webhookFallsBack: 1 })
    turnOn()
    expect(await active(emulator, token)).toBe(true)
    await emulator.clock.advance(1000)
    expect(await active(emulator, token)).toBe(false)
    turnOn()
    await emulator.clock.advance(1000)
    expect(await active(emulator, token)).toBe(true)
  })

  test('where the console refuses the switch, the Manager takes it', async () => {
    const { emulator, mika, account, channel } = enabled()
    mika.console.setWebhookUrl(channel, 'https://bot.example/')
    emulator.faults.consoles({ consoleRefusesWebhook: true })
    expect(() => mika.console.setUseWebhook(channel, true)).toThrow(refused('switch_refused'))
    mika.manager.setResponseSettings(account, { webhook: true })
    expect(await active(emulator, channel.issueLongLivedToken())).toBe(true)
  })

  test('the console shows what was set in the Manager after the lag; the API answers at once', async () => {
    const { emulator, mika, account, channel } = enabled({ consoles: { displayLag: 60_000 } })
    const shown = () => mika.console.channel(channel).responseSettings
    mika.manager.setResponseSettings(account, { greeting: false })
    await emulator.clock.advance(30_000)
    mika.manager.setResponseSettings(account, { webhook: true })
    expect(shown()).toMatchObject({ greeting: true, webhook: false })
    expect(mika.manager.responseSettings(account)).toMatchObject({ greeting: false, webhook: true })
    await emulator.clock.advance(30_000)
    expect(shown()).toMatchObject({ greeting: false, webhook: false })
    await emulator.clock.advance(30_000)
    expect(shown()).toMatchObject({ greeting: false, webhook: true })
    const immediate = enabled()
    immediate.mika.manager.setResponseSettings(immediate.account, { greeting: false })
    expect(immediate.mika.console.channel(immediate.channel).responseSettings?.greeting).toBe(false)
  })
})

const loginForm = {
  region: 'TW',
  name: 'Tea House Login',
  description: 'Log in to the shop',
  appTypes: ['web'],
  email: 'dev@shop.example',
  agreeToTerms: true,
} as const

describe('LINE Login channels', () => {
  function withLogin() {
    const world = enabled()
    return { ...world, login: world.mika.console.createLoginChannel({ ...loginForm, provider: world.provider }) }
  }

  test('are created by admins of the provider, in development and with a region that stays', async () => {
    const { emulator, mika, provider, login } = withLogin()
    expect(login).toMatchObject({ provider, published: false, linkedAccount: undefined })
    expect(mika.console.channel(login)).toMatchObject({ kind: 'login', role: 'admin', name: 'Tea House Login', region: 'TW' })
    expect((await stateless(emulator, login.channelId, login.channelSecret)).status).toBe(200)
    const ken = developer(emulator, 'Ken')
    expect(() => ken.console.createLoginChannel({ ...loginForm, provider })).toThrow(refused('no_console_permission', 404))
    emulator.console.appointAtProvider(provider, ken.businessId, 'member')
    expect(() => ken.console.createLoginChannel({ ...loginForm, provider })).toThrow(refused('console_admin_only', 403))
  })

  test.each([
    [{ name: '' }, 'form_invalid'],
    [{ description: '' }, 'form_invalid'],
    [{ appTypes: [] }, 'form_invalid'],
    [{ email: 'dev' }, 'form_invalid'],
    [{ agreeToTerms: false }, 'terms_not_agreed'],
    [{ name: 'LINE Tea' }, 'channel_name_reserved'],
    [{ name: 'my line' }, 'channel_name_reserved'],
    [{ name: 'L1NE shop' }, 'channel_name_reserved'],
  ] as const)('the form refuses %o', (change, reason) => {
    const { mika, provider, login } = withLogin()
    expect(() => mika.console.createLoginChannel({ ...loginForm, ...change, provider })).toThrow(refused(reason))
    expect(mika.console.provider(provider).channels).toHaveLength(2)
    if (reason === 'channel_name_reserved') expect(() => mika.console.editChannel(login, change)).toThrow(refused(reason))
  })

  test('a name may hold other words, and be changed', () => {
    const { mika, login, channel } = withLogin()
    mika.console.editChannel(login, { name: 'Online Outline' })
    expect(mika.console.channel(login).name).toBe('Online Outline')
    expect(() => mika.console.editChannel(channel, { name: 'Bot' })).toThrow(refused('form_invalid'))
  })

  test('in development only admins and testers log in, by the LINE account of their Business ID; publishing is for ever', async () => {
    const { emulator, mika, login } = withLogin()
    const [owner, tester, member, customer] = ['Owner', 'Tester', 'Member', 'Customer'].map((displayName) =>
      emulator.createPerson({ displayName }),
    )
    if (!owner || !tester || !member || !customer) throw new Error('there are four')
    expect(() => mika.console.setCallbackUrls(login, ['callback'])).toThrow(refused('form_invalid'))
    mika.console.setCallbackUrls(login, ['https://shop.example/callback'])
    mika.console.applyForEmail(login)
    expect(login.settings).toMatchObject({
      name: 'Tea House Login',
      callbackUrls: ['https://shop.example/callback'],
      emailPermission: true,
    })
    const address = `https://access.line.me/oauth2/v2.1/authorize?response_type=code&client_id=${login.channelId}&redirect_uri=https%3A%2F%2Fshop.example%2Fcallback&state=s&scope=profile`
    const mayLogIn = async (someone: typeof owner) => {
      const back = await someone.login(address).catch((error: Error) => error)
      if (back instanceof Error) expect(back.message).toContain('This channel is now developing status. User need to have developer role.')
      return !(back instanceof Error)
    }
    expect(await mayLogIn(owner)).toBe(false)
    emulator.businessId.as(mika.session).linkLineAccount(owner)
    expect(await mayLogIn(owner)).toBe(true)
    for (const [who, role] of [
      [tester, 'tester'],
      [member, 'member'],
    ] as const) {
      const someone = emulator.businessId.register({ lineAccount: who })
      emulator.console.appointAtChannel(login, someone, role)
    }
    expect([await mayLogIn(tester), await mayLogIn(member), await mayLogIn(customer)]).toEqual([true, false, false])
    mika.console.publish(login)
    expect(login.published).toBe(true)
    expect([await mayLogIn(member), await mayLogIn(customer)]).toEqual([true, true])
    expect(() => mika.console.publish(login)).toThrow(refused('already_published'))
  })

  test('link an account of the same provider, by somebody who administers both', () => {
    const { emulator, mika, provider, account, login } = withLogin()
    const ken = developer(emulator, 'Ken')
    emulator.console.appointAtChannel(login, ken.businessId)
    expect(() => ken.console.linkAccount(login, account)).toThrow(refused('linked_account_not_administrator'))
    emulator.manager.appoint(account, ken.businessId, 'operator')
    expect(() => ken.console.linkAccount(login, account)).toThrow(refused('linked_account_not_administrator'))
    emulator.console.appointAtChannel(login, mika.businessId, 'tester')
    expect(() => mika.console.linkAccount(login, account)).toThrow(refused('console_admin_only', 403))
    emulator.console.appointAtChannel(login, mika.businessId, 'admin')
    mika.console.linkAccount(login, account)
    expect(login.linkedAccount).toBe(account)
    expect(mika.console.channel(login).linkedAccount).toBe(account)
    const elsewhere = emulator.createAccount({ name: 'Elsewhere', provider: emulator.createProvider() })
    const without = mika.manager.createAccount(entryForm)
    emulator.manager.appoint(elsewhere, mika.businessId)
    for (const other of [elsewhere, without])
      expect(() => mika.console.linkAccount(login, other)).toThrow(refused('linked_account_provider'))
    expect(login.linkedAccount).toBe(account)
    mika.console.linkAccount(login, undefined)
    expect(login.linkedAccount).toBeUndefined()
    expect(provider.name).toBe('Tea House Ltd.')
  })

  test('are deleted with their tokens; a Messaging API channel goes with its account only', async () => {
    const { emulator, mika, channel, login, provider } = withLogin()
    expect(() => mika.console.deleteChannel(channel)).toThrow(refused('channel_undeletable'))
    mika.console.deleteChannel(login)
    expect(() => mika.console.channel(login)).toThrow(refused('no_console_permission', 404))
    expect((await stateless(emulator, login.channelId, login.channelSecret)).status).toBe(400)
    expect(mika.console.provider(provider).channels).toHaveLength(1)
  })

  test('pages of the other kind are the mistake of a test', () => {
    const { mika, channel, login } = withLogin()
    expect(() => mika.console.issueLongLivedToken(login)).toThrow(mistake)
    expect(() => mika.console.publish(channel)).toThrow(mistake)
    expect(() => mika.console.setUseWebhook(login, true)).toThrow(mistake)
  })
})

test('a session that has ended opens no page', async () => {
  const { mika, account, channel } = enabled()
  mika.session.signOut()
  expect(() => mika.manager.open(account)).toThrow(refused('signed_out'))
  expect(() => mika.console.channel(channel)).toThrow(refused('signed_out'))
  await expect(mika.console.verifyWebhook(channel)).rejects.toEqual(refused('signed_out'))
})

test('what belongs to another emulator is refused', () => {
  const { emulator, mika, account } = enabled()
  const elsewhere = enabled()
  expect(() => mika.manager.open(elsewhere.account)).toThrow(mistake)
  expect(() => elsewhere.emulator.manager.appoint(account, elsewhere.mika.businessId)).toThrow(mistake)
  expect(() => emulator.manager.appoint(account, elsewhere.mika.businessId)).toThrow(mistake)
  expect(() => emulator.console.appointAtProvider(elsewhere.provider, mika.businessId)).toThrow(mistake)
  expect(() => emulator.console.registerAssertionKey({ channelId: '1' }, {})).toThrow(mistake)
})
