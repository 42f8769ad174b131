import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { checkMessages } from '../../src/contracts.js'
import { setup } from '../emulator/setup.js'
import { url } from './check.js'
import * as s from './samples.js'

// Messages are made here from LINE's pages, and not from the schemas: what is said to be good is good for both, and what is broken for neither.

const seed = 20260101

type Fields = Readonly<Record<string, unknown>>
type Made = fc.Arbitrary<Fields>

const some = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined })
const units = (most: number) => fc.string({ unit: 'binary', minLength: 1, maxLength: Math.floor(most / 2) })
const graphemes = (most: number) => fc.string({ unit: 'grapheme', minLength: 1, maxLength: most })
const of = (...values: readonly string[]) => fc.constantFrom(...values)
const file = fc.integer({ min: 20, max: 2000 }).map(url)
const link = fc.oneof(fc.integer({ min: 20, max: 1000 }).map(url), of('tel:+81312345678', 'line://app/1', 'http://example.com/?q=%20'))
const record = (fields: Record<string, fc.Arbitrary<unknown>>): Made => fc.record(fields).map((made) => ({ ...made }))

const actions = (label: fc.Arbitrary<string | undefined>): Made =>
  fc.oneof(
    record({ type: of('message'), label, text: graphemes(300) }),
    record({ type: of('uri'), label, uri: link }),
    record({ type: of('postback'), label, data: units(300), displayText: some(graphemes(300)), inputOption: some(of('openVoice')) }),
    record({ type: of('postback'), label, data: of(''), inputOption: of('openKeyboard'), fillInText: graphemes(300) }),
    record({
      type: of('datetimepicker'),
      label,
      data: units(300),
      mode: of('time'),
      min: some(of('00:00', '06:15')),
      max: some(of('23:59')),
    }),
    record({
      type: of('datetimepicker'),
      label,
      data: of('d'),
      mode: of('date'),
      initial: some(of('2024-02-29', '1900-01-01', '2100-12-31')),
    }),
    record({ type: of('clipboard'), label, clipboardText: units(1000) }),
  )

const quickActions: Made = fc.oneof(actions(graphemes(20)), record({ type: of('camera', 'cameraRoll', 'location'), label: graphemes(20) }))
const options = {
  quickReply: some(
    record({ items: fc.array(record({ type: of('action'), imageUrl: some(file), action: quickActions }), { maxLength: 13 }) }),
  ),
  sender: some(record({ name: some(of('Tea House', 'お茶', 'Online')), iconUrl: some(file) })),
}

const texts: Made = fc.tuple(units(4000), fc.integer({ min: 0, max: 20 })).map(([words, count]) => ({
  type: 'text',
  text: '$'.repeat(count) + words,
  emojis: Array.from({ length: count }, (_, index) => ({ index, ...s.emojiIds })),
}))

const substitution = fc.oneof(
  fc.constant({ type: 'mention', mentionee: { type: 'all' } }),
  fc.constant({ type: 'mention', mentionee: { type: 'user', userId: `U${'1'.repeat(32)}` } }),
  fc.constant({ type: 'emoji', ...s.emojiIds }),
)
const textsV2: Made = fc
  .tuple(fc.dictionary(fc.stringMatching(/^[0-9A-Za-z_]{1,20}$/), substitution, { maxKeys: 20 }), units(1000))
  .map(([substitutions, words]) => ({
    type: 'textV2',
    text: Object.keys(substitutions)
      .map((key) => `{${key}}`)
      .concat(words.replaceAll('{', '{{').replaceAll('}', '}}'))
      .join('{{ '),
    substitution: substitutions,
  }))

const pixels = (least: number) => fc.integer({ min: least, max: 1040 })
const area = record({ x: pixels(0), y: pixels(0), width: pixels(1), height: pixels(1) })
const imagemaps: Made = record({
  type: of('imagemap'),
  baseUrl: file,
  altText: units(1500),
  baseSize: record({ width: fc.constant(1040), height: pixels(1) }),
  actions: fc.array(
    fc.oneof(
      record({ type: of('message'), text: units(400), label: some(units(100)), area }),
      record({ type: of('uri'), linkUri: link, area }),
      record({ type: of('clipboard'), clipboardText: units(1000), area }),
    ),
    { maxLength: 50 },
  ),
  video: some(
    record({ originalContentUrl: file, previewImageUrl: file, area, externalLink: some(record({ linkUri: link, label: units(30) })) }),
  ),
})

const buttonActions = actions(graphemes(20))
const card = (most: number): Made =>
  fc.oneof(
    record({ text: graphemes(most) }),
    record({ text: graphemes(60), title: graphemes(40), thumbnailImageUrl: file, imageBackgroundColor: some(of('#06C755')) }),
  )
const withActions = (cards: Made, most: number): Made =>
  fc.tuple(cards, fc.array(buttonActions, { minLength: 1, maxLength: most })).map(([made, its]) => ({ ...made, actions: its }))
const columns = fc
  .tuple(card(120), fc.array(buttonActions, { minLength: 1, maxLength: 3 }), fc.integer({ min: 1, max: 10 }))
  .map(([made, its, count]) => Array.from({ length: count }, () => ({ ...made, actions: its })))
const templates: Made = record({
  type: of('template'),
  altText: units(1500),
  template: fc.oneof(
    withActions(card(160), 4).map((made) => ({ type: 'buttons', ...made })),
    record({ type: of('confirm'), text: graphemes(240), actions: fc.array(buttonActions, { minLength: 2, maxLength: 2 }) }),
    record({ type: of('carousel'), columns, imageSize: some(of('cover', 'contain')), imageAspectRatio: some(of('rectangle', 'square')) }),
    record({
      type: of('image_carousel'),
      columns: fc.array(record({ imageUrl: file, action: actions(some(graphemes(12))) }), { minLength: 1, maxLength: 10 }),
    }),
  ),
})

const color = of('#06C755', '#00000080')
const space = of('none', 'md', 'xxl', '0px', '12.5px')
const fontSize = of('xxs', 'md', '5xl', '13px')
const placed = { margin: some(space), position: some(of('relative', 'absolute')), offsetTop: some(of('-2px', 'md', '10%')) }
const tap = some(actions(some(graphemes(40))))
const flexTexts = record({
  type: of('text'),
  text: graphemes(30),
  size: some(fontSize),
  color: some(color),
  wrap: some(fc.boolean()),
  action: tap,
  ...placed,
})
const images = record({
  type: of('image'),
  url: file,
  size: some(of('full', '50%', '13px')),
  aspectRatio: some(of('1:3', '20:13', '1.51:1')),
  ...placed,
})
const lines = record({
  type: of('box'),
  layout: of('baseline'),
  contents: fc.array(fc.oneof(flexTexts, record({ type: of('icon'), url: file, size: some(fontSize) }), record({ type: of('filler') })), {
    maxLength: 3,
  }),
})
const { box } = fc.letrec<{ box: Fields; component: Fields }>((tie) => ({
  component: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    flexTexts,
    images,
    lines,
    record({ type: of('separator'), color: some(color) }),
    record({ type: of('button'), action: actions(graphemes(40)), style: some(of('primary', 'link')), height: some(of('sm')) }),
    record({
      type: of('text'),
      contents: fc.array(record({ type: of('span'), text: graphemes(20), weight: some(of('bold')) }), { maxLength: 3 }),
    }),
    tie('box'),
  ),
  box: record({
    type: of('box'),
    layout: of('horizontal', 'vertical'),
    contents: fc.array(tie('component'), { maxLength: 3 }),
    paddingAll: some(of('md', '5%', '10px')),
    backgroundColor: some(color),
    action: tap,
    background: some(record({ type: of('linearGradient'), angle: of('0deg', '359.5deg'), startColor: color, endColor: color })),
  }),
}))
const bubbles = (size: string | undefined): Made =>
  record({ type: of('bubble'), size: fc.constant(size), body: box, footer: some(box), action: tap })
const isSmall = (kilobytes: number) => (contents: Fields) => new TextEncoder().encode(JSON.stringify(contents)).length <= kilobytes * 1024
const someSize = some(of('nano', 'kilo', 'mega', 'giga'))
const flexes: Made = record({
  type: of('flex'),
  altText: units(1500),
  contents: fc.oneof(
    someSize.chain(bubbles).filter(isSmall(30)),
    someSize
      .chain((size) =>
        record({ type: of('carousel'), contents: fc.array(bubbles(size).filter(isSmall(4)), { minLength: 1, maxLength: 12 }) }),
      )
      .filter(isSmall(50)),
    record({
      type: of('bubble'),
      size: some(of('kilo', 'mega', 'giga')),
      hero: record({ type: of('video'), url: file, previewUrl: file, altContent: images }),
    }),
  ),
})

const kinds: Made = fc.oneof(
  texts,
  textsV2,
  imagemaps,
  templates,
  flexes,
  record({ type: of('sticker'), packageId: of('446'), stickerId: of('1988') }),
  record({ type: of('image'), originalContentUrl: file, previewImageUrl: file }),
  record({ type: of('video'), originalContentUrl: file, previewImageUrl: file }),
  record({ type: of('audio'), originalContentUrl: file, duration: fc.nat() }),
  record({
    type: of('location'),
    title: units(100),
    address: units(100),
    latitude: fc.double({ min: -90, max: 90, noNaN: true }),
    longitude: fc.double({ min: -180, max: 180, noNaN: true }),
  }),
  record({ type: of('coupon'), couponId: of('01JYNW8JMQVFBNWF1APF8Z3FS7'), deliveryTag: some(fc.stringMatching(/^[A-Za-z0-9_]{1,30}$/)) }),
)
const good: fc.Arbitrary<readonly Fields[]> = fc.array(
  fc.tuple(kinds, record(options)).map(([message, more]) => ({ ...message, ...more })),
  { minLength: 1, maxLength: 5 },
)

const asSent = (value: unknown): unknown => JSON.parse(JSON.stringify(value))

// The places of a value, so that one of them can be broken.
function* placesIn(value: unknown, path: readonly (string | number)[] = []): Generator<readonly (string | number)[]> {
  if (path.length > 0) yield path
  if (typeof value !== 'object' || value === null) return
  for (const [key, inner] of Object.entries(value)) yield* placesIn(inner, [...path, Array.isArray(value) ? Number(key) : key])
}

function changed(value: unknown, [key, ...rest]: readonly (string | number)[], change: (value: unknown) => unknown): unknown {
  if (key === undefined || typeof value !== 'object' || value === null) return change(value)
  const copy: object = Array.isArray(value) ? [...value] : { ...value }
  Reflect.set(copy, key, changed(Reflect.get(copy, key), rest, change))
  return copy
}

const changes: readonly ((value: unknown) => unknown)[] = [
  () => undefined,
  () => null,
  () => '',
  () => -1,
  () => [],
  () => ({}),
  () => 'x'.repeat(5001),
  (value) => (typeof value === 'string' ? `${value}${s.family.repeat(40)}` : value),
  (value) => (typeof value === 'string' ? value.slice(0, -1) : value),
  (value) => (Array.isArray(value) ? [...value, ...value, ...value] : value),
  (value) =>
    typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value, type: 'camera', size: 'kilo', title: 'T' } : value,
]

let validate: (messages: unknown) => Promise<{ readonly status: number; readonly body: unknown }>
let push: (messages: unknown) => Promise<{ readonly status: number }>

beforeAll(async () => {
  const { emulator, line, person, account } = await setup()
  account.settings.joinGroups = true
  const group = emulator.createGroup({ name: 'Us', members: [person] })
  await group.invite(account)
  account.settings.monthlyLimit = undefined
  validate = (messages) => line('POST /v2/bot/message/validate/push', { messages })
  push = (messages) => line('POST /v2/bot/message/push', { to: group.groupId, messages })
})

describe('checkMessages and the emulator', () => {
  test('take every good message', async () => {
    await fc.assert(
      fc.asyncProperty(good, async (messages) => {
        expect(checkMessages(messages)).toEqual([])
        expect(checkMessages(asSent(messages))).toEqual([])
        expect(await validate(messages)).toMatchObject({ status: 200, body: {} })
        expect((await push(messages)).status).toBe(200)
      }),
      { seed, numRuns: 150 },
    )
  })

  test('agree on whatever becomes of a good message when one place in it is changed', async () => {
    let refused = 0
    const broken = good.chain((messages) => {
      const sent = asSent(messages)
      return fc.tuple(fc.constant(sent), fc.constantFrom(...placesIn(sent)), fc.constantFrom(...changes))
    })
    await fc.assert(
      fc.asyncProperty(broken, async ([messages, place, change]) => {
        const sent = asSent(changed(messages, place, change))
        const problems = checkMessages(sent)
        const { status } = await validate(sent)
        expect(status).toBe(problems.length > 0 ? 400 : 200)
        if (status === 400) refused++
      }),
      { seed, numRuns: 300 },
    )
    // A test that breaks nothing would pass too.
    expect(refused).toBeGreaterThan(100)
  })

  test('agree on any JSON at all', async () => {
    await fc.assert(
      fc.asyncProperty(fc.jsonValue(), async (json) => {
        const messages = asSent(json)
        expect((await validate(messages)).status).toBe(checkMessages(messages).length > 0 ? 400 : 200)
      }),
      { seed, numRuns: 100 },
    )
  })
})

// Each breaks one rule of LINE's pages, somewhere and by some amount.
const more = (limit: number) => fc.integer({ min: limit + 1, max: limit + 40 })
const words = (limit: number) =>
  fc.oneof(
    more(limit).map((count) => 'x'.repeat(count)),
    more(limit).map((count) => s.family.repeat(count)),
    more(limit).map((count) => '\ud83c'.repeat(count)),
  )
const listOf = (limit: number, one: unknown) => more(limit).map((count) => Array.from({ length: count }, () => one))
const inButtons = (other: object) => s.template({ ...s.buttons, ...other })
const badUrl = of(
  'http://example.com/a',
  '/a',
  'https://example.com/a b',
  'https://',
  '',
  `https://example.com/${'x'.repeat(2000)}`,
  'https://example.com/\n',
)
const badLink = of(
  'ftp://example.com/',
  'javascript:alert(1)',
  '/a',
  '',
  `https://example.com/${'x'.repeat(1000)}`,
  'https://example.com/?a|b',
)

const breakers: readonly [name: string, place: RegExp, message: fc.Arbitrary<object>][] = [
  ['a long text', /^messages\[0\]\.text$/, words(5000).map((text) => ({ type: 'text', text }))],
  [
    'an emoji without its $',
    /emojis\[0\]\.index$/,
    fc.nat({ max: 9 }).map((index) => ({ type: 'text', text: 'x$x$xxxxxx'.replaceAll('$', 'y'), emojis: [{ index, ...s.emojiIds }] })),
  ],
  [
    'a key without substitution',
    /text$/,
    fc.stringMatching(/^[a-z]{1,20}$/).map((key) => ({ type: 'textV2', text: `{${key}}`, substitution: {} })),
  ],
  ['a lone brace', /text$/, of('{', '}', 'a{b', 'a}b', '{{}', '{x', '{{{').map((text) => ({ type: 'textV2', text }))],
  [
    'too many quick replies',
    /quickReply\.items$/,
    listOf(13, { type: 'action', action: s.button.uri }).map((items) => ({ ...s.hello, quickReply: { items } })),
  ],
  ['a long label', /label$/, words(20).map((label) => s.quickReply({ ...s.button.uri, label }))],
  [
    'a long label of an image carousel',
    /label$/,
    words(12).map((label) => s.imageCarousel({ ...s.imageColumn, action: { ...s.button.uri, label } })),
  ],
  ['a long label of a Flex button', /label$/, words(40).map((label) => s.inBody({ type: 'button', action: { ...s.button.uri, label } }))],
  [
    'a quick reply action elsewhere',
    /action\.type$/,
    of('camera', 'cameraRoll', 'location', 'richmenuswitch').map((type) =>
      s.inBody({ ...s.flexImage, action: { type, label: 'x', data: 'd', richMenuAliasId: 'a' } }),
    ),
  ],
  ['a bad image URL', /originalContentUrl$/, badUrl.map((originalContentUrl) => ({ ...s.image, originalContentUrl }))],
  ['a bad hero URL', /hero\.url$/, badUrl.map((address) => s.flex({ type: 'bubble', hero: { type: 'image', url: address } }))],
  ['a bad link', /uri$/, badLink.map((uri) => inButtons({ actions: [{ ...s.button.uri, uri }] }))],
  [
    'a bad link of an imagemap',
    /linkUri$/,
    badLink.map((linkUri) => ({ ...s.imagemap, actions: [{ type: 'uri', linkUri, area: s.area }] })),
  ],
  ['a long text beside a title', /template\.text$/, words(60).map((text) => inButtons({ title: 'T', text }))],
  [
    'a long text of a column beside an image',
    /columns\[0\]\.text$/,
    words(60).map((text) => s.carousel({ ...s.column, thumbnailImageUrl: url(40), text })),
  ],
  [
    'columns of other numbers of actions',
    /columns\[1\]\.actions$/,
    fc
      .integer({ min: 2, max: 3 })
      .map((count) => s.carousel(s.column, { ...s.column, actions: Array.from({ length: count }, () => s.button.uri) })),
  ],
  [
    'a confirm that has not two',
    /actions$/,
    fc
      .nat({ max: 6 })
      .filter((count) => count !== 2)
      .map((count) => s.template({ ...s.confirm, actions: Array.from({ length: count }, () => s.button.uri) })),
  ],
  ['too many columns', /columns$/, listOf(10, s.column).map((its) => s.template({ type: 'carousel', columns: its }))],
  ['too many bubbles', /contents\.contents$/, listOf(12, s.bubble()).map((contents) => s.flex({ type: 'carousel', contents }))],
  ['too many areas', /actions$/, listOf(50, { type: 'message', text: 'x', area: s.area }).map((its) => ({ ...s.imagemap, actions: its }))],
  [
    'bubbles of two sizes',
    /contents\[1\]\.size$/,
    of('nano', 'micro', 'deca', 'hecto', 'kilo', 'giga').map((size) =>
      s.flex({ type: 'carousel', contents: [s.bubble(), s.bubble({ size })] }),
    ),
  ],
  [
    'a video in a small bubble',
    /hero\.type$/,
    of('nano', 'micro', 'deca', 'hecto').map((size) => s.flex({ type: 'bubble', size, hero: s.flexVideo })),
  ],
  [
    'a large bubble',
    /contents$/,
    fc.integer({ min: 30 * 1024, max: 60 * 1024 }).map((count) => s.inBody({ type: 'text', text: 'x'.repeat(count) })),
  ],
  [
    'too many animated images',
    /contents$/,
    listOf(10, { ...s.flexImage, animated: true }).map((images) => s.inBody(...(images as object[]))),
  ], // images
  [
    'a both shown and old text',
    /text$/,
    graphemes(300).map((words) => inButtons({ actions: [{ ...s.button.postback, displayText: words, text: words }] })),
  ],
  [
    'text for another input',
    /fillInText$/,
    of('closeRichMenu', 'openRichMenu', 'openVoice').map((inputOption) =>
      s.quickReply({ ...s.button.postback, inputOption, fillInText: 'x' }),
    ),
  ],
  [
    'a day out of bounds',
    /(initial|min|max)$/,
    fc
      .tuple(of('initial', 'min', 'max'), of('1899-12-31', '2101-01-01', '2026-02-29', '2026-13-01', '2026-1-1', '2026-01-01T00:00'))
      .map(([name, day]) => s.quickReply({ ...s.button.datetimepicker, [name]: day })),
  ],
  ['a wide sender', /sender\.name$/, words(20).map((name) => ({ ...s.hello, sender: { name } }))],
  [
    'a field that Flex has not',
    /body\.contents\[0\]\.\w+$/,
    of('fontSize', 'onclick', 'padding', 'colour').map((name) => s.inBody({ type: 'text', text: 'x', [name]: 'x' })),
  ],
]

test.each(breakers)('%s is refused by both, with its place', async (_, place, message) => {
  await fc.assert(
    fc.asyncProperty(message, async (broken) => {
      const problems = checkMessages([broken])
      expect(problems.map(({ path }) => path)).toEqual([expect.stringMatching(place)])
      const { status, body } = await validate([broken])
      expect(status).toBe(400)
      expect(JSON.stringify(body)).toContain(problems[0]?.path)
    }),
    { seed, numRuns: 8 },
  )
})

// As LINE's page quotes them: https://developers.line.biz/en/reference/messaging-api/#error-responses
test.each<[string, unknown, object]>([
  ['an empty text', [{ type: 'text', text: '' }], { message: 'May not be empty', property: 'messages[0].text' }],
  ['no text', [{ type: 'text' }], { message: 'May not be empty', property: 'messages[0].text' }],
  [
    'a long text',
    [{ type: 'text', text: 'x'.repeat(5001) }],
    { message: 'Length must be between 0 and 5000', property: 'messages[0].text' },
  ],
  ['six messages', Array.from({ length: 6 }, () => s.hello), { message: 'Size must be between 1 and 5', property: 'messages' }],
  [
    'an unknown kind',
    [{ type: 'txt' }],
    {
      message:
        'Must be one of the following values: [text, textV2, sticker, image, video, audio, location, coupon, imagemap, template, flex]',
      property: 'messages[0].type',
    },
  ],
])('%s is refused in the words of LINE', async (_, messages, detail) => {
  expect(await validate(messages)).toMatchObject({ status: 400, body: { message: 'The request body has 1 error(s)', details: [detail] } })
})
