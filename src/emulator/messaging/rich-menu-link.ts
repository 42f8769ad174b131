import type * as operations from '../../messaging/rich-menu-link/operations.js'
import { type BotCall, type Handlers, Reply } from '../platform/handler.js'
import { checkParameter, isOfForm } from '../platform/identifiers.js'
import { refuse } from '../platform/refusal.js'
import { emptyDetails, words } from '../platform/words.js'
import { checkRichMenuId, linkedRichMenu, linkRichMenu, needImage, richMenus } from '../rich-menus.js'
import { personBehind } from '../world.js'

/** How long LINE works on a call for several users, in milliseconds. At LINE some seconds. */
const workLength = 1000

function checkUsers(userIds: readonly string[]): void {
  const wrong = userIds.findIndex((userId) => !isOfForm('userId', userId))
  if (wrong >= 0) refuse(400, words.property(`'userIds[${wrong}]'`))
}

// A rich menu that has been deleted meanwhile is linked to nobody.
function linkLater(
  { world, account }: BotCall,
  userIds: readonly string[],
  richMenuId: string | undefined,
): Reply<Record<string, never>> {
  const link = () => {
    if (richMenuId !== undefined && !richMenus(account).menus.has(richMenuId)) return
    for (const userId of userIds)
      linkRichMenu(account, personBehind(world, userId, account.channel.provider), richMenuId)
  }
  world.clock.later(link, workLength)
  return new Reply({}, { status: 202 })
}

/** Links rich menus to friends; for anybody else LINE accepts it all the same and does nothing. */
export const handlers: Handlers<typeof operations> = {
  linkRichMenuIdToUser({ userId, richMenuId }, { world, account }) {
    checkParameter('userId', userId)
    needImage(richMenus(account).menus.get(richMenuId) ?? refuse(404, words.notFound))
    linkRichMenu(account, personBehind(world, userId, account.channel.provider), richMenuId)
    return {}
  },

  getRichMenuIdOfUser({ userId }, { world, account }) {
    checkParameter('userId', userId)
    const person = personBehind(world, userId, account.channel.provider)
    const linked = person && linkedRichMenu(account, person)
    return { richMenuId: linked ?? refuse(404, emptyDetails(words.noLinkedRichMenu)) }
  },

  unlinkRichMenuIdFromUser({ userId }, { world, account }) {
    checkParameter('userId', userId)
    linkRichMenu(account, personBehind(world, userId, account.channel.provider), undefined)
    return {}
  },

  linkRichMenuIdToUsers({ userIds, richMenuId }, call) {
    checkUsers(userIds)
    checkRichMenuId(richMenuId)
    needImage(richMenus(call.account).menus.get(richMenuId) ?? refuse(404, emptyDetails(words.noRichMenu)))
    return linkLater(call, userIds, richMenuId)
  },

  unlinkRichMenuIdFromUsers({ userIds }, call) {
    checkUsers(userIds)
    return linkLater(call, userIds, undefined)
  },
}
