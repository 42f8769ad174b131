import { checkMessages } from 'line-oa/contracts'
import { describe, expect, test } from 'vitest'
import { paths, text, times, url } from './check.js'

const hello = { type: 'text', text: 'hello' }
const family = '👨‍👩‍👧‍👦'

const button = (action: object) => ({ ...hello, quickReply: { items: [{ type: 'action', action }] } })
const buttonPath = 'messages[0].quickReply.items[0].action'

const message = { type: 'message', label: 'Yes', text: 'yes' }
const postback = { type: 'postback', label: 'Buy', data: 'buy=1' }
const picker = { type: 'datetimepicker', label: 'When', data: 'd', mode: 'date' }
const image = { type: 'image', originalContentUrl: url(40), previewImageUrl: url(40) }
const emoji = { index: 0, productId: '5ac1bfd5040ab15980c9b435', emojiId: '001' }

test.each<[string, object]>([
  ['a text', hello],
  ['a text of 5000', { type: 'text', text: text(5000) }],
  ['a text with 20 emoji', { type: 'text', text: '$', emojis: times(20, emoji) }],
  ['a quote', { ...hello, quoteToken: 'yHAz4Ua2wx7' }],
  ['an image', image],
  ['an image with URLs of 2000', { ...image, originalContentUrl: url(2000), previewImageUrl: url(2000) }],
  ['a sticker', { type: 'sticker', packageId: '446', stickerId: '1988', quoteToken: 'q' }],
  ['a sender', { ...hello, sender: { name: text(20), iconUrl: url(2000) } }],
  ['an empty sender', { ...hello, sender: {} }],
  ['13 buttons', { ...hello, quickReply: { items: times(13, { type: 'action', action: message }) } }],
  [
    'a button with an icon',
    { ...hello, quickReply: { items: [{ type: 'action', imageUrl: url(2000), action: message }] } },
  ],
  ['a label of 20', button({ ...message, label: text(20) })],
  ['a label of 20 families', button({ ...message, label: family.repeat(20) })],
  ['a message action of 300 families', button({ ...message, text: family.repeat(300) })],
  ['a postback of 300', button({ ...postback, data: text(300), displayText: family.repeat(300) })],
  ['a postback without data', button({ ...postback, data: '' })],
  ['a postback that opens the keyboard', button({ ...postback, inputOption: 'openKeyboard', fillInText: text(300) })],
  ['a link', button({ type: 'uri', label: 'x', uri: url(1000) })],
  ['a telephone number', button({ type: 'uri', label: 'x', uri: 'tel:09001234567' })],
  ['a line link', button({ type: 'uri', label: 'x', uri: 'line://app/1' })],
  ['a date', button({ ...picker, initial: '2024-02-29', min: '1900-01-01', max: '2100-12-31' })],
  ['a time', button({ ...picker, mode: 'time', initial: '06:15', min: '00:00', max: '23:59' })],
  [
    'a date and time with a large and a small T',
    button({ ...picker, mode: 'datetime', min: '2017-12-25T00:00', max: '2018-01-24t23:59' }),
  ],
  ['the camera', button({ type: 'camera', label: 'x' })],
  ['the photos', button({ type: 'cameraRoll', label: 'x' })],
  ['the map', button({ type: 'location', label: 'x' })],
  ['a text to copy of 1000', button({ type: 'clipboard', label: 'x', clipboardText: text(1000) })],
  ['a field that LINE may have added', { ...hello, added: true }],
])('%s is accepted', (_, good) => {
  expect(checkMessages([good])).toEqual([])
})

test.each<[string, object, string]>([
  ['a text of 5001', { type: 'text', text: text(5001) }, 'messages[0].text'],
  ['an empty text', { type: 'text', text: '' }, 'messages[0].text'],
  ['21 emoji', { type: 'text', text: '$', emojis: times(21, emoji) }, 'messages[0].emojis'],
  ['an emoji beside its $', { type: 'text', text: 'a$', emojis: [emoji] }, 'messages[0].emojis[0].index'],
  [
    'an emoji behind the text',
    { type: 'text', text: '$', emojis: [{ ...emoji, index: 1 }] },
    'messages[0].emojis[0].index',
  ],
  ['an emoji at -1', { type: 'text', text: '$', emojis: [{ ...emoji, index: -1 }] }, 'messages[0].emojis[0].index'],
  ['an http image', { ...image, originalContentUrl: 'http://example.com/a.png' }, 'messages[0].originalContentUrl'],
  ['an image URL of 2001', { ...image, previewImageUrl: url(2001) }, 'messages[0].previewImageUrl'],
  [
    'an image URL with a space',
    { ...image, previewImageUrl: 'https://example.com/a b.png' },
    'messages[0].previewImageUrl',
  ],
  ['a sticker by numbers', { type: 'sticker', packageId: 446, stickerId: '1988' }, 'messages[0].packageId'],
  ['a sender of 21', { ...hello, sender: { name: text(21) } }, 'messages[0].sender.name'],
  ['an icon URL of 2001', { ...hello, sender: { iconUrl: url(2001) } }, 'messages[0].sender.iconUrl'],
  [
    '14 buttons',
    { ...hello, quickReply: { items: times(14, { type: 'action', action: message }) } },
    'messages[0].quickReply.items',
  ],
  [
    'a button without type',
    { ...hello, quickReply: { items: [{ action: message }] } },
    'messages[0].quickReply.items[0].type',
  ],
  ['no label', button({ type: 'message', text: 'x' }), `${buttonPath}.label`],
  ['an empty label', button({ ...message, label: '' }), `${buttonPath}.label`],
  ['a label of 21', button({ ...message, label: text(21) }), `${buttonPath}.label`],
  ['a label of 21 families', button({ ...message, label: family.repeat(21) }), `${buttonPath}.label`],
  ['a message action of 301', button({ ...message, text: text(301) }), `${buttonPath}.text`],
  ['postback data of 301', button({ ...postback, data: text(301) }), `${buttonPath}.data`],
  [
    'postback data that is 300 graphemes but 3300 units',
    button({ ...postback, data: family.repeat(300) }),
    `${buttonPath}.data`,
  ],
  ['a displayText of 301', button({ ...postback, displayText: text(301) }), `${buttonPath}.displayText`],
  ['fillInText without the keyboard', button({ ...postback, fillInText: 'x' }), `${buttonPath}.fillInText`],
  [
    'fillInText of 301',
    button({ ...postback, inputOption: 'openKeyboard', fillInText: text(301) }),
    `${buttonPath}.fillInText`,
  ],
  ['an unknown inputOption', button({ ...postback, inputOption: 'openCamera' }), `${buttonPath}.inputOption`],
  ['a link of 1001', button({ type: 'uri', label: 'x', uri: url(1001) }), `${buttonPath}.uri`],
  ['a script link', button({ type: 'uri', label: 'x', uri: 'javascript:alert(1)' }), `${buttonPath}.uri`],
  ['a date that does not exist', button({ ...picker, initial: '2026-02-29' }), `${buttonPath}.initial`],
  ['a date before 1900', button({ ...picker, min: '1899-12-31' }), `${buttonPath}.min`],
  ['a date after 2100', button({ ...picker, max: '2101-01-01' }), `${buttonPath}.max`],
  [
    'a date in the form of another mode',
    button({ ...picker, mode: 'time', initial: '2026-01-01' }),
    `${buttonPath}.initial`,
  ],
  ['24 o’clock', button({ ...picker, mode: 'time', initial: '24:00' }), `${buttonPath}.initial`],
  [
    'a date and time with seconds',
    button({ ...picker, mode: 'datetime', initial: '2026-01-01T00:00:00' }),
    `${buttonPath}.initial`,
  ],
  ['max that is min', button({ ...picker, min: '2026-01-01', max: '2026-01-01' }), `${buttonPath}.max`],
  [
    'max before min',
    button({ ...picker, mode: 'datetime', min: '2026-01-01T10:00', max: '2026-01-01t09:00' }),
    `${buttonPath}.max`,
  ],
  ['a rich menu switch', button({ type: 'richmenuswitch', richMenuAliasId: 'a', data: 'd' }), `${buttonPath}.type`],
  [
    'a text to copy of 1001',
    button({ type: 'clipboard', label: 'x', clipboardText: text(1001) }),
    `${buttonPath}.clipboardText`,
  ],
  [
    'an empty text to copy',
    button({ type: 'clipboard', label: 'x', clipboardText: '' }),
    `${buttonPath}.clipboardText`,
  ],
])('%s is refused', (_, bad, path) => {
  expect(paths(checkMessages([bad]))).toEqual([path])
})

describe('how many messages', () => {
  test.each([1, 5])('%i are accepted', (count) => {
    expect(checkMessages(times(count, hello))).toEqual([])
  })

  test.each([0, 6])('%i are refused', (count) => {
    expect(checkMessages(times(count, hello))).toMatchObject([
      { path: 'messages', rule: 'size', minimum: 1, maximum: 5 },
    ])
  })
})
