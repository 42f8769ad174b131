// Two connect wizards step by step: what the person does in LINE's consoles, and what the tool does with the SDK.

import { parseConnectForm } from 'line-oa/credentials'
import type { Account, Person } from 'line-oa/emulator'
import { startKeyExchange } from 'line-oa/keys'
import { createReceiver } from 'line-oa/webhook'
import { describe, expect, test } from 'vitest'
import { of, setup, toolUrl } from './setup.js'

/** A person with a new Official Account, whose Messaging API is enabled under a provider of the same name. */
function ownerOf(name: string, subject = setup()) {
  const { emulator } = subject
  const email = 'owner@tea.example'
  const session = emulator.businessId.signIn(emulator.businessId.register({ email, password: 'secret' }))
  const [manager, console] = [emulator.manager.as(session), emulator.console.as(session)]
  const created = manager.createAccount({ name, email, company: `${name} Ltd.`, agreeToTerms: true })
  manager.acceptConsents(created)
  const developer = { name: 'Owner', email }
  const account = manager.enableMessagingApi(created, {
    provider: { name: `${name} Ltd.` },
    developer,
    agreeToTerms: true,
  })
  return { ...subject, account, console, manager }
}

/** Sends a message as a person and returns the answers of the account. */
async function answersTo(
  subject: { settle<T>(promise: Promise<T>): Promise<T> },
  person: Person,
  account: Account,
  text: string,
) {
  const before = person.chatWith(account).length
  await subject.settle(person.send(account, text))
  const entries = person.chatWith(account).slice(before)
  return entries
    .filter(({ from }) => from === 'account')
    .map(({ message }) => (message.type === 'text' ? message.text : message.type))
}

/** Starts the hub of these tests: one receiver for all teams that greets and answers. */
function hub(subject: ReturnType<typeof ownerOf>) {
  const { registry, servers } = subject
  const receiver = createReceiver({ channel: registry.channel, onError: () => {} })
  receiver.on('follow', ({ reply }) => reply('Welcome!'))
  receiver.on('message:text', ({ event, reply }) => reply(`You said: ${event.message.text}`))
  servers.set(toolUrl, (request) => receiver.fetch(request))
}

// Rules: five-values, tool-hands-out-url, plan-tool-only, plan-tool-and-manager, no-groups-no-auto-replies, one-team-per-account, clean-up-first.
describe('the hub that asks for five values', () => {
  /** The values that the person copies from the consoles and types into the form. */
  const typed = ({ account, console }: ReturnType<typeof ownerOf>) => ({
    accountName: ` ${account.name} `,
    channelId: `${console.channel(account).channelId} `,
    channelSecret: console.channel(account).channelSecret,
    channelAccessToken: console.issueLongLivedToken(account),
    lineId: account.basicId.slice(1).toUpperCase(),
  })

  async function connectHub(
    subject: ReturnType<typeof ownerOf>,
    team: string,
    answering: 'tool-only' | 'tool-and-manager',
    form = typed(subject),
  ) {
    const {
      accountName: name,
      lineId,
      ...messaging
    } = parseConnectForm(form, { required: ['accountName', 'channelAccessToken', 'lineId'] })
    const { connect, registry } = subject
    return connect({ registry, team, messaging, account: { name, lineId }, webhookUrl: toolUrl, answering })
  }

  test('sets and verifies the URL, and leaves the switch and the response settings to the person', async () => {
    const subject = ownerOf('Tea House')
    hub(subject)
    const { account, console, manager } = subject
    const result = await connectHub(subject, 'tea', 'tool-only')
    expect(result.nextSteps.map(({ id }) => id)).toEqual([
      'switch-webhook-on',
      'switch-greeting-off',
      'switch-auto-response-off',
      'forbid-groups',
      'invite-administrator',
    ])
    // The person opens the Console and presses Verify, which must succeed.
    expect(console.channel(account).webhookUrl).toBe(toolUrl)
    expect(await subject.settle(console.verifyWebhook(account))).toMatchObject({ success: true })
    // Verify succeeds with the webhook off: no event arrives yet.
    const person = subject.emulator.createPerson({ displayName: 'Mika' })
    await subject.settle(person.addFriend(account))
    expect(account.deliveries.at(-1)).toMatchObject({ reason: 'not_sent' })
    expect(
      of(
        await subject.check({ registry: subject.registry, connectionId: result.connection?.id ?? '' }),
        'webhook-switch',
      ),
    ).toEqual({
      status: 'needs-person',
      code: 'webhook_off',
    })
    // The Console refuses the switch, so the person uses the Manager.
    subject.emulator.faults.consoles({ consoleRefusesWebhook: 1 })
    expect(() => console.setUseWebhook(account, true)).toThrow()
    manager.setResponseSettings(account, { webhook: true })
    expect((await answersTo(subject, person, account, 'tea')).at(-1)).toBe('You said: tea')
  })

  test('keeps a URL that the person has already pasted', async () => {
    const subject = ownerOf('Tea House')
    hub(subject)
    subject.console.setWebhookUrl(subject.account, toolUrl)
    const result = await connectHub(subject, 'tea', 'tool-only')
    expect(result).toMatchObject({ verdict: 'needs-person', change: undefined })
    expect(result.checks.find(({ id }) => id === 'webhook-owner')).toMatchObject({
      status: 'passed',
      evidence: { owner: 'this-tool' },
    })
  })

  test('detects a switch that LINE has turned off again', async () => {
    const subject = ownerOf('Tea House')
    hub(subject)
    const { account, check, clock, emulator, manager, registry, settle } = subject
    const { connection } = await connectHub(subject, 'tea', 'tool-only')
    const connectionId = connection?.id ?? ''
    emulator.faults.consoles({ webhookFallsBack: 1 })
    manager.setResponseSettings(account, { webhook: true })
    expect(of(await check({ registry, connectionId }), 'webhook-switch')).toEqual({ status: 'passed' })
    await settle(new Promise<void>((done) => clock.setTimeout(done, 60_000)))
    expect(of(await check({ registry, connectionId }), 'webhook-switch')).toEqual({
      status: 'needs-person',
      code: 'webhook_off',
    })
    manager.setResponseSettings(account, { webhook: true })
    await settle(new Promise<void>((done) => clock.setTimeout(done, 60_000)))
    expect(of(await check({ registry, connectionId }), 'webhook-switch')).toEqual({ status: 'passed' })
  })

  test('replies once to users in the tool-only plan, when all other responses are off', async () => {
    const subject = ownerOf('Tea House')
    hub(subject)
    const { account, check, emulator, manager, registry, settle } = subject
    const { connection } = await connectHub(subject, 'tea', 'tool-only')
    const connectionId = connection?.id ?? ''
    manager.setResponseSettings(account, { webhook: true })
    const [first, second] = ['Mika', 'Ken'].map((displayName) => emulator.createPerson({ displayName }))
    if (!first || !second) throw new Error('two people')
    // New accounts have greeting and auto-response on, so people receive everything twice.
    await settle(first.addFriend(account))
    expect(first.chatWith(account).filter(({ from }) => from === 'account')).toHaveLength(2)
    expect(await answersTo(subject, first, account, 'tea')).toHaveLength(2)
    const asked = await check({
      registry,
      connectionId,
      confirmations: [
        { id: 'greeting', holds: false },
        { id: 'auto-response', holds: false },
      ],
    })
    expect(asked.checks.filter(({ code }) => code === 'double_replies').map(({ id }) => id)).toEqual([
      'greeting',
      'auto-response',
    ])

    manager.setResponseSettings(account, { chat: false, greeting: false, autoResponse: false, joinGroups: false })
    await settle(second.addFriend(account))
    expect(second.chatWith(account).map(({ from }) => from)).toEqual(['account'])
    expect(await answersTo(subject, second, account, 'tea')).toEqual(['You said: tea'])
    const confirmations = (['greeting', 'auto-response', 'group-joining', 'second-administrator'] as const).map(
      (id) => ({
        id,
        holds: true,
        by: 'Owner',
      }),
    )
    expect(await check({ registry, connectionId, confirmations })).toMatchObject({
      verdict: 'connected',
      nextSteps: [],
    })
  })

  test('replies once to users in the tool-and-manager plan, with Chat on, no response hours and manual chat', async () => {
    const subject = ownerOf('Tea House')
    hub(subject)
    const { account, check, emulator, manager, registry, settle } = subject
    const { connection, ...result } = await connectHub(subject, 'tea', 'tool-and-manager')
    expect(of(result, 'chat-mode')).toEqual({ status: 'needs-person', code: 'chat_mode_conflict' })
    manager.setResponseSettings(account, {
      webhook: true,
      chat: true,
      greeting: false,
      responseHours: undefined,
      chatResponse: 'manual',
      joinGroups: false,
    })
    const person = emulator.createPerson({ displayName: 'Mika' })
    await settle(person.addFriend(account))
    expect(await answersTo(subject, person, account, 'tea')).toEqual(['You said: tea'])
    const ids = [
      'greeting',
      'auto-response',
      'response-hours',
      'chat-response-method',
      'group-joining',
      'second-administrator',
    ] as const
    const checked = await check({
      registry,
      connectionId: connection?.id ?? '',
      confirmations: ids.map((id) => ({ id, holds: true })),
    })
    expect(checked).toMatchObject({ verdict: 'connected', nextSteps: [] })
  })

  test('connects an account of another team only after it is disconnected there, which removes what the tool made', async () => {
    const subject = ownerOf('Tea House')
    hub(subject)
    const { account, check, disconnect, registry, settle } = subject
    const form = typed(subject)
    const first = await connectHub(subject, 'old team', 'tool-only', form)
    // The hub makes a rich menu and records it; the shop made another one itself.
    const line = await registry.client(first.connection?.id ?? '')
    const size = { width: 2500, height: 1686 }
    const area = { bounds: { x: 0, y: 0, ...size }, action: { type: 'message' as const, text: 'tea' } }
    const menu = (name: string) =>
      settle(line.messaging.createRichMenu({ size, selected: false, name, chatBarText: 'Menu', areas: [area] }))
    const [ours, theirs] = [await menu('Hub'), await menu('Shop')]
    await registry.recordResource(first.connection?.id ?? '', { kind: 'rich-menu', id: ours.richMenuId, name: 'Hub' })
    const refused = await connectHub(subject, 'new team', 'tool-only', form)
    expect(refused).toMatchObject({ verdict: 'refused', nextSteps: [{ id: 'disconnect-there-first' }] })
    const left = await disconnect({ registry, connectionId: first.connection?.id ?? '', remove: 'all' })
    expect(left).toMatchObject({ verdict: 'disconnected', warnings: [] })
    expect(left.leftovers).toMatchObject([
      { kind: 'rich-menu', name: 'Hub', madeBy: 'this-tool', action: 'removed' },
      { kind: 'rich-menu', id: theirs.richMenuId, madeBy: 'unattributed', action: 'kept' },
      { kind: 'webhook-url', madeBy: 'this-tool', action: 'kept' },
      { kind: 'long-lived-token', madeBy: 'unattributed', action: 'kept' },
    ])
    expect(left.nextSteps.map(({ id }) => id)).toContain('clear-webhook-url')
    // The URL is still that of the tool, because no API clears it; so the next team finds the webhook in place.
    const second = await connectHub(subject, 'new team', 'tool-only', form)
    expect(second).toMatchObject({ connection: { team: 'new team' }, change: undefined })
    expect((await check({ registry, connectionId: second.connection?.id ?? '' })).verdict).toBe('needs-person')
    expect(account.settings.webhookUrl).toBe(toolUrl)
  })
})

// Rules: key-exchange, login-is-published, login-links-account, right-account, token-is-not-reissued.
describe('the tool that exchanges keys', () => {
  test('has the public key registered, the channel published and linked, and uses the existing token', async () => {
    const subject = ownerOf('Tea House')
    const { account, connect, console, emulator, registry, settle } = subject
    const existing = console.issueLongLivedToken(account)

    // The tool makes the key, shows the public half and keeps the private half.
    const { pair, publicKeyText } = await startKeyExchange()
    expect(publicKeyText).not.toContain('"d"')

    // The person makes a LINE Login channel under the provider of the account and registers the public half.
    const channel = console.createLoginChannel({
      provider: account.provider,
      region: 'JP',
      name: 'Tea Login',
      description: 'For the tea tool',
      appTypes: ['web'],
      email: 'owner@tea.example',
      agreeToTerms: true,
    })
    const kid = console.registerAssertionKey(channel, publicKeyText)

    const login = { channelId: ` ${channel.channelId}`, assertionKey: { kid: ` ${kid} `, privateKey: pair } }
    const values = {
      messaging: { channelAccessToken: existing },
      login,
      account: { name: 'Tea House', lineId: account.basicId },
      registry,
      team: 'tea',
    }
    const early = await connect(values)
    expect(early).toMatchObject({ verdict: 'needs-person', mode: 'send-only' })
    expect(of(early, 'login-credentials')).toEqual({ status: 'passed' })
    expect(early.nextSteps.map(({ id }) => id)).toEqual(['log-in-as-outsider', 'invite-administrator'])

    // Only a published channel lets other users in; then a friend of the account logs in.
    const outsider = emulator.createPerson({ displayName: 'Mika' })
    await settle(outsider.addFriend(account))
    await expect(emulator.issueLiffTokens(outsider, channel)).rejects.toThrow()
    console.publish(channel)
    console.linkAccount(channel, account)
    const { accessToken } = await emulator.issueLiffTokens(outsider, channel)

    const result = await connect({
      ...values,
      observedLogin: { userId: outsider.userIdFor(channel), accessToken, hasRole: false },
      confirmations: [{ id: 'second-administrator', holds: true }],
    })
    expect(result).toMatchObject({ verdict: 'connected', mode: 'send-only', nextSteps: [] })
    for (const id of [
      'credentials',
      'account',
      'login-credentials',
      'login-channel-kind',
      'login-published',
      'login-linked',
      'login-provider',
    ])
      expect(of(result, id), id).toEqual({ status: 'passed' })
    // The token was not reissued, so other tools keep working.
    expect(console.channel(account).longLivedToken).toBe(existing)
    expect(result.connection).toMatchObject({ loginChannelId: channel.channelId })
    // The user's token was used for one call and is not stored.
    expect(JSON.stringify([result, await registry.list()])).not.toContain(accessToken)
  })

  test('reports a mistyped kid or a key of another channel before it stores anything', async () => {
    const subject = ownerOf('Tea House')
    const { account, connect, console, emulator, registry } = subject
    const { pair, publicKeyText } = await startKeyExchange()
    const channelAccessToken = console.issueLongLivedToken(account)
    const channel = emulator.createLoginChannel({ provider: account.provider })
    const kid = console.registerAssertionKey(account, publicKeyText)
    const attempt = (given: string) =>
      connect({
        messaging: { channelAccessToken },
        login: { channelId: channel.channelId, assertionKey: { kid: given, privateKey: pair } },
        registry,
        team: 'tea',
      })
    expect(of(await attempt(crypto.randomUUID()), 'login-credentials')).toEqual({
      status: 'failed',
      code: 'unknown_kid',
    })
    expect(of(await attempt(kid), 'login-credentials')).toEqual({ status: 'failed', code: 'key_mismatch' })
    expect((await registry.list()).connections).toEqual([])
  })
})
