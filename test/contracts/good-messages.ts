import fc from 'fast-check'
import { url } from './check.js'
import * as s from './samples.js'

// Generators of good messages, written from LINE's pages and not from the schemas. The messages are often at a limit.

/** An object as it is sent. */
export type Fields = Readonly<Record<string, unknown>>
type Made = fc.Arbitrary<Fields>

const some = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined })
/** One of some texts. */
export const of = (...values: readonly string[]) => fc.constantFrom(...values)
const record = (fields: Record<string, fc.Arbitrary<unknown>>): Made => fc.record(fields).map((made) => ({ ...made }))

/** How long something is made that has a limit: often as long as it may be. */
const lengths = (most: number) =>
  fc.oneof({ arbitrary: fc.constant(most), weight: 2 }, fc.integer({ min: 1, max: most }))

/** A list of at most so many, which are now and then so many. */
function upTo<Item>(most: number, item: fc.Arbitrary<Item>, least = 0): fc.Arbitrary<Item[]> {
  return fc.oneof(
    { arbitrary: fc.array(item, { minLength: least, maxLength: most }), weight: 3 },
    fc.array(item, { minLength: most, maxLength: most, size: 'max' }),
  )
}

const wide = ['x', 'あ', '🍎', s.family, '\ud83c', '\u0000']

/** Text of at most so many UTF-16 units. */
function units(most: number): fc.Arbitrary<string> {
  const filled = fc
    .tuple(of(...wide), lengths(most))
    .map(([one, length]) => one.repeat(Math.floor(length / one.length)).padEnd(length, 'x'))
  return fc.oneof(filled, fc.string({ unit: 'binary', minLength: 1, maxLength: Math.floor(most / 2) }))
}

/** Text of at most so many grapheme clusters. */
export function graphemes(most: number): fc.Arbitrary<string> {
  const filled = fc
    .tuple(of('x', '🍎', s.family, '🇯🇵', 'e\u0301'), lengths(most))
    .map(([one, count]) => one.repeat(count))
  return fc.oneof(filled, fc.string({ unit: 'grapheme', minLength: 1, maxLength: most }))
}

const file = lengths(2000).map((length) => url(Math.max(20, length)))
const link = fc.oneof(
  lengths(1000).map((length) => url(Math.max(20, length))),
  of('tel:+81312345678', 'line://app/1', 'http://example.com/?q=%20'),
)

const actions = (label: fc.Arbitrary<string | undefined>): Made =>
  fc.oneof(
    record({ type: of('message'), label, text: graphemes(300) }),
    record({ type: of('uri'), label, uri: link }),
    record({
      type: of('postback'),
      label,
      data: units(300),
      displayText: some(graphemes(300)),
      inputOption: some(of('openVoice')),
    }),
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
    record({
      type: of('datetimepicker'),
      label,
      data: of('d'),
      mode: of('datetime'),
      min: some(of('1900-01-01T00:00', '2026-06-18t06:15')),
      max: some(of('2100-12-31T23:59')),
    }),
    record({ type: of('clipboard'), label, clipboardText: units(1000) }),
  )

const quickActions: Made = fc.oneof(
  actions(graphemes(20)),
  record({ type: of('camera', 'cameraRoll', 'location'), label: graphemes(20) }),
)
const options = {
  quickReply: some(
    record({ items: upTo(13, record({ type: of('action'), imageUrl: some(file), action: quickActions })) }),
  ),
  sender: some(
    record({
      name: some(
        fc.oneof(
          of('Tea House', 'お茶', 'Online'),
          lengths(20).map((length) => 'お'.repeat(length)),
        ),
      ),
      iconUrl: some(file),
    }),
  ),
}

const texts: Made = fc
  .oneof(fc.constant(20), fc.integer({ min: 0, max: 20 }))
  .chain((count) => fc.tuple(fc.constant(count), units(5000 - count)))
  .map(([count, words]) => ({
    type: 'text',
    text: '$'.repeat(count) + words,
    emojis: Array.from({ length: count }, (_, index) => ({ index, ...s.emojiIds })),
  }))

const mention = fc.constantFrom(
  { type: 'mention', mentionee: { type: 'all' } },
  { type: 'mention', mentionee: { type: 'user', userId: `U${'1'.repeat(32)}` } },
)
const emoji = fc.constant({ type: 'emoji', ...s.emojiIds })
const keys = (most: number) =>
  fc
    .tuple(fc.stringMatching(/^[0-9A-Za-z_]{0,17}$/), lengths(most))
    .map(([start, count]) => Array.from({ length: count }, (_, at) => `${start}${String(at).padStart(3, '0')}`))
const written = (words: string) => words.replaceAll('{', '{{').replaceAll('}', '}}')

/** Up to 100 keys, of which up to 20 mentions and 20 emoji are used in the text. */
const textsV2: Made = fc
  .tuple(
    keys(100),
    fc.array(fc.oneof(mention, emoji), { minLength: 100, maxLength: 100, size: 'max' }),
    units(1000),
    fc.boolean(),
  )
  .map(([names, values, words, full]) => {
    const substitution = Object.fromEntries(names.map((name, at) => [name, values[at]]))
    const used = ['mention', 'emoji'].flatMap((type) =>
      names.filter((name) => substitution[name]?.type === type).slice(0, 20),
    )
    const start = used.map((name) => `{${name}}`).join('{{ ') + written(words)
    return { type: 'textV2', text: full ? start.padEnd(5000, 'お') : start, substitution }
  })

const pixels = (least: number) => fc.integer({ min: least, max: 1040 })
const area = record({ x: pixels(0), y: pixels(0), width: pixels(1), height: pixels(1) })
const imagemaps: Made = record({
  type: of('imagemap'),
  baseUrl: file,
  altText: units(1500),
  baseSize: record({ width: fc.constant(1040), height: pixels(1) }),
  actions: upTo(
    50,
    fc.oneof(
      record({ type: of('message'), text: units(400), label: some(units(100)), area }),
      record({ type: of('uri'), linkUri: link, area }),
      record({ type: of('clipboard'), clipboardText: units(1000), area }),
    ),
  ),
  video: some(
    record({
      originalContentUrl: file,
      previewImageUrl: file,
      area,
      externalLink: some(record({ linkUri: link, label: units(30) })),
    }),
  ),
})

const buttonActions = actions(graphemes(20))
const card = (most: number): Made =>
  fc.oneof(
    record({ text: graphemes(most) }),
    record({
      text: graphemes(60),
      title: graphemes(40),
      thumbnailImageUrl: file,
      imageBackgroundColor: some(of('#06C755')),
    }),
  )
const withActions = (cards: Made, most: number): Made =>
  fc.tuple(cards, upTo(most, buttonActions, 1)).map(([made, its]) => ({ ...made, actions: its }))
const columns = fc
  .tuple(card(120), upTo(3, buttonActions, 1), fc.oneof(fc.constant(10), fc.integer({ min: 1, max: 10 })))
  .map(([made, its, count]) => Array.from({ length: count }, () => ({ ...made, actions: its })))
const templates: Made = record({
  type: of('template'),
  altText: units(1500),
  template: fc.oneof(
    withActions(card(160), 4).map((made) => ({ type: 'buttons', ...made })),
    record({
      type: of('confirm'),
      text: graphemes(240),
      actions: fc.array(buttonActions, { minLength: 2, maxLength: 2 }),
    }),
    record({
      type: of('carousel'),
      columns,
      imageSize: some(of('cover', 'contain')),
      imageAspectRatio: some(of('rectangle', 'square')),
    }),
    record({
      type: of('image_carousel'),
      columns: upTo(10, record({ imageUrl: file, action: actions(some(graphemes(12))) }), 1),
    }),
  ),
})

const color = of('#06C755', '#00000080')
const space = of('none', 'md', 'xxl', '0px', '12.5px')
const fontSize = of('xxs', 'md', '5xl', '13px')
const placed = {
  margin: some(space),
  position: some(of('relative', 'absolute')),
  offsetTop: some(of('-2px', 'md', '10%')),
}
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
  aspectRatio: some(of('1:3', '20:13', '1.51:1', '100000:100000')),
  ...placed,
})
const lines = record({
  type: of('box'),
  layout: of('baseline'),
  contents: fc.array(
    fc.oneof(flexTexts, record({ type: of('icon'), url: file, size: some(fontSize) }), record({ type: of('filler') })),
    {
      maxLength: 3,
    },
  ),
})
const { box } = fc.letrec<{ box: Fields; component: Fields }>((tie) => ({
  component: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    flexTexts,
    images,
    lines,
    record({ type: of('separator'), color: some(color) }),
    record({
      type: of('button'),
      action: actions(graphemes(40)),
      style: some(of('primary', 'link')),
      height: some(of('sm')),
    }),
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
    background: some(
      record({ type: of('linearGradient'), angle: of('0deg', '359.5deg'), startColor: color, endColor: color }),
    ),
  }),
}))
const bubbles = (size: string | undefined): Made =>
  record({ type: of('bubble'), size: fc.constant(size), body: box, footer: some(box), action: tap })

/** How large a value is, in bytes of JSON. */
export const bytesOf = (value: unknown): number => new TextEncoder().encode(JSON.stringify(value)).length
const isSmall = (kilobytes: number) => (contents: Fields) => bytesOf(contents) <= kilobytes * 1024

/** A bubble of just so many bytes. */
function bubbleOf(bytes: number, filler: string): Fields {
  const make = (words: string) => s.bubble({ body: s.box({ type: 'text', text: words }) })
  const room = bytes - bytesOf(make(''))
  const width = bytesOf(filler) - 2
  return make(filler.repeat(Math.floor(room / width)) + 'x'.repeat(room % width))
}
const fillers = of('x', 'あ', '"', '\ud83c')
const fullBubbles: Made = fillers.map((filler) => bubbleOf(30 * 1024, filler))
const fullCarousels: Made = fillers.map((filler) => {
  const first = Array.from({ length: 11 }, () => bubbleOf(4000, filler))
  const room = 50 * 1024 - bytesOf({ type: 'carousel', contents: first }) - 1
  return { type: 'carousel', contents: [...first, bubbleOf(room, filler)] }
})
const animated: Made = fc.constant(
  s.bubble({ footer: s.box(...Array.from({ length: 10 }, () => ({ ...s.flexImage, animated: true }))) }),
)

const someSize = some(of('nano', 'micro', 'deca', 'hecto', 'kilo', 'mega', 'giga'))
const flexes: Made = record({
  type: of('flex'),
  altText: units(1500),
  contents: fc.oneof(
    someSize.chain(bubbles).filter(isSmall(30)),
    someSize
      .chain((size) => record({ type: of('carousel'), contents: upTo(12, bubbles(size).filter(isSmall(4)), 1) }))
      .filter(isSmall(50)),
    record({
      type: of('bubble'),
      size: some(of('kilo', 'mega', 'giga')),
      hero: record({
        type: of('video'),
        url: file,
        previewUrl: file,
        altContent: images,
        action: some(record({ type: of('uri'), uri: link })),
      }),
    }),
    fullBubbles,
    fullCarousels,
    animated,
  ),
})

const tag = (most: number) => lengths(most).map((length) => 'aZ0_'.repeat(most).slice(0, length))
const degrees = (most: number) =>
  fc.oneof(fc.constantFrom(-most, most), fc.double({ min: -most, max: most, noNaN: true }))

/** One of each kind, by its `type`. */
export const kinds: { readonly [type: string]: Made } = {
  text: texts,
  textV2: textsV2,
  imagemap: imagemaps,
  template: templates,
  flex: flexes,
  sticker: record({ type: of('sticker'), packageId: of('446'), stickerId: of('1988') }),
  image: record({ type: of('image'), originalContentUrl: file, previewImageUrl: file }),
  video: record({ type: of('video'), originalContentUrl: file, previewImageUrl: file }),
  audio: record({ type: of('audio'), originalContentUrl: file, duration: fc.nat() }),
  location: record({
    type: of('location'),
    title: units(100),
    address: units(100),
    latitude: degrees(90),
    longitude: degrees(180),
  }),
  coupon: record({ type: of('coupon'), couponId: of('01JYNW8JMQVFBNWF1APF8Z3FS7'), deliveryTag: some(tag(30)) }),
}

/** What a call may hold: 1 to 5 messages of any kind. */
export const good: fc.Arbitrary<readonly Fields[]> = upTo(
  5,
  fc.tuple(fc.oneof(...Object.values(kinds)), record(options)).map(([message, more]) => ({ ...message, ...more })),
  1,
)
