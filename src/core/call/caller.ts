import { type Clock, systemClock } from '../clock.js'
import { LineInputError } from '../errors.js'
import type { CallOptions, Endpoint, Operation, WithResponse } from '../operation.js'
import { readOrigin } from '../origin.js'
import { property } from '../property.js'
import { checkOptions, type OptionKind } from '../read-options.js'
import type { Validator } from '../schema/problems.js'
import { version } from '../version.js'
import { wait } from '../wait.js'
import type { Transport } from './attempt.js'
import { type Hooks, tell } from './hooks.js'
import { readResponse } from './outcome.js'
import type { RateLimiter } from './rate-limits.js'
import { buildRequest, checkRetryKey, headerValue, operationName } from './request.js'
import { type Call, chooseToken, readToken, type TokenSource } from './token.js'
import { send } from './transport.js'

/** Options of every call that a client or caller makes. Each has a default. */
export interface CallerOptions {
  /**
   * One https origin for all of LINE's hosts, such as a proxy, without user name and password. `http` is accepted for this machine, for the emulator,
   * and elsewhere with `allowInsecure`. Default: LINE's own hosts.
   */
  readonly baseUrl?: string | undefined
  /** Allows `http` in `baseUrl` for another machine, where everyone on the way can read the tokens. Default: `false`. */
  readonly allowInsecure?: boolean | undefined
  /** Sends the requests. Default: the runtime's `fetch`, looked up at every call. */
  readonly fetch?: typeof fetch | undefined
  /** Longest time for one attempt, in milliseconds. Default: 10,000; for files 60,000. */
  readonly timeout?: number | undefined
  /** Longest time for a call with all its attempts and its body, in milliseconds. Default: 30,000; for files 180,000. */
  readonly totalTimeout?: number | undefined
  /** Checks inputs before they are sent; pass `contracts()` of `line-oa/contracts`. Default: no check; LINE validates the request. */
  readonly validate?: Validator | undefined
  /** Waits before every attempt until LINE's rate limit allows it, such as `rateLimiter()`. Default: no limiter. */
  readonly limiter?: RateLimiter | undefined
  /** Functions that are called during a call, for logs and metrics. Default: no hooks. */
  readonly hooks?: Hooks | undefined
  /**
   * The header with the user ID of the bot that a module channel acts for. LINE publishes its name to partners only. Default: `x-line-bot-id`.
   */
  readonly botIdHeader?: string | undefined
  /** Where the client reads the time and sets timers. Default: the runtime's clock. */
  readonly clock?: Clock | undefined
  /**
   * Returns numbers from 0 to below 1, for the pauses between attempts. Retry keys come from `crypto.randomUUID`, so that they are always unique.
   * Default: `Math.random`.
   */
  readonly random?: (() => number) | undefined
  /** Allows a secret or a token in a browser page, where every visitor can read it. Default: `false`. */
  readonly allowBrowser?: boolean | undefined
}

/** Options of {@link createCaller}. */
export interface CreateCallerOptions extends CallerOptions {
  /** A channel access token or a token source. Default: none; then only operations that need no token can be called. */
  readonly channelAccessToken?: string | TokenSource | undefined
}

/** Calls operation records. */
export interface Caller {
  /** Calls one operation and returns LINE's response body. */
  call<Input extends object, Output>(
    operation: Operation<Input, Output>,
    input: NoInfer<Input>,
    options?: CallOptions,
  ): Promise<Output>
  /** Calls one operation and returns the body together with status, headers, request IDs and outcome. */
  callWithResponse<Input extends object, Output>(
    operation: Operation<Input, Output>,
    input: NoInfer<Input>,
    options?: CallOptions,
  ): Promise<WithResponse<Output>>
}

function refuseBrowser({ channelAccessToken, allowBrowser }: CreateCallerOptions): void {
  // A worker, or a server with a `window` shim, has no document.
  if (!channelAccessToken || allowBrowser || typeof window === 'undefined' || typeof window.document === 'undefined')
    return
  throw new LineInputError(
    'A secret or token in a browser page can be read by every visitor; call from a server, or set allowBrowser',
  )
}

function readBotIdHeader(botIdHeader: unknown = 'x-line-bot-id'): string {
  const name = typeof botIdHeader === 'string' ? botIdHeader.toLowerCase() : ''
  if (/^[a-z0-9-]{1,100}$/.test(name)) return name
  throw new LineInputError('botIdHeader must be a header name of letters, digits and hyphens')
}

const optionKinds: { readonly [option: string]: OptionKind } = {
  fetch: 'function',
  timeout: 'milliseconds',
  totalTimeout: 'milliseconds',
  validate: 'with check',
  limiter: 'with acquire',
  hooks: 'object',
  clock: 'with now setTimeout clearTimeout',
  random: 'function',
  allowBrowser: 'boolean',
  allowInsecure: 'boolean',
}

const callOptionKinds: { readonly [option: string]: OptionKind } = {
  signal: 'with addEventListener',
  timeout: 'milliseconds',
  totalTimeout: 'milliseconds',
}

// The fields of inputs that are secret.
const secretFields: readonly string[] = [
  'client_secret',
  'client_assertion',
  'refresh_token',
  'access_token',
  'id_token',
  'code',
  'code_verifier',
  'userAccessToken',
  'liffAccessToken',
  'notificationToken',
  'replyToken',
  'linkToken',
]

function secretsOf(input: object, token: string | undefined): Set<string> {
  const values = [token, ...secretFields.map((name) => property(input, name))]
  return new Set(values.filter((value) => typeof value === 'string'))
}

// Calls without a token identify the channel by the OAuth parameter `client_id`.
function clientIdIn(input: object): string | undefined {
  const client = property(input, 'client_id')
  return typeof client === 'string' ? client : undefined
}

const takesFile = ({ response, body }: Endpoint) =>
  response === 'binary' || body === 'multipart' || typeof body === 'object'

/**
 * Creates a caller, which sends operation records with timeouts, retries, token renewal and typed errors. It is the client without its methods.
 *
 * @throws {LineInputError} in a browser page unless `allowBrowser` is set; when `channelAccessToken` contains characters that are not allowed in a token, `baseUrl` is
 * not an https origin, or another option is not valid.
 */
export function createCaller(options: CreateCallerOptions = {}): Caller {
  checkOptions('createCaller', options, optionKinds)
  refuseBrowser(options)
  const { clock = systemClock, random, hooks = {}, limiter, validate, channelAccessToken: given } = options
  const tokens =
    given === undefined || typeof property(given, 'get') === 'function'
      ? (given as TokenSource | undefined) // `get` is what makes a source
      : readToken(given)
  const baseUrl = options.baseUrl === undefined ? undefined : readOrigin(options.baseUrl, options.allowInsecure)
  const botIdHeader = readBotIdHeader(options.botIdHeader)
  const transport: Transport = {
    fetch: (url, init) => (options.fetch ?? globalThis.fetch)(url, init),
    clock,
    random: random ?? Math.random,
    limiter,
    hooks,
  }
  let current: string | undefined

  const call: Call = async (operation, input) => (await callWithResponse(operation, input)).data

  const fromSource = async (source: TokenSource, force: string | undefined, name: string): Promise<string> => {
    const token = await source.get({ call, now: () => clock.now(), wait: (ms) => wait(clock, ms), force })
    if (current !== undefined && token !== current)
      tell(hooks.tokenRenewed, { forced: force !== undefined, at: clock.now() })
    return readToken((current = token), name)
  }

  const callWithResponse: Caller['callWithResponse'] = async <Input extends object, Output>(
    operation: Operation<Input, Output>,
    input: Input,
    callOptions: CallOptions = {},
  ): Promise<WithResponse<Output>> => {
    if (typeof property(operation, 'path') !== 'string')
      throw new LineInputError('call: operation must be a record of line-oa/operations, or one that you define')
    const name = operationName(operation)
    if (typeof input !== 'object' || input === null || Array.isArray(input))
      throw new LineInputError(`${name}: the input must be an object`, { operation: name })
    checkOptions(name, callOptions, callOptionKinds)
    const { auth = 'channel', repeat } = operation
    if (callOptions.retryKey && repeat !== 'keyed')
      throw new LineInputError(`${name}: retryKey is not supported by this operation; remove it`, { operation: name })
    const problems = validate?.check(operation, 'input', input)
    if (problems?.length)
      throw new LineInputError(`${name}: ${problems.map(({ message }) => message).join('; ')}`, {
        operation: name,
        problems,
      })
    const request = await buildRequest(operation, input, baseUrl)
    request.headers['user-agent'] = `line-oa/${version}`
    if (callOptions.botId !== undefined) request.headers[botIdHeader] = headerValue(name, 'botId', callOptions.botId)
    const { token, source } = chooseToken(operation, name, tokens, callOptions.accessToken)
    if (token !== undefined) request.headers['authorization'] = `Bearer ${token}`
    const secrets = secretsOf(input, token)
    const retryKey =
      repeat !== 'keyed'
        ? undefined
        : callOptions.retryKey
          ? checkRetryKey(callOptions.retryKey, name)
          : crypto.randomUUID()
    const file = takesFile(operation)
    const timeout = callOptions.timeout ?? options.timeout ?? (file ? 60_000 : 10_000)
    const totalTimeout = callOptions.totalTimeout ?? options.totalTimeout ?? (file ? 180_000 : 30_000)
    const { signal, botId: bot } = callOptions
    const channel =
      source?.channelId ?? (auth === 'none' ? (clientIdIn(input) ?? property(tokens, 'channelId')) : undefined)
    const result = await send(transport, {
      operation,
      name,
      request,
      retryKey,
      timeout,
      totalTimeout,
      signal,
      owner: {
        channel: typeof channel === 'string' ? channel : undefined,
        // A user access token does not identify the channel, and every user has a different one.
        token: auth === 'user' ? undefined : token,
        bot,
      },
      token:
        source &&
        (async (refused) => {
          const issued = await fromSource(source, refused, name)
          secrets.add(issued)
          return issued
        }),
    })
    const { last } = result
    if (last.kind !== 'response') {
      const { failure } = await import('./refusal.js')
      throw failure(last, result, { name, request, retryKey, timeout, totalTimeout, signal })
    }
    return readResponse(operation, last, result.uncertain, { name, retryKey, validate, hooks, secrets })
  }

  return {
    call: async (operation, input, callOptions) => (await callWithResponse(operation, input, callOptions)).data,
    callWithResponse,
  }
}
