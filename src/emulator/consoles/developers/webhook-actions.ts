import { isWebhookUrl, post, signerOf } from '../../delivery/post.js'
import type { DeliveryReason } from '../../state.js'
import type { ConsoleState, Visitor } from '../console-state.js'
import { fallBack } from '../manager/response-actions.js'
import { refuseAction } from '../refusal.js'
import { messagingChannel } from './channel-actions.js'
import { errorStatistics } from './channel-profile.js'
import type { ChannelReference } from './role-actions.js'
import { atChannel } from './roles.js'

/** The result of a test of the webhook URL. */
export interface VerifyResult {
  /** Whether the webhook URL answered with a 2xx status. */
  readonly success: boolean
  /** The status of the answer; `undefined` without an answer. */
  readonly status: number | undefined
  /** LINE's reason. */
  readonly reason: DeliveryReason
  /** LINE's description of the reason. */
  readonly detail: string
}

/** The Messaging API tab of a channel: its webhook. All actions require the admin role at the channel. */
export interface WebhookActions {
  /**
   * Sets the webhook URL.
   *
   * @throws {LineConsoleRefusal} `webhook_url_invalid`.
   */
  setWebhookUrl(channel: ChannelReference, url: string): void
  /**
   * Presses "Verify": LINE sends a delivery without events, even while "Use webhook" is off.
   *
   * @throws {LineConsoleRefusal} `webhook_url_missing`.
   */
  verifyWebhook(channel: ChannelReference): Promise<VerifyResult>
  /**
   * Switches "Use webhook". It is the same switch as in LINE Official Account Manager.
   *
   * @throws {LineConsoleRefusal} `webhook_url_missing`; `switch_refused` by a fault.
   */
  setUseWebhook(channel: ChannelReference, on: boolean): void
  /** Switches "Webhook redelivery". */
  setRedelivery(channel: ChannelReference, on: boolean): void
  /** Switches "Error statistics aggregation", which is off by default. The errors are shown on the channel's page. */
  setErrorStatistics(channel: ChannelReference, on: boolean): void
}

/** The pages about webhooks. Rules: set-then-verify, test-proves-no-switch, switch-in-both-consoles. */
export function webhookActions(consoles: ConsoleState, who: Visitor): WebhookActions {
  const open = (reference: ChannelReference) =>
    messagingChannel(atChannel(consoles, who, reference, 'use-messaging-api-tab'))
  return {
    setWebhookUrl(reference, url) {
      const { settings } = open(reference).account
      if (!isWebhookUrl(url)) refuseAction('webhook_url_invalid')
      settings.webhookUrl = url
    },
    async verifyWebhook(reference) {
      const channel = open(reference)
      const url = channel.account.settings.webhookUrl ?? refuseAction('webhook_url_missing')
      const { status, reason, detail } = await consoles.world.clock.busy(
        post(consoles.world, signerOf(channel.account), url, []),
      )
      return { success: reason === 'ok', status, reason, detail }
    },
    setUseWebhook(reference, on) {
      const { account } = open(reference)
      if (on && account.settings.webhookUrl === undefined) refuseAction('webhook_url_missing')
      if (consoles.faults.take('consoleRefusesWebhook')) refuseAction('switch_refused')
      account.settings.webhook = on
      if (on) fallBack(consoles, account)
    },
    setRedelivery(reference, on) {
      open(reference).account.settings.redelivery = on
    },
    setErrorStatistics(reference, on) {
      const statistics = errorStatistics(open(reference))
      statistics.since = on ? (statistics.since ?? consoles.world.clock.now()) : undefined
    },
  }
}
