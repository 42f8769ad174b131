import { property, textProperty } from '../core/property.js'
import type { MessageContent } from './message-content.js'
import type { PurchaseEvent } from './purchase-events.js'
import type { MessageEvent, PostbackEvent, UnknownEvent, WebhookEvent } from './types.js'

/**
 * Selects the events that a handler gets:
 *
 * - An event type, such as `follow`.
 * - `message:` and a message type, such as `message:text`.
 * - `postback:` and a query, such as `postback:action=buy&size=l`: postbacks whose data is a query with these values.
 * - `purchaseComplete` or `refundComplete`: in-app purchases of a LINE MINI App.
 * - `*`: every event that this version knows, except in-app purchases, which have none of the common properties.
 * - `unknown`: every event that it does not know.
 * - `standby`: every event in standby mode, known or unknown. Other filters do not get these events unless the receiver has `standby: 'handle'`.
 */
export type Filter =
  | WebhookEvent['type']
  | PurchaseEvent['type']
  | `message:${MessageContent['type']}`
  | `postback:${string}=${string}`
  | '*'
  | 'unknown'
  | 'standby'

interface Typed<Type> {
  /** Event type or message type. */
  type: Type
}

/** The events that a filter selects. */
export type EventOf<F extends Filter> = F extends '*'
  ? WebhookEvent
  : F extends 'unknown'
    ? UnknownEvent
    : F extends 'standby'
      ? WebhookEvent | UnknownEvent
      : F extends `message:${infer Type}`
        ? MessageEvent<Extract<MessageContent, Typed<Type>>>
        : F extends `postback:${string}`
          ? PostbackEvent
          : Extract<WebhookEvent | PurchaseEvent, Typed<F>>

type Kinds = { readonly [kind: string]: unknown }

const contents: { readonly [type in MessageContent['type']]: true } = {
  text: true,
  image: true,
  video: true,
  audio: true,
  file: true,
  location: true,
  sticker: true,
}

// For each event type: the property with its details and, if its `type` has a closed set of values, those values.
const known: {
  readonly [type in (WebhookEvent | PurchaseEvent)['type']]: readonly [property?: string, kinds?: Kinds]
} = {
  message: ['message', contents],
  messageEdited: ['message', { text: true }],
  unsend: ['unsend'],
  follow: [], // not required: old recorded events have no `follow` property, and most handlers do not read it
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
  things: ['things', { link: true, unlink: true, scenarioResult: true }],
  purchaseComplete: [],
  refundComplete: [],
}

const purchases: { readonly [type in PurchaseEvent['type']]: true } = { purchaseComplete: true, refundComplete: true }

const has = <Table extends object>(table: Table, key: unknown): key is keyof Table & string =>
  typeof key === 'string' && Object.hasOwn(table, key)

/** Returns the narrowest filter for the types of an event: `unknown` if one of them is new, or the property with its details is missing. */
export function nameOf(event: WebhookEvent | UnknownEvent): string {
  const { type } = event
  if (!has(known, type)) return 'unknown'
  const [field, kinds] = known[type]
  if (!field) return type
  const details = property(event, field)
  const kind = property(details, 'type')
  if (typeof details !== 'object' || details === null || (kinds && !has(kinds, kind))) return 'unknown'
  return kinds === contents ? `message:${kind}` : type
}

/** Whether a filter matches an event, given the event's name from {@link nameOf}. */
export type Test = (name: string, event: object) => boolean

/** Returns the test of a filter, or `undefined` if the filter is unknown. */
export function testOf(filter: unknown): Test | undefined {
  if (filter === 'standby') return () => true
  if (filter === '*') return (name) => name !== 'unknown' && !(name in purchases)
  if (filter === 'message') return (name) => name.startsWith('message:')
  if (typeof filter !== 'string') return undefined
  const [, type, kind = ''] = /^(postback|message):(.*)$/s.exec(filter) ?? []
  if (type === 'postback') {
    const wanted = [...new URLSearchParams(kind)]
    if (!/[^&]=/.test(kind)) return undefined
    return (name, event) => {
      if (name !== type) return false
      const data = new URLSearchParams(textProperty(property(event, type), 'data') ?? '')
      return wanted.every(([key, value]) => data.getAll(key).includes(value))
    }
  }
  if (filter === 'unknown' || (type ? has(contents, kind) : has(known, filter))) return (name) => name === filter
  return undefined
}
