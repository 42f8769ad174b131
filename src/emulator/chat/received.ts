import type { AccountState, Chat, ChatEntry, PersonMessage, PersonState } from '../state.js'
import { keep, type World } from '../world.js'
import { chatOf } from './chat.js'

/** A message that a person has sent to an account, or to a group that it is in. */
export interface ReceivedMessage {
  readonly id: string
  readonly account: AccountState
  readonly chat: Chat
  readonly author: PersonState
  message: PersonMessage
  /** As the chat shows it. */
  entry: ChatEntry
  read: boolean
  unsent: boolean
}

const byId = keep<World, Map<string, ReceivedMessage>>(() => new Map())
// A chat is known by its entries, which stay when its person gets another ID.
const inOrder = keep<readonly ChatEntry[], ReceivedMessage[]>(() => [])

/** A person writes: the message stands in the chat. While people do not answer in the chat, it counts as read at once. */
export function receive(
  world: World,
  account: AccountState,
  chatId: string,
  author: PersonState,
  message: PersonMessage,
): ReceivedMessage {
  const chat = chatOf(account, chatId)
  const at = world.clock.now()
  const entry: ChatEntry = { from: 'person', message, at }
  const id = world.ids.message()
  const received = { id, account, chat, author, message, entry, read: !account.settings.chat, unsent: false }
  chat.entries.push(entry)
  chat.writtenAt = at
  byId(world).set(id, received)
  inOrder(chat.entries).push(received)
  return received
}

/** The message under an ID, whoever has got it. */
export function findReceived(world: World, messageId: string): ReceivedMessage | undefined {
  return byId(world).get(messageId)
}

/** Its author writes a message anew: it stands where it stood. */
export function edit(received: ReceivedMessage, message: PersonMessage): void {
  const { entries } = received.chat
  const entry: ChatEntry = { from: 'person', message, at: received.entry.at }
  entries[entries.indexOf(received.entry)] = entry
  Object.assign(received, { message, entry } satisfies Partial<ReceivedMessage>)
}

/** Its author takes a message back: it is gone from the chat. */
export function unsend(received: ReceivedMessage): void {
  const { entries } = received.chat
  received.unsent = true
  const at = entries.indexOf(received.entry)
  if (at >= 0) entries.splice(at, 1)
}

/** Marks the messages of a chat as read, all of them or up to one. */
export function markRead(chat: Chat, upTo?: string): void {
  for (const message of inOrder(chat.entries)) {
    message.read = true
    if (message.id === upTo) break
  }
}

/** How many messages of a chat are not marked as read. */
export function countUnread(chat: Chat): number {
  return inOrder(chat.entries).filter(({ read, unsent }) => !read && !unsent).length
}
