import type { Source, ThingsEvent } from '../webhook/index.js'
import type { EventInput, Events, ReplyableInput } from './types.js'
import { createValues, testBotId, type Values } from './values.js'

/** Where one event takes its made-up values from. */
export interface Made {
  readonly values: Values
  /** In milliseconds since 1970. */
  readonly timestamp: number
}

// What is left are the fields of what the event is about.
function own<Input extends ReplyableInput>(input: Input): Omit<Input, keyof ReplyableInput> {
  const { source: _s, timestamp: _t, mode: _m, webhookEventId: _w, isRedelivery: _i, replyToken: _r, ...fields } = input
  return fields
}

// LINE's events have gone through JSON as well: no member is undefined, and nothing is shared with the input.
const sent = <T>(event: T): T => JSON.parse(JSON.stringify(event))

const content = ({ values }: Made) => ({ id: values.messageId(), markAsReadToken: values.token() })
const quotable = (made: Made) => ({ ...content(made), quoteToken: made.values.token() })

function base<Type extends string>(type: Type, input: EventInput, { values, timestamp }: Made, source?: Source) {
  return {
    type,
    webhookEventId: input.webhookEventId ?? values.ulid(timestamp),
    timestamp,
    mode: input.mode ?? 'active',
    deliveryContext: { isRedelivery: input.isRedelivery ?? false },
    source: 'source' in input ? input.source : source,
  }
}

function replyable<Type extends string>(type: Type, input: ReplyableInput, made: Made, source?: Source) {
  const replyToken = input.mode === 'standby' ? undefined : made.values.replyToken()
  return { ...base(type, input, made, source), replyToken: 'replyToken' in input ? input.replyToken : replyToken }
}

/** Makes the builders. `make` is asked once for each event. */
export function buildEvents(seed: string, make: (builder: keyof Events, input: EventInput) => Made): Events {
  const people = createValues(`${seed}/people`)
  const userId = people.id('U')
  const groupId = people.id('C')
  const user = { type: 'user', userId } as const
  const group = { type: 'group', groupId } as const
  // A module channel knows users under longer IDs.
  const moduleUser = { type: 'user', userId: `L${userId}-${testBotId()}` } as const

  return {
    text(input = {}) {
      const made = make('text', input)
      const message = { type: 'text' as const, ...quotable(made), text: 'Hello', ...own(input) }
      return sent({ ...replyable('message', input, made, user), message })
    },
    image(input = {}) {
      const made = make('image', input)
      const message = { type: 'image' as const, ...quotable(made), contentProvider: { type: 'line' }, ...own(input) }
      return sent({ ...replyable('message', input, made, user), message })
    },
    video(input = {}) {
      const made = make('video', input)
      const message = {
        type: 'video' as const,
        ...quotable(made),
        duration: 60_000,
        contentProvider: { type: 'line' },
        ...own(input),
      }
      return sent({ ...replyable('message', input, made, user), message })
    },
    audio(input = {}) {
      const made = make('audio', input)
      const message = {
        type: 'audio' as const,
        ...content(made),
        duration: 60_000,
        contentProvider: { type: 'line' },
        ...own(input),
      }
      return sent({ ...replyable('message', input, made, user), message })
    },
    file(input = {}) {
      const made = make('file', input)
      const message = {
        type: 'file' as const,
        ...content(made),
        fileName: 'invoice.pdf',
        fileSize: 48_213,
        ...own(input),
      }
      return sent({ ...replyable('message', input, made, user), message })
    },
    location(input = {}) {
      const made = make('location', input)
      const place = {
        title: 'Tokyo Station',
        address: '1-9 Marunouchi, Chiyoda-ku, Tokyo',
        latitude: 35.681236,
        longitude: 139.767125,
      }
      const message = { type: 'location' as const, ...content(made), ...place, ...own(input) }
      return sent({ ...replyable('message', input, made, user), message })
    },
    sticker(input = {}) {
      const made = make('sticker', input)
      const sticker = {
        packageId: '446',
        stickerId: '1988',
        stickerResourceType: 'STATIC',
        keywords: ['hello', 'smile'],
      }
      const message = { type: 'sticker' as const, ...quotable(made), ...sticker, ...own(input) }
      return sent({ ...replyable('message', input, made, user), message })
    },
    messageEdited(input = {}) {
      const made = make('messageEdited', input)
      // LINE gives edited messages no token for marking as read.
      const ids = { id: made.values.messageId(), quoteToken: made.values.token() }
      const message = { type: 'text' as const, ...ids, text: 'Hello again', ...own(input) }
      return sent({ ...replyable('messageEdited', input, made, { ...group, userId }), message })
    },
    unsend(input = {}) {
      const made = make('unsend', input)
      return sent({
        ...base('unsend', input, made, user),
        unsend: { messageId: made.values.messageId(), ...own(input) },
      })
    },
    follow(input = {}) {
      const made = make('follow', input)
      return sent({ ...replyable('follow', input, made, user), follow: { isUnblocked: false, ...own(input) } })
    },
    unfollow: (input = {}) => sent(base('unfollow', input, make('unfollow', input), user)),
    join: (input = {}) => sent(replyable('join', input, make('join', input), group)),
    leave: (input = {}) => sent(base('leave', input, make('leave', input), group)),
    memberJoined(input = {}) {
      const made = make('memberJoined', input)
      return sent({ ...replyable('memberJoined', input, made, group), joined: { members: [user], ...own(input) } })
    },
    memberLeft(input = {}) {
      const made = make('memberLeft', input)
      return sent({ ...base('memberLeft', input, made, group), left: { members: [user], ...own(input) } })
    },
    postback(input = {}) {
      const made = make('postback', input)
      return sent({
        ...replyable('postback', input, made, user),
        postback: { data: 'action=buy&item=1', ...own(input) },
      })
    },
    videoPlayComplete(input = {}) {
      const made = make('videoPlayComplete', input)
      const videoPlayComplete = { trackingId: 'opening-video', ...own(input) }
      return sent({ ...replyable('videoPlayComplete', input, made, user), videoPlayComplete })
    },
    beacon(input = {}) {
      const made = make('beacon', input)
      return sent({
        ...replyable('beacon', input, made, user),
        beacon: { hwid: '0123456789', type: 'enter', ...own(input) },
      })
    },
    accountLink(input = {}) {
      const made = make('accountLink', input)
      const link = { result: 'ok', nonce: made.values.token(), ...own(input) }
      if (link.result === 'failed') return sent({ ...base('accountLink', input, made), link })
      return sent({ ...replyable('accountLink', input, made, user), link })
    },
    membership(input = {}) {
      const made = make('membership', input)
      return sent({
        ...replyable('membership', input, made, user),
        membership: { type: 'joined', membershipId: 3189, ...own(input) },
      })
    },
    delivery(input = {}) {
      const made = make('delivery', input)
      // The hash that LINE's own page gives for +818000001234.
      const delivery = { data: 'd41e0ad70dddfeb68f149ad6fc61574b9c5780ab7bcb2fba5517771ffbb2409c', ...own(input) }
      return sent({ ...base('delivery', input, made), delivery })
    },
    moduleAttached(input = {}) {
      const made = make('moduleAttached', input)
      const module = {
        type: 'attached' as const,
        botId: testBotId(),
        scopes: ['message:send', 'message:receive'],
        ...own(input),
      }
      return sent({ ...base('module', input, made), module })
    },
    moduleDetached(input = {}) {
      const made = make('moduleDetached', input)
      const module = { type: 'detached' as const, botId: testBotId(), reason: 'bot_deleted', ...own(input) }
      return sent({ ...base('module', input, made), module })
    },
    activated(input = {}) {
      const made = make('activated', input)
      const chatControl = { expireAt: made.timestamp + 3_600_000, ...own(input) }
      return sent({ ...base('activated', input, made, moduleUser), chatControl })
    },
    deactivated: (input = {}) => sent(base('deactivated', input, make('deactivated', input), moduleUser)),
    botSuspended: (input = {}) => sent(base('botSuspended', input, make('botSuspended', input))),
    botResumed: (input = {}) => sent(base('botResumed', input, make('botResumed', input))),
    things(input = {}) {
      const made = make('things', input)
      const thing = { type: 'link', deviceId: 't016560bc3fb1e42b9fe9293ca6e2db71', ...own(input) }
      // Its input is whole for every other type than `link`, which has these two members only.
      return sent({ ...replyable('things', input, made, user), things: thing as ThingsEvent['things'] })
    },
    unknown(input) {
      const { type, ...fields } = input
      return sent({ ...base(type, fields, make('unknown', input), user), ...own(fields) })
    },
  }
}
