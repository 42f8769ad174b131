import type { AccountSettings } from '../settings.js'
import type { AccountState } from '../state.js'
import { keep } from '../world.js'
import type { Office } from './office.js'

// A switch that falls back does so after so many milliseconds.
const fallback = 1000

/** What both consoles show of how an account responds. */
export type ResponseSettings = Pick<
  AccountSettings,
  | 'webhook'
  | 'chat'
  | 'greeting'
  | 'greetingMessage'
  | 'autoResponse'
  | 'autoResponseMessage'
  | 'responseHours'
  | 'chatResponse'
  | 'chatResponseOutside'
  | 'joinGroups'
>

/** What is set now, which the Official Account Manager shows at once. */
export function responseSettings({ settings }: AccountState): ResponseSettings {
  const { webhook, chat, greeting, greetingMessage, autoResponse, autoResponseMessage, joinGroups } = settings
  const { responseHours, chatResponse, chatResponseOutside } = settings
  return {
    ...{ webhook, chat, greeting, greetingMessage, autoResponse, autoResponseMessage, joinGroups },
    ...{ responseHours, chatResponse, chatResponseOutside },
  }
}

// What was set before each change in the Manager, in the order of time.
const changes = keep<AccountState, { readonly at: number; readonly before: ResponseSettings }[]>(() => [])

/** What the Developers Console shows: it may lag behind. Rule: manager-is-right. */
export function shownInConsole({ world, options }: Office, account: AccountState): ResponseSettings {
  const recent = changes(account).find(({ at }) => world.clock.now() - at < options.displayLag)
  return recent?.before ?? responseSettings(account)
}

/** Sets what a page of the Manager was given. */
export function changeResponse(office: Office, account: AccountState, change: Partial<ResponseSettings>): void {
  changes(account).push({ at: office.world.clock.now(), before: responseSettings(account) })
  const given = Object.fromEntries(
    Object.entries(change).filter(([name, value]) => value !== undefined || name === 'responseHours'),
  )
  Object.assign(account.settings, given)
  if (change.webhook) fallBack(office, account)
}

/** Lets "Use webhook", switched on just now, fall back where a fault says so. Rule: switch-can-fall-back. */
export function fallBack({ world, faults }: Office, { settings }: AccountState): void {
  if (!faults.take('webhookFallsBack')) return
  world.clock.later(() => {
    settings.webhook = false
  }, fallback)
}
