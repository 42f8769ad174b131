import { events } from 'line-oa/testing'
import { type Mentionee, mentionsMe, textSegments, textWithoutMentions } from 'line-oa/webhook'
import { describe, expect, test } from 'vitest'

// LINE counts in UTF-16 code units: this emoji has length 2.
const text = '👋 @shop  menu (hello) for @all'
const me: Mentionee = { type: 'user', index: 3, length: 5, userId: `U${'0'.repeat(32)}`, isSelf: true }
const all: Mentionee = { type: 'all', index: 27, length: 4 }
const emoji = { index: 15, length: 7, productId: '5ac1bfd5040ab15980c9b435', emojiId: '001' }
const { message } = events.text({ text, mention: { mentionees: [all, me] }, emojis: [emoji] })

describe('textSegments', () => {
  test('splits at UTF-16 offsets, in the order of the text', () => {
    expect(textSegments(message)).toEqual([
      { type: 'text', text: '👋 ' },
      { type: 'mention', text: '@shop', mentionee: me },
      { type: 'text', text: '  menu ' },
      { type: 'emoji', text: '(hello)', emoji },
      { type: 'text', text: ' for ' },
      { type: 'mention', text: '@all', mentionee: all },
    ])
  })

  test.each<[string, Partial<Mentionee>]>([
    ['before the text', { index: -1 }],
    ['beyond the text', { index: text.length - 2 }],
    ['whose index is not a number', { index: '3' as never, length: 'x' as never }],
    ['of length 0', { length: 0 }],
    ['of a negative length', { length: -3 }],
  ])('keeps a mention %s as plain text', (_, wrong) => {
    const segments = textSegments({ text, mention: { mentionees: [{ ...me, ...wrong } as Mentionee] } })
    expect(segments).toEqual([{ type: 'text', text }])
  })

  test('uses the first of two overlapping mentions', () => {
    const segments = textSegments({ text, mention: { mentionees: [me, { ...me, index: 5 }] } })
    expect(segments.map((segment) => segment.text).join('')).toBe(text)
    expect(segments.filter(({ type }) => type === 'mention')).toHaveLength(1)
  })

  test('returns one segment for a text without mentions and none for an empty text', () => {
    expect(textSegments({ text: 'Hi' })).toEqual([{ type: 'text', text: 'Hi' }])
    expect(textSegments({ text: '' })).toEqual([])
  })
})

test('mentionsMe is true for a mention of the bot and false for @all', () => {
  expect(mentionsMe(message)).toBe(true)
  expect(mentionsMe({ mention: { mentionees: [all, { ...me, isSelf: false }] } })).toBe(false)
  expect(mentionsMe({})).toBe(false)
})

describe('textWithoutMentions', () => {
  test.each([
    ['@shop menu', 0, 'menu'],
    ['show @shop  the menu', 5, 'show the menu'],
    ['menu @shop', 5, 'menu'],
    ['@shop', 0, ''],
  ])('removes the mention from %j', (written, index, rest) => {
    expect(textWithoutMentions({ text: written, mention: { mentionees: [{ ...me, index }] } })).toBe(rest)
  })

  test('keeps the text between two mentions, and LINE emoji', () => {
    expect(textWithoutMentions(message)).toBe('👋 menu (hello) for')
    const mentionees = [
      { ...me, index: 0 },
      { ...me, index: 6 },
    ]
    expect(textWithoutMentions({ text: '@shop @shop  x  y', mention: { mentionees } })).toBe('x  y')
  })
})

test.each([
  ['an offset that is an object', { mention: { mentionees: [{ ...me, index: { valueOf: 1, toString: 1 } }] } }],
  ['null in the list', { mention: { mentionees: [null] }, emojis: [null] }],
  ['lists that are objects', { mention: { mentionees: {} }, emojis: {} }],
])('a signed event with %s stays plain text', (_, more) => {
  const marked = { text: 'Hi', ...more } as never // an event is signed, not validated
  expect(textSegments(marked)).toEqual([{ type: 'text', text: 'Hi' }])
  expect(() => mentionsMe(marked)).not.toThrow()
})
