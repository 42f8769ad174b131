import type * as operations from '../../messaging/follower/operations.js'
import { reachableFriends } from '../chat.js'
import type { Handlers } from '../handler.js'
import { turnPage } from '../paging.js'
import { refuse } from '../refusal.js'
import { words } from '../words.js'
import { userIdOf } from '../world.js'

/** Lists friends, page by page. */
export const handlers: Handlers<typeof operations> = {
  getFollowers({ start, limit = 300 }, call) {
    const { account } = call
    if (account.kind === 'unverified') refuse(403, words.notAvailable)
    const listAll = () => reachableFriends(account).map((person) => userIdOf(person, account.channel.provider))
    const { items, ...more } = turnPage(call, { list: 'followers', start, limit }, listAll)
    return { userIds: [...items], ...more }
  },
}
