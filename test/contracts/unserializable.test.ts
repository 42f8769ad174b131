import { checkMessages } from 'line-oa/contracts'
import { describe, expect, test } from 'vitest'
import { paths } from './check.js'

// A field that LINE may have added: nothing is known about its value, so all that is checked is that it can become JSON.
const extra = (value: unknown) => ({ type: 'text', text: 'hello', extra: value })
const places = (value: unknown) =>
  paths(checkMessages([extra(value)])).map((path) => path.replace('messages[0].extra', ''))

describe('a value that JSON cannot represent', () => {
  test('is reported with its path', () => {
    const value = {
      a: [1n, undefined, { b: () => 0 }],
      c: Symbol('x'),
      d: new Date(0),
      e: Number.NaN,
      f: undefined,
      g: null,
      h: '',
      i: false,
      j: 0,
    }
    const problems = checkMessages([extra(value)])
    expect(places(value)).toEqual(['.a[0]', '.a[1]', '.a[2].b', '.c', '.d', '.e'])
    expect(new Set(problems.map(({ rule }) => rule))).toEqual(new Set(['kind']))
  })

  test.each([undefined, null, 5, 'x', true, {}, [], { a: [{ b: [] }] }])('is nowhere in %j', (value) => {
    expect(places(value)).toEqual([])
  })

  test('is also an object with toJSON, at any path', () => {
    expect(places([new URL('https://example.com/'), { toJSON: () => 5 }, { toJSON: 5 }])).toEqual(['[0]', '[1]'])
  })

  test('is an object that contains itself, not one that appears twice', () => {
    const shared = { a: 1 }
    expect(places([shared, shared, { shared }])).toEqual([])
    const knot: { [key: string]: unknown } = {}
    knot['inner'] = { knot }
    expect(places({ knot })).toEqual(['.knot.inner.knot'])
  })

  test('is searched for 500 levels deep, and reported once for each message', () => {
    const nest = (levels: number): object => (levels === 0 ? {} : { a: nest(levels - 1), b: {} })
    // The list and the message are levels too.
    expect(checkMessages([extra(nest(496))])).toEqual([])
    expect(checkMessages([extra(nest(600)), extra(nest(600)), { ...extra(1n), deep: nest(600) }])).toMatchObject([
      { path: 'messages[0]' },
      { path: 'messages[1]' },
      { path: 'messages[2].extra' },
      { path: 'messages[2]' },
    ])
  })

  test('is not searched for in inherited fields, which JSON omits', () => {
    expect(places(Object.create({ a: 1n }))).toEqual([])
  })
})

describe('the checks of a value with an unserializable part', () => {
  test('cover all other parts, and do not change the value of the caller', () => {
    const knot: { [key: string]: unknown } = { c: 2 }
    knot['self'] = knot
    const messages = [extra({ a: [{ b: knot, c: 2 }, { d: 3 }] }), { type: 'text', text: '', extra: { f: 4 } }, 5]
    const [first] = messages
    expect(paths(checkMessages(messages))).toEqual(['messages[1].text', 'messages[2]', 'messages[0].extra.a[0].b.self'])
    expect(messages).toHaveLength(3)
    expect(messages[0]).toBe(first)
    expect(first).toHaveProperty(['extra', 'a', 0, 'b', 'self'], knot)
    expect(first).toHaveProperty(['extra', 'a', 1, 'd'], 3)
  })

  test('report only that part if it is the whole list, or the value is not a list', () => {
    const list: unknown[] = []
    list.push(list)
    expect(paths(checkMessages(list))).toEqual(['messages[0]'])
    expect(paths(checkMessages(1n))).toEqual(['messages'])
    expect(paths(checkMessages(5))).toEqual(['messages'])
  })
})
