import { checkMessages, contracts } from 'line-oa/contracts'
import {
  broadcast,
  multicast,
  narrowcast,
  pushMessage,
  pushMessagesByPhone,
  replyMessage,
  validateMulticast,
  validatePush,
} from 'line-oa/operations'
import { describe, expect, test } from 'vitest'
import { paths, times, url } from './check.js'
import * as s from './samples.js'

const check = (message: unknown) => checkMessages([message])
const at = (place: string) => `messages[0].${place}`

const everyone = { type: 'mention', mentionee: { type: 'all' } }
const member = { type: 'mention', mentionee: { type: 'user', userId: `U${'0'.repeat(32)}` } }
const emoji = { type: 'emoji', ...s.emojiIds }
const v2 = (text: unknown, substitution?: unknown) => ({
  type: 'textV2',
  text,
  ...(substitution !== undefined && { substitution }),
})
const map = (other: object) => ({ ...s.imagemap, ...other })

test.each<[string, object]>([
  ['a text (v2) without substitutions', v2('hello')],
  ['a mention', v2('Hi {who}', { who: member })],
  ['a mention of everyone', v2('{all}, look', { all: everyone })],
  ['an emoji', v2('{smile}', { smile: emoji })],
  ['a key that is used twice', v2('{smile} and {smile}', { smile: emoji })],
  ['a key that is not used', v2('hello', { who: member })],
  ['braces as text', v2('{{ and }} are braces, {{{who}}} is one in braces', { who: member })],
  ['a quote', { ...v2('hello'), quoteToken: 'q' }],
  ['a video', s.video],
  ['an audio', s.audio],
  ['an audio of no length', { ...s.audio, duration: 0 }],
  ['a location', s.location],
  ['the poles and the line where days begin', { ...s.location, latitude: -90, longitude: 180 }],
  ['a coupon', { ...s.coupon, deliveryTag: 'spring_2026' }],
  ['an imagemap', s.imagemap],
  [
    'an imagemap with a video and a link after it',
    map({
      actions: [],
      video: { ...s.imagemapVideo, externalLink: { linkUri: 'https://example.com/', label: 'More' } },
    }),
  ],
  [
    'every action of an imagemap',
    map({
      actions: [
        { type: 'uri', linkUri: 'tel:1', area: s.area, label: 'Call' },
        { type: 'message', text: 'hi', area: s.area },
        { type: 'clipboard', clipboardText: 'x', area: s.area },
      ],
    }),
  ],
  ['buttons', s.template(s.buttons)],
  [
    'buttons with every field',
    s.template({
      ...s.buttons,
      thumbnailImageUrl: url(40),
      imageAspectRatio: 'square',
      imageSize: 'contain',
      imageBackgroundColor: '#06C755',
      title: 'Tea',
      defaultAction: s.button.uri,
      actions: [s.button.postback, s.button.message, s.button.uri, s.button.datetimepicker],
    }),
  ],
  ['a button that copies', s.template({ ...s.buttons, actions: [s.button.clipboard] })],
  ['a confirm', s.template(s.confirm)],
  [
    'columns alike',
    s.carousel(
      { ...s.column, title: 'A', thumbnailImageUrl: url(40) },
      { ...s.column, title: 'B', thumbnailImageUrl: url(40) },
    ),
  ],
  [
    'an image carousel',
    s.imageCarousel(s.imageColumn, { ...s.imageColumn, action: { ...s.button.postback, label: 'Buy' } }),
  ],
  ['a postback with the old text', s.template({ ...s.buttons, actions: [{ ...s.button.postback, text: 'buy' }] })],
  [
    'a sender and a quick reply on any kind',
    { ...s.coupon, sender: { name: 'Online Shop' }, ...pick(s.quickReply(s.button.message)) },
  ],
])('%s is accepted', (_, message) => {
  expect(check(message)).toEqual([])
})

/** The quick reply of a message. */
function pick({ quickReply }: { quickReply: object }): object {
  return { quickReply }
}

test.each<[string, unknown, readonly string[]]>([
  ['a text (v2) without text', v2(''), ['text']],
  ['a key without a substitution', v2('Hi {who}'), ['text']],
  ['a key of Object.prototype without a substitution', v2('{toString}', {}), ['text']],
  ['a brace that is opened', v2('Hi {who', { who: member }), ['text']],
  ['a brace that is closed', v2('Hi who}', { who: member }), ['text']],
  ['braces in braces', v2('{who{who}}', { who: member }), ['text']],
  ['nothing in braces', v2('{}', { who: member }), ['text']],
  ['a substitution of another kind', v2('{x}', { x: { type: 'link' } }), ['substitution.x.type']],
  ['a mention without mentionee', v2('{x}', { x: { type: 'mention' } }), ['substitution.x.mentionee']],
  [
    'a mention without a user',
    v2('{x}', { x: { type: 'mention', mentionee: { type: 'user' } } }),
    ['substitution.x.mentionee.userId'],
  ],
  ['substitutions in a list', v2('x', [emoji]), ['substitution']],
  ['a tracking ID as a number', { ...s.video, trackingId: 5 }, ['trackingId']],
  ['a video without preview', { type: 'video', originalContentUrl: url(40) }, ['previewImageUrl']],
  ['an audio without duration', { type: 'audio', originalContentUrl: url(40) }, ['duration']],
  ['half a millisecond', { ...s.audio, duration: 0.5 }, ['duration']],
  ['a duration below 0', { ...s.audio, duration: -1 }, ['duration']],
  ['a duration as text', { ...s.audio, duration: '60000' }, ['duration']],
  ['a location without coordinates', { type: 'location', title: 'x', address: 'y' }, ['latitude', 'longitude']],
  ['swapped latitude and longitude', { ...s.location, latitude: 139.7, longitude: 35.6 }, ['latitude']],
  ['a longitude above 180', { ...s.location, longitude: 180.1 }, ['longitude']],
  ['a location without title', { ...s.location, title: '' }, ['title']],
  ['a coupon without ID', { type: 'coupon' }, ['couponId']],
  ['an imagemap of another width', map({ baseSize: { width: 1024, height: 1024 } }), ['baseSize.width']],
  ['an imagemap without height', map({ baseSize: { width: 1040 } }), ['baseSize.height']],
  ['an imagemap without actions', { ...s.imagemap, actions: undefined }, ['actions']],
  [
    'an area left of the image',
    map({ actions: [{ type: 'message', text: 'x', area: { ...s.area, x: -1 } }] }),
    ['actions[0].area.x'],
  ],
  [
    'an area without size',
    map({ actions: [{ type: 'message', text: 'x', area: { ...s.area, width: 0 } }] }),
    ['actions[0].area.width'],
  ],
  [
    'an area of half pixels',
    map({ actions: [{ type: 'message', text: 'x', area: { ...s.area, y: 0.5 } }] }),
    ['actions[0].area.y'],
  ],
  ['an imagemap that opens the camera', map({ actions: [{ type: 'camera', area: s.area }] }), ['actions[0].type']],
  [
    'a video without its area',
    map({ video: { originalContentUrl: url(40), previewImageUrl: url(40) } }),
    ['video.area'],
  ],
  [
    'a link after a video without label',
    map({ video: { ...s.imagemapVideo, externalLink: { linkUri: 'tel:1' } } }),
    ['video.externalLink.label'],
  ],
  ['a template of another kind', s.template({ type: 'list' }), ['template.type']],
  ['no template', { type: 'template', altText: 'x' }, ['template']],
  ['a template without altText', { type: 'template', template: s.confirm }, ['altText']],
  [
    'a button without label',
    s.template({ ...s.buttons, actions: [{ type: 'message', text: 'x' }] }),
    ['template.actions[0].label'],
  ],
  [
    'an empty label',
    s.template({ ...s.buttons, actions: [{ ...s.button.message, label: '' }] }),
    ['template.actions[0].label'],
  ],
  ['another shape of image', s.template({ ...s.buttons, imageAspectRatio: '1:1' }), ['template.imageAspectRatio']],
  ['a color by name', s.template({ ...s.buttons, imageBackgroundColor: 'red' }), ['template.imageBackgroundColor']],
  ['a short color', s.template({ ...s.buttons, imageBackgroundColor: '#FFF' }), ['template.imageBackgroundColor']],
  ['an empty title', s.template({ ...s.buttons, title: '' }), ['template.title']],
  ['a sender named after LINE', { ...s.hello, sender: { name: 'LINE Support' } }, ['sender.name']],
  ['no object', null, ['']],
  ['a list', [s.hello], ['']],
  ['an unknown kind', { type: 'txt', text: 'x' }, ['type']],
  ['no kind', { text: 'x' }, ['type']],
])('%s is refused', (_, message, places) => {
  expect(paths(check(message))).toEqual(places.map((place) => (place === '' ? 'messages[0]' : at(place))))
})

describe('columns of a carousel', () => {
  const more = { actions: times(2, s.button.message) }
  test.each<[string, object, object, string]>([
    ['more actions than in the first', s.column, { ...s.column, ...more }, 'columns[1].actions'],
    ['fewer actions than in the first', { ...s.column, ...more }, s.column, 'columns[1].actions'],
    [
      'an image that the first has not',
      s.column,
      { ...s.column, thumbnailImageUrl: url(40) },
      'columns[1].thumbnailImageUrl',
    ],
    [
      'no image, which the first has',
      { ...s.column, thumbnailImageUrl: url(40) },
      s.column,
      'columns[1].thumbnailImageUrl',
    ],
    ['a title that the first has not', s.column, { ...s.column, title: 'T' }, 'columns[1].title'],
    ['no title, which the first has', { ...s.column, title: 'T' }, s.column, 'columns[1].title'],
  ])('%s are refused', (_, first, second, place) => {
    expect(paths(check(s.carousel(first, second)))).toEqual([at(`template.${place}`)])
  })
})

describe('a text with a lower limit if there is an image or a title', () => {
  test('is reported once', () => {
    const long = 'x'.repeat(161)
    expect(paths(check(s.template({ ...s.buttons, title: 'T', text: long })))).toEqual([at('template.text')])
    expect(paths(check(s.template({ ...s.buttons, title: 'T', text: 'x'.repeat(61) })))).toEqual([at('template.text')])
    expect(check(s.template({ ...s.buttons, text: 'x'.repeat(61) }))).toEqual([])
  })
})

describe('actions are accepted where LINE accepts them', () => {
  const here = {
    'a quick reply': (action: object) => s.quickReply(action),
    buttons: (action: object) => s.template({ ...s.buttons, actions: [action] }),
    'an image carousel': (action: object) => s.imageCarousel({ ...s.imageColumn, action }),
    'a Flex button': (action: object) => s.inBody({ type: 'button', action }),
    'a Flex image': (action: object) => s.inBody({ ...s.flexImage, action }),
    'a Flex box': (action: object) => s.inBody({ ...s.box(), action }),
    'a Flex text': (action: object) => s.inBody({ type: 'text', text: 'x', action }),
    'a bubble': (action: object) => s.flex(s.bubble({ action })),
  }
  const everywhere = Object.values(s.button)
  const quickOnly = ['camera', 'cameraRoll', 'location'].map((type) => ({ type, label: 'x' }))
  const menuOnly = { type: 'richmenuswitch', label: 'x', richMenuAliasId: 'a', data: 'd' }

  test.each(Object.entries(here))('in %s', (name, build) => {
    for (const action of everywhere) expect(check(build(action))).toEqual([])
    for (const action of quickOnly) expect(check(build(action)).length).toBe(name === 'a quick reply' ? 0 : 1)
    expect(check(build(menuOnly))[0]?.path).toMatch(/action(?:s\[0\])?\.type$/)
  })

  test('without a label where it is not shown', () => {
    const { label: _, ...bare } = s.button.message
    expect(Object.entries(here).flatMap(([name, build]) => (check(build(bare)).length === 0 ? name : []))).toEqual([
      'an image carousel',
      'a Flex image',
      'a Flex box',
      'a Flex text',
      'a bubble',
    ])
  })

  test.each(Object.entries(here))('and checked by their own rules in %s', (_, build) => {
    const broken: readonly [object, RegExp][] = [
      [{ ...s.button.postback, fillInText: 'x' }, /fillInText$/],
      [{ ...s.button.postback, inputOption: 'openCamera' }, /inputOption$/],
      [{ ...s.button.datetimepicker, initial: '2026-02-29' }, /initial$/],
      [{ ...s.button.datetimepicker, min: '1899-12-31' }, /min$/],
      [{ ...s.button.datetimepicker, max: '2101-01-01' }, /max$/],
      [{ ...s.button.datetimepicker, min: '2026-01-02', max: '2026-01-01' }, /max$/],
      [{ ...s.button.clipboard, clipboardText: '' }, /clipboardText$/],
    ]
    for (const [action, place] of broken) expect(paths(check(build(action)))).toEqual([expect.stringMatching(place)])
    expect(check(build({ ...s.button.datetimepicker, min: '1900-01-01', max: '2100-12-31' }))).toEqual([])
  })

  test('with displayText or text in a postback, not both', () => {
    const action = { ...s.button.postback, displayText: 'x', text: 'x' }
    expect(paths(check(s.template({ ...s.buttons, actions: [action] })))).toEqual([at('template.actions[0].text')])
    expect(paths(check(s.inBody({ type: 'button', action })))).toEqual([at('contents.body.contents[0].action.text')])
    expect(paths(check(s.quickReply(action)))).toEqual([at('quickReply.items[0].action.text')])
  })

  test('with a link for the desktop in addition to the other', () => {
    const action = { ...s.button.uri, altUri: { desktop: 'https://example.com/desktop' } }
    expect(check(s.inBody({ type: 'button', action }))).toEqual([])
    expect(paths(check(s.inBody({ type: 'button', action: { ...action, altUri: { desktop: 'x' } } })))).toEqual([
      at('contents.body.contents[0].action.altUri.desktop'),
    ])
  })
})

describe('the destination of a message', () => {
  const { check: checkInput } = contracts()
  const [user, group, room] = ['U', 'C', 'R'].map((letter) => letter + '0'.repeat(32))
  const mentioning = v2('Hi {who}', { who: member })
  const place = 'messages[0].substitution.who.type'
  const messages = [mentioning]

  test('can be a group or a room for a mention, by reply or push', () => {
    for (const to of [group, room]) expect(checkInput(pushMessage, 'input', { to, messages })).toEqual([])
    expect(checkInput(replyMessage, 'input', { replyToken: 't', messages })).toEqual([])
    expect(checkInput(validatePush, 'input', { messages })).toEqual([])
    expect(checkMessages(messages)).toEqual([])
  })

  test('cannot be a user for a mention', () => {
    expect(paths(checkInput(pushMessage, 'input', { to: user, messages }))).toEqual([place])
    expect(paths(checkInput(multicast, 'input', { to: [user], messages }))).toEqual([place])
    for (const operation of [broadcast, narrowcast, validateMulticast])
      expect(paths(checkInput(operation, 'input', { messages }))).toEqual([place])
    expect(paths(checkInput(pushMessagesByPhone, 'input', { to: 'a'.repeat(64), messages }))).toEqual([place])
  })

  test('can be any chat for an emoji', () => {
    expect(checkInput(broadcast, 'input', { messages: [v2('{x}', { x: emoji })] })).toEqual([])
  })

  test('must be one user for a tracking ID', () => {
    const tracked = [{ ...s.video, trackingId: 'a' }]
    expect(checkInput(pushMessage, 'input', { to: user, messages: tracked })).toEqual([])
    for (const to of [group, room])
      expect(paths(checkInput(pushMessage, 'input', { to, messages: tracked }))).toEqual(['messages[0].trackingId'])
  })
})

test('every problem is reported at once, also between fields', () => {
  const messages = [
    { type: 'text', text: '', emojis: [{ index: 0, productId: 5, emojiId: '001' }] },
    s.template({ ...s.buttons, imageSize: 'fill', title: 'T', text: 'x'.repeat(61) }),
    s.carousel(
      { ...s.column, text: 5 },
      { ...s.column, actions: [s.button.uri, { type: 'uri', label: 'x' }], title: 'T' },
    ),
    s.flex({
      type: 'bubble',
      size: 'nano',
      hero: { ...s.flexVideo, url: 'x' },
      footer: s.baseline({ type: 'text', text: '' }, s.box()),
    }),
    v2(5, { '!': everyone }),
  ]
  expect(paths(checkMessages(messages))).toEqual([
    'messages[0].text',
    'messages[0].emojis[0].index',
    'messages[1].template.imageSize',
    'messages[1].template.text',
    'messages[2].template.columns[0].text',
    'messages[2].template.columns[1].actions[1].uri',
    'messages[2].template.columns[1].actions',
    'messages[2].template.columns[1].title',
    'messages[3].contents.hero.url',
    'messages[3].contents.footer.contents[0].text',
    'messages[3].contents.footer.contents[1].type',
    'messages[3].contents.hero.type',
    'messages[4].text',
    'messages[4].substitution["!"]',
    // A number as an ID is a hint.
    'messages[0].emojis[0].productId',
  ])
})
