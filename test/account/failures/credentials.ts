import { generateAssertionKey, assertionKey as makeKey, signAssertion } from 'line-oa/keys'
import { testPair } from '../../keys/fixed-key.js'
import { setup, toolUrl } from '../setup.js'
import { keyOf, type Row } from './row.js'

/** Failures of the pasted credentials. */
export const ofCredentials: readonly Row[] = [
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
    'a secret that the console has reissued',
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
    'a wrong secret with a correct key',
    async () => {
      const subject = setup()
      const assertionKey = await keyOf(subject)
      return subject.connect({
        messaging: { channelId: subject.account.channelId, channelSecret: '0'.repeat(32), assertionKey },
      })
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
    'ID and secret of a Messaging API channel for the LINE Login channel',
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
    'the token of another account with ID and secret',
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
    'the token of another channel than that of the ID',
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
    'a token that was reissued, with ID and secret',
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
    'an expired v2.1 token',
    async () => {
      const subject = setup()
      const { connect, account, clock, fetch } = subject
      const { kid, privateKey } = await keyOf(subject)
      const key = makeKey({ kid, privateKey })
      const client_assertion = await signAssertion({
        channelId: account.channelId,
        key,
        tokenLifetime: 60,
        now: clock.now(),
      })
      const client_assertion_type = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'
      const body = new URLSearchParams({ grant_type: 'client_credentials', client_assertion_type, client_assertion })
      const issued = (await (
        await fetch('https://api.line.me/oauth2/v2.1/token', { method: 'POST', body })
      ).json()) as {
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
    'a stateless token, which LINE cannot verify',
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
      const assertionKey = { kid: crypto.randomUUID(), privateKey: await testPair() }
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
      const { privateKey } = await keyOf(subject, subject.account, generateAssertionKey())
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
      const late = {
        ...subject.clock,
        now: () => subject.clock.now() - 3_600_000,
        setTimeout: () => 0,
        clearTimeout: () => {},
      }
      return subject.connect({
        messaging: { channelId: subject.account.channelId, assertionKey: await keyOf(subject) },
        clock: late,
      })
    },
  ],
  [
    'ip_denied',
    'token',
    'failed',
    'a long-lived token that LINE refuses although it accepts a stateless one',
    async () => {
      const { account, connect, emulator, values } = setup()
      const channelAccessToken = account.issueLongLivedToken()
      emulator.faults.add({ operation: 'getBotInfo', answer: 'slow', delay: 0 })
      emulator.faults.add({ operation: 'getBotInfo', answer: 403 })
      return connect({ messaging: { ...values.messaging, channelAccessToken } })
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
]
