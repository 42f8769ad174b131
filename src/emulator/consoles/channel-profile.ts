import { loginSettings } from '../login/settings.js'
import type { Channel } from '../state.js'
import { keep } from '../world.js'

/** Where a service is offered. It is fixed when the Login channel is created. */
export type Region = 'JP' | 'TH' | 'TW' | 'ID'

/** What a channel says of itself, beside its name. */
export interface ChannelProfile {
  description: string
  email: string | undefined
  /** Of Login channels. */
  region: Region | undefined
}

/** What a channel says of itself. */
export const profileOf: (channel: Channel) => ChannelProfile = keep(() => ({
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

/** Tells whether a name could be taken for one of LINE's own. What counts as a look-alike is not published. */
export function isReserved(name: string): boolean {
  return name.includes('LINE') || reserved.test(name)
}
