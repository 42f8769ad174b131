import { property, textProperty } from '../core/property.js'
import type { AnswerableEvent, Responded, RespondOptions } from '../messaging/send/respond.js'
import type { Store } from '../store/types.js'
import type { Method } from './context-methods.js'
import type { Logger } from './options.js'
import type { PendingCalls } from './pending-calls.js'

/** The part of a client that a receiver needs in order to reply. A client from `createLineClient` has it. */
export interface ReplyClient {
  /** The client's Messaging API methods. */
  readonly messaging: {
    /** Sends a reply. */
    replyMessage(input: never): Promise<unknown>
  }
}

type MethodOf<Client, Name extends string> = Client extends {
  readonly messaging: { readonly [N in Name]: infer Method }
}
  ? Method
  : never

type ResultOf<Client, Name extends string> =
  MethodOf<Client, Name> extends (...args: never[]) => Promise<infer Result> ? Result : never

/** The message objects that a client can reply with. */
type MessageOf<Client> =
  MethodOf<Client, 'replyMessage'> extends (input: infer Input, ...rest: never[]) => unknown
    ? Input extends { readonly messages: readonly (infer Message)[] }
      ? Message
      : never
    : never

/** What a client returns from a reply. */
export type ReplyOf<Client> = ResultOf<Client, 'replyMessage'>

declare const noClient: unique symbol

/** What `reply` and `push` take in a receiver without a client: nothing. Its name says in the compiler's error what to do. */
export interface GiveCreateReceiverAClient {
  /** No value has this property. */
  readonly [noClient]: never
}

/** The messages for `reply`: a string, a message object, or a list of up to 5 of them. Without a client, nothing. */
export type ReplyContent<Client> = [MessageOf<Client>] extends [never]
  ? GiveCreateReceiverAClient
  : string | MessageOf<Client> | readonly (string | MessageOf<Client>)[]

/** The messages for `push`: the same as for `reply`, if the client can push. */
export type PushContent<Client> = [MethodOf<Client, 'pushMessage'>] extends [never]
  ? GiveCreateReceiverAClient
  : ReplyContent<Client>

/** What a client returns from a push. */
export type PushOf<Client> = ResultOf<Client, 'pushMessage'>

/** The profile that a client gets for a user, or for a member of a group chat or multi-person chat. */
export type ProfileOf<Client> = ResultOf<Client, 'getProfile' | 'getGroupMemberProfile' | 'getRoomMemberProfile'>

/** A string for text messages, and possibly missing for other events. */
type TextOf<Event> = Event extends { readonly message: { readonly type: 'text'; readonly text: string } }
  ? string
  : string | undefined

/** What a handler is called with. Its methods can be destructured. */
export interface Context<Event, Client> {
  /** The event, as LINE sent it. */
  readonly event: Event
  /** The client of the channel that received the event. */
  readonly client: Client
  /** User ID of the bot that received the event. An empty string if the delivery has none. */
  readonly destination: string
  /** The ID to push to: the group ID, room ID or user ID of the event's source. Missing if the event has no source. */
  readonly chatId: string | undefined
  /** The ID of the user who caused the event. Missing where LINE does not tell, as in groups without the user's consent. */
  readonly userId: string | undefined
  /** The text of a text message, as LINE sent it. Missing for other events. */
  readonly text: TextOf<Event>
  /** The kind of chat: `user` for a one-on-one chat, `group`, or `room` for a multi-person chat. Missing if the event has no source, or one of a new type. */
  readonly chatType: 'user' | 'group' | 'room' | undefined
  /** Whether a text message mentions the bot itself. A mention of everyone does not count. */
  readonly isMentioned: boolean
  /** Whether the event comes from a group chat or multi-person chat. */
  readonly isGroup: boolean
  /** Whether LINE marked the event as redelivered. */
  readonly isRedelivery: boolean
  /** Whether this receiver has already handled a newer event of the same chat. LINE does not guarantee the order of events. */
  readonly isOutOfOrder: boolean
  /** The receiver's logger. Default: `console`. */
  readonly logger: Logger
  /**
   * Aborted when the handlers of the event exceed the receiver's `handlerTimeout`. From then on, `reply` and the other methods that send refuse to.
   * Pass it to `fetch` and to everything else that can be aborted.
   */
  readonly signal: AbortSignal
  /**
   * Replies to the event with up to 5 messages. A string becomes a text message.
   *
   * A reply token works once, and expires a minute after the event. Replies do not count towards the monthly message quota.
   *
   * @throws {LineInputError} if the receiver has no client, the event has no reply token, or it is in standby mode.
   * @throws {LineAbortedError} if `handlerTimeout` has elapsed.
   * @see https://developers.line.biz/en/reference/messaging-api/#send-reply-message
   */
  readonly reply: (messages: ReplyContent<Client>) => Promise<ReplyOf<Client>>
  /**
   * Replies to the event, and with `whenTokenRejected: 'push'` falls back to a push if the reply token has expired.
   *
   * It follows the rules of `respond` of `line-oa`, which prevent duplicate messages. The receiver's store records which events have been
   * answered. Call it once per event.
   *
   * @throws {LineInputError} if the receiver has no client, the event has no reply token or was answered before, or it is in standby mode.
   * @throws {LineAbortedError} if `handlerTimeout` has elapsed.
   * @throws {LineError} if the reply, or the push after it, failed.
   */
  readonly respond: (
    messages: PushContent<Client>,
    options?: Omit<RespondOptions, 'store' | 'destination'>,
  ) => Promise<Responded>
  /**
   * Pushes up to 5 messages to the chat of the event. They count towards the monthly message quota, in a group once for each member.
   *
   * The retry key is derived from the event's ID and the number of the call. A handler that runs again for the same event within 24 hours,
   * and makes the same calls in the same order, sends no duplicates.
   *
   * @throws {LineInputError} if the receiver has no client, the event has no chat, or it is in standby mode.
   * @throws {LineAbortedError} if `handlerTimeout` has elapsed.
   * @see https://developers.line.biz/en/reference/messaging-api/#send-push-message
   */
  readonly push: (messages: PushContent<Client>) => Promise<PushOf<Client>>
  /**
   * Shows the loading animation for a number of seconds, or until a message is sent. Only one-on-one chats have it.
   *
   * @param seconds How long to show it, in seconds: 5 to 60, in steps of 5. Default: 20.
   * @throws {LineInputError} if the receiver has no client, or the event is not from a one-on-one chat or in standby mode.
   * @throws {LineAbortedError} if `handlerTimeout` has elapsed.
   * @see https://developers.line.biz/en/reference/messaging-api/#display-a-loading-indicator
   */
  readonly loading: (seconds?: number) => Promise<void>
  /**
   * Gets the profile of the user who caused the event; in a group chat, the profile as a member of that group.
   * Requests the profile of each user once per delivery.
   *
   * @throws {LineInputError} if the receiver has no client, or the event has no user ID.
   * @see https://developers.line.biz/en/reference/messaging-api/#get-profile
   */
  readonly profile: () => Promise<ProfileOf<Client>>
}

/** The state behind a context: one object for each run of the handlers of an event. */
export interface ContextState {
  readonly event: object
  readonly client: unknown
  readonly destination: string
  readonly chatId: string | undefined
  /** State that all contexts of a receiver share. */
  readonly receiver: {
    readonly store: Store | undefined
    /** The stores that replace a missing `store`, by client. */
    answered?: WeakMap<object, Store>
  }
  /** State that all contexts of a delivery share. */
  readonly delivery: { profiles?: Map<string, Promise<unknown>> }
  /** The number of pushes so far. It starts at 0 in every run, so that a second run derives the same retry keys. */
  pushes: number
  /** The copy of the event that `respond` is called with. */
  answerable?: AnswerableEvent
  /** The calls of the handlers. */
  readonly calls: PendingCalls
  /** Whether another channel holds the chat. */
  readonly isStandby: boolean
  /** Created when a handler reads the signal, or the handlers take too long. */
  controller?: AbortController
}

const controllerOf = (state: ContextState): AbortController => {
  state.controller ??= new AbortController()
  return state.controller
}

/** Aborts the signal of a context, so that its methods no longer send. */
export const abort = (state: ContextState, reason: Error): void => controllerOf(state).abort(reason)

/** What handlers ask most of an event, which is JSON that was signed but not validated. */
function factsOf(event: object): Pick<Context<unknown, unknown>, 'userId' | 'text' | 'chatType' | 'isMentioned'> {
  const [source, message] = [property(event, 'source'), property(event, 'message')]
  const type = property(source, 'type')
  const mentionees = property(property(message, 'mention'), 'mentionees')
  return {
    userId: textProperty(source, 'userId'),
    text: property(message, 'type') === 'text' ? textProperty(message, 'text') : undefined,
    chatType: type === 'user' || type === 'group' || type === 'room' ? type : undefined,
    isMentioned:
      Array.isArray(mentionees) &&
      mentionees.some((one: unknown) => property(one, 'type') === 'user' && property(one, 'isSelf') === true),
  }
}

/** Creates the context for the handlers of an event. */
export function createContext(state: ContextState, isOutOfOrder: boolean, logger: Logger): Context<unknown, unknown> {
  const { event, client, destination, chatId, calls } = state
  // Loaded on the first call: many receivers, such as those that only fill a queue, never send anything.
  const load = async (name: Method, input: readonly unknown[]): Promise<never> =>
    // The result comes from the client, so it has the client's own type.
    (await import('./context-methods.js')).call(name, state, input) as never
  const method =
    (name: Method) =>
    (...input: unknown[]): Promise<never> =>
      calls.track(load(name, input), name)
  return {
    event,
    client,
    destination,
    chatId,
    ...factsOf(event),
    isGroup: chatId !== undefined && property(property(event, 'source'), 'userId') !== chatId,
    isRedelivery: property(property(event, 'deliveryContext'), 'isRedelivery') === true,
    isOutOfOrder,
    logger,
    get signal() {
      return controllerOf(state).signal
    },
    reply: method('reply'),
    respond: method('respond'),
    push: method('push'),
    loading: method('loading'),
    profile: method('profile'),
  }
}
