import * as follower from '../../messaging/follower/operations.js'
import * as profile from '../../messaging/profile/operations.js'
import { reachesFriend } from '../chat.js'
import { bulkFriendLists } from '../people/bulk-friends.js'
import { errorMessages } from '../platform/error-messages.js'
import { type Handlers, type Route, route } from '../platform/handler.js'
import { type Listing, nextPage } from '../platform/paging.js'
import { checkParameter, refuse } from '../platform/refusal.js'
import type { AccountState } from '../state.js'
import { personBehind, tellsProfile, userIdOf } from '../world.js'

/** Returns the profiles of users. */
const profileHandlers: Handlers<typeof profile> = {
  getProfile({ userId }, { world, account }) {
    checkParameter('userId', userId)
    const person = personBehind(world, userId, account.channel.provider)
    const friendship = person && account.friendships.get(person)
    // Friends, and users who have sent a message before. LINE does not say why it does not return a profile.
    const known = friendship?.friend === true || account.chats.get(userId)?.writtenAt !== undefined
    if (!person || !known || friendship?.blocked || !tellsProfile(person)) return refuse(404, errorMessages.notFound)
    const { displayName, pictureUrl, statusMessage, language } = person
    return {
      userId,
      displayName,
      ...(pictureUrl && { pictureUrl }),
      ...(statusMessage && { statusMessage }),
      ...(language && { language }),
    }
  },
}

// Bulk friends come last, so that the order of the list does not depend on which of them have been used.
function listFriends(account: AccountState): Listing {
  const single = [...account.friendships.keys()].filter(
    (person) => reachesFriend(account, person) && person.profileConsent && !person.isBulkFriend,
  )
  const lists: readonly Listing[] = [
    single.map((person) => userIdOf(person, account.channel.provider)),
    ...bulkFriendLists(account),
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
const followerHandlers: Handlers<typeof follower> = {
  getFollowers({ start, limit = 300 }, call) {
    const { account } = call
    if (account.kind === 'unverified') refuse(403, errorMessages.notAvailable)
    const { items, ...more } = nextPage(call, { list: 'followers', start, limit }, () => listFriends(account))
    return { userIds: [...items], ...more }
  },
}

/** What LINE does at the operations of these topics. */
export const routes: readonly Route[] = [
  ...route('channel', profile, profileHandlers),
  ...route('channel', follower, followerHandlers),
]
