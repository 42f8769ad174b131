// Every message of line-oa/contracts, whole. No other test asserts one.

import type { Endpoint } from 'line-oa'
import { checkMessages, checkNarrowcast, contracts } from 'line-oa/contracts'
import * as operations from 'line-oa/operations'
import { expect, test } from 'vitest'
import { text, times } from '../contracts/check.js'
import * as s from '../contracts/samples.js'

const { check } = contracts()
const input = (operation: Endpoint, value: unknown) => () => check(operation, 'input', value)
const output = (operation: Endpoint, value: unknown) => () => check(operation, 'output', value)
const message = (value: unknown) => () => checkMessages([value])
const narrowcast = (other: object) => () => checkNarrowcast({ messages: [s.hello], ...other })
const push = (other: object) => input(operations.pushMessage, { to: 'U1', messages: [s.hello], ...other })

const cycle: { [name: string]: unknown } = { ...s.hello }
cycle['self'] = cycle
let deep: object = s.box()
for (let level = 0; level < 1000; level++) deep = s.box(deep)
let doubling: object = {}
for (let level = 0; level < 100; level++) doubling = { left: doubling, right: doubling }
let recipient: object = { type: 'audience', audienceGroupId: 1 }
for (let level = 0; level < 50_000; level++) recipient = { type: 'operator', not: recipient }
const period = { customAggregationUnit: 'u', from: '20210301' }
const member = { type: 'mention', mentionee: { type: 'user', userId: 'U1' } }
const view = { type: 'full', url: 'https://example.com/' }
const grant = { grant_type: 'authorization_code', code: 'c', redirect_uri: 'https://example.com/' }
const menu = {
  size: { width: 2500, height: 1686 },
  selected: false,
  name: 'menu',
  chatBarText: 'open',
  areas: [],
}
const inMenu = (action: object) =>
  input(operations.createRichMenu, {
    ...menu,
    areas: [{ bounds: { x: 0, y: 0, width: 1, height: 1 }, action }],
  })
const coupon = {
  title: 'tea',
  reward: { type: 'free' },
  acquisitionCondition: { type: 'normal' },
  maxUseCountPerTicket: 1,
  startTimestamp: 0,
  endTimestamp: 1924959599,
  timezone: 'ASIA_TOKYO',
  visibility: 'UNLISTED',
}
const to = 'd41e0ad70dddfeb68f149ad6fc61574b9c5780ab7bcb2fba5517771ffbb2409c'

/** A problem: its place and its whole message. */
type Row = readonly [path: string, message: string]

test.each<
  readonly [
    what: string,
    check: () => readonly { readonly path: string; readonly message: string }[],
    problems: readonly Row[],
  ]
>([
  [
    'a missing value',
    input(operations.pushMessage, { messages: [s.hello] }),
    [['to', 'to must be a string, but is missing']],
  ],
  ['null', push({ to: null }), [['to', 'to must be a string, but is null']]],
  ['another type', push({ to: 5 }), [['to', 'to must be a string, but is 5']]],
  ['true', push({ to: true }), [['to', 'to must be a string, but is true']]],
  ['an empty text', push({ to: '' }), [['to', 'to must be a non-empty string, but is an empty string']]],
  ['a list instead of a text', push({ to: ['U1'] }), [['to', 'to must be a string, but is an array of 1 item']]],
  [
    'an object instead of a list',
    push({ messages: s.hello }),
    [['messages', 'messages must be an array, but is an object']],
  ],
  [
    'a long list',
    push({ messages: times(6, s.hello) }),
    [['messages', 'messages must be an array of 1 to 5 items, but is an array of 6 items']],
  ],
  [
    'an empty list',
    push({ messages: [] }),
    [['messages', 'messages must be an array of 1 to 5 items, but is an array of 0 items']],
  ],
  [
    'a long text',
    push({ messages: [s.hello, { ...s.hello, text: text(5001) }] }),
    [
      [
        'messages[1].text',
        'messages[1].text must be a string of at most 5000 UTF-16 code units, but is a string of 5001 UTF-16 code units',
      ],
    ],
  ],
  [
    'a text of one unit that is not listed',
    message({ type: 'x' }),
    [
      [
        'messages[0].type',
        "messages[0].type must be one of 'text', 'textV2', 'sticker', 'image', 'video', 'audio', 'location', 'coupon', 'imagemap', 'template', 'flex', but is a string of 1 UTF-16 code unit",
      ],
    ],
  ],
  [
    'a long text in grapheme clusters',
    message(s.quickReply({ type: 'camera', label: '👍🏽'.repeat(21) })),
    [
      [
        'messages[0].quickReply.items[0].action.label',
        'messages[0].quickReply.items[0].action.label must be a string of at most 20 grapheme clusters, but is a string of 21 grapheme clusters',
      ],
    ],
  ],
  [
    'an unknown type of message',
    message({ type: 'txt', text: 'x' }),
    [
      [
        'messages[0].type',
        "messages[0].type must be one of 'text', 'textV2', 'sticker', 'image', 'video', 'audio', 'location', 'coupon', 'imagemap', 'template', 'flex', but is a string of 3 UTF-16 code units",
      ],
    ],
  ],
  [
    'a message without a type',
    message({}),
    [
      [
        'messages[0].type',
        "messages[0].type must be one of 'text', 'textV2', 'sticker', 'image', 'video', 'audio', 'location', 'coupon', 'imagemap', 'template', 'flex', but is missing",
      ],
    ],
  ],
  [
    'a text instead of an input',
    input(operations.pushMessage, 'hello'),
    [['', 'the value must be an object, but is a string of 5 UTF-16 code units']],
  ],
  [
    'undefined instead of a message',
    message(undefined),
    [['messages[0]', 'messages[0] must be an object, but is missing']],
  ],
  [
    'a function instead of a message',
    message(() => 0),
    [['messages[0]', 'messages[0] must be an object, but is a function']],
  ],
  [
    'a text of another format',
    push({ customAggregationUnits: ['a b'] }),
    [
      [
        'customAggregationUnits[0]',
        'customAggregationUnits[0] must be 1 to 30 characters from A-Z a-z 0-9 _, but is a string of 3 UTF-16 code units',
      ],
    ],
  ],
  [
    'a number out of bounds',
    narrowcast({ limit: { max: 0 } }),
    [['limit.max', 'limit.max must be at least 1, but is 0']],
  ],
  [
    'a number above its limit',
    input(operations.getFollowers, { limit: 1001 }),
    [['limit', 'limit must be at most 1000, but is 1001']],
  ],
  [
    'a number that is not whole',
    output(operations.getMessageQuota, { type: 5, value: 1.5 }),
    [
      ['type', 'type must be a string, but is 5'],
      ['value', 'value must be an integer, but is 1.5'],
    ],
  ],
  [
    'a boolean that is missing',
    output(operations.getAudienceGroups, {
      audienceGroups: [],
      totalCount: 0,
      readWriteAudienceGroupTotalCount: 0,
      size: 40,
      page: 1,
    }),
    [['hasNextPage', 'hasNextPage must be a boolean, but is missing']],
  ],
  [
    'a number beyond 2^53',
    input(operations.getAudienceData, { audienceGroupId: 2 ** 53 }),
    [['audienceGroupId', 'audienceGroupId must be at most 9007199254740991, but is 9007199254740992']],
  ],
  [
    'a count above its limit',
    narrowcast({ recipient: { type: 'operator', or: times(11, { type: 'audience', audienceGroupId: 1 }) } }),
    [
      [
        'recipient',
        'recipient must be a combination of at most 10 audiences and redeliveries, but is a combination of 11 audiences and redeliveries',
      ],
    ],
  ],
  [
    'filters above their limit',
    narrowcast({ filter: { demographic: { type: 'operator', or: times(11, { type: 'gender', oneOf: ['male'] }) } } }),
    [
      [
        'filter.demographic',
        'filter.demographic must be a combination of at most 10 demographic filters, but is a combination of 11 demographic filters',
      ],
    ],
  ],
  [
    'a value that is not in a long list',
    narrowcast({ filter: { demographic: { type: 'area', oneOf: ['xx'] } } }),
    [
      [
        'filter.demographic.oneOf[0]',
        "filter.demographic.oneOf[0] must be one of 'jp_01', 'jp_02', 'jp_03', 'jp_04', 'jp_05', 'jp_06', 'jp_07', 'jp_08', 'jp_09', 'jp_10', 'jp_11', 'jp_12' and 77 more, but is a string of 2 UTF-16 code units",
      ],
    ],
  ],
  [
    'a range in reverse',
    narrowcast({ filter: { demographic: { type: 'age', gte: 'age_30', lt: 'age_20' } } }),
    [['filter.demographic.gte', 'filter.demographic.gte must be less than lt, but is a string of 6 UTF-16 code units']],
  ],
  [
    'a range without bounds',
    narrowcast({ filter: { demographic: { type: 'age' } } }),
    [
      [
        'filter.demographic',
        'filter.demographic must be an object with `gte`, `lt` or both, but is an object with neither',
      ],
    ],
  ],
  [
    'forbidPartialDelivery without a maximum',
    narrowcast({ limit: { forbidPartialDelivery: true } }),
    [
      [
        'limit.forbidPartialDelivery',
        'limit.forbidPartialDelivery must be omitted unless upToRemainingQuota is true, but is true',
      ],
    ],
  ],
  [
    'an operator without and, or, not',
    narrowcast({ recipient: { type: 'operator' } }),
    [
      [
        'recipient',
        'recipient must be an object with `and`, or with `or`, or with `not`, but is an object with none of them',
      ],
    ],
  ],
  [
    'two operators in one',
    narrowcast({ recipient: { type: 'operator', not: { type: 'audience', audienceGroupId: 1 }, and: [] } }),
    [['recipient.and', 'recipient.and must be omitted, but is an array of 0 items']],
  ],
  [
    'a token without credentials',
    input(operations.issueStatelessChannelToken, { grant_type: 'client_credentials' }),
    [
      [
        '',
        'the value must be an object with `client_id` and `client_secret`, or with `client_assertion_type` and `client_assertion`, but is an object with none of them',
      ],
    ],
  ],
  [
    'a recipient nested deeper than the stack',
    narrowcast({ recipient }),
    [['recipient.not', 'recipient.not must be a value with at most 500 levels of nesting, but is nested too deeply']],
  ],
  [
    'a cycle',
    message(cycle),
    [['messages[0].self', 'messages[0].self must be a value without cycles, but is an object that contains itself']],
  ],
  [
    'boxes that are nested too deeply',
    message(s.inBody(deep)),
    [['messages[0]', 'messages[0] must be a value with at most 500 levels of nesting, but is nested too deeply']],
  ],
  [
    'more values than LINE takes',
    message({ ...s.hello, extra: doubling }),
    [['', 'the value must be at most 2 MB of JSON, but is more']],
  ],
  [
    'a BigInt',
    message({ ...s.hello, extra: 1n }),
    [['messages[0].extra', 'messages[0].extra must be a value that JSON supports, but is a BigInt']],
  ],
  [
    'a function',
    message({ ...s.hello, extra: () => 0 }),
    [['messages[0].extra', 'messages[0].extra must be a value that JSON supports, but is a function']],
  ],
  [
    'a symbol',
    message({ ...s.hello, extra: Symbol('x') }),
    [['messages[0].extra', 'messages[0].extra must be a value that JSON supports, but is a symbol']],
  ],
  [
    'undefined in a list',
    message({ ...s.hello, extra: [undefined] }),
    [['messages[0].extra[0]', 'messages[0].extra[0] must be a value that JSON supports, but is undefined']],
  ],
  [
    'a Date',
    message({ ...s.hello, extra: new Date(0) }),
    [['messages[0].extra', 'messages[0].extra must be plain data, but is a Date']],
  ],
  [
    'an object with toJSON',
    message({ ...s.hello, extra: { toJSON: () => 1 } }),
    [['messages[0].extra', 'messages[0].extra must be plain data, but is an object with toJSON']],
  ],
  [
    'NaN',
    message({ ...s.hello, extra: Number.NaN }),
    [['messages[0].extra', 'messages[0].extra must be a finite number, but is NaN']],
  ],
  [
    'infinity',
    message({ ...s.hello, extra: Number.POSITIVE_INFINITY }),
    [['messages[0].extra', 'messages[0].extra must be a finite number, but is Infinity']],
  ],
  [
    'a BigInt instead of a text',
    message({ type: 'text', text: 1n }),
    [['messages[0].text', 'messages[0].text must be a string, but is a bigint']],
  ],
  [
    'a Date instead of a text',
    message({ type: 'text', text: new Date(0) }),
    [['messages[0].text', 'messages[0].text must be a string, but is a Date']],
  ],
  [
    'NaN instead of a text',
    message({ type: 'text', text: Number.NaN }),
    [['messages[0].text', 'messages[0].text must be a string, but is NaN']],
  ],
  [
    'an emoji that is not at a dollar sign',
    message({ type: 'text', text: 'x', emojis: [{ index: 0, ...s.emojiIds }] }),
    [['messages[0].emojis[0].index', 'messages[0].emojis[0].index must be the index of a $ in text, but is 0']],
  ],
  [
    'a key without a substitution',
    message({ type: 'textV2', text: '{who}' }),
    [
      [
        'messages[0].text',
        'messages[0].text must be a string whose {keys} all exist in substitution, but is a string with 1 unknown key',
      ],
    ],
  ],
  [
    'a lone brace',
    message({ type: 'textV2', text: 'a}' }),
    [
      [
        'messages[0].text',
        'messages[0].text must be a string whose braces are paired, with literal braces doubled, but is a string with 1 unpaired brace',
      ],
    ],
  ],
  [
    'a key of another format',
    message({ type: 'textV2', text: 'x', substitution: { '!': member } }),
    [
      [
        'messages[0].substitution["!"]',
        'messages[0].substitution["!"] must be under a key of 1 to 20 characters from A-Z a-z 0-9 _, but is under another key',
      ],
    ],
  ],
  [
    '21 mentions',
    message({
      type: 'textV2',
      text: '{all}'.repeat(21),
      substitution: { all: { type: 'mention', mentionee: { type: 'all' } } },
    }),
    [
      [
        'messages[0].text',
        'messages[0].text must be a string with at most 20 mentions, but is a string with 21 mentions',
      ],
    ],
  ],
  [
    '101 substitutions',
    message({
      type: 'textV2',
      text: 'x',
      substitution: Object.fromEntries(Array.from({ length: 101 }, (_, at) => [`k${at}`, member])),
    }),
    [
      [
        'messages[0].substitution',
        'messages[0].substitution must be an object with at most 100 keys, but is an object with 101 keys',
      ],
    ],
  ],
  [
    'a mention to a user',
    input(operations.pushMessage, {
      to: `U${'0'.repeat(32)}`,
      messages: [{ type: 'textV2', text: '{who}', substitution: { who: member } }],
    }),
    [
      [
        'messages[0].substitution.who.type',
        'messages[0].substitution.who.type must be a type other than mention in a one-on-one chat, but is a mention',
      ],
    ],
  ],
  [
    'a tracking ID to a group',
    input(operations.pushMessage, { to: `C${'0'.repeat(32)}`, messages: [{ ...s.video, trackingId: 'a' }] }),
    [
      [
        'messages[0].trackingId',
        'messages[0].trackingId must be omitted in group chats and multi-person chats, but is a string of 1 UTF-16 code unit',
      ],
    ],
  ],
  [
    'a sender named after LINE',
    message({ ...s.hello, sender: { name: 'LINE Support' } }),
    [
      [
        'messages[0].sender.name',
        'messages[0].sender.name must be a name without the word LINE, but is a name that contains it',
      ],
    ],
  ],
  [
    'an http URL of an image',
    message({ ...s.image, originalContentUrl: 'http://example.com/' }),
    [
      [
        'messages[0].originalContentUrl',
        'messages[0].originalContentUrl must be an https URL, percent-encoded, but is a string of 19 UTF-16 code units',
      ],
    ],
  ],
  [
    'a link of another scheme',
    message(s.quickReply({ ...s.button.uri, uri: 'ftp://example.com/' })),
    [
      [
        'messages[0].quickReply.items[0].action.uri',
        'messages[0].quickReply.items[0].action.uri must be an http, https, line or tel link, percent-encoded, but is a string of 18 UTF-16 code units',
      ],
    ],
  ],
  [
    'a postback with two texts',
    message(s.quickReply({ ...s.button.postback, displayText: 'x', text: 'x' })),
    [
      [
        'messages[0].quickReply.items[0].action.text',
        'messages[0].quickReply.items[0].action.text must be omitted when displayText is set, but is a string of 1 UTF-16 code unit',
      ],
    ],
  ],
  [
    'fillInText without the keyboard',
    message(s.quickReply({ ...s.button.postback, fillInText: 'x' })),
    [
      [
        'messages[0].quickReply.items[0].action.fillInText',
        "messages[0].quickReply.items[0].action.fillInText must be omitted unless inputOption is 'openKeyboard', but is a string of 1 UTF-16 code unit",
      ],
    ],
  ],
  [
    'a day that does not exist in a date picker',
    message(s.quickReply({ ...s.button.datetimepicker, initial: '2026-02-29' })),
    [
      [
        'messages[0].quickReply.items[0].action.initial',
        'messages[0].quickReply.items[0].action.initial must be a date such as 2026-06-18, from 1900-01-01 to 2100-12-31, but is a string of 10 UTF-16 code units',
      ],
    ],
  ],
  [
    'a time of another format in a date picker',
    message(s.quickReply({ ...s.button.datetimepicker, mode: 'time', initial: '24:00' })),
    [
      [
        'messages[0].quickReply.items[0].action.initial',
        'messages[0].quickReply.items[0].action.initial must be a time such as 06:15, but is a string of 5 UTF-16 code units',
      ],
    ],
  ],
  [
    'a date and time of another format in a date picker',
    message(s.quickReply({ ...s.button.datetimepicker, mode: 'datetime', initial: '2026-01-01' })),
    [
      [
        'messages[0].quickReply.items[0].action.initial',
        'messages[0].quickReply.items[0].action.initial must be a date and time such as 2026-06-18T06:15, from 1900-01-01T00:00 to 2100-12-31T23:59, but is a string of 10 UTF-16 code units',
      ],
    ],
  ],
  [
    'max that is not after min',
    message(s.quickReply({ ...s.button.datetimepicker, min: '2026-01-01', max: '2026-01-01' })),
    [
      [
        'messages[0].quickReply.items[0].action.max',
        'messages[0].quickReply.items[0].action.max must be later than min, but is a string of 10 UTF-16 code units',
      ],
    ],
  ],
  [
    'a long text beside a title',
    message(s.template({ ...s.buttons, title: 'T', text: text(61) })),
    [
      [
        'messages[0].template.text',
        'messages[0].template.text must be a string of at most 60 grapheme clusters if the column has an image or a title, but is a string of 61 grapheme clusters',
      ],
    ],
  ],
  [
    'columns with different numbers of actions',
    message(s.carousel(s.column, { ...s.column, actions: times(2, s.button.message) })),
    [
      [
        'messages[0].template.columns[1].actions',
        'messages[0].template.columns[1].actions must be an array of 1 item, as in the first column, but is an array of 2 items',
      ],
    ],
  ],
  [
    'a column with an image that the first lacks',
    message(s.carousel(s.column, { ...s.column, thumbnailImageUrl: 'https://example.com/' })),
    [
      [
        'messages[0].template.columns[1].thumbnailImageUrl',
        'messages[0].template.columns[1].thumbnailImageUrl must be omitted, as in the first column, but is a string of 20 UTF-16 code units',
      ],
    ],
  ],
  [
    'a column without the title of the first',
    message(s.carousel({ ...s.column, title: 'T' }, s.column)),
    [
      [
        'messages[0].template.columns[1].title',
        'messages[0].template.columns[1].title must be present, as in the first column, but is missing',
      ],
    ],
  ],
  [
    'a confirm template with one action',
    message(s.template({ ...s.confirm, actions: [s.button.uri] })),
    [
      [
        'messages[0].template.actions',
        'messages[0].template.actions must be an array of exactly 2 items, but is an array of 1 item',
      ],
    ],
  ],
  [
    'a color by name',
    message(s.template({ ...s.buttons, imageBackgroundColor: 'red' })),
    [
      [
        'messages[0].template.imageBackgroundColor',
        'messages[0].template.imageBackgroundColor must be a color such as #FFFFFF, but is a string of 3 UTF-16 code units',
      ],
    ],
  ],
  [
    'an imagemap of another width',
    message({ ...s.imagemap, baseSize: { width: 1024, height: 1024 } }),
    [['messages[0].baseSize.width', 'messages[0].baseSize.width should be 1040, but is 1024']],
  ],
  [
    'an unknown Flex field',
    message(s.inBody({ type: 'text', text: 'x', colour: '#000000' })),
    [
      [
        'messages[0].contents.body.contents[0].colour',
        'messages[0].contents.body.contents[0].colour must be omitted, because LINE rejects unknown fields here, but is a string of 7 UTF-16 code units',
      ],
    ],
  ],
  [
    'a Flex margin of another format',
    message(s.inBody({ type: 'text', text: 'x', margin: 'huge' })),
    [
      [
        'messages[0].contents.body.contents[0].margin',
        'messages[0].contents.body.contents[0].margin must be one of none, xs, sm, md, lg, xl, xxl, or pixels such as 12px, but is a string of 4 UTF-16 code units',
      ],
    ],
  ],
  [
    'a Flex padding of another format',
    message(s.inBody({ ...s.box(), paddingAll: 'huge' })),
    [
      [
        'messages[0].contents.body.contents[0].paddingAll',
        'messages[0].contents.body.contents[0].paddingAll must be one of none, xs, sm, md, lg, xl, xxl, or pixels such as 12px, or a percentage such as 50%, but is a string of 4 UTF-16 code units',
      ],
    ],
  ],
  [
    'a Flex width of another format',
    message(s.inBody({ ...s.box(), width: 'md' })),
    [
      [
        'messages[0].contents.body.contents[0].width',
        'messages[0].contents.body.contents[0].width must be pixels such as 12px, or a percentage such as 50%, but is a string of 2 UTF-16 code units',
      ],
    ],
  ],
  [
    'a Flex color of another format',
    message(s.inBody({ type: 'text', text: 'x', color: 'red' })),
    [
      [
        'messages[0].contents.body.contents[0].color',
        'messages[0].contents.body.contents[0].color must be a color such as #06C755, or #06C755FF, but is a string of 3 UTF-16 code units',
      ],
    ],
  ],
  [
    'a Flex aspect ratio of another format',
    message(s.inBody({ ...s.flexImage, aspectRatio: '1:4' })),
    [
      [
        'messages[0].contents.body.contents[0].aspectRatio',
        'messages[0].contents.body.contents[0].aspectRatio must be width:height such as 20:13, both from 1 to 100000, the height at most 3 times the width, but is a string of 3 UTF-16 code units',
      ],
    ],
  ],
  [
    'a Flex angle of another format',
    message(
      s.inBody({
        ...s.box(),
        background: { type: 'linearGradient', angle: '360deg', startColor: '#000000', endColor: '#FFFFFF' },
      }),
    ),
    [
      [
        'messages[0].contents.body.contents[0].background.angle',
        'messages[0].contents.body.contents[0].background.angle must be an angle such as 90deg, from 0deg to below 360deg, but is a string of 6 UTF-16 code units',
      ],
    ],
  ],
  [
    'a Flex center of another format',
    message(
      s.inBody({
        ...s.box(),
        background: {
          type: 'linearGradient',
          angle: '0deg',
          startColor: '#000000',
          endColor: '#FFFFFF',
          centerPosition: '101%',
        },
      }),
    ),
    [
      [
        'messages[0].contents.body.contents[0].background.centerPosition',
        'messages[0].contents.body.contents[0].background.centerPosition must be a percentage from 0% to 100%, but is a string of 4 UTF-16 code units',
      ],
    ],
  ],
  [
    'a Flex line spacing of another format',
    message(s.inBody({ type: 'text', text: 'x', lineSpacing: 'md' })),
    [
      [
        'messages[0].contents.body.contents[0].lineSpacing',
        'messages[0].contents.body.contents[0].lineSpacing must be pixels such as 12px, but is a string of 2 UTF-16 code units',
      ],
    ],
  ],
  [
    'a Flex text without text',
    message(s.inBody({ type: 'text' })),
    [
      [
        'messages[0].contents.body.contents[0]',
        'messages[0].contents.body.contents[0] must be an object with `text` or `contents`, but is an object with neither',
      ],
    ],
  ],
  [
    'an empty bubble',
    message(s.flex({ type: 'bubble' })),
    [
      [
        'messages[0].contents',
        'messages[0].contents must be a bubble with a header, hero, body or footer, but is a bubble with none of them',
      ],
    ],
  ],
  [
    'a video in a small bubble',
    message(s.flex({ type: 'bubble', size: 'nano', hero: s.flexVideo })),
    [
      [
        'messages[0].contents.hero.type',
        'messages[0].contents.hero.type must be a type other than video in a bubble whose size is not kilo, mega or giga, but is a video',
      ],
    ],
  ],
  [
    'a video in a carousel',
    message(s.flex({ type: 'carousel', contents: [{ type: 'bubble', hero: s.flexVideo }] })),
    [
      [
        'messages[0].contents.contents[0].hero.type',
        'messages[0].contents.contents[0].hero.type must be a type other than video in a carousel, but is a video',
      ],
    ],
  ],
  [
    'bubbles of two sizes',
    message(s.flex({ type: 'carousel', contents: [s.bubble(), s.bubble({ size: 'kilo' })] })),
    [
      [
        'messages[0].contents.contents[1].size',
        'messages[0].contents.contents[1].size must be the size of the first bubble (default: mega), but is another size',
      ],
    ],
  ],
  [
    'a bubble of more than 30 KB',
    message(s.inBody({ type: 'text', text: text(31_000) })),
    [['messages[0].contents', 'messages[0].contents must be at most 30 KB (30720 bytes) of JSON, but is 31098 bytes']],
  ],
  [
    'a carousel of more than 50 KB',
    message(
      s.flex({
        type: 'carousel',
        contents: times(2, { type: 'bubble', body: s.box({ type: 'text', text: text(26_000) }) }),
      }),
    ),
    [['messages[0].contents', 'messages[0].contents must be at most 50 KB (51200 bytes) of JSON, but is 52230 bytes']],
  ],
  [
    '11 animated images',
    message(s.inBody(...times(11, { ...s.flexImage, animated: true }))),
    [
      [
        'messages[0].contents',
        'messages[0].contents must be contents with at most 10 animated images, but is contents with 11 animated images',
      ],
    ],
  ],
  [
    'a day of another format',
    input(operations.getNumberOfFollowers, { date: '2026-08-06' }),
    [['date', 'date must be a date in the format yyyyMMdd, such as 20260618, but is a string of 10 UTF-16 code units']],
  ],
  [
    'a day that does not exist',
    input(operations.getNumberOfFollowers, { date: '20230229' }),
    [['date', 'date must be a date that exists, but is a string of 8 UTF-16 code units']],
  ],
  [
    'a day as a number',
    input(operations.getNumberOfFollowers, { date: 20260806 }),
    [['date', 'date must be a string, but is 20260806']],
  ],
  [
    'a period that is too long',
    input(operations.getStatisticsPerUnit, { ...period, to: '20210401' }),
    [['to', 'to must be the same day as from, or at most 30 days later, but is 31 days later']],
  ],
  [
    'a period in reverse',
    input(operations.getStatisticsPerUnit, { ...period, to: '20210228' }),
    [['to', 'to must be the same day as from, or at most 30 days later, but is 1 day earlier']],
  ],
  [
    'a period of a rich menu that is too long',
    input(operations.getRichMenuInsightSummary, { richMenuId: 'r', from: '20230701', to: '20240801' }),
    [['to', 'to must be the same day as from, or at most 396 days later, but is 397 days later']],
  ],
  [
    'a period of days of a rich menu that is too long',
    input(operations.getRichMenuInsightDaily, { richMenuId: 'r', from: '20230701', to: '20231009' }),
    [['to', 'to must be the same day as from, or at most 99 days later, but is 100 days later']],
  ],
  [
    'an audience named by spaces',
    input(operations.createAudienceGroup, { description: ' \u3000' }),
    [
      [
        'description',
        'description must be a string with a character that is not a space, but is a string of 2 UTF-16 code units',
      ],
    ],
  ],
  [
    'an audience named with a line break',
    input(operations.createAudienceGroup, { description: 'a\nb' }),
    [
      [
        'description',
        'description must be a string without control characters, but is a string of 3 UTF-16 code units',
      ],
    ],
  ],
  [
    'a path instead of a file',
    input(operations.createAudienceForUploadingUserIds, { description: 'a', file: 'ids.txt' }),
    [['file', 'file must be a Blob, or a file from audienceFile(), but is a string of 7 UTF-16 code units']],
  ],
  [
    '10,001 audience IDs',
    input(operations.createAudienceGroup, { description: 'a', audiences: times(10_001, { id: 'U1' }) }),
    [['audiences', 'audiences must be an array of at most 10000 items, but is an array of 10001 items']],
  ],
  [
    'no audience IDs to add',
    input(operations.addAudienceToAudienceGroup, { audienceGroupId: 1, audiences: [] }),
    [['audiences', 'audiences must be an array of 1 to 10000 items, but is an array of 0 items']],
  ],
  [
    'an http URL of a LIFF app',
    input(operations.addLIFFApp, { view: { ...view, url: 'http://example.com' } }),
    [
      [
        'view.url',
        'view.url must be an https URL without spaces or a fragment, but is a string of 18 UTF-16 code units',
      ],
    ],
  ],
  [
    'another size of a LIFF app',
    input(operations.addLIFFApp, { view: { ...view, type: 'wide' } }),
    [['view.type', "view.type must be one of 'compact', 'tall', 'full', but is a string of 4 UTF-16 code units"]],
  ],
  [
    'another scope of a LIFF app',
    input(operations.addLIFFApp, { view, scope: ['phone'] }),
    [
      [
        'scope[0]',
        "scope[0] must be one of 'openid', 'email', 'profile', 'chat_message.write', but is a string of 5 UTF-16 code units",
      ],
    ],
  ],
  [
    'another link pattern of a LIFF app',
    input(operations.addLIFFApp, { view, permanentLinkPattern: 'replace' }),
    [['permanentLinkPattern', "permanentLinkPattern must be 'concat', but is a string of 7 UTF-16 code units"]],
  ],
  [
    'a bearer token to attach a module channel',
    input(operations.attachModule, { ...grant, authorization: 'Bearer token' }),
    [
      [
        'authorization',
        'authorization must be the result of basicAuthorization(), but is a string of 12 UTF-16 code units',
      ],
    ],
  ],
  [
    'a short code verifier',
    input(operations.attachModule, { ...grant, client_id: '1', client_secret: 's', code_verifier: text(42) }),
    [
      [
        'code_verifier',
        'code_verifier must be 43 to 128 characters from A-Z a-z 0-9 - . _ ~, but is a string of 42 UTF-16 code units',
      ],
    ],
  ],
  [
    'a loading animation of 7 seconds',
    input(operations.showLoadingAnimation, { chatId: 'U1', loadingSeconds: 7 }),
    [['loadingSeconds', 'loadingSeconds must be a multiple of 5, but is 7']],
  ],
  [
    'an image that is not a Blob',
    input(operations.setRichMenuImage, { richMenuId: 'r', image: new Uint8Array(3) }),
    [['image', 'image must be a Blob, for example from richMenuImage(), but is an object']],
  ],
  [
    'content without a stream',
    output(operations.getMessageContent, { bytes: 3 }),
    [['', 'the value must be a file with a stream, but is an object']],
  ],
  [
    'a rich menu that is too high for its width',
    input(operations.createRichMenu, { ...menu, size: { width: 2500, height: 1725 } }),
    [['size', 'size must be at least 1.45 times as wide as it is high, but is 2500 x 1725']],
  ],
  [
    'a rich menu alias in upper case',
    input(operations.createRichMenuAlias, { richMenuAliasId: 'A', richMenuId: 'r' }),
    [
      [
        'richMenuAliasId',
        'richMenuAliasId must be 1 to 32 characters from a-z 0-9 _ -, but is a string of 1 UTF-16 code unit',
      ],
    ],
  ],
  [
    'a camera action in a rich menu',
    inMenu({ type: 'camera', label: 'x' }),
    [
      [
        'areas[0].action.type',
        "areas[0].action.type must be one of 'postback', 'message', 'uri', 'datetimepicker', 'clipboard', 'richmenuswitch', but is a string of 6 UTF-16 code units",
      ],
    ],
  ],
  [
    'a batch with unlinkAll beside others',
    input(operations.richMenuBatch, { operations: [{ type: 'unlink', from: 'a' }, { type: 'unlinkAll' }] }),
    [
      [
        'operations[1].type',
        'operations[1].type must be the only operation of the batch if its type is unlinkAll, but is one of several operations',
      ],
    ],
  ],
  [
    'a batch with one rich menu twice',
    input(operations.richMenuBatch, {
      operations: [
        { type: 'link', from: 'a', to: 'b' },
        { type: 'unlink', from: 'a' },
      ],
    }),
    [
      [
        'operations[1].from',
        'operations[1].from must be a rich menu that is not the `from` of an earlier operation, but is a string of 1 UTF-16 code unit',
      ],
    ],
  ],
  [
    'a batch with a key of another format',
    input(operations.richMenuBatch, { operations: [{ type: 'unlinkAll' }], resumeRequestKey: 'a.b' }),
    [
      [
        'resumeRequestKey',
        'resumeRequestKey must be 1 to 100 characters from A-Z a-z 0-9 _ -, but is a string of 3 UTF-16 code units',
      ],
    ],
  ],
  [
    'a coupon that ends before its start',
    input(operations.createCoupon, { ...coupon, startTimestamp: 10, endTimestamp: 10 }),
    [['endTimestamp', 'endTimestamp must be later than startTimestamp, but is 10']],
  ],
  [
    'a coupon for two uses',
    input(operations.createCoupon, { ...coupon, maxUseCountPerTicket: 2 }),
    [['maxUseCountPerTicket', 'maxUseCountPerTicket must be one of 1, -1, but is 2']],
  ],
  [
    'a lottery for 0 people',
    input(operations.createCoupon, {
      ...coupon,
      acquisitionCondition: { type: 'lottery', lotteryProbability: 50, maxAcquireCount: 0 },
    }),
    [
      [
        'acquisitionCondition.maxAcquireCount',
        'acquisitionCondition.maxAcquireCount must be 1 to 999999, or -1 for no limit, but is 0',
      ],
    ],
  ],
  [
    'a state of coupons twice',
    input(operations.listCoupon, { status: ['DRAFT', 'DRAFT'] }),
    [['status[1]', 'status[1] must be a status that is not listed twice, but is a string of 5 UTF-16 code units']],
  ],
  [
    'a phone number instead of its hash',
    input(operations.pushMessagesByPhone, { to: '+818000001234', messages: [s.hello] }),
    [
      [
        'to',
        'to must be the SHA-256 of a phone number in lowercase hex, as returned by phoneHash(), but is a string of 13 UTF-16 code units',
      ],
    ],
  ],
  [
    'an image by phone number',
    input(operations.pushMessagesByPhone, { to, messages: [s.hello, s.image, s.image] }),
    [
      ['messages[1].type', "messages[1].type must be a type other than image, video and audio, but is 'image'"],
      ['messages[2].type', "messages[2].type must be a type other than image, video and audio, but is 'image'"],
    ],
  ],
  [
    'a short delivery tag',
    input(operations.pushMessagesByPhone, { to, messages: [s.hello], deliveryTag: text(15) }),
    [
      [
        'deliveryTag',
        'deliveryTag must be a string of at least 16 UTF-16 code units, but is a string of 15 UTF-16 code units',
      ],
    ],
  ],
  [
    'a template item twice',
    input(operations.pushTemplatedMessageByPhone, {
      to,
      templateKey: 'k',
      body: { items: times(2, { itemKey: 'a', content: 'x' }) },
    }),
    [
      [
        'body.items[1].itemKey',
        'body.items[1].itemKey must be a key that no other item uses, but is a string of 1 UTF-16 code unit',
      ],
    ],
  ],
  [
    'a mission sticker with a present message',
    input(operations.missionStickerV3, { to: 'U1', productType: 'STICKER', productId: '1', sendPresentMessage: true }),
    [['sendPresentMessage', 'sendPresentMessage must be false, but is true']],
  ],
  [
    'an output whose tag is missing',
    output(operations.getRichMenu, {
      ...menu,
      richMenuId: 'r',
      areas: [{ bounds: { x: 0, y: 0, width: 1, height: 1 }, action: {} }],
    }),
    [
      [
        'areas[0].action.type',
        "areas[0].action.type must be one of 'postback', 'message', 'uri', 'datetimepicker', 'clipboard', 'richmenuswitch', but is missing",
      ],
    ],
  ],
])('%s', (_, run, expected) => {
  expect(run().map(({ path, message }) => [path, message])).toEqual(expected)
})

test('a problem consists of the parts of its message', () => {
  for (const { path, allowed, found, message } of [
    ...checkMessages([
      { type: 'text', text: '' },
      cycle,
      { type: 'txt' },
      s.inBody({ type: 'text', text: 'x', more: 1 }),
    ]),
    ...checkNarrowcast({ messages: [s.hello], limit: { max: 0 } }),
  ])
    expect(message).toBe(`${path} must be ${allowed}, but is ${found}`)
})
