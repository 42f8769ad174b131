import { createLineClient } from 'line-oa'
import { describe, expect, test } from 'vitest'
import * as s from '../../contracts/samples.js'
import { setup } from '../setup.js'

// What people were answered by LINE: https://github.com/line/line-bot-sdk-python/issues/111 , /273 , /314 and
// https://github.com/line/line-bot-sdk-go/issues/657 . Its pages quote none of it.

const text = { type: 'text', text: 'hi' }
const body = (component: object) => ({ type: 'bubble', body: s.box(text, component) })
const place = '/body/contents/1'

async function refusal(...messages: readonly object[]) {
  const { line } = await setup()
  return line('POST /v2/bot/message/validate/push', { messages })
}

describe('of Flex contents LINE says what is wrong with places inside of them', () => {
  test.each<[string, object, string, string]>([
    ['an unknown size', { type: 'bubble', hero: { ...s.flexImage, size: 'huge' } }, 'invalid property', '/hero/size'],
    ['an unknown field', s.bubble({ styles: { type: 'styles' } }), 'unknown field', '/styles/type'],
    ['an unknown field with a slash and a tilde', s.bubble({ 'a/b~c d': 1 }), 'unknown field', '/a~1b~0c d'],
    ['a hero without URL', { type: 'bubble', hero: { type: 'image' } }, 'must be specified', '/hero/url'],
    [
      'an http URL',
      { type: 'bubble', hero: { ...s.flexImage, url: 'http://example.com/' } },
      'invalid uri scheme',
      '/hero/url',
    ],
    [
      'an unknown scheme',
      body({ type: 'button', action: { ...s.button.uri, uri: 'ftp://x' } }),
      'invalid uri scheme',
      `${place}/action/uri`,
    ],
    ['an unknown component', body({ type: 'spacer' }), 'invalid property', place],
    ['an unknown container', { type: 'flex' }, 'invalid property', '/type'],
    ['an empty text', body({ type: 'text', text: '' }), 'must be non-empty text', `${place}/text`],
    ['a text of another kind', body({ type: 'text', text: 5 }), 'invalid property', `${place}/text`],
    ['a text without text', body({ type: 'text' }), '`text` or `contents` must be specified', `${place}/text`],
    [
      'a long label',
      body({ type: 'button', action: { ...s.button.uri, label: 'x'.repeat(41) } }),
      'invalid property',
      `${place}/action/label`,
    ],
    ['a negative share', body({ ...text, flex: -1 }), 'must be greater than or equal to 0', `${place}/flex`],
    ['no block', { type: 'bubble' }, 'At least one block must be specified', '/'],
    [
      'no block in a carousel',
      { type: 'carousel', contents: [{ type: 'bubble' }] },
      'At least one block must be specified',
      '/contents/0',
    ],
    [
      '13 bubbles',
      { type: 'carousel', contents: Array.from({ length: 13 }, () => s.bubble()) },
      'invalid property',
      '/contents',
    ],
    [
      'a video in a carousel',
      { type: 'carousel', contents: [{ type: 'bubble', hero: s.flexVideo }] },
      'invalid property',
      '/contents/0/hero',
    ],
  ])('%s', async (_, contents, message, property) => {
    expect(await refusal(s.flex(contents))).toMatchObject({
      status: 400,
      body: { message: 'A message (messages[0]) in the request body is invalid', details: [{ message, property }] },
    })
  })

  test.each<[string, object, RegExp]>([
    ['a bubble', body({ ...text, text: 'x'.repeat(30 * 1024) }), /^Too large flex message\. .*bubble is 30 KB\.$/],
    [
      'a carousel',
      { type: 'carousel', contents: Array.from({ length: 3 }, () => body({ ...text, text: 'x'.repeat(20 * 1024) })) },
      /^Too large flex message\. .*carousel is 50 KB\.$/,
    ],
  ])('%s that is too large, without a place', async (_, contents, message) => {
    expect((await refusal(s.flex(contents))).body).toEqual({
      message: 'A message (messages[0]) in the request body is invalid',
      details: [{ message: expect.stringMatching(message) }],
    })
  })

  test('all of it that is wrong in the first such message', async () => {
    const wrong = s.flex({ type: 'bubble', hero: { type: 'image', size: 'huge' } })
    expect((await refusal(s.hello, wrong, s.flex({ type: 'flex' }))).body).toEqual({
      message: 'A message (messages[1]) in the request body is invalid',
      details: [
        { message: 'must be specified', property: '/hero/url' },
        { message: 'invalid property', property: '/hero/size' },
      ],
    })
  })

  test('and only when all around it is right', async () => {
    const wrong = { ...s.flex({ type: 'flex' }), altText: '' }
    expect((await refusal(wrong)).body).toEqual({
      message: 'The request body has 1 error(s)',
      details: [{ message: 'May not be empty', property: 'messages[0].altText' }],
    })
    expect((await refusal({ type: 'flex', altText: 'x' })).body).toMatchObject({
      details: [{ property: 'messages[0].contents' }],
    })
  })
})

test('of a key in the braces of a text (v2) LINE names the key', async () => {
  const named = (key: string) => ({
    message: 'A message (messages[0]) in the request body is invalid',
    details: [
      {
        message: `The key '${key}' enclosed in '{}' does not match the pattern '^[a-zA-Z0-9_]{1,20}$'.`,
        property: 'text',
      },
    ],
  })
  expect((await refusal({ type: 'textV2', text: 'See {{x}} and {!owe}' })).body).toEqual(named('!owe'))
  expect((await refusal({ type: 'textV2', text: '{}' })).body).toEqual(named(''))
  expect((await refusal({ type: 'textV2', text: '{who}' })).body).toMatchObject({
    details: [{ property: 'messages[0].text' }],
  })
})

test('a program reads it from the error as any other', async () => {
  const { emulator, token, userId } = await setup()
  const line = createLineClient({ channelAccessToken: token, fetch: emulator.fetch })
  const wrong = {
    type: 'flex',
    altText: 'x',
    contents: { type: 'bubble', hero: { type: 'image', url: 'http://x' } },
  } as const
  await expect(line.messaging.pushMessage({ to: userId, messages: [wrong] })).rejects.toMatchObject({
    code: 'LINE_API',
    outcome: 'rejected',
    lineMessage: 'A message (messages[0]) in the request body is invalid',
    details: [{ message: 'invalid uri scheme', property: '/hero/url' }],
    message: expect.stringContaining('/hero/url invalid uri scheme'),
  })
})
