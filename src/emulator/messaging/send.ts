import type * as operations from '../../messaging/send/operations.js'
import { checkQuotes, reachableFriends, reachesByPush, reachesFriend, sendToChat, sendToPeople } from '../chat/chat.js'
import type { Handlers } from '../platform/handler.js'
import { isOfForm } from '../platform/identifiers.js'
import { refuse } from '../platform/refusal.js'
import { words } from '../platform/words.js'
import { charge } from '../sending/quota.js'
import { countSent } from '../sending/sent-counts.js'
import { keepSentRequest } from '../sending/sent-requests.js'
import { countUnder } from '../sending/units.js'
import type { AccountState, ReplyToken } from '../state.js'
import { personBehind, type World } from '../world.js'

const minute = 60 * 1000

/** A reply token works once, within a minute of the delivery that brought it, and never 20 minutes after its event. */
function isGood(token: ReplyToken | undefined, account: AccountState, now: number): token is ReplyToken {
  if (!token || token.account !== account || token.used || token.deliveredAt === undefined) return false
  return now <= token.deliveredAt + minute && now <= token.eventAt + 20 * minute
}

/** How many people a reply reaches. */
function reachedByReply(world: World, account: AccountState, chatId: string): number {
  const person = personBehind(world, chatId, account.channel.provider)
  if (person) return account.friendships.get(person)?.blocked ? 0 : 1
  const group = world.groups.get(chatId)
  return group?.account === account ? group.members.size : 0
}

// The contract has checked the messages; nothing else is looked at, and nothing is sent.
const validated = () => ({})

/** Sends messages, and checks them without sending. */
export const handlers: Handlers<typeof operations> = {
  replyMessage({ replyToken, messages }, { world, account, now }) {
    const token = world.replyTokens.get(replyToken)
    if (!isGood(token, account, now)) return refuse(400, words.replyToken)
    checkQuotes(world, account, token.chatId, messages)
    token.used = true
    const reached = reachedByReply(world, account, token.chatId)
    countSent(account, 'reply', reached, now)
    return { sentMessages: sendToChat(world, account, token.chatId, messages, reached > 0) }
  },

  pushMessage({ to, messages, customAggregationUnits }, { world, account, now }) {
    const group = world.groups.get(to)
    const person = personBehind(world, to, account.channel.provider)
    if (!person && group?.account !== account) refuse(400, words.notSent)
    checkQuotes(world, account, to, messages)
    const reached = person ? Number(reachesByPush(world, account, person)) : (group?.members.size ?? 0)
    charge(account, reached, now)
    countSent(account, 'push', reached, now)
    countUnder(account, customAggregationUnits, now)
    return { sentMessages: sendToChat(world, account, to, messages, reached > 0) }
  },

  multicast({ to, messages, customAggregationUnits }, { world, account, now }) {
    const wrong = to.findIndex((userId) => !isOfForm('userId', userId))
    if (wrong >= 0) refuse(400, words.property(`to[${wrong}]`))
    checkQuotes(world, account, undefined, messages)
    // LINE's page says of foreign user IDs both that they are passed over and that they are refused; here they are passed over.
    const people = [...new Set(to)].flatMap((userId) => personBehind(world, userId, account.channel.provider) ?? [])
    const reached = people.filter((person) => reachesFriend(account, person))
    charge(account, reached.length, now)
    countSent(account, 'multicast', reached.length, now)
    countUnder(account, customAggregationUnits, now)
    sendToPeople(world, account, reached, messages)
    return {}
  },

  broadcast({ messages }, { world, account, requestId, now }) {
    checkQuotes(world, account, undefined, messages)
    const reached = reachableFriends(account)
    charge(account, reached.length, now)
    countSent(account, 'broadcast', reached.length, now)
    sendToPeople(world, account, reached, messages)
    keepSentRequest(world, requestId, { account, at: now, bubbles: messages.length, people: () => reached })
    return {}
  },

  validateReply: validated,
  validatePush: validated,
  validateMulticast: validated,
  validateNarrowcast: validated,
  validateBroadcast: validated,
}
