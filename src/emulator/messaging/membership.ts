import type * as operations from '../../messaging/membership/operations.js'
import { reachesFriend } from '../chat/chat.js'
import { listMembers, listPlans, listSubscriptions } from '../people/memberships.js'
import type { Handlers } from '../platform/handler.js'
import { checkParameter } from '../platform/identifiers.js'
import { turnPage } from '../platform/paging.js'
import { refuse } from '../platform/refusal.js'
import { words } from '../platform/words.js'
import { personBehind, userIdOf } from '../world.js'

/** Tells which memberships there are, and who has joined them. */
export const handlers: Handlers<typeof operations> = {
  getMembershipSubscription({ userId }, { world, account }) {
    checkParameter('userId', userId)
    const person = personBehind(world, userId, account.channel.provider)
    const subscriptions = person ? listSubscriptions(account, person) : []
    return subscriptions.length > 0 ? { subscriptions } : refuse(404, words.notFound)
  },

  getMembershipList(_, { account }) {
    const memberships = listPlans(account)
    return memberships.length > 0 ? { memberships } : refuse(404, words.noPlans)
  },

  getJoinedMembershipUsers({ membershipId, start, limit = 300 }, call) {
    const { world, account } = call
    const { provider } = account.channel
    const members = listMembers(account, membershipId) ?? refuse(404, words.noMembership)
    const listAll = () => members.map((person) => userIdOf(person, provider))
    const { items, ...more } = turnPage(call, { list: `membership ${membershipId}`, start, limit }, listAll)
    // LINE leaves people out after it has cut the page, so that one may be short while there are more.
    const isFriend = (userId: string) => {
      const person = personBehind(world, userId, provider)
      return person !== undefined && reachesFriend(account, person)
    }
    return { userIds: items.filter(isFriend), ...more }
  },
}
