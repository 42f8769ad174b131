import { LineAbortedError, LineInputError } from '../core/errors.js'
import { deriveRetryKey } from '../core/hash.js'
import { property, textProperty } from '../core/property.js'
import {
  type RespondClient,
  type Responded,
  type RespondOptions,
  respond as respondToEvent,
} from '../messaging/send/respond.js'
import { memoryStore } from '../store/memory.js'
import type { Store } from '../store/types.js'
import type { ContextState } from './context.js'

/** The client methods that a context uses. */
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

// A string becomes a text message.
function toMessages(messages: unknown): readonly unknown[] {
  const list = (Array.isArray(messages) ? messages : [messages]) as readonly unknown[] // isArray alone gives any[]
  return list.map((message) => (typeof message === 'string' ? { type: 'text', text: message } : message))
}

function inputError(method: string, event: object, problem: string): LineInputError {
  const type = textProperty(event, 'type') ?? 'unknown'
  const id = textProperty(event, 'webhookEventId') ?? 'without an ID'
  return new LineInputError(`${method}: the ${type} event ${id} ${problem}`)
}

function messagingOf(method: string, { client, event }: ContextState): Messaging {
  if (!client)
    throw inputError(
      method,
      event,
      'was received without a client; pass client to createReceiver, or return it from the channel function',
    )
  // The types of the context only offer the methods that this client has.
  return (client as { readonly messaging: Messaging }).messaging
}

/** Replies to the event. */
async function reply(state: ContextState, messages?: unknown): Promise<unknown> {
  const { event } = state
  const messaging = messagingOf('reply', state)
  const replyToken = textProperty(event, 'replyToken')
  if (!replyToken)
    throw inputError(
      'reply',
      event,
      'has no reply token, because LINE sends none for events that cannot be replied to. Use push instead',
    )
  return messaging.replyMessage({ replyToken, messages: toMessages(messages) })
}

/** Pushes to the chat of the event, with a retry key derived from the event's ID and the number of the call. */
async function push(state: ContextState, messages?: unknown): Promise<unknown> {
  const { event, chatId, destination } = state
  const messaging = messagingOf('push', state)
  if (!chatId) throw inputError('push', event, 'has no source, so there is no chat to push to')
  const input = { to: chatId, messages: toMessages(messages) }
  const eventId = textProperty(event, 'webhookEventId')
  if (!eventId) return messaging.pushMessage(input)
  state.pushes++
  return messaging.pushMessage(input, {
    retryKey: await deriveRetryKey('push', destination, eventId, String(state.pushes)),
  })
}

/** Responds to the event with the client's `respond`. */
async function respond(state: ContextState, messages?: unknown, options?: unknown): Promise<Responded> {
  const { client, event, receiver, destination } = state
  messagingOf('respond', state)
  const deliveryContext = property(event, 'deliveryContext')
  if (typeof deliveryContext !== 'object' || !deliveryContext)
    throw inputError('respond', event, 'has no deliveryContext')
  // `respond` recognizes an event that it has answered by its object. Each run of the handlers has its own, and the store has what
  // other runs did. The event has all that it needs; `respond` itself refuses one that cannot be answered.
  state.answerable ??= { ...(event as NonNullable<ContextState['answerable']>) }
  // The types of the context have checked what the handler passed.
  return respondToEvent(client as RespondClient, state.answerable, toMessages(messages) as never, {
    ...(options as RespondOptions),
    destination,
    store: receiver.store ?? answeredBy(client as RespondClient, receiver),
  })
}

// Without a store, the receiver remembers what each client has answered within this process.
function answeredBy(client: object, receiver: ContextState['receiver']): Store {
  receiver.answered ??= new WeakMap()
  const store = receiver.answered.get(client) ?? memoryStore({ maxEntries: 10_000 })
  receiver.answered.set(client, store)
  return store
}

/** Shows the loading animation. */
async function loading(state: ContextState, seconds?: unknown): Promise<void> {
  const { event } = state
  const messaging = messagingOf('loading', state)
  const source = property(event, 'source')
  const chatId = textProperty(source, 'userId')
  if (property(source, 'type') !== 'user' || !chatId)
    throw inputError('loading', event, 'is not from a one-on-one chat; LINE shows the loading animation only there')
  await messaging.showLoadingAnimation({ chatId, ...(typeof seconds === 'number' && { loadingSeconds: seconds }) })
}

function fetchProfile(messaging: Messaging, source: unknown, userId: string): Promise<unknown> {
  const groupId = textProperty(source, 'groupId')
  const roomId = textProperty(source, 'roomId')
  if (groupId) return messaging.getGroupMemberProfile({ groupId, userId })
  return roomId ? messaging.getRoomMemberProfile({ roomId, userId }) : messaging.getProfile({ userId })
}

/** Gets the profile of the user who caused the event, once per delivery. */
async function profile(state: ContextState): Promise<unknown> {
  const { event, delivery, chatId } = state
  const messaging = messagingOf('profile', state)
  const source = property(event, 'source')
  const userId = textProperty(source, 'userId')
  if (!userId) throw inputError('profile', event, 'has no user ID')
  delivery.profiles ??= new Map()
  const { profiles } = delivery
  const key = `${chatId} ${userId}`
  const found = profiles.get(key) ?? fetchProfile(messaging, source, userId)
  profiles.set(key, found)
  // A failed request is repeated on the next call.
  found.catch(() => profiles.delete(key))
  return found
}

const methods = { reply, push, respond, loading, profile }

/** The methods of a context. */
export type Method = keyof typeof methods

/** Calls a method of a context, unless the event may not be answered. */
export async function call(name: Method, state: ContextState, [first, second]: readonly unknown[]): Promise<unknown> {
  if (name !== 'profile') {
    if (state.isStandby)
      throw inputError(
        name,
        state.event,
        'is in standby mode: another channel holds the chat, and LINE allows only that channel to send. Wait until an activated event ' +
          'hands the chat to this channel',
      )
    const signal = state.controller?.signal
    if (signal?.aborted)
      throw new LineAbortedError(`${name}: the handlers of the event exceeded handlerTimeout, so nothing was sent`, {
        cause: signal.reason,
      })
  }
  return methods[name](state, first, second)
}
