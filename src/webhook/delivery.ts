import { userIdPattern } from '../core/ids.js'
import { property, textProperty } from '../core/property.js'
import type { Delivery, UnknownEvent } from './types.js'

// LINE's events are about 6 levels deep. A recursive walk by a handler or by JSON.stringify must not exhaust the stack.
const maxDepth = 64

/** Why a body is not a delivery. The texts repeat nothing from the body. */
export type Malformed = 'not UTF-8' | 'not JSON' | 'not an object with a list of events' | 'nested too deeply'

/**
 * Removes the keys that change a prototype when the object is merged into another one, and checks the nesting depth.
 * JSON.parse itself stores them as plain properties, which are harmless until then.
 */
function sanitize(value: object, depth: number): boolean {
  if (depth > maxDepth) return false
  for (const key of Object.keys(value)) {
    const inner = property(value, key)
    // Strings and numbers make up most of a delivery, and they have no effect as a prototype.
    if (typeof inner !== 'object') continue
    if (key === '__proto__' || (key === 'constructor' && typeof property(inner, 'prototype') === 'object'))
      Reflect.deleteProperty(value, key)
    else if (inner && !sanitize(inner, depth + 1)) return false
  }
  return true
}

// A non-streaming decoder keeps no state between bodies, and creating one takes as long as using it.
const decoder: TextDecoder = /* @__PURE__ */ new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** Parses a body. The result must not be trusted before the signature is verified. */
export function parseBody(body: Uint8Array): { readonly json: unknown } | Malformed {
  let text: string
  try {
    text = decoder.decode(body)
  } catch {
    return 'not UTF-8'
  }
  try {
    return { json: JSON.parse(text) }
  } catch {
    return 'not JSON'
  }
}

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

// In-app purchases of LINE MINI Apps are delivered without a list of events.
const isBareEvent = (json: object): json is UnknownEvent => !('events' in json) && !!textProperty(json, 'type')

/**
 * The bot or channel that a body names: the user ID of the bot, or the channel ID of a LINE MINI App for an in-app purchase. Returns `undefined` if
 * it names neither.
 */
export function destinationOf(json: unknown): string | undefined {
  const destination = property(json, 'destination')
  if (typeof destination === 'string' && userIdPattern.test(destination)) return destination
  const channelId = isObject(json) && isBareEvent(json) && property(json, 'channelId')
  return typeof channelId === 'string' && /^\d{1,20}$/.test(channelId) ? channelId : undefined
}

/** Checks that a parsed body is a delivery. */
export function toDelivery(json: unknown): Delivery | Malformed {
  if (!isObject(json)) return 'not an object with a list of events'
  if (!sanitize(json, 1)) return 'nested too deeply'
  const { events, destination } = json as { events?: unknown; destination?: unknown } // an object may be asked for any property
  if (isBareEvent(json)) return { destination: destinationOf(json) ?? '', events: [json] }
  if (!Array.isArray(events) || !events.every(isObject)) return 'not an object with a list of events'
  // filters.ts classifies the events by their content.
  return { destination: typeof destination === 'string' ? destination : '', events: events as Delivery['events'] }
}
