// Every kind of message in the types of LINE's official SDK is sent by it and arrives in the chat unchanged.
import { LineBotClient, type messagingApi } from '@line/bot-sdk'
import type { Message } from 'line-oa'
import { checkMessages } from 'line-oa/contracts'
import { createEmulator } from 'line-oa/emulator'
import { afterAll, beforeAll, expect, test } from 'vitest'

const emulator = createEmulator()
const account = emulator.createAccount({ name: 'Tea House', kind: 'verified' })
const person = emulator.createPerson({ displayName: 'Mika' })
let server: Awaited<ReturnType<typeof emulator.listen>>
let official: LineBotClient
let couponId = ''

beforeAll(async () => {
  server = await emulator.listen({ port: 0 })
  await person.addFriend(account)
  official = LineBotClient.fromChannelAccessToken({
    channelAccessToken: account.issueLongLivedToken(),
    apiBaseURL: server.url,
  })
  const coupon = await official.createCoupon({
    acquisitionCondition: { type: 'normal' },
    endTimestamp: Math.floor(emulator.clock.now() / 1000) + 86_400,
    maxUseCountPerTicket: 1,
    startTimestamp: Math.floor(emulator.clock.now() / 1000),
    timezone: 'ASIA_TOKYO',
    title: 'A cup of tea',
    visibility: 'UNLISTED',
    reward: { type: 'free' },
  })
  couponId = String(coupon.couponId)
})
afterAll(() => server.close())

const picture = 'https://example.com/tea.png'
const uri: messagingApi.URIAction = { type: 'uri', label: 'Open', uri: 'https://example.com/' }
const say: messagingApi.MessageAction = { type: 'message', label: 'Say', text: 'Tea, please' }

const kinds: { readonly [kind: string]: () => messagingApi.Message } = {
  text: () => ({
    type: 'text',
    text: '$ tea',
    emojis: [{ index: 0, productId: '5ac1bfd5040ab15980c9b435', emojiId: '001' }],
  }),
  'text with quick replies and a sender': () => ({
    type: 'text',
    text: 'Which?',
    quickReply: {
      items: [
        { type: 'action', imageUrl: picture, action: say },
        { type: 'action', action: { type: 'camera', label: 'Camera' } },
        { type: 'action', action: { type: 'cameraRoll', label: 'Pictures' } },
        { type: 'action', action: { type: 'location', label: 'Place' } },
        { type: 'action', action: { type: 'clipboard', label: 'Copy', clipboardText: 'tea' } },
      ],
    },
    sender: { name: 'Ken', iconUrl: picture },
  }),
  textV2: () => ({
    type: 'textV2',
    text: 'Hello {emoji}',
    substitution: {
      emoji: { type: 'emoji', productId: '5ac1bfd5040ab15980c9b435', emojiId: '002' },
    },
  }),
  sticker: () => ({ type: 'sticker', packageId: '446', stickerId: '1988' }),
  image: () => ({ type: 'image', originalContentUrl: picture, previewImageUrl: picture }),
  video: () => ({
    type: 'video',
    originalContentUrl: 'https://example.com/tea.mp4',
    previewImageUrl: picture,
    trackingId: 'tea',
  }),
  audio: () => ({ type: 'audio', originalContentUrl: 'https://example.com/tea.m4a', duration: 60_000 }),
  location: () => ({
    type: 'location',
    title: 'Tea House',
    address: '1-1 Kioicho',
    latitude: 35.68,
    longitude: 139.73,
  }),
  coupon: () => ({ type: 'coupon', couponId }),
  imagemap: () => ({
    type: 'imagemap',
    baseUrl: 'https://example.com/map',
    altText: 'A map',
    baseSize: { width: 1040, height: 1040 },
    actions: [
      { type: 'uri', linkUri: 'https://example.com/', area: { x: 0, y: 0, width: 520, height: 1040 } },
      { type: 'message', text: 'Tea', area: { x: 520, y: 0, width: 520, height: 1040 } },
    ],
    video: {
      originalContentUrl: 'https://example.com/tea.mp4',
      previewImageUrl: picture,
      area: { x: 0, y: 0, width: 1040, height: 585 },
      externalLink: { linkUri: 'https://example.com/', label: 'More' },
    },
  }),
  buttons: () => ({
    type: 'template',
    altText: 'Teas',
    template: {
      type: 'buttons',
      thumbnailImageUrl: picture,
      imageAspectRatio: 'square',
      imageSize: 'contain',
      title: 'Tea',
      text: 'Which?',
      defaultAction: uri,
      actions: [
        say,
        {
          type: 'postback',
          label: 'Buy',
          data: 'action=buy',
          displayText: 'I buy it',
          inputOption: 'openKeyboard',
          fillInText: 'Two',
        },
        {
          type: 'datetimepicker',
          label: 'When',
          data: 'when',
          mode: 'date',
          initial: '2026-11-21',
          min: '2026-01-01',
          max: '2026-12-31',
        },
      ],
    },
  }),
  confirm: () => ({
    type: 'template',
    altText: 'Sure?',
    template: { type: 'confirm', text: 'Sure?', actions: [say, uri] },
  }),
  carousel: () => ({
    type: 'template',
    altText: 'Teas',
    template: {
      type: 'carousel',
      columns: [
        { title: 'Sencha', text: 'Green', actions: [say] },
        { title: 'Hojicha', text: 'Brown', actions: [uri] },
      ],
    },
  }),
  image_carousel: () => ({
    type: 'template',
    altText: 'Pictures',
    template: { type: 'image_carousel', columns: [{ imageUrl: picture, action: say }] },
  }),
  flex: () => ({
    type: 'flex',
    altText: 'A receipt',
    contents: {
      type: 'carousel',
      contents: [
        {
          type: 'bubble',
          size: 'kilo',
          hero: { type: 'image', url: picture, size: 'full', aspectRatio: '20:13', aspectMode: 'cover' },
          body: {
            type: 'box',
            layout: 'vertical',
            spacing: 'md',
            background: { type: 'linearGradient', angle: '0deg', startColor: '#ffffff', endColor: '#eeeeee' },
            contents: [
              {
                type: 'text',
                text: 'Tea',
                contents: [
                  { type: 'span', text: 'Te', weight: 'bold' },
                  { type: 'span', text: 'a' },
                ],
              },
              { type: 'separator', margin: 'md' },
              {
                type: 'box',
                layout: 'baseline',
                contents: [
                  { type: 'icon', url: picture, offsetTop: '2px' },
                  { type: 'text', text: 'Sencha', flex: 1, wrap: true },
                ],
              },
            ],
          },
          footer: { type: 'box', layout: 'horizontal', contents: [{ type: 'button', style: 'primary', action: uri }] },
        },
      ],
    },
  }),
}

test.each(Object.keys(kinds))('a message of the kind %s arrives unchanged', async (kind) => {
  const message = kinds[kind]?.()
  if (!message) return expect.unreachable('Unknown kind of message')
  const { sentMessages } = await official.pushMessage({ to: person.userIdFor(account), messages: [message] })
  expect(sentMessages).toHaveLength(1)
  // The message as it is sent, without undefined fields.
  const asSent = JSON.parse(JSON.stringify(message)) as Message // the two sets of types are compared in test/conformance
  expect(checkMessages([asSent])).toEqual([])
  const entry = person.chatWith(account).at(-1)
  expect(entry).toMatchObject({ from: 'account', message: asSent })
})
