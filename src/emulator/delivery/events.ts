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
import type { PersonMessage, PersonTextMessage } from '../people/message.js'
import { contentOf, type MessageContext, textContent } from '../people/message-content.js'
import type { AccountState, GroupState, PersonState } from '../state.js'
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
  // LINE tells who it was only with the person's consent.
  const userId = person?.profileConsent ? userIdOf(person, account.channel.provider) : undefined
  const user = userId === undefined ? {} : { userId }
  return {
    source: kind === 'group' ? { type: kind, groupId: id, ...user } : { type: kind, roomId: id, ...user },
    chatId: id,
  }
}

function userSource(account: AccountState, person: PersonState): UserSource {
  return { type: 'user', userId: userIdOf(person, account.channel.provider) }
}

// LINE does not say what it does for members without consent. They are left out, and the event is sent also when no member is left.
function sourcesOf(account: AccountState, people: readonly PersonState[]): UserSource[] {
  return people.filter(({ profileConsent }) => profileConsent).map((person) => userSource(account, person))
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

/** A user sends a message, which is added to the chat. */
export function messageEvent(
  world: World,
  account: AccountState,
  place: Place,
  author: PersonState,
  message: PersonMessage,
  context: MessageContext = {},
): MessageEvent {
  const { chatId } = place
  const { id } = receive(world, account, chatId, author, message)
  const [quoteToken, readToken] = [world.ids.opaque(43), world.ids.opaque(43)]
  const content = contentOf(message, { id, quoteToken }, readToken, context)
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
  message: PersonTextMessage,
  context: MessageContext,
): MessageEditedEvent {
  const quoteToken = world.ids.opaque(43)
  quoteTokens(account).keep(quoteToken, place.chatId, world.historyLimit)
  const replyToken = replyTokenFor(world, account, place)
  const content = textContent(message, { id, quoteToken }, context)
  return { type: 'messageEdited', message: content, ...eventAt(world, place), replyToken }
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
  const joined = { members: sourcesOf(account, people) }
  return { type: 'memberJoined', joined, ...eventAt(world, place), replyToken: replyTokenFor(world, account, place) }
}

/** A user leaves a group or room that the account is in. */
export function memberLeftEvent(
  world: World,
  account: AccountState,
  place: Place,
  person: PersonState,
): MemberLeftEvent {
  return { type: 'memberLeft', left: { members: sourcesOf(account, [person]) }, ...eventAt(world, place) }
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
