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
])('accepts %j', (text, url) => {
  expect(parseWebhookUrl(text)).toBe(url)
})

test.each([
  'http://localhost:3000/w',
  'http://127.0.0.1:8080/',
  'http://127.9.9.9/',
  'http://[::1]:3000/',
  'http://bot.localhost/',
])('%s is accepted for the emulator and refused for LINE', (url) => {
  expect(parseWebhookUrl(url)).toBe(url)
  expect(refusal(() => parseWebhookUrl(url, { httpsOnly: true })).problems).toMatchObject([{ path: 'webhookUrl' }])
})

test.each<[unknown]>([
  ['http://example.com/hook'],
  ['http://localhost.example.com/'],
  ['http://127.0.0.1.example.com/'],
  ['ftp://example.com/'],
  ['example.com/hook'],
  ['localhost:3000'],
  ['https://'],
  ['https://exa mple.com/'],
  ['https://example.com/a b'],
  ['"https://example.com/"'],
  [ofLength(501)],
  // The encoded URL counts: each of these characters takes nine.
  [`https://example.com/${'線'.repeat(54)}`],
  ['8c570fa6dd201bb328f1c1eac23a96d8'],
  [''],
  [undefined],
  [new URL('https://example.com/')],
])('refuses %j', (text) => {
  expect(refusal(() => parseWebhookUrl(text)).problems).toMatchObject([{ path: 'webhookUrl' }])
})

test('the error of a refused URL contains neither its path nor its query', () => {
  const error = refusal(() => parseWebhookUrl('http://example.com/hook-hunter2?key=hunter3'))
  expect(JSON.stringify(error)).not.toMatch(/hunter/)
})
