import { describe, expect, test } from 'vitest'
import * as z from 'zod/mini'
import { closedObject } from '../../src/core/schema/closed-object.js'
import { listProblems } from '../../src/core/schema/problems.js'

const shape = () => ({
  kind: z.literal('a'),
  name: z.optional(z.string().check(z.minLength(2))),
  size: z.number(),
  inner: z.optional(closedObject({ deep: z.boolean() })),
})
const closed = closedObject(shape())
const open = z.object(shape())

const problemsOf = (schema: z.core.$ZodType, value: unknown) => {
  const { error } = z.safeParse(schema, value)
  return error ? listProblems(error.issues, value).map(({ message }) => message) : []
}

describe('a closed object', () => {
  test.each([
    { kind: 'a', size: 1 },
    { kind: 'a', size: 1, name: 'xx', inner: { deep: true } },
    { kind: 'a', size: 1, name: undefined, inner: undefined },
    Object.assign(Object.create(null), { kind: 'a', size: 1 }),
    {},
    { kind: 'b', size: 'x', name: 'x', inner: {} },
    { kind: 'a', size: 1, name: null },
    { kind: 'a', size: 1, inner: [] },
    undefined,
    null,
    5,
    'x',
    [],
    () => 0,
  ])('finds what an object of zod’s finds: %j', (value) => {
    expect([...problemsOf(closed, value)].sort()).toEqual([...problemsOf(open, value)].sort())
  })

  test('and fields that it has not', () => {
    expect(problemsOf(closed, { kind: 'a', size: 1, more: 1, inner: { deep: true, deeper: 'x' } })).toEqual([
      'more must be left out: LINE refuses a field that it does not know here, but is 1',
      'inner.deeper must be left out: LINE refuses a field that it does not know here, but is text of 1 UTF-16 unit',
    ])
    expect(problemsOf(closed, JSON.parse('{"kind":"a","size":1,"__proto__":{"size":"x"}}'))).toEqual([
      '__proto__ must be left out: LINE refuses a field that it does not know here, but is an object',
    ])
    expect(problemsOf(closed, { kind: 'a', size: 1, more: undefined })).toEqual([])
  })

  test('gives what it was given, not a copy', () => {
    const value = { kind: 'a' as const, size: 1 }
    expect(z.parse(closed, value)).toBe(value)
  })

  test('works as an option, with checks, and in a list', () => {
    const checked = closedObject({ type: z.literal('x'), n: z.number() }).check(
      z.refine(({ n }) => n > 0, { error: 'positive' }),
    )
    const either = z.array(z.discriminatedUnion('type', [checked, closedObject({ type: z.literal('y') })]))
    expect(problemsOf(either, [{ type: 'x', n: 1 }, { type: 'y' }])).toEqual([])
    expect(problemsOf(either, [{ type: 'x', n: 0 }, { type: 'z' }])).toEqual([
      '[0] must be positive, but is an object',
      "[1].type must be one of 'x', 'y', but is text of 1 UTF-16 unit",
    ])
  })

  test('reads as an object in JSON schema', () => {
    expect(z.toJSONSchema(closed)).toMatchObject({
      type: 'object',
      required: ['kind', 'size'],
      properties: { inner: { type: 'object' } },
    })
  })
})
