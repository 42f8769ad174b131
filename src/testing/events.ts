import type { Clock } from '../core/clock.js'
import { LineInputError } from '../core/errors.js'
import { checkOptions } from '../core/read-options.js'
import type { Source, ThingsEvent, UnknownEvent, WebhookEvent } from '../webhook/types.js'
import type { EventInput, Events, ReplyableInput } from './types.js'
import { createValues, testBotId, type Values } from './values.js'

/** Options for `createEvents`. */
export interface EventsOptions {
  /** Seed for the generated users, groups and IDs. Another seed gives other values. Default: an empty string. */
  readonly seed?: string | undefined
  /** Clock for the timestamps. Default: 2026-01-01T00:00:00Z plus one second for each event. */
  readonly clock?: Pick<Clock, 'now'> | undefined
}

// 2026-01-01T00:00:00Z, in milliseconds.
const start = 1_767_225_600_000

/**
 * Creates event builders that give every event a unique ID. The IDs follow from a counter, so a test that builds the same events gets the same IDs.
 *
 * @example
 * const events = createEvents()
 * const delivery = await signedDelivery({ channelSecret, events: [events.follow(), events.text({ text: 'Hello' })] })
 */
export function createEvents(options: EventsOptions = {}): Events {
  checkOptions('createEvents', options, { seed: 'string', clock: 'with now' })
  const { seed = '', clock } = options
  let count = 0
  return buildEvents(seed, (_, { timestamp }) => {
    count++
    return { values: createValues(`${seed}/${count}`), timestamp: timestamp ?? clock?.now() ?? start + count * 1000 }
  })
}

/**
 * The event builders that all tests of a process share. Two calls build two events, as if a user did something twice; {@link again} builds the same event
 * as LINE redelivers it. For IDs that do not depend on other tests, use {@link createEvents}.
 *
 * @example
 * await receiver.fetch(await signedRequest({ channelSecret, events: [events.text('Hello')] }))
 */
export const events: Events = /* @__PURE__ */ createEvents()

/**
 * Builds an event again as LINE redelivers it: with the same ID and the same content, and marked as redelivered.
 *
 * @throws {LineInputError} if the value is not an event.
 */
export function again<Event extends WebhookEvent | UnknownEvent>(event: Event): Event {
  if (typeof event !== 'object' || event === null || Array.isArray(event))
    throw new LineInputError('again: event must be an event, such as events.text() builds')
  return { ...asJson(event), deliveryContext: { isRedelivery: true } }
}

/** The generated values of an event. */
interface Generated {
  readonly values: Values
  /** Time of the event, in milliseconds since 1970. */
  readonly timestamp: number
}

// The input without the properties that every event has: the details of the event.
function details<Input extends ReplyableInput>(input: Input): Omit<Input, keyof ReplyableInput> {
  const { source: _s, timestamp: _t, mode: _m, webhookEventId: _w, isRedelivery: _i, replyToken: _r, ...fields } = input
  return fields
}

// Like LINE's events, the result has gone through JSON: no property is undefined, and no object is shared with the input.
function asJson<T>(event: T): T {
  try {
    return JSON.parse(JSON.stringify(event))
  } catch {
    throw new LineInputError('An event must consist of JSON values, without cycles and BigInt')
  }
}

const content = ({ values }: Generated) => ({ id: values.messageId(), markAsReadToken: values.token() })
const quotable = (generated: Generated) => ({ ...content(generated), quoteToken: generated.values.token() })

function base<Type extends string>(type: Type, input: EventInput, { values, timestamp }: Generated, source?: Source) {
  return {
    type,
    webhookEventId: input.webhookEventId ?? values.ulid(timestamp),
    timestamp,
    mode: input.mode ?? 'active',
    deliveryContext: { isRedelivery: input.isRedelivery ?? false },
    source: 'source' in input ? input.source : source,
  }
}

function replyable<Type extends string>(type: Type, input: ReplyableInput, generated: Generated, source?: Source) {
  const replyToken = input.mode === 'standby' ? undefined : generated.values.replyToken()
  return { ...base(type, input, generated, source), replyToken: 'replyToken' in input ? input.replyToken : replyToken }
}

/** Creates the builders. `generate` is called once for each event. */
function buildEvents(seed: string, generate: (builder: keyof Events, input: EventInput) => Generated): Events {
  const people = createValues(`${seed}/people`)
  const userId = people.id('U')
  const groupId = people.id('C')
  const user = { type: 'user', userId } as const
  const group = { type: 'group', groupId } as const
  // Module channels get longer user IDs.
  const moduleUser = { type: 'user', userId: `L${userId}-${testBotId()}` } as const

  const builders: Events = {
    text(given = {}) {
      const input = typeof given === 'string' ? { text: given } : given
      const generated = generate('text', input)
      const message = { type: 'text' as const, ...quotable(generated), text: 'Hello', ...details(input) }
      return asJson({ ...replyable('message', input, generated, user), message })
    },
    image(input = {}) {
      const generated = generate('image', input)
      const message = {
        type: 'image' as const,
        ...quotable(generated),
        contentProvider: { type: 'line' },
        ...details(input),
      }
      return asJson({ ...replyable('message', input, generated, user), message })
    },
    video(input = {}) {
      const generated = generate('video', input)
      const message = {
        type: 'video' as const,
        ...quotable(generated),
        duration: 60_000,
        contentProvider: { type: 'line' },
        ...details(input),
      }
      return asJson({ ...replyable('message', input, generated, user), message })
    },
    audio(input = {}) {
      const generated = generate('audio', input)
      const message = {
        type: 'audio' as const,
        ...content(generated),
        duration: 60_000,
        contentProvider: { type: 'line' },
        ...details(input),
      }
      return asJson({ ...replyable('message', input, generated, user), message })
    },
    file(input = {}) {
      const generated = generate('file', input)
      const message = {
        type: 'file' as const,
        ...content(generated),
        fileName: 'invoice.pdf',
        fileSize: 48_213,
        ...details(input),
      }
      return asJson({ ...replyable('message', input, generated, user), message })
    },
    location(input = {}) {
      const generated = generate('location', input)
      const place = {
        title: 'Tokyo Station',
        address: '1-9 Marunouchi, Chiyoda-ku, Tokyo',
        latitude: 35.681236,
        longitude: 139.767125,
      }
      const message = { type: 'location' as const, ...content(generated), ...place, ...details(input) }
      return asJson({ ...replyable('message', input, generated, user), message })
    },
    sticker(input = {}) {
      const generated = generate('sticker', input)
      const sticker = {
        packageId: '446',
        stickerId: '1988',
        stickerResourceType: 'STATIC',
        keywords: ['hello', 'smile'],
      }
      const message = { type: 'sticker' as const, ...quotable(generated), ...sticker, ...details(input) }
      return asJson({ ...replyable('message', input, generated, user), message })
    },
    messageEdited(input = {}) {
      const generated = generate('messageEdited', input)
      // Edited messages have no markAsReadToken.
      const ids = { id: generated.values.messageId(), quoteToken: generated.values.token() }
      const message = { type: 'text' as const, ...ids, text: 'Hello again', ...details(input) }
      return asJson({ ...replyable('messageEdited', input, generated, { ...group, userId }), message })
    },
    unsend(input = {}) {
      const generated = generate('unsend', input)
      return asJson({
        ...base('unsend', input, generated, user),
        unsend: { messageId: generated.values.messageId(), ...details(input) },
      })
    },
    follow(input = {}) {
      const generated = generate('follow', input)
      return asJson({
        ...replyable('follow', input, generated, user),
        follow: { isUnblocked: false, ...details(input) },
      })
    },
    unfollow: (input = {}) => asJson(base('unfollow', input, generate('unfollow', input), user)),
    join: (input = {}) => asJson(replyable('join', input, generate('join', input), group)),
    leave: (input = {}) => asJson(base('leave', input, generate('leave', input), group)),
    memberJoined(input = {}) {
      const generated = generate('memberJoined', input)
      return asJson({
        ...replyable('memberJoined', input, generated, group),
        joined: { members: [user], ...details(input) },
      })
    },
    memberLeft(input = {}) {
      const generated = generate('memberLeft', input)
      return asJson({ ...base('memberLeft', input, generated, group), left: { members: [user], ...details(input) } })
    },
    postback(input = {}) {
      const generated = generate('postback', input)
      return asJson({
        ...replyable('postback', input, generated, user),
        postback: { data: 'action=buy&item=1', ...details(input) },
      })
    },
    videoPlayComplete(input = {}) {
      const generated = generate('videoPlayComplete', input)
      const videoPlayComplete = { trackingId: 'opening-video', ...details(input) }
      return asJson({ ...replyable('videoPlayComplete', input, generated, user), videoPlayComplete })
    },
    beacon(input = {}) {
      const generated = generate('beacon', input)
      return asJson({
        ...replyable('beacon', input, generated, user),
        beacon: { hwid: '0123456789', type: 'enter', ...details(input) },
      })
    },
    accountLink(input = {}) {
      const generated = generate('accountLink', input)
      const link = { result: 'ok', nonce: generated.values.token(), ...details(input) }
      if (link.result === 'failed') return asJson({ ...base('accountLink', input, generated), link })
      return asJson({ ...replyable('accountLink', input, generated, user), link })
    },
    membership(input = {}) {
      const generated = generate('membership', input)
      return asJson({
        ...replyable('membership', input, generated, user),
        membership: { type: 'joined', membershipId: 3189, ...details(input) },
      })
    },
    delivery(input = {}) {
      const generated = generate('delivery', input)
      // The hash of +818000001234 from LINE's documentation.
      const delivery = { data: 'd41e0ad70dddfeb68f149ad6fc61574b9c5780ab7bcb2fba5517771ffbb2409c', ...details(input) }
      return asJson({ ...base('delivery', input, generated), delivery })
    },
    moduleAttached(input = {}) {
      const generated = generate('moduleAttached', input)
      const module = {
        type: 'attached' as const,
        botId: testBotId(),
        scopes: ['message:send', 'message:receive'],
        ...details(input),
      }
      return asJson({ ...base('module', input, generated), module })
    },
    moduleDetached(input = {}) {
      const generated = generate('moduleDetached', input)
      const module = { type: 'detached' as const, botId: testBotId(), reason: 'bot_deleted', ...details(input) }
      return asJson({ ...base('module', input, generated), module })
    },
    activated(input = {}) {
      const generated = generate('activated', input)
      const chatControl = { expireAt: generated.timestamp + 3_600_000, ...details(input) }
      return asJson({ ...base('activated', input, generated, moduleUser), chatControl })
    },
    deactivated: (input = {}) => asJson(base('deactivated', input, generate('deactivated', input), moduleUser)),
    botSuspended: (input = {}) => asJson(base('botSuspended', input, generate('botSuspended', input))),
    botResumed: (input = {}) => asJson(base('botResumed', input, generate('botResumed', input))),
    things(input = {}) {
      const generated = generate('things', input)
      const thing = { type: 'link', deviceId: 't016560bc3fb1e42b9fe9293ca6e2db71', ...details(input) }
      // The input is complete for every type but `link`, which has only these two properties.
      return asJson({ ...replyable('things', input, generated, user), things: thing as ThingsEvent['things'] })
    },
    unknown(input) {
      const { type, ...fields } = input
      return asJson({ ...base(type, fields, generate('unknown', input), user), ...details(fields) })
    },
  }
  return checked(builders)
}

// A test in JavaScript can pass anything. The text of a message is the only input that is not an object.
function checked(builders: Events): Events {
  const entries = Object.entries(builders).map(([name, build]: [string, (input?: never) => unknown]) => {
    const checkedBuild = (input?: unknown): unknown => {
      const isOmitted = input === undefined && name !== 'unknown'
      const isText = typeof input === 'string' && name === 'text'
      const isObject = typeof input === 'object' && input !== null && !Array.isArray(input)
      if (!isOmitted && !isText && !isObject)
        throw new LineInputError(`events.${name}: the input must be an object${name === 'text' ? ' or a string' : ''}`)
      return build(input as never) // the types of Events describe the input of each builder
    }
    return [name, checkedBuild] as const
  })
  return Object.fromEntries(entries) as unknown as Events // the same names, each with the types of its builder
}
