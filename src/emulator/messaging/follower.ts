import type * as operations from '../../messaging/follower/operations.js'
import { reachesFriend } from '../chat/chat.js'
import { crowdLists, isOfCrowd } from '../people/crowd.js'
import type { Handlers } from '../platform/handler.js'
import { type Listing, turnPage } from '../platform/paging.js'
import { refuse } from '../platform/refusal.js'
import { words } from '../platform/words.js'
import type { AccountState } from '../state.js'
import { userIdOf } from '../world.js'

// A crowd comes after all others, so that nobody's place depends on whom something has concerned meanwhile.
function listFriends(account: AccountState): Listing {
  const single = [...account.friendships.keys()].filter(
    (person) => reachesFriend(account, person) && !isOfCrowd(person),
  )
  const lists: readonly Listing[] = [
    single.map((person) => userIdOf(person, account.channel.provider)),
    ...crowdLists(account),
  ]
  return {
    length: lists.reduce((sum, { length }) => sum + length, 0),
    slice(from, to) {
      let start = 0
      return lists.flatMap((list) => {
        const part = list.slice(Math.max(0, from - start), Math.max(0, to - start))
        start += list.length
        return part
      })
    },
  }
}

/** Lists friends, page by page. */
export const handlers: Handlers<typeof operations> = {
  getFollowers({ start, limit = 300 }, call) {
    const { account } = call
    if (account.kind === 'unverified') refuse(403, words.notAvailable)
    const { items, ...more } = turnPage(call, { list: 'followers', start, limit }, () => listFriends(account))
    return { userIds: [...items], ...more }
  },
}
