import { describe, expect, test } from 'vitest'
import { listUnsendable, without } from '../../src/core/schema/unserializable.js'

const found = (value: unknown) => listUnsendable(value).map(({ path, found }) => [path.join('.'), found])

describe('what JSON cannot carry', () => {
  test('is listed with its place', () => {
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
    expect(found(value)).toEqual([
      ['a.0', 'a BigInt'],
      ['a.1', 'undefined'],
      ['a.2.b', 'a function'],
      ['c', 'a symbol'],
      ['d', 'a Date'],
      ['e', 'NaN'],
    ])
  })

  test.each([undefined, null, 5, 'x', true, {}, [], { a: [{ b: [] }] }])('%j has nothing of it', (value) => {
    expect(listUnsendable(value)).toEqual([])
  })

  test('is also what writes itself, wherever its toJSON stands', () => {
    expect(found([new URL('https://example.com/'), { toJSON: () => 5 }, { toJSON: 5 }])).toEqual([
      ['0', 'an object with toJSON'],
      ['1', 'an object with toJSON'],
    ])
  })

  test('is not what stands in two places, but what stands inside of itself', () => {
    const shared = { a: 1 }
    expect(found([shared, shared, { shared }])).toEqual([])
    const knot: { [key: string]: unknown } = {}
    knot['inner'] = { knot }
    expect(listUnsendable({ knot })).toMatchObject([{ path: ['knot', 'inner', 'knot'], closed: true }])
  })

  test('is looked for no deeper than 500 levels, and told once for each beginning', () => {
    const nest = (levels: number): object => (levels === 0 ? {} : { a: nest(levels - 1), b: {} })
    expect(found(nest(499))).toEqual([])
    expect(found({ one: nest(600), two: { three: nest(600), four: 1n } })).toEqual([
      ['one.a', 'nested too deeply'],
      ['two.three', 'nested too deeply'],
      ['two.four', 'a BigInt'],
    ])
  })

  test('inherited fields are not looked at, as JSON does not', () => {
    expect(found(Object.create({ a: 1n }))).toEqual([])
  })
})

describe('without', () => {
  test('copies the way to a place, and nothing else', () => {
    const value = { a: [{ b: 1, c: 2 }, { d: 3 }], e: { f: 4 } }
    const before = structuredClone(value)
    const copy = without(value, ['a', 0, 'b'])
    expect(copy).toEqual({ a: [{ b: undefined, c: 2 }, { d: 3 }], e: { f: 4 } })
    expect(value).toEqual(before)
    expect(copy).toHaveProperty('e', value.e)
    expect(Reflect.get(Object(copy), 'e')).toBe(value.e)
  })

  test('of a place that is not there, or of all, has nothing there', () => {
    expect(without({ a: 1 }, [])).toBeUndefined()
    expect(without({ a: 1 }, ['a', 'b'])).toEqual({ a: undefined })
    expect(without(5, ['a'])).toBeUndefined()
  })
})
