import { parseWebhookUrl } from 'line-oa/credentials'
import { expect, test } from 'vitest'
import { refusal } from './refusal.js'

const ofLength = (length: number) => 'https://example.com/'.padEnd(length, 'a')

test.each([
  ['https://example.com/webhook', 'https://example.com/webhook'],
  ['  https://example.com/webhook?bot=1\u200b\n', 'https://example.com/webhook?bot=1'],
  ['https://example.com/web\n  hook'.replace('\n  ', '\n'), 'https://example.com/webhook'],
  ['HTTPS://Example.COM', 'https://example.com/'],
  ['https://例え.jp/線', 'https://xn--r8jz45g.jp/%E7%B7%9A'],
  [ofLength(500), ofLength(500)],
])('%j is taken', (text, url) => {
  expect(parseWebhookUrl(text)).toBe(url)
})

test.each([
  'http://localhost:3000/w',
  'http://127.0.0.1:8080/',
  'http://127.9.9.9/',
  'http://[::1]:3000/',
  'http://bot.localhost/',
])('%s is taken for the emulator, and refused for LINE', (url) => {
  expect(parseWebhookUrl(url)).toBe(url)
  expect(refusal(() => parseWebhookUrl(url, { httpsOnly: true })).problems).toMatchObject([
    { path: 'webhookUrl', found: 'an http URL on this machine' },
  ])
})

test.each<[unknown, RegExp]>([
  ['http://example.com/hook', /an http URL.*over https only/],
  ['http://localhost.example.com/', /an http URL/],
  ['http://127.0.0.1.example.com/', /an http URL/],
  ['ftp://example.com/', /scheme ftp:/],
  ['example.com/hook', /Write https:\/\/ in front/],
  ['localhost:3000', /a webhook URL is an https URL/],
  ['https://', /cannot be read/],
  ['https://exa mple.com/', /a space in it/],
  ['https://example.com/a b', /a space in it/],
  ['"https://example.com/"', /Leave the quotes out/],
  [ofLength(501), /a URL of 501 characters/],
  // What travels counts: each of these characters takes nine.
  [`https://example.com/${'線'.repeat(54)}`, /a URL of 506 characters/],
  ['8c570fa6dd201bb328f1c1eac23a96d8', /form of a channel secret/],
  ['', /webhookUrl is missing/],
  [undefined, /webhookUrl is missing/],
  [new URL('https://example.com/'), /found an object/],
])('%j is refused', (text, words) => {
  expect(refusal(() => parseWebhookUrl(text)).message).toMatch(words)
})

test('neither path nor query of a refused URL is in the error', () => {
  const error = refusal(() => parseWebhookUrl('http://example.com/hook-hunter2?key=hunter3'))
  expect(JSON.stringify(error)).not.toMatch(/hunter/)
})
