import type { ContractValidator } from '../../contracts.js'
import { type Candidate, createMatcher } from '../../core/call/match.js'
import { defaultRate, TokenBucket } from '../../core/call/rate-limits.js'
import { operationName } from '../../core/call/request.js'
import type { BinaryContent } from '../../core/call/response.js'
import type { Endpoint } from '../../core/operation.js'
import { chooseByToken } from '../login/shared-paths.js'
import { checkRetryKey, once } from '../sending/retry-keys.js'
import type { World } from '../world.js'
import { authenticate } from './auth.js'
import { type AnyHandler, type ChannelCall, type OpenCall, Reply, type Room } from './handler.js'
import { jsonBreak } from './json-position.js'
import { sortProblems } from './message-words.js'
import { Refusal, refuse } from './refusal.js'
import { brokenInput, ours, words } from './words.js'

/** The largest body of a request that is no file, in bytes. */
const largestBody = 2 * 1024 * 1024

/** What a platform is made of. */
export interface PlatformOptions {
  readonly world: World
  /** Every operation that LINE has, by name; one without a handler answers 501. */
  readonly records: ReadonlyMap<string, Endpoint>
  readonly rooms: readonly Room[]
  readonly validator: ContractValidator
  readonly enforceRateLimits: boolean
}

/** What happened to a request before it is known how its answer travels. */
export interface Platform {
  /** Finds what a request is meant for; `undefined` for an unknown address. */
  find(request: Request): Promise<Candidate | undefined>
  /** Carries a request out and answers it. */
  answer(request: Request, found: Candidate | undefined): Promise<Response>
  /** Answers without carrying anything out. */
  refusal(refusal: Refusal): Response
}

const isOauth = ({ path }: Endpoint) => /^\/(?:v2\/)?oauth2?\//.test(path)

function bodyOf(operation: Endpoint): 'oauth' | 'json' | 'none' {
  if (isOauth(operation)) return 'oauth'
  return (operation.body ?? (operation.method === 'POST' || operation.method === 'PUT' ? 'json' : 'none')) === 'none'
    ? 'none'
    : 'json'
}

/** LINE's door: from a request to the handler of its operation, and from what that gives to an answer. */
export function createPlatform({ world, records, rooms, validator, enforceRateLimits }: PlatformOptions): Platform {
  const match = createMatcher(records.values(), { limit: largestBody })
  const names = new Map([...records].map(([name, operation]) => [operation, name]))
  const handlers = new Map<Endpoint, AnyHandler>(rooms.flat().map(([operation, handler]) => [operation, handler]))
  const wordings = new Map(rooms.flat().map(([operation, , wording]) => [operation, wording]))
  const buckets = new Map<string, TokenBucket>()

  // These have no body by the rules of HTTP.
  const bodiless = [204, 205, 304]

  const now = () => new Date(world.clock.now()).toUTCString()

  const json = (
    status: number,
    body: object | undefined,
    requestId: string,
    headers: { readonly [name: string]: string } = {},
  ): Response =>
    new Response(body && JSON.stringify(body), {
      status,
      headers: {
        ...(body && { 'content-type': 'application/json' }),
        date: now(),
        'x-line-request-id': requestId,
        ...headers,
      },
    })

  const file = (status: number, { stream, contentType, contentLength }: BinaryContent, requestId: string): Response =>
    new Response(stream, {
      status,
      headers: {
        'content-type': contentType,
        ...(contentLength !== undefined && { 'content-length': String(contentLength) }),
        'x-line-request-id': requestId,
      },
    })

  const limitRate = (operation: Endpoint, call: OpenCall | ChannelCall, input: object): void => {
    if (!enforceRateLimits) return
    // A module channel has a bucket for each account that it calls for.
    const who =
      'channel' in call
        ? `${call.token.channel.channelId} ${call.channel.channelId}`
        : String(Reflect.get(input, 'client_id') ?? '')
    const key = `${who} ${operationName(operation)}`
    let bucket = buckets.get(key)
    if (!bucket) buckets.set(key, (bucket = new TokenBucket(operation.rate ?? defaultRate, call.now)))
    if (bucket.take(call.now) > 0) refuse(429, words.rateLimit)
  }

  const readable = ({ operation, input, unreadable }: Candidate) => {
    if (!unreadable) return input
    if (unreadable.reason === 'too-large') return refuse(413, ours.tooLarge)
    if (unreadable.reason === 'content-type') return refuse(415, words.contentType(unreadable.contentType))
    const { line, column } = jsonBreak(unreadable.text)
    return refuse(400, isOauth(operation) ? brokenInput([], 'oauth') : words.notJson(line, column))
  }

  const checked = (operation: Endpoint, input: object) => {
    const problems = validator.check(operation, 'input', input)
    if (problems.length === 0) return
    const wording = wordings.get(operation)
    const { around, inside } = sortProblems(problems, input)
    const onlyInside = around.length === 0 && inside
    refuse(400, onlyInside || brokenInput(around, bodyOf(operation), (problem) => wording?.(problem, input)))
  }

  const run = async (
    operation: Endpoint,
    handler: AnyHandler,
    input: object,
    call: OpenCall,
  ): Promise<Reply<object>> => {
    const result: unknown = await handler(input, call)
    const reply = result instanceof Reply ? result : new Reply(result, {})
    const [problem] = validator.check(operation, 'output', reply.output)
    if (problem)
      throw new Error(
        `The emulator has a bug: it answers ${names.get(operation)} with something that LINE does not: ${problem.message}`,
      )
    return reply as Reply<object> // its output has just passed the contract, and every output of LINE is an object
  }

  const carryOut = async (request: Request, candidate: Candidate, call: OpenCall): Promise<Reply<object>> => {
    const { operation } = candidate
    const handler = handlers.get(operation)
    if (!handler) return refuse(501, `The emulator does not know yet what LINE does at ${names.get(operation)}`)
    const known = authenticate(call, operation.auth ?? 'channel')
    const retryKey = request.headers.get('x-line-retry-key')
    checkRetryKey(retryKey, operation.repeat === 'keyed')
    const input = readable(candidate)
    limitRate(operation, known, input)
    checked(operation, input)
    if (retryKey === null || !('channel' in known)) return run(operation, handler, input, known)
    return once(
      known.channel,
      retryKey,
      call,
      () => run(operation, handler, input, known),
      ({ output }) => output,
    )
  }

  const refusal = ({ status, body, headers }: Refusal): Response =>
    json(status, bodiless.includes(status) ? undefined : body, world.ids.uuid(), headers)

  return {
    find: async (request) => chooseByToken(world, await match(request)),
    refusal,
    answer: async (request, found) => {
      const requestId = world.ids.uuid()
      try {
        if (!found) return refuse(404, words.notFound)
        const call: OpenCall = { world, operation: found.operation, requestId, request, now: world.clock.now() }
        const { output, status, empty } = await carryOut(request, found, call)
        if (found.operation.response === 'binary' && !empty) return file(status, output as BinaryContent, requestId) // what such a record's output is
        return json(status, empty ? undefined : output, requestId)
      } catch (error) {
        if (error instanceof Refusal) return json(error.status, error.body, requestId, error.headers)
        throw error
      }
    },
  }
}
