import { property } from '../core/property.js'
import type { MessageContent } from './message-content.js'
import type { PurchaseEvent } from './purchase-events.js'
import type { UnknownEvent, WebhookEvent } from './types.js'

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
