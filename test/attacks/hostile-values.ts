// What JavaScript callers, frameworks and files really pass instead of what a function expects. No proxies and no throwing getters.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { createLineClient } from 'line-oa'
import { Secret } from 'line-oa/credentials'
import { memoryStore } from 'line-oa/store'

const userId = `U${'1'.repeat(32)}`

const source = join(import.meta.dirname, '../../src')

/** The names of all fields and options in src, so that an object has some that a function reads. */
const names = [
  ...new Set(
    readdirSync(source, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      .flatMap((file) => readFileSync(join(source, file), 'utf8').match(/^ +(?:readonly )?\w+(?=\??: )/gm) ?? [])
      .map((name) => name.replace('readonly ', '').trim()),
  ),
]

class Handler {
  value = 1
}

const primitives = fc.constantFrom<unknown>(
  undefined,
  null,
  true,
  false,
  0,
  -0,
  1,
  -1,
  1.5,
  500,
  2 ** 31,
  2 ** 53,
  -(2 ** 53),
  1e308,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  Number.NEGATIVE_INFINITY,
  0n,
  10n,
  Symbol('line'),
)

const texts = fc.constantFrom(
  '',
  ' ',
  '\n',
  '0',
  '1',
  'true',
  'undefined',
  'null',
  'NaN',
  '[object Object]',
  '__proto__',
  'constructor',
  'toString',
  'あ',
  '👨‍👩‍👧‍👦',
  'a\ud800b',
  'a\r\nb: c',
  '../..',
  '%',
  '%00',
  '%E0%A4%A',
  'Bearer',
  'Bearer null',
  'Bearer undefined',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: what a template that was not filled in leaves
  '${LINE_CHANNEL_SECRET}',
  'YOUR_CHANNEL_ACCESS_TOKEN',
  '1234567890',
  '8c570fa6dd201bb328f1c1eac23a96d8',
  userId,
  '@tea',
  'eyJhbGciOiJIUzI1NiJ9.e30.AAAA',
  'eyJ',
  'x'.repeat(172),
  'x'.repeat(10_000),
  'https://example.com/callback?code=1&state=2',
  'http://localhost',
  'https://user:password@example.com/',
  '//example.com',
  'message:text',
  '-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----',
  // Broken JSON, and JSON of another kind than an object.
  '{',
  '{"a":',
  '[1,',
  '"',
  '{"events":null}',
  '{"__proto__":{"polluted":true}}',
  '{"destination":1,"events":[{}]}',
  '\ufeff{}',
  '[]',
  'null',
  '1',
)

/** Requests and contexts as Node, Express, Fastify, Koa, Hono and AWS Lambda pass them, some without a body or with one that was parsed. */
function requests(): readonly object[] {
  const headers = {
    host: 'example.com',
    authorization: 'Bearer undefined',
    cookie: 'a=b; c',
    'x-line-signature': 'abc=',
    'set-cookie': ['a', 'b'],
  }
  const request = new Request('https://example.com/callback?code=1&state=2', { method: 'POST', body: '{', headers: {} })
  const node = { method: 'POST', url: '/callback?code=1', headers, rawHeaders: ['host', 'example.com'], socket: {} }
  return [
    node,
    { ...node, url: '//' },
    {
      ...node,
      originalUrl: '/callback?code=1',
      query: { code: '1', state: ['2', '3'] },
      body: { events: [] },
      params: {},
    },
    { ...node, body: '{"events":[]}', query: {} },
    { ...node, body: undefined, query: undefined },
    { ...node, body: Buffer.from('{'), rawBody: 'x' },
    { raw: node, headers, query: { code: '1' }, body: null, url: '/callback' },
    { req: node, request: { ...node, body: {} }, query: { error: 'access_denied' }, headers, ctx: {} },
    { req: { raw: request, header: () => undefined } },
    { body: '{}', headers: null, isBase64Encoded: true, requestContext: { http: { method: 'POST', path: '/' } } },
    { body: null, headers, httpMethod: 'POST', path: '/', queryStringParameters: null, multiValueHeaders: null },
    { body: '%%%', headers: { 'X-Line-Signature': null }, isBase64Encoded: true },
    request,
    new Request('https://example.com/'),
    Response.json({ events: [] }),
    new Headers({ authorization: 'Bearer x' }),
    new URL('https://example.com/?code=1'),
    new URLSearchParams('code=1&state=2'),
    new FormData(),
    new Blob(['x']),
  ]
}

const client = createLineClient({ channelAccessToken: 'x'.repeat(172) })

const objects = fc.constantFrom<() => unknown>(
  () => ({}),
  () => [],
  () => [null],
  () => [undefined, 1, 'a'],
  () => [[]],
  () => Array.from({ length: 600 }, () => userId),
  () => Object.create(null),
  () => new Date(0),
  () => new Date(Number.NaN),
  () => new Map([['a', 1]]),
  () => new Set(['a']),
  () => new Uint8Array(3),
  () => Buffer.from('x'),
  () => new ArrayBuffer(2),
  () => new Error('failed'),
  () => Promise.resolve(undefined),
  () => /a/,
  () => new Handler(),
  () => Handler,
  () => () => undefined,
  () => async () => undefined,
  () => (value: unknown) => value,
  () => 'text'[Symbol.iterator](),
  () => AbortSignal.abort(),
  () => new AbortController().signal,
  () => new AbortController(),
  () => client,
  () => memoryStore(),
  () => new Secret('x'.repeat(50)),
  () => ({ valueOf: 1, toString: 1 }),
  () => ({ get: 1, set: 'a', cause: 1 }),
  () => ({ type: 'text', text: 'hello' }),
  () => ({ type: 'flex', altText: 'a', contents: null }),
  () => [{ type: 'message', message: null, source: 1 }],
)

const given = new WeakSet<object>()

/** Whether a value is one of those made here, and not one that the package made. */
export function isGiven(value: unknown): boolean {
  return ((typeof value === 'object' && value !== null) || typeof value === 'function') && given.has(value)
}

function give(value: unknown): unknown {
  if ((typeof value === 'object' && value !== null) || typeof value === 'function') given.add(value)
  return value
}

const frameworkRequests = fc.nat({ max: 30 }).map((at) => {
  const all = requests()
  return give(all[at % all.length])
})

const flat: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 4, arbitrary: primitives },
  { weight: 4, arbitrary: texts },
  { weight: 3, arbitrary: objects.map((create) => give(create())) },
  { weight: 1, arbitrary: frameworkRequests },
  { weight: 1, arbitrary: fc.string({ maxLength: 30, unit: 'binary' }) },
  { weight: 1, arbitrary: fc.integer() },
)

const nested: fc.Arbitrary<unknown> = fc.oneof(
  fc.dictionary(fc.constantFrom(...names), flat, { maxKeys: 6 }),
  fc.array(flat, { maxLength: 4 }),
  fc.dictionary(fc.constantFrom(...names), fc.dictionary(fc.constantFrom(...names), flat, { maxKeys: 3 }), {
    maxKeys: 3,
  }),
)

/** Any value that a caller may pass. */
export const hostileValue: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 3, arbitrary: flat },
  { weight: 1, arbitrary: nested },
)

/** A change of a valid argument: what replaces the value at a place in it. */
export interface Change {
  /** A number for each level, which selects a key. */
  readonly place: readonly number[]
  /** `set` replaces a value, `remove` removes it, `add` adds a field that some other object has. */
  readonly how: 'set' | 'remove' | 'add'
  readonly name: string
  readonly value: unknown
}

/** Changes of valid arguments. */
export const change: fc.Arbitrary<Change> = fc.record({
  place: fc.array(fc.nat({ max: 50 }), { minLength: 1, maxLength: 4 }),
  how: fc.constantFrom('set', 'set', 'set', 'remove', 'add'),
  name: fc.constantFrom(...names),
  value: hostileValue,
})

const isPlain = (value: unknown): value is Record<string, unknown> | unknown[] =>
  Array.isArray(value) ||
  (typeof value === 'object' && value !== null && [Object.prototype, null].includes(Object.getPrototypeOf(value)))

/** Copies a value with one change in it. Instances of classes and handles are not copied. */
export function changed(value: unknown, { place, how, name, value: replacement }: Change): unknown {
  if (!isPlain(value)) return replacement
  const copy: Record<string, unknown> | unknown[] = Array.isArray(value) ? [...value] : { ...value }
  const keys = Object.keys(copy)
  const [at = 0, ...rest] = place
  const key = keys[at % (keys.length || 1)]
  if (key === undefined || (how === 'add' && rest.length === 0)) {
    if (Array.isArray(copy)) copy.push(replacement)
    else copy[name] = replacement
  } else if (rest.length > 0 && isPlain(Reflect.get(copy, key)))
    Reflect.set(copy, key, changed(Reflect.get(copy, key), { place: rest, how, name, value: replacement }))
  else if (how === 'remove') Reflect.deleteProperty(copy, key)
  else Reflect.set(copy, key, replacement)
  return copy
}
