import { url } from './check.js'

/** A family of four: 1 grapheme cluster, 11 UTF-16 units. */
export const family = '👨‍👩‍👧‍👦'

export const hello = { type: 'text', text: 'hello' }
export const emojiIds = { productId: '5ac1bfd5040ab15980c9b435', emojiId: '001' }
export const area = { x: 0, y: 0, width: 520, height: 1040 }

/** Actions of a button. */
export const button = {
  postback: { type: 'postback', label: 'Buy', data: 'buy=1' },
  message: { type: 'message', label: 'Yes', text: 'yes' },
  uri: { type: 'uri', label: 'Look', uri: 'https://example.com/' },
  datetimepicker: { type: 'datetimepicker', label: 'When', data: 'd', mode: 'date' },
  clipboard: { type: 'clipboard', label: 'Copy', clipboardText: '3B48740B' },
} as const

export const image = { type: 'image', originalContentUrl: url(40), previewImageUrl: url(40) }
export const video = { type: 'video', originalContentUrl: url(40), previewImageUrl: url(40) }
export const audio = { type: 'audio', originalContentUrl: url(40), duration: 60_000 }
export const location = {
  type: 'location',
  title: 'Tea House',
  address: '1-3 Kioicho, Tokyo',
  latitude: 35.67966,
  longitude: 139.73669,
}
export const coupon = { type: 'coupon', couponId: '01JYNW8JMQVFBNWF1APF8Z3FS7' }

export const imagemap = {
  type: 'imagemap',
  baseUrl: 'https://example.com/map',
  altText: 'A map',
  baseSize: { width: 1040, height: 1040 },
  actions: [{ type: 'uri', linkUri: 'https://example.com/', area }],
}

export const imagemapVideo = { originalContentUrl: url(40), previewImageUrl: url(40), area }

/** A template message. */
export const template = (inside: object) => ({ type: 'template', altText: 'A choice', template: inside })
export const buttons = { type: 'buttons', text: 'Which?', actions: [button.message] }
export const confirm = { type: 'confirm', text: 'Sure?', actions: [button.message, button.postback] }
export const column = { text: 'One', actions: [button.message] }
export const carousel = (...columns: object[]) => template({ type: 'carousel', columns })
export const imageColumn = { imageUrl: url(40), action: { type: 'uri', uri: 'https://example.com/' } }
export const imageCarousel = (...columns: object[]) => template({ type: 'image_carousel', columns })

/** A Flex Message. */
export const flex = (contents: object) => ({ type: 'flex', altText: 'A card', contents })
export const box = (...contents: object[]) => ({ type: 'box', layout: 'vertical', contents })
export const baseline = (...contents: object[]) => ({ type: 'box', layout: 'baseline', contents })
export const bubble = (other: object = {}) => ({ type: 'bubble', body: box({ type: 'text', text: 'hi' }), ...other })
export const inBody = (...contents: object[]) => flex({ type: 'bubble', body: box(...contents) })
export const flexImage = { type: 'image', url: url(40) }
export const flexVideo = { type: 'video', url: url(40), previewUrl: url(40), altContent: flexImage }

/** A text with one quick reply button. */
export const quickReply = (action: object, more: object = {}) => ({
  ...hello,
  quickReply: { items: [{ type: 'action', action, ...more }] },
})
