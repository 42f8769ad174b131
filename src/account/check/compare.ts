import type { BotInfo } from '../../messaging/bot/types.js'
import { type Finding, found, passed } from '../checks.js'

/** Compares the LINE ID that a person gave, as `parseLineId` gives it, with the basic and the premium ID of the account. Rules: right-account, identify-by-basic-id. */
export function compareId(bot: BotInfo, lineId: string | undefined): Finding {
  const facts = { basicId: bot.basicId, premiumId: bot.premiumId, name: bot.displayName }
  if (lineId === undefined) return passed('No LINE ID was given to compare the account with', facts)
  const own = [bot.basicId, bot.premiumId].map((id) => id?.toLowerCase())
  if (own.includes(lineId)) return passed('The LINE ID is that of the account', facts)
  return found('failed', 'basic_id_mismatch', 'The channel belongs to another account than the LINE ID', {
    ...facts,
    given: lineId,
  })
}

const plain = (name: string): string => name.normalize('NFKC').trim().replace(/\s+/g, ' ').toLowerCase()

/** Compares the name that a person gave with that of the account. People give accounts names of their own, so it only warns. */
export function compareName(bot: BotInfo, name: string): Finding {
  if (plain(bot.displayName) === plain(name))
    return passed('The name is that of the account', { name: bot.displayName })
  return found('warning', 'name_differs', 'The account has another name', { name: bot.displayName, given: name })
}
