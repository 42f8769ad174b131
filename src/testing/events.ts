import type { Clock } from '../core/clock.js'
import { buildEvents } from './build.js'
import type { Events } from './types.js'
import { createValues } from './values.js'

/** What builders are made of. */
export interface EventsOptions {
  /** Other seeds make other users, groups and IDs. */
  readonly seed?: string | undefined
  /** Where the events' time comes from. Default: a second after another, from the first of January 2026 on. */
  readonly clock?: Pick<Clock, 'now'> | undefined
}

// The first of January 2026, in UTC.
const start = 1_767_225_600_000

/**
 * Makes builders that give every event an ID of its own, by counting: in a test that always makes the same events they are always the same.
 *
 * @example
 * const events = createEvents()
 * const delivery = await signedDelivery({ channelSecret, events: [events.follow(), events.text({ text: 'Hello' })] })
 */
export function createEvents(options: EventsOptions = {}): Events {
  const { seed = '', clock } = options
  let count = 0
  return buildEvents(seed, (_, { timestamp }) => {
    count++
    return { values: createValues(`${seed}/${count}`), timestamp: timestamp ?? clock?.now() ?? start + count * 1000 }
  })
}

/**
 * Builders without memory: the IDs come from what a builder is given, so that the same call makes the same event, as LINE does when it
 * delivers an event again. Where two equal messages are to be two events, use {@link createEvents}.
 */
export const events: Events = /* @__PURE__ */ buildEvents('', (builder, { isRedelivery: _, ...input }) => ({
  values: createValues(`${builder}${JSON.stringify(input)}`),
  timestamp: input.timestamp ?? start,
}))
