import { member } from './member.js'
import type { MessageContent } from './message-content.js'
import type { MessageEvent, PostbackEvent, UnknownEvent, WebhookEvent } from './types.js'

/**
 * Which events a handler gets: those of a type (`follow`), messages of a type (`message:text`), postbacks whose data is a query with these
 * values (`postback:action=buy`, `postback:action=buy&size=l`), every event that the SDK knows (`*`), or those that it does not know (`unknown`).
 */
export type Filter = WebhookEvent['type'] | `message:${MessageContent['type']}` | `postback:${string}=${string}` | '*' | 'unknown'

/** The events that pass a filter. */
export type EventOf<F extends Filter> = F extends '*'
  ? WebhookEvent
  : F extends 'unknown'
    ? UnknownEvent
    : F extends `message:${infer Type}`
      ? MessageEvent<Extract<MessageContent, { type: Type }>>
      : F extends `postback:${string}`
        ? PostbackEvent
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
  things: ['things', { link: true, unlink: true, scenarioResult: true }],
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

/** Tells whether an event passes a filter, given the list of those that it passes by its types. */
export type Test = (names: readonly string[], event: object) => boolean

/** Makes the test of a filter, if there is such a filter. */
export function testOf(name: unknown): Test | undefined {
  const [, type, kind] = /^(postback|message):(.*)$/s.exec(String(name)) ?? []
  if (type === 'postback') {
    const wanted = [...new URLSearchParams(kind)]
    if (!/[^&]=/.test(String(kind))) return undefined
    return (names, event) => {
      if (names[0] !== type) return false
      const data = new URLSearchParams(String(member(member(event, type), 'data')))
      return wanted.every(([key, value]) => data.getAll(key).includes(value))
    }
  }
  if (typeof name !== 'string' || !(name === '*' || name === 'unknown' || (type ? has(contents, kind) : has(known, name)))) return undefined
  return (names) => names.includes(name)
}
