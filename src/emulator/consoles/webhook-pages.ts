import { post } from '../delivery/post.js'
import { isWebhookUrl } from '../delivery/webhook-url.js'
import type { DeliveryReason } from '../state.js'
import { messagingChannel } from './channel-pages.js'
import type { ChannelReference } from './channel-role-pages.js'
import { atChannel } from './console-roles.js'
import type { Office, Visitor } from './office.js'
import { turnAway } from './refusal.js'
import { fallBack } from './response.js'
import { errorStatistics } from './webhook-errors.js'

/** How a test of the webhook URL went. */
export interface VerifyResult {
  readonly success: boolean
  readonly status: number | undefined
  readonly reason: DeliveryReason
  readonly detail: string
}

/** The Messaging API tab of a channel: its webhook. All of it needs the admin role there. */
export interface WebhookPages {
  /**
   * Sets the webhook URL.
   *
   * @throws {LineConsoleRefusal} `webhook_url_invalid`.
   */
  setWebhookUrl(channel: ChannelReference, url: string): void
  /**
   * Presses "Verify": LINE sends a delivery without events. It goes out whatever "Use webhook" says.
   *
   * @throws {LineConsoleRefusal} `webhook_url_missing`.
   */
  verifyWebhook(channel: ChannelReference): Promise<VerifyResult>
  /**
   * Switches "Use webhook". It is the same switch as in the Official Account Manager.
   *
   * @throws {LineConsoleRefusal} `webhook_url_missing`; `switch_refused` by a fault.
   */
  setUseWebhook(channel: ChannelReference, on: boolean): void
  /** Switches "Webhook redelivery". */
  setRedelivery(channel: ChannelReference, on: boolean): void
  /** Switches "Error statistics aggregation", off to begin with. The errors stand on the channel's page. */
  setErrorStatistics(channel: ChannelReference, on: boolean): void
}

/** The pages about webhooks. Rules: set-then-verify, test-proves-no-switch, switch-in-both-consoles. */
export function webhookPages(office: Office, who: Visitor): WebhookPages {
  const open = (reference: ChannelReference) => messagingChannel(atChannel(office, who, reference, 'admin'))
  return {
    setWebhookUrl(reference, url) {
      const { settings } = open(reference).account
      if (!isWebhookUrl(url)) turnAway('webhook_url_invalid')
      settings.webhookUrl = url
    },
    async verifyWebhook(reference) {
      const channel = open(reference)
      const url = channel.account.settings.webhookUrl ?? turnAway('webhook_url_missing')
      const { status, reason, detail } = await office.world.clock.busy(post(office.world, channel, url, []))
      return { success: reason === 'ok', status, reason, detail }
    },
    setUseWebhook(reference, on) {
      const { account } = open(reference)
      if (on && account.settings.webhookUrl === undefined) turnAway('webhook_url_missing')
      if (office.faults.take('consoleRefusesWebhook')) turnAway('switch_refused')
      account.settings.webhook = on
      if (on) fallBack(office, account)
    },
    setRedelivery(reference, on) {
      open(reference).account.settings.redelivery = on
    },
    setErrorStatistics(reference, on) {
      const statistics = errorStatistics(open(reference))
      statistics.since = on ? (statistics.since ?? office.world.clock.now()) : undefined
    },
  }
}
