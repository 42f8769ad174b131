import type { ListOperation, Operation } from 'line-oa'
import { expectTypeOf, test } from 'vitest'
import * as z from 'zod/mini'
// The schema kit is not public. What it refuses to compile can only be shown on itself.
import { type Contracts, type Schema, schema } from '../../src/core/schema/schema.js'

// What the compiler must refuse, so that a mistake in a new topic does not go unnoticed.
interface Input {
  id: string
  start?: string | undefined
  limit?: number | undefined
  tags?: readonly string[] | undefined
}
interface Output {
  items: { name: string }[]
  next?: string | undefined
  more?: boolean | undefined
}

const base = { method: 'GET', path: '/x/{id}', repeat: 'safe', docs: 'x' } as const

test('a correct record compiles', () => {
  const good: ListOperation<Input, Output, { name: string }> = {
    ...base,
    query: { start: 'string', limit: 'number', tags: 'string[]' },
    page: { items: 'items', cursor: 'start', next: 'next' },
  }
  const numbered: ListOperation<Input, Output, { name: string }> = {
    ...base,
    page: { items: 'items', cursor: 'limit', more: 'more' },
  }
  expectTypeOf(good).toExtend<Operation<Input, Output>>()
  void numbered
})

test('a query parameter must be in the input, and of its kind', () => {
  // @ts-expect-error -- no such input
  const unknown: Operation<Input, Output> = { ...base, query: { page: 'number' } }
  // @ts-expect-error -- limit is a number
  const kind: Operation<Input, Output> = { ...base, query: { limit: 'string' } }
  // @ts-expect-error -- tags is a list
  const list: Operation<Input, Output> = { ...base, query: { tags: 'string' } }
  void [unknown, kind, list]
})

test('a page must name suitable members of input and output', () => {
  type Listing = ListOperation<Input, Output, { name: string }>
  // @ts-expect-error -- no such cursor
  const cursor: Listing = { ...base, page: { items: 'items', cursor: 'from', next: 'next' } }
  // @ts-expect-error -- a cursor is text
  const number: Listing = { ...base, page: { items: 'items', cursor: 'limit', next: 'next' } }
  // @ts-expect-error -- no such member of the output
  const next: Listing = { ...base, page: { items: 'items', cursor: 'start', next: 'cursor' } }
  // @ts-expect-error -- no list
  const items: Listing = { ...base, page: { items: 'next', cursor: 'start', next: 'next' } }
  const other: ListOperation<Input, Output, string> = {
    ...base,
    // @ts-expect-error -- a list of other items
    page: { items: 'items', cursor: 'start', next: 'next' },
  }
  // @ts-expect-error -- a list has a page
  const none: Listing = base
  void [cursor, number, next, items, other, none]
})

test('a record takes only its members and their values', () => {
  // @ts-expect-error -- no such member
  const member: Operation<Input, Output> = { ...base, retries: 3 }
  // @ts-expect-error -- no such value
  const repeat: Operation<Input, Output> = { ...base, repeat: 'always' }
  // @ts-expect-error -- a rate has a unit
  const rate: Operation<Input, Output> = { ...base, rate: '2000' }
  // @ts-expect-error -- the body is no member of the input
  const body: Operation<Input, Output> = { ...base, body: { raw: 'file' } }
  void [member, repeat, rate, body]
})

/** A set of strings that LINE may extend. */
const openSet = <const Known extends string>(...known: readonly Known[]) => {
  const values: unknown = z.union([z.enum(known), z.string()])
  return values as z.ZodMiniType<Known | (string & {})> // the same set of values
}

interface Thing {
  id: string
  size?: number | undefined
  state: 'on' | 'off' | (string & {})
}
const thing = { id: z.string(), size: z.optional(z.number()), state: openSet('on', 'off') }

test('a schema must agree with its interface in every key', () => {
  const good: Schema<Thing> = schema(() => z.object(thing))
  // @ts-expect-error -- a key is missing
  const missing: Schema<Thing> = schema(() => z.object({ id: thing.id, state: thing.state }))
  // @ts-expect-error -- a key too many
  const extra: Schema<Thing> = schema(() => z.object({ ...thing, more: z.string() }))
  // @ts-expect-error -- a key that may not be left out
  const needed: Schema<Thing> = schema(() => z.object({ ...thing, size: z.number() }))
  // @ts-expect-error -- another type
  const type: Schema<Thing> = schema(() => z.object({ ...thing, id: z.number() }))
  // @ts-expect-error -- another set of values
  const values: Schema<Thing> = schema(() => z.object({ ...thing, state: openSet('on') }))
  // @ts-expect-error -- anything goes
  const anything: Schema<Thing> = schema(() => z.any())
  void [good, missing, extra, needed, type, values, anything]
})

interface Records {
  getThing: Operation<Input, Thing>
  listThings: Operation<Record<string, never>, Output>
}
declare const InputSchema: Schema<Input>
declare const ThingSchema: Schema<Thing>
declare const OutputSchema: Schema<Output>
declare const NothingSchema: Schema<Record<string, never>>
declare const WiderSchema: Schema<Omit<Thing, 'size'>>
declare const NarrowerSchema: Schema<Thing & { more: string }>

test('a table of contracts covers its records exactly', () => {
  const getThing = () => ({ input: InputSchema, output: ThingSchema })
  const listThings = () => ({ input: NothingSchema, output: OutputSchema })
  const good = (): Contracts<Records> => ({ getThing: getThing(), listThings: listThings() })
  // @ts-expect-error -- a record without a contract
  const missing = (): Contracts<Records> => ({ getThing: getThing() })
  // @ts-expect-error -- a contract without a record
  const extra = (): Contracts<Records> => ({ getThing: getThing(), listThings: listThings(), more: listThings() })
  // @ts-expect-error -- the contracts of each other
  const swapped = (): Contracts<Records> => ({ getThing: listThings(), listThings: getThing() })
  const wider = (): Contracts<Records> => ({
    // @ts-expect-error -- a schema that takes more values
    getThing: { input: InputSchema, output: WiderSchema },
    listThings: listThings(),
  })
  const narrower = (): Contracts<Records> => ({
    // @ts-expect-error -- a schema that takes fewer values
    getThing: { input: InputSchema, output: NarrowerSchema },
    listThings: listThings(),
  })
  void [good, missing, extra, swapped, wider, narrower]
})
