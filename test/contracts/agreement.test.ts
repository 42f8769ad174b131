import fc from 'fast-check'
import { checkMessages } from 'line-oa/contracts'
import { createEmulator } from 'line-oa/emulator'
import { beforeAll, describe, expect, test } from 'vitest'
import { url } from './check.js'
import { bytesOf, type Fields, good, graphemes, kinds, of } from './good-messages.js'
import * as s from './samples.js'

// Messages are made from LINE's pages, not from the schemas: both the check and the emulator must take every good one and refuse every broken one.

const seed = 20260101

// Hints are accepted by LINE.
const problemsOf = (messages: unknown) => checkMessages(messages).filter(({ severity }) => severity !== 'hint')

const asSent = (value: unknown): unknown => JSON.parse(JSON.stringify(value))

// The places of a value, of which one is broken at a time.
function* placesIn(value: unknown, path: readonly (string | number)[] = []): Generator<readonly (string | number)[]> {
  if (path.length > 0) yield path
  if (typeof value !== 'object' || value === null) return
  for (const [key, inner] of Object.entries(value))
    yield* placesIn(inner, [...path, Array.isArray(value) ? Number(key) : key])
}

function changed(
  value: unknown,
  [key, ...rest]: readonly (string | number)[],
  change: (value: unknown) => unknown,
): unknown {
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
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? { ...value, type: 'camera', size: 'kilo', title: 'T' }
      : value,
]

let validate: (messages: unknown) => Promise<{ readonly status: number; readonly body: unknown }>
let push: (messages: unknown) => Promise<{ readonly status: number }>

beforeAll(async () => {
  const emulator = createEmulator({ clock: 'manual' })
  const account = emulator.createAccount({ name: 'Tea House', kind: 'verified' })
  const person = emulator.createPerson({ displayName: 'Mika' })
  await person.addFriend(account)
  const token = account.issueLongLivedToken()
  const post = async (path: string, body: object) => {
    const response = await emulator.fetch(`https://api.line.me/v2/bot/${path}`, {
      method: 'POST',
      body: JSON.stringify(body),
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    })
    return { status: response.status, body: (await response.json()) as unknown }
  }
  account.settings.joinGroups = true
  const group = emulator.createGroup({ name: 'Us', members: [person] })
  await group.invite(account)
  account.settings.monthlyLimit = undefined
  validate = (messages) => post('message/validate/push', { messages })
  // The emulator sends only coupons that exist.
  const made = await post('coupon', {
    title: 'Free tea',
    reward: { type: 'free' },
    acquisitionCondition: { type: 'normal' },
    maxUseCountPerTicket: 1,
    startTimestamp: 0,
    endTimestamp: 2_000_000_000,
    timezone: 'ASIA_TOKYO',
    visibility: 'UNLISTED',
  })
  const { couponId } = made.body as { couponId: string } // the response to creating a coupon
  const withCoupon = (message: unknown) =>
    typeof message === 'object' && message !== null && Reflect.get(message, 'couponId') === s.coupon.couponId
      ? { ...message, couponId }
      : message
  push = (messages) =>
    post('message/push', {
      to: group.groupId,
      messages: Array.isArray(messages) ? messages.map(withCoupon) : messages,
    })
})

// A measure of a message for each limit that LINE's pages have for its type.
const reached: readonly [kind: string, what: string, limit: number, measure: (message: Fields) => number][] = [
  ['text', 'text', 5000, ({ text }) => String(text).length],
  ['text', 'emojis', 20, ({ emojis }) => (emojis as readonly unknown[]).length],
  ['textV2', 'text', 5000, ({ text }) => String(text).length],
  ['textV2', 'substitution', 100, ({ substitution }) => Object.keys(substitution as object).length],
  [
    'textV2',
    'mentions',
    20,
    ({ substitution }) => Math.min(20, JSON.stringify(substitution).split('"mention"').length - 1),
  ],
  ['location', 'title', 100, ({ title }) => String(title).length],
  ['location', 'latitude', 90, ({ latitude }) => Number(latitude)],
  ['coupon', 'deliveryTag', 30, ({ deliveryTag = '' }) => String(deliveryTag).length],
  ['image', 'originalContentUrl', 2000, ({ originalContentUrl }) => String(originalContentUrl).length],
  ['video', 'previewImageUrl', 2000, ({ previewImageUrl }) => String(previewImageUrl).length],
  ['audio', 'originalContentUrl', 2000, ({ originalContentUrl }) => String(originalContentUrl).length],
  ['imagemap', 'altText', 1500, ({ altText }) => String(altText).length],
  ['imagemap', 'actions', 50, ({ actions }) => (actions as readonly unknown[]).length],
  ['template', 'altText', 1500, ({ altText }) => String(altText).length],
  [
    'template',
    'columns',
    10,
    ({ template }) => ((template as Fields)['columns'] as readonly unknown[] | undefined)?.length ?? 0,
  ],
  [
    'template',
    'actions',
    4,
    ({ template }) => ((template as Fields)['actions'] as readonly unknown[] | undefined)?.length ?? 0,
  ],
  ['flex', 'altText', 1500, ({ altText }) => String(altText).length],
  [
    'flex',
    'bubbles',
    12,
    ({ contents }) =>
      (contents as Fields)['type'] === 'carousel' ? ((contents as Fields)['contents'] as readonly unknown[]).length : 0,
  ],
  [
    'flex',
    'bytes of a bubble',
    30 * 1024,
    ({ contents }) => ((contents as Fields)['type'] === 'bubble' ? bytesOf(contents) : 0),
  ],
  [
    'flex',
    'bytes of a carousel',
    50 * 1024,
    ({ contents }) => ((contents as Fields)['type'] === 'carousel' ? bytesOf(contents) : 0),
  ],
]

test.each(reached)('a generated %s reaches its limit of %s, %i, and does not exceed it', (kind, _, limit, measure) => {
  const sizes = fc.sample(kinds[kind] ?? fc.constant({}), { seed, numRuns: 150 }).map(measure)
  expect(Math.max(...sizes)).toBe(limit)
})

test('generated messages are of every type', () => {
  const types = new Set(fc.sample(good, { seed, numRuns: 100 }).flatMap((messages) => messages.map(({ type }) => type)))
  expect([...types].sort()).toEqual(Object.keys(kinds).sort())
  const all = 'text, textV2, sticker, image, video, audio, location, coupon, imagemap, template, flex'.split(', ')
  expect(Object.keys(kinds).sort()).toEqual(all.sort())
})

describe('checkMessages and the emulator', () => {
  test('accept every valid message', async () => {
    await fc.assert(
      fc.asyncProperty(good, async (messages) => {
        expect(problemsOf(messages)).toEqual([])
        expect(problemsOf(asSent(messages))).toEqual([])
        expect(await validate(messages)).toMatchObject({ status: 200, body: {} })
        expect((await push(messages)).status).toBe(200)
      }),
      { seed, numRuns: 150 },
    )
  }, 60_000)

  test('agree on a valid message with one changed value', async () => {
    let refused = 0
    const broken = good.chain((messages) => {
      const sent = asSent(messages)
      return fc.tuple(fc.constant(sent), fc.constantFrom(...placesIn(sent)), fc.constantFrom(...changes))
    })
    await fc.assert(
      fc.asyncProperty(broken, async ([messages, place, change]) => {
        const sent = asSent(changed(messages, place, change))
        const problems = problemsOf(sent)
        const { status } = await validate(sent)
        expect(status).toBe(problems.length > 0 ? 400 : 200)
        if (status === 400) refused++
      }),
      { seed, numRuns: 300 },
    )
    // Without this, a test that breaks nothing would pass as well.
    expect(refused).toBeGreaterThan(100)
  }, 60_000)

  test('agree on any JSON value', async () => {
    await fc.assert(
      fc.asyncProperty(fc.jsonValue(), async (json) => {
        const messages = asSent(json)
        expect((await validate(messages)).status).toBe(problemsOf(messages).length > 0 ? 400 : 200)
      }),
      { seed, numRuns: 100 },
    )
  })
})

// Each breaks one rule of LINE's pages, at some place and by some amount.
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
    fc
      .nat({ max: 9 })
      .map((index) => ({ type: 'text', text: 'x$x$xxxxxx'.replaceAll('$', 'y'), emojis: [{ index, ...s.emojiIds }] })),
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
  [
    'a long label of a Flex button',
    /label$/,
    words(40).map((label) => s.inBody({ type: 'button', action: { ...s.button.uri, label } })),
  ],
  [
    'a quick reply action elsewhere',
    /action\.type$/,
    of('camera', 'cameraRoll', 'location', 'richmenuswitch').map((type) =>
      s.inBody({ ...s.flexImage, action: { type, label: 'x', data: 'd', richMenuAliasId: 'a' } }),
    ),
  ],
  ['a bad image URL', /originalContentUrl$/, badUrl.map((originalContentUrl) => ({ ...s.image, originalContentUrl }))],
  [
    'a bad hero URL',
    /hero\.url$/,
    badUrl.map((address) => s.flex({ type: 'bubble', hero: { type: 'image', url: address } })),
  ],
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
    'columns with different numbers of actions',
    /columns\[1\]\.actions$/,
    fc
      .integer({ min: 2, max: 3 })
      .map((count) =>
        s.carousel(s.column, { ...s.column, actions: Array.from({ length: count }, () => s.button.uri) }),
      ),
  ],
  [
    'a confirm template without two actions',
    /actions$/,
    fc
      .nat({ max: 6 })
      .filter((count) => count !== 2)
      .map((count) => s.template({ ...s.confirm, actions: Array.from({ length: count }, () => s.button.uri) })),
  ],
  ['too many columns', /columns$/, listOf(10, s.column).map((its) => s.template({ type: 'carousel', columns: its }))],
  [
    'too many bubbles',
    /contents\.contents$/,
    listOf(12, s.bubble()).map((contents) => s.flex({ type: 'carousel', contents })),
  ],
  [
    'too many areas',
    /actions$/,
    listOf(50, { type: 'message', text: 'x', area: s.area }).map((its) => ({ ...s.imagemap, actions: its })),
  ],
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
  ],
  [
    'a postback with displayText and text',
    /text$/,
    graphemes(300).map((words) => inButtons({ actions: [{ ...s.button.postback, displayText: words, text: words }] })),
  ],
  [
    'fillInText with another input option',
    /fillInText$/,
    of('closeRichMenu', 'openRichMenu', 'openVoice').map((inputOption) =>
      s.quickReply({ ...s.button.postback, inputOption, fillInText: 'x' }),
    ),
  ],
  [
    'a day out of bounds',
    /(initial|min|max)$/,
    fc
      .tuple(
        of('initial', 'min', 'max'),
        of('1899-12-31', '2101-01-01', '2026-02-29', '2026-13-01', '2026-1-1', '2026-01-01T00:00'),
      )
      .map(([name, day]) => s.quickReply({ ...s.button.datetimepicker, [name]: day })),
  ],
  ['a long sender name', /sender\.name$/, words(20).map((name) => ({ ...s.hello, sender: { name } }))],
  [
    'an unknown field in Flex contents',
    /body\.contents\[0\]\.\w+$/,
    of('fontSize', 'onclick', 'padding', 'colour').map((name) => s.inBody({ type: 'text', text: 'x', [name]: 'x' })),
  ],
]

test.each(breakers)('%s is refused by both, with its path', async (_, place, message) => {
  await fc.assert(
    fc.asyncProperty(message, async (broken) => {
      const problems = problemsOf([broken])
      expect(problems.map(({ path }) => path)).toEqual([expect.stringMatching(place)])
      const { status, body } = await validate([broken])
      expect(status).toBe(400)
      // Inside Flex contents LINE writes the place as a JSON pointer that begins in the contents, and some errors have none.
      // Inside a template LINE writes it with slashes, too, from `template` on.
      const [, inTemplate] = /^messages\[0\]\.(template\..+)$/.exec(problems[0]?.path ?? '') ?? []
      const path = inTemplate?.replaceAll(/\[(\d+)\]/g, '.$1').replaceAll('.', '/') ?? problems[0]?.path ?? ''
      if (!path.startsWith('messages[0].contents')) expect(JSON.stringify(body)).toContain(path)
    }),
    { seed, numRuns: 8 },
  )
})

// The texts are listed in test/messages/emulator.test.ts: https://developers.line.biz/en/reference/messaging-api/#error-responses
test.each<[string, unknown, string]>([
  ['an empty text', [{ type: 'text', text: '' }], 'messages[0].text'],
  ['no text', [{ type: 'text' }], 'messages[0].text'],
  ['a long text', [{ type: 'text', text: 'x'.repeat(5001) }], 'messages[0].text'],
  ['six messages', Array.from({ length: 6 }, () => s.hello), 'messages'],
  ['an unknown kind', [{ type: 'txt' }], 'messages[0].type'],
])('%s is refused by both at the same place', async (_, messages, property) => {
  expect(problemsOf(messages).map(({ path }) => path)).toEqual([property])
  expect(await validate(messages)).toMatchObject({ status: 400, body: { details: [{ property }] } })
})
