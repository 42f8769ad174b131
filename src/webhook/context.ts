import type { Responded, RespondOptions } from '../messaging/send/respond.js'
import type { Store } from '../store/types.js'
import { member } from './member.js'
import type { Logger } from './options.js'
import type { Delivery } from './types.js'

/** As much of a client as replying takes. What `createLineClient` makes has it. */
export interface ReplyClient {
  readonly messaging: { replyMessage(input: never): Promise<unknown> }
}

type MethodOf<Client, Name extends string> = Client extends {
  readonly messaging: { readonly [N in Name]: infer Method }
}
  ? Method
  : never

type AnswerOf<Client, Name extends string> =
  MethodOf<Client, Name> extends (...args: never[]) => Promise<infer Answer> ? Answer : never

/** The message objects that a client replies with. */
export type MessageOf<Client> =
  MethodOf<Client, 'replyMessage'> extends (input: infer Input, ...rest: never[]) => unknown
    ? Input extends { readonly messages: readonly (infer Message)[] }
      ? Message
      : never
    : never

/** What a client answers when it has replied. */
export type ReplyOf<Client> = AnswerOf<Client, 'replyMessage'>

/** What `reply` takes: a text, a message, or up to five of either. Without a client nothing. */
export type ReplyContent<Client> = [MessageOf<Client>] extends [never]
  ? never
  : string | MessageOf<Client> | readonly (string | MessageOf<Client>)[]

/** What `push` takes: the same as `reply`, where the client can push. */
export type PushContent<Client> = [MethodOf<Client, 'pushMessage'>] extends [never] ? never : ReplyContent<Client>

/** What a client answers when it has pushed. */
export type PushOf<Client> = AnswerOf<Client, 'pushMessage'>

/** The profile that a client gets of a user, or of a member of a group chat or multi-person chat. */
export type ProfileOf<Client> = AnswerOf<Client, 'getProfile' | 'getGroupMemberProfile' | 'getRoomMemberProfile'>

/** What a handler gets. Its functions need no `this`. */
export interface Context<Event, Client> {
  readonly event: Event
  /** The client of the channel that the event came to. */
  readonly client: Client
  /** The user ID of the bot that the event came to; empty when the delivery names none. */
  readonly destination: string
  /** Where to push an answer to: the ID of the group, of the room, or of the user. Missing where the event has no source. */
  readonly chatId: string | undefined
  /** Whether it happened in a group chat or multi-person chat. */
  readonly isGroup: boolean
  /** Whether LINE says that it delivers the event again. */
  readonly isRedelivery: boolean
  /** Whether a newer event of the same chat was handled by this receiver before. LINE does not keep the order of events. */
  readonly isLate: boolean
  /** What the receiver was given to log with. Default: `console`. */
  readonly logger: Logger
  /**
   * Replies to the event with up to five messages; a text becomes a text message.
   *
   * A reply token works once, and only for a minute. Replies do not count towards the month's messages.
   *
   * @throws {LineInputError} when the receiver has no client, or the event no reply token.
   * @see https://developers.line.biz/en/reference/messaging-api/#send-reply-message
   */
  readonly reply: (messages: ReplyContent<Client>) => Promise<ReplyOf<Client>>
  /**
   * Replies, and with `whenTokenRejected: 'push'` pushes instead where the reply token came too late; see `respond` of `line-oa`, whose
   * rules keep it from sending twice. What was answered is remembered in the receiver's store. Once per event.
   *
   * @throws {LineInputError} when the receiver has no client, the event no reply token, or it was answered before.
   * @throws {LineError} when the reply, or the push after it, failed.
   */
  readonly respond: (messages: PushContent<Client>, options?: Omit<RespondOptions, 'store'>) => Promise<Responded>
  /**
   * Pushes up to five messages to the chat of the event. They count towards the month's messages, in a group for each member.
   *
   * Its retry key comes from the event's ID and the number of the call, so that a handler which runs again for the same event within
   * 24 hours, and makes the same calls in the same order, sends nothing twice.
   *
   * @throws {LineInputError} when the receiver has no client, or the event no chat.
   * @see https://developers.line.biz/en/reference/messaging-api/#send-push-message
   */
  readonly push: (messages: PushContent<Client>) => Promise<PushOf<Client>>
  /**
   * Shows the user that an answer is being made, for so many seconds or until a message comes. LINE has it in chats with one user only.
   *
   * @param seconds 5 to 60, in steps of 5. LINE uses 20 when it is left out.
   * @throws {LineInputError} when the receiver has no client, or it is no chat with one user.
   * @see https://developers.line.biz/en/reference/messaging-api/#display-a-loading-indicator
   */
  readonly loading: (seconds?: number) => Promise<void>
  /**
   * Gets the profile of who did it, as a member of the group where it happened in one. LINE is asked once per delivery for each of them.
   *
   * @throws {LineInputError} when the receiver has no client, or LINE does not tell who it was.
   * @see https://developers.line.biz/en/reference/messaging-api/#get-profile
   */
  readonly profile: () => Promise<ProfileOf<Client>>
}

/** What the functions of a context work with. */
export interface Given {
  readonly event: object
  readonly client: unknown
  readonly delivery: Delivery
  readonly chatId: string | undefined
  /** Where to remember what was answered; undefined where the receiver was given no store. */
  readonly store: Store | undefined
}

/** Makes what a handler of an event gets. */
export function createContext(given: Given, isLate: boolean, logger: Logger): Context<unknown, unknown> {
  const { event, client, delivery, chatId } = given
  // Loaded when a handler first sends something: many receivers, such as those that fill a queue, never do.
  const send =
    (name: keyof typeof import('./sends.js')) =>
    async (...input: unknown[]): Promise<never> =>
      // What comes back is the client's own answer, so of the client's own type.
      (await import('./sends.js'))[name](given, ...input) as never
  return {
    event,
    client,
    destination: delivery.destination,
    chatId,
    isGroup: chatId !== undefined && member(member(event, 'source'), 'userId') !== chatId,
    isRedelivery: member(member(event, 'deliveryContext'), 'isRedelivery') === true,
    isLate,
    logger,
    reply: send('reply'),
    respond: send('respond'),
    push: send('push'),
    loading: send('loading'),
    profile: send('profile'),
  }
}
