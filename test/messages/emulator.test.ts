// Every message of line-oa/emulator. No other test asserts one. First LINE's own texts, which stay as LINE writes them; then the emulator's.

import { createHash, createHmac, createSign, generateKeyPairSync } from 'node:crypto'
import { codeChallenge, createLineClient, LineApiError, moduleAuthorizeUrl } from 'line-oa'
import {
  type ConsoleReason,
  type CreatePersonOptions,
  createEmulator,
  type DeliveryReason,
  LineConsoleRefusal,
} from 'line-oa/emulator'
import { afterEach, describe, expect, test, vi } from 'vitest'
import * as s from '../contracts/samples.js'
import { someId, withAudiences } from '../emulator/audience/audiences.js'
import { enabled, loginForm, opened, person as visitor } from '../emulator/consoles/setup.js'
import {
  Browser,
  callbackUrl,
  challenge,
  day,
  setup as loginSetup,
  minute,
  part,
  verifier,
} from '../emulator/login/setup.js'
import { menu, png, unknownMenu, withMenus } from '../emulator/messaging/rich-menus.js'
import { api, call, form, inbox, type LineResponse, read, setup, text, tokenFor } from '../emulator/setup.js'
import { type ErrorRow, errorOf } from './error-of.js'

type World = Awaited<ReturnType<typeof setup>>
type Options = Parameters<typeof setup>[0]
type Detail = readonly [message: string, property?: string]
type LineRow = readonly [
  what: string,
  call: () => Promise<LineResponse>,
  status: number,
  message: string,
  details?: readonly Detail[],
]

const key = '123e4567-e89b-12d3-a456-426614174000'
const unknownUser = `U${'0'.repeat(32)}`
const start = Date.UTC(2026, 0, 1) / 1000

/** Calls LINE for the account of setup(). */
const ask = (what: string, body?: object | string | ((world: World) => object), options?: Options) => async () => {
  const world = await setup(options)
  return world.line(what, typeof body === 'function' ? body(world) : body)
}
/** Calls LINE in a world that is prepared first. */
const within = (act: (world: World) => Promise<LineResponse>, options?: Options) => async () =>
  act(await setup(options))
const withKey = (what: string, body?: object) =>
  within(({ line }) => line(what, body, { headers: { 'x-line-retry-key': key } }))
const pushed = (...messages: readonly object[]) =>
  ask('POST /v2/bot/message/push', ({ userId: to }) => ({ to, messages }))
const validated = (...messages: readonly object[]) => ask('POST /v2/bot/message/validate/push', { messages })

const unauthorized = (reason: string) =>
  `Authentication failed due to the following reason: ${reason}. Confirm that the access token in the authorization header is valid.`
const notJson = (line: number, column: number) =>
  `The request body could not be parsed as JSON (line: ${line}, column: ${column})`
const parameter = (name: string) => `The value for the '${name}' parameter is invalid`
const property = (name: string) => `The property, '${name}', in the request body is invalid (line: -, column: -)`
const errors = (count: number) => `The request body has ${count} error(s)`
const notAvailable = 'Access to this API is not available for your account'
const inMessage = (index: number) => `A message (messages[${index}])\u00a0in the request body is invalid`

const requests: readonly LineRow[] = [
  ['an unknown address', ask('GET /v2/bot/inf'), 404, 'Not found'],
  ...(
    [
      ['{"to": "U1", "messages": [}', 1, 27],
      ['{\n  "to" "U1"\n}', 2, 8],
      ['{"to": "U1"', 1, 12],
      ['[]', 1, 3],
      ['null', 1, 5],
      ['not json', 1, 1],
      ['{"a": 01}', 1, 8],
      ['{"a": 1,}', 1, 9],
      ['{"a": "b\n"}', 1, 7],
      ['{"a": [1, {"b": tru}]}', 1, 17],
      [`{"a": "${'x'.repeat(1_900_000)}`, 1, 7],
    ] as const
  ).map(
    ([body, line, column]): LineRow => [
      `the body ${body.slice(0, 40)}`,
      ask('POST /v2/bot/message/push', body),
      400,
      notJson(line, column),
    ],
  ),
  [
    'a body that is not UTF-8',
    within(async ({ emulator, token }) =>
      read(
        await emulator.fetch(`${api}/v2/bot/message/push`, {
          method: 'POST',
          headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
          body: new Uint8Array([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]),
        }),
      ),
    ),
    400,
    notJson(1, 1),
  ],
  [
    'another content type',
    within(({ line }) => line('POST /v2/bot/message/push', '{}', { headers: { 'content-type': 'text/plain' } })),
    415,
    'The content type, text/plain, is not supported',
  ],
  ['a limit that is not a number', ask('GET /v2/bot/followers/ids?limit=many'), 400, parameter('limit')],
  ['a repeated limit', ask('GET /v2/bot/followers/ids?limit=1&limit=2'), 400, parameter('limit')],
  ['a limit of 0', ask('GET /v2/bot/followers/ids?limit=0'), 400, parameter('limit')],
  ['a limit of 1,001', ask('GET /v2/bot/followers/ids?limit=1001'), 400, parameter('limit')],
  ['no token', within(({ emulator }) => call(emulator, 'GET /v2/bot/info')), 401, unauthorized('invalid token')],
  [
    'an unknown token',
    within(({ line }) => line('GET /v2/bot/info', undefined, { token: 'abc' })),
    401,
    unauthorized('invalid token'),
  ],
  [
    'an expired token',
    within(async ({ emulator, account }) => {
      const token = await tokenFor(emulator, account)
      await emulator.clock.advance(15 * minute)
      return call(emulator, 'GET /v2/bot/info', undefined, { token })
    }),
    401,
    unauthorized('access token expired'),
  ],
  [
    'an expired user access token',
    async () => {
      const { emulator, tokens, ask: askAs } = loginSetup()
      const { access_token } = await tokens()
      await emulator.clock.advance(30 * day)
      return askAs('GET /v2/profile', access_token)
    },
    401,
    unauthorized('access token expired'),
  ],
  [
    'a token of a LINE Login channel',
    within(async ({ emulator }) => {
      const token = await tokenFor(emulator, emulator.createLoginChannel())
      return call(emulator, 'GET /v2/bot/info', undefined, { token })
    }),
    403,
    notAvailable,
  ],
  [
    'the rate limit',
    within(
      async ({ line }) => {
        const broadcast = () => line('POST /v2/bot/message/broadcast', { messages: [text('x')] })
        for (let count = 0; count < 60; count++) await broadcast()
        return broadcast()
      },
      { enforceRateLimits: true },
    ),
    429,
    'The API rate limit has been exceeded. Try again later.',
  ],
  [
    'a retry key that was accepted',
    within(async ({ line }) => {
      const broadcast = () =>
        line('POST /v2/bot/message/broadcast', { messages: [text('x')] }, { headers: { 'x-line-retry-key': key } })
      await broadcast()
      return broadcast()
    }),
    409,
    'The retry key is already accepted',
  ],
  ...([401, 403, 404, 429] as const).map(
    (status): LineRow => [
      `a fault with the status ${status}`,
      within(({ emulator, line }) => {
        emulator.faults.add({ answer: status })
        return line('GET /v2/bot/info')
      }),
      status,
      {
        401: unauthorized('invalid token'),
        403: notAvailable,
        404: 'Not found',
        429: 'The API rate limit has been exceeded. Try again later.',
      }[status],
    ],
  ),
]

const flexBody = (component: object) => ({ type: 'bubble', body: s.box({ type: 'text', text: 'hi' }, component) })
const place = '/body/contents/1'
const huge = (length: number) => ({ type: 'text', text: 'x'.repeat(length * 1024) })

const flexContents: readonly (readonly [what: string, contents: object, message: string, property?: string])[] = [
  ['an unknown size', { type: 'bubble', hero: { ...s.flexImage, size: 'huge' } }, 'invalid property', '/hero/size'],
  ['an unknown field', s.bubble({ styles: { type: 'styles' } }), 'unknown field', '/styles/type'],
  ['an unknown field with a slash and a tilde', s.bubble({ 'a/b~c d': 1 }), 'unknown field', '/a~1b~0c d'],
  ['a hero without a URL', { type: 'bubble', hero: { type: 'image' } }, 'must be specified', '/hero/url'],
  [
    'an http URL',
    { type: 'bubble', hero: { ...s.flexImage, url: 'http://example.com/' } },
    'invalid uri scheme',
    '/hero/url',
  ],
  [
    'an unknown scheme',
    flexBody({ type: 'button', action: { ...s.button.uri, uri: 'ftp://x' } }),
    'invalid uri scheme',
    `${place}/action/uri`,
  ],
  ['an unknown component', flexBody({ type: 'spacer' }), 'invalid property', place],
  ['an unknown container', { type: 'flex' }, 'invalid property', '/type'],
  ['an empty text', flexBody({ type: 'text', text: '' }), 'must be non-empty text', `${place}/text`],
  ['a number as text', flexBody({ type: 'text', text: 5 }), 'invalid property', `${place}/text`],
  [
    'a text component without text',
    flexBody({ type: 'text' }),
    '`text` or `contents` must be specified',
    `${place}/text`,
  ],
  [
    'a long label',
    flexBody({ type: 'button', action: { ...s.button.uri, label: 'x'.repeat(41) } }),
    'invalid property',
    `${place}/action/label`,
  ],
  [
    'a negative flex value',
    flexBody({ type: 'text', text: 'hi', flex: -1 }),
    'must be greater than or equal to 0',
    `${place}/flex`,
  ],
  ['a bubble without blocks', { type: 'bubble' }, 'At least one block must be specified', '/'],
  [
    'a bubble without blocks in a carousel',
    { type: 'carousel', contents: [{ type: 'bubble' }] },
    'At least one block must be specified',
    '/contents/0',
  ],
  [
    'a carousel of 13 bubbles',
    { type: 'carousel', contents: Array.from({ length: 13 }, () => s.bubble()) },
    'invalid property',
    '/contents',
  ],
  [
    'a video in a carousel',
    { type: 'carousel', contents: [{ type: 'bubble', hero: s.flexVideo }] },
    'invalid property',
    '/contents/0/hero',
  ],
  [
    'a bubble that is too large',
    flexBody(huge(30)),
    'Too large flex message. The maximum size of JSON data that defines a bubble is 30 KB.',
  ],
  [
    'a carousel that is too large',
    { type: 'carousel', contents: Array.from({ length: 3 }, () => flexBody(huge(20))) },
    'Too large flex message. The maximum size of JSON data that defines a carousel is 50 KB.',
  ],
]

const braces = (name: string) => `The key '${name}' enclosed in '{}' does not match the pattern '^[a-zA-Z0-9_]{1,20}$'.`
const messages: readonly LineRow[] = [
  ...flexContents.map(
    ([what, contents, message, ...at]): LineRow => [
      `Flex contents: ${what}`,
      validated(s.flex(contents)),
      400,
      inMessage(0),
      [[message, ...at]],
    ],
  ),
  [
    'Flex contents: two errors in the second message',
    validated(s.hello, s.flex({ type: 'bubble', hero: { type: 'image', size: 'huge' } }), s.flex({ type: 'flex' })),
    400,
    inMessage(1),
    [
      ['must be specified', '/hero/url'],
      ['invalid property', '/hero/size'],
    ],
  ],
  [
    'an error outside of the Flex contents',
    validated({ ...s.flex({ type: 'flex' }), altText: '' }),
    400,
    errors(1),
    [['May not be empty', 'messages[0].altText']],
  ],
  [
    'an invalid placeholder',
    validated({ type: 'textV2', text: 'See {{x}} and {!owe}' }),
    400,
    inMessage(0),
    [[braces('!owe'), 'text']],
  ],
  ['an empty placeholder', validated({ type: 'textV2', text: '{}' }), 400, inMessage(0), [[braces(''), 'text']]],
  ['an empty text', pushed(text('')), 400, errors(1), [['May not be empty', 'messages[0].text']]],
  [
    'a text of 5,001 UTF-16 code units',
    pushed(text('x'.repeat(5001))),
    400,
    errors(1),
    [['Length must be between 0 and 5000', 'messages[0].text']],
  ],
  ['a missing type', pushed({ text: 'x' }), 400, errors(1), [['May not be empty', 'messages[0].type']]],
  ['an empty list of messages', pushed(), 400, errors(1), [['Size must be between 1 and 5', 'messages']]],
  [
    'six messages',
    validated(...Array.from({ length: 6 }, () => text('x'))),
    400,
    errors(1),
    [['Size must be between 1 and 5', 'messages']],
  ],
  [
    'two invalid messages',
    pushed(text(''), text('fine'), text('')),
    400,
    errors(2),
    [
      ['May not be empty', 'messages[0].text'],
      ['May not be empty', 'messages[2].text'],
    ],
  ],
  [
    'an unknown type',
    pushed({ type: 'hologram' }),
    400,
    errors(1),
    [
      [
        'Must be one of the following values: [text, textV2, sticker, image, video, audio, location, coupon, imagemap, template, flex]',
        'messages[0].type',
      ],
    ],
  ],
  ['a text that is a number', pushed({ type: 'text', text: 5 }), 400, property('messages[0].text')],
  ['a push to an unknown user', within(({ push }) => push('mika')), 400, property('to')],
  [
    'a push to a user of another provider',
    within(({ push }) => push(`U${'0'.repeat(32)}`)),
    400,
    'Failed to send messages',
  ],
  [
    'a push to the bot itself',
    within(async ({ push, line }) =>
      push(String(Reflect.get(Object((await line('GET /v2/bot/info')).body), 'userId'))),
    ),
    400,
    "You can't send messages to yourself",
  ],
  [
    'an unknown reply token',
    ask('POST /v2/bot/message/reply', { replyToken: '0'.repeat(32), messages: [text('hi')] }),
    400,
    'Invalid reply token',
  ],
  [
    'a multicast to a group',
    ask('POST /v2/bot/message/multicast', ({ userId }) => ({
      to: [userId, `C${'0'.repeat(32)}`],
      messages: [text('x')],
    })),
    400,
    'The property, to[1], in the request body is invalid (line: -, column: -)',
  ],
  [
    'the monthly limit',
    within(({ push, userId }) => push(userId), { account: { settings: { monthlyLimit: 0 } } }),
    429,
    'You have reached your monthly limit.',
  ],
  [
    'a narrowcast beyond the monthly limit',
    ask('POST /v2/bot/message/narrowcast', { messages: [text('x')] }, { account: { settings: { monthlyLimit: 0 } } }),
    429,
    'You have reached your monthly limit.',
  ],
  [
    'a narrowcast with forbidPartialDelivery alone',
    ask('POST /v2/bot/message/narrowcast', { messages: [text('x')], limit: { forbidPartialDelivery: true } }),
    400,
    'The option forbidPartialDelivery must be used with upToRemainingQuota.',
  ],
  [
    'a demographic filter with few friends',
    ask('POST /v2/bot/message/narrowcast', {
      messages: [text('x')],
      filter: { demographic: { type: 'gender', oneOf: ['female'] } },
    }),
    403,
    'Your account does not have enough friends',
  ],
  [
    'a narrowcast to an unknown audience',
    ask('POST /v2/bot/message/narrowcast', {
      messages: [text('x')],
      recipient: { type: 'operator', or: [{ type: 'audience', audienceGroupId: 5 }] },
    }),
    400,
    'Invalid audience group id: 5',
  ],
  [
    'a narrowcast to the recipients of an unknown request',
    ask('POST /v2/bot/message/narrowcast', {
      messages: [text('x')],
      recipient: { type: 'redelivery', requestId: 'nonsense' },
    }),
    400,
    'Invalid request id: nonsense',
  ],
  ['an unknown narrowcast', ask(`GET /v2/bot/message/progress/narrowcast?requestId=${key}`), 404, 'Not found'],
  ['a date that does not exist', ask('GET /v2/bot/message/delivery/push?date=20260230'), 400, parameter('date')],
]

const data = 'https://api-data.line.me/v2/bot/message'
const receivedImage = (rest: string, more: object = {}) =>
  within(async ({ account, person, line }) => {
    const { event } = await person.send(account, { type: 'image', ...more })
    return line(`GET ${data}/${event.message.id}/${rest}`)
  })
const chat = { account: { settings: { chat: true } } }

const people: readonly LineRow[] = [
  ['a profile of an unknown user', ask(`GET /v2/bot/profile/${unknownUser}`), 404, 'Not found'],
  ['a profile with an invalid user ID', ask('GET /v2/bot/profile/mika'), 400, parameter('userId')],
  [
    'the followers of an unverified account',
    ask('GET /v2/bot/followers/ids', undefined, { account: { kind: 'unverified' } }),
    403,
    notAvailable,
  ],
  ['an unknown start of followers', ask('GET /v2/bot/followers/ids?start=made-up'), 400, 'Invalid start param'],
  ['a link token for an invalid user ID', ask('POST /v2/bot/user/mika/linkToken'), 400, parameter('userId')],
  ['a link token for an unknown user', ask(`POST /v2/bot/user/${unknownUser}/linkToken`), 404, 'Not found'],
  ['an invalid group ID', ask('GET /v2/bot/group/tea/summary'), 400, parameter('groupId')],
  ['leaving with an invalid group ID', ask('POST /v2/bot/group/tea/leave'), 400, parameter('groupId')],
  ['an invalid room ID', ask('GET /v2/bot/room/tea/members/count'), 400, parameter('roomId')],
  ['leaving with an invalid room ID', ask('POST /v2/bot/room/tea/leave'), 400, parameter('roomId')],
  ['an unknown group', ask(`GET /v2/bot/group/C${'0'.repeat(32)}/summary`), 404, 'Not found'],
  [
    'an invalid user ID of a member',
    within(
      async ({ emulator, account, line }) => {
        const group = emulator.createGroup({ name: 'Us', members: [] })
        await group.invite(account)
        return line(`GET /v2/bot/group/${group.groupId}/member/mika`)
      },
      { account: { settings: { joinGroups: true } } },
    ),
    400,
    parameter('userId'),
  ],
  [
    'the members of a group for an unverified account',
    within(
      async ({ emulator, account, line }) => {
        const group = emulator.createGroup({ name: 'Us', members: [] })
        await group.invite(account)
        return line(`GET /v2/bot/group/${group.groupId}/members/ids`)
      },
      { account: { kind: 'unverified', settings: { joinGroups: true } } },
    ),
    403,
    notAvailable,
  ],
  [
    'an unknown start of members',
    within(
      async ({ emulator, account, line }) => {
        const group = emulator.createGroup({ name: 'Us', members: [] })
        await group.invite(account)
        return line(`GET /v2/bot/group/${group.groupId}/members/ids?start=made-up`)
      },
      { account: { settings: { joinGroups: true } } },
    ),
    400,
    'Invalid start param',
  ],
  [
    'an unknown start of aggregation units',
    ask('GET /v2/bot/message/aggregation/list?start=made-up'),
    400,
    'Invalid start param',
  ],
  ['101 aggregation units', ask('GET /v2/bot/message/aggregation/list?limit=101'), 400, parameter('limit')],
  ['the content of an unknown message', ask(`GET ${data}/461230966842064897/content`), 404, 'not found'],
  [
    'the content of an unsent message',
    within(async ({ account, person, line }) => {
      const { event } = await person.send(account, { type: 'image' })
      await person.unsend(event.message.id)
      return line(`GET ${data}/${event.message.id}/content`)
    }),
    410,
    'The content is gone',
  ],
  [
    'the transcoding status of an image',
    receivedImage('content/transcoding'),
    400,
    "Transcoding status doesn't support this type of content",
  ],
  [
    'the preview of a sound',
    receivedImage('content/preview', { type: 'audio' }),
    400,
    'The content can not be previewed',
  ],
  [
    'an unknown markAsReadToken',
    ask('POST /v2/bot/chat/markAsRead', { markAsReadToken: 'made-up' }, chat),
    400,
    'Invalid markAsReadToken. Tokens must be used by the bot that received them via Webhook.',
  ],
  [
    'marking as read by user without approval',
    ask('POST /v2/bot/message/markAsRead', ({ userId }) => ({ chat: { userId } })),
    403,
    notAvailable,
  ],
  [
    'marking as read by an invalid user ID',
    ask(
      'POST /v2/bot/message/markAsRead',
      { chat: { userId: 'mika' } },
      { account: { settings: { chat: false, markAsReadByUser: true } } },
    ),
    400,
    property('chat.chatId'),
  ],
  [
    'a loading animation in a group',
    ask('POST /v2/bot/chat/loading/start', { chatId: `C${'0'.repeat(32)}` }),
    400,
    errors(1),
    [['Only user id is acceptable, please confirm if there are any group/room ids or illegal ids.', 'chatId']],
  ],
  ['no membership plans', ask('GET /v2/bot/membership/list'), 404, 'Membership plan not found'],
  ['the members of an unknown plan', ask('GET /v2/bot/membership/1/users/ids'), 404, 'Membership ID is not found'],
  [
    'the subscriptions of an invalid user ID',
    ask('GET /v2/bot/membership/subscription/mika'),
    400,
    parameter('userId'),
  ],
  [
    'the subscriptions of a user without any',
    ask(`GET /v2/bot/membership/subscription/${unknownUser}`),
    404,
    'Not found',
  ],
  ['no webhook URL', ask('GET /v2/bot/channel/webhook/endpoint'), 404, 'Webhook endpoint not found'],
  ['a test without a webhook URL', ask('POST /v2/bot/channel/webhook/test', {}), 404, 'Webhook endpoint not found'],
  [
    'an http webhook URL',
    ask('PUT /v2/bot/channel/webhook/endpoint', { endpoint: 'http://bot.example/' }),
    400,
    'Invalid webhook endpoint URL',
  ],
  [
    'a test of an unknown host',
    ask('POST /v2/bot/channel/webhook/test', { endpoint: 'https://bot.invalid/' }),
    400,
    'Invalid webhook endpoint URL',
  ],
]

const coupon = {
  title: 'Free tea',
  reward: { type: 'free' },
  acquisitionCondition: { type: 'normal' },
  maxUseCountPerTicket: 1,
  startTimestamp: start,
  endTimestamp: start + 3600,
  timezone: 'ASIA_TOKYO',
  visibility: 'UNLISTED',
}
const couponWith = (more: object) => ask('POST /v2/bot/coupon', { ...coupon, ...more })
const unknownCoupon = '01JYNW8JMQVFBNWF1APF8Z3FS7'

const coupons: readonly LineRow[] = [
  ['an empty title', couponWith({ title: '' }), 400, errors(1), [['Size must be between 1 and 60', 'title']]],
  [
    'a title of 61 characters',
    couponWith({ title: 'x'.repeat(61) }),
    400,
    errors(1),
    [['Size must be between 1 and 60', 'title']],
  ],
  [
    'a description of 1,001 characters',
    couponWith({ description: 'x'.repeat(1001) }),
    400,
    errors(1),
    [['Size must be between 0 and 1000', 'description']],
  ],
  [
    'a coupon code of 17 characters',
    couponWith({ couponCode: 'x'.repeat(17) }),
    400,
    errors(1),
    [['Size must be between 0 and 16', 'couponCode']],
  ],
  [
    'an unknown reward',
    couponWith({ reward: { type: 'tea' } }),
    400,
    errors(1),
    [['Must be one of the following values: [discount,free,gift,cashBack,others]', 'reward.type']],
  ],
  [
    'an amount with a percentage',
    couponWith({ reward: { type: 'discount', priceInfo: { type: 'percentage', percentage: 5, fixedAmount: 5 } } }),
    400,
    errors(1),
    [['Must not be specified', 'reward.priceInfo.fixedAmount']],
  ],
  [
    'closing a closed coupon',
    within(async ({ line }) => {
      const { couponId } = (await line('POST /v2/bot/coupon', coupon)).body as { couponId: string } // the response to creating it
      await line(`PUT /v2/bot/coupon/${couponId}/close`)
      return line(`PUT /v2/bot/coupon/${couponId}/close`)
    }),
    410,
    errors(1),
    [['The coupon has already been closed.', '']],
  ],
  [
    '5,001 open coupons',
    within(async ({ line }) => {
      for (let count = 0; count < 5000; count++) await line('POST /v2/bot/coupon', coupon)
      return line('POST /v2/bot/coupon', coupon)
    }),
    400,
    errors(1),
    [['You have too many coupons created.', '']],
  ],
  ['an unknown coupon', ask(`GET /v2/bot/coupon/${unknownCoupon}`), 404, errors(1), [['coupon not found', '']]],
  [
    'closing an unknown coupon',
    ask(`PUT /v2/bot/coupon/${unknownCoupon}/close`),
    404,
    errors(1),
    [['coupon not found', '']],
  ],
  [
    'a list of 101 coupons',
    ask('GET /v2/bot/coupon?limit=101'),
    400,
    errors(1),
    [['Must be less than or equal to 100', 'limit']],
  ],
  [
    'a list of 0 coupons',
    ask('GET /v2/bot/coupon?limit=0'),
    400,
    errors(1),
    [['Must be greater than or equal to 1', 'limit']],
  ],
  [
    'an unknown status',
    ask('GET /v2/bot/coupon?status=OPEN'),
    400,
    errors(1),
    [['Must be one of the following values: [DRAFT,RUNNING,CLOSED]', 'status']],
  ],
  ['an unknown start of coupons', ask('GET /v2/bot/coupon?start=made-up'), 400, 'Invalid start param'],
]

type MenuWorld = Awaited<ReturnType<typeof withMenus>>
const menus = (act: (world: MenuWorld) => Promise<LineResponse>) => async () => act(await withMenus())
const newMenu = (more: object) => menus(({ line }) => line('POST /v2/bot/richmenu', { ...menu, ...more }))
const link = (from: string, to: string) => ({ type: 'link', from, to })
const batch = (operations: (a: string, b: string, bare: string) => readonly object[]) =>
  menus(async ({ line, create, createWithImage }) => {
    const [a, b, bare] = [await createWithImage(), await createWithImage(), await create()]
    return line('POST /v2/bot/richmenu/batch', { operations: operations(a, b, bare) })
  })
const bulkLink = (body: (world: MenuWorld) => Promise<object>) =>
  menus(async (world) => world.line('POST /v2/bot/richmenu/bulk/link', await body(world)))
const needsImage = 'must upload richmenu image before applying it to user'
// IDs depend on the order of calls only, so that a test can name the menus of another run.
const menuIds = async () => {
  const { create, createWithImage } = await withMenus()
  return { a: await createWithImage(), b: await createWithImage(), bare: await create() }
}
const { a: firstMenu, bare: bareMenu } = await menuIds()

const richMenus: readonly LineRow[] = [
  ['a rich menu without a name', newMenu({ name: undefined }), 400, errors(1), [['must be specified', 'name']]],
  [
    'a rich menu with an invalid URI',
    newMenu({ areas: [{ ...menu.areas[0], action: { type: 'uri', uri: 'tea' } }] }),
    400,
    errors(1),
    [['invalid uri', 'areas[0].action.uri']],
  ],
  [
    'a rich menu with 21 areas',
    newMenu({ areas: Array.from({ length: 21 }, () => menu.areas[0]) }),
    400,
    errors(1),
    [['Size must be between 0 and 20', 'areas']],
  ],
  ['an unknown rich menu', menus(({ line }) => line(`GET /v2/bot/richmenu/${unknownMenu}`)), 404, 'Not found'],
  [
    'a second image',
    menus(async ({ createWithImage, upload }) => upload(await createWithImage())),
    400,
    'An image has already been uploaded to the richmenu',
  ],
  [
    'an image of the wrong size',
    menus(async ({ create, upload }) => upload(await create(), png(799, 250))),
    400,
    'The image size is not allowed for richmenu',
  ],
  [
    'an image of another media type',
    menus(async ({ create, upload }) => upload(await create(), png(), 'image/gif')),
    415,
    'The content type, image/gif, is not supported',
  ],
  ['no default rich menu', menus(({ line }) => line('GET /v2/bot/user/all/richmenu')), 404, 'no default richmenu', []],
  [
    'a default rich menu without an image',
    menus(async ({ line, create }) => line(`POST /v2/bot/user/all/richmenu/${await create()}`)),
    400,
    needsImage,
    [],
  ],
  [
    'the default rich menu of the LINE Official Account Manager',
    menus(({ account, line }) => {
      account.settings.richMenu = true
      return line('GET /v2/bot/user/all/richmenu')
    }),
    403,
    'the richmenu is owned by another channel',
    [],
  ],
  [
    'a user without a rich menu',
    menus(({ line, userId }) => line(`GET /v2/bot/user/${userId}/richmenu`)),
    404,
    'the user has no richmenu',
    [],
  ],
  [
    'the rich menu of an invalid user ID',
    menus(({ line }) => line('GET /v2/bot/user/mika/richmenu')),
    400,
    parameter('userId'),
  ],
  [
    'linking an unknown rich menu',
    menus(({ line, userId }) => line(`POST /v2/bot/user/${userId}/richmenu/${unknownMenu}`)),
    404,
    'Not found',
  ],
  [
    'linking a rich menu without an image',
    menus(async ({ line, userId, create }) => line(`POST /v2/bot/user/${userId}/richmenu/${await create()}`)),
    400,
    needsImage,
    [],
  ],
  [
    'linking for an invalid user ID among several',
    bulkLink(async ({ createWithImage, userId }) => ({
      richMenuId: await createWithImage(),
      userIds: [userId, 'mika'],
    })),
    400,
    property('userIds[1]'),
  ],
  [
    'unlinking an invalid user ID among several',
    menus(({ line, userId }) => line('POST /v2/bot/richmenu/bulk/unlink', { userIds: [userId, 'mika'] })),
    400,
    property('userIds[1]'),
  ],
  [
    'linking an invalid rich menu ID for several users',
    bulkLink(async ({ userId }) => ({ richMenuId: 'menu', userIds: [userId] })),
    400,
    errors(1),
    [['invalid richMenuId', 'richMenuId']],
  ],
  [
    'linking an unknown rich menu for several users',
    bulkLink(async ({ userId }) => ({ richMenuId: unknownMenu, userIds: [userId] })),
    404,
    'richmenu not found',
    [],
  ],
  [
    'linking a rich menu without an image for several users',
    bulkLink(async ({ create, userId }) => ({ richMenuId: await create(), userIds: [userId] })),
    400,
    needsImage,
    [],
  ],
  [
    'an alias that exists',
    menus(async ({ line, createWithImage }) => {
      const alias = { richMenuAliasId: 'tea', richMenuId: await createWithImage() }
      await line('POST /v2/bot/richmenu/alias', alias)
      return line('POST /v2/bot/richmenu/alias', alias)
    }),
    400,
    'conflict richmenu alias id',
    [],
  ],
  [
    'an alias of an unknown rich menu',
    menus(({ line }) => line('POST /v2/bot/richmenu/alias', { richMenuAliasId: 'tea', richMenuId: unknownMenu })),
    400,
    'richmenu not found',
    [],
  ],
  [
    'an alias of an invalid rich menu ID',
    menus(({ line }) => line('POST /v2/bot/richmenu/alias', { richMenuAliasId: 'tea', richMenuId: 'menu' })),
    400,
    errors(1),
    [['invalid richMenuId', 'richMenuId']],
  ],
  [
    'an unknown alias',
    menus(({ line }) => line('GET /v2/bot/richmenu/alias/none')),
    404,
    'richmenu alias not found',
    [],
  ],
  ['an invalid alias', menus(({ line }) => line('GET /v2/bot/richmenu/alias/None')), 400, parameter('richMenuAliasId')],
  [
    'a batch with an invalid rich menu ID',
    batch((a, b) => [link(a, b), { type: 'unlink', from: 'menu' }]),
    400,
    errors(1),
    [['invalid richMenuId', 'operations[1].from']],
  ],
  [
    'a batch to an unknown rich menu',
    batch((a) => [link(a, unknownMenu)]),
    404,
    errors(1),
    [[`Richmenu (${unknownMenu}) is not found`, 'operations[0].to']],
  ],
  [
    'a batch from an unknown rich menu',
    batch((a) => [link(unknownMenu, a)]),
    404,
    errors(1),
    [[`Richmenu (${unknownMenu}) is not found`, 'operations[0].from']],
  ],
  [
    'a batch to a rich menu without an image',
    batch((a, _, bare) => [link(a, bare)]),
    400,
    errors(1),
    [[`'to' richmenu (${bareMenu}) must have image but it doesn't`, 'operations[0].to']],
  ],
  [
    'a batch with a repeated rich menu',
    batch((a, b) => [link(a, b), link(a, b)]),
    400,
    errors(1),
    [[`from richmenu (${firstMenu}) is duplicated`, 'operations[].from']],
  ],
  [
    'a batch with unlinkAll and another operation',
    batch((a, b) => [link(a, b), { type: 'unlinkAll' }]),
    400,
    errors(1),
    [["'unlinkAll' type can't be combined with other type", 'operations[].type']],
  ],
  [
    'the progress of an invalid request ID',
    menus(({ line }) => line('GET /v2/bot/richmenu/progress/batch?requestId=monday')),
    400,
    parameter('requestId'),
  ],
  [
    'the progress of an unknown batch',
    menus(({ line }) => line(`GET /v2/bot/richmenu/progress/batch?requestId=${key}`)),
    404,
    'Not found',
  ],
]

const phoneNumber = '+818000001234'
const hash = createHash('sha256').update(phoneNumber).digest('hex')
const approved = { account: { settings: { notificationMessages: true } } }
const byPhone = (to: string, options?: Options) => ask('POST /bot/pnp/push', { to, messages: [text('x')] }, options)
const templated = (body: object) =>
  ask('POST /v2/bot/message/pnp/templated/push', { to: hash, templateKey: 'x', body }, approved)
const item = { itemKey: 'date_002_ja', content: 'Saturday' }
const duplicateItem = 'Duplicate itemKey in items or between emphasizedItem and items are not allowed: date_002_ja'

const notifications: readonly LineRow[] = [
  ['an unknown phone number', byPhone(hash, approved), 422, 'Failed to send messages'],
  ['an account without approval', byPhone(hash), 403, notAvailable],
  ...[phoneNumber, hash.toUpperCase(), hash.slice(1), ''].map(
    (to): LineRow => [
      `the recipient ${JSON.stringify(to)}`,
      byPhone(to, approved),
      400,
      errors(1),
      [['The value must be a valid SHA-256 digest.', 'to']],
    ],
  ),
  [
    'an emphasized item that is repeated',
    templated({ emphasizedItem: item, items: [item] }),
    400,
    errors(1),
    [[duplicateItem, 'body.emphasizedItem.itemKey']],
  ],
  ['a repeated item', templated({ items: [item, item] }), 400, errors(1), [[duplicateItem, 'body.items[1].itemKey']]],
]

type Audiences = Awaited<ReturnType<typeof withAudiences>>
const audience = (act: (world: Audiences) => Promise<LineResponse>) => async () => act(await withAudiences())
const upload = (input: object) => audience(({ create }) => create(input))
const byFile = (content: string, type = 'text/plain') =>
  audience(({ byFile: send }) => send('POST', { description: 'file' }, new Blob([content], { type })))
const insight = (kind: 'summary' | 'daily', from: string, to: string) =>
  ask(`GET /v2/bot/insight/richmenu/${unknownMenu}/${kind}?from=${from}&to=${to}`)

const statistics: readonly LineRow[] = [
  [
    'an unknown audience',
    audience(({ get }) => get(5)),
    400,
    'audience group not found',
    [['AUDIENCE_GROUP_NOT_FOUND']],
  ],
  [
    'an audience name of 121 characters',
    upload({ description: 'x'.repeat(121) }),
    400,
    'size over audienceGroupName',
    [['AUDIENCE_GROUP_NAME_SIZE_OVER']],
  ],
  [
    'an empty audience name',
    upload({ description: '' }),
    400,
    'AUDIENCE_GROUP_NAME_EMPTY',
    [['AUDIENCE_GROUP_NAME_EMPTY']],
  ],
  ['an audience name that is a number', upload({ description: 5 }), 400, property('description')],
  [
    'an invalid user ID',
    upload({ audiences: [{ id: 'U1' }] }),
    400,
    'Invalid audience id format',
    [['UPLOAD_AUDIENCE_GROUP_INVALID_AUDIENCE_ID_FORMAT', 'audiences']],
  ],
  [
    'an audience file with an invalid user ID',
    byFile(`${someId(1)}\nU2`),
    400,
    'UPLOAD_AUDIENCE_GROUP_INVALID_AUDIENCE_ID_FORMAT',
    [['UPLOAD_AUDIENCE_GROUP_INVALID_AUDIENCE_ID_FORMAT', 'file']],
  ],
  [
    'an empty audience file',
    byFile(''),
    400,
    'UPLOAD_AUDIENCE_GROUP_NO_VALID_AUDIENCE_IDS',
    [['UPLOAD_AUDIENCE_GROUP_NO_VALID_AUDIENCE_IDS', 'file']],
  ],
  [
    'an audience file of another media type',
    byFile(someId(1), 'text/csv'),
    415,
    'The content type, text/csv, is not supported',
  ],
  [
    'a list of 41 audiences',
    audience(({ line }) => line('GET /v2/bot/audienceGroup/list?page=1&size=41')),
    400,
    'size: must be less than or equal to 40',
    [['TOO_HIGH']],
  ],
  [
    'an audience ID that is not a number',
    audience(({ line }) => line('GET /v2/bot/audienceGroup/five')),
    400,
    parameter('audienceGroupId'),
  ],
  ['statistics without a date', ask('GET /v2/bot/insight/followers?date='), 400, 'date is required'],
  ['statistics of a date that does not exist', ask('GET /v2/bot/insight/followers?date=20260230'), 400, 'Bad Request'],
  [
    'a date range in the wrong order',
    insight('summary', '20251202', '20251201'),
    400,
    'Parameter to must be the same date as, or after parameter from.',
  ],
  [
    'a date range of more than 396 days',
    insight('summary', '20241201', '20260102'),
    400,
    'Date range exceeds. Max range is 396 days.',
  ],
  [
    'a date range of more than 99 days',
    insight('daily', '20250901', '20251210'),
    400,
    'Date range exceeds. Max range is 99 days.',
  ],
  [
    'a date range before 2023',
    insight('daily', '20221231', '20230101'),
    400,
    'Parameter from must be the same date as, or after 2023-01-01.',
  ],
  ['a date range without an end', insight('daily', '20251231', ''), 400, 'Bad Request'],
]

const sticker = (
  state:
    | 'available'
    | 'illegal argument'
    | 'not in sales period'
    | 'sticker set not available for channel'
    | 'not available'
    | undefined,
  more: object = {},
) =>
  within(({ emulator, account, line, userId }) => {
    if (state !== undefined) emulator.admin.missionStickers(account).sets.set('1', state)
    const mission = { to: userId, productType: 'STICKER', productId: '1', sendPresentMessage: false }
    return line('POST /shop/v3/mission', { ...mission, ...more })
  })

async function miniApp() {
  const emulator = createEmulator({ clock: 'manual' })
  const channel = emulator.createLoginChannel({ published: true })
  const app = emulator.admin.miniApp(channel)
  const user = emulator.createPerson({ displayName: 'Mika' })
  const open = async (of = channel) => (await emulator.issueLiffTokens(user, of)).accessToken
  const issue = async (liffAccessToken: string, of = channel) =>
    call(emulator, 'POST /message/v3/notifier/token', { liffAccessToken }, { token: await tokenFor(emulator, of) })
  const send = async (notificationToken: string) =>
    call(
      emulator,
      'POST /message/v3/notifier/send?target=service',
      { templateName: 'thankyou_msg_en', params: {}, notificationToken },
      { token: await tokenFor(emulator, channel) },
    )
  return { emulator, channel, app, user, open, issue, send }
}
const inMiniApp = (act: (world: Awaited<ReturnType<typeof miniApp>>) => Promise<LineResponse>) => async () =>
  act(await miniApp())

const redirectUri = 'https://example.com/auth'
async function moduleWorld() {
  const emulator = createEmulator({ clock: 'manual' })
  const account = emulator.createAccount({ name: 'Tea House', kind: 'verified' })
  const channel = emulator.createModuleChannel({ redirectUris: [redirectUri] })
  const { channelId, channelSecret } = channel
  const url = (more: Partial<Parameters<typeof moduleAuthorizeUrl>[0]> = {}) =>
    moduleAuthorizeUrl({ channelId, redirectUri, scope: ['message:send', 'message:receive'], state: 'abc', ...more })
  const codeFor = (more?: Parameters<typeof url>[0]) =>
    new URL(channel.approve(url(more), account)).searchParams.get('code') ?? ''
  const attach = async (fields: { readonly [name: string]: string }) => {
    const all = { grant_type: 'authorization_code', redirect_uri: redirectUri, scope: 'message:send message:receive' }
    const body = new URLSearchParams({ ...all, client_id: channelId, client_secret: channelSecret, ...fields })
    return read(await emulator.fetch('https://manager.line.biz/module/auth/v1/token', { method: 'POST', body }))
  }
  const line = async (what: string, body?: object) =>
    call(emulator, what, body, {
      token: await tokenFor(emulator, channel),
      headers: { 'x-line-bot-id': account.userId },
    })
  return { emulator, account, channel, url, codeFor, attach, line }
}
const inModule = (act: (world: Awaited<ReturnType<typeof moduleWorld>>) => Promise<LineResponse>) => async () =>
  act(await moduleWorld())

const otherApis: readonly LineRow[] = [
  ['mission stickers without approval', sticker(undefined), 403, 'not allowed to use the API'],
  ...(
    ['illegal argument', 'not in sales period', 'sticker set not available for channel', 'not available'] as const
  ).map((state): LineRow => [`a sticker set in the state "${state}"`, sticker(state), 400, state]),
  ['an unknown sticker set', sticker('available', { productId: '5' }), 404, 'not found'],
  ['mission stickers for an unknown user', sticker('available', { to: unknownUser }), 400, 'invalid request'],
  ['mission stickers of another product type', sticker('available', { productType: 'THEME' }), 400, 'invalid request'],
  ['an unknown service notification token', inMiniApp(({ send }) => send('made-up')), 401, 'Invalid notifier token'],
  ['an empty LIFF access token', inMiniApp(({ issue }) => issue('')), 400, '[liffAccessToken] must not be blank'],
  [
    'an expired LIFF access token',
    inMiniApp(async ({ open, issue, emulator }) => {
      const token = await open()
      await emulator.clock.advance(day / 2)
      return issue(token)
    }),
    401,
    'The access token expired',
  ],
  [
    'a revoked LIFF access token',
    inMiniApp(async ({ open, issue, user, channel }) => {
      const token = await open()
      user.revokeConsent(channel)
      return issue(token)
    }),
    401,
    'The access token revoked',
  ],
  [
    'a LINE Login channel that is not a LINE MINI App',
    inMiniApp(async ({ emulator, open, issue }) => {
      const plain = emulator.createLoginChannel({ published: true })
      return issue(await open(plain), plain)
    }),
    403,
    notAvailable,
  ],
  [
    'no LIFF apps',
    within(async ({ emulator }) => {
      const token = await tokenFor(emulator, emulator.createLoginChannel())
      return call(emulator, 'GET /liff/v1/apps', undefined, { token })
    }),
    404,
    'Not found',
  ],
  [
    'an unknown start of accounts',
    inModule(({ line }) => line('GET /v2/bot/list?start=nonsense')),
    400,
    'Invalid start param',
  ],
  [
    'detaching an invalid account ID',
    inModule(({ line }) => line('POST /v2/bot/channel/detach', { botId: 'U1' })),
    400,
    'user/group/room Id is not available.',
  ],
  [
    'detaching from an account that is not attached',
    inModule(({ line, account }) => line('POST /v2/bot/channel/detach', { botId: account.userId })),
    400,
    'Specified channel is not detachable',
  ],
  [
    'an invalid chat ID',
    inModule(async ({ attach, codeFor, line }) => {
      await attach({ code: codeFor() })
      return line('POST /v2/bot/chat/X1/control/acquire', {})
    }),
    400,
    parameter('chatId'),
  ],
  [
    'a call of a module channel without the scope',
    inModule(async ({ attach, codeFor, line }) => {
      await attach({ code: codeFor() })
      return line('GET /v2/bot/coupon')
    }),
    403,
    notAvailable,
  ],
  ['a module channel that is not attached', inModule(({ line }) => line('GET /v2/bot/info')), 403, notAvailable],
]

/** A row with the whole body of the response. */
function lineCase([what, act, status, message, details]: LineRow) {
  const said = details?.map(([text, at]) => ({ message: text, ...(at !== undefined && { property: at }) }))
  return { what, act, status, body: { message, ...(said && { details: said }) } }
}

const texts = [requests, messages, people, coupons, richMenus, notifications, statistics, otherApis]

describe('LINE’s texts', () => {
  test.each(texts.flat().map(lineCase))(
    '$what',
    async ({ act, status, body }) => {
      const response = await act()
      expect([response.status, response.body]).toEqual([status, body])
    },
    60_000,
  )

  test('the conflict of a push repeats the sent messages beside the text', async () => {
    const { push, userId } = await setup()
    const first = await push(userId, 'once', { 'x-line-retry-key': key })
    const sent = first.body as object // LINE's response
    expect((await push(userId, 'once', { 'x-line-retry-key': key })).body).toEqual({
      message: 'The retry key is already accepted',
      ...sent,
    })
  })
})

// OAuth endpoints.

type OauthRow = readonly [
  what: string,
  call: () => Promise<LineResponse>,
  status: number,
  error: string,
  description?: string,
]

const pair = generateKeyPairSync('rsa', { modulusLength: 2048 })
const otherPair = generateKeyPairSync('rsa', { modulusLength: 2048 })
const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
const sign = (header: object, claims: object, by = pair) => {
  const input = `${encode(header)}.${encode(claims)}`
  return `${input}.${createSign('RSA-SHA256').update(input).sign(by.privateKey, 'base64url')}`
}
const assertionType = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'

async function tokenWorld() {
  const world = await setup()
  const { emulator, account } = world
  const jwk = { ...pair.publicKey.export({ format: 'jwk' }), alg: 'RS256', use: 'sig' }
  const kid = emulator.console.registerAssertionKey(account, jwk)
  const { channelId } = account
  const claims = { iss: channelId, sub: channelId, aud: 'https://api.line.me/', exp: start + 60, token_exp: 60 }
  const grant = (assertion: string) =>
    form(emulator, '/oauth2/v2.1/token', {
      grant_type: 'client_credentials',
      client_assertion_type: assertionType,
      client_assertion: assertion,
    })
  const v21 = async () => (await grant(sign({ alg: 'RS256', kid }, claims))).body as { access_token: string } // the response
  const secret = { client_id: channelId, client_secret: account.channelSecret }
  const verify = (token: string) =>
    call(emulator, `GET /oauth2/v2.1/verify?${new URLSearchParams({ access_token: token })}`)
  const revoke = (fields: object) => form(emulator, '/oauth2/v2.1/revoke', { ...secret, access_token: 'x', ...fields })
  const shortLived = (fields: object) =>
    form(emulator, '/v2/oauth/accessToken', { grant_type: 'client_credentials', ...secret, ...fields })
  return { ...world, kid, claims, grant, v21, secret, verify, revoke, shortLived }
}
const withTokens = (act: (world: Awaited<ReturnType<typeof tokenWorld>>) => Promise<LineResponse>) => async () =>
  act(await tokenWorld())
const asserting = (header: object, claims: object, by = pair) =>
  withTokens((world) =>
    world.grant(sign({ alg: 'RS256', kid: world.kid, ...header }, { ...world.claims, ...claims }, by)),
  )

type LoginWorld = ReturnType<typeof loginSetup>
const loggedIn = (act: (world: LoginWorld) => Promise<LineResponse>) => () => act(loginSetup())
const exchanged = (changes: Parameters<LoginWorld['exchange']>[1]) =>
  loggedIn(async ({ codeOf, exchange }) =>
    exchange(await codeOf({ code_challenge: challenge, code_challenge_method: 'S256' }), {
      code_verifier: verifier,
      ...changes,
    }),
  )
const checkedIdToken = (change: (world: LoginWorld, idToken: string) => { readonly [name: string]: string }) =>
  loggedIn(async (world) => {
    const { id_token } = await world.tokens({ nonce: 'n1' })
    const fields = { id_token, client_id: world.channel.channelId, ...change(world, id_token) }
    return form(world.emulator, '/oauth2/v2.1/verify', fields)
  })
const resigned = ({ secret }: LoginWorld, idToken: string, claims: object) => {
  const input = `${idToken.split('.')[0]}.${encode({ ...part(idToken, 1), ...claims })}`
  return `${input}.${createHmac('sha256', secret.client_secret).update(input).digest('base64url')}`
}

const parameters = 'some parameters missed or invalid'
const keyOwner = 'iss and clientId of key do not match'

const oauth: readonly OauthRow[] = [
  [
    'a stateless token with a wrong secret',
    withTokens(({ emulator, secret }) =>
      form(emulator, '/oauth2/v3/token', { grant_type: 'client_credentials', ...secret, client_secret: 'x' }),
    ),
    400,
    'invalid_request',
    "Invalid 'client_credentials'.",
  ],
  [
    'a stateless token for an unknown channel',
    withTokens(({ emulator, secret }) =>
      form(emulator, '/oauth2/v3/token', { grant_type: 'client_credentials', ...secret, client_id: '1000000000' }),
    ),
    400,
    'invalid_request',
    "Invalid 'client_credentials'.",
  ],
  [
    'a stateless token without fields',
    withTokens(({ emulator }) => form(emulator, '/oauth2/v3/token', { grant_type: 'client_credentials' })),
    400,
    'invalid_request',
    parameters,
  ],
  ['an assertion of another issuer', asserting({}, { iss: '1000000000' }), 400, 'invalid_client', keyOwner],
  ['an assertion of another subject', asserting({}, { sub: '1000000000' }), 400, 'invalid_client', keyOwner],
  ['an assertion that has expired', asserting({}, { exp: start }), 400, 'invalid_client', 'Invalid exp'],
  ['an assertion with a late exp', asserting({}, { exp: start + 1801 }), 400, 'invalid_client', 'Invalid exp'],
  ['an assertion with exp as a string', asserting({}, { exp: `${start + 60}` }), 400, 'invalid_client', 'Invalid exp'],
  [
    'a revoked token v2.1',
    withTokens(async ({ v21, revoke, verify }) => {
      const { access_token } = await v21()
      await revoke({ access_token })
      return verify(access_token)
    }),
    400,
    'invalid_request',
    'The access token revoked',
  ],
  [
    'an expired token v2.1',
    withTokens(async ({ v21, verify, emulator }) => {
      const { access_token } = await v21()
      await emulator.clock.advance(minute)
      return verify(access_token)
    }),
    400,
    'invalid_request',
    'The access token expired',
  ],
  ['verifying a string', withTokens(({ verify }) => verify('x')), 400, 'invalid_request', 'The access token not JWS'],
  [
    'verifying an unknown JWT',
    withTokens(({ verify }) => verify('a.b.c')),
    400,
    'invalid_request',
    'The access token malformed',
  ],
  [
    'revoking with a wrong secret',
    withTokens(({ revoke }) => revoke({ client_secret: 'x' })),
    400,
    'invalid_client',
    'invalid client_secret',
  ],
  [
    'revoking for an unknown channel',
    withTokens(({ revoke }) => revoke({ client_id: '1' })),
    400,
    'invalid_client',
    'invalid client_id',
  ],
  ['revoking a string', withTokens(({ revoke }) => revoke({})), 400, 'invalid_request', 'The access token not JWS'],
  [
    'a short-lived token for an unknown channel',
    withTokens(({ shortLived }) => shortLived({ client_id: '1' })),
    400,
    'invalid_client',
    'invalid client_id',
  ],
  [
    'a short-lived token with a wrong secret',
    withTokens(({ shortLived }) => shortLived({ client_secret: 'x' })),
    400,
    'invalid_client',
    'invalid client_secret',
  ],
  [
    'a short-lived token with another grant_type',
    withTokens(({ shortLived }) => shortLived({ grant_type: 'x' })),
    400,
    'invalid_request',
    parameters,
  ],
  [
    'verifying a revoked short-lived token',
    withTokens(async ({ shortLived, emulator }) => {
      const { access_token } = (await shortLived({})).body as { access_token: string } // the response
      await form(emulator, '/v2/oauth/revoke', { access_token })
      return form(emulator, '/v2/oauth/verify', { access_token })
    }),
    400,
    'invalid_request',
    'access_token invalid',
  ],
  [
    'verifying a string as a short-lived token',
    withTokens(({ emulator }) => form(emulator, '/v2/oauth/verify', { access_token: 'x' })),
    400,
    'invalid_request',
    'access_token in invalid format',
  ],
  [
    'revoking a string as a short-lived token',
    withTokens(({ emulator }) => form(emulator, '/v2/oauth/revoke', { access_token: 'x' })),
    400,
    'invalid_request',
  ],
  [
    'another redirect_uri',
    exchanged({ redirect_uri: `${callbackUrl}/` }),
    400,
    'invalid_grant',
    'redirect_uri does not match',
  ],
  ['a wrong channel secret', exchanged({ client_secret: 'x' }), 400, 'invalid_client', 'invalid client_secret'],
  ['an unknown channel', exchanged({ client_id: '1' }), 400, 'invalid_client', 'invalid client_id'],
  ['a malformed code_verifier', exchanged({ code_verifier: 'x' }), 400, 'invalid_request', parameters],
  ['a missing channel secret', exchanged({ client_secret: undefined }), 400, 'invalid_request', parameters],
  [
    'an expired refresh token',
    loggedIn(async ({ emulator, tokens, secret }) => {
      const { refresh_token } = await tokens()
      await emulator.clock.advance(90 * day)
      return form(emulator, '/oauth2/v2.1/token', { grant_type: 'refresh_token', refresh_token, ...secret })
    }),
    400,
    'invalid_grant',
    'invalid refresh token',
  ],
  [
    'verifying a string as a user access token',
    loggedIn(({ verify }) => verify('x')),
    400,
    'invalid_request',
    'The access token not JWS',
  ],
  [
    'verifying an unknown JWT as a user access token',
    loggedIn(({ verify }) => verify('a.b.c')),
    400,
    'invalid_request',
    'The access token malformed',
  ],
  [
    'verifying an expired user access token',
    loggedIn(async ({ emulator, tokens, verify }) => {
      const { access_token } = await tokens()
      await emulator.clock.advance(30 * day)
      return verify(access_token)
    }),
    400,
    'invalid_request',
    'The access token expired',
  ],
  [
    'verifying a revoked user access token',
    loggedIn(async ({ person, channel, tokens, verify }) => {
      const { access_token } = await tokens()
      person.revokeConsent(channel)
      return verify(access_token)
    }),
    400,
    'invalid_request',
    'The access token revoked',
  ],
  ['a malformed ID token', checkedIdToken(() => ({ id_token: 'x' })), 400, 'invalid_request', 'Invalid IdToken.'],
  [
    'an ID token of another channel',
    checkedIdToken(({ emulator }) => ({ client_id: emulator.createLoginChannel().channelId })),
    400,
    'invalid_request',
    'Invalid IdToken Audience.',
  ],
  [
    'an ID token with another nonce',
    checkedIdToken(() => ({ nonce: 'n2' })),
    400,
    'invalid_request',
    'Invalid IdToken Nonce.',
  ],
  [
    'an ID token of another user',
    checkedIdToken(() => ({ user_id: 'U1' })),
    400,
    'invalid_request',
    'Invalid IdToken Subject Identifier.',
  ],
  [
    'an ID token of another issuer',
    checkedIdToken((world, idToken) => ({ id_token: resigned(world, idToken, { iss: 'https://evil.example' }) })),
    400,
    'invalid_request',
    'Invalid IdToken Issuer.',
  ],
  [
    'an expired ID token',
    checkedIdToken((world, idToken) => ({ id_token: resigned(world, idToken, { exp: start }) })),
    400,
    'invalid_request',
    'IdToken expired.',
  ],
  [
    'an ID token for an unknown channel',
    checkedIdToken(() => ({ client_id: '1' })),
    400,
    'invalid_client',
    'invalid client_id',
  ],
  [
    'attaching an unknown module channel',
    inModule(({ attach }) => attach({ code: 'x', client_id: '1' })),
    400,
    'invalid_client',
    'invalid client_id',
  ],
  [
    'attaching with a wrong secret',
    inModule(({ attach }) => attach({ code: 'x', client_secret: '0' })),
    400,
    'invalid_client',
    'invalid client_secret',
  ],
]

/** Error responses of OAuth endpoints that LINE does not document, in the emulator's words. */
const ourOauth: readonly OauthRow[] = [
  [
    'an assertion that is not a JWT',
    withTokens(({ grant }) => grant('x')),
    400,
    'invalid_client',
    'Invalid client_assertion',
  ],
  ['an assertion with HS256', asserting({ alg: 'HS256' }, {}), 400, 'invalid_client', 'Invalid client_assertion'],
  ['an assertion with a wrong signature', asserting({}, {}, otherPair), 400, 'invalid_client', 'Invalid signature'],
  [
    'an assertion with another audience',
    asserting({}, { aud: 'https://api.line.me' }),
    400,
    'invalid_client',
    'Invalid aud',
  ],
  [
    'an assertion with a late token_exp',
    asserting({}, { token_exp: 2_592_001 }),
    400,
    'invalid_client',
    'Invalid token_exp',
  ],
  [
    'an assertion without token_exp',
    asserting({}, { token_exp: undefined }),
    400,
    'invalid_client',
    'Invalid token_exp',
  ],
  [
    'a code that was used',
    loggedIn(({ exchange }) => exchange('x'.repeat(20))),
    400,
    'invalid_grant',
    'invalid authorization code',
  ],
  [
    'a wrong code_verifier',
    exchanged({ code_verifier: `${verifier}x` }),
    400,
    'invalid_grant',
    'invalid code_verifier',
  ],
  [
    'attaching with an unknown code',
    inModule(({ attach }) => attach({ code: 'x' })),
    400,
    'invalid_grant',
    'invalid authorization code',
  ],
  [
    'attaching with other parameters',
    inModule(({ attach, codeFor }) => attach({ code: codeFor(), region: 'JP' })),
    400,
    'invalid_request',
    'the request differs from the one that was authorized',
  ],
  [
    'attaching with a wrong code_verifier',
    inModule(async ({ attach, codeFor }) =>
      attach({
        code: codeFor({ codeChallenge: await codeChallenge('v'.repeat(43)) }),
        code_verifier: 'w'.repeat(43),
      }),
    ),
    400,
    'invalid_grant',
    'invalid code_verifier',
  ],
]

const channelKeyRows: readonly LineRow[] = [
  [
    'an assertion with an unknown kid',
    asserting({ kid: 'd3b8f0a2-0000-4000-8000-000000000000' }, {}),
    404,
    'Cannot find channel key that satisfies the conditions',
  ],
  [
    'the 31st token v2.1',
    withTokens(async ({ v21, grant, kid, claims }) => {
      for (let count = 0; count < 30; count++) await v21()
      return grant(sign({ alg: 'RS256', kid }, claims))
    }),
    400,
    'The maximum number of access tokens has already been issued',
  ],
  [
    'revoking a token that is not valid',
    loggedIn(async ({ emulator, channel }) =>
      call(
        emulator,
        'POST /user/v1/deauthorize',
        { userAccessToken: 'x' },
        { token: await tokenFor(emulator, channel) },
      ),
    ),
    400,
    'invalid token',
  ],
]

describe('LINE’s OAuth texts', () => {
  const cases = [...oauth, ...ourOauth].map(([what, act, status, error, description]) => {
    const body = { error, ...(description !== undefined && { error_description: description }) }
    return { what, act, status, body }
  })

  test.each([...cases, ...channelKeyRows.map(lineCase)])('$what', async ({ act, status, body }) => {
    const response = await act()
    expect([response.status, response.body]).toEqual([status, body])
  })
})

// Responses that LINE gives and does not document, in the emulator's words.
const ourResponses: readonly LineRow[] = [
  [
    'a body of more than 2 MB',
    ask('POST /v2/bot/message/push', ' '.repeat(2 * 1024 * 1024 + 1)),
    413,
    'The request body is larger than 2 MB',
  ],
  [
    'a retry key that is not a UUID',
    within(({ push, userId }) => push(userId, 'x', { 'x-line-retry-key': 'my-key' })),
    400,
    'The retry key is not a UUID',
  ],
  ['a retry key for bot info', withKey('GET /v2/bot/info'), 400, 'The retry key is not supported by this API'],
  [
    'a retry key for a reply',
    withKey('POST /v2/bot/message/reply', { replyToken: 'x', messages: [text('x')] }),
    400,
    'The retry key is not supported by this API',
  ],
  [
    'a fault with the status 500',
    within(({ emulator, line }) => {
      emulator.faults.add({ answer: 500 })
      return line('GET /v2/bot/info')
    }),
    500,
    'Internal server error',
  ],
  [
    'a fault with the status 200',
    within(({ emulator, line }) => {
      emulator.faults.add({ answer: 200 })
      return line('GET /v2/bot/info')
    }),
    200,
    'ok',
  ],
  [
    'an unknown quote token',
    pushed(text('plain'), { ...text('x'), quoteToken: 'made-up' }),
    400,
    errors(1),
    [['Invalid quote token', 'messages[1].quoteToken']],
  ],
  [
    'marking as read while Chat is off',
    within(async ({ account, person, line }) => {
      const { message } = (await person.send(account, 'hi')).event
      const markAsReadToken = 'markAsReadToken' in message ? message.markAsReadToken : ''
      return line('POST /v2/bot/chat/markAsRead', { markAsReadToken })
    }),
    400,
    'Messages are marked as read automatically while Chat is off',
  ],
  [
    'a coupon that ends in the past',
    couponWith({ startTimestamp: start - 3600, endTimestamp: start }),
    400,
    errors(1),
    [['Must be later than now', 'endTimestamp']],
  ],
  [
    'the 1,001st rich menu',
    menus(async ({ create, line }) => {
      for (let count = 0; count < 1000; count++) await create()
      return line('POST /v2/bot/richmenu', menu)
    }),
    400,
    'The maximum number of rich menus has already been created',
    [],
  ],
  [
    'the 1,001st alias',
    menus(async ({ createWithImage, line }) => {
      const richMenuId = await createWithImage()
      const create = (count: number) =>
        line('POST /v2/bot/richmenu/alias', { richMenuAliasId: `tea-${count}`, richMenuId })
      for (let count = 0; count < 1000; count++) await create(count)
      return create(1000)
    }),
    400,
    'The maximum number of rich menu aliases has already been created',
    [],
  ],
  [
    'an eleventh audience job',
    audience(async ({ created, line }) => {
      const audienceGroupId = await created()
      const add = () => line('PUT /v2/bot/audienceGroup/upload', { audienceGroupId, audiences: [{ id: someId(1) }] })
      for (let count = 1; count < 10; count++) await add()
      return add()
    }),
    429,
    'The limit on the number of concurrent operations has been exceeded',
  ],
  [
    'an audience without a file',
    audience(async ({ emulator, token }) => {
      const body = new FormData()
      body.append('description', 'file')
      const headers = { authorization: `Bearer ${token}` }
      const url = 'https://api-data.line.me/v2/bot/audienceGroup/upload/byFile'
      return read(await emulator.fetch(url, { method: 'POST', body, headers }))
    }),
    400,
    'file: may not be empty',
  ],
  [
    'the 31st LIFF app',
    within(async ({ emulator }) => {
      const token = await tokenFor(emulator, emulator.createLoginChannel())
      const view = { type: 'full', url: 'https://example.com/app' }
      const add = () => call(emulator, 'POST /liff/v1/apps', { view }, { token })
      for (let count = 0; count < 30; count++) await add()
      return add()
    }),
    400,
    'The maximum number of LIFF apps has been added to the channel',
  ],
  [
    'a LIFF app whose name contains LINE',
    within(async ({ emulator }) => {
      const token = await tokenFor(emulator, emulator.createLoginChannel())
      const view = { type: 'full', url: 'https://example.com/app' }
      return call(emulator, 'POST /liff/v1/apps', { view, description: 'My LINE app' }, { token })
    }),
    400,
    'The name of a LIFF app must not contain LINE',
  ],
  [
    'a LIFF access token of another channel',
    inMiniApp(async ({ emulator, open, issue }) => issue(await open(emulator.createLoginChannel({ published: true })))),
    401,
    'The access token is not one of this channel',
  ],
  [
    'a LIFF access token that was used',
    inMiniApp(async ({ open, issue }) => {
      const token = await open()
      await issue(token)
      return issue(token)
    }),
    400,
    'A service notification token has been issued for this access token',
  ],
  [
    'an unknown template',
    inMiniApp(async ({ open, issue, send }) => {
      const { notificationToken } = (await issue(await open())).body as { notificationToken: string } // the response
      return send(notificationToken)
    }),
    403,
    'The template cannot be found',
  ],
  [
    'a chat that another channel has just acquired',
    inModule(async ({ emulator, account, attach, channel, codeFor, line }) => {
      await attach({ code: codeFor() })
      const person = emulator.createPerson({ displayName: 'Mika' })
      await person.addFriend(account)
      const path = (chatId: string) => `POST /v2/bot/chat/${chatId}/control/acquire`
      await line(path(channel.userIdFor(person, account)), {})
      return call(emulator, path(person.userIdFor(account)), {}, { token: await tokenFor(emulator, account) })
    }),
    423,
    'Another channel has acquired the control of this chat',
  ],
  [
    'a user access token without the scope',
    loggedIn(async ({ tokens, ask: askAs }) =>
      askAs('GET /v2/profile', (await tokens({ scope: 'openid' })).access_token),
    ),
    403,
    'The access token does not have the required permission',
  ],
  [
    'the friendship status without a linked account',
    async () => {
      const { tokens, ask: askAs } = loginSetup({ linkedAccount: undefined })
      return askAs('GET /friendship/v1/status', (await tokens()).access_token)
    },
    400,
    'No LINE Official Account is linked to the channel',
  ],
]

test.each(ourResponses.map(lineCase))(
  'response: $what',
  async ({ act, status, body }) => {
    const response = await act()
    expect([response.status, response.body]).toEqual([status, body])
  },
  60_000,
)

test('the client puts the details of Flex contents into its message', async () => {
  const { emulator, token, userId } = await setup()
  const line = createLineClient({ channelAccessToken: token, fetch: emulator.fetch })
  const hero = { type: 'image', url: 'http://x' } as const
  const wrong = { type: 'flex', altText: 'x', contents: { type: 'bubble', hero } } as const
  const error: unknown = await line.messaging.pushMessage({ to: userId, messages: [wrong] }).catch((thrown) => thrown)
  if (!(error instanceof LineApiError)) throw error
  expect(error.lineMessage).toBe(inMessage(0))
  expect(error.details).toEqual([{ message: 'invalid uri scheme', property: '/hero/url' }])
  expect(error.message).toBe(
    `POST /v2/bot/message/push -> 400 A message (messages[0])\u00a0in the request body is invalid: /hero/url invalid uri scheme (request ${error.requestId})`,
  )
})

afterEach(() => {
  vi.restoreAllMocks()
})

test('the fault reset has the messages of a runtime’s fetch', async () => {
  const { emulator, line } = await setup()
  emulator.faults.add({ answer: 'reset' })
  const error: unknown = await line('GET /v2/bot/info').catch((thrown) => thrown)
  if (!(error instanceof Error && error.cause instanceof Error)) throw error
  expect([error.message, error.cause.message]).toEqual(['fetch failed', 'read ECONNRESET'])
})

test('listen() in a runtime without node:http', async () => {
  vi.spyOn(process, 'getBuiltinModule').mockReturnValue(undefined)
  const error: unknown = await createEmulator()
    .listen()
    .catch((thrown) => thrown)
  expect(error instanceof Error && error.message).toBe(
    'listen requires node:http, which this runtime does not have; use emulator.fetch instead',
  )
})

test('an answer that breaks its contract is named in the error', async () => {
  const { emulator, account, line } = await setup()
  await emulator.clock.advance(day)
  // What plain JavaScript can set and TypeScript would refuse.
  // The types forbid this value; plain JavaScript may pass it.
  emulator.admin.insight(account).deliveries.set('20260101', { broadcast: 'many' as unknown as number })
  const error: unknown = await line('GET /v2/bot/insight/message/delivery?date=20260101').catch((thrown) => thrown)
  expect(error instanceof Error && error.message).toBe(
    "Bug in the emulator: its answer to getNumberOfMessageDeliveries breaks the operation's contract: broadcast must be a number, but is a string of 4 UTF-16 code units",
  )
})

// Results of webhook deliveries and tests.

type DeliveryRow = readonly [
  what: string,
  answer: { readonly fails?: string; readonly status?: number; readonly silent?: true },
  reason: DeliveryReason,
  detail: string,
]
test.each<DeliveryRow>([
  ['success', { status: 200 }, 'ok', '200'],
  ['an error status', { status: 500 }, 'error_status_code', '500'],
  ['no response', { silent: true }, 'request_timeout', 'Request timeout'],
  ['an unknown host', { fails: 'ENOTFOUND' }, 'could_not_connect', 'Unknown host'],
  ['a refused connection', { fails: 'ECONNREFUSED' }, 'could_not_connect', 'Connection failed'],
  ['a reset connection', { fails: 'ECONNRESET' }, 'unclassified', 'Session closed unexpectedly'],
  ['another error', { fails: 'ELSE' }, 'unclassified', 'Unclassified webhook dispatch error'],
])('delivery: %s', async (_what, { status, fails, silent }, reason, detail) => {
  const deliver = async () => {
    if (silent) return new Promise<Response>(() => {})
    if (fails) throw new TypeError('fetch failed', { cause: Object.assign(new Error(fails), { code: fails }) })
    return new Response(null, { status: status ?? 200 })
  }
  const { account, person, emulator } = await setup({ deliver })
  Object.assign(account.settings, { webhook: true, webhookUrl: 'https://bot.example/' })
  const sent = person.send(account, 'hi')
  await emulator.clock.advance(2000)
  expect(await sent).toMatchObject({ reason, detail })
})

test.each<readonly [what: string, prepare: (world: World) => void, reason: DeliveryReason, detail: string]>([
  ['the webhook is off', () => {}, 'not_sent', 'the webhook is switched off'],
  [
    'no webhook URL',
    ({ account }) => Object.assign(account.settings, { webhook: true }),
    'not_sent',
    'there is no webhook URL',
  ],
  [
    'an invalid webhook URL',
    ({ account }) => Object.assign(account.settings, { webhook: true, webhookUrl: 'not a URL' }),
    'could_not_connect',
    'Invalid URL syntax',
  ],
  [
    'a fault',
    ({ account, emulator }) => {
      account.connect(inbox())
      emulator.faults.delivery({ drop: 1 })
    },
    'not_sent',
    'a fault dropped it',
  ],
])('delivery: %s', async (_what, prepare, reason, detail) => {
  const world = await setup()
  prepare(world)
  expect(await world.person.send(world.account, 'hi')).toMatchObject({ reason, detail })
})

test('a timeout in the test of a webhook URL', async () => {
  const { account, line, emulator } = await setup()
  account.connect(inbox(() => new Promise(() => {})))
  const tested = line('POST /v2/bot/channel/webhook/test', {})
  await emulator.clock.advance(2000)
  const detail = `Request timeout: ${account.settings.webhookUrl}`
  expect((await tested).body).toMatchObject({ reason: 'REQUEST_TIMEOUT', detail })
})

// Pages of LINE Login.

const page = async (changes: Parameters<LoginWorld['url']>[0] = {}, world = loginSetup()) => {
  const browser = await new Browser(world.emulator).open(world.url(changes))
  return { ...world, browser }
}

test('the titles of the login pages', async () => {
  const { browser, url } = await page({ bot_prompt: 'aggressive' })
  const titles = [browser.title]
  await browser.press('Use a QR code')
  titles.push(browser.title)
  await browser.press('Scan')
  titles.push(browser.title)
  await browser.press('Allow')
  titles.push(browser.title, (await browser.open(url())).title)
  await browser.open(url({ response_mode: 'form_post' }))
  await browser.press('Log in')
  titles.push(browser.title)
  expect(titles).toEqual([
    'Log in with your e-mail address',
    'Log in with a QR code',
    'Tea Shop asks for your permission',
    'Add Tea House as a friend?',
    'Log in with LINE',
    'Tea Shop asks for your permission',
  ])
})

test('the checkboxes of the consent page', async () => {
  const world = loginSetup({ settings: { callbackUrls: [callbackUrl], emailPermission: true } })
  const { browser } = await page({ bot_prompt: 'normal', scope: 'openid email' }, world)
  await browser.press('Log in')
  const labels = [...browser.text.matchAll(/<label><input[^>]*>\s*(.*?)<\/label>/g)].map(([, label]) => label)
  expect(labels).toEqual(['E-mail address (mika@example.com)', 'Add Tea House as a friend'])
})

test('the login page without people', async () => {
  const emulator = createEmulator()
  const { channelId } = emulator.createLoginChannel({ settings: { callbackUrls: [callbackUrl] } })
  const browser = await new Browser(emulator).open(loginSetup().url({ client_id: channelId }))
  expect(/<p>(.*?)<\/p>/.exec(browser.text)?.[1]).toBe(
    'There are no LINE users yet. Create one with emulator.createPerson().',
  )
})

const errorPage = (browser: Browser) => [browser.status, browser.title, /<p>(.*?)<\/p>/.exec(browser.text)?.[1]]
const registration = 'Invalid redirect_uri value. Check if it is registered in a LINE developers site.'
test.each<readonly [what: string, open: () => Promise<Browser>, text: string]>([
  ['an unknown channel', async () => (await page({ client_id: '1' })).browser, 'Invalid client_id value.'],
  ['a missing client_id', async () => (await page({ client_id: undefined })).browser, 'Invalid client_id value.'],
  ['another redirect_uri', async () => (await page({ redirect_uri: `${callbackUrl}/` })).browser, registration],
  ['a missing redirect_uri', async () => (await page({ redirect_uri: undefined })).browser, registration],
  [
    'a channel in development',
    async () => (await page({}, loginSetup({ published: false }))).browser.press('Log in'),
    'This channel is now developing status. User need to have developer role.',
  ],
  [
    'a login that has ended',
    async () => {
      const { browser, emulator } = await page()
      await browser.press('Log in')
      const stale = Object.assign(new Browser(emulator), { text: browser.text })
      await browser.press('Cancel')
      return stale.press('Allow')
    },
    'This login has ended. Go back to the app and start again.',
  ],
  [
    'a form that was not shown',
    async () => (await page()).browser.press('Log in', { by: 'linesso' }),
    'The page sent something that it does not have. Go back and try again.',
  ],
])('login error page: %s', async (_what, open, text) => {
  expect(errorPage(await open())).toEqual([400, '400 Bad Request', text])
})

const sentBack = async (changes: Parameters<LoginWorld['url']>[0], more = '') => {
  const { emulator, url } = loginSetup()
  return (await new Browser(emulator).open(url(changes) + more)).back
}
test.each<readonly [what: string, back: () => Promise<Record<string, string>>, error: string, description: string]>([
  ['a missing state', () => sentBack({ state: undefined }), 'INVALID_REQUEST', 'state is missing'],
  ['a repeated scope', () => sentBack({}, '&scope=openid'), 'INVALID_REQUEST', 'scope is given more than once'],
  ['another prompt', () => sentBack({ prompt: 'select_account' }), 'INVALID_REQUEST', 'prompt is invalid'],
  [
    'a code_challenge without a method',
    () => sentBack({ code_challenge: 'a'.repeat(43) }),
    'INVALID_REQUEST',
    'code_challenge_method is invalid',
  ],
  [
    'another response_type',
    () => sentBack({ response_type: 'token' }),
    'UNSUPPORTED_RESPONSE_TYPE',
    'response_type must be code',
  ],
  ['a missing scope', () => sentBack({ scope: undefined }), 'INVALID_SCOPE', 'scope needs profile or openid'],
  ['email without openid', () => sentBack({ scope: 'profile email' }), 'INVALID_SCOPE', 'email needs openid'],
  [
    'an unknown scope',
    () => sentBack({ scope: 'profile friends' }),
    'INVALID_SCOPE',
    'the channel may not ask for one of the scopes',
  ],
  ['prompt=none without a session', () => sentBack({ prompt: 'none' }), 'LOGIN_REQUIRED', 'The user is not logged in.'],
  [
    'prompt=none without consent',
    async () => {
      const { person, url } = loginSetup()
      const back = await person.login(url({ prompt: 'none' }), { by: 'linesso' })
      return Object.fromEntries(new URL(back.url).searchParams)
    },
    'INTERACTION_REQUIRED',
    'The user has to be shown a screen.',
  ],
  [
    'canceling',
    async () => {
      const { browser } = await page()
      await browser.press('Log in')
      return (await browser.press('Cancel')).back
    },
    'ACCESS_DENIED',
    'The resource owner denied the request.',
  ],
])('login callback: %s', async (_what, back, error, description) => {
  expect(await back()).toMatchObject({ error, error_description: description })
})

// Refusals of the consoles. Their texts are what a user sees.

const consoleTexts: { readonly [reason in ConsoleReason]: readonly [status: number | undefined, message: string] } = {
  wrong_email: [undefined, 'The email address or password is incorrect.'],
  wrong_password: [undefined, 'The email address or password is incorrect.'],
  wrong_login_method: [undefined, 'The email address or password is incorrect.'],
  sign_in_locked: [undefined, 'Too many wrong passwords. Try again later, or reset the password.'],
  two_step_needs_email: [undefined, 'Register an email address before changing two-step verification.'],
  line_email_missing: [undefined, 'No email address is registered with this LINE account.'],
  line_code_not_shown: [undefined, 'LINE does not ask for a code on this device.'],
  wrong_code: [undefined, 'The code is incorrect.'],
  code_expired: [undefined, 'The code has expired. Start again.'],
  code_not_entered: [undefined, 'Waiting for the code.'],
  email_code_missing: [undefined, 'The email with the code has not arrived.'],
  signed_out: [undefined, 'Log in to continue.'],
  email_taken: [undefined, 'This email address is already in use.'],
  email_registered: [undefined, 'An email address is already registered with this Business ID.'],
  line_account_in_use: [undefined, 'This LINE account is already in use.'],
  line_account_linked: [undefined, 'A LINE account is already linked with this Business ID.'],
  yahoo_japan_in_use: [undefined, 'This Yahoo! JAPAN ID is already in use.'],
  unlink_needs_email: [undefined, 'Register an email address and a password before unlinking.'],
  reset_email_mismatch: [undefined, 'No Business ID has this login email address.'],
  link_expired: [undefined, 'This link has expired.'],
  link_used: [undefined, 'This link has already been used.'],
  link_unknown: [404, 'Not Found'],
  no_oam_permission: [400, 'Bad Request'],
  not_administrator: [403, 'Forbidden'],
  no_broadcast_permission: [403, 'Forbidden'],
  no_analytics_permission: [403, 'Forbidden'],
  consent_pending: [undefined, 'Agree to the use of information to continue.'],
  terms_not_agreed: [undefined, 'Agree to the terms to continue.'],
  form_invalid: [undefined, 'Check what you have entered.'],
  account_limit: [undefined, 'You cannot have more than 100 accounts.'],
  name_locked: [undefined, 'The account name cannot be changed any more.'],
  edited_too_often: [undefined, 'This can be changed once an hour.'],
  review_unavailable: [undefined, 'Verification cannot be requested for this account.'],
  own_role: [undefined, 'You cannot change your own role.'],
  already_member: [undefined, 'You are a member of this account already.'],
  member_limit: [undefined, 'The account has reached its limit of 100 members.'],
  invite_expired: [undefined, 'This invitation has expired.'],
  invite_used: [undefined, 'This invitation has already been used.'],
  quota_reached: [undefined, 'The monthly limit of messages has been reached.'],
  messaging_api_off: [undefined, 'The Messaging API is not enabled.'],
  messaging_api_in_use: [undefined, 'The Messaging API is already in use.'],
  provider_not_admin: [undefined, 'Choose a provider that you are an admin of.'],
  developer_missing: [undefined, 'Enter your developer name and email address to continue.'],
  developer_registered: [undefined, 'You are registered as a developer already.'],
  developer_sole_admin: [undefined, 'You are the only admin of a provider or a channel.'],
  no_console_permission: [404, 'Not Found'],
  console_admin_only: [403, 'Forbidden'],
  provider_limit: [undefined, 'You cannot create more than 10 providers.'],
  provider_not_empty: [undefined, 'A provider with channels cannot be deleted.'],
  channel_limit: [undefined, 'This developer has the admin role on as many channels as allowed.'],
  role_held: [undefined, 'This developer has a role already.'],
  role_missing: [undefined, 'This developer has no role here.'],
  admin_cannot_leave: [undefined, 'An admin cannot leave the channel.'],
  channel_undeletable: [undefined, 'A Messaging API channel is deleted with its Official Account.'],
  channel_name_reserved: [undefined, 'The name cannot contain "LINE".'],
  overlap_invalid: [undefined, 'The previous token can stay valid for 0 to 24 hours.'],
  webhook_url_invalid: [undefined, 'Enter a valid HTTPS URL.'],
  webhook_url_missing: [undefined, 'Enter a webhook URL first.'],
  switch_refused: [undefined, 'The setting could not be changed. Try again in the Official Account Manager.'],
  already_published: [undefined, 'A published channel stays published.'],
  linked_account_provider: [undefined, 'The Official Account belongs to another provider.'],
  linked_account_not_administrator: [undefined, 'You are not an administrator of this Official Account.'],
}

test.each(Object.keys(consoleTexts) as ConsoleReason[])('console refusal: %s', (reason) => {
  const { status, message } = new LineConsoleRefusal(reason)
  expect([status, message]).toEqual(consoleTexts[reason])
})

test('a wrong email address of a sign-in page', () => {
  const act = () => createEmulator().businessId.startSignIn({ method: 'email', email: 'x@y.example', password: 'x' })
  expect(act).toThrow(expect.objectContaining({ reason: 'wrong_email', message: consoleTexts.wrong_email[1] }))
})

// Mistakes of a test: errors with the code LINE_INPUT.

type InputRow = readonly [what: string, call: () => unknown, ...ErrorRow]
const mistake = (what: string, act: () => unknown, message: string, path?: string): InputRow => [
  what,
  act,
  'LINE_INPUT',
  path,
  message,
]
const inSetup = (act: (world: World) => unknown, options?: Options) => async () => act(await setup(options))
/** A value that TypeScript would refuse and plain JavaScript can pass. */
const wrong = (value: unknown) => value as never
const joins = { account: { settings: { joinGroups: true } } }
const create = (options: Partial<CreatePersonOptions>) =>
  createEmulator().createPerson({ displayName: 'Aoi', ...options })
const approve =
  (more: Parameters<Awaited<ReturnType<typeof moduleWorld>>['url']>[0], change = (url: string) => url) =>
  async () => {
    const { channel, url, account } = await moduleWorld()
    return channel.approve(change(url(more)), account)
  }
const picker = (mode: 'date' | 'time' | 'datetime', limits: object = {}) =>
  ({ type: 'datetimepicker', label: 'x', data: 'd', mode, ...limits }) as const
const shown = (action: object, act: (world: World) => unknown) =>
  inSetup(async (world) => {
    const template = { type: 'buttons', text: 'x', actions: [action] }
    const messages = [{ type: 'template', altText: 'x', template }]
    await world.line('POST /v2/bot/message/push', { to: world.userId, messages })
    return act(world)
  })
const blocked = (act: (world: World) => unknown) =>
  inSetup(async (world) => {
    await world.person.block(world.account)
    return act(world)
  })
const accountLinkUrl = (nonce: string, path = '/dialog/bot/accountLink') =>
  `https://access.line.me${path}?linkToken=x&nonce=${nonce}`

test.each<InputRow>([
  mistake(
    'clock.advance(-1)',
    () => createEmulator({ clock: 'manual' }).clock.advance(-1),
    'advance: ms must be 0 or more milliseconds',
  ),
  mistake(
    'clock without setTimeout',
    () => createEmulator({ clock: wrong({ now: () => 0 }) }),
    "createEmulator: clock must be 'manual', or an object with now(), setTimeout() and clearTimeout()",
  ),
  mistake(
    'clock.setTimeout(undefined)',
    () => createEmulator().clock.setTimeout(wrong(undefined), 1),
    'setTimeout: run must be a function',
  ),
  mistake('faults.add(null)', () => createEmulator().faults.add(wrong(null)), 'faults.add: options must be an object'),
  mistake(
    'faults.delivery(5)',
    () => createEmulator().faults.delivery(wrong(5)),
    'faults.delivery: options must be an object',
  ),
  mistake(
    'connect(null)',
    inSetup(({ account }) => account.connect(wrong(null))),
    'connect: receiver must be an object with fetch(), such as createReceiver() returns',
  ),
  mistake(
    'send(5)',
    inSetup(({ person, account }) => person.send(account, wrong(5))),
    'send: message must be a string, or an object with the type text, sticker, image, video, audio, file, location',
  ),
  mistake(
    'send a text without text',
    inSetup(({ person, account }) => person.send(account, wrong({ type: 'text' }))),
    'send: message.text must be a string',
  ),
  mistake(
    'a mention in a one-on-one chat',
    inSetup(({ person, account }) => person.send(account, { type: 'text', text: '@Tea House', mentions: [account] })),
    'send: message.mentions: only group chats and multi-person chats have mentions',
  ),
  mistake(
    'a mention that does not stand in the text',
    inSetup(async ({ emulator, person, account }) => {
      const group = emulator.createGroup({ name: 'Us', members: [person] })
      await group.invite(account)
      return group.send(person, { type: 'text', text: 'Hello', mentions: [account] })
    }, joins),
    'send: message.mentions[0]: the text must contain @Tea House',
  ),
  mistake(
    'a sticker with 16 keywords',
    inSetup(({ person, account }) => {
      const keywords = Array.from({ length: 16 }, String)
      return person.send(account, { type: 'sticker', packageId: '446', stickerId: '1988', keywords })
    }),
    'send: message.keywords must be a list of at most 15 strings',
  ),
  mistake(
    'one image as a set',
    inSetup(({ person, account }) => person.sendImages(account, [undefined])),
    'sendImages: images must be a list of at least two files',
  ),
  mistake(
    'a postback action from a LIFF app',
    inSetup(({ person, account }) => {
      const actions = [{ type: 'postback', label: 'x', data: 'x' }] as const
      const template = { type: 'buttons', text: 'x', actions } as const
      return person.sendFromLiff(account, [{ type: 'template', altText: 'x', template }])
    }),
    'sendFromLiff: messages[0] has an action of type postback, but LIFF apps can only send uri actions',
  ),
  mistake(
    'a message of a deleted LINE account',
    inSetup(({ person, account }) => {
      person.deleteLineAccount()
      return person.send(account, 'hi')
    }),
    'Mika has deleted the LINE account',
  ),
  mistake(
    'an event that is no object',
    inSetup(({ account }) => account.deliver(wrong('hello'))),
    'deliver: events[0] must be an object',
  ),
  mistake(
    'events together that are no list',
    inSetup(({ account }) => account.deliverTogether(wrong(() => undefined))),
    'deliverTogether: act must return a list of promises',
  ),
  mistake(
    'unsend(5)',
    inSetup(({ person }) => person.unsend(wrong(5))),
    'messageId must be a string',
  ),
  mistake(
    'tap(null)',
    inSetup(({ person, account }) => person.tap(account, wrong(null))),
    'tap: action must be the label of an action, or the action as it was sent',
  ),
  mistake(
    'joinMembership of text',
    inSetup(({ person, account }) => person.joinMembership(account, wrong('1'))),
    'membershipId must be a number',
  ),
  mistake(
    'LineConsoleRefusal of an unknown reason',
    () => new LineConsoleRefusal(wrong('x')),
    'LineConsoleRefusal: reason must be one of the reasons of a console',
  ),
  mistake(
    'historyLimit: 0',
    () => createEmulator({ historyLimit: 0 }),
    'createEmulator: historyLimit must be an integer of 1 or more',
  ),
  mistake(
    'emailCodeLength: 13',
    () => createEmulator({ consoles: { emailCodeLength: 13 } }),
    'createEmulator: consoles.emailCodeLength must be an integer from 1 to 12',
  ),
  mistake(
    'emailCodeLife: -1',
    () => createEmulator({ consoles: { emailCodeLife: -1 } }),
    'createEmulator: consoles.emailCodeLife must be 0 or more milliseconds',
  ),
  mistake(
    'displayLag: NaN',
    () => createEmulator({ consoles: { displayLag: Number.NaN } }),
    'createEmulator: consoles.displayLag must be 0 or more milliseconds',
  ),
  mistake(
    'a fault of an unknown operation',
    () => createEmulator().faults.add({ operation: 'pushMesage' as 'pushMessage', answer: 500 }),
    'faults.add: unknown operation pushMesage',
  ),
  mistake(
    'a fault with the answer 99',
    () => createEmulator().faults.add({ answer: 99 }),
    'faults.add: answer must be an HTTP status from 200 to 599, or the name of a fault',
  ),
  mistake(
    'a fault with the status 1000',
    () => createEmulator().faults.add({ answer: 'html', status: 1000 }),
    'faults.add: status must be an HTTP status from 200 to 599',
  ),
  mistake(
    'a fault for 0 times',
    () => createEmulator().faults.add({ answer: 500, times: 0 }),
    'faults.add: times must be greater than 0',
  ),
  mistake(
    'a fault with a negative delay',
    () => createEmulator().faults.add({ answer: 'slow', delay: -1 }),
    'faults.add: delay must be 0 or more milliseconds',
  ),
  mistake(
    'a delivery fault for -1 times',
    () => createEmulator().faults.delivery({ drop: -1 }),
    'faults.delivery: drop must be true, false, or 0 or more',
  ),
  mistake(
    'a console fault for -1 times',
    () => createEmulator().faults.consoles({ lostMail: -1 }),
    'faults.consoles: lostMail must be true, false, or 0 or more',
  ),
  mistake(
    'a provider of another emulator',
    () => createEmulator().createAccount({ name: 'A', provider: createEmulator().createProvider() }),
    'This provider belongs to another emulator, or was created before emulator.reset()',
  ),
  mistake(
    'options of an emulator that are not an object',
    () => createEmulator(wrong(null)),
    'createEmulator: options must be an object',
  ),
  mistake(
    'an account without options',
    () => createEmulator().createAccount(wrong(undefined)),
    'createAccount: options must be an object',
  ),
  mistake(
    'an account whose name is a number',
    () => createEmulator().createAccount({ name: wrong(5) }),
    'createAccount: name must be a string',
  ),
  mistake(
    'an account whose provider is a text',
    () => createEmulator().createAccount({ name: 'Tea House', provider: wrong('Tea Ltd.') }),
    'This provider was not created by an emulator',
  ),
  mistake(
    'a provider whose options are a text',
    () => createEmulator().createProvider(wrong('Tea Ltd.')),
    'createProvider: options must be an object',
  ),
  mistake(
    'a person whose display name is a number',
    () => createEmulator().createPerson({ displayName: wrong(5) }),
    'createPerson: displayName must be a string',
  ),
  mistake(
    'a group whose name is a number',
    () => createEmulator().createGroup({ name: wrong(5), members: [] }),
    'createGroup: name must be a string',
  ),
  mistake(
    'a group whose members are not a list',
    () => createEmulator().createGroup({ name: 'Us', members: wrong(create({})) }),
    'createGroup: members must be an array',
  ),
  mistake(
    'a group with a member that does not exist',
    () => createEmulator().createGroup({ name: 'Us', members: [wrong(undefined)] }),
    'This person was not created by an emulator',
  ),
  mistake(
    'a room without options',
    () => createEmulator().createRoom(wrong(undefined)),
    'createRoom: options must be an object',
  ),
  mistake(
    'a LINE Login channel whose options are null',
    () => createEmulator().createLoginChannel(wrong(null)),
    'createLoginChannel: options must be an object',
  ),
  mistake(
    'a module channel without redirect URLs',
    () => createEmulator().createModuleChannel(wrong({})),
    'createModuleChannel: redirectUris must be an array',
  ),
  mistake(
    'a Business ID without options',
    () => createEmulator().businessId.register(wrong(undefined)),
    'register: options must be an object',
  ),
  mistake(
    'a Business ID without a login',
    () => createEmulator().businessId.register(wrong({})),
    'register: email must be a string',
  ),
  mistake(
    'adding an account that does not exist',
    inSetup(({ person }) => person.addFriend(wrong(undefined))),
    'This account was not created by an emulator',
  ),
  mistake(
    'the user ID for a channel that does not exist',
    inSetup(({ person }) => person.userIdFor(wrong(undefined))),
    'This provider was not created by an emulator',
  ),
  mistake(
    'an assertion key for a channel that does not exist',
    () => createEmulator().console.registerAssertionKey(wrong(undefined), {}),
    'This channel was not created by an emulator',
  ),
  mistake(
    'an account of another emulator',
    inSetup(({ person }) => person.addFriend(createEmulator().createAccount({ name: 'A' }))),
    'This account belongs to another emulator, or was created before emulator.reset()',
  ),
  mistake(
    'an account that was deleted',
    () => {
      const { emulator, mika, account } = enabled()
      mika.manager.deleteAccount(account)
      return emulator.createPerson({ displayName: 'Ken' }).addFriend(account)
    },
    'This account has been deleted',
  ),
  mistake(
    'an object that is not an account',
    inSetup(({ person, account }) => person.addFriend({ ...account })),
    'This account was not created by an emulator',
  ),
  mistake(
    'a person of another emulator',
    inSetup(({ emulator }) => emulator.createGroup({ name: 'Us', members: [create({})] })),
    'This person belongs to another emulator, or was created before emulator.reset()',
  ),
  mistake(
    'the user ID of a person of another emulator',
    inSetup(({ account }) => create({}).userIdFor(account)),
    'This provider belongs to another emulator, or was created before emulator.reset()',
  ),
  mistake(
    'connecting an http URL',
    inSetup(({ account }) => account.connect(inbox(), { url: 'http://bot.example/' })),
    'connect: url must be an https URL of at most 500 characters; http is allowed for loopback addresses',
  ),
  mistake(
    'an overlap of 25 hours',
    inSetup(({ account }) => account.issueLongLivedToken({ overlap: 25 })),
    'issueLongLivedToken: overlap must be 0 to 24 hours',
  ),
  mistake(
    'a phone number in another format',
    () => create({ phoneNumber: '08000001234' }),
    'createPerson: phoneNumber must be in E.164 format, for example +818000001234',
  ),
  mistake(
    'a phone number of another person',
    () => {
      const emulator = createEmulator()
      emulator.createPerson({ displayName: 'Aoi', phoneNumber })
      return emulator.createPerson({ displayName: 'Ken', phoneNumber })
    },
    'createPerson: phoneNumber is already in use by another person',
  ),
  mistake(
    'linking an account of another provider',
    inSetup(({ emulator, account }) =>
      emulator.createLoginChannel({ linkedAccount: account, provider: emulator.createProvider() }),
    ),
    'createLoginChannel: linkedAccount must belong to the same provider as the channel',
  ),
  mistake(
    '0 friends in bulk',
    inSetup(({ account }) => account.addBulkFriends(0)),
    'addBulkFriends: size must be an integer from 1 to 4294967296',
  ),
  mistake(
    'a sixth membership plan',
    inSetup(({ account }) => {
      for (let count = 0; count < 6; count++) account.offerMembership({ title: 'x', price: 1 })
    }),
    'offerMembership: an account can have at most 5 membership plans',
  ),
  mistake(
    'a plan with 6 benefits',
    inSetup(({ account }) =>
      account.offerMembership({ title: 'x', price: 1, benefits: ['1', '2', '3', '4', '5', '6'] }),
    ),
    'offerMembership: benefits can have at most 5 entries',
  ),
  mistake(
    'a plan with a negative price',
    inSetup(({ account }) => account.offerMembership({ title: 'x', price: -1 })),
    'offerMembership: price must be 0 or more',
  ),
  mistake(
    'joining an unknown plan',
    inSetup(({ account, person }) => person.joinMembership(account, 1)),
    'Tea House has no membership plan 1',
  ),
  mistake(
    'joining a plan that is not published',
    inSetup(({ account, person }) => {
      const plan = account.offerMembership({ title: 'x', price: 1 })
      plan.isPublished = false
      return person.joinMembership(account, plan.membershipId)
    }),
    'Membership plan 3001 can no longer be joined',
  ),
  mistake(
    'joining a plan that is full',
    inSetup(({ account, person }) => {
      const { membershipId } = account.offerMembership({ title: 'x', price: 1, memberLimit: 0 })
      return person.joinMembership(account, membershipId)
    }),
    'Membership plan 3001 has reached its member limit',
  ),
  mistake(
    'inviting an account that does not join groups',
    inSetup(({ emulator, account }) => emulator.createGroup({ name: 'Us', members: [] }).invite(account)),
    'Tea House cannot join groups; set settings.joinGroups to true',
  ),
  mistake(
    'inviting a second account',
    inSetup(async ({ emulator, account }) => {
      const group = emulator.createGroup({ name: 'Us', members: [] })
      await group.invite(account)
      return group.invite(emulator.createAccount({ name: 'Other', settings: { joinGroups: true } }))
    }, joins),
    'Tea House is already in this chat; LINE allows one LINE Official Account',
  ),
  mistake(
    'a message of a person who is not a member',
    inSetup(({ emulator, person }) => emulator.createGroup({ name: 'Us', members: [] }).send(person, 'hi')),
    'Mika is not a member of Us',
  ),
  mistake(
    'a message to a blocked account',
    blocked(({ person, account }) => person.send(account, 'hi')),
    'Mika has blocked Tea House; unblock it first',
  ),
  mistake(
    'a tap for a blocked account',
    blocked(({ person, account }) => person.tap(account, { type: 'postback', label: 'x', data: 'x' })),
    'Mika has blocked Tea House; unblock it first',
  ),
  mistake(
    'a beacon for a blocked account',
    blocked(({ person, account }) => person.meetBeacon(account, { hwid: '0123456789' })),
    'Mika has blocked Tea House; unblock it first',
  ),
  mistake(
    'a beacon with a short hardware ID',
    inSetup(({ person, account }) => person.meetBeacon(account, { hwid: '01' })),
    'meetBeacon: hwid must be 10 hexadecimal digits',
  ),
  mistake(
    'a beacon with an odd device message',
    inSetup(({ person, account }) => person.meetBeacon(account, { hwid: '0123456789', dm: 'f' })),
    'meetBeacon: dm must be 1 to 13 bytes in hexadecimal digits',
  ),
  mistake(
    'a video that was not sent',
    inSetup(({ person, account }) => person.watchVideo(account, 'opening')),
    'Tea House has not sent Mika a video with tracking ID opening',
  ),
  mistake(
    'unsending an unknown message',
    inSetup(({ person }) => person.unsend('461230966842064897')),
    'Mika has not sent a message {message ID} to an account',
  ),
  mistake(
    'editing a message that was unsent',
    inSetup(async ({ emulator, person, account }) => {
      const group = emulator.createGroup({ name: 'Us', members: [person] })
      await group.invite(account)
      const id = (await group.send(person, 'a'))?.event.message.id ?? 'Mika has taken message 461230966842431625 back'
      await person.unsend(id)
      return person.edit(id, 'b')
    }, joins),
    'Mika has already unsent message {message ID}',
  ),
  mistake(
    'editing a message outside of groups',
    inSetup(async ({ person, account }) => person.edit((await person.send(account, 'a')).event.message.id, 'b')),
    'Only text messages in group chats can be edited',
  ),
  mistake(
    'a date picker without a choice',
    shown(picker('date'), ({ person, account }) => person.tap(account, 'x')),
    'choice is required: the date picker of mode date has no `initial`',
  ),
  mistake(
    'a picked date that does not exist',
    shown(picker('date'), ({ person, account }) => person.tap(account, 'x', '2026-02-30')),
    'choice 2026-02-30 is not a valid date for a date picker',
  ),
  mistake(
    'a date out of range',
    shown(picker('date', { min: '2026-06-18' }), ({ person, account }) => person.tap(account, 'x', '2026-06-17')),
    'choice 2026-06-17 is not between 2026-06-18 and any time',
  ),
  mistake(
    'a tap on an action that is not shown',
    inSetup(({ person, account }) => person.tap(account, { type: 'richmenuswitch', richMenuAliasId: 'b', data: 'x' })),
    'tap: Mika sees no such richmenuswitch action of Tea House; nothing that can be tapped is shown',
  ),
  mistake(
    'a tap on a label that is not shown',
    shown(picker('date'), ({ person, account }) => person.tap(account, 'Buy')),
    'tap: Mika sees no action with the label "Buy" of Tea House; shown are: x',
  ),
  mistake(
    'a tap without a rich menu',
    inSetup(({ person, account }) => person.tapRichMenu(account, 0)),
    'Mika does not see a rich menu that was created with the API',
  ),
  mistake(
    'a tap on an unknown area',
    async () => {
      const { createWithImage, line, person, account } = await withMenus()
      await line(`POST /v2/bot/user/all/richmenu/${await createWithImage()}`)
      return person.tapRichMenu(account, 5)
    },
    'Rich menu Tea has no area 5',
  ),
  mistake(
    'another page than account link',
    inSetup(({ person }) => person.linkAccount(accountLinkUrl('n'.repeat(10), '/'))),
    'linkAccount: url must be an absolute URL with the path /dialog/bot/accountLink',
  ),
  mistake(
    'a nonce of 9 characters',
    inSetup(({ person }) => person.linkAccount(accountLinkUrl('n'.repeat(9)))),
    'linkAccount: nonce must have 10 to 255 characters',
  ),
  mistake(
    'the status of an unknown audience',
    inSetup(({ emulator, account }) => emulator.admin.audiences(account).setStatus(5, 'FAILED')),
    'setStatus: Tea House has no audience 5',
  ),
  mistake(
    'opening an unknown message',
    inSetup(({ emulator, account }) => emulator.admin.audiences(account).open('r', 'https://example.com', [])),
    'open: Tea House has not sent a broadcast or narrowcast with request ID r',
  ),
  mistake(
    'a mini app of an unknown channel',
    () => createEmulator().admin.miniApp(createEmulator().createLoginChannel()),
    'This LINE Login channel belongs to another emulator, or was created before emulator.reset()',
  ),
  mistake(
    'another address than the login page',
    () => loginSetup().person.login('https://access.line.me/'),
    'login: url is not the address of the login page; pass the URL that start() returned',
  ),
  mistake(
    'a login that ends on an error page',
    () => {
      const { person, url } = loginSetup({ published: false })
      return person.login(url())
    },
    'login: LINE shows an error page: This channel is now developing status. User need to have developer role.',
  ),
  mistake(
    'LIFF tokens of a channel of another emulator',
    () => {
      const { emulator, person } = loginSetup()
      return emulator.issueLiffTokens(person, createEmulator().createLoginChannel())
    },
    'This LINE Login channel belongs to another emulator, or was created before emulator.reset()',
  ),
  mistake(
    'LIFF tokens of a channel in development',
    () => {
      const { emulator, person, channel } = loginSetup({ published: false })
      return emulator.issueLiffTokens(person, channel)
    },
    'LINE did not allow this user into the app: This channel is now developing status. User need to have developer role.',
  ),
  mistake(
    'revoking consent for a channel of another emulator',
    () => loginSetup().person.revokeConsent(createEmulator().createLoginChannel()),
    'This LINE Login channel belongs to another emulator, or was created before emulator.reset()',
  ),
  mistake(
    'approving a string that is not a URL',
    approve({}, () => 'x'),
    'LINE would not show the authorization page: url is not a valid URL',
  ),
  mistake(
    'approving another address',
    approve({}, (url) => url.replace('/authorize', '/x')),
    'LINE would not show the authorization page: url must have the path /module/auth/v1/authorize',
  ),
  mistake(
    'approving another response_type',
    approve({}, (url) => url.replace('response_type=code', 'response_type=x')),
    'LINE would not show the authorization page: response_type must be code',
  ),
  mistake(
    'approving for another channel',
    approve({ channelId: '1' }),
    'LINE would not show the authorization page: client_id is the ID of another channel',
  ),
  mistake(
    'approving another redirect_uri',
    approve({ redirectUri: 'https://example.com/' }),
    'LINE would not show the authorization page: redirect_uri is not registered',
  ),
  mistake(
    'approving an unknown scope',
    approve({ scope: ['everything'] }),
    'LINE would not show the authorization page: scope is empty or contains an unknown scope',
  ),
  mistake(
    'approving without a state',
    approve({}, (url) => url.replace('state=abc', '')),
    'LINE would not show the authorization page: state is missing',
  ),
  mistake(
    'approving a plain code_challenge',
    approve({ codeChallenge: 'c'.repeat(43) }, (url) => url.replace('S256', 'plain')),
    'LINE would not show the authorization page: code_challenge_method must be S256',
  ),
  mistake(
    'approving for another account',
    approve({ basicSearchId: '@000other' }),
    'LINE would not show the authorization page: basic_search_id is the ID of another account',
  ),
  mistake(
    'approving for other account types',
    approve({ brandType: ['premium', 'unverified'] }),
    'LINE would not show the authorization page: brand_type does not include this kind of account',
  ),
  mistake(
    'registering an assertion key that is not a JWK',
    inSetup(({ emulator, account }) => emulator.console.registerAssertionKey(account, 'nonsense')),
    'registerAssertionKey: publicJwk must be a public key as a JWK: a JSON object with kty, alg, use, n and e; found 8 characters',
    'publicJwk',
  ),
  mistake(
    'registering an assertion key of another channel',
    () => createEmulator().console.registerAssertionKey({ channelId: '1' }, {}),
    'channel does not exist in this emulator, or has been deleted',
  ),
  mistake(
    'a Business ID of another emulator',
    () => {
      const { businessId } = createEmulator()
      return createEmulator().businessId.signIn(businessId.register({ email: 'x@y.example', password: 'x' }))
    },
    'This Business ID belongs to another emulator, or was created before emulator.reset()',
  ),
  mistake(
    'a session that is not one',
    () => createEmulator().manager.as({ ...enabled().mika.session }),
    'This session was not created by an emulator',
  ),
  mistake(
    'a user who is not a member',
    () => {
      const { emulator, mika, account } = opened()
      return mika.manager.removeMember(account, visitor(emulator, 'Aya').businessId)
    },
    'Aya is not a member of Tea House',
  ),
  mistake(
    'appointing at a provider of another emulator',
    () => {
      const { emulator, mika } = enabled()
      return emulator.console.appointAtProvider(enabled().provider, mika.businessId)
    },
    'This provider belongs to another emulator, or was created before emulator.reset()',
  ),
  mistake(
    'a page of LINE Login channels for a Messaging API channel',
    () => {
      const { mika, channel } = enabled()
      return mika.console.publish(channel)
    },
    'channel must be a LINE Login channel',
  ),
  mistake(
    'a page of Messaging API channels for a LINE Login channel',
    () => {
      const { mika, provider } = enabled()
      return mika.console.setUseWebhook(mika.console.createLoginChannel({ ...loginForm, provider }), true)
    },
    'channel must be a Messaging API channel',
  ),
])('%s', async (_what, act, ...row) => {
  const [code, path, message] = await errorOf(act)
  // Message IDs differ with every change of what the emulator does before.
  expect([code, path, message.replace(/\d{18}/, '{message ID}')]).toEqual(row)
})
