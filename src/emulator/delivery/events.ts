import { LineInputError } from '../../core/errors.js'
import { property } from '../../core/property.js'
import type { MessageContent } from '../../webhook/message-content.js'
import type {
  AccountLinkEvent,
  BeaconEvent,
  DeliveryEvent,
  EventBase,
  FollowEvent,
  JoinEvent,
  LeaveEvent,
  MemberJoinedEvent,
  MemberLeftEvent,
  MembershipEvent,
  MessageEditedEvent,
  MessageEvent,
  PostbackEvent,
  Source,
  UnfollowEvent,
  UnsendEvent,
  UserSource,
  VideoPlayCompleteEvent,
} from '../../webhook/types.js'
import { quoteTokens, readTokens, receive, replyTokens } from '../chat.js'
import { checkText } from '../check-options.js'
import type { AccountState, GroupState, PersonMessage, PersonState } from '../state.js'
import { userIdOf, type World } from '../world.js'

// The form of LINE's reply tokens.
const replyTokenLength = 32

/** Where something happens. */
export interface Place {
  readonly source: Source
  readonly chatId: string
}

/** The one-on-one chat of a person and an account. */
export function personPlace(account: AccountState, person: PersonState): Place {
  const source = userSource(account, person)
  return { source, chatId: source.userId }
}

/** A group chat or room; `person` is who did something in it, where LINE tells. */
export function groupPlace(account: AccountState, { kind, id }: GroupState, person?: PersonState): Place {
  const userId = person && userIdOf(person, account.channel.provider)
  const user = userId === undefined ? {} : { userId }
  return {
    source: kind === 'group' ? { type: kind, groupId: id, ...user } : { type: kind, roomId: id, ...user },
    chatId: id,
  }
}

function userSource(account: AccountState, person: PersonState): UserSource {
  return { type: 'user', userId: userIdOf(person, account.channel.provider) }
}

function eventBase(world: World): EventBase {
  const timestamp = world.clock.now()
  return {
    webhookEventId: world.ids.ulid(timestamp),
    timestamp,
    mode: 'active',
    deliveryContext: { isRedelivery: false },
  }
}

function eventAt(world: World, { source }: Place): EventBase & { source: Source } {
  return { ...eventBase(world), source }
}

function replyTokenFor(world: World, account: AccountState, { chatId }: Place): string {
  const token = world.ids.hex(replyTokenLength)
  const eventAt = world.clock.now()
  replyTokens(account).set(token, { chatId, eventAt, deliveredAt: undefined }, eventAt)
  return token
}

function lengthOf(content: Uint8Array | Blob | undefined): number {
  return content instanceof Blob ? content.size : (content?.length ?? 0)
}

const messageTypes: readonly unknown[] = ['text', 'sticker', 'image', 'video', 'audio', 'file', 'location']

/**
 * Reads the message that a person sends; a string is a text.
 *
 * @throws {LineInputError} when it is not a message of a type that people can send.
 */
export function readMessage(message: string | PersonMessage): PersonMessage {
  const read: PersonMessage = typeof message === 'string' ? { type: 'text', text: message } : message
  if (!messageTypes.includes(property(read, 'type')))
    throw new LineInputError(`send: message must be a string, or an object with the type ${messageTypes.join(', ')}`)
  if (read.type === 'text') checkText('send', 'message.text', read.text)
  return read
}

function contentOf(message: PersonMessage, id: string, quoteToken: string, markAsReadToken: string): MessageContent {
  switch (message.type) {
    case 'text':
      return { ...message, id, quoteToken, markAsReadToken }
    case 'sticker':
      return { ...message, id, stickerResourceType: 'STATIC', quoteToken, markAsReadToken }
    case 'image':
      return { type: 'image', id, contentProvider: { type: 'line' }, quoteToken, markAsReadToken }
    case 'video':
    case 'audio': {
      const { type, duration } = message
      const content = {
        id,
        ...(duration !== undefined && { duration }),
        contentProvider: { type: 'line' as const },
        markAsReadToken,
      }
      return type === 'video' ? { type, ...content, quoteToken } : { type, ...content }
    }
    case 'file': {
      const { type, fileName, content, fileSize = lengthOf(content) } = message
      return { type, id, fileName, fileSize, markAsReadToken }
    }
    case 'location':
      return { ...message, id, markAsReadToken }
  }
}

/** A user sends a message, which is added to the chat. */
export function messageEvent(
  world: World,
  account: AccountState,
  place: Place,
  author: PersonState,
  message: PersonMessage,
): MessageEvent {
  const { chatId } = place
  const { id } = receive(world, account, chatId, author, message)
  const [quoteToken, readToken] = [world.ids.opaque(43), world.ids.opaque(43)]
  const content = contentOf(message, id, quoteToken, readToken)
  readTokens(account).keep(readToken, { chatId, messageId: id }, world.historyLimit)
  if ('quoteToken' in content) quoteTokens(account).keep(quoteToken, chatId, world.historyLimit)
  return {
    type: 'message',
    message: content,
    ...eventAt(world, place),
    replyToken: replyTokenFor(world, account, place),
  }
}

/** A user edits a text: the same message with a new quote token, and without a token for marking it as read. */
export function messageEditedEvent(
  world: World,
  account: AccountState,
  place: Place,
  id: string,
  message: PersonMessage & { readonly type: 'text' },
): MessageEditedEvent {
  const quoteToken = world.ids.opaque(43)
  quoteTokens(account).keep(quoteToken, place.chatId, world.historyLimit)
  const replyToken = replyTokenFor(world, account, place)
  return { type: 'messageEdited', message: { ...message, id, quoteToken }, ...eventAt(world, place), replyToken }
}

/** A person taps something that carries a postback. */
export function postbackEvent(
  world: World,
  account: AccountState,
  place: Place,
  postback: PostbackEvent['postback'],
): PostbackEvent {
  const { data, params } = postback
  const replyToken = replyTokenFor(world, account, place)
  return { type: 'postback', postback: { data, ...(params && { params }) }, ...eventAt(world, place), replyToken }
}

/** A person has watched a video with a tracking ID to its end. */
export function videoPlayCompleteEvent(
  world: World,
  account: AccountState,
  place: Place,
  trackingId: string,
): VideoPlayCompleteEvent {
  const replyToken = replyTokenFor(world, account, place)
  return { type: 'videoPlayComplete', videoPlayComplete: { trackingId }, ...eventAt(world, place), replyToken }
}

/** A person is near a beacon. */
export function beaconEvent(
  world: World,
  account: AccountState,
  place: Place,
  beacon: BeaconEvent['beacon'],
): BeaconEvent {
  return { type: 'beacon', beacon, ...eventAt(world, place), replyToken: replyTokenFor(world, account, place) }
}

/** A user unsends a message. */
export function unsendEvent(world: World, place: Place, messageId: string): UnsendEvent {
  return { type: 'unsend', unsend: { messageId }, ...eventAt(world, place) }
}

/** A person adds the account as a friend, or unblocks it. */
export function followEvent(world: World, account: AccountState, place: Place, isUnblocked: boolean): FollowEvent {
  return {
    type: 'follow',
    follow: { isUnblocked },
    ...eventAt(world, place),
    replyToken: replyTokenFor(world, account, place),
  }
}

/** A person blocks the account. */
export function unfollowEvent(world: World, place: Place): UnfollowEvent {
  return { type: 'unfollow', ...eventAt(world, place) }
}

/** The account joins a group or room. */
export function joinEvent(world: World, account: AccountState, place: Place): JoinEvent {
  return { type: 'join', ...eventAt(world, place), replyToken: replyTokenFor(world, account, place) }
}

/** The account leaves a group or room, or is removed from a group. */
export function leaveEvent(world: World, place: Place): LeaveEvent {
  return { type: 'leave', ...eventAt(world, place) }
}

/** People come into a group or room that the account is in. */
export function memberJoinedEvent(
  world: World,
  account: AccountState,
  place: Place,
  people: readonly PersonState[],
): MemberJoinedEvent {
  const joined = { members: people.map((person) => userSource(account, person)) }
  return { type: 'memberJoined', joined, ...eventAt(world, place), replyToken: replyTokenFor(world, account, place) }
}

/** A user leaves a group or room that the account is in. */
export function memberLeftEvent(
  world: World,
  account: AccountState,
  place: Place,
  person: PersonState,
): MemberLeftEvent {
  return { type: 'memberLeft', left: { members: [userSource(account, person)] }, ...eventAt(world, place) }
}

/** A person links their LINE account with one at the provider's service. When that fails, LINE does not say which user it was. */
export function accountLinkEvent(
  world: World,
  account: AccountState,
  place: Place | undefined,
  nonce: string,
): AccountLinkEvent {
  if (!place) return { type: 'accountLink', link: { result: 'failed', nonce }, ...eventBase(world) }
  const replyToken = replyTokenFor(world, account, place)
  return { type: 'accountLink', link: { result: 'ok', nonce }, ...eventAt(world, place), replyToken }
}

/** A person joins, renews or leaves a membership. */
export function membershipEvent(
  world: World,
  account: AccountState,
  place: Place,
  membership: MembershipEvent['membership'],
): MembershipEvent {
  return { type: 'membership', membership, ...eventAt(world, place), replyToken: replyTokenFor(world, account, place) }
}

/** A LINE notification message has reached its person. */
export function deliveryEvent(world: World, data: string): DeliveryEvent {
  return { type: 'delivery', delivery: { data }, ...eventBase(world) }
}
