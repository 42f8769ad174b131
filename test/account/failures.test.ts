// Every failure code: produced in the emulator and found under its code, or known to be for a person alone, with the step that asks.
import { describe, expect, test } from 'vitest'
import { type ConnectResult, type FailureCode, failures } from '../../src/account/index.js'
import { stepIds } from '../../src/account/steps.js'
import type { LoginChannel } from '../../src/emulator/index.js'
import { generateAssertionKey } from '../../src/keys/index.js'
import { allAttested, of, otherUrl, type Setup, setup, toolUrl } from './setup.js'

type Result = Pick<ConnectResult, 'checks'>
type Row = readonly [code: FailureCode, check: string, status: string, how: string, produce: () => Promise<Result>]

async function keyOf(subject: Setup, channel: { readonly channelId: string } = subject.account) {
  const privateKey = await generateAssertionKey()
  return { kid: subject.emulator.console.registerAssertionKey(channel, privateKey.publicJwk), privateKey }
}

function withLogin(subject: Setup, channel: LoginChannel) {
  const { channelId, channelSecret } = channel
  return { ...subject.values, login: { channelId, channelSecret } }
}

/** Somebody logs in, who is a friend of an account or not. */
async function loggedIn(subject: Setup, channel: LoginChannel, friendOf: Setup['account'] | undefined) {
  const person = subject.emulator.createPerson({ displayName: 'Mika' })
  if (friendOf) await subject.settle(person.addFriend(friendOf))
  const { accessToken } = await subject.emulator.issueLiffTokens(person, channel)
  return { userId: person.userIdFor(channel), accessToken, hasRole: false }
}

const rows: readonly Row[] = [
  [
    'bad_channel_id',
    'credentials',
    'failed',
    'an ID that no channel has',
    async () => {
      const { connect, account } = setup()
      return connect({ messaging: { channelId: '1000000000', channelSecret: account.channelSecret } })
    },
  ],
  [
    'bad_channel_secret',
    'credentials',
    'failed',
    'the secret of another channel',
    async () => {
      const { connect, account, emulator } = setup()
      const { channelSecret } = emulator.createAccount({ name: 'Coffee House' })
      return connect({ messaging: { channelId: account.channelId, channelSecret } })
    },
  ],
  [
    'bad_channel_secret',
    'credentials',
    'failed',
    'a secret that the console has reissued since',
    async () => {
      const { connect, account, emulator } = setup()
      const { channelId, channelSecret } = account
      const admin = emulator.businessId.register({ email: 'mika@tea.example', password: 'secret' })
      emulator.console.appointAtChannel(account, admin)
      const console = emulator.console.as(emulator.businessId.signIn(admin))
      console.registerDeveloper({ name: 'Mika', email: 'mika@tea.example' })
      console.reissueChannelSecret(account)
      return connect({ messaging: { channelId, channelSecret } })
    },
  ],
  [
    'bad_channel_secret',
    'credentials',
    'failed',
    'a wrong secret beside a key that is right',
    async () => {
      const subject = setup()
      const assertionKey = await keyOf(subject)
      return subject.connect({ messaging: { channelId: subject.account.channelId, channelSecret: '0'.repeat(32), assertionKey } })
    },
  ],
  [
    'login_channel_given',
    'channel-kind',
    'failed',
    'ID and secret of a LINE Login channel',
    async () => {
      const { connect, emulator } = setup()
      const { channelId, channelSecret } = emulator.createLoginChannel()
      return connect({ messaging: { channelId, channelSecret } })
    },
  ],
  [
    'messaging_channel_given',
    'login-channel-kind',
    'failed',
    'ID and secret of another Messaging API channel for the LINE Login channel',
    async () => {
      const { connect, emulator, values } = setup()
      const { channelId, channelSecret } = emulator.createAccount({ name: 'Coffee House' })
      return connect({ ...values, login: { channelId, channelSecret } })
    },
  ],
  [
    'token_mismatch',
    'token',
    'failed',
    'the token of another account beside ID and secret',
    async () => {
      const { connect, emulator, values } = setup()
      const channelAccessToken = emulator.createAccount({ name: 'Coffee House' }).issueLongLivedToken()
      return connect({ messaging: { ...values.messaging, channelAccessToken } })
    },
  ],
  [
    'token_mismatch',
    'credentials',
    'failed',
    'the token of another channel than the ID says',
    async () => {
      const { connect, account, emulator } = setup()
      const channelAccessToken = emulator.createAccount({ name: 'Coffee House' }).issueLongLivedToken()
      return connect({ messaging: { channelId: account.channelId, channelAccessToken } })
    },
  ],
  [
    'token_invalidated',
    'credentials',
    'failed',
    'a token that was reissued',
    async () => {
      const { connect, account } = setup()
      const channelAccessToken = account.issueLongLivedToken()
      account.issueLongLivedToken()
      return connect({ messaging: { channelAccessToken } })
    },
  ],
  [
    'token_invalidated',
    'token',
    'failed',
    'such a token beside ID and secret',
    async () => {
      const { connect, account, values } = setup()
      const channelAccessToken = account.issueLongLivedToken()
      account.issueLongLivedToken()
      return connect({ messaging: { ...values.messaging, channelAccessToken } })
    },
  ],
  [
    'token_expired',
    'credentials',
    'failed',
    'a v2.1 token past its end',
    async () => {
      const subject = setup()
      const { connect, account, clock, fetch } = subject
      const { kid, privateKey } = await keyOf(subject)
      const { assertionKey, signAssertion } = await import('../../src/keys/index.js')
      const key = assertionKey({ kid, privateKey })
      const client_assertion = await signAssertion({ channelId: account.channelId, key, tokenLifetime: 60, now: clock.now() })
      const client_assertion_type = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'
      const body = new URLSearchParams({ grant_type: 'client_credentials', client_assertion_type, client_assertion })
      const issued = (await (await fetch('https://api.line.me/oauth2/v2.1/token', { method: 'POST', body })).json()) as {
        access_token: string
      }
      clock.jump(61_000)
      return connect({ messaging: { channelAccessToken: issued.access_token } })
    },
  ],
  [
    'token_expires',
    'credentials',
    'failed',
    'a stateless token, which LINE tells nothing about',
    async () => {
      const { connect, fetch, values } = setup()
      const { channelId: client_id, channelSecret: client_secret } = values.messaging
      const body = new URLSearchParams({ grant_type: 'client_credentials', client_id, client_secret })
      const issued = (await (await fetch('https://api.line.me/oauth2/v3/token', { method: 'POST', body })).json()) as {
        access_token: string
      }
      return connect({ messaging: { channelAccessToken: issued.access_token } })
    },
  ],
  [
    'unknown_kid',
    'credentials',
    'failed',
    'a kid that no channel has',
    async () => {
      const { connect, account } = setup()
      const assertionKey = { kid: crypto.randomUUID(), privateKey: await generateAssertionKey() }
      return connect({ messaging: { channelId: account.channelId, assertionKey } })
    },
  ],
  [
    'key_mismatch',
    'credentials',
    'failed',
    'a key that is registered on another channel',
    async () => {
      const subject = setup()
      const assertionKey = await keyOf(subject, subject.emulator.createAccount({ name: 'Coffee House' }))
      return subject.connect({ messaging: { channelId: subject.account.channelId, assertionKey } })
    },
  ],
  [
    'key_refused',
    'credentials',
    'failed',
    'the kid of another key of the channel',
    async () => {
      const subject = setup()
      const { kid } = await keyOf(subject)
      const { privateKey } = await keyOf(subject)
      return subject.connect({ messaging: { channelId: subject.account.channelId, assertionKey: { kid, privateKey } } })
    },
  ],
  [
    'clock_skew',
    'credentials',
    'failed',
    'a clock that is an hour behind',
    async () => {
      const subject = setup()
      const late = { ...subject.clock, now: () => subject.clock.now() - 3_600_000, setTimeout: () => 0, clearTimeout: () => {} }
      return subject.connect({ messaging: { channelId: subject.account.channelId, assertionKey: await keyOf(subject) }, clock: late })
    },
  ],
  [
    'ip_denied',
    'token',
    'failed',
    'a long-lived token that LINE refuses where it takes a stateless one',
    async () => {
      const { account, connect, emulator, values } = setup()
      const channelAccessToken = account.issueLongLivedToken()
      emulator.faults.add({ operation: 'getBotInfo', answer: 'slow', delay: 0 })
      emulator.faults.add({ operation: 'getBotInfo', answer: 403 })
      return connect({ messaging: { ...values.messaging, channelAccessToken } })
    },
  ],
  [
    'account_suspended',
    'channel-kind',
    'failed',
    'a token that is good, and is refused all the same',
    async () => {
      const { connect, emulator, values } = setup()
      emulator.faults.add({ operation: 'getBotInfo', answer: 403 })
      return connect(values)
    },
  ],
  [
    'no_channel_secret',
    'webhook-url',
    'needs-person',
    'a webhook URL with a pasted token alone',
    async () => {
      const { account, connect } = setup()
      return connect({ messaging: { channelAccessToken: account.issueLongLivedToken() }, webhookUrl: toolUrl })
    },
  ],
  [
    'basic_id_mismatch',
    'account',
    'failed',
    'the LINE ID of another account',
    async () => {
      const { connect, emulator, values } = setup()
      return connect({ ...values, account: { lineId: emulator.createAccount({ name: 'Coffee House' }).basicId } })
    },
  ],
  [
    'name_differs',
    'account-name',
    'warning',
    'another name',
    async () => {
      const { connect, values } = setup()
      return connect({ ...values, account: { name: 'Coffee House' } })
    },
  ],
  [
    'unverified_account',
    'followers',
    'needs-person',
    'a tool that lists followers',
    async () => {
      const { connect, values } = setup()
      return connect({ ...values, needsFollowers: true })
    },
  ],
  [
    'other_team',
    'team',
    'failed',
    'an account that another team has',
    async () => {
      const { connect, registry, values } = setup()
      await connect({ ...values, registry, team: 'coffee' })
      return connect({ ...values, registry, team: 'tea' })
    },
  ],
  [
    'no_spare_admin',
    'second-administrator',
    'needs-person',
    'a person who says that there is none',
    async () => {
      const { connect, values } = setup()
      return connect({ ...values, attested: [{ id: 'second-administrator', holds: false }] })
    },
  ],
  [
    'quota_reached',
    'quota',
    'warning',
    'a month whose messages are used up',
    async () => {
      const { connect, values } = setup({ settings: { monthlyLimit: 0 } })
      return connect(values)
    },
  ],
  [
    'quota_low',
    'quota',
    'warning',
    'less than a tenth left',
    async () => {
      const { account, clock, connect, emulator, fetch, settle, values } = setup({ settings: { monthlyLimit: 11 } })
      const { createLineClient } = await import('../../src/client.js')
      const line = createLineClient({ ...values.messaging, clock, fetch })
      const person = emulator.createPerson({ displayName: 'Mika' })
      await settle(person.addFriend(account))
      for (let sent = 0; sent < 10; sent++)
        await settle(line.messaging.pushMessage({ to: person.userIdFor(account), messages: [{ type: 'text', text: 'tea' }] }))
      return connect(values)
    },
  ],
  [
    'webhook_unset',
    'webhook-url',
    'failed',
    'a URL that somebody deleted',
    async () => {
      const { account, check, connect, values } = setup()
      await connect(values)
      account.settings.webhookUrl = undefined
      return check(values)
    },
  ],
  [
    'webhook_elsewhere',
    'webhook-owner',
    'failed',
    'a webhook in other hands',
    async () => {
      const { connect, values } = setup({ settings: { webhookUrl: otherUrl } })
      return connect(values)
    },
  ],
  [
    'webhook_elsewhere',
    'webhook-url',
    'failed',
    'a webhook that other hands have taken since',
    async () => {
      const { account, check, connect, values } = setup()
      await connect(values)
      account.settings.webhookUrl = otherUrl
      return check(values)
    },
  ],
  [
    'webhook_off',
    'webhook-switch',
    'needs-person',
    'a switch that fell back by itself',
    async () => {
      const { account, check, clock, connect, emulator, settle, values } = setup()
      await connect(values)
      const admin = emulator.businessId.register({ email: 'mika@tea.example', password: 'secret' })
      emulator.manager.appoint(account, admin)
      emulator.faults.consoles({ webhookFallsBack: 1 })
      emulator.manager.as(emulator.businessId.signIn(admin)).setResponseSettings(account, { webhook: true })
      expect(of(await check(values), 'webhook-switch')).toEqual({ status: 'passed' })
      await settle(new Promise<void>((done) => clock.setTimeout(done, 2000)))
      return check(values)
    },
  ],
  [
    'webhook_unreachable',
    'webhook-test',
    'failed',
    'a URL where nobody answers',
    async () => {
      const { connect, servers, values } = setup()
      servers.clear()
      return connect(values)
    },
  ],
  [
    'webhook_test_limit',
    'webhook-test',
    'unknown',
    'tests that are used up',
    async () => {
      const { connect, emulator, values } = setup()
      emulator.faults.add({ operation: 'testWebhookEndpoint', answer: 429, times: 10 })
      return connect(values)
    },
  ],
  [
    'signature_mismatch',
    'webhook-test',
    'failed',
    'a receiver with another secret',
    async () => {
      const { connect, servers, values } = setup()
      const { createReceiver } = await import('../../src/webhook/index.js')
      const receiver = createReceiver({ channelSecret: '0'.repeat(32) })
      servers.set(toolUrl, (request) => receiver.fetch(request))
      return connect(values)
    },
  ],
  [
    'double_replies',
    'greeting',
    'needs-person',
    'a person who got two greetings',
    async () => {
      const { connect, values } = setup()
      return connect({ ...values, answering: 'tool-only', attested: [{ id: 'greeting', holds: false }] })
    },
  ],
  [
    'chat_mode_conflict',
    'chat-mode',
    'needs-person',
    'Chat on, where only the tool is to answer',
    async () => {
      const { connect, values } = setup({ settings: { chat: true } })
      return connect({ ...values, answering: 'tool-only' })
    },
  ],
  [
    'chat_mode_conflict',
    'chat-mode',
    'needs-person',
    'Chat off, where people are to answer too',
    async () => {
      const { connect, values } = setup()
      return connect({ ...values, answering: 'tool-and-manager' })
    },
  ],
  [
    'settings_lag',
    'webhook-switch',
    'needs-person',
    'a switch that a person says to have just switched on',
    async () => {
      const { clock, connect, values } = setup()
      return connect({ ...values, attested: [{ id: 'webhook-switch', holds: true, at: clock.now() - 30_000 }] })
    },
  ],
  [
    'settings_lag',
    'chat-mode',
    'needs-person',
    'Chat that a person says to have just switched off',
    async () => {
      const { connect, values } = setup({ settings: { chat: true } })
      return connect({ ...values, answering: 'tool-only', attested: [{ id: 'chat', holds: true }] })
    },
  ],
  [
    'groups_allowed',
    'group-joining',
    'needs-person',
    'a person who says that groups are allowed',
    async () => {
      const { connect, values } = setup()
      return connect({ ...values, answering: 'tool-only', attested: [{ id: 'group-joining', holds: false }] })
    },
  ],
  [
    'groups_forbidden',
    'group-joining',
    'needs-person',
    'a tool for groups, in an account that may not join any',
    async () => {
      const { connect, values } = setup()
      return connect({ ...values, answering: 'tool-only', groups: true, attested: [{ id: 'group-joining', holds: false }] })
    },
  ],
  [
    'login_not_published',
    'login-published',
    'needs-person',
    'a person who met the page about the developing status',
    async () => {
      const subject = setup()
      const channel = subject.emulator.createLoginChannel({ linkedAccount: subject.account })
      return subject.connect({ ...withLogin(subject, channel), attested: [{ id: 'login-published', holds: false }] })
    },
  ],
  [
    'linked_oa_missing',
    'login-linked',
    'needs-person',
    'a channel without a linked account',
    async () => {
      const subject = setup()
      const channel = subject.emulator.createLoginChannel({ published: true })
      return subject.connect({ ...withLogin(subject, channel), observedLogin: await loggedIn(subject, channel, subject.account) })
    },
  ],
  [
    'provider_split',
    'login-provider',
    'failed',
    'a LINE Login channel of another provider, whose linked account is another',
    async () => {
      const subject = setup()
      const { emulator } = subject
      const provider = emulator.createProvider()
      const linkedAccount = emulator.createAccount({ name: 'Coffee House', provider })
      const channel = emulator.createLoginChannel({ provider, linkedAccount, published: true })
      return subject.connect({ ...withLogin(subject, channel), observedLogin: await loggedIn(subject, channel, linkedAccount) })
    },
  ],
  [
    'provider_split',
    'login-provider',
    'warning',
    'a user whom the account does not know, who may be no friend',
    async () => {
      const subject = setup()
      const channel = subject.emulator.createLoginChannel({ linkedAccount: subject.account, published: true })
      return subject.connect({ ...withLogin(subject, channel), observedLogin: await loggedIn(subject, channel, undefined) })
    },
  ],
  [
    'line_refused',
    'webhook-owner',
    'failed',
    'a refusal that nothing explains',
    async () => {
      const { connect, emulator, values } = setup()
      emulator.faults.add({ operation: 'getWebhookEndpoint', answer: 403 })
      return connect(values)
    },
  ],
  [
    'line_unavailable',
    'quota',
    'unknown',
    'LINE that answers 500',
    async () => {
      const { connect, emulator, values } = setup()
      emulator.faults.add({ operation: 'getMessageQuota', answer: 500, times: 50 })
      return connect(values)
    },
  ],
]

describe('found', () => {
  test.each(rows)('%s by %s (%s): %s', async (code, id, status, _, produce) => {
    const result = await produce()
    expect(of(result, id)).toEqual({ status, code })
    const { remedy, message } = result.checks.find((check) => check.id === id) ?? {}
    expect(stepIds()).toContain(remedy?.id)
    expect(message).not.toBe('')
  })

  test('nothing else failed in those runs than what was wrong', async () => {
    for (const [code, id, , how, produce] of rows) {
      const failed = (await produce()).checks.filter(({ status }) => status === 'failed').map((check) => check.id)
      expect(failed.every((check) => check === id) ? [] : failed, `${code}: ${how}`).toEqual([])
    }
  })
})

describe('for a person alone', () => {
  const person = Object.entries(failures).filter(([, { foundBy }]) => foundBy === 'person')

  test.each(person)('%s has a step that asks', (_, { step }) => {
    expect(stepIds()).toContain(step)
  })

  test('and no check ever claims to have seen what LINE has no API for', () => {
    const claimed = new Set(rows.map(([code]) => code))
    // These come from what a person answered to a question.
    const answers = ['double_replies', 'no_spare_admin', 'groups_allowed', 'groups_forbidden']
    expect(person.map(([code]) => code).filter((code) => claimed.has(code as FailureCode) && !answers.includes(code))).toEqual([])
  })
})

test('every code is either found in a row above or for a person alone', () => {
  const claimed = new Set<string>(rows.map(([code]) => code))
  expect(Object.keys(failures).filter((code) => !claimed.has(code) && failures[code as FailureCode].foundBy !== 'person')).toEqual([])
})

test('the catalogue of failures is complete', () => {
  // Those of LINE's set-up that tools meet, and those of credentials and teams.
  const wanted =
    'wrong_login_method line_code_not_shown line_email_missing email_code_missing no_oam_permission no_console_permission channel_owned_by_other ' +
    'invite_expired invite_used member_limit bad_channel_id bad_channel_secret login_channel_given token_mismatch token_invalidated basic_id_mismatch ' +
    'ip_denied webhook_unset webhook_elsewhere webhook_off webhook_unreachable signature_mismatch double_replies chat_mode_conflict settings_lag ' +
    'login_not_published linked_oa_missing provider_split unverified_account quota_reached account_suspended ' +
    'unknown_kid key_mismatch other_team no_spare_admin token_expired'
  expect(Object.keys(failures)).toEqual(expect.arrayContaining(wanted.split(' ')))
})

test('a login by somebody without a role, who is a friend, proves all three', async () => {
  const subject = setup({ settings: { webhook: true } })
  const channel = subject.emulator.createLoginChannel({ linkedAccount: subject.account, published: true })
  const observedLogin = await loggedIn(subject, channel, subject.account)
  const result = await subject.connect({ ...withLogin(subject, channel), observedLogin, attested: allAttested })
  expect(result.verdict).toBe('connected')
  for (const id of ['login-credentials', 'login-channel-kind', 'login-published', 'login-linked', 'login-provider'])
    expect(of(result, id), id).toEqual({ status: 'passed' })
})

test('a login at another channel proves nothing about this one', async () => {
  const subject = setup({ settings: { webhook: true } })
  const channel = subject.emulator.createLoginChannel({ linkedAccount: subject.account })
  const other = subject.emulator.createLoginChannel({ linkedAccount: subject.account, published: true })
  const { accessToken } = await loggedIn(subject, other, subject.account)
  const result = await subject.connect({ ...withLogin(subject, channel), observedLogin: { accessToken, hasRole: false } })
  for (const id of ['login-published', 'login-linked']) expect(of(result, id), id).toEqual({ status: 'needs-person' })
  expect(of(result, 'login-provider')).toEqual({ status: 'unknown' })
})
