// Every event of LINE's webhook.yml compared with the exported interfaces, as the compiler reads them.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Events, events } from 'line-oa/testing'
import ts from 'typescript'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { entries } from '../types/editor.js'
import { below, isNode, type Node } from './openapi.js'
import { readOpenApiSchema, type Shape } from './shape.js'

const folder = process.env['LINE_OPENAPI_DIR']

/** The facts about each place, such as `message.message of text.emojis[].index`: its kind, its values, and whether it is required. */
type Facts = Map<string, string>

const fact = (kind: string, values: readonly string[], needed: boolean) =>
  `${kind}${values.length ? ` (${[...values].sort().join(', ')})` : ''}, ${needed ? 'needed' : 'optional'}`

// A union whose options differ in nothing but their type is the same as one object.
function joinOptions(options: ReadonlyMap<string, Facts>): Facts | undefined {
  const all = [...options.values()].map((facts) => [...facts].map(String).sort().join('\n'))
  return all.length > 1 && all.every((one) => one === all[0]) ? [...options.values()][0] : undefined
}

function addTagged(facts: Facts, at: string, kinds: string, options: ReadonlyMap<string, Facts>): void {
  const joined = joinOptions(options)
  if (joined) {
    facts.set(`${at}.type`, fact('string', [...options.keys()], true))
    for (const [place, value] of joined) facts.set(at + place, value)
    return
  }
  facts.set(`${at} is one of`, kinds)
  for (const [value, own] of options) for (const [place, one] of own) facts.set(`${at} of ${value}${place}`, one)
}

/** Lists the facts of LINE's file. */
function factsThere(shape: Shape, at = ''): Facts {
  const facts: Facts = new Map()
  if (shape.tagged) {
    const options = new Map([...shape.tagged.options].map(([value, make]) => [value, factsThere(withoutType(make()))]))
    addTagged(facts, at, [...options.keys()].sort().join(', '), options)
  }
  for (const [key, { needed, shape: make }] of shape.fields) {
    const field = make()
    const kind = field.kind === 'integer' ? 'number' : field.tagged ? 'object' : field.kind
    facts.set(`${at}.${key}`, fact(kind, field.values ?? [], needed))
    const inner = field.entries?.() ?? field
    for (const [place, one] of factsThere(inner, field.entries ? '[]' : '')) facts.set(`${at}.${key}${place}`, one)
  }
  return facts
}

function withoutType(shape: Shape): Shape {
  return { ...shape, fields: new Map([...shape.fields].filter(([key]) => key !== 'type')) }
}

/** Lists the facts of the interfaces. */
function readTypes(): { facts: Facts; types: string[] } {
  const [, file] = entries.find(([name]) => name === 'line-oa/webhook') ?? []
  if (!file) throw new Error('there is no entry line-oa/webhook')
  const { config } = ts.readConfigFile('tsconfig.json', ts.sys.readFile)
  const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, '.')
  const program = ts.createProgram([file], { ...options, types: [] })
  const checker = program.getTypeChecker()
  const source = program.getSourceFile(file)
  const module = source && checker.getSymbolAtLocation(source)
  const exported = module && checker.getExportsOfModule(module).find(({ name }) => name === 'WebhookEvent')
  if (!exported) throw new Error('there is no WebhookEvent')
  const symbol = exported.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(exported) : exported

  const parts = (type: ts.Type): readonly ts.Type[] => (type.isUnion() ? type.types : [type])
  const literal = (type: ts.Type): string | undefined => {
    const property = type.getProperty('type')
    const value = property && checker.getTypeOfSymbol(property)
    return value?.isStringLiteral() ? value.value : undefined
  }
  const isObject = (type: ts.Type) => (type.flags & ts.TypeFlags.Object) !== 0
  const kindOf = (type: ts.Type): string => {
    if (checker.isArrayType(type)) return 'list'
    if (type.flags & ts.TypeFlags.NumberLike) return 'number'
    if (type.flags & ts.TypeFlags.BooleanLike) return 'boolean'
    // `string & {}`, which keeps a set of strings open, is an intersection.
    if (type.flags & (ts.TypeFlags.StringLike | ts.TypeFlags.Intersection)) return 'string'
    if (isObject(type)) return 'object'
    throw new Error(`this test cannot read the type ${checker.typeToString(type)}`)
  }

  const read = (type: ts.Type, at: string, skipType = false): Facts => {
    const facts: Facts = new Map()
    const objects = parts(type).filter((part) => isObject(part) && !checker.isArrayType(part))
    const tags = objects.map(literal)
    if (objects.length > 1 && tags.every((tag) => tag !== undefined)) {
      const options = new Map(objects.map((object, index) => [tags[index] ?? '', read(object, '', true)]))
      addTagged(facts, at, [...options.keys()].sort().join(', '), options)
      return facts
    }
    const [object] = objects
    if (!object) return facts
    for (const property of checker.getPropertiesOfType(object)) {
      if (skipType && property.name === 'type') continue
      const own = parts(checker.getTypeOfSymbol(property)).filter((part) => !(part.flags & ts.TypeFlags.Undefined))
      const [first] = own
      if (!first) continue
      const needed = !(property.flags & ts.SymbolFlags.Optional)
      const values = own.flatMap((part) => (part.isStringLiteral() ? [part.value] : []))
      facts.set(`${at}.${property.name}`, fact(kindOf(first), values, needed))
      const [entry] = checker.isArrayType(first) ? checker.getTypeArguments(first as ts.TypeReference) : [] // isArrayType has said so
      const inner = entry ?? checker.getNonNullableType(checker.getTypeOfSymbol(property))
      for (const [place, one] of read(inner, entry ? '[]' : '')) facts.set(`${at}.${property.name}${place}`, one)
    }
    return facts
  }
  const type = checker.getDeclaredTypeOfSymbol(symbol)
  return { facts: read(type, ''), types: parts(type).map((part) => literal(part) ?? '') }
}

/** Intended differences of the interfaces. An entry that no longer differs fails the test. */
const known: readonly { readonly reason: string; readonly differences: readonly string[] }[] = [
  {
    reason: 'No event has a reply token in standby mode; LINE’s page says so, the file does not',
    differences: ['follow', 'join', 'memberJoined', 'videoPlayComplete', 'beacon', 'membership'].map(
      (type) => ` of ${type}.replyToken: string, optional here; string, needed there`,
    ),
  },
  {
    reason: 'A source of type user always has its ID on LINE’s page',
    differences: [
      '.source of user.userId',
      ' of memberJoined.joined.members[].userId',
      ' of memberLeft.left.members[].userId',
    ].map((place) => `${place}: string, needed here; string, optional there`),
  },
  {
    reason: 'Members of these lists are always users',
    differences: [' of memberJoined.joined.members[].type', ' of memberLeft.left.members[].type'].map(
      (place) => `${place}: string (user), needed here; string, needed there`,
    ),
  },
  {
    reason: 'LINE’s sample of a detached module has no reason',
    differences: [
      ' of module.module of detached.reason: string (bot_deleted), optional here; string (bot_deleted), needed there',
    ],
  },
  {
    reason: 'LINE’s page lists the parameters of a postback, the file does not',
    differences: [
      ' of postback.postback.params.date: string, optional here; nothing there',
      ' of postback.postback.params.time: string, optional here; nothing there',
      ' of postback.postback.params.datetime: string, optional here; nothing there',
      ' of postback.postback.params.newRichMenuAliasId: string, optional here; nothing there',
      ' of postback.postback.params.status: string (FAILED, RICHMENU_ALIAS_ID_NOTFOUND, RICHMENU_NOTFOUND, SUCCESS), optional here; nothing there',
    ],
  },
]

/** Events that are missing in the file: `messageEdited` is newer, and LINE Things was removed. */
const onlyHere = ['messageEdited', 'things']

describe.skipIf(!folder)('webhook events against webhook.yml', () => {
  const document: unknown = folder ? parse(readFileSync(join(folder, 'webhook.yml'), 'utf8')) : {}
  const root: Node = isNode(document) ? document : {}
  const there = factsThere(readOpenApiSchema(root, below(root, 'components', 'schemas', 'Event'), 'Event'))
  const { facts: here, types } = readTypes()
  const typesThere = Object.keys(below(root, 'components', 'schemas', 'Event', 'discriminator', 'mapping'))
  const ofTheirs = (place: string) =>
    !onlyHere.some((type) => place.startsWith(` of ${type}.`)) && place !== ' is one of'

  test('have the types of the file, and those that the file lacks', () => {
    expect(typesThere).toHaveLength(19)
    expect([...types].sort()).toEqual([...typesThere, ...onlyHere].sort())
  })

  test('have every member of every event and message, with the same kind and values', () => {
    expect(here.size).toBeGreaterThan(200)
    // Members that all events share are listed under each of them; a difference in one is reported once.
    const places = new Set([...here.keys(), ...there.keys()].filter(ofTheirs))
    const found = [...places].flatMap((place) => {
      const [ours, theirs] = [here.get(place), there.get(place)]
      const shown = place.replace(/^ of \w+\.(source|deliveryContext|mode)/, '.$1')
      return ours === theirs ? [] : [`${shown}: ${ours ?? 'nothing'} here; ${theirs ?? 'nothing'} there`]
    })
    const expected = known.flatMap(({ differences }) => differences)
    expect([...new Set(found)].filter((difference) => !expected.includes(difference))).toEqual([])
    expect(expected.filter((difference) => !found.includes(difference))).toEqual([])
  })

  test('are built with every member that the file requires', () => {
    const missing: string[] = []
    const check = (value: unknown, shape: Shape, at: string): void => {
      const tag = shape.tagged && isNode(value) ? String(value[shape.tagged.tag]) : undefined
      const own = tag === undefined ? shape : shape.tagged?.options.get(tag)?.()
      if (!own) return void missing.push(`${at}: unknown type ${tag}`)
      if (own.entries && Array.isArray(value)) for (const one of value) check(one, own.entries(), `${at}[]`)
      for (const [key, { needed, shape: make }] of own.fields) {
        const inner = isNode(value) ? value[key] : undefined
        if (inner !== undefined) check(inner, make(), `${at}.${key}`)
        else if (needed) missing.push(`${at}.${key}`)
      }
    }
    const builders: readonly (keyof Events)[] = Object.keys(events) as (keyof Events)[] // an object of this project's own
    const event = readOpenApiSchema(root, below(root, 'components', 'schemas', 'Event'), 'Event')
    for (const builder of builders.filter((name) => name !== 'unknown' && !onlyHere.includes(name)))
      check(events[builder]({} as never), event, builder)
    expect(missing).toEqual([])
  })
})
