import type { Source, WebhookEvent } from '../../webhook/types.js'
import { replyTokens } from '../chat.js'
import { addToHistory } from '../history.js'
import { chatControl } from '../module/control.js'
import type { AccountState, DeliveryReport } from '../state.js'
import { stateOf, type World } from '../world.js'
import { type Attempt, isWebhookUrl, post } from './post.js'

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

function report<Event extends WebhookEvent>(
  world: World,
  account: AccountState,
  event: Event,
  at: number,
  { status, reason, detail, error }: Omit<DeliveryReport, 'event' | 'at'>,
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

function notSent(detail: string): Omit<DeliveryReport, 'event' | 'at'> {
  return { status: undefined, reason: 'not_sent', detail }
}

async function attempt<Event extends WebhookEvent>(
  world: World,
  account: AccountState,
  event: Event,
  earlier: number,
): Promise<DeliveryReport<Event>> {
  const { channel, settings } = account
  const at = world.clock.now()
  if (!settings.webhook) return report(world, account, event, at, notSent('the webhook is switched off'))
  if (settings.webhookUrl === undefined) return report(world, account, event, at, notSent('there is no webhook URL'))
  if (!isWebhookUrl(settings.webhookUrl))
    return report(world, account, event, at, {
      status: undefined,
      reason: 'could_not_connect',
      detail: 'Invalid URL syntax',
    })
  if (world.faults.takeDelivery('drop')) return report(world, account, event, at, notSent('a fault dropped it'))
  const replyToken =
    'replyToken' in event && event.replyToken ? replyTokens(account).get(event.replyToken, at) : undefined
  if (replyToken) replyToken.deliveredAt = at
  const made: Attempt = await world.clock.busy(post(world, channel, settings.webhookUrl, [event]))
  const wait = redeliveries[earlier]
  if (made.reason !== 'ok' && settings.redelivery && wait !== undefined) {
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
