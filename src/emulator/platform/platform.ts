import * as catalog from '../../catalog.js'
import type { ContractValidator } from '../../contracts/index.js'
import { type Candidate, createMatcher } from '../../core/call/match.js'
import { defaultRate, TokenBucket } from '../../core/call/rate-limits.js'
import { operationName } from '../../core/call/request.js'
import type { BinaryContent } from '../../core/call/response.js'
import { LineError } from '../../core/errors.js'
import { bodyKind, type Endpoint } from '../../core/operation.js'
import { tolerate } from '../../core/schema/tolerance.js'
import { chooseByToken } from '../login/handlers.js'
import { hasScope } from '../module/attachments.js'
import { scopesFor } from '../module/scopes.js'
import { forModule, fromModule } from '../module/user-ids.js'
import type { AccountState, ModuleChannelState } from '../state.js'
import type { World } from '../world.js'
import { authenticate } from './auth.js'
import { assumedMessages, brokenInput, errorMessages } from './error-messages.js'
import type { Answer, Incoming, TextAnswer } from './exchange.js'
import {
  type AnyHandler,
  type BotCall,
  type ChannelCall,
  type ModuleCall,
  type OpenCall,
  Reply,
  type Route,
} from './handler.js'
import { findJsonFault } from './json-position.js'
import { refusedMessageType, sortProblems } from './message-errors.js'
import { Refusal, refuse } from './refusal.js'
import { checkRetryKey, once } from './retry-keys.js'

/** The maximum size of a request body other than a file, in bytes. */
const largestBody = 2 * 1024 * 1024

/** What a platform is made of. */
export interface PlatformOptions {
  readonly world: World
  /** Every operation that LINE has, by name; one without a handler answers 501. */
  readonly records: ReadonlyMap<string, Endpoint>
  readonly routes: readonly Route[]
  readonly validator: ContractValidator
  readonly enforceRateLimits: boolean
}

/** Finds the operation of a request and answers it. */
export interface Platform {
  /** Finds the operation of a request; `undefined` for an unknown address. */
  find(request: Incoming): Promise<Candidate | undefined>
  /** Carries a request out and answers it. */
  answer(request: Incoming, found: Candidate | undefined): Promise<Answer>
  /** Answers without carrying anything out. */
  refusal(refusal: Refusal): TextAnswer
}

const isOauth = ({ path }: Endpoint) => /^\/(?:v2\/)?oauth2?\//.test(path)

function bodyOf(operation: Endpoint): 'oauth' | 'json' | 'none' {
  if (isOauth(operation)) return 'oauth'
  return bodyKind(operation) === 'none' ? 'none' : 'json'
}

interface ModuleCaller {
  readonly module: ModuleChannelState
  readonly account: AccountState
}

/** The module channel that calls for an account; `undefined` for all other calls. */
function moduleCaller(known: OpenCall | BotCall | ModuleCall): ModuleCaller | undefined {
  if (!('account' in known) || !known.account) return undefined
  const { account } = known
  if (known.channel.kind === 'module') return { module: known.channel, account }
  return 'module' in known && known.module ? { module: known.module, account } : undefined
}

// LINE documents no text for a scope that is missing.
function checkScopes(operation: Endpoint, input: object, { module, account }: ModuleCaller): void {
  for (const scope of scopesFor(operation, input))
    if (!hasScope(module, account, scope)) refuse(403, errorMessages.notAvailable)
}

/** Creates the platform, which takes a request to the handler of its operation and turns the result into a response. */
export function createPlatform({ world, records, routes, validator, enforceRateLimits }: PlatformOptions): Platform {
  const match = createMatcher(records.values(), {
    limit: largestBody,
    isFaulty: (text) => findJsonFault(text) !== undefined,
  })
  const names = new Map([...records].map(([name, operation]) => [operation, name]))
  const routeOf = new Map(routes.map((route) => [route.operation, route]))
  const buckets = new Map<string, TokenBucket>()

  // HTTP allows no body with these statuses.
  const bodiless = [204, 205, 304]

  const now = () => new Date(world.clock.now()).toUTCString()

  const json = (
    status: number,
    body: object | undefined,
    requestId: string,
    headers: { readonly [name: string]: string } = {},
  ): TextAnswer => ({
    status,
    headers: {
      ...(body && { 'content-type': 'application/json' }),
      date: now(),
      'x-line-request-id': requestId,
      ...headers,
    },
    text: body && JSON.stringify(body),
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
    if (bucket.take(call.now) > 0) refuse(429, errorMessages.rateLimit)
  }

  const readable = ({ operation, input, unreadable }: Candidate) => {
    if (!unreadable) return input
    if (unreadable.reason === 'too-large') return refuse(413, assumedMessages.tooLarge)
    if (unreadable.reason === 'content-type') return refuse(415, errorMessages.contentType(unreadable.contentType))
    if (isOauth(operation)) return refuse(400, brokenInput([], 'oauth'))
    const lines = unreadable.text.split('\n')
    // JSON of another kind than an object has its fault at its end.
    const end = {
      line: lines.length,
      column: (lines.at(-1)?.length ?? 0) + 1,
      path: '',
      depth: 0,
      duplicate: undefined,
    }
    const { line, column, path, depth, duplicate } = findJsonFault(unreadable.text) ?? end
    // The body, its list of messages and the message itself.
    const [message] = (depth > 2 && /^messages\[\d+\]/.exec(path)) || []
    if (message) return refuse(400, errorMessages.propertyAt(message, line, column))
    return refuse(400, {
      message: errorMessages.notJson(line, column),
      ...(duplicate !== undefined && { details: [{ message: errorMessages.duplicate(duplicate) }] }),
    })
  }

  // Returns the input as LINE continues with it.
  const checked = (operation: Endpoint, input: object): object => {
    const check = (value: unknown) => validator.check(operation, 'input', value)
    const { value, problems } =
      bodyKind(operation) === 'json' ? tolerate(input, check) : { value: input, problems: check(input) }
    if (problems.length === 0) return Object(value)
    const messages = routeOf.get(operation)?.messages
    const { around, inside } = sortProblems(problems, input)
    const onlyInside = around.length === 0 && inside
    return refuse(
      400,
      onlyInside ||
        brokenInput(
          around,
          bodyOf(operation),
          (problem) => messages?.(problem, input) ?? refusedMessageType(problem, input),
        ),
    )
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
      throw new LineError(
        'LINE_API',
        `Bug in the emulator: its answer to ${names.get(operation)} breaks the operation's contract: ${problem.message}`,
      )
    return reply as Reply<object> // its output has just passed the contract, and every output of LINE is an object
  }

  const carryOut = async (request: Incoming, candidate: Candidate, call: OpenCall): Promise<Reply<object>> => {
    const { operation } = candidate
    const handler = routeOf.get(operation)?.handler
    if (!handler) return refuse(501, `The emulator does not support ${names.get(operation)} yet`)
    const known = authenticate(call, operation.auth ?? 'channel')
    // LINE's Go SDK sends an empty header for a key that is not set.
    const retryKey = request.headers.get('x-line-retry-key') || null
    checkRetryKey(retryKey, operation.repeat === 'keyed')
    const caller = moduleCaller(known)
    const presented = readable(candidate)
    if (caller) checkScopes(operation, presented, caller)
    const given = caller ? fromModule(caller.account, presented) : presented
    limitRate(operation, known, given)
    const input = checked(operation, given)
    const carry = async () => {
      const reply = await run(operation, handler, input, known)
      if (!caller || operation.response === 'binary') return reply
      return new Reply(forModule(world, caller.account, reply.output), reply)
    }
    if (retryKey === null || !('channel' in known)) return carry()
    return once(known.channel, retryKey, call, carry, ({ output }) => output)
  }

  const refusal = ({ status, body, headers }: Refusal): TextAnswer =>
    json(status, bodiless.includes(status) ? undefined : body, world.ids.uuid(), headers)

  return {
    find: async (request) => chooseByToken(world, await match(request)),
    refusal,
    answer: async (request, found) => {
      const requestId = world.ids.uuid()
      try {
        if (!found) return refuse(404, errorMessages.notFound)
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

type NamesIn<Groups> = { [G in keyof Groups]: keyof Groups[G] }[keyof Groups] & string

/** The name of an operation, as the client has it. */
export type OperationName = NamesIn<typeof catalog>

/** Every record of the catalog under its name. */
export function allRecords(): ReadonlyMap<string, Endpoint> {
  return new Map(Object.values(catalog).flatMap((group) => Object.entries<Endpoint>(group)))
}
