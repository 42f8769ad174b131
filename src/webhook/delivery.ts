import { member } from './member.js'
import type { Delivery } from './types.js'

// LINE's events are about 6 deep; a recursive walk by a handler or by JSON.stringify must not exhaust the stack.
const deepest = 64

/** What a body is that cannot be taken as a delivery, for an answer that repeats nothing of it. */
export type Malformed = 'not UTF-8' | 'not JSON' | 'not an object with a list of events' | 'nested too deeply'

/**
 * Takes the keys away that change a prototype when somebody merges the object into another, and tells whether it is nested within bounds.
 * JSON.parse itself makes plain properties of them, which do no harm until then.
 */
function tame(value: object, depth: number): boolean {
  if (depth > deepest) return false
  for (const key of Object.keys(value)) {
    const inner = member(value, key)
    // Texts and numbers are most of a delivery, and as a prototype they have no effect.
    if (typeof inner !== 'object') continue
    if (key === '__proto__' || (key === 'constructor' && typeof member(inner, 'prototype') === 'object'))
      Reflect.deleteProperty(value, key)
    else if (inner && !tame(inner, depth + 1)) return false
  }
  return true
}

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

// It keeps nothing from one body to the next, and making it takes as long as using it.
const decoder: TextDecoder = /* @__PURE__ */ new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** Parses a body. Nothing of the result is to be trusted before the signature fits. */
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

/** Takes what was parsed as a delivery, if it is one. */
export function toDelivery(json: unknown): Delivery | Malformed {
  if (!isObject(json)) return 'not an object with a list of events'
  if (!tame(json, 1)) return 'nested too deeply'
  const { events, destination } = json as { events?: unknown; destination?: unknown } // an object, so it may be asked
  if (!Array.isArray(events) || !events.every(isObject)) return 'not an object with a list of events'
  // What is in the events is told apart by filtersOf.
  return { destination: typeof destination === 'string' ? destination : '', events: events as Delivery['events'] }
}
