import { property, textProperty } from '../core/property.js'
import type { MessageContent } from './message-content.js'
import type { PurchaseEvent } from './purchase-events.js'
import type { MessageEvent, PostbackEvent, UnknownEvent, WebhookEvent } from './types.js'

/**
 * Selects the events that a handler gets by a name:
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

/** An event as a handler can get it. */
type AnyEvent = WebhookEvent | UnknownEvent

/**
 * Selects events by a function, such as one of `hears`, `command`, `inChat` and `allOf`, or your own. With a type guard, the handler gets the type that it
 * guards. An error that it throws fails the event.
 *
 * @param event the event.
 * @param name the narrowest name of the event, such as `message:text`; `unknown` for an event of a new type.
 */
export type FilterFunction<Event extends AnyEvent = AnyEvent> =
  | Guard<Event>
  | ((event: AnyEvent, name: string) => boolean)

type Guard<Event extends AnyEvent> = (event: AnyEvent, name: string) => event is Event

/** Selects the events that a handler gets: a name, a list of names of which one must match, or a function. */
export type EventFilter = Filter | readonly Filter[] | FilterFunction

interface Typed<Type> {
  /** Event type or message type. */
  type: Type
}

/** The events that a filter selects. */
export type EventOf<F extends EventFilter> = F extends Filter
  ? NamedEvent<F>
  : F extends readonly (infer Name extends Filter)[]
    ? NamedEvent<Name>
    : F extends Guard<infer Event>
      ? Event
      : AnyEvent

type NamedEvent<F extends Filter> = F extends '*'
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

const contents: { readonly [type in MessageContent['type']]: 1 } = {
  text: 1,
  image: 1,
  video: 1,
  audio: 1,
  file: 1,
  location: 1,
  sticker: 1,
}

const types: { readonly [type in (WebhookEvent | PurchaseEvent)['type']]: 1 } = {
  message: 1,
  messageEdited: 1,
  unsend: 1,
  follow: 1,
  unfollow: 1,
  join: 1,
  leave: 1,
  memberJoined: 1,
  memberLeft: 1,
  postback: 1,
  videoPlayComplete: 1,
  beacon: 1,
  accountLink: 1,
  membership: 1,
  delivery: 1,
  module: 1,
  activated: 1,
  deactivated: 1,
  botSuspended: 1,
  botResumed: 1,
  things: 1,
  purchaseComplete: 1,
  refundComplete: 1,
}

const has = (table: object, key: unknown) => typeof key === 'string' && Object.hasOwn(table, key)

/** Returns the problem with an unknown filter: what exists, and the name that has the most pairs of letters in common with it. */
export function unknownFilter(filter: unknown): string {
  const names = [
    ...Object.keys(types),
    ...Object.keys(contents).map((kind) => `message:${kind}`),
    '*',
    'unknown',
    'standby',
  ]
  const wrong: unknown = Array.isArray(filter) ? filter.find((one) => !testOf(one)) : filter
  const given = typeof wrong === 'string' ? wrong : typeof wrong
  const inCommon = (name: string) =>
    [...name].filter((_, at) => given.includes(name.slice(at, at + 2))).length -
    Math.abs(name.length - given.length) / 2
  const [nearest] = [...names].sort((one, other) => inCommon(other) - inCommon(one))
  return `Unknown filter ${JSON.stringify(given)}; did you mean '${nearest}'? Filters are a function, postback:KEY=VALUE, ${names.join(', ')}`
}

/** Whether a filter matches an event, given the event's name. */
export type Test = (name: string, event: object) => boolean

/** Returns the test of a filter, or `undefined` if the filter is unknown. */
export function testOf(filter: unknown): Test | undefined {
  if (filter === 'standby') return () => true
  if (filter === '*') return (name) => !['unknown', 'purchaseComplete', 'refundComplete'].includes(name)
  if (filter === 'message') return (name) => name.startsWith('message:')
  if (typeof filter === 'function') return (name, event) => filter(event, name) === true
  if (Array.isArray(filter)) {
    const tests = filter.map((one) => (typeof one === 'string' && one !== 'standby' ? testOf(one) : undefined))
    return tests.length === 0 || tests.includes(undefined)
      ? undefined
      : (name, event) => tests.some((test) => test?.(name, event))
  }
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
  if (filter === 'unknown' || (type ? has(contents, kind) : has(types, filter))) return (name) => name === filter
  return undefined
}
