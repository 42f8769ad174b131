import type { MessageContent } from './message-content.js'
import type { MessageEvent, UnknownEvent, WebhookEvent } from './types.js'

/**
 * Which events a handler gets: those of a type (`follow`), messages of a type (`message:text`), every event that the SDK knows (`*`),
 * or those that it does not know (`unknown`).
 */
export type Filter = WebhookEvent['type'] | `message:${MessageContent['type']}` | '*' | 'unknown'

/** The events that pass a filter. */
export type EventOf<F extends Filter> = F extends '*'
  ? WebhookEvent
  : F extends 'unknown'
    ? UnknownEvent
    : F extends `message:${infer Type}`
      ? MessageEvent<Extract<MessageContent, { type: Type }>>
      : Extract<WebhookEvent, { type: F }>

type Kinds = { readonly [kind: string]: true }

const contents: { readonly [type in MessageContent['type']]: true } = {
  text: true,
  image: true,
  video: true,
  audio: true,
  file: true,
  location: true,
  sticker: true,
}

// For each type the member that it is about, and where that is a closed union, what its `type` may be.
const known: { readonly [type in WebhookEvent['type']]: readonly [subject?: string, kinds?: Kinds] } = {
  message: ['message', contents],
  messageEdited: ['message', { text: true }],
  unsend: ['unsend'],
  follow: [], // older recordings have no `follow` in it, and a greeting does not need it
  unfollow: [],
  join: [],
  leave: [],
  memberJoined: ['joined'],
  memberLeft: ['left'],
  postback: ['postback'],
  videoPlayComplete: ['videoPlayComplete'],
  beacon: ['beacon'],
  accountLink: ['link'],
  membership: ['membership'],
  delivery: ['delivery'],
  module: ['module', { attached: true, detached: true }],
  activated: ['chatControl'],
  deactivated: [],
  botSuspended: [],
  botResumed: [],
}

/** Reads a member of what came from outside, whatever that is. */
export function member(value: unknown, name: string): unknown {
  // An object may be asked for any name; what is there stays unknown.
  return typeof value === 'object' && value !== null ? (value as { readonly [name: string]: unknown })[name] : undefined
}

const has = (table: object, key: unknown): key is string => typeof key === 'string' && Object.hasOwn(table, key)

/** Lists the filters that an event passes. An event whose type or inner type is new, or that misses what it is about, passes `unknown` only. */
export function filtersOf(event: WebhookEvent | UnknownEvent): readonly string[] {
  const { type } = event
  if (!has(known, type)) return ['unknown']
  // `has` has just found the type among the keys.
  const [subject, kinds] = known[type as WebhookEvent['type']]
  if (!subject) return [type, '*']
  const about = member(event, subject)
  const kind = member(about, 'type')
  if (typeof about !== 'object' || about === null || (kinds && !has(kinds, kind))) return ['unknown']
  return type === 'message' ? [type, `message:${kind}`, '*'] : [type, '*']
}

/** Tells whether a handler can be registered under a name. */
export function isFilter(name: unknown): name is Filter {
  if (name === '*' || name === 'unknown') return true
  return typeof name === 'string' && (name.startsWith('message:') ? has(contents, name.slice(8)) : has(known, name))
}
