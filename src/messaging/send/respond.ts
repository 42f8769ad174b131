import { accountOf, channelIdOf } from '../../core/client-channel.js'
import { LineInputError } from '../../core/errors.js'
import { deriveRetryKey, keptId } from '../../core/hash.js'
import type { Methods } from '../../core/operation.js'
import { property, textProperty } from '../../core/property.js'
import type { Store } from '../../store/types.js'
import type { Source } from '../../webhook/types.js'
import type * as bot from '../bot/operations.js'
import type { Message } from '../message/types.js'
import type * as operations from './operations.js'
import type { SentMessage } from './types.js'

/** The part of a client that `respond` uses. */
export interface RespondClient {
  /** The calls that `respond` makes. */
  readonly messaging: Pick<Methods<typeof operations>, 'replyMessage' | 'pushMessage'> &
    Partial<Pick<Methods<typeof bot>, 'getBotInfo'>>
}

/** The part of a webhook event that `respond` uses. */
export interface AnswerableEvent {
  /** ID of the event. A redelivery has the same ID. */
  readonly webhookEventId: string
  /** Reply token. Absent in standby mode and on events that cannot be replied to. */
  readonly replyToken?: string | undefined
  /** Mode of the channel. In `standby` mode another channel holds the chat, so nothing is sent. */
  readonly mode?: string | undefined
  /** The chat that the event came from. A push goes to this chat. */
  readonly source?: Source | undefined
  /** How the event was delivered. */
  readonly deliveryContext: {
    /** Whether LINE has delivered the event before. A redelivered event is never pushed. */
    readonly isRedelivery: boolean
  }
}

/** Options of {@link respond}. */
export interface RespondOptions {
  /**
   * What to do when LINE rejects the reply token, usually because more than a minute has passed since the event.
   * `throw` (default) throws the error. `push` sends the messages as a push message, which counts towards the
   * monthly message quota: one message for a chat with one user, one per member for a group or multi-person chat. A
   * reply is free.
   */
  readonly whenTokenRejected?: 'throw' | 'push' | undefined
  /**
   * Records for 24 hours which events have been answered. With a store that your processes share, an event that LINE
   * delivers twice is answered once, even if the handler failed after it had answered. Default: only the event
   * object itself records it.
   */
  readonly store?: Store | undefined
  /**
   * User ID of the bot that received the event, the `destination` of the delivery. The records of a store are kept for each account; with a client
   * whose credentials do not contain a channel ID, this saves the first call one `getBotInfo`. Default: the client's account.
   */
  readonly destination?: string | undefined
  /** Whether to deliver the messages without a push notification. Default: `false`. */
  readonly notificationDisabled?: boolean | undefined
  /** Aborts the call. LINE may still have accepted a reply that was in flight. */
  readonly signal?: AbortSignal | undefined
}

/** The result of {@link respond}. */
export interface Responded {
  /**
   * How the event was answered. `already-answered` means that the store has a record of an earlier answer, so nothing
   * was sent.
   */
  readonly by: 'reply' | 'push' | 'already-answered'
  /**
   * The sent messages, in input order. Empty for `already-answered`, and when LINE accepted the messages but its
   * response was lost.
   */
  readonly sentMessages: readonly SentMessage[]
}

const day = 24 * 60 * 60 * 1000

// The mark stands on the event object, so it lives as long as the event. Symbol.for lets two copies of the package see
// each other's marks.
const answered: unique symbol = Symbol.for('line-oa.answered')

/** Marks an event as answered. Returns `false` for a frozen object, which cannot carry a mark. */
const mark = (event: AnswerableEvent): boolean =>
  Reflect.defineProperty(event, answered, { value: true, configurable: true })

const unmark = (event: AnswerableEvent): boolean => Reflect.deleteProperty(event, answered)

// `instanceof` fails for an error from another copy of the package, so the fields are read instead.
const factsOf = (error: unknown) => (error ?? {}) as { readonly code?: unknown; readonly outcome?: unknown }

function isRejectedToken(error: unknown): boolean {
  const { code, outcome } = factsOf(error)
  return code === 'LINE_REPLY_TOKEN' && outcome === 'rejected'
}

function chatOf(source: Source | undefined): string | undefined {
  switch (source?.type) {
    case 'user':
      return source.userId
    case 'group':
      return source.groupId
    case 'room':
      return source.roomId
    default:
      return undefined
  }
}

function checkArguments(line: unknown, event: unknown, options: unknown): void {
  const refuse = (why: string) => new LineInputError(`respond: ${why}`)
  if (typeof property(property(line, 'messaging'), 'replyMessage') !== 'function')
    throw refuse('line must be a client, such as createLineClient() returns')
  if (!textProperty(event, 'webhookEventId')) throw refuse('event must be a webhook event with a webhookEventId')
  if (typeof property(event, 'deliveryContext') !== 'object' || !property(event, 'deliveryContext'))
    throw refuse('event.deliveryContext must be an object, as in an event from a webhook')
  if (typeof options !== 'object' || options === null) throw refuse('options must be an object')
  const store = property(options, 'store')
  if (store !== undefined && typeof property(store, 'add') !== 'function')
    throw refuse('store must be a store, such as memoryStore() or sqliteStore(file)')
}

/** The claim of one `respond` call on an event in the store. */
interface Claim {
  /** Whether no earlier call has claimed the event. */
  readonly isFirst: boolean
  /** Whether an earlier call has answered the event. */
  readonly isAnswered: boolean
  /** Records that LINE accepted the messages. */
  confirm(): Promise<void>
  /** Releases the event, because LINE has accepted nothing. */
  release(): Promise<void>
}

async function claimEvent(store: Store | undefined, account: string, eventId: string): Promise<Claim> {
  if (!store) return { isFirst: true, isAnswered: false, confirm: async () => {}, release: async () => {} }
  const key = `line-oa:answered:${account && `${account}:`}${await keptId(eventId)}`
  const isFirst = await store.add(key, 'trying', day)
  return {
    isFirst,
    isAnswered: !isFirst && (await store.get(key)) === 'answered',
    // A store failure must not turn an accepted send into an error. The entry stays, so no later call pushes.
    confirm: () => store.set(key, 'answered', day).catch(() => {}),
    release: async () => void (isFirst && (await store.delete(key, 'trying').catch(() => {}))),
  }
}

/**
 * Answers an event with its reply token and, with `whenTokenRejected: 'push'`, with a push message if the token has
 * expired.
 *
 * It pushes only if LINE rejected the token on a first delivery. It never pushes if the outcome of the reply is
 * unknown, if the event is a redelivery (its first delivery may have been answered), or if the store has a record of
 * an answer. The push goes to the chat of the event under a retry key derived from the event ID, so each event is
 * pushed at most once, even if the process restarts.
 *
 * An event can be answered once: pass all messages, up to 5, in one call.
 *
 * LINE may deliver an event twice without marking it as a redelivery. Without a `store`, `push` then sends the
 * answer again as a push message.
 *
 * @throws {LineInputError} if the event has no reply token (as in standby mode), was already answered by this
 *   function, or is frozen when `push` is used without a `store`. Nothing was sent.
 * @throws {LineReplyTokenError} if LINE rejected the token and nothing was pushed.
 * @throws {LineError} if the reply, or the push after it, failed. With outcome `unknown`, LINE may have sent the
 *   messages.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#send-reply-message
 *
 * @example
 * receiver.on('message:text', async ({ event }) => {
 *   const text = await slowAnswer(event.message.text)
 *   await respond(line, event, [{ type: 'text', text }], { whenTokenRejected: 'push', store })
 * })
 */
export async function respond(
  line: RespondClient,
  event: AnswerableEvent,
  messages: readonly Message[],
  options: RespondOptions = {},
): Promise<Responded> {
  checkArguments(line, event, options)
  const { whenTokenRejected = 'throw', store, destination, notificationDisabled, signal } = options
  const { webhookEventId, replyToken, mode, source, deliveryContext } = event
  const refuse = (why: string) => new LineInputError(`Cannot respond to event ${webhookEventId}: ${why}`)
  if (mode === 'standby')
    throw refuse(
      'it is in standby mode: another channel holds the chat, and LINE allows only that channel to send. Wait until an activated event hands ' +
        'the chat to this channel',
    )
  if (!replyToken)
    throw refuse(
      'it has no reply token, because LINE sends none for events that cannot be replied to. Use pushMessage instead',
    )
  if (Object.hasOwn(event, answered))
    throw refuse('it was already answered, or may have been. Pass all messages in one call, or push the rest')
  if (!mark(event) && whenTokenRejected === 'push' && !store)
    throw refuse(
      "the event object is frozen, so a second answer could not be detected. Pass a copy of the event, or a `store`, to use whenTokenRejected: 'push'",
    )
  const body = { messages, ...(notificationDisabled !== undefined && { notificationDisabled }) }
  const chat = chatOf(source)
  let claim: Claim | undefined
  try {
    const account = channelIdOf(line) ?? destination ?? (store ? await accountOf(line, signal) : '')
    claim = await claimEvent(store, account, webhookEventId)
    if (claim.isAnswered) return { by: 'already-answered', sentMessages: [] }
    const mayPush = whenTokenRejected === 'push' && chat !== undefined && claim.isFirst && !deliveryContext.isRedelivery
    let by: 'reply' | 'push' = 'reply'
    const { sentMessages } = await line.messaging
      .replyMessage({ replyToken, ...body }, { signal })
      .catch(async (error: unknown) => {
        if (!mayPush || !isRejectedToken(error)) throw error
        by = 'push'
        return line.messaging.pushMessage(
          { to: chat, ...body },
          { retryKey: await deriveRetryKey('respond', ...(account ? [account] : []), webhookEventId), signal },
        )
      })
    await claim.confirm()
    return { by, sentMessages }
  } catch (error) {
    // Without a claim the store failed, so nothing was sent.
    if (!claim || factsOf(error).outcome === 'rejected') {
      unmark(event)
      await claim?.release()
    }
    throw error
  }
}
