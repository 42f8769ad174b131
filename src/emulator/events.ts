import type { MessageContent } from '../webhook/message-content.js'
import type { EventBase, FollowEvent, JoinEvent, MessageEvent, Source, UnfollowEvent } from '../webhook/types.js'
import { chatOf } from './chat.js'
import type { AccountState, GroupState, PersonMessage, PersonState } from './state.js'
import { userIdOf, type World } from './world.js'

// The form of LINE's reply tokens.
const replyTokenLength = 32

interface Place {
  readonly source: Source
  readonly chatId: string
}

/** The one-on-one chat of a person and an account. */
export function personPlace(account: AccountState, person: PersonState): Place {
  const userId = userIdOf(person, account.channel.provider)
  return { source: { type: 'user', userId }, chatId: userId }
}

/** A group chat; `person` is who did something in it, where LINE tells. */
export function groupPlace(account: AccountState, group: GroupState, person?: PersonState): Place {
  const { groupId } = group
  const userId = person && userIdOf(person, account.channel.provider)
  return { source: { type: 'group', groupId, ...(userId && { userId }) }, chatId: groupId }
}

function eventBase(world: World, { source }: Place): EventBase & { source: Source } {
  const timestamp = world.clock.now()
  return { webhookEventId: world.ids.ulid(timestamp), timestamp, mode: 'active', deliveryContext: { isRedelivery: false }, source }
}

function replyTokenFor(world: World, account: AccountState, { chatId }: Place): string {
  const token = world.ids.hex(replyTokenLength)
  world.replyTokens.set(token, { account, chatId, eventAt: world.clock.now(), deliveredAt: undefined, used: false })
  return token
}

function contentOf(message: PersonMessage, id: string, quoteToken: string, markAsReadToken: string): MessageContent {
  switch (message.type) {
    case 'text':
      return { ...message, id, quoteToken, markAsReadToken }
    case 'sticker':
      return { ...message, id, stickerResourceType: 'STATIC', quoteToken, markAsReadToken }
    case 'image':
      return { ...message, id, contentProvider: { type: 'line' }, quoteToken, markAsReadToken }
    case 'video':
      return { ...message, id, contentProvider: { type: 'line' }, quoteToken, markAsReadToken }
    case 'audio':
      return { ...message, id, contentProvider: { type: 'line' }, markAsReadToken }
    case 'file':
      return { ...message, id, markAsReadToken }
    case 'location':
      return { ...message, id, markAsReadToken }
  }
}

/** A person writes: the message stands in the chat, and this event tells of it. */
export function messageEvent(world: World, account: AccountState, place: Place, message: PersonMessage): MessageEvent {
  const { chatId } = place
  const at = world.clock.now()
  const chat = chatOf(account, chatId)
  chat.entries.push({ from: 'person', message, at })
  chat.writtenAt = at
  const id = world.ids.message()
  const [quoteToken, readToken] = [world.ids.opaque(43), world.ids.opaque(43)]
  const content = contentOf(message, id, quoteToken, readToken)
  world.readTokens.set(readToken, { account, chatId, messageId: id })
  if ('quoteToken' in content) world.quoteTokens.set(quoteToken, { account, chatId, messageId: id })
  return { type: 'message', message: content, ...eventBase(world, place), replyToken: replyTokenFor(world, account, place) }
}

/** A person adds the account as a friend, or unblocks it. */
export function followEvent(world: World, account: AccountState, place: Place, isUnblocked: boolean): FollowEvent {
  return { type: 'follow', follow: { isUnblocked }, ...eventBase(world, place), replyToken: replyTokenFor(world, account, place) }
}

/** A person blocks the account. */
export function unfollowEvent(world: World, place: Place): UnfollowEvent {
  return { type: 'unfollow', ...eventBase(world, place) }
}

/** The account joins a group. */
export function joinEvent(world: World, account: AccountState, place: Place): JoinEvent {
  return { type: 'join', ...eventBase(world, place), replyToken: replyTokenFor(world, account, place) }
}
