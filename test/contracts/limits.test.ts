import { checkMessages } from 'line-oa/contracts'
import { describe, expect, test } from 'vitest'
import { paths, text, times, url } from './check.js'
import * as s from './samples.js'

// Written by hand from LINE's pages, not from the schemas: each limit n is taken, and n + 1 is refused.
// https://developers.line.biz/en/reference/messaging-api/#message-objects and .../docs/messaging-api/text-character-count/

type Place = readonly [name: string, limit: number, path: string, build: (value: string) => object]

const { button } = s
const at = (place: string) => `messages[0].${place}`
const quick = at('quickReply.items[0].action')
const inButtons = (other: object) => s.template({ ...s.buttons, ...other })
const picture = { thumbnailImageUrl: url(40) }
const inMap = (other: object) => ({ ...s.imagemap, ...other })
const mapAction = (other: object) => inMap({ actions: [{ area: s.area, ...other }] })
const filling = { inputOption: 'openKeyboard' }

// LINE counts in UTF-16 units everywhere that its page about counting does not list.
const inUnits: readonly Place[] = [
  ['text', 5000, at('text'), (value) => ({ type: 'text', text: value })],
  ['text of a text (v2)', 5000, at('text'), (value) => ({ type: 'textV2', text: value })],
  ['sender name', 20, at('sender.name'), (value) => ({ ...s.hello, sender: { name: value } })],
  ['title of a location', 100, at('title'), (title) => ({ ...s.location, title })],
  ['address of a location', 100, at('address'), (address) => ({ ...s.location, address })],
  ['altText of an imagemap', 1500, at('altText'), (altText) => inMap({ altText })],
  ['altText of a template', 1500, at('altText'), (altText) => ({ ...s.template(s.confirm), altText })],
  ['altText of a Flex Message', 1500, at('altText'), (altText) => ({ ...s.flex(s.bubble()), altText })],
  ['label in an imagemap', 100, at('actions[0].label'), (label) => mapAction({ type: 'uri', linkUri: 'tel:1', label })],
  ['text in an imagemap', 400, at('actions[0].text'), (value) => mapAction({ type: 'message', text: value })],
  [
    'clipboardText in an imagemap',
    1000,
    at('actions[0].clipboardText'),
    (value) => mapAction({ type: 'clipboard', clipboardText: value }),
  ],
  [
    'label after the video of an imagemap',
    30,
    at('video.externalLink.label'),
    (label) => inMap({ video: { ...s.imagemapVideo, externalLink: { linkUri: 'tel:1', label } } }),
  ],
  ['data of a postback', 300, `${quick}.data`, (data) => s.quickReply({ ...button.postback, data })],
  [
    'data of a postback in a template',
    300,
    at('template.actions[0].data'),
    (data) => inButtons({ actions: [{ ...button.postback, data }] }),
  ],
  ['data of a date picker', 300, `${quick}.data`, (data) => s.quickReply({ ...button.datetimepicker, data })],
  [
    'clipboardText',
    1000,
    `${quick}.clipboardText`,
    (clipboardText) => s.quickReply({ ...button.clipboard, clipboardText }),
  ],
]

const withLabel = (action: object) => (label: string) => s.quickReply({ ...action, label })

const inGraphemes: readonly Place[] = [
  ...[...Object.values(button), { type: 'camera' }, { type: 'cameraRoll' }, { type: 'location' }].map(
    (action): Place => [`label of a ${action.type} in a quick reply`, 20, `${quick}.label`, withLabel(action)],
  ),
  ...Object.values(button).flatMap((action): Place[] => [
    [
      `label of a ${action.type} in a template`,
      20,
      at('template.actions[0].label'),
      (label) => inButtons({ actions: [{ ...action, label }] }),
    ],
    [
      `label of a ${action.type} in an image carousel`,
      12,
      at('template.columns[0].action.label'),
      (label) => s.imageCarousel({ ...s.imageColumn, action: { ...action, label } }),
    ],
    [
      `label of a ${action.type} on a Flex button`,
      40,
      at('contents.body.contents[0].action.label'),
      (label) => s.inBody({ type: 'button', action: { ...action, label } }),
    ],
    [
      `label of a ${action.type} on a Flex image`,
      40,
      at('contents.body.contents[0].action.label'),
      (label) => s.inBody({ ...s.flexImage, action: { ...action, label } }),
    ],
  ]),
  [
    'label of a defaultAction',
    20,
    at('template.defaultAction.label'),
    (label) => inButtons({ defaultAction: { ...button.uri, label } }),
  ],
  [
    'label on a Flex video',
    40,
    at('contents.hero.action.label'),
    (label) => s.flex({ type: 'bubble', hero: { ...s.flexVideo, action: { ...button.uri, label } } }),
  ],
  ['displayText', 300, `${quick}.displayText`, (displayText) => s.quickReply({ ...button.postback, displayText })],
  [
    'fillInText',
    300,
    `${quick}.fillInText`,
    (fillInText) => s.quickReply({ ...button.postback, ...filling, fillInText }),
  ],
  [
    'text of a postback in a quick reply',
    300,
    `${quick}.text`,
    (value) => s.quickReply({ ...button.postback, text: value }),
  ],
  [
    'text of a postback',
    300,
    at('template.actions[0].text'),
    (value) => inButtons({ actions: [{ ...button.postback, text: value }] }),
  ],
  ['text of a message action', 300, `${quick}.text`, (value) => s.quickReply({ ...button.message, text: value })],
  ['text of buttons', 160, at('template.text'), (value) => inButtons({ text: value })],
  ['text of buttons with an image', 60, at('template.text'), (value) => inButtons({ ...picture, text: value })],
  ['text of buttons with a title', 60, at('template.text'), (value) => inButtons({ title: 'T', text: value })],
  ['title of buttons', 40, at('template.title'), (title) => inButtons({ title })],
  ['text of a confirm', 240, at('template.text'), (value) => s.template({ ...s.confirm, text: value })],
  ['text of a column', 120, at('template.columns[0].text'), (value) => s.carousel({ ...s.column, text: value })],
  [
    'text of a column with an image',
    60,
    at('template.columns[0].text'),
    (value) => s.carousel({ ...s.column, ...picture, text: value }),
  ],
  [
    'text of a column with a title',
    60,
    at('template.columns[0].text'),
    (value) => s.carousel({ ...s.column, title: 'T', text: value }),
  ],
  ['title of a column', 40, at('template.columns[0].title'), (title) => s.carousel({ ...s.column, title })],
]

const check = (message: object) => checkMessages([message]).filter(({ severity }) => severity !== 'hint')

describe.each(inUnits)('%s', (_, limit, path, build) => {
  test(`accepts ${limit} UTF-16 code units`, () => {
    expect(check(build(text(limit)))).toEqual([])
  })

  test(`refuses ${limit + 1} UTF-16 code units`, () => {
    expect(check(build(text(limit + 1)))).toMatchObject([{ path, rule: 'length', maximum: limit }])
  })

  test('counts a surrogate pair as two units, and a lone surrogate as one', () => {
    expect(check(build('🍎'.repeat(limit / 2)))).toEqual([])
    expect(paths(check(build('🍎'.repeat(limit / 2 + 1))))).toEqual([path])
    expect(check(build(`${'🍎'.repeat(limit / 2)}x`))).toMatchObject([{ path, rule: 'length', maximum: limit }])
    expect(check(build('\ud83c'.repeat(limit)))).toEqual([])
    expect(paths(check(build('\ud83c'.repeat(limit + 1))))).toEqual([path])
  })

  test('counts a family emoji as 11 units', () => {
    const most = Math.floor(limit / s.family.length)
    expect(check(build(s.family.repeat(most).padEnd(limit, 'x')))).toEqual([])
    expect(paths(check(build(s.family.repeat(most + 1))))).toEqual([path])
  })
})

describe.each(inGraphemes)('%s', (_, limit, path, build) => {
  test.each([
    ['letters', 'x'],
    ['apples, of two UTF-16 units', '🍎'],
    ['families, of eleven UTF-16 units', s.family],
    ['flags, of four UTF-16 units', '🇯🇵'],
    ['letters with marks', 'e\u0301'],
    ['lone surrogates', '\ud83c'],
  ])(`accepts ${limit} %s and refuses one more`, (_, character) => {
    expect(check(build(character.repeat(limit)))).toEqual([])
    expect(paths(check(build(character.repeat(limit + 1))))).toEqual([path])
  })
})

type List = readonly [name: string, limit: number, path: string, build: (count: number) => object | readonly object[]]

const substitution = (count: number, value: object) => ({
  text: Array.from({ length: count }, (_, key) => `{k${key}}`).join(''),
  substitution: Object.fromEntries(Array.from({ length: count }, (_, key) => [`k${key}`, value])),
})
const everyone = { type: 'mention', mentionee: { type: 'all' } }
const animated = { ...s.flexImage, animated: true }

const lists: readonly List[] = [
  [
    'quick reply buttons',
    13,
    at('quickReply.items'),
    (n) => ({ ...s.hello, quickReply: { items: times(n, { type: 'action', action: button.uri }) } }),
  ],
  [
    'emoji of a text',
    20,
    at('emojis'),
    (n) => ({ type: 'text', text: '$', emojis: times(n, { index: 0, ...s.emojiIds }) }),
  ],
  ['mentions', 20, at('text'), (n) => ({ type: 'textV2', ...substitution(n, everyone) })],
  [
    'emoji of a text (v2)',
    20,
    at('text'),
    (n) => ({ type: 'textV2', ...substitution(n, { type: 'emoji', ...s.emojiIds }) }),
  ],
  [
    'places of one mention',
    20,
    at('text'),
    (n) => ({ type: 'textV2', text: '{all}'.repeat(n), substitution: { all: everyone } }),
  ],
  ['substitutions', 100, at('substitution'), (n) => ({ type: 'textV2', ...substitution(n, everyone), text: 'none' })],
  [
    'areas of an imagemap',
    50,
    at('actions'),
    (n) => inMap({ actions: times(n, { type: 'message', text: 'x', area: s.area }) }),
  ],
  ['actions of buttons', 4, at('template.actions'), (n) => inButtons({ actions: times(n, button.message) })],
  [
    'actions of a confirm',
    2,
    at('template.actions'),
    (n) => s.template({ ...s.confirm, actions: times(n, button.message) }),
  ],
  ['columns', 10, at('template.columns'), (n) => s.carousel(...times(n, s.column))],
  [
    'actions of a column',
    3,
    at('template.columns[0].actions'),
    (n) => s.carousel({ ...s.column, actions: times(n, button.uri) }),
  ],
  ['columns of an image carousel', 10, at('template.columns'), (n) => s.imageCarousel(...times(n, s.imageColumn))],
  ['bubbles', 12, at('contents.contents'), (n) => s.flex({ type: 'carousel', contents: times(n, s.bubble()) })],
  ['animated images', 10, at('contents'), (n) => s.inBody(...times(n, animated))],
  [
    'animated images of all bubbles together',
    10,
    at('contents'),
    (n) =>
      s.flex({
        type: 'carousel',
        contents: [s.bubble({ hero: animated }), s.bubble({ footer: s.box(...times(n - 1, animated)) })],
      }),
  ],
]

describe.each(lists)('%s', (_, limit, path, build) => {
  test(`${limit} are accepted`, () => {
    expect(checkMessages([build(limit)])).toEqual([])
  })

  test(`${limit + 1} are refused`, () => {
    expect(paths(checkMessages([build(limit + 1)]))).toEqual([path])
  })
})

describe('messages of a call', () => {
  test.each([1, 5])('%i are accepted', (count) => {
    expect(checkMessages(times(count, s.hello))).toEqual([])
  })

  test.each([0, 6])('%i are refused', (count) => {
    expect(checkMessages(times(count, s.hello))).toMatchObject([
      { path: 'messages', rule: 'size', minimum: 1, maximum: 5 },
    ])
  })
})

test.each<[string, string, object]>([
  ['a confirm with one action', at('template.actions'), s.template({ ...s.confirm, actions: [button.message] })],
  ['buttons without actions', at('template.actions'), inButtons({ actions: [] })],
  ['a column without actions', at('template.columns[0].actions'), s.carousel({ ...s.column, actions: [] })],
  ['a carousel without columns', at('template.columns'), s.carousel()],
  ['an image carousel without columns', at('template.columns'), s.imageCarousel()],
  ['a Flex carousel without bubbles', at('contents.contents'), s.flex({ type: 'carousel', contents: [] })],
])('%s is refused', (_, path, message) => {
  expect(paths(check(message))).toEqual([path])
})

const files: readonly Place[] = [
  ['image', 2000, at('originalContentUrl'), (value) => ({ ...s.image, originalContentUrl: value })],
  ['preview of an image', 2000, at('previewImageUrl'), (value) => ({ ...s.image, previewImageUrl: value })],
  ['video', 2000, at('originalContentUrl'), (value) => ({ ...s.video, originalContentUrl: value })],
  ['preview of a video', 2000, at('previewImageUrl'), (value) => ({ ...s.video, previewImageUrl: value })],
  ['audio', 2000, at('originalContentUrl'), (value) => ({ ...s.audio, originalContentUrl: value })],
  ['icon of a sender', 2000, at('sender.iconUrl'), (value) => ({ ...s.hello, sender: { iconUrl: value } })],
  [
    'icon of a quick reply button',
    2000,
    at('quickReply.items[0].imageUrl'),
    (value) => s.quickReply(button.uri, { imageUrl: value }),
  ],
  ['imagemap', 2000, at('baseUrl'), (value) => inMap({ baseUrl: value })],
  [
    'video of an imagemap',
    2000,
    at('video.originalContentUrl'),
    (value) => inMap({ video: { ...s.imagemapVideo, originalContentUrl: value } }),
  ],
  [
    'preview in an imagemap',
    2000,
    at('video.previewImageUrl'),
    (value) => inMap({ video: { ...s.imagemapVideo, previewImageUrl: value } }),
  ],
  ['image of buttons', 2000, at('template.thumbnailImageUrl'), (value) => inButtons({ thumbnailImageUrl: value })],
  [
    'image of a column',
    2000,
    at('template.columns[0].thumbnailImageUrl'),
    (value) => s.carousel({ ...s.column, thumbnailImageUrl: value }),
  ],
  [
    'image of an image carousel',
    2000,
    at('template.columns[0].imageUrl'),
    (value) => s.imageCarousel({ ...s.imageColumn, imageUrl: value }),
  ],
  [
    'Flex image',
    2000,
    at('contents.hero.url'),
    (value) => s.flex({ type: 'bubble', hero: { ...s.flexImage, url: value } }),
  ],
  [
    'Flex icon',
    2000,
    at('contents.body.contents[0].contents[0].url'),
    (value) => s.inBody(s.baseline({ type: 'icon', url: value })),
  ],
  [
    'Flex video',
    2000,
    at('contents.hero.url'),
    (value) => s.flex({ type: 'bubble', hero: { ...s.flexVideo, url: value } }),
  ],
  [
    'preview of a Flex video',
    2000,
    at('contents.hero.previewUrl'),
    (value) => s.flex({ type: 'bubble', hero: { ...s.flexVideo, previewUrl: value } }),
  ],
]

const links: readonly Place[] = [
  ['link of a quick reply', 1000, `${quick}.uri`, (uri) => s.quickReply({ ...button.uri, uri })],
  [
    'link of a template',
    1000,
    at('template.actions[0].uri'),
    (uri) => inButtons({ actions: [{ ...button.uri, uri }] }),
  ],
  [
    'link for the desktop',
    1000,
    at('template.actions[0].altUri.desktop'),
    (desktop) => inButtons({ actions: [{ ...button.uri, altUri: { desktop } }] }),
  ],
  ['link of a bubble', 1000, at('contents.action.uri'), (uri) => s.flex(s.bubble({ action: { type: 'uri', uri } }))],
  ['link of an imagemap', 1000, at('actions[0].linkUri'), (linkUri) => mapAction({ type: 'uri', linkUri })],
  [
    'link after the video of an imagemap',
    1000,
    at('video.externalLink.linkUri'),
    (linkUri) => inMap({ video: { ...s.imagemapVideo, externalLink: { linkUri, label: 'More' } } }),
  ],
]

describe.each([...files, ...links])('%s', (_, limit, path, build) => {
  test(`accepts a URL of ${limit} UTF-16 code units and refuses one more`, () => {
    expect(check(build(url(limit)))).toEqual([])
    expect(check(build(url(limit + 1)))).toMatchObject([{ path, rule: 'length', maximum: limit }])
  })

  test.each([
    ['a space', 'https://example.com/a b'],
    ['a line break at its end', 'https://example.com/\n'],
    ['a bar', 'https://example.com/?markers=a|b'],
    ['braces', 'https://example.com/{id}'],
    ['no host', 'https://'],
    ['a script', 'javascript:alert(1)'],
    ['data', 'data:image/png;base64,AAAA'],
    ['nothing', ''],
  ])('refuses one with %s', (_, value) => {
    expect(check(build(value))).toMatchObject([{ path, rule: 'form' }])
  })
})

test.each(files)('%s accepts https only', (_, _limit, path, build) => {
  expect(check(build('HTTPS://example.com/x'))).toEqual([])
  for (const other of ['http://example.com/x', 'line://app/1', 'tel:1', '/x.png'])
    expect(paths(check(build(other)))).toEqual([path])
})

test.each(links)('%s accepts http, https, line and tel', (_, _limit, path, build) => {
  for (const scheme of ['http://example.com/', 'https://example.com/', 'line://app/1', 'tel:+81312345678'])
    expect(check(build(scheme))).toEqual([])
  for (const other of ['ftp://example.com/', 'mailto:a@example.com', '/booking'])
    expect(paths(check(build(other)))).toEqual([path])
})

describe('a tracking ID', () => {
  const tracked = (trackingId: string) => check({ ...s.video, trackingId })

  test('accepts 100 of its characters and refuses one more', () => {
    expect(tracked(text(100))).toEqual([])
    expect(paths(tracked(text(101)))).toEqual(['messages[0].trackingId'])
  })

  test('accepts the symbols that LINE lists, and refuses others', () => {
    expect(tracked('azAZ09-.=,+*()%$&;:@{}!?<>[]')).toEqual([])
    for (const other of ['', 'a b', 'a_b', 'a/b', 'a#b', 'あ', "a'b", 'a^b', 'a|b', 'a\\b'])
      expect(paths(tracked(other))).toHaveLength(1)
  })
})

describe('a delivery tag', () => {
  const tagged = (deliveryTag: string) => check({ ...s.coupon, deliveryTag })

  test('accepts 30 of its characters and refuses one more', () => {
    expect(tagged('aZ0_'.padEnd(30, 'x'))).toEqual([])
    for (const other of [text(31), 'a-b', 'a b', 'é', ''])
      expect(paths(tagged(other))).toEqual(['messages[0].deliveryTag'])
  })
})

describe('a key of a substitution', () => {
  const keyed = (key: string) => check({ type: 'textV2', text: `{${key}}`, substitution: { [key]: everyone } })

  test('accepts 20 of its characters and refuses one more', () => {
    expect(keyed('aZ0_'.padEnd(20, 'x'))).toEqual([])
    expect(paths(keyed(text(21)))).toEqual([`messages[0].substitution.${text(21)}`])
    for (const other of ['a-b', 'a b', 'é', '!']) expect(paths(keyed(other))).toHaveLength(1)
  })
})

describe('bytes of JSON', () => {
  const bytes = (value: object) => new TextEncoder().encode(JSON.stringify(value)).length
  const filled = (size: number, filler: string) => {
    const make = (words: string) => ({ type: 'bubble', body: s.box({ type: 'text', text: words }) })
    const room = size - bytes(make(''))
    const width = bytes({ a: filler }) - bytes({ a: '' })
    return make(
      filler.repeat(Math.floor(room / width)).padEnd(Math.floor(room / width) * filler.length + (room % width), 'x'),
    )
  }
  const fillers = [
    ['letters', 'x'],
    ['kana, of three bytes', 'あ'],
    ['families, of 25 bytes', s.family],
    ['quotes, which JSON escapes', '"'],
    ['lone surrogates, which JSON escapes in six bytes', '\ud83c'],
  ] as const

  test.each(fillers)('of a bubble: accepts 30 KB and refuses one byte more, in %s', (_, filler) => {
    expect(bytes(filled(30 * 1024, filler))).toBe(30 * 1024)
    expect(check(s.flex(filled(30 * 1024, filler)))).toEqual([])
    expect(check(s.flex(filled(30 * 1024 + 1, filler)))).toMatchObject([
      { path: 'messages[0].contents', rule: 'bytes' },
    ])
  })

  test.each(fillers)('of a carousel: accepts 50 KB and refuses one byte more, in %s', (_, filler) => {
    const make = (size: number) => {
      const first = filled(25_000, filler)
      const rest = size - bytes({ type: 'carousel', contents: [first] }) - 1
      return { type: 'carousel', contents: [first, filled(rest, filler)] }
    }
    expect(bytes(make(50 * 1024))).toBe(50 * 1024)
    expect(check(s.flex(make(50 * 1024)))).toEqual([])
    expect(check(s.flex(make(50 * 1024 + 1)))).toMatchObject([{ path: 'messages[0].contents', rule: 'bytes' }])
  })

  test('of a bubble in a carousel: refuses more than 30 KB', () => {
    const message = s.flex({ type: 'carousel', contents: [s.bubble(), filled(30 * 1024 + 1, 'x')] })
    expect(paths(check(message))).toEqual(['messages[0].contents.contents[1]'])
  })
})
