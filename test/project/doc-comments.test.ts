// A hover reads like documentation: every field of every public type says what it is, and promises the limits that its schema checks.
import { readdirSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, test } from 'vitest'
import * as z from 'zod/mini'
import { readPublicApi } from './public-api.js'

const api = readPublicApi()

describe('every field of a public type has a doc comment', () => {
  test.each([
    'line-oa',
    'line-oa/webhook',
    'line-oa/account',
    'line-oa/emulator',
    'line-oa/keys',
    'line-oa/testing',
    'line-oa/login',
  ])('%s', (entry) => {
    const fields = api.fieldsOf(entry)
    expect(fields.length).toBeGreaterThan(10)
    expect(fields.filter(({ comment }) => !comment).map(({ file, name }) => `${file} ${name}`)).toEqual([])
  })
})

/** Comments with a range that no schema of their own type holds, each with the reason. */
const elsewhere: { readonly [field: string]: string } = {
  'messaging/coupon/types.ts CreateLotteryAcquisition.maxAcquireCount: 1 to 999999':
    'a rule of the schema, because -1 is allowed too',
  'login/account-link.ts AccountLinkUrlInput.nonce: 10 to 255': 'accountLinkUrl checks it; it is not sent to an API',
  'messaging/rich-menu/deploy.ts RichMenuDeployment.alias: 1 to 32': 'the schema of CreateRichMenuAliasInput checks it',
  'messaging/rich-menu/types.ts SetRichMenuImageInput.image: 800 to 2500':
    'richMenuImage checks it; a schema cannot read an image',
  'messaging/send-to-many/types.ts SendToManyOptions.customAggregationUnits: 1 to 30':
    'the schema of MulticastInput checks it',
  'messaging/send-to-many/types.ts SendToManyOptions.dedupe: 18 to 22': 'megabytes of memory, not a limit',
  'messaging/template/types.ts TemplateCard.title: 1 to 40':
    'the schemas of ButtonsTemplate and CarouselColumn check it, which extend TemplateCard',
}

type Schema = z.core.$ZodType

interface Range {
  readonly minimum: number
  readonly maximum: number
}

const schemas = new Map<string, Schema>()
for (const file of readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((name) =>
  /schemas?\.ts$/.test(name),
)) {
  const module = (await import(pathToFileURL(resolve('src', file)).href)) as { readonly [name: string]: unknown }
  for (const [name, make] of Object.entries(module))
    if (typeof make === 'function' && /^[A-Z]/.test(name))
      schemas.set(`${dirname(file).replaceAll('\\', '/')} ${name}`, make() as Schema) // a Schema<T> is called to be built
}

/** The schemas of a field, in every alternative of a union that has it. */
function fieldSchemas(schema: Schema, name: string): readonly Schema[] {
  const definition = schema._zod.def as z.core.$ZodTypeDef & {
    shape?: { [name: string]: Schema }
    options?: Schema[]
    innerType?: Schema
    getter?: () => Schema
  } // the definitions of objects, unions, optional and lazy schemas
  if (definition.shape) return definition.shape[name] ? [definition.shape[name]] : []
  if (definition.options) return definition.options.flatMap((option) => fieldSchemas(option, name))
  if (definition.getter) return fieldSchemas(definition.getter(), name)
  return definition.innerType ? fieldSchemas(definition.innerType, name) : []
}

/** A schema as JSON Schema, in which every version of zod names the bounds the same way. */
interface Json {
  readonly [keyword: string]: unknown
}

/** The ranges that a schema checks: numbers, lengths, list sizes, and the repetitions of a pattern. */
function rangesIn(json: Json, depth: number): readonly Range[] {
  const own = [
    ['minimum', 'maximum'],
    ['minLength', 'maxLength'],
    ['minItems', 'maxItems'],
  ].flatMap(([least = '', most = '']) => {
    const [minimum, maximum] = [json[least], json[most]]
    return typeof minimum === 'number' && typeof maximum === 'number' ? [{ minimum, maximum }] : []
  })
  const repeated = [...String(json['pattern'] ?? '').matchAll(/\{(\d+),(\d+)\}/g)].map(([, least, most]) => ({
    minimum: Number(least),
    maximum: Number(most),
  }))
  // A comment on a list may give the range of its entries' text.
  const inner = ['anyOf', 'oneOf', 'allOf', 'items', 'properties'].flatMap((keyword) => {
    const part = json[keyword]
    return typeof part === 'object' && part !== null ? Object.values(keyword === 'items' ? [part] : part) : []
  })
  return [...own, ...repeated, ...(depth > 0 ? inner.flatMap((part) => rangesIn(part as Json, depth - 1)) : [])]
}

const rangesOf = (schema: Schema): readonly Range[] =>
  rangesIn(z.toJSONSchema(schema, { unrepresentable: 'any' }) as Json, 4)

const number = (text: string) => Number(text.replaceAll(',', ''))

test('every range in a comment is the range of the schema', () => {
  const fields = new Map(
    ['line-oa', 'line-oa/login', 'line-oa/webhook']
      .flatMap((entry) => api.fieldsOf(entry))
      .map((field) => [`${field.file} ${field.name}`, field]),
  )
  const wrong: string[] = []
  const unknown: string[] = []
  let compared = 0
  for (const { file, name, comment } of fields.values()) {
    for (const [text, least = '', most = ''] of comment.matchAll(/(-?\d[\d,]*) to (-?\d[\d,]*)\b/g)) {
      const [type = '', ...path] = name.split('.')
      const schema = schemas.get(`${dirname(file)} ${type}`)
      const found = schema
        ? path.reduce<readonly Schema[]>((at, key) => at.flatMap((one) => fieldSchemas(one, key)), [schema])
        : []
      const ranges = found.flatMap(rangesOf)
      const place = `${file} ${name}: ${text}`
      if (ranges.length === 0 || elsewhere[place]) unknown.push(place)
      else {
        compared += 1
        if (!ranges.some(({ minimum, maximum }) => minimum === number(least) && maximum === number(most)))
          wrong.push(`${place}, but the schema has ${JSON.stringify(ranges)}`)
      }
    }
  }
  expect(wrong).toEqual([])
  expect(unknown.sort()).toEqual(Object.keys(elsewhere).sort())
  expect(compared).toBeGreaterThan(40)
})
