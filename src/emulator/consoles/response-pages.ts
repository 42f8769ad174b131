import { isEnabled, type OfficialAccount } from '../account.js'
import { withPermission } from './account-roles.js'
import type { Office, Visitor } from './office.js'
import { turnAway } from './refusal.js'
import { changeResponse, type ResponseSettings, responseSettings } from './response.js'

/** Settings, Response settings. */
export interface ResponsePages {
  responseSettings(account: OfficialAccount): ResponseSettings
  /**
   * Changes what is given. It has effect at once; the Developers Console may show it later.
   *
   * @throws {LineConsoleRefusal} `messaging_api_off` when the webhook is to be used and there is no Messaging API channel.
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
export function responsePages(office: Office, who: Visitor): ResponsePages {
  return {
    responseSettings: (account) => responseSettings(withPermission(office, who, account, 'change-settings')),
    setResponseSettings(account, settings) {
      const state = withPermission(office, who, account, 'change-settings')
      if (settings.webhook && !isEnabled(office.world, state)) turnAway('messaging_api_off')
      if (!areHours(settings)) turnAway('form_invalid')
      changeResponse(office, state, settings)
    },
  }
}
