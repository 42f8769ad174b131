import { LineInputError } from '../core/errors.js'
import { deriveRetryKey } from '../core/hash.js'
import {
  type AnswerableEvent,
  respond as answer,
  type RespondClient,
  type Responded,
  type RespondOptions,
} from '../messaging/send/respond.js'
import { memoryStore } from '../store/memory.js'
import type { Store } from '../store/types.js'
import type { Given } from './context.js'
import { member } from './member.js'
import type { Delivery } from './types.js'

/** As much of a client as these functions take. */
interface Messaging {
  replyMessage(input: { readonly replyToken: string; readonly messages: readonly unknown[] }): Promise<unknown>
  pushMessage(
    input: { readonly to: string; readonly messages: readonly unknown[] },
    options?: { readonly retryKey: string },
  ): Promise<unknown>
  showLoadingAnimation(input: { readonly chatId: string; readonly loadingSeconds?: number }): Promise<unknown>
  getProfile(input: { readonly userId: string }): Promise<unknown>
  getGroupMemberProfile(input: { readonly groupId: string; readonly userId: string }): Promise<unknown>
  getRoomMemberProfile(input: { readonly roomId: string; readonly userId: string }): Promise<unknown>
}

const id = (value: unknown): string | undefined => (typeof value === 'string' && value ? value : undefined)

// Texts become text messages.
function toMessages(messages: unknown): readonly unknown[] {
  const list = (Array.isArray(messages) ? messages : [messages]) as readonly unknown[] // isArray alone would make it any[]
  return list.map((message) => (typeof message === 'string' ? { type: 'text', text: message } : message))
}

function refusal(does: string, event: object, why: string): LineInputError {
  return new LineInputError(
    `${does} ${String(member(event, 'type'))} event ${String(member(event, 'webhookEventId'))}: ${why}`,
  )
}

function messagingOf(does: string, { client, event }: Given): Messaging {
  if (!client) throw refusal(does, event, 'there is no client; give createReceiver one, or return it from `channel`')
  // Its type says which methods it has; that is what the types of the context ask the caller for.
  return (client as { readonly messaging: Messaging }).messaging
}

/** Replies to the event. */
export async function reply(given: Given, messages?: unknown): Promise<unknown> {
  const { event } = given
  const messaging = messagingOf('reply to', given)
  const replyToken = id(member(event, 'replyToken'))
  if (!replyToken)
    throw refusal(
      'reply to',
      event,
      'it has no reply token; LINE gives none in standby and for events that nobody waits for. Push instead',
    )
  return messaging.replyMessage({ replyToken, messages: toMessages(messages) })
}

// Counted per run of the handlers, which has what it was given for itself: another run of the same event counts from one again.
const pushes = new WeakMap<Given, number>()

/** Pushes to the chat of the event, under a retry key made from the event's ID and the number of the call. */
export async function push(given: Given, messages?: unknown): Promise<unknown> {
  const { event, chatId, delivery } = given
  const messaging = messagingOf('push for', given)
  if (!chatId) throw refusal('push for', event, 'it has no source, so there is no chat to push to')
  const input = { to: chatId, messages: toMessages(messages) }
  const eventId = id(member(event, 'webhookEventId'))
  if (!eventId) return messaging.pushMessage(input)
  const call = (pushes.get(given) ?? 0) + 1
  pushes.set(given, call)
  return messaging.pushMessage(input, {
    retryKey: await deriveRetryKey('push', delivery.destination, eventId, String(call)),
  })
}

// For receivers without a store, as long as the client lives: what it answered within this process.
const answered = new WeakMap<object, Store>()

function answeredBy(client: object): Store {
  const store = answered.get(client) ?? memoryStore({ maxEntries: 10_000 })
  answered.set(client, store)
  return store
}

// `respond` knows an event that it answered by its object. Each run has one for itself, and what other runs did is in the store.
const ownEvents = new WeakMap<Given, AnswerableEvent>()

/** Answers the event by the rules of `respond` of the client. */
export async function respond(given: Given, messages?: unknown, options?: unknown): Promise<Responded> {
  const { client, event, store } = given
  messagingOf('respond to', given)
  if (typeof member(event, 'deliveryContext') !== 'object')
    throw refusal('respond to', event, 'it has no deliveryContext')
  const own = ownEvents.get(given) ?? { ...(event as AnswerableEvent) } // it has what makes one; the rest is for `respond` to refuse
  ownEvents.set(given, own)
  // The context's own types have checked what the handler gave.
  const line = client as RespondClient
  return answer(line, own, toMessages(messages) as never, {
    ...(options as RespondOptions),
    store: store ?? answeredBy(line),
  })
}

/** Shows that an answer is being made. */
export async function loading(given: Given, seconds?: unknown): Promise<void> {
  const { event } = given
  const messaging = messagingOf('loading for', given)
  const source = member(event, 'source')
  const chatId = id(member(source, 'userId'))
  if (member(source, 'type') !== 'user' || !chatId)
    throw refusal('loading for', event, 'LINE shows it in chats with one user only')
  await messaging.showLoadingAnimation({ chatId, ...(typeof seconds === 'number' && { loadingSeconds: seconds }) })
}

const profiles = new WeakMap<Delivery, Map<string, Promise<unknown>>>()

function ask(messaging: Messaging, source: unknown, userId: string): Promise<unknown> {
  const groupId = id(member(source, 'groupId'))
  const roomId = id(member(source, 'roomId'))
  if (groupId) return messaging.getGroupMemberProfile({ groupId, userId })
  return roomId ? messaging.getRoomMemberProfile({ roomId, userId }) : messaging.getProfile({ userId })
}

/** Gets the profile of who did it, once per delivery. */
export async function profile(given: Given): Promise<unknown> {
  const { event, delivery, chatId } = given
  const messaging = messagingOf('profile for', given)
  const source = member(event, 'source')
  const userId = id(member(source, 'userId'))
  if (!userId) throw refusal('profile for', event, 'LINE does not tell who it was')
  const known = profiles.get(delivery) ?? new Map<string, Promise<unknown>>()
  profiles.set(delivery, known)
  const key = `${chatId} ${userId}`
  const found = known.get(key) ?? ask(messaging, source, userId)
  known.set(key, found)
  // One that failed is asked for again.
  found.catch(() => known.delete(key))
  return found
}
