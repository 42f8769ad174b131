import { LineInputError } from '../../core/errors.js'
import { property, textProperty } from '../../core/property.js'
import type { UnknownEvent, WebhookEvent } from '../../webhook/types.js'
import { quoteTokens, readTokens, replyTokens } from '../chat.js'
import type { AccountState, DeliveryReport } from '../state.js'
import type { World } from '../world.js'
import { hookOf, sendOut } from './attempt.js'

/** The most events that are sent in one delivery. LINE does not disclose its own number. */
const mostEvents = 10_000

function readEvents<Event>(events: readonly Event[]): Event[] {
  if (events.length > mostEvents)
    throw new LineInputError(`deliver: at most ${mostEvents} events can be delivered at once`)
  return events.map((event, at) => {
    if (typeof event !== 'object' || event === null || Array.isArray(event))
      throw new LineInputError(`deliver: events[${at}] must be an object`)
    try {
      // Like LINE's events, it has gone through JSON.
      return JSON.parse(JSON.stringify(event))
    } catch {
      throw new LineInputError(`deliver: events[${at}] must consist of JSON values, without cycles and BigInt`)
    }
  })
}

// A bot that answers the event uses its tokens, so they work from now on, as if LINE had made them.
function registerTokens(world: World, account: AccountState, event: unknown): void {
  const source = property(event, 'source')
  const chatId = textProperty(source, 'groupId') ?? textProperty(source, 'roomId') ?? textProperty(source, 'userId')
  if (chatId === undefined) return
  const now = world.clock.now()
  const message = property(event, 'message')
  const [replyToken, quoteToken] = [textProperty(event, 'replyToken'), textProperty(message, 'quoteToken')]
  const [readToken, messageId] = [textProperty(message, 'markAsReadToken'), textProperty(message, 'id')]
  if (replyToken) replyTokens(account).set(replyToken, { chatId, eventAt: now, deliveredAt: undefined }, now)
  if (quoteToken) quoteTokens(account).keep(quoteToken, chatId, world.historyLimit)
  if (readToken && messageId) readTokens(account).keep(readToken, { chatId, messageId }, world.historyLimit)
}

/**
 * Delivers events as they are given, all in one delivery. Their reply tokens, quote tokens and tokens for marking messages as read work from then on.
 *
 * @throws {LineInputError} when an event is not an object of JSON values.
 */
export async function deliverGiven<Event extends WebhookEvent | UnknownEvent>(
  world: World,
  account: AccountState,
  given: readonly Event[],
): Promise<DeliveryReport<Event>[]> {
  const events = readEvents(given)
  for (const event of events) registerTokens(world, account, event)
  const at = world.clock.now()
  const outcome = await sendOut(world, hookOf(account), events)
  return events.map((event) => ({ event, at, ...outcome }))
}
