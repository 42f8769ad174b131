import { createLineClient } from 'line-oa'
import { describe, expect, test } from 'vitest'
import * as s from '../../contracts/samples.js'
import { refusal, setup } from '../setup.js'

// Developers have reported these responses; LINE does not document them: https://github.com/line/line-bot-sdk-python/issues/111 ,
// /273 , /314 and https://github.com/line/line-bot-sdk-go/issues/657

const text = { type: 'text', text: 'hi' }
const body = (component: object) => ({ type: 'bubble', body: s.box(text, component) })
const place = '/body/contents/1'

async function validate(...messages: readonly object[]) {
  const { line } = await setup()
  return line('POST /v2/bot/message/validate/push', { messages })
}

describe('Flex contents', () => {
  test.each<[string, object, string]>([
    ['an unknown size', { type: 'bubble', hero: { ...s.flexImage, size: 'huge' } }, '/hero/size'],
    ['an unknown field', s.bubble({ styles: { type: 'styles' } }), '/styles/type'],
    ['an unknown field with a slash and a tilde', s.bubble({ 'a/b~c d': 1 }), '/a~1b~0c d'],
    ['a hero without a URL', { type: 'bubble', hero: { type: 'image' } }, '/hero/url'],
    ['an http URL', { type: 'bubble', hero: { ...s.flexImage, url: 'http://example.com/' } }, '/hero/url'],
    ['an unknown scheme', body({ type: 'button', action: { ...s.button.uri, uri: 'ftp://x' } }), `${place}/action/uri`],
    ['an unknown component', body({ type: 'spacer' }), place],
    ['an unknown container', { type: 'flex' }, '/type'],
    ['an empty text', body({ type: 'text', text: '' }), `${place}/text`],
    ['a number as text', body({ type: 'text', text: 5 }), `${place}/text`],
    ['a text component without text', body({ type: 'text' }), `${place}/text`],
    [
      'a long label',
      body({ type: 'button', action: { ...s.button.uri, label: 'x'.repeat(41) } }),
      `${place}/action/label`,
    ],
    ['a negative flex value', body({ ...text, flex: -1 }), `${place}/flex`],
    ['a bubble without blocks', { type: 'bubble' }, '/'],
    ['a bubble without blocks in a carousel', { type: 'carousel', contents: [{ type: 'bubble' }] }, '/contents/0'],
    [
      'a carousel of 13 bubbles',
      { type: 'carousel', contents: Array.from({ length: 13 }, () => s.bubble()) },
      '/contents',
    ],
    [
      'a video in a carousel',
      { type: 'carousel', contents: [{ type: 'bubble', hero: s.flexVideo }] },
      '/contents/0/hero',
    ],
  ])('%s is reported with its JSON pointer', async (_, contents, property) => {
    expect(await validate(s.flex(contents))).toMatchObject(refusal(400, property))
  })

  test.each<[string, object]>([
    ['a bubble', body({ ...text, text: 'x'.repeat(30 * 1024) })],
    [
      'a carousel',
      { type: 'carousel', contents: Array.from({ length: 3 }, () => body({ ...text, text: 'x'.repeat(20 * 1024) })) },
    ],
  ])('%s that is too large is reported without a property', async (_, contents) => {
    expect((await validate(s.flex(contents))).body).toEqual({
      message: expect.any(String),
      details: [{ message: expect.any(String) }],
    })
  })

  test('every error of the first invalid message is reported', async () => {
    const wrong = s.flex({ type: 'bubble', hero: { type: 'image', size: 'huge' } })
    expect(await validate(s.hello, wrong, s.flex({ type: 'flex' }))).toMatchObject(
      refusal(400, '/hero/url', '/hero/size'),
    )
  })

  test('errors outside of the contents are reported first and alone', async () => {
    const wrong = { ...s.flex({ type: 'flex' }), altText: '' }
    expect((await validate(wrong)).body).toEqual(refusal(400, 'messages[0].altText').body)
    expect(await validate({ type: 'flex', altText: 'x' })).toMatchObject(refusal(400, 'messages[0].contents'))
  })
})

test('an invalid placeholder in a text message (v2) is reported as the property text', async () => {
  expect((await validate({ type: 'textV2', text: 'See {{x}} and {!owe}' })).body).toEqual(refusal(400, 'text').body)
  expect((await validate({ type: 'textV2', text: '{}' })).body).toEqual(refusal(400, 'text').body)
  expect(await validate({ type: 'textV2', text: '{who}' })).toMatchObject(refusal(400, 'messages[0].text'))
})

test('the client throws the details as it does for any other error', async () => {
  const { emulator, token, userId } = await setup()
  const line = createLineClient({ channelAccessToken: token, fetch: emulator.fetch })
  const wrong = {
    type: 'flex',
    altText: 'x',
    contents: { type: 'bubble', hero: { type: 'image', url: 'http://x' } },
  } as const
  const error: unknown = await line.messaging.pushMessage({ to: userId, messages: [wrong] }).catch((thrown) => thrown)
  expect(error).toMatchObject({
    code: 'LINE_API',
    outcome: 'rejected',
    lineMessage: expect.any(String),
    details: [{ message: expect.any(String), property: '/hero/url' }],
  })
})
