import * as z from 'zod/mini'
import { below, isNode, listBelow, type Node } from './openapi.js'

/** What a schema requires of a value, in one form for the schemas of zod and of OpenAPI. */
export interface Shape {
  /** The schema that it was read from. */
  readonly node: Node
  /** The component's name, for a named schema of OpenAPI. */
  readonly name?: string | undefined
  /** `none` takes no value, `any` every value. */
  readonly kind: 'string' | 'integer' | 'number' | 'boolean' | 'object' | 'list' | 'null' | 'union' | 'any' | 'none'
  readonly nullable: boolean
  /** The values that are listed. */
  readonly values?: readonly string[] | undefined
  /** Whether values that are not listed pass too. */
  readonly open: boolean
  readonly limits: { readonly [limit: string]: string | number }
  /** The entries of a list, or of an object with arbitrary names. */
  readonly entries?: (() => Shape) | undefined
  readonly fields: ReadonlyMap<string, Field>
  /** The options of a union, by the value of the member that distinguishes them. */
  readonly tagged?: { readonly tag: string; readonly options: ReadonlyMap<string, () => Shape> } | undefined
  /** The options of a union without such a member. */
  readonly options: readonly (() => Shape)[]
}

/** A member of an object. */
export interface Field {
  readonly needed: boolean
  readonly shape: () => Shape
}

const limitNames = ['minLength', 'maxLength', 'minItems', 'maxItems', 'minimum', 'maximum', 'pattern', 'format']
// The width of a number in other languages is no limit, and neither is the safe range of zod's integers.
const noLimit: { readonly [limit: string]: readonly unknown[] } = {
  minLength: [0],
  minItems: [0],
  minimum: [Number.MIN_SAFE_INTEGER],
  maximum: [Number.MAX_SAFE_INTEGER],
  format: ['int32', 'int64', 'float', 'double', 'date-time', 'binary'],
}

function readLimits(node: Node): { readonly [limit: string]: string | number } {
  const limits: { [limit: string]: string | number } = {}
  for (const name of limitNames) {
    const value = node[name]
    if ((typeof value === 'string' || typeof value === 'number') && !noLimit[name]?.includes(value))
      limits[name] = value
  }
  return limits
}

function texts(value: unknown): readonly string[] | undefined {
  return Array.isArray(value) ? value.filter((one) => one !== null).map(String) : undefined
}

const kinds: { readonly [type: string]: Shape['kind'] } = {
  string: 'string',
  integer: 'integer',
  number: 'number',
  boolean: 'boolean',
  object: 'object',
  array: 'list',
  null: 'null',
}

const bare = (node: Node, kind: Shape['kind']): Shape => ({
  node,
  kind,
  nullable: false,
  open: false,
  limits: {},
  fields: new Map(),
  options: [],
})

function refer(root: Node, reference: unknown): { name: string; node: Node } {
  const keys = String(reference).split('/').slice(1)
  return { name: keys.at(-1) ?? '', node: below(root, ...keys) }
}

/** Reads a schema of an OpenAPI document. */
export function readOpenApiSchema(root: Node, node: Node, name?: string): Shape {
  if ('$ref' in node) {
    const target = refer(root, node['$ref'])
    return readOpenApiSchema(root, target.node, target.name)
  }
  const mapping = below(node, 'discriminator', 'mapping')
  const tag = below(node, 'discriminator')['propertyName']
  if (typeof tag === 'string') {
    const options = Object.entries(mapping).map(([value, reference]): [string, () => Shape] => [
      value,
      () => {
        const target = refer(root, reference)
        return readObject(root, target.node, target.name)
      },
    ])
    return { ...bare(node, 'union'), name, tagged: { tag, options: new Map(options) } }
  }
  const options = [...listBelow(node, 'oneOf'), ...listBelow(node, 'anyOf')]
  if (options.length > 0)
    return { ...bare(node, 'union'), name, options: options.map((option) => () => readOpenApiSchema(root, option)) }
  if (listBelow(node, 'allOf').length > 0 || 'properties' in node || node['type'] === 'object')
    return readObject(root, node, name)
  const items = node['items']
  return {
    ...bare(node, kinds[String(node['type'])] ?? 'any'),
    name,
    nullable: node['nullable'] === true,
    values: texts(node['enum']),
    limits: readLimits(node),
    entries: isNode(items) ? () => readOpenApiSchema(root, items) : undefined,
  }
}

// An object with what it inherits by allOf. A discriminator of the parent only repeats what this object is.
function readObject(root: Node, node: Node, name?: string): Shape {
  const parts: Node[] = []
  const collect = (part: Node): void => {
    const own = '$ref' in part ? refer(root, part['$ref']).node : part
    for (const inherited of listBelow(own, 'allOf')) collect(inherited)
    parts.push(own)
  }
  collect(node)
  const needed = new Set(parts.flatMap((part) => texts(part['required']) ?? []))
  const fields = new Map<string, Field>()
  for (const part of parts) {
    for (const [key, field] of Object.entries(below(part, 'properties'))) {
      if (isNode(field)) fields.set(key, { needed: needed.has(key), shape: () => readOpenApiSchema(root, field) })
    }
  }
  const others = node['additionalProperties']
  return {
    ...bare(node, 'object'),
    name,
    nullable: node['nullable'] === true,
    entries: isNode(others) ? () => readOpenApiSchema(root, others) : undefined,
    fields,
  }
}

/** Reads a schema of the SDK. */
export function readSchema(schema: z.core.$ZodType): Shape {
  const root: unknown = z.toJSONSchema(schema, {
    io: 'input',
    unrepresentable: 'any',
    override: ({ zodSchema, jsonSchema }) => {
      if (zodSchema._zod.def.type === 'undefined') jsonSchema.not = {}
    },
  })
  if (!isNode(root)) throw new Error('zod made no JSON schema')
  return readJsonSchema(root, root)
}

function readJsonSchema(root: Node, node: Node): Shape {
  const reference = node['$ref']
  if (reference === '#') return readJsonSchema(root, without(root, '$ref'))
  if (typeof reference === 'string') return readJsonSchema(root, refer(root, reference).node)
  if (isNode(node['not'])) return bare(node, 'none')
  const merged = listBelow(node, 'allOf')
  if (merged.length > 0) {
    return readJsonSchema(
      root,
      Object.fromEntries([without(node, 'allOf'), ...merged].flatMap((part) => Object.entries(part))),
    )
  }
  const options = [...listBelow(node, 'anyOf'), ...listBelow(node, 'oneOf')]
  if (options.length > 0) return readUnion(root, node, options)
  const items = node['items'] ?? node['additionalProperties']
  const needed = texts(node['required']) ?? []
  const fields = Object.entries(below(node, 'properties')).flatMap(([key, field]): [string, Field][] =>
    isNode(field) ? [[key, { needed: needed.includes(key), shape: () => readJsonSchema(root, field) }]] : [],
  )
  const types = [node['type']].flat().map(String)
  return {
    ...bare(node, kinds[types.find((type) => type !== 'null') ?? 'null'] ?? 'any'),
    nullable: types.length > 1 && types.includes('null'),
    values: 'const' in node ? [String(node['const'])] : texts(node['enum']),
    limits: readLimits(node),
    entries: isNode(items) ? () => readJsonSchema(root, items) : undefined,
    fields: new Map(fields),
  }
}

const without = (node: Node, key: string): Node =>
  Object.fromEntries(Object.entries(node).filter(([name]) => name !== key))

function readUnion(root: Node, node: Node, nodes: readonly Node[]): Shape {
  const all = nodes
    .map((option) => readJsonSchema(root, option))
    .flatMap((option) => (option.kind === 'union' && !option.tagged ? option.options.map((make) => make()) : [option]))
  const options = all.filter((option) => option.kind !== 'null')
  const nullable = options.length < all.length
  const [first] = options
  if (first && options.length === 1) return { ...first, nullable }
  if (first && options.every((option) => option.kind === 'string')) {
    const values = options.flatMap((option) => option.values ?? [])
    return { ...first, node, nullable, values, open: options.some((option) => !option.values), limits: {} }
  }
  const tag = tagOf(options)
  if (tag === undefined) return { ...bare(node, 'union'), nullable, options: options.map((option) => () => option) }
  const tagValue = (option: Shape) => option.fields.get(tag)?.shape().values?.[0] ?? ''
  const tagged = new Map(
    options.map(tagValue).map((value) => [value, () => joinObjects(options.filter((one) => tagValue(one) === value))]),
  )
  return {
    ...bare(node, 'union'),
    nullable,
    tagged: { tag, options: tagged },
  }
}

// The member that has one value in every option, but not the same value in all.
function tagOf(options: readonly Shape[]): string | undefined {
  return [...(options[0]?.fields.keys() ?? [])].find((key) => {
    const values = options.map((option) => option.fields.get(key)?.shape().values ?? [])
    return values.every((one) => one.length === 1) && new Set(values.flat()).size > 1
  })
}

// Options under one tag differ in their members; OpenAPI's files write them as one object.
function joinObjects(objects: readonly Shape[]): Shape {
  const [first] = objects
  if (first && objects.length === 1) return first
  const fields = new Map<string, Field>()
  for (const object of objects) {
    for (const [key, field] of object.fields) {
      if (field.shape().kind !== 'none')
        fields.set(key, { ...field, needed: objects.every((one) => one.fields.get(key)?.needed) })
    }
  }
  return { ...bare(first?.node ?? {}, 'object'), fields }
}
