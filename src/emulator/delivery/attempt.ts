import { LineInputError } from '../../core/errors.js'
import { textProperty } from '../../core/property.js'
import type { Delivery, WebhookEvent } from '../../webhook/types.js'
import { replyTokens } from '../chat.js'
import { addToHistory } from '../history.js'
import type { AccountState, DeliveryReport } from '../state.js'
import { type Owner, stateOf, type World } from '../world.js'
import { isWebhookUrl, post, type Signer, signerOf } from './post.js'

/** How long after a failed delivery the next one is made, in milliseconds. LINE does not disclose its own number and spacing. */
const redeliveries: readonly number[] = [10_000, 60_000, 300_000, 900_000]

/** The webhook of a channel, which gets the events of an account. */
export interface Hook {
  /** Whose webhook it is: the account, or a module channel. */
  readonly owner: Owner
  /** The account whose chats the events are from. */
  readonly account: AccountState
  readonly settings: {
    readonly webhook: boolean
    readonly webhookUrl: string | undefined
    readonly redelivery: boolean
  }
  readonly deliveries: DeliveryReport[]
  /** Read at each delivery, because a channel secret can be reissued. */
  signer(): Signer
}

/** The webhook of an account's primary channel. */
export function hookOf(account: AccountState): Hook {
  const { settings, deliveries } = account
  return { owner: account, account, settings, deliveries, signer: () => signerOf(account) }
}

type Outcome = Omit<DeliveryReport, 'event' | 'at'>

function report<Event extends WebhookEvent>(
  world: World,
  { deliveries }: Hook,
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
  addToHistory(world, deliveries, made)
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
const collecting = stateOf<Owner, { waiting: Waiting[] | undefined }>(() => ({ waiting: undefined }))

/** How many turns of the microtask queue an act of a person takes at most until its event is delivered. */
const turns = 100

/** Sends events in one delivery, or tells why nothing is sent. */
export async function sendOut(world: World, hook: Hook, events: Delivery['events']): Promise<Outcome> {
  const { account, settings } = hook
  if (!settings.webhook) return notSent('the webhook is switched off')
  if (settings.webhookUrl === undefined) return notSent('there is no webhook URL')
  if (!isWebhookUrl(settings.webhookUrl))
    return { status: undefined, reason: 'could_not_connect', detail: 'Invalid URL syntax' }
  // Faults concern the account's own webhook.
  if (hook.owner === account && world.faults.takeDelivery('drop')) return notSent('a fault dropped it')
  const at = world.clock.now()
  for (const event of events) {
    const replyToken = textProperty(event, 'replyToken')
    const known = replyToken ? replyTokens(account).get(replyToken, at) : undefined
    if (known) known.deliveredAt = at
  }
  return world.clock.busy(post(world, hook.signer(), settings.webhookUrl, events))
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
      hookOf(account),
      waiting.map(({ event }) => event),
    )
    for (const { sent } of waiting) sent(outcome)
  }
  return acts
}

/** Delivers an event, and again when that fails and redelivery is on. */
export async function attempt<Event extends WebhookEvent>(
  world: World,
  hook: Hook,
  event: Event,
  earlier = 0,
): Promise<DeliveryReport<Event>> {
  const at = world.clock.now()
  const { settings } = hook
  const { waiting } = collecting(hook.owner)
  const made = await (waiting
    ? new Promise<Outcome>((sent) => waiting.push({ event, sent }))
    : sendOut(world, hook, [event]))
  const wait = redeliveries[earlier]
  const failed = made.reason !== 'ok' && made.reason !== 'not_sent'
  if (failed && settings.redelivery && wait !== undefined && isWebhookUrl(settings.webhookUrl ?? '')) {
    const again = { ...event, deliveryContext: { isRedelivery: true } }
    world.clock.later(() => void attempt(world, hook, again, earlier + 1), wait)
  }
  return report(world, hook, event, at, made)
}
