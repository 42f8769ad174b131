import { LineInputError } from '../../core/errors.js'
import { textProperty } from '../../core/property.js'
import type { Delivery, Source, WebhookEvent } from '../../webhook/types.js'
import { replyTokens } from '../chat.js'
import { addToHistory } from '../history.js'
import { chatControl } from '../module/control.js'
import type { AccountState, DeliveryReport } from '../state.js'
import { stateOf, type World } from '../world.js'
import { isWebhookUrl, post } from './post.js'

/** How long after a failed delivery the next one is made, in milliseconds. LINE does not disclose its own number and spacing. */
const redeliveries: readonly number[] = [10_000, 60_000, 300_000, 900_000]

/** How long the `reorder` fault holds a delivery back at most, in milliseconds. */
const longestHold = 1000

// The deliveries that are held back, each as the function that releases it.
const heldBack = stateOf<World, Set<() => void>>(() => new Set())

function hold(world: World): Promise<void> {
  return new Promise((go) => {
    const release = () => {
      world.clock.clearTimeout(timer)
      heldBack(world).delete(release)
      go()
    }
    const timer = world.clock.setTimeout(release, longestHold)
    heldBack(world).add(release)
  })
}

function releaseAll(world: World): void {
  for (const release of [...heldBack(world)]) release()
}

type Outcome = Omit<DeliveryReport, 'event' | 'at'>

function report<Event extends WebhookEvent>(
  world: World,
  account: AccountState,
  event: Event,
  at: number,
  { status, reason, detail, error }: Outcome,
): DeliveryReport<Event> {
  const made: DeliveryReport<Event> = {
    event,
    at,
    status,
    reason,
    detail,
    ...(error !== undefined && { error }),
  }
  addToHistory(world, account.deliveries, made)
  return made
}

function notSent(detail: string): Outcome {
  return { status: undefined, reason: 'not_sent', detail }
}

/** An event that waits for others, to be sent in one delivery with them. */
interface Waiting {
  readonly event: WebhookEvent
  readonly sent: (outcome: Outcome | PromiseLike<Outcome>) => void
}

// What waits while `deliverTogether` collects the events of an account.
const collecting = stateOf<AccountState, { waiting: Waiting[] | undefined }>(() => ({ waiting: undefined }))

/** How many turns of the microtask queue an act of a person takes at most until its event is delivered. */
const turns = 100

/** Sends events in one delivery, or tells why nothing is sent. */
export async function sendOut(world: World, account: AccountState, events: Delivery['events']): Promise<Outcome> {
  const { channel, settings } = account
  if (!settings.webhook) return notSent('the webhook is switched off')
  if (settings.webhookUrl === undefined) return notSent('there is no webhook URL')
  if (!isWebhookUrl(settings.webhookUrl))
    return { status: undefined, reason: 'could_not_connect', detail: 'Invalid URL syntax' }
  if (world.faults.takeDelivery('drop')) return notSent('a fault dropped it')
  const at = world.clock.now()
  for (const event of events) {
    const replyToken = textProperty(event, 'replyToken')
    const known = replyToken ? replyTokens(account).get(replyToken, at) : undefined
    if (known) known.deliveredAt = at
  }
  return world.clock.busy(post(world, channel, settings.webhookUrl, events))
}

/**
 * Sends what happens at the same time in one delivery.
 *
 * @param act starts what happens.
 * @returns what it returned, when all of it has been answered.
 */
export async function deliverTogether<Result>(
  world: World,
  account: AccountState,
  act: () => readonly Promise<Result>[],
): Promise<Result[]> {
  if (typeof act !== 'function') throw new LineInputError('deliverTogether: act must be a function')
  const batch = collecting(account)
  if (batch.waiting) throw new LineInputError('deliverTogether: another call is collecting the events of this account')
  const waiting: Waiting[] = []
  batch.waiting = waiting
  let acts: Promise<Result[]>
  try {
    const started: unknown = act()
    if (!Array.isArray(started)) throw new LineInputError('deliverTogether: act must return a list of promises')
    acts = Promise.all(started as Promise<Result>[]) // the type of `act` says what is in the list
    // A rejection is reported below, after the events have been sent.
    acts.catch(() => {})
    for (let turn = 0; turn < turns; turn++) await undefined
  } finally {
    batch.waiting = undefined
  }
  if (waiting.length > 0) {
    const outcome = sendOut(
      world,
      account,
      waiting.map(({ event }) => event),
    )
    for (const { sent } of waiting) sent(outcome)
  }
  return acts
}

async function attempt<Event extends WebhookEvent>(
  world: World,
  account: AccountState,
  event: Event,
  earlier: number,
): Promise<DeliveryReport<Event>> {
  const at = world.clock.now()
  const { waiting } = collecting(account)
  const made = await (waiting
    ? new Promise<Outcome>((sent) => waiting.push({ event, sent }))
    : sendOut(world, account, [event]))
  const wait = redeliveries[earlier]
  const failed = made.reason !== 'ok' && made.reason !== 'not_sent'
  if (failed && account.settings.redelivery && wait !== undefined && isWebhookUrl(account.settings.webhookUrl ?? '')) {
    const again = { ...event, deliveryContext: { isRedelivery: true } }
    world.clock.later(() => void attempt(world, account, again, earlier + 1), wait)
  }
  return report(world, account, event, at, made)
}

function chatIdIn(source: Source): string {
  if (source.type === 'group') return source.groupId
  return source.type === 'room' ? source.roomId : source.userId
}

// The primary channel is in standby mode in a chat that a module channel controls.
function asSeen<Event extends WebhookEvent>(world: World, account: AccountState, event: Event): Event {
  const control = event.source && chatControl(account, chatIdIn(event.source), world.clock.now())
  if (!control || control.channel === account.channel) return event
  const seen: Event = { ...event, mode: 'standby' }
  if ('replyToken' in seen) delete seen.replyToken
  return seen
}

/** Options for sending a message to an account. */
export interface SendOptions {
  /** Whether to throw what the bot threw, so that a test fails where the bot does. Default: `false`; the report has it as `error`. */
  readonly throwOnError?: boolean | undefined
}

/** Returns a report, or throws the error that it has. */
export function orThrow<Report extends DeliveryReport>(report: Report, throwOnError: boolean): Report {
  if (throwOnError && report.error !== undefined) throw report.error
  return report
}

/**
 * Delivers an event and returns the report of the first attempt. Redeliveries follow on the emulator's clock and are added to the account's reports.
 * In a chat that a module channel controls, the event is in standby mode and has no reply token.
 */
export async function deliver<Event extends WebhookEvent>(
  world: World,
  account: AccountState,
  happened: Event,
): Promise<DeliveryReport<Event>> {
  const event = asSeen(world, account, happened)
  if (world.faults.takeDelivery('reorder')) {
    await hold(world)
    return attempt(world, account, event, 0)
  }
  const first = await attempt(world, account, event, 0)
  if (world.faults.takeDelivery('duplicate')) await attempt(world, account, event, 0)
  releaseAll(world)
  return first
}
