import type { Source, WebhookEvent } from '../../webhook/types.js'
import { activeChannel } from '../module/control.js'
import { deliverToModules } from '../module/webhook.js'
import type { AccountState, Channel, DeliveryReport } from '../state.js'
import { stateOf, type World } from '../world.js'
import { attempt, hookOf } from './attempt.js'

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

// What a channel sees that may not answer in a chat.
function inStandby<Event extends WebhookEvent>(event: Event): Event {
  const seen: Event = { ...event, mode: 'standby' }
  if ('replyToken' in seen) delete seen.replyToken
  return seen
}

function chatIdIn(source: Source): string {
  if (source.type === 'group') return source.groupId
  return source.type === 'room' ? source.roomId : source.userId
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

async function deliverToPrimary<Event extends WebhookEvent>(
  world: World,
  account: AccountState,
  event: Event,
): Promise<DeliveryReport<Event>> {
  const hook = hookOf(account)
  if (world.faults.takeDelivery('reorder')) {
    await hold(world)
    return attempt(world, hook, event)
  }
  const first = await attempt(world, hook, event)
  if (world.faults.takeDelivery('duplicate')) await attempt(world, hook, event)
  releaseAll(world)
  return first
}

/**
 * Delivers an event to the account and to the module channels that are attached to it, and returns the report of the account's first attempt.
 * Redeliveries follow on the emulator's clock and are added to the reports. One channel may answer in a chat; for the others, the event is in standby mode and
 * has no reply token.
 */
export async function deliver<Event extends WebhookEvent>(
  world: World,
  account: AccountState,
  happened: Event,
): Promise<DeliveryReport<Event>> {
  const active = happened.source ? activeChannel(world, account, chatIdIn(happened.source)) : account.channel
  const seenBy = (channel: Channel) => (channel === active ? happened : inStandby(happened))
  const primary = deliverToPrimary(world, account, seenBy(account.channel))
  const modules = deliverToModules(world, account, happened.type, seenBy)
  const [first] = await Promise.all([primary, modules])
  return first
}
