import type { Endpoint } from 'line-oa'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import * as z from 'zod/mini'
import { compareOperation } from './compare.js'
import { isNode, listOperations } from './openapi.js'

const document: unknown = parse(`
servers: [{ url: 'https://api.line.me/' }]
security: [{ Bearer: [] }]
paths:
  /v2/things/{id}:
    post:
      operationId: sendThing
      externalDocs: { url: 'https://developers.line.biz/en/reference/messaging-api/#send-thing' }
      parameters:
        - { name: id, in: path, required: true, schema: { type: string } }
        - { name: dry, in: query, required: false, schema: { type: boolean } }
        - { name: X-Line-Retry-Key, in: header, required: false, schema: { type: string } }
      requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/Request' } } } }
      responses:
        '400': { description: bad }
        '202': { content: { application/json: { schema: { $ref: '#/components/schemas/Answer' } } } }
components:
  schemas:
    Request:
      type: object
      required: [parts]
      properties:
        note: { type: string, maxLength: 10 }
        parts: { type: array, minItems: 1, maxItems: 5, items: { $ref: '#/components/schemas/Part' } }
    Part:
      type: object
      properties: { type: { type: string } }
      discriminator: { propertyName: type, mapping: { a: '#/components/schemas/PartA', group: '#/components/schemas/Group' } }
    PartA:
      required: [size]
      allOf: [{ $ref: '#/components/schemas/Part' }, { type: object, properties: { size: { type: string, enum: [s, l] } } }]
    Group:
      allOf: [{ $ref: '#/components/schemas/Part' }, { properties: { inner: { type: array, items: { $ref: '#/components/schemas/Part' } } } }]
    Answer:
      type: object
      required: [state]
      properties:
        state: { type: string, enum: [done, waiting] }
        count: { type: integer, nullable: true, maximum: 3 }
`)
/** A set of strings that LINE may extend. */
const openSet = (...known: readonly string[]) => z.union([z.enum(known), z.string()])
const list = (entry: z.core.$ZodType, minimum: number, maximum: number) =>
  z.array(entry).check(z.minLength(minimum), z.maxLength(maximum))

const [operation] = isNode(document) ? listOperations(document) : []

const record: Endpoint = {
  method: 'POST',
  path: '/v2/things/{id}',
  query: { dry: 'boolean' },
  repeat: 'keyed',
  docs: 'messaging-api/#send-thing',
}

const partA = z.object({ type: z.literal('a'), size: z.enum(['s', 'l']) })
const part: z.core.$ZodType = z.union([
  partA,
  z.object({ type: z.literal('group'), inner: z.optional(z.array(z.lazy(() => part))) }),
])
const parts = () => list(part, 1, 5)
const note = () => z.optional(z.string().check(z.maxLength(10)))
const fields = () => ({ id: z.string(), dry: z.optional(z.boolean()), note: note(), parts: parts() })
const answer = () => ({ state: openSet('done', 'waiting'), count: z.optional(z.nullable(z.int())) })

function differences(change: {
  record?: Partial<Endpoint>
  input?: z.core.$ZodShape
  output?: z.core.$ZodShape
}): readonly string[] {
  const found: string[] = []
  if (!operation) throw new Error('no operation was read')
  const contract = {
    input: () => z.object({ ...fields(), ...change.input }),
    output: () => z.object({ ...answer(), ...change.output }),
  }
  compareOperation('sendThing', { ...record, ...change.record }, contract, operation, (difference) =>
    found.push(difference),
  )
  return found
}

test('reports no difference between a record and contract and the same operation', () => {
  expect(differences({})).toEqual([])
})

test.each<[string, Partial<Endpoint>, readonly string[]]>([
  ['another method', { method: 'PUT' }, ['sendThing: method PUT here, POST there']],
  ['another host', { host: 'data' }, ['sendThing: origin https://api-data.line.me here, https://api.line.me there']],
  ['another path', { path: '/v2/things' }, ['sendThing: path /v2/things here, /v2/things/{id} there']],
  ['another encoding', { body: 'form' }, ['sendThing: body form here, json there']],
  ['no token', { auth: 'none' }, ['sendThing: token false here, true there']],
  ['no retry key', { repeat: 'never' }, ['sendThing: retry key false here, true there']],
  ['a file', { response: 'binary' }, ['sendThing: file true here, false there']],
  ['another page', { docs: 'messaging-api/#x' }, [expect.stringContaining('sendThing: page ')]],
  ['another query kind', { query: { dry: 'string' } }, ['sendThing: query dry string here, boolean there']],
  [
    'an extra query parameter',
    { query: { dry: 'boolean', x: 'string' } },
    ['sendThing: query x string here, undefined there'],
  ],
])('reports %s in the record', (_, change, expected) => {
  expect(differences({ record: change })).toEqual(expected)
})

test.each<[string, z.core.$ZodShape, readonly string[]]>([
  ['an extra member', { more: z.string() }, ['Request.more: only here']],
  [
    'a member of another kind',
    { note: z.optional(z.number()) },
    expect.arrayContaining(['Request.note: number here, string there']),
  ],
  ['a required member', { note: z.string().check(z.maxLength(10)) }, ['Request.note: needed here, optional there']],
  ['an optional path value', { id: z.optional(z.string()) }, ['Request.id: optional here, needed there']],
  [
    'another limit',
    { note: z.optional(z.string().check(z.maxLength(11))) },
    ['Request.note: longest 11 here, 10 there'],
  ],
  ['no limit', { note: z.optional(z.string()) }, ['Request.note: longest any here, 10 there']],
  ['another list size', { parts: list(part, 1, 6) }, ['Request.parts: most 6 here, 5 there']],
  [
    'null allowed',
    { note: z.optional(z.nullable(z.string().check(z.maxLength(10)))) },
    ['Request.note: may be null here, not there'],
  ],
  ['a missing option', { parts: list(partA, 1, 5) }, ['Part of type group: not here']],
  [
    'other values, in an option of a union',
    {
      parts: list(
        z.union([z.object({ type: z.literal('a'), size: z.enum(['s', 'm']) }), z.object({ type: z.literal('group') })]),
        1,
        5,
      ),
    },
    ['PartA.size: not here: l', 'PartA.size: only here: m', 'Group.inner: not here'],
  ],
])('reports %s in the input', (_, change, expected) => {
  expect(differences({ input: change })).toEqual(expected)
})

test('reports a missing member of the input', () => {
  const found: string[] = []
  const { note: _, ...rest } = fields()
  const contract = { input: () => z.object(rest), output: () => z.object(answer()) }
  if (operation) compareOperation('sendThing', record, contract, operation, (difference) => found.push(difference))
  expect(found).toEqual(['Request.note: not here'])
})

test.each<[string, z.core.$ZodShape, readonly string[]]>([
  ['a closed set', { state: z.enum(['done', 'waiting']) }, ['Answer.state: no other values here']],
  ['a set without a value', { state: openSet('done') }, ['Answer.state: not here: waiting']],
  ['null refused', { count: z.optional(z.int()) }, ['Answer.count: may be null there, not here']],
  [
    'an additional limit',
    { count: z.optional(z.nullable(z.int().check(z.maximum(9)))) },
    ['Answer.count: largest 9 here, 3 there'],
  ],
])('reports %s in the output', (_, change, expected) => {
  expect(differences({ output: change })).toEqual(expected)
})

test('compares several members of a union under one tag with the one object of the files', () => {
  const found: string[] = []
  const operators: unknown = parse(`
servers: [{ url: 'https://api.line.me' }]
paths:
  /x:
    put:
      operationId: x
      requestBody: { content: { application/json: { schema: { type: object, properties: { rule: { $ref: '#/components/schemas/Rule' } } } } } }
      responses: { '200': { description: OK } }
components:
  schemas:
    Rule: { discriminator: { propertyName: type, mapping: { one: '#/components/schemas/One', operator: '#/components/schemas/Operator' } } }
    One: { type: object, properties: { n: { type: integer } } }
    Operator: { type: object, properties: { and: { type: string }, or: { type: string } } }
`)
  const [x] = isNode(operators) ? listOperations(operators) : []
  const absent = () => z.optional(z.undefined())
  const rule = z.union([
    z.object({ type: z.literal('one'), n: z.optional(z.int()) }),
    z.object({ type: z.literal('operator'), and: z.string(), or: absent() }),
    z.object({ type: z.literal('operator'), or: z.string(), and: absent() }),
  ])
  const contract = { input: () => z.object({ rule: z.optional(rule) }), output: () => z.object({}) }
  const put: Endpoint = { method: 'PUT', path: '/x', repeat: 'safe', auth: 'none', docs: '' }
  if (x) compareOperation('x', put, contract, x, (difference) => found.push(difference))
  expect(found).toEqual(['x: page https://developers.line.biz/en/reference/ here, undefined there'])
})
