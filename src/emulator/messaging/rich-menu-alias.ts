import type * as operations from '../../messaging/rich-menu-alias/operations.js'
import type { BotCall, Handlers } from '../platform/handler.js'
import { checkParameter } from '../platform/identifiers.js'
import { refuse } from '../platform/refusal.js'
import { emptyDetails, ours, words } from '../platform/words.js'
import { checkRichMenuId, richMenus } from '../rich-menus.js'

/** How many aliases the API makes for an account. */
const mostAliases = 1000

function known(richMenuAliasId: string, { account }: BotCall): string {
  checkParameter('richMenuAliasId', richMenuAliasId)
  return richMenus(account).aliases.get(richMenuAliasId) ?? refuse(404, emptyDetails(words.noAlias))
}

function checkTarget(richMenuId: string, { account }: BotCall): void {
  checkRichMenuId(richMenuId)
  if (!richMenus(account).menus.get(richMenuId)?.image) refuse(400, emptyDetails(words.noRichMenu))
}

/** Keeps the names that stand for rich menus. */
export const handlers: Handlers<typeof operations> = {
  createRichMenuAlias({ richMenuAliasId, richMenuId }, call) {
    const { aliases } = richMenus(call.account)
    checkTarget(richMenuId, call)
    if (aliases.has(richMenuAliasId)) refuse(400, emptyDetails(words.aliasTaken))
    if (aliases.size >= mostAliases) refuse(400, emptyDetails(ours.aliasLimit))
    aliases.set(richMenuAliasId, richMenuId)
    return {}
  },

  getRichMenuAlias: ({ richMenuAliasId }, call) => ({ richMenuAliasId, richMenuId: known(richMenuAliasId, call) }),

  updateRichMenuAlias({ richMenuAliasId, richMenuId }, call) {
    known(richMenuAliasId, call)
    checkTarget(richMenuId, call)
    richMenus(call.account).aliases.set(richMenuAliasId, richMenuId)
    return {}
  },

  deleteRichMenuAlias({ richMenuAliasId }, call) {
    known(richMenuAliasId, call)
    richMenus(call.account).aliases.delete(richMenuAliasId)
    return {}
  },

  getRichMenuAliasList: (_, { account }) => ({
    aliases: [...richMenus(account).aliases].map(([richMenuAliasId, richMenuId]) => ({ richMenuAliasId, richMenuId })),
  }),
}
