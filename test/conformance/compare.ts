import type { Endpoint, Host } from 'line-oa'
import type * as z from 'zod/mini'
import type { OpenApiOperation, Parameter } from './openapi.js'
import { type Field, readOpenApiSchema, readSchema, type Shape } from './shape.js'

/** Receives one difference: a line with its place and both sides. */
export type Report = (difference: string) => void

type Part = 'input' | 'output'

/** The origin of each host, as LINE's files name it. */
const origins: { readonly [host in Host]: string } = {
  api: 'https://api.line.me',
  data: 'https://api-data.line.me',
  manager: 'https://manager.line.biz',
  access: 'https://access.line.me',
}

/** The schemas of one operation. */
export interface ContractPair {
  readonly input: () => z.core.$ZodType
  readonly output: () => z.core.$ZodType
}

interface Walk {
  readonly part: Part
  readonly report: Report
  /** Pairs that have been compared, so that recursive schemas terminate. */
  readonly seen: Map<object, Set<object>>
}

const limitWords: { readonly [limit: string]: string } = {
  minLength: 'shortest',
  maxLength: 'longest',
  minItems: 'fewest',
  maxItems: 'most',
  minimum: 'smallest',
  maximum: 'largest',
  pattern: 'pattern',
  format: 'format',
}

function compareLimits(here: Shape, there: Shape, at: string, { part, report }: Walk): void {
  for (const [limit, word] of Object.entries(limitWords)) {
    const [ours, theirs] = [here.limits[limit], there.limits[limit]]
    // Outputs have no limits of ours, so that LINE may raise its own.
    if (ours !== theirs && !(part === 'output' && ours === undefined))
      report(`${at}: ${word} ${ours ?? 'any'} here, ${theirs ?? 'any'} there`)
  }
}

function compareValues(here: Shape, there: Shape, at: string, { part, report }: Walk): void {
  const [ours, theirs] = [here.values ?? [], there.values ?? []]
  const missing = theirs.filter((value) => !ours.includes(value))
  const extra = ours.filter((value) => !theirs.includes(value))
  if (missing.length > 0) report(`${at}: not here: ${missing.join(', ')}`)
  if (extra.length > 0) report(`${at}: only here: ${extra.join(', ')}`)
  // An output may hold a value that LINE has added since.
  if (part === 'output' && ours.length > 0 && !here.open) report(`${at}: no other values here`)
}

function compareFields(here: Shape, there: Shape, at: string, walk: Walk, tag?: string): void {
  for (const key of new Set([...here.fields.keys(), ...there.fields.keys()])) {
    if (key === tag) continue
    const [ours, theirs] = [here.fields.get(key), there.fields.get(key)]
    const place = `${at}.${key}`
    if (!ours) walk.report(`${place}: not here`)
    else if (!theirs) walk.report(`${place}: only here`)
    else {
      if (ours.needed !== theirs.needed)
        walk.report(`${place}: ${ours.needed ? 'needed here, optional there' : 'optional here, needed there'}`)
      compareShapes(ours.shape(), theirs.shape(), place, walk)
    }
  }
}

// One object of ours may stand for a union of theirs as long as only one option is implemented.
function asTagged(shape: Shape, tag: string): NonNullable<Shape['tagged']>['options'] {
  if (shape.tagged?.tag === tag) return shape.tagged.options
  const value = shape.fields.get(tag)?.shape().values?.[0]
  return new Map(value === undefined ? [] : [[value, () => shape]])
}

function compareTagged(here: Shape, { tag, options }: NonNullable<Shape['tagged']>, at: string, walk: Walk): void {
  const ours = asTagged(here, tag)
  for (const value of new Set([...ours.keys(), ...options.keys()])) {
    const [our, their] = [ours.get(value), options.get(value)]
    const place = `${at} of ${tag} ${value}`
    if (!our) walk.report(`${place}: not here`)
    else if (!their) walk.report(`${place}: only here`)
    else compareShapes(our(), their(), place, walk, tag)
  }
}

const members = (shape: Shape) => [...shape.fields.keys()].sort().join(', ')

function compareOptions(here: Shape, there: Shape, at: string, walk: Walk): void {
  const theirs = there.options.map((make) => make())
  const ours = here.options.map((make) => make())
  for (const option of theirs) {
    const same = ours.find((one) => members(one) === members(option))
    if (same) compareShapes(same, option, at, walk)
    else walk.report(`${at} with ${members(option)}: not here`)
  }
  for (const option of ours) {
    if (!theirs.some((one) => members(one) === members(option))) walk.report(`${at} with ${members(option)}: only here`)
  }
}

function compareShapes(here: Shape, there: Shape, from: string, walk: Walk, tag?: string): void {
  const at = there.name ?? from
  const before = walk.seen.get(here.node) ?? new Set()
  if (before.has(there.node)) return
  walk.seen.set(here.node, before.add(there.node))
  if (here.nullable !== there.nullable)
    walk.report(`${at}: ${here.nullable ? 'may be null here, not there' : 'may be null there, not here'}`)
  if (there.tagged) compareTagged(here, there.tagged, at, walk)
  else if (here.kind !== there.kind) walk.report(`${at}: ${here.kind} here, ${there.kind} there`)
  else {
    compareValues(here, there, at, walk)
    compareLimits(here, there, at, walk)
    compareFields(here, there, at, walk, tag)
    compareOptions(here, there, at, walk)
    const [ours, theirs] = [here.entries?.(), there.entries?.()]
    if (ours && theirs) compareShapes(ours, theirs, `${at}[]`, walk)
  }
}

function encodingOf(record: Endpoint): string {
  const { body = record.method === 'POST' || record.method === 'PUT' ? 'json' : 'none' } = record
  return typeof body === 'object' ? 'raw' : body
}

function encodingThere(operation: OpenApiOperation): string {
  if (!operation.body) return 'none'
  if (operation.body.mediaType === 'application/json') return 'json'
  if (operation.body.mediaType === 'multipart/form-data') return 'multipart'
  return operation.body.mediaType === 'application/x-www-form-urlencoded' ? 'form' : 'raw'
}

const queryKinds: { readonly [kind in Shape['kind']]?: string } = {
  string: 'string',
  integer: 'number',
  number: 'number',
  boolean: 'boolean',
  list: 'string[]',
}

function compareTravel(id: string, record: Endpoint, operation: OpenApiOperation, report: Report): void {
  const compare = (what: string, here: unknown, there: unknown) => {
    if (here !== there) report(`${id}: ${what} ${here} here, ${there} there`)
  }
  const host: Host = record.host ?? 'api'
  compare('method', record.method, operation.method)
  compare('origin', origins[host], operation.server)
  compare('path', record.path, operation.path)
  compare('body', encodingOf(record), encodingThere(operation))
  compare(
    'token',
    (record.auth ?? 'channel') !== 'none',
    operation.security.some((scheme) => 'Bearer' in scheme),
  )
  compare(
    'retry key',
    record.repeat === 'keyed',
    operation.parameters.some((one) => one.name === 'X-Line-Retry-Key'),
  )
  compare(
    'file',
    record.response === 'binary',
    operation.answer !== undefined && operation.answer.mediaType !== 'application/json',
  )
  compare('page', `https://developers.line.biz/en/reference/${record.docs}`, operation.page)
  const queries = operation.parameters.filter((one) => one.in === 'query')
  for (const name of new Set([...Object.keys(record.query ?? {}), ...queries.map((one) => one.name)])) {
    const parameter = queries.find((one) => one.name === name)
    compare(
      `query ${name}`,
      record.query?.[name],
      parameter && queryKinds[readOpenApiSchema(operation.document, parameter.schema).kind],
    )
  }
}

// An input is flat: values of path, query and header are beside the members of the body, and a file is one of them.
function inputThere(id: string, record: Endpoint, operation: OpenApiOperation): Shape {
  const { document, body } = operation
  const raw = typeof record.body === 'object' ? record.body.raw : undefined
  const schema = body && raw === undefined ? body.schema : { type: 'object' }
  const shape = readOpenApiSchema(document, schema, `${id} input`)
  const headers = Object.entries(record.headers ?? {})
  const flat = (one: Parameter): (readonly [string, Field])[] => {
    const name = one.in === 'header' ? headers.find(([, header]) => header === one.name.toLowerCase())?.[0] : one.name
    return name === undefined
      ? []
      : [[name, { needed: one.required, shape: () => readOpenApiSchema(document, one.schema) }]]
  }
  const fields = operation.parameters.flatMap(flat)
  // No schema of ours describes the content of a file.
  if (body && raw !== undefined) fields.push([raw, { needed: true, shape: () => readOpenApiSchema(document, {}) }])
  return fields.length > 0 ? { ...shape, fields: new Map([...shape.fields, ...fields]) } : shape
}

/** Compares a record and its contract with the operation of the same name in LINE's files. */
export function compareOperation(
  id: string,
  record: Endpoint,
  contract: ContractPair,
  operation: OpenApiOperation,
  report: Report,
): void {
  compareTravel(id, record, operation, report)
  compareShapes(readSchema(contract.input()), inputThere(id, record, operation), id, {
    part: 'input',
    report,
    seen: new Map(),
  })
  if (record.response === 'binary') return
  const { document, answer = { schema: { type: 'object' } } } = operation
  const there = readOpenApiSchema(document, answer.schema, `${id} output`)
  compareShapes(readSchema(contract.output()), there, id, { part: 'output', report, seen: new Map() })
}
