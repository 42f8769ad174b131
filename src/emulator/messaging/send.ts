import * as operations from '../../messaging/send/operations.js'
import {
  type ReplyToken,
  reachableFriends,
  reachesByPush,
  reachesFriend,
  replyTokens,
  sendToChat,
  sendToPeople,
} from '../chat.js'
import { BoundedMap } from '../expiring-map.js'
import { errorMessages } from '../platform/error-messages.js'
import { type Handlers, type Route, route } from '../platform/handler.js'
import { isOfForm, refuse } from '../platform/refusal.js'
import type { AccountState, PersonState } from '../state.js'
import { personBehind, stateOf, type World } from '../world.js'
import { charge, countSent, countUnder } from './counts.js'
import { checkReferences } from './references.js'

const minute = 60 * 1000

// A reply token works within a minute of the delivery that brought it. Used and expired tokens have been dropped.
function isGood(token: ReplyToken | undefined, now: number): token is ReplyToken {
  return token?.deliveredAt !== undefined && now <= token.deliveredAt + minute
}

/** How many people a reply reaches. */
function reachedByReply(world: World, account: AccountState, chatId: string): number {
  const person = personBehind(world, chatId, account.channel.provider)
  if (person) return account.friendships.get(person)?.blocked || person.isDeleted ? 0 : 1
  const group = world.groups.get(chatId)
  return group?.account === account ? group.members.size : 0
}

// The contract has checked the messages. Nothing else is checked, and nothing is sent.
const validated = () => ({})

/** Sends messages, and checks them without sending. */
const handlers: Handlers<typeof operations> = {
  replyMessage({ replyToken, messages }, { world, account, now }) {
    const tokens = replyTokens(account)
    const token = tokens.get(replyToken, now)
    if (!isGood(token, now)) return refuse(400, errorMessages.replyToken)
    checkReferences(account, token.chatId, messages)
    tokens.delete(replyToken)
    const reached = reachedByReply(world, account, token.chatId)
    countSent(account, 'reply', reached, now)
    return { sentMessages: sendToChat(world, account, token.chatId, messages, 'reply', reached > 0) }
  },

  pushMessage({ to, messages, customAggregationUnits }, { world, account, now }) {
    if (!isOfForm('userId', to) && !isOfForm('groupId', to) && !isOfForm('roomId', to))
      refuse(400, errorMessages.property('to'))
    if (to === account.userId) refuse(400, errorMessages.toItself)
    const group = world.groups.get(to)
    const person = personBehind(world, to, account.channel.provider)
    if (!person && group?.account !== account) refuse(400, errorMessages.notSent)
    checkReferences(account, to, messages)
    const reached = person ? Number(reachesByPush(world, account, person)) : (group?.members.size ?? 0)
    charge(account, reached, now)
    countSent(account, 'push', reached, now)
    countUnder(account, customAggregationUnits, now)
    return { sentMessages: sendToChat(world, account, to, messages, 'push', reached > 0) }
  },

  multicast({ to, messages, customAggregationUnits }, { world, account, now }) {
    const wrong = to.findIndex((userId) => !isOfForm('userId', userId))
    if (wrong >= 0) refuse(400, errorMessages.recipient(wrong))
    checkReferences(account, undefined, messages)
    // LINE's page says that unknown user IDs are ignored, and also that they are refused. Here they are ignored.
    const people = [...new Set(to)].flatMap((userId) => personBehind(world, userId, account.channel.provider) ?? [])
    const reached = people.filter((person) => reachesFriend(account, person))
    charge(account, reached.length, now)
    countSent(account, 'multicast', reached.length, now)
    countUnder(account, customAggregationUnits, now)
    sendToPeople(world, account, reached, messages, 'multicast')
    return {}
  },

  broadcast({ messages }, { world, account, requestId, now }) {
    checkReferences(account, undefined, messages)
    const reached = reachableFriends(account)
    charge(account, reached.length, now)
    countSent(account, 'broadcast', reached.length, now)
    sendToPeople(world, account, reached, messages, 'broadcast')
    keepSentRequest(world, requestId, { account, at: now, bubbles: messages.length, people: () => reached })
    return {}
  },

  validateReply: validated,
  validatePush: validated,
  validateMulticast: validated,
  validateNarrowcast: validated,
  validateBroadcast: validated,
}

/** A broadcast or narrowcast, which LINE's figures and audiences go by. */
export interface SentRequest {
  readonly account: AccountState
  /** When LINE accepted it, in milliseconds since 1970. */
  readonly at: number
  /** How many bubbles it has. */
  readonly bubbles: number
  /** Whom it reached; `undefined` while it is being sent, and when it failed. */
  people(): readonly PersonState[] | undefined
  /** Who opened which of its links, in order. */
  readonly opened: { readonly person: PersonState; readonly url: string }[]
}

const byId = stateOf<World, BoundedMap<SentRequest>>(() => new BoundedMap())

/** Keeps a broadcast or narrowcast under its request ID. */
export function keepSentRequest(world: World, requestId: string, request: Omit<SentRequest, 'opened'>): void {
  byId(world).keep(requestId, { ...request, opened: [] }, world.historyLimit)
}

/** The broadcast or narrowcast with a request ID, of any account. */
export function findSentRequest(world: World, requestId: string): SentRequest | undefined {
  return byId(world).get(requestId)
}

/** What LINE does at the operations of this topic. */
export const routes: readonly Route[] = /* @__PURE__ */ route('channel', operations, handlers)
