import type { Message } from '../../messaging/message/types.js'
import type { SentMessage } from '../../messaging/send/types.js'
import { meetCrowds } from '../people/crowd.js'
import { Refusal } from '../platform/refusal.js'
import { ours } from '../platform/words.js'
import type { AccountState, Chat, PersonState } from '../state.js'
import { userIdOf, type World } from '../world.js'

const week = 7 * 24 * 60 * 60 * 1000

// What LINE hands out quote tokens for. Later kinds of messages stand here before they can be sent.
const quotable: ReadonlySet<string> = new Set(['text', 'textV2', 'sticker', 'image', 'video', 'template', 'flex'])

/** The chat of an account under a user ID or group ID; it begins when it is first asked for. */
export function chatOf(account: AccountState, id: string): Chat {
  let chat = account.chats.get(id)
  if (!chat) account.chats.set(id, (chat = { id, entries: [], writtenAt: undefined }))
  return chat
}

/** Tells whether the account's messages reach its friend. */
export function reachesFriend(account: AccountState, person: PersonState): boolean {
  const friendship = account.friendships.get(person)
  return friendship?.friend === true && !friendship.blocked
}

/** Tells whether a push reaches a person: a friend, or someone who wrote within the last 7 days, unless the account is blocked. */
export function reachesByPush(world: World, account: AccountState, person: PersonState): boolean {
  const friendship = account.friendships.get(person)
  if (friendship?.blocked) return false
  const writtenAt = account.chats.get(userIdOf(person, account.channel.provider))?.writtenAt
  return friendship?.friend === true || (writtenAt !== undefined && world.clock.now() - writtenAt <= week)
}

/** Everyone whom the account's broadcasts reach, in the order in which they became friends. */
export function reachableFriends(account: AccountState): readonly PersonState[] {
  meetCrowds(account)
  return [...account.friendships.keys()].filter((person) => reachesFriend(account, person))
}

/** Refuses messages that quote another chat's message, or none. */
export function checkQuotes(
  world: World,
  account: AccountState,
  chatId: string | undefined,
  messages: readonly Message[],
): void {
  const details = messages.flatMap((message, at) => {
    const quoteToken = 'quoteToken' in message ? message.quoteToken : undefined
    if (quoteToken === undefined) return []
    const quoted = world.quoteTokens.get(quoteToken)
    const fits = quoted?.account === account && quoted.chatId === chatId
    return fits ? [] : [{ message: ours.quoteToken, property: `messages[${at}].quoteToken` }]
  })
  if (details.length) throw new Refusal(400, { message: `The request body has ${details.length} error(s)`, details })
}

/** Gives messages their IDs and quote tokens, and shows them in the chat where they reach it. */
export function sendToChat(
  world: World,
  account: AccountState,
  chatId: string,
  messages: readonly Message[],
  reached: boolean,
): SentMessage[] {
  const chat = chatOf(account, chatId)
  return messages.map((message) => {
    const id = world.ids.message()
    if (reached) chat.entries.push({ from: 'account', message, at: world.clock.now() })
    if (!quotable.has(message.type)) return { id }
    const quoteToken = world.ids.opaque(43)
    world.quoteTokens.set(quoteToken, { account, chatId, messageId: id })
    return { id, quoteToken }
  })
}

/** Shows the same messages to many friends. */
export function sendToPeople(
  world: World,
  account: AccountState,
  people: readonly PersonState[],
  messages: readonly Message[],
): void {
  for (const person of people) sendToChat(world, account, userIdOf(person, account.channel.provider), messages, true)
}
