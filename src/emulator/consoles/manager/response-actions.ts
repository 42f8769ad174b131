import type { ResponseSettings } from '../../../account/model.js'
import { isEnabled, type OfficialAccount } from '../../account.js'
import type { AccountState } from '../../state.js'
import { stateOf } from '../../world.js'
import type { ConsoleState, Visitor } from '../console-state.js'
import { refuseAction } from '../refusal.js'
import { withPermission } from './roles.js'

/** The page Settings, Response settings. */
export interface ResponseActions {
  /**
   * Shows the current response settings.
   *
   * @throws {LineConsoleRefusal} `not_administrator`.
   */
  responseSettings(account: OfficialAccount): ResponseSettings
  /**
   * Changes the given settings. They take effect at once; the LINE Developers Console may show them later.
   *
   * @throws {LineConsoleRefusal} `messaging_api_off` when `webhook` is switched on without a Messaging API channel.
   */
  setResponseSettings(account: OfficialAccount, settings: Partial<ResponseSettings>): void
}

const time = /^(?:[01]\d|2[0-3]):[0-5]\d$/

function areHours({ responseHours }: Partial<ResponseSettings>): boolean {
  if (!responseHours) return true
  const { from, to, days = [] } = responseHours
  return (
    time.test(from) && time.test(to) && from < to && days.every((day) => Number.isInteger(day) && day >= 0 && day <= 6)
  )
}

/** The pages about how an account responds. */
export function responseActions(consoles: ConsoleState, who: Visitor): ResponseActions {
  return {
    responseSettings: (account) => responseSettings(withPermission(consoles, who, account, 'change-settings')),
    setResponseSettings(account, settings) {
      const state = withPermission(consoles, who, account, 'change-settings')
      if (settings.webhook && !isEnabled(consoles.world, state)) refuseAction('messaging_api_off')
      if (!areHours(settings)) refuseAction('form_invalid')
      changeResponse(consoles, state, settings)
    },
  }
}

// How long after being switched on a switch falls back, in milliseconds.
const fallback = 1000

/** The current settings, which LINE Official Account Manager shows at once. */
export function responseSettings({ settings }: AccountState): ResponseSettings {
  const { webhook, chat, greeting, greetingMessage, autoResponse, autoResponseMessage, joinGroups } = settings
  const { responseHours, chatResponse, chatResponseOutside } = settings
  return {
    ...{ webhook, chat, greeting, greetingMessage, autoResponse, autoResponseMessage, joinGroups },
    ...{ responseHours, chatResponse, chatResponseOutside },
  }
}

// The settings before each change in the Manager, in chronological order.
const changes = stateOf<AccountState, { readonly at: number; readonly before: ResponseSettings }[]>(() => [])

/** What the LINE Developers Console shows: it may lag behind. Rule: manager-is-right. */
export function shownInConsole({ world, options }: ConsoleState, account: AccountState): ResponseSettings {
  const recent = changes(account).find(({ at }) => world.clock.now() - at < options.displayLag)
  return recent?.before ?? responseSettings(account)
}

/** Applies the settings that were changed in the Manager. */
export function changeResponse(consoles: ConsoleState, account: AccountState, change: Partial<ResponseSettings>): void {
  changes(account).push({ at: consoles.world.clock.now(), before: responseSettings(account) })
  const given = Object.fromEntries(
    Object.entries(change).filter(([name, value]) => value !== undefined || name === 'responseHours'),
  )
  Object.assign(account.settings, given)
  if (change.webhook) fallBack(consoles, account)
}

/** Makes "Use webhook" fall back after it was switched on, when a fault says so. Rule: switch-can-fall-back. */
export function fallBack({ world, faults }: ConsoleState, { settings }: AccountState): void {
  if (!faults.take('webhookFallsBack')) return
  world.clock.later(() => {
    settings.webhook = false
  }, fallback)
}
