// The events of LINE's webhook.yml compared with the exported interfaces, as the compiler reads them.
import ts from 'typescript'
import { entries } from '../types/editor.js'
import { below, type Node } from './openapi.js'
import { readOpenApiSchema, type Shape } from './shape.js'

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
  // The events use nothing of the DOM, whose declarations take longer to read than all sources.
  const program = ts.createProgram([file], { ...options, lib: ['lib.es2023.d.ts'], types: [] })
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
    throw new Error(`this comparison cannot read the type ${checker.typeToString(type)}`)
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
export const knownEventDifferences: readonly { readonly reason: string; readonly differences: readonly string[] }[] = [
  {
    reason: 'No event has a reply token in standby mode; LINE’s page says so, the file does not',
    differences: ['follow', 'join', 'memberJoined', 'videoPlayComplete', 'beacon', 'membership'].map(
      (type) => `event of ${type}.replyToken: string, optional here; string, needed there`,
    ),
  },
  {
    reason: 'A source of type user always has its ID on LINE’s page',
    differences: [
      'event.source of user.userId',
      'event of memberJoined.joined.members[].userId',
      'event of memberLeft.left.members[].userId',
    ].map((place) => `${place}: string, needed here; string, optional there`),
  },
  {
    reason: 'Members of these lists are always users',
    differences: ['event of memberJoined.joined.members[].type', 'event of memberLeft.left.members[].type'].map(
      (place) => `${place}: string (user), needed here; string, needed there`,
    ),
  },
  {
    reason: 'LINE’s sample of a detached module has no reason',
    differences: [
      'event of module.module of detached.reason: string (bot_deleted), optional here; string (bot_deleted), needed there',
    ],
  },
  {
    reason: 'LINE’s page lists the parameters of a postback, the file does not',
    differences: [
      'event of postback.postback.params.date: string, optional here; nothing there',
      'event of postback.postback.params.time: string, optional here; nothing there',
      'event of postback.postback.params.datetime: string, optional here; nothing there',
      'event of postback.postback.params.newRichMenuAliasId: string, optional here; nothing there',
      'event of postback.postback.params.status: string (FAILED, RICHMENU_ALIAS_ID_NOTFOUND, RICHMENU_NOTFOUND, SUCCESS), optional here; nothing there',
    ],
  },
  {
    reason: 'The event is newer than the file',
    differences: ['event messageEdited: only here'],
  },
  {
    reason: 'LINE has removed LINE Things from the file; channels that used it may still get the event',
    differences: ['event things: only here'],
  },
]

/** The schema of an event in webhook.yml. */
export function readEventSchema(document: Node): Shape {
  return readOpenApiSchema(document, below(document, 'components', 'schemas', 'Event'), 'Event')
}

/** Compares the interfaces of all webhook events with webhook.yml. */
export function findEventDifferences(document: Node): readonly string[] {
  const event = readEventSchema(document)
  const there = factsThere(event)
  const { facts: here, types } = readTypes()
  const typesThere = [...(event.tagged?.options.keys() ?? [])]
  const found = new Set([
    ...typesThere.filter((type) => !types.includes(type)).map((type) => `event ${type}: not here`),
    ...types.filter((type) => !typesThere.includes(type)).map((type) => `event ${type}: only here`),
  ])
  // The members of an event that only one side has are no differences of their own.
  const isShared = (place: string) => {
    const type = /^ of (\w+)\./.exec(place)?.[1]
    return place !== ' is one of' && (type === undefined || (types.includes(type) && typesThere.includes(type)))
  }
  for (const place of [...here.keys(), ...there.keys()].filter(isShared)) {
    const [ours, theirs] = [here.get(place), there.get(place)]
    // Members that all events share are listed under each of them; a difference in one is reported once.
    const shown = `event${place.replace(/^ of \w+\.(source|deliveryContext|mode)/, '.$1')}`
    if (ours !== theirs) found.add(`${shown}: ${ours ?? 'nothing'} here; ${theirs ?? 'nothing'} there`)
  }
  return [...found]
}
