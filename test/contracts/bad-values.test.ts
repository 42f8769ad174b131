import { checkMessages, checkNarrowcast, contracts } from 'line-oa/contracts'
import { pushMessage } from 'line-oa/operations'
import { describe, expect, test } from 'vitest'
import { paths } from './check.js'
import { box, bubble, flex, hello, inBody } from './samples.js'

// Values that JSON cannot carry and TypeScript would refuse: each is reported with its place, and none throws.

const checkInBody = (value: unknown) =>
  checkMessages([hello, flex({ type: 'bubble', body: { ...box(), contents: [value] } })])
const place = 'messages[1].contents.body.contents[0]'
const text = { type: 'text', text: 'hi' }

describe('a cycle', () => {
  test('in the contents is reported where it closes', () => {
    const inner = { type: 'box', layout: 'vertical', contents: [] as object[] }
    inner.contents.push(text, inner)
    expect(checkInBody(inner)).toMatchObject([{ path: `${place}.contents[1]`, rule: 'kind' }])
  })

  test('in an action, a hero, a message and the list of messages is reported', () => {
    const action: { [key: string]: unknown } = { type: 'uri', uri: 'https://example.com/' }
    action['altUri'] = action
    expect(paths(checkInBody({ ...text, action }))).toEqual([`${place}.action.altUri`])
    const looped: { [key: string]: unknown } = { ...bubble() }
    looped['hero'] = looped
    expect(paths(checkMessages([flex(looped)]))).toEqual(['messages[0].contents.hero'])
    const message: { [key: string]: unknown } = { ...hello }
    message['sender'] = { name: 'x', of: message }
    expect(paths(checkMessages([message]))).toEqual(['messages[0].sender.of'])
    const list: unknown[] = [hello]
    list.push(list)
    expect(paths(checkMessages(list))).toEqual(['messages[1]'])
  })

  test('does not hide other problems', () => {
    const message: { [key: string]: unknown } = { type: 'text', text: '' }
    message['extra'] = message
    expect(paths(checkMessages([message, { type: 'none' }]))).toEqual([
      'messages[0].text',
      'messages[1].type',
      'messages[0].extra',
    ])
  })

  test('is not an object that appears in several places', () => {
    const shared = { ...text }
    expect(checkMessages([inBody(shared, shared), inBody(shared)])).toEqual([])
  })
})

describe('a value that JSON cannot represent', () => {
  const date = new Date(0)
  class Money {
    toJSON() {
      return '¥100'
    }
  }

  test.each<[string, unknown]>([
    ['a BigInt', 1n],
    ['a function', () => 'hi'],
    ['a symbol', Symbol('hi')],
    ['a Date', date],
    ['an object with toJSON', new Money()],
    ['NaN', Number.NaN],
  ])('such as %s is reported instead of a text', (_, value) => {
    expect(checkInBody({ type: 'text', text: value })).toMatchObject([{ path: `${place}.text`, rule: 'kind' }])
    expect(checkMessages([{ type: 'text', text: value }])).toMatchObject([{ path: 'messages[0].text', rule: 'kind' }])
  })

  test.each<[string, unknown]>([
    ['a BigInt', 1n],
    ['a function', () => 'hi'],
    ['a symbol', Symbol('hi')],
    ['a Date', date],
    ['an object with toJSON', new Money()],
    ['NaN', Number.NaN],
    ['infinity', Number.POSITIVE_INFINITY],
    ['undefined in a list', [undefined]],
    // biome-ignore lint/suspicious/noSparseArray: the gap is what this is about
    ['a gap in a list', [1, , 2]],
  ])('such as %s is reported in an unknown field', (_, value) => {
    expect(checkMessages([{ ...hello, extra: value }])).toMatchObject([
      { path: expect.stringMatching(/^messages\[0\]\.extra/), rule: 'kind' },
    ])
  })

  test.each<[string, unknown]>([
    ['a BigInt', 1n],
    ['a function', () => 'hi'],
    ['a Date', date],
    ['undefined', undefined],
    ['null', null],
    ['NaN', Number.NaN],
  ])('such as %s is reported instead of a message, a component, a list or a number', (_, value) => {
    expect(paths(checkMessages([hello, value]))).toEqual(['messages[1]'])
    expect(paths(checkInBody(value))).toEqual([place])
    expect(checkMessages(value).map(({ path }) => path)).toEqual(['messages'])
    if (value !== undefined)
      expect([...paths(checkInBody({ ...text, flex: value, contents: value }))].sort()).toEqual([
        `${place}.contents`,
        `${place}.flex`,
      ])
  })

  test('does not include undefined in a field, which equals an omitted field', () => {
    expect(checkMessages([{ ...hello, quoteToken: undefined, extra: undefined }])).toEqual([])
  })

  test('such as a Map or a Set is reported', () => {
    expect(checkMessages([new Map(Object.entries(hello))]).length).toBeGreaterThan(0)
    expect(paths(checkMessages(new Set([hello])))).toEqual(['messages'])
  })
})

describe('nesting', () => {
  const nest = (levels: number) => {
    let value: object = text
    for (let level = 0; level < levels; level++) value = box(value)
    return value
  }

  test('of 100 boxes is accepted', () => {
    expect(checkMessages([inBody(nest(100))])).toEqual([])
  })

  test.each([1000, 10_000, 100_000])('of %i boxes is refused, and the other messages are still checked', (levels) => {
    const problems = checkMessages([{ type: 'text', text: '' }, inBody(nest(levels))])
    expect(problems).toMatchObject([{ path: 'messages[0].text' }, { path: 'messages[1]', rule: 'kind' }])
  })

  test('in an unknown field is refused', () => {
    let extra: object = {}
    for (let level = 0; level < 10_000; level++) extra = { extra }
    expect(checkMessages([{ ...hello, extra }])).toMatchObject([{ path: 'messages[0]', rule: 'kind' }])
  })

  test('of lists is refused', () => {
    let extra: unknown[] = []
    for (let level = 0; level < 10_000; level++) extra = [extra]
    expect(checkMessages(extra)).toMatchObject([{ path: 'messages[0]', rule: 'kind' }])
  })

  test('that doubles at every level terminates', () => {
    let extra: object = {}
    for (let level = 0; level < 100; level++) extra = { left: extra, right: extra }
    expect(checkMessages([{ ...hello, extra }])).toMatchObject([{ path: '', rule: 'kind' }])
  })

  test('of four billion gaps in a list terminates', () => {
    expect(checkMessages(new Array(2 ** 32 - 1))).toHaveLength(100)
  })

  test('of half a million gaps, or as many cycles, terminates and reports a hundred of them', () => {
    const gaps = { ...box(), contents: Array.from({ length: 500_000 }) }
    expect(checkMessages([flex({ type: 'bubble', body: gaps })])).toHaveLength(100)
    const knot: object[] = []
    for (let count = 0; count < 500_000; count++) knot.push(knot)
    expect(checkMessages([{ ...hello, knot }])).toHaveLength(100)
  })

  test('on a nearly full stack is reported', () => {
    let problems: readonly object[] = []
    const dive = (): void => {
      try {
        dive()
      } catch {
        if (problems.length === 0) problems = checkMessages([inBody(nest(100))])
        throw new RangeError()
      }
    }
    expect(dive).toThrow(RangeError)
    expect(problems).toMatchObject([{ path: '', rule: 'other' }])
  })
})

test('the check of an operation reports the same', () => {
  const message: { [key: string]: unknown } = { ...hello }
  message['self'] = message
  const input = { to: `U${'0'.repeat(32)}`, messages: [message, { ...hello, at: new Date(0) }] }
  expect(paths(contracts().check(pushMessage, 'input', input))).toEqual(['messages[0].self', 'messages[1].at'])
})

test('checkNarrowcast() reports every problem at once', () => {
  const audience = { type: 'audience', audienceGroupId: 1 }
  const bad = {
    messages: [{ type: 'text', text: '' }],
    recipient: { type: 'operator', or: [...Array.from({ length: 10 }, () => audience), { type: 'redelivery' }] },
    filter: { demographic: { type: 'age', gte: 'age_30', lt: 'age_20' } },
    limit: { max: 0, forbidPartialDelivery: true },
  }
  expect(paths(checkNarrowcast(bad))).toEqual([
    'messages[0].text',
    'recipient.or[10].requestId',
    'recipient',
    'filter.demographic.gte',
    'limit.max',
    'limit.forbidPartialDelivery',
  ])
  expect(checkNarrowcast({ messages: [hello], recipient: audience })).toEqual([])
  for (const value of [undefined, null, 5, 'x', []]) expect(paths(checkNarrowcast(value))).toEqual([''])
  const looped: { [key: string]: unknown } = { type: 'operator' }
  looped['not'] = looped
  expect(paths(checkNarrowcast({ messages: [hello], recipient: looped }))).toEqual(['recipient.not'])
})

describe('limits of a narrowcast', () => {
  const audience = { type: 'audience', audienceGroupId: 1 }
  const redelivery = { type: 'redelivery', requestId: 'r' }
  const many = (count: number, one: object) => ({ type: 'operator', or: Array.from({ length: count }, () => one) })
  const check = (other: object) => paths(checkNarrowcast({ messages: [hello], ...other }))

  test('are 10 audiences and redeliveries together, in any combination', () => {
    expect(check({ recipient: many(10, audience) })).toEqual([])
    expect(check({ recipient: many(11, audience) })).toEqual(['recipient'])
    const mixed = (count: number) => ({
      type: 'operator',
      and: [many(5, audience), { type: 'operator', not: many(count, redelivery) }],
    })
    expect(check({ recipient: mixed(5) })).toEqual([])
    expect(check({ recipient: mixed(6) })).toEqual(['recipient'])
  })

  test('are 10 filters', () => {
    const gender = { type: 'gender', oneOf: ['male'] }
    expect(check({ filter: { demographic: many(10, gender) } })).toEqual([])
    expect(check({ filter: { demographic: many(11, gender) } })).toEqual(['filter.demographic'])
  })

  test.each(['and', 'or'])('allow an operator `%s` with one entry, but not with no entries', (operator) => {
    expect(check({ recipient: { type: 'operator', [operator]: [audience] } })).toEqual([])
    expect(check({ recipient: { type: 'operator', [operator]: [] } })).toEqual([`recipient.${operator}`])
  })
})
