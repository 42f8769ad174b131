import { LineInputError } from '../core/errors.js'
import { property, textProperty } from '../core/property.js'
import { type EventFilter, type EventOf, testOf } from './filters.js'
import { type TextMessageContent, textWithoutMentions } from './message-content.js'
import type { GroupSource, MessageEvent, RoomSource, UnknownEvent, UserSource, WebhookEvent } from './types.js'

type AnyEvent = WebhookEvent | UnknownEvent

/** A text message event. */
type TextEvent = MessageEvent<TextMessageContent>

/** What `hears` listens to: a whole text, or a pattern. */
export type Heard = string | RegExp

// People type full-width letters, capital letters and spaces around a word.
const plain = (text: string) => text.normalize('NFKC').trim().toLowerCase()

/** The text of a text message without its mentions; `undefined` for other events. */
function saidIn(event: AnyEvent, name: string): string | undefined {
  if (name !== 'message:text') return undefined
  const message = property(event, 'message')
  // An event whose text is not a string is not a text message of LINE.
  return textProperty(message, 'text') === undefined ? undefined : textWithoutMentions(message as TextMessageContent)
}

/**
 * Selects text messages. A string must be the whole text; upper and lower case, full-width letters, mentions, and spaces at both ends make no difference. A
 * regular expression is tested against the text without mentions.
 *
 * @param texts texts and patterns, of which one must match.
 * @throws {LineInputError} if there is no text, or one of them is neither a string nor a regular expression.
 * @example
 * receiver.on(hears('menu', 'メニュー', /^order \d+$/i), ({ reply }) => reply('Here is our menu'))
 */
export function hears(...texts: readonly [Heard, ...Heard[]]): (event: AnyEvent, name: string) => event is TextEvent {
  const given: readonly unknown[] = texts
  if (given.length === 0) throw new LineInputError('hears: pass at least one text or regular expression')
  const tests = given.map((text) => {
    if (typeof text === 'string') {
      const wanted = plain(text)
      return (said: string) => plain(said) === wanted
    }
    if (!(text instanceof RegExp)) throw new LineInputError('hears: each text must be a string or a regular expression')
    // Unlike test(), it does not begin where a regular expression with g or y has stopped.
    return (said: string) => said.search(text) >= 0
  })
  return (event, name): event is TextEvent => {
    const said = saidIn(event, name)
    return said !== undefined && tests.some((test) => test(said))
  }
}

/** Options of {@link command}. */
export interface CommandOptions {
  /** What a command begins with. Default: `/`. */
  readonly prefix?: string | undefined
}

/**
 * Selects text messages that begin with a command, such as `/order` in `/order 2 teas`. Upper and lower case and mentions make no difference.
 * {@link argumentsOf} returns the words after it.
 *
 * @throws {LineInputError} if the name is empty or contains whitespace.
 * @example
 * receiver.on(command('order'), ({ event, reply }) => reply(`You ordered: ${argumentsOf(event).join(', ')}`))
 */
export function command(
  name: string,
  options: CommandOptions = {},
): (event: AnyEvent, name: string) => event is TextEvent {
  const { prefix = '/' } = options ?? {}
  if (typeof name !== 'string' || !name || /\s/.test(name) || typeof prefix !== 'string')
    throw new LineInputError('command: name must be a word, and prefix a string')
  const wanted = plain(prefix + name)
  return (event, eventName): event is TextEvent => {
    const said = saidIn(event, eventName)
    return said !== undefined && plain(said).split(/\s/, 1)[0] === wanted
  }
}

/** Returns the words of a text message after its first one, without mentions: `['2', 'teas']` for `/order 2 teas`. */
export function argumentsOf(event: TextEvent): string[] {
  const said = saidIn(event, 'message:text')
  if (said === undefined) throw new LineInputError('argumentsOf: event must be a text message event')
  return said.split(/\s+/).slice(1)
}

/** The source of events from each kind of chat. */
interface Sources {
  readonly user: UserSource
  readonly group: GroupSource
  readonly room: RoomSource
}

/** A kind of chat: one-on-one, a group chat, or a multi-person chat, which LINE calls a room. */
export type ChatType = keyof Sources

/**
 * Selects the events of one kind of chat, known and unknown ones.
 *
 * @throws {LineInputError} if the kind is unknown.
 * @example
 * receiver.on(allOf('message:text', inChat('group')), ({ event }) => console.log(event.source.groupId))
 */
export function inChat<Type extends ChatType>(
  type: Type,
): (event: AnyEvent, name: string) => event is WebhookEvent & { source: Sources[Type] } {
  if (!['user', 'group', 'room'].includes(type))
    throw new LineInputError("inChat: type must be 'user', 'group' or 'room'")
  return (event): event is WebhookEvent & { source: Sources[Type] } =>
    property(property(event, 'source'), 'type') === type
}

type Intersection<Filters extends readonly EventFilter[]> = Filters extends readonly [
  infer First extends EventFilter,
  ...infer Rest extends readonly EventFilter[],
]
  ? EventOf<First> & Intersection<Rest>
  : unknown

/**
 * Selects the events that all of the filters select.
 *
 * @throws {LineInputError} if a filter is unknown, or is `standby`.
 * @example
 * receiver.on(allOf(hears('menu'), inChat('user')), ({ reply }) => reply('Here is our menu'))
 */
export function allOf<const Filters extends readonly [EventFilter, ...EventFilter[]]>(
  ...filters: Filters
): (event: AnyEvent, name: string) => event is AnyEvent & Intersection<Filters> {
  const tests = filters.map((filter) => {
    const test = filter === 'standby' ? undefined : testOf(filter)
    if (!test) throw new LineInputError('allOf: each filter must be one that on() accepts, except standby')
    return test
  })
  return (event, name): event is AnyEvent & Intersection<Filters> => tests.every((test) => test(name, event))
}
