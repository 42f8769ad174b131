import { phoneHash } from 'line-oa'
import {
  getPNPMessageStatistics,
  getTemplatedPNPMessageStatistics,
  pushMessagesByPhone,
  pushTemplatedMessageByPhone,
} from 'line-oa/operations'
import { describe, expect, test } from 'vitest'
import { inputPaths, inputProblems, outputPaths, outputProblems, text, times, url } from '../contracts/check.js'

const to = 'd41e0ad70dddfeb68f149ad6fc61574b9c5780ab7bcb2fba5517771ffbb2409c'
const hello = { type: 'text', text: 'hello' }
const image = { type: 'image', originalContentUrl: url(30), previewImageUrl: url(30) }

describe('a flexible notification message', () => {
  test('accepts a phoneHash(), up to 5 messages and a delivery tag of 16 to 100 characters', async () => {
    expect(inputProblems(pushMessagesByPhone, { to: await phoneHash('+818000001234'), messages: [hello] })).toEqual([])
    for (const length of [16, 100])
      expect(
        inputProblems(pushMessagesByPhone, {
          to,
          messages: times(5, hello),
          notificationDisabled: true,
          deliveryTag: text(length),
        }),
      ).toEqual([])
  })

  test.each<[string, object, string[]]>([
    ['a phone number', { to: '+818000001234', messages: [hello] }, ['to']],
    ['a user ID', { to: `U${'0'.repeat(32)}`, messages: [hello] }, ['to']],
    ['a hash in upper case', { to: to.toUpperCase(), messages: [hello] }, ['to']],
    ['a tag of 15', { to, messages: [hello], deliveryTag: text(15) }, ['deliveryTag']],
    ['a tag of 101', { to, messages: [hello], deliveryTag: text(101) }, ['deliveryTag']],
    ['no message', { to, messages: [] }, ['messages']],
    ['six messages', { to, messages: times(6, hello) }, ['messages']],
    ['images', { to, messages: [hello, image, image] }, ['messages[1].type', 'messages[2].type']],
  ])('is refused: %s', (_, value, places) => {
    expect(inputPaths(pushMessagesByPhone, value)).toEqual(places)
  })
})

describe('a templated notification message', () => {
  const item = (itemKey: string, length = 1) => ({ itemKey, content: text(length) })
  const button = (buttonKey: string, length = 30) => ({ buttonKey, url: url(length) })
  const items = (count: number) => Array.from({ length: count }, (_, at) => item(`number_${at}_ja`, 300))
  const filled = (body: object) => ({ to, templateKey: 'shipment_completed_ja', body })

  test.each<[string, object]>([
    ['without a body', { to, templateKey: 'shipment_completed_ja' }],
    ['with an empty body', filled({})],
    [
      'with everything at its limit',
      filled({ emphasizedItem: item('date_002_ja', 15), items: items(15), buttons: [button('a', 1000), button('b')] }),
    ],
  ])('passes: %s', (_, value) => {
    expect(inputProblems(pushTemplatedMessageByPhone, value)).toEqual([])
  })

  test.each<[string, object, string[]]>([
    ['16 items', { items: items(16) }, ['items']],
    ['3 buttons', { buttons: [button('a'), button('b'), button('c')] }, ['buttons']],
    ['16 units in the emphasized item', { emphasizedItem: item('date_002_ja', 16) }, ['emphasizedItem.content']],
    ['301 units in an item', { items: [item('date_002_ja', 301)] }, ['items[0].content']],
    ['a link of 1001', { buttons: [button('a', 1001)] }, ['buttons[0].url']],
    ['an item twice', { items: [item('a'), item('b'), item('a')] }, ['items[2].itemKey']],
    ['an item that is also emphasized', { emphasizedItem: item('a'), items: [item('a')] }, ['items[0].itemKey']],
    ['a button twice', { buttons: [button('a'), button('a')] }, ['buttons[1].buttonKey']],
  ])('is refused: %s', (_, body, places) => {
    expect(inputPaths(pushTemplatedMessageByPhone, filled(body))).toEqual(places.map((place) => `body.${place}`))
  })
})

test.each(['20260618', '20240229'])('statistics accept the date %s', (date) => {
  expect(inputProblems(getPNPMessageStatistics, { date })).toEqual([])
})

test.each(['20260230', '20250229', '20261301', '2026-06-18', '2026061', '', 20260618])(
  'statistics refuse %j as their day',
  (date) => {
    expect(inputPaths(getTemplatedPNPMessageStatistics, { date })).toEqual(['date'])
  },
)

test('statistics can have no count, and a new status', () => {
  for (const status of ['unready', 'unavailable_for_privacy', 'out_of_service', 'counting'])
    expect(outputProblems(getPNPMessageStatistics, { status })).toEqual([])
  expect(outputPaths(getPNPMessageStatistics, { status: 'ready', success: 2 ** 53 })).toEqual(['success'])
})
