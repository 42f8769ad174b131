import type { DeliveryReport, MessagingChannel } from '../state.js'
import { keep } from '../world.js'

/** Since when error statistics are on; off to begin with. They never tell of what was before. */
export const errorStatistics: (channel: MessagingChannel) => { since: number | undefined } = keep(() => ({
  since: undefined,
}))

/** The deliveries that failed since error statistics were switched on. Tests of the webhook URL do not count. */
export function webhookErrors(channel: MessagingChannel): readonly DeliveryReport[] | undefined {
  const { since } = errorStatistics(channel)
  if (since === undefined) return undefined
  return channel.account.deliveries.filter(({ at, reason }) => at >= since && reason !== 'ok' && reason !== 'not_sent')
}
