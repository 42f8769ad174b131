import { createLineClient } from 'line-oa'
import { setup } from '../setup.js'
import { loggedIn, type Row, withLogin } from './row.js'

/** Failures of the account, of LINE Login, and of LINE itself. */
export const ofAccount: readonly Row[] = [
  [
    'account_suspended',
    'channel-kind',
    'failed',
    'a valid token that LINE refuses',
    async () => {
      const { connect, emulator, values } = setup()
      emulator.faults.add({ operation: 'getBotInfo', answer: 403 })
      return connect(values)
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
    'another account name',
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
    'an account of another team',
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
    'a person who says that there is no second administrator',
    async () => {
      const { connect, values } = setup()
      return connect({ ...values, confirmations: [{ id: 'second-administrator', holds: false }] })
    },
  ],
  [
    'quota_reached',
    'quota',
    'warning',
    'a month with no messages left',
    async () => {
      const { connect, values } = setup({ settings: { monthlyLimit: 0 } })
      return connect(values)
    },
  ],
  [
    'quota_low',
    'quota',
    'warning',
    'less than a tenth of the messages left',
    async () => {
      const { account, clock, connect, emulator, fetch, settle, values } = setup({ settings: { monthlyLimit: 11 } })
      const line = createLineClient({ ...values.messaging, clock, fetch })
      const person = emulator.createPerson({ displayName: 'Mika' })
      await settle(person.addFriend(account))
      for (let sent = 0; sent < 10; sent++)
        await settle(
          line.messaging.pushMessage({ to: person.userIdFor(account), messages: [{ type: 'text', text: 'tea' }] }),
        )
      return connect(values)
    },
  ],
  [
    'login_not_published',
    'login-published',
    'needs-person',
    'a person who saw the page about the developing status',
    async () => {
      const subject = setup()
      const channel = subject.emulator.createLoginChannel({ linkedAccount: subject.account })
      return subject.connect({
        ...withLogin(subject, channel),
        confirmations: [{ id: 'login-published', holds: false }],
      })
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
      return subject.connect({
        ...withLogin(subject, channel),
        observedLogin: await loggedIn(subject, channel, subject.account),
      })
    },
  ],
  [
    'provider_split',
    'login-provider',
    'failed',
    'a LINE Login channel of another provider, linked to another account',
    async () => {
      const subject = setup()
      const { emulator } = subject
      const provider = emulator.createProvider()
      const linkedAccount = emulator.createAccount({ name: 'Coffee House', provider })
      const channel = emulator.createLoginChannel({ provider, linkedAccount, published: true })
      return subject.connect({
        ...withLogin(subject, channel),
        observedLogin: await loggedIn(subject, channel, linkedAccount),
      })
    },
  ],
  [
    'provider_split',
    'login-provider',
    'warning',
    'a user whom the account does not know, who may not be a friend',
    async () => {
      const subject = setup()
      const channel = subject.emulator.createLoginChannel({ linkedAccount: subject.account, published: true })
      return subject.connect({
        ...withLogin(subject, channel),
        observedLogin: await loggedIn(subject, channel, undefined),
      })
    },
  ],
  [
    'line_refused',
    'webhook-owner',
    'failed',
    'a refusal without a known cause',
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
    'a call that LINE answers with 500',
    async () => {
      const { connect, emulator, values } = setup()
      emulator.faults.add({ operation: 'getMessageQuota', answer: 500, times: 50 })
      return connect(values)
    },
  ],
]
