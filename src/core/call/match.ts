import { bodyKind, type Endpoint, type QueryKind } from '../operation.js'
import { hosts } from './request.js'

/** An input as read from a request, not yet validated. */
export interface Fields {
  readonly [name: string]: unknown
}

/**
 * Why an input could not be read: a content type that the operation does not accept, a body above the limit, or a body that is not a JSON object.
 * `text` is the invalid JSON, or empty when the body is not UTF-8.
 */
export type Unreadable =
  | { readonly reason: 'content-type'; readonly contentType: string }
  | { readonly reason: 'json'; readonly text: string }
  | { readonly reason: 'too-large' }

/** An operation that matches a request, with the request's input or the reason it could not be read. */
export type Candidate<Op extends Endpoint = Endpoint> =
  | { readonly operation: Op; readonly input: Fields; readonly unreadable?: undefined }
  | { readonly operation: Op; readonly input?: undefined; readonly unreadable: Unreadable }

/** What is read of a request. */
export interface MatchedRequest {
  readonly method: string
  readonly url: URL
  readonly headers: Pick<Headers, 'get'>
  /** Reads the body; `undefined` when it is longer than `limit` bytes. */
  read(limit: number): Promise<Uint8Array<ArrayBuffer> | undefined>
}

/** Finds the operations that match a request: none, one, or several that share one path. */
export type Matcher<Op extends Endpoint = Endpoint> = (request: MatchedRequest) => Promise<readonly Candidate<Op>[]>

interface Compiled<Op extends Endpoint> {
  readonly operation: Op
  readonly segments: readonly string[]
  /** The names of the segments that are parameters. */
  readonly names: readonly (string | undefined)[]
  /** One letter per path segment. The path that sorts first is more literal. */
  readonly shape: string
}

interface Route<Op extends Endpoint> extends Compiled<Op> {
  readonly values: readonly (readonly [name: string, value: string])[]
}

const parameter = /^\{(\w+)\}$/

const lineHosts: ReadonlyMap<string, string> = new Map(
  Object.entries(hosts).map(([name, origin]) => [new URL(origin).host, name]),
)

function compile<Op extends Endpoint>(operation: Op): Compiled<Op> {
  const segments = operation.path.split('/')
  const names = segments.map((segment) => parameter.exec(segment)?.[1])
  return { operation, segments, names, shape: names.map((name) => (name === undefined ? 'a' : 'p')).join('') }
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text)
  } catch {
    return undefined
  }
}

function follow<Op extends Endpoint>(compiled: Compiled<Op>, segments: readonly string[]): Route<Op> | undefined {
  const values: [string, string][] = []
  if (segments.length !== compiled.segments.length) return undefined
  // From the end, where paths differ most.
  for (let at = segments.length - 1; at >= 0; at--) {
    const name = compiled.names[at]
    const segment = segments[at] ?? ''
    if (name === undefined) {
      if (segment !== compiled.segments[at]) return undefined
      continue
    }
    const value = decode(segment)
    if (!value) return undefined
    values.unshift([name, value])
  }
  return { ...compiled, values }
}

function ofKind(kind: QueryKind, texts: readonly string[]): unknown {
  const [text = ''] = texts
  if (kind === 'string[]') return texts
  // A value of the wrong type stays a string and a repeated value becomes an array, so that the contract rejects it.
  if (texts.length > 1) return texts
  // Digits that change when they are converted to a number and back are an ID in the wrong place, or not LINE's notation.
  if (kind === 'number') return /^-?\d+(?:\.\d+)?$/.test(text) && String(Number(text)) === text ? Number(text) : text
  if (kind === 'boolean') return text === 'true' ? true : text === 'false' ? false : text
  return text
}

// Converts a string from the query, path or form to the type of the input.
function typed(operation: Endpoint, name: string, text: string): unknown {
  return ofKind(operation.kinds?.[name] ?? 'string', [text])
}

function readQuery(operation: Endpoint, params: URLSearchParams): [string, unknown][] {
  return Object.entries(operation.query ?? {}).flatMap(([name, kind]) => {
    // SDKs in other languages send an empty value for what is not set, and lists with commas or as repeated parameters.
    const given = params.getAll(name).filter((text) => text !== '')
    const texts = kind === 'string[]' ? given.flatMap((text) => text.split(',')) : given
    return kind && texts.length ? [[name, ofKind(kind, texts)] satisfies [string, unknown]] : []
  })
}

function readHeaders(operation: Endpoint, headers: Pick<Headers, 'get'>): [string, unknown][] {
  return Object.entries(operation.headers ?? {}).flatMap(([name, header]) => {
    const value = header === undefined ? null : headers.get(header)
    return value === null ? [] : [[name, value] satisfies [string, unknown]]
  })
}

type ReadBody = { readonly fields: readonly (readonly [string, unknown])[] } | { readonly unreadable: Unreadable }

function readJson(bytes: Uint8Array, isFaulty: (text: string) => boolean): ReadBody {
  let text = ''
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    const value: unknown = JSON.parse(text)
    if (typeof value === 'object' && value !== null && !Array.isArray(value) && !isFaulty(text))
      return { fields: Object.entries(value) }
  } catch {
    // The runtime's error quotes the body, so the text is returned instead; the emulator reports the position of the syntax error.
  }
  return { unreadable: { reason: 'json', text } }
}

function readForm(bytes: Uint8Array): ReadBody {
  const params = new URLSearchParams(new TextDecoder().decode(bytes))
  return { fields: [...new Set(params.keys())].map((name) => [name, ofKind('string', params.getAll(name))]) }
}

async function readMultipart(
  operation: Endpoint,
  bytes: Uint8Array<ArrayBuffer>,
  contentType: string,
): Promise<ReadBody> {
  try {
    const form = await new Response(bytes, { headers: { 'content-type': contentType } }).formData()
    return {
      fields: [...form].map(([name, value]) => [
        name,
        typeof value === 'string' ? typed(operation, name, value) : value,
      ]),
    }
  } catch {
    return { unreadable: { reason: 'content-type', contentType } }
  }
}

type BodyKind = NonNullable<Endpoint['body']>

const isFile = (kind: BodyKind) => kind === 'multipart' || typeof kind === 'object'

const mediaTypes = {
  json: 'application/json',
  form: 'application/x-www-form-urlencoded',
  multipart: 'multipart/form-data',
}

async function readBody(
  operation: Endpoint,
  bytes: Uint8Array<ArrayBuffer>,
  contentType: string,
  isFaulty: (text: string) => boolean,
): Promise<ReadBody> {
  const kind = bodyKind(operation)
  if (kind === 'none' || !bytes.length) return { fields: [] }
  if (typeof kind === 'object') return { fields: [[kind.raw, new Blob([bytes], { type: contentType })]] }
  const mediaType = contentType.split(';', 1)[0]?.trim().toLowerCase()
  if (mediaType !== mediaTypes[kind]) return { unreadable: { reason: 'content-type', contentType } }
  if (kind === 'multipart') return readMultipart(operation, bytes, contentType)
  return kind === 'json' ? readJson(bytes, isFaulty) : readForm(bytes)
}

/**
 * Creates a function that finds the operation and the input of a request: the inverse of building a request.
 *
 * On one of LINE's hosts, it finds only the operations of that host. On any other origin, it finds the operations of all hosts.
 * A path without parameters is preferred. If several operations have the same path, it returns those whose `when` matches the body, or all of them if none matches.
 *
 * @param options.limit largest JSON or form body, in bytes. Files have no limit.
 * @param options.isFaulty whether to refuse JSON that the runtime can parse, such as an object with a key twice. Default: no such check.
 */
export function createMatcher<Op extends Endpoint>(
  operations: Iterable<Op>,
  options: { readonly limit: number; readonly isFaulty?: (text: string) => boolean },
): Matcher<Op> {
  const byMethod = new Map<string, Compiled<Op>[]>()
  for (const operation of operations) {
    const same = byMethod.get(operation.method)
    if (same) same.push(compile(operation))
    else byMethod.set(operation.method, [compile(operation)])
  }
  for (const same of byMethod.values())
    same.sort((one, other) => (one.shape < other.shape ? -1 : one.shape > other.shape ? 1 : 0))

  const find = (method: string, url: URL): readonly Route<Op>[] => {
    const segments = url.pathname.split('/')
    const host = lineHosts.get(url.host)
    const found: Route<Op>[] = []
    for (const compiled of byMethod.get(method) ?? []) {
      if (host && host !== (compiled.operation.host ?? 'api')) continue
      if (found[0] && found[0].shape !== compiled.shape) continue
      const route = follow(compiled, segments)
      if (route) found.push(route)
    }
    return found
  }

  return async (request) => {
    const { url } = request
    const routes = find(request.method, url)
    if (!routes.length) return []
    const files = routes.some(({ operation }) => isFile(bodyKind(operation)))
    const bytes = await request.read(files ? Number.POSITIVE_INFINITY : options.limit)
    const { headers } = request
    const contentType = headers.get('content-type') ?? ''
    const candidates: Candidate<Op>[] = []
    for (const { operation, values } of routes) {
      const body = bytes
        ? await readBody(operation, bytes, contentType, options.isFaulty ?? (() => false))
        : { unreadable: { reason: 'too-large' } as const }
      if ('unreadable' in body) candidates.push({ operation, unreadable: body.unreadable })
      else {
        // Path values come last, so that a body cannot override the user in the address.
        const path = values.map(([name, text]): [string, unknown] => [name, typed(operation, name, text)])
        const fields = [
          ...body.fields,
          ...readHeaders(operation, headers),
          ...readQuery(operation, url.searchParams),
          ...path,
        ]
        candidates.push({ operation, input: Object.fromEntries(fields) })
      }
    }
    const fitting = candidates.filter(({ operation, input }) =>
      Object.entries(operation.when ?? {}).every(([name, value]) => input?.[name] === value),
    )
    return fitting.length ? fitting : candidates
  }
}
