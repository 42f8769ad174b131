import { checkMessages, checkNarrowcast, contracts } from 'line-oa/contracts'
import { pushMessage } from 'line-oa/operations'
import { describe, expect, test } from 'vitest'
import { paths } from './check.js'
import { box, bubble, flex, hello, inBody } from './samples.js'

// What no JSON holds, and no caller with types can make by accident: each is a problem with its place, and none an exception.

const checkInBody = (value: unknown) =>
  checkMessages([hello, flex({ type: 'bubble', body: { ...box(), contents: [value] } })])
const place = 'messages[1].contents.body.contents[0]'
const text = { type: 'text', text: 'hi' }

describe('a cycle', () => {
  test('in the contents is told where it closes', () => {
    const inner = { type: 'box', layout: 'vertical', contents: [] as object[] }
    inner.contents.push(text, inner)
    expect(checkInBody(inner)).toEqual([
      {
        path: `${place}.contents[1]`,
        rule: 'kind',
        allowed: 'data without cycles',
        found: 'an object that it is a part of',
        message: `${place}.contents[1] must be data without cycles, but is an object that it is a part of`,
      },
    ])
  })

  test('of an action, a hero, a message, and of the list of messages', () => {
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

  test('leaves the other problems in sight', () => {
    const message: { [key: string]: unknown } = { type: 'text', text: '' }
    message['extra'] = message
    expect(paths(checkMessages([message, { type: 'none' }]))).toEqual([
      'messages[0].text',
      'messages[1].type',
      'messages[0].extra',
    ])
  })

  test('is not what stands in several places', () => {
    const shared = { ...text }
    expect(checkMessages([inBody(shared, shared), inBody(shared)])).toEqual([])
  })
})

describe('what JSON has no word for', () => {
  const date = new Date(0)
  class Money {
    toJSON() {
      return '¥100'
    }
  }

  test.each<[string, unknown, string]>([
    ['a BigInt', 1n, 'a bigint'],
    ['a function', () => 'hi', 'a function'],
    ['a symbol', Symbol('hi'), 'a symbol'],
    ['a Date', date, 'a Date'],
    ['an object that writes itself', new Money(), 'an object'],
    ['NaN', Number.NaN, 'NaN'],
  ])('%s in the place of a text', (_, value, found) => {
    expect(checkInBody({ type: 'text', text: value })).toMatchObject([
      { path: `${place}.text`, allowed: 'text', found },
    ])
    expect(checkMessages([{ type: 'text', text: value }])).toMatchObject([{ path: 'messages[0].text', found }])
  })

  test.each<[string, unknown, string]>([
    ['a BigInt', 1n, 'a BigInt'],
    ['a function', () => 'hi', 'a function'],
    ['a symbol', Symbol('hi'), 'a symbol'],
    ['a Date', date, 'a Date'],
    ['an object that writes itself', new Money(), 'an object with toJSON'],
    ['NaN', Number.NaN, 'NaN'],
    ['infinity', Number.POSITIVE_INFINITY, 'Infinity'],
    ['undefined in a list', [undefined], 'undefined'],
    // biome-ignore lint/suspicious/noSparseArray: the gap is what this is about
    ['a gap in a list', [1, , 2], 'undefined'],
  ])('%s where no field is known', (_, value, found) => {
    const [problem, ...more] = checkMessages([{ ...hello, extra: value }])
    expect(more).toEqual([])
    expect(problem?.path).toMatch(/^messages\[0\]\.extra/)
    expect(problem?.found).toBe(found)
  })

  test.each<[string, unknown]>([
    ['a BigInt', 1n],
    ['a function', () => 'hi'],
    ['a Date', date],
    ['undefined', undefined],
    ['null', null],
    ['NaN', Number.NaN],
  ])('%s in the place of a message, a component, a list or a number', (_, value) => {
    expect(paths(checkMessages([hello, value]))).toEqual(['messages[1]'])
    expect(paths(checkInBody(value))).toEqual([place])
    expect(checkMessages(value).map(({ path }) => path)).toEqual(['messages'])
    if (value !== undefined)
      expect([...paths(checkInBody({ ...text, flex: value, contents: value }))].sort()).toEqual([
        `${place}.contents`,
        `${place}.flex`,
      ])
  })

  test('undefined in a field is as good as no field', () => {
    expect(checkMessages([{ ...hello, quoteToken: undefined, extra: undefined }])).toEqual([])
  })

  test('a map or a set is no object of fields', () => {
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

  test('as deep as anybody draws is fine', () => {
    expect(checkMessages([inBody(nest(100))])).toEqual([])
  })

  test.each([1000, 10_000, 100_000])('of %i boxes is refused, and the other messages are still looked at', (levels) => {
    const problems = checkMessages([{ type: 'text', text: '' }, inBody(nest(levels))])
    expect(problems).toMatchObject([{ path: 'messages[0].text' }, { path: 'messages[1]', found: 'nested too deeply' }])
  })

  test('in a field that no schema knows is refused too', () => {
    let extra: object = {}
    for (let level = 0; level < 10_000; level++) extra = { extra }
    expect(checkMessages([{ ...hello, extra }])).toMatchObject([{ path: 'messages[0]', found: 'nested too deeply' }])
  })

  test('of lists is refused', () => {
    let extra: unknown[] = []
    for (let level = 0; level < 10_000; level++) extra = [extra]
    expect(checkMessages(extra)).toMatchObject([{ path: 'messages[0]', found: 'nested too deeply' }])
  })

  test('that doubles at every level comes to an end', () => {
    let extra: object = {}
    for (let level = 0; level < 100; level++) extra = { left: extra, right: extra }
    expect(checkMessages([{ ...hello, extra }])).toMatchObject([{ path: '', allowed: 'at most 2 MB of JSON' }])
  })

  test('a list with four thousand million gaps comes to an end', () => {
    expect(checkMessages(new Array(2 ** 32 - 1))).toHaveLength(100)
  })

  test('of half a million gaps, or as many cycles, comes to an end and tells a hundred of them', () => {
    const gaps = { ...box(), contents: Array.from({ length: 500_000 }) }
    expect(checkMessages([flex({ type: 'bubble', body: gaps })])).toHaveLength(100)
    const knot: object[] = []
    for (let count = 0; count < 500_000; count++) knot.push(knot)
    expect(checkMessages([{ ...hello, knot }])).toHaveLength(100)
  })

  test('on a stack that is nearly full is a problem too', () => {
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
    expect(problems).toMatchObject([{ found: 'nested too deeply' }])
  })
})

test('the check of an operation sees the same', () => {
  const message: { [key: string]: unknown } = { ...hello }
  message['self'] = message
  const input = { to: `U${'0'.repeat(32)}`, messages: [message, { ...hello, at: new Date(0) }] }
  expect(paths(contracts().check(pushMessage, 'input', input))).toEqual(['messages[0].self', 'messages[1].at'])
})

test('a narrowcast is checked without LINE, all of it at once', () => {
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

  test('10 audiences and redeliveries together, however they are combined', () => {
    expect(check({ recipient: many(10, audience) })).toEqual([])
    expect(check({ recipient: many(11, audience) })).toEqual(['recipient'])
    const mixed = (count: number) => ({
      type: 'operator',
      and: [many(5, audience), { type: 'operator', not: many(count, redelivery) }],
    })
    expect(check({ recipient: mixed(5) })).toEqual([])
    expect(check({ recipient: mixed(6) })).toEqual(['recipient'])
  })

  test('10 filters', () => {
    const gender = { type: 'gender', oneOf: ['male'] }
    expect(check({ filter: { demographic: many(10, gender) } })).toEqual([])
    expect(check({ filter: { demographic: many(11, gender) } })).toEqual(['filter.demographic'])
  })

  test.each(['and', 'or'])('an operator `%s` of one, and never of none', (operator) => {
    expect(check({ recipient: { type: 'operator', [operator]: [audience] } })).toEqual([])
    expect(check({ recipient: { type: 'operator', [operator]: [] } })).toEqual([`recipient.${operator}`])
  })
})
