import type { Person } from '../people/person.js'
import type { LoginChannelState } from '../state.js'
import { keep } from '../world.js'

/** What kinds of apps log people in by a channel. A channel of web apps only must prove itself by its secret wherever it can. */
export type LoginAppType = 'web' | 'mobile'

/** What an administrator sets for a Login channel in the LINE Developers Console. Change it at any time; it has effect at once. */
export interface LoginChannelSettings {
  /** What people see on the consent screen. */
  name: string
  /** Where people may be sent back to, to the letter; a request may only add a query. None to begin with, so that nobody can log in. */
  callbackUrls: readonly string[]
  /** Web app to begin with. */
  appTypes: readonly LoginAppType[]
  /** Whether LINE has granted the channel the scope `email`. No to begin with: logins go through, and the address is silently missing. */
  emailPermission: boolean
  /** Who may log in while the channel is in development: its administrators and testers. Nobody to begin with. */
  testers: readonly Person[]
}

/** What of the scopes that a channel asks for can be granted to it: not the e-mail address without LINE's permission. */
export function grantable<Scope extends string>(
  channel: LoginChannelState,
  scopes: readonly Scope[],
): readonly Scope[] {
  return loginSettings(channel).emailPermission ? scopes : scopes.filter((scope) => scope !== 'email')
}

/** The settings of a Login channel. */
export const loginSettings: (channel: LoginChannelState) => LoginChannelSettings = keep(() => ({
  name: 'LINE Login',
  callbackUrls: [],
  appTypes: ['web'],
  emailPermission: false,
  testers: [],
}))
