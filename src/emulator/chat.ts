import type { FlexMessage } from '../messaging/flex/types.js'
import type { Message } from '../messaging/message/types.js'
import type { SentMessage } from '../messaging/send/types.js'
import type { TemplateMessage } from '../messaging/template/types.js'
import { BoundedMap, ExpiringMap } from './expiring-map.js'
import { addToHistory } from './history.js'
import { createBulkFriends } from './people/bulk-friends.js'
import type { PersonMessage } from './people/message.js'
import type { AccountEntry, AccountState, Chat, ChatEntry, PersonState, SentVia } from './state.js'
import { stateOf, userIdOf, type World } from './world.js'

const week = 7 * 24 * 60 * 60 * 1000

// What LINE hands out quote tokens for. Later kinds of messages stand here before they can be sent.
const quotable: readonly string[] = ['text', 'textV2', 'sticker', 'image', 'video', 'template', 'flex']

/** The chat of an account with a user ID or group ID. It is created on first use. */
export function chatOf(account: AccountState, id: string): Chat {
  let chat = account.chats.get(id)
  if (!chat) account.chats.set(id, (chat = { topics: new Map(), id, entries: [], writtenAt: undefined }))
  return chat
}

/** Returns whether the account's messages reach its friend. */
export function reachesFriend(account: AccountState, person: PersonState): boolean {
  const friendship = account.friendships.get(person)
  return friendship?.friend === true && !friendship.blocked && !person.isDeleted
}

/** Returns whether a push reaches a person: a friend, or a user who wrote within the last 7 days, unless the account is blocked. */
export function reachesByPush(world: World, account: AccountState, person: PersonState): boolean {
  const friendship = account.friendships.get(person)
  if (friendship?.blocked || person.isDeleted) return false
  const writtenAt = account.chats.get(userIdOf(person, account.channel.provider))?.writtenAt
  return friendship?.friend === true || (writtenAt !== undefined && world.clock.now() - writtenAt <= week)
}

/** Everyone whom the account's broadcasts reach, in the order in which they became friends. */
export function reachableFriends(account: AccountState): readonly PersonState[] {
  createBulkFriends(account)
  return [...account.friendships.keys()].filter((person) => reachesFriend(account, person))
}

/** A reply token. It works once, and never more than 20 minutes after its event; LINE answers the same for a used, an old and an unknown one. */
export interface ReplyToken {
  readonly chatId: string
  /** When its event happened, in milliseconds since 1970. */
  readonly eventAt: number
  /** When the webhook got it last, in milliseconds since 1970; `undefined` until then. */
  deliveredAt: number | undefined
}

/** What a read token points to. */
export interface MessageReference {
  readonly chatId: string
  readonly messageId: string
}

const replyTokenLife = 20 * 60 * 1000

/** The reply tokens of an account that have not been used. */
export const replyTokens: (account: AccountState) => ExpiringMap<ReplyToken> = stateOf(
  () => new ExpiringMap<ReplyToken>(({ eventAt }, now) => now > eventAt + replyTokenLife),
)

/** The quote tokens of an account, with the ID of the chat where each can be used. They do not expire, and the newest are kept. */
export const quoteTokens: (account: AccountState) => BoundedMap<string> = stateOf(() => new BoundedMap())

/** The tokens by which an account marks messages as read. They do not expire, and the newest are kept. */
export const readTokens: (account: AccountState) => BoundedMap<MessageReference> = stateOf(() => new BoundedMap())

/** Drops the chat tokens of an account that can no longer be used. */
export function dropChatTokens(account: AccountState): void {
  for (const tokens of [replyTokens(account), quoteTokens(account), readTokens(account)]) tokens.clear()
}

const waiting = stateOf<Chat, Set<(entry: AccountEntry) => void>>(() => new Set())

/** Shows a message of the account in a chat, and tells it to those who wait for one. */
export function show(world: World, chat: Chat, entry: AccountEntry): void {
  addToHistory(world, chat.entries, entry)
  const all = waiting(chat)
  for (const take of all) take(entry)
  all.clear()
}

/** Waits for the next message of the account in a chat. */
export function nextEntry(chat: Chat): Promise<AccountEntry> {
  return new Promise((take) => waiting(chat).add(take))
}

/** Gives messages their IDs and quote tokens, and shows them in the chat where they reach it. */
export function sendToChat(
  world: World,
  account: AccountState,
  chatId: string,
  messages: readonly Message[],
  via: SentVia,
  reached = true,
): SentMessage[] {
  const chat = chatOf(account, chatId)
  return messages.map((message) => {
    const id = world.ids.message()
    if (reached) show(world, chat, { from: 'account', message, via, at: world.clock.now() })
    if (!quotable.includes(message.type)) return { id }
    const quoteToken = world.ids.opaque(43)
    quoteTokens(account).keep(quoteToken, chatId, world.historyLimit)
    return { id, quoteToken }
  })
}

/** Shows the same messages to many friends. */
export function sendToPeople(
  world: World,
  account: AccountState,
  people: readonly PersonState[],
  messages: readonly Message[],
  via: SentVia,
): void {
  for (const person of people) sendToChat(world, account, userIdOf(person, account.channel.provider), messages, via)
}

/** What only LIFF apps send in the name of a person. */
export type LiffMessage = TemplateMessage | FlexMessage

/** A message that a person has sent to an account, or to a group that it is in. */
export interface ReceivedMessage {
  readonly id: string
  readonly account: AccountState
  readonly chat: Chat
  readonly author: PersonState
  message: PersonMessage | LiffMessage
  /** As the chat shows it. */
  entry: ChatEntry
  read: boolean
  unsent: boolean
}

const byId = stateOf<World, BoundedMap<ReceivedMessage>>(() => new BoundedMap())
const inOrder = stateOf<Chat, ReceivedMessage[]>(() => [])

/** A user sends a message, which is added to the chat. While Chat is off, it counts as read at once. */
export function receive(
  world: World,
  account: AccountState,
  chatId: string,
  author: PersonState,
  message: PersonMessage | LiffMessage,
): ReceivedMessage {
  const chat = chatOf(account, chatId)
  const at = world.clock.now()
  const entry: ChatEntry = { from: 'person', message, at }
  const id = world.ids.message()
  const received = { id, account, chat, author, message, entry, read: !account.settings.chat, unsent: false }
  addToHistory(world, chat.entries, entry)
  chat.writtenAt = at
  byId(world).keep(id, received, world.historyLimit)
  addToHistory(world, inOrder(chat), received)
  return received
}

/** The message with an ID, of any account. */
export function findReceived(world: World, messageId: string): ReceivedMessage | undefined {
  return byId(world).get(messageId)
}

/** The author edits a message, which keeps its place in the chat. */
export function edit(received: ReceivedMessage, message: PersonMessage): void {
  const { entries } = received.chat
  const entry: ChatEntry = { from: 'person', message, at: received.entry.at }
  const at = entries.indexOf(received.entry)
  if (at >= 0) entries[at] = entry
  Object.assign(received, { message, entry } satisfies Partial<ReceivedMessage>)
}

/** The author unsends a message, which is removed from the chat. */
export function unsend(received: ReceivedMessage): void {
  const { entries } = received.chat
  received.unsent = true
  const at = entries.indexOf(received.entry)
  if (at >= 0) entries.splice(at, 1)
}

/** Marks the messages of a chat as read, all of them or up to one. */
export function markRead(chat: Chat, upTo?: string): void {
  for (const message of inOrder(chat)) {
    message.read = true
    if (message.id === upTo) break
  }
}

/** How many messages of a chat are not marked as read. */
export function countUnread(chat: Chat): number {
  return inOrder(chat).filter(({ read, unsent }) => !read && !unsent).length
}
