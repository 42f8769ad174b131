import { createReceiver } from 'line-oa/webhook'
import { expect } from 'vitest'
import { of, otherUrl, setup, toolUrl } from '../setup.js'
import type { Row } from './row.js'

/** Failures of the webhook and of the response settings. */
export const ofWebhook: readonly Row[] = [
  [
    'webhook_unset',
    'webhook-url',
    'failed',
    'a webhook URL that was deleted',
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
    'a webhook of another tool',
    async () => {
      const { connect, values } = setup({ settings: { webhookUrl: otherUrl } })
      return connect(values)
    },
  ],
  [
    'webhook_elsewhere',
    'webhook-url',
    'failed',
    'a webhook that another tool has taken over',
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
    'a switch that LINE has turned off',
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
    'a webhook URL without a server',
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
    'a rate limit for webhook tests',
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
      const receiver = createReceiver({ channelSecret: '0'.repeat(32) })
      servers.set(toolUrl, (request) => receiver.fetch(request))
      return connect(values)
    },
  ],
  [
    'webhook_not_ours',
    'webhook-test',
    'warning',
    'another program that responds with 200',
    async () => {
      const { connect, registry, servers, values } = setup()
      servers.set(toolUrl, () => new Response('Welcome'))
      return connect({ ...values, registry, team: 'tea' })
    },
  ],
  [
    'webhook_blocked',
    'webhook-test',
    'failed',
    'a firewall in front of the receiver',
    async () => {
      const { connect, registry, servers, values } = setup()
      servers.set(toolUrl, () => new Response('Forbidden', { status: 403 }))
      return connect({ ...values, registry, team: 'tea' })
    },
  ],
  [
    'double_replies',
    'greeting',
    'needs-person',
    'a person who received two greetings',
    async () => {
      const { connect, values } = setup()
      return connect({ ...values, answering: 'tool-only', confirmations: [{ id: 'greeting', holds: false }] })
    },
  ],
  [
    'chat_mode_conflict',
    'chat-mode',
    'needs-person',
    'Chat on, where only the tool answers',
    async () => {
      const { connect, values } = setup({ settings: { chat: true } })
      return connect({ ...values, answering: 'tool-only' })
    },
  ],
  [
    'chat_mode_conflict',
    'chat-mode',
    'needs-person',
    'Chat off, where people answer too',
    async () => {
      const { connect, values } = setup()
      return connect({ ...values, answering: 'tool-and-manager' })
    },
  ],
  [
    'settings_lag',
    'webhook-switch',
    'needs-person',
    'a switch that a person has just turned on',
    async () => {
      const { clock, connect, values } = setup()
      return connect({ ...values, confirmations: [{ id: 'webhook-switch', holds: true, at: clock.now() - 30_000 }] })
    },
  ],
  [
    'settings_lag',
    'chat-mode',
    'needs-person',
    'Chat that a person has just turned off',
    async () => {
      const { connect, values } = setup({ settings: { chat: true } })
      return connect({ ...values, answering: 'tool-only', confirmations: [{ id: 'chat', holds: true }] })
    },
  ],
  [
    'groups_allowed',
    'group-joining',
    'needs-person',
    'a person who says that groups are allowed',
    async () => {
      const { connect, values } = setup()
      return connect({ ...values, answering: 'tool-only', confirmations: [{ id: 'group-joining', holds: false }] })
    },
  ],
  [
    'groups_forbidden',
    'group-joining',
    'needs-person',
    'a tool for groups, in an account that may not join groups',
    async () => {
      const { connect, values } = setup()
      return connect({
        ...values,
        answering: 'tool-only',
        groups: true,
        confirmations: [{ id: 'group-joining', holds: false }],
      })
    },
  ],
]
