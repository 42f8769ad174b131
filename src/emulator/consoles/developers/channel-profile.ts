import { loginSettings } from '../../login/channel.js'
import type { Channel, DeliveryReport, MessagingChannel } from '../../state.js'
import { stateOf } from '../../world.js'

/** The region of a LINE Login channel. It cannot be changed later. */
export type Region = 'JP' | 'TH' | 'TW' | 'ID'

/** The profile of a channel, without its name. */
export interface ChannelProfile {
  description: string
  email: string | undefined
  /** Of Login channels. */
  region: Region | undefined
}

/** The profile of a channel. */
export const profileOf: (channel: Channel) => ChannelProfile = stateOf(() => ({
  description: '',
  email: undefined,
  region: undefined,
}))

/** The name of a channel: a Messaging API channel has that of its account. */
export function nameOf(channel: Channel): string {
  if (channel.kind === 'messaging') return channel.account.name
  return channel.kind === 'login' ? loginSettings(channel).name : ''
}

// As a word, in any case and with look-alikes for letters; within other words, such as "Online", only in capitals.
const reserved = /(?<![a-z0-9])[l1i|][i1l|]n[e3](?![a-z0-9])/i

/** Returns whether a name looks like one of LINE's own. LINE does not publish what counts as a look-alike. */
export function isReserved(name: string): boolean {
  return name.includes('LINE') || reserved.test(name)
}

/** Since when error statistics are on, in milliseconds since 1970. They are off by default and do not include earlier errors. */
export const errorStatistics: (channel: MessagingChannel) => { since: number | undefined } = stateOf(() => ({
  since: undefined,
}))

/** The deliveries that failed since error statistics were switched on. Tests of the webhook URL do not count. */
export function webhookErrors(channel: MessagingChannel): readonly DeliveryReport[] | undefined {
  const { since } = errorStatistics(channel)
  if (since === undefined) return undefined
  return channel.account.deliveries.filter(({ at, reason }) => at >= since && reason !== 'ok' && reason !== 'not_sent')
}
