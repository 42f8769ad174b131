import { member } from './member.js'
import type { MessageContent } from './message-content.js'
import type { MessageEvent, PostbackEvent, UnknownEvent, WebhookEvent } from './types.js'

/**
 * Which events a handler gets: those of a type (`follow`), messages of a type (`message:text`), postbacks whose data is a query with these
 * values (`postback:action=buy`, `postback:action=buy&size=l`), every event that the SDK knows (`*`), or those that it does not know (`unknown`).
 */
export type Filter =
  | WebhookEvent['type']
  | `message:${MessageContent['type']}`
  | `postback:${string}=${string}`
  | '*'
  | 'unknown'

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

type Kinds = { readonly [kind: string]: unknown }

const contents: { readonly [type in MessageContent['type']]: `message:${type}` } = {
  text: 'message:text',
  image: 'message:image',
  video: 'message:video',
  audio: 'message:audio',
  file: 'message:file',
  location: 'message:location',
  sticker: 'message:sticker',
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

const has = <Table extends object>(table: Table, key: unknown): key is keyof Table & string =>
  typeof key === 'string' && Object.hasOwn(table, key)

/** Gives the narrowest filter that an event passes by its types: `unknown` when one of them is new, or what it is about is missing. */
export function nameOf(event: WebhookEvent | UnknownEvent): string {
  const { type } = event
  if (!has(known, type)) return 'unknown'
  const [subject, kinds] = known[type]
  if (!subject) return type
  const about = member(event, subject)
  const kind = member(about, 'type')
  if (typeof about !== 'object' || about === null || (kinds && !has(kinds, kind))) return 'unknown'
  return kinds === contents ? contents[kind as MessageContent['type']] : type // one of them, as `has` has just found
}

/** Tells whether an event passes a filter, given its name by {@link nameOf}. */
export type Test = (name: string, event: object) => boolean

/** Makes the test of a filter, if there is such a filter. */
export function testOf(filter: unknown): Test | undefined {
  if (filter === '*') return (name) => name !== 'unknown'
  if (filter === 'message') return (name) => name.startsWith('message:')
  const [, type, kind = ''] = /^(postback|message):(.*)$/s.exec(String(filter)) ?? []
  if (type === 'postback') {
    const wanted = [...new URLSearchParams(kind)]
    if (!/[^&]=/.test(kind)) return undefined
    return (name, event) => {
      if (name !== type) return false
      const data = new URLSearchParams(String(member(member(event, type), 'data')))
      return wanted.every(([key, value]) => data.getAll(key).includes(value))
    }
  }
  if (filter === 'unknown' || (type ? has(contents, kind) : has(known, filter))) return (name) => name === filter
  return undefined
}
