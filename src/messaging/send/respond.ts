import { LineInputError } from '../../core/errors.js'
import { deriveRetryKey } from '../../core/hash.js'
import type { Methods } from '../../core/operation.js'
import type { Store } from '../../store/types.js'
import type { Source } from '../../webhook/types.js'
import type { Message } from '../message/types.js'
import type * as operations from './operations.js'
import type { SentMessage } from './types.js'

/** As much of a client as answering an event takes. */
export interface RespondClient {
  readonly messaging: Pick<Methods<typeof operations>, 'replyMessage' | 'pushMessage'>
}

/** As much of an event as answering it takes. Every event of a webhook has it. */
export interface AnswerableEvent {
  readonly webhookEventId: string
  readonly replyToken?: string | undefined
  readonly source?: Source | undefined
  readonly deliveryContext: { readonly isRedelivery: boolean }
}

/** How to answer an event. */
export interface RespondOptions {
  /**
   * What to do when LINE rejects the reply token, mostly because the answer took longer than a minute.
   * `throw` (default) does nothing more. `push` sends the messages as a push, which counts towards the month's messages:
   * one for a chat with one user, one for each member of a group or room. A reply costs nothing.
   */
  readonly whenTokenRejected?: 'throw' | 'push' | undefined
  /**
   * Where it is kept for 24 hours which events have been answered. With a store that your processes share, an event that LINE
   * delivers twice is answered once, also where the handler failed after it had answered. Default: nothing is kept beyond the event object itself.
   */
  readonly store?: Store | undefined
  /** Whether the messages come without a push notification. LINE uses `false` when it is left out. */
  readonly notificationDisabled?: boolean | undefined
  /** Ends the call. A reply that is already under way may still have been accepted by LINE. */
  readonly signal?: AbortSignal | undefined
}

/** How an event was answered. */
export interface Responded {
  /** `earlier`: the store says that another delivery of the event was answered, so nothing was sent now. */
  readonly by: 'reply' | 'push' | 'earlier'
  /** What was sent, in the order of the input. Empty for `earlier`, and where LINE accepted the messages and its answer was lost on the way. */
  readonly sentMessages: readonly SentMessage[]
}

const day = 24 * 60 * 60 * 1000

// Events that were answered, or may have been. LINE would reject a second answer, and the push for it would be lost under the key of the first.
const taken = new WeakSet<object>()

// Read-only probing: an error of another copy of the package is no instance of this one's classes.
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

/** What the store says about an event, and may be told. */
interface Claim {
  /** Whether nobody has tried to answer the event before. */
  readonly first: boolean
  readonly answered: boolean
  /** LINE has the messages. */
  keep(): Promise<void>
  /** LINE has nothing. */
  release(): Promise<void>
}

async function claim(store: Store | undefined, eventId: string): Promise<Claim> {
  if (!store) return { first: true, answered: false, keep: async () => {}, release: async () => {} }
  const key = `line-oa:answered:${eventId}`
  const first = await store.add(key, 'trying', day)
  return {
    first,
    answered: !first && (await store.get(key)) === 'answered',
    // A store that fails now must not make a failure of a send that was accepted. Its entry stays as it is, so that nobody pushes.
    keep: () => store.set(key, 'answered', day).catch(() => {}),
    release: async () => void (first && (await store.delete(key, 'trying').catch(() => {}))),
  }
}

/**
 * Answers an event with its reply token and, if you ask for it, by a push where the token came too late.
 *
 * It pushes only when LINE rejected the token on a first delivery: never when nobody can tell whether LINE took the reply, never for a redelivered
 * event (its first delivery may have been answered), and never when the store says that the event was answered. The push goes to the chat of the event
 * under a retry key made from the event's ID, so an event is pushed once at most, whatever runs twice. An event is answered once: give all messages,
 * up to five, in one call.
 *
 * LINE may deliver an event twice without calling it a redelivery. Without a `store`, `push` then sends the answer a second time, as a push.
 *
 * @throws {LineInputError} when the event has no reply token, as in `standby`, or was answered by this function before. Nothing was sent.
 * @throws {LineReplyTokenError} when LINE rejected the token and nothing was pushed.
 * @throws {LineError} when the reply, or the push after it, failed. With the outcome `unknown` LINE may have sent the messages.
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
  const { whenTokenRejected = 'throw', store, notificationDisabled, signal } = options
  const { webhookEventId, replyToken, source, deliveryContext } = event
  const refuse = (why: string) => new LineInputError(`respond to event ${webhookEventId}: ${why}`)
  if (!replyToken)
    throw refuse('it has no reply token; LINE gives none in standby and for events that nobody waits for')
  if (taken.has(event))
    throw refuse('it was answered before, or may have been; give all messages in one call, or push the others')
  const body = { messages, ...(notificationDisabled !== undefined && { notificationDisabled }) }
  const chat = chatOf(source)
  taken.add(event)
  let claimed: Claim | undefined
  try {
    claimed = await claim(store, webhookEventId)
    if (claimed.answered) return { by: 'earlier', sentMessages: [] }
    const mayPush = whenTokenRejected === 'push' && chat !== undefined && claimed.first && !deliveryContext.isRedelivery
    let by: 'reply' | 'push' = 'reply'
    const { sentMessages } = await line.messaging
      .replyMessage({ replyToken, ...body }, { signal })
      .catch(async (error: unknown) => {
        if (!mayPush || !isRejectedToken(error)) throw error
        by = 'push'
        return line.messaging.pushMessage(
          { to: chat, ...body },
          { retryKey: await deriveRetryKey('respond', webhookEventId), signal },
        )
      })
    await claimed.keep()
    return { by, sentMessages }
  } catch (error) {
    // An error that is not of a call comes from the store, before anything was sent.
    if (!claimed || factsOf(error).outcome === 'rejected') {
      taken.delete(event)
      await claimed?.release()
    }
    throw error
  }
}
