import { type Clock, systemClock, wait } from '../clock.js'
import {
  LineAbortedError,
  type LineErrorDetail,
  LineInputError,
  LineNetworkError,
  LineTimeoutError,
} from '../errors.js'
import { type CallOptions, type Endpoint, needsAnswer, type Operation, type WithResponse } from '../operation.js'
import { fieldOf, jsonObject } from '../property.js'
import type { Validator } from '../schema/problems.js'
import { version } from '../version.js'
import { apiError, classify } from './api-error.js'
import type { LineResponse, Transport } from './attempt.js'
import { type Hooks, tell } from './hooks.js'
import type { RateLimiter } from './rate-limits.js'
import { buildRequest, checkRetryKey, makeRetryKey, operationName } from './request.js'
import type { BinaryContent } from './response.js'
import { type Call, readToken, type TokenSource } from './token.js'
import { send } from './transport.js'

/** How calls are made. All of it has a default. */
export interface CallerOptions {
  /** One origin for all of LINE's hosts: an emulator, or a proxy. Without a slash at the end. */
  readonly baseUrl?: string | undefined
  /** What sends the requests. Default: the runtime's fetch, looked up at every call. */
  readonly fetch?: typeof fetch | undefined
  /** Longest time for one attempt, in milliseconds. Default: 10,000, for files 60,000. */
  readonly timeout?: number | undefined
  /** Longest time for a call with all its attempts, body included, in milliseconds. Default: 30,000, for files 180,000. */
  readonly totalTimeout?: number | undefined
  /** Checks inputs before they are sent: `contracts()` of `line-oa/contracts`. Default: LINE checks. */
  readonly validate?: Validator | undefined
  /** Waits before every attempt until LINE's rate allows it. Default: none. */
  readonly limiter?: RateLimiter | undefined
  /** What the client tells while it works. */
  readonly hooks?: Hooks | undefined
  /**
   * The header in which a module channel names the bot that it acts for. LINE tells its name to partners only; public code uses the default,
   * `x-line-bot-id`.
   */
  readonly botIdHeader?: string | undefined
  /** Default: the runtime's time. */
  readonly clock?: Clock | undefined
  /** From 0 to below 1: for the pauses between attempts, and for retry keys. Default: `Math.random`, and `crypto.randomUUID` for the keys. */
  readonly random?: (() => number) | undefined
  /** Set it to use a secret or a token in a browser page, where everybody can read it. */
  readonly allowBrowser?: boolean | undefined
}

/** A caller's options, and where its channel access tokens come from. */
export interface CreateCallerOptions extends CallerOptions {
  /** A channel access token, or a source of them. Without one only operations that need none can be called. */
  readonly channelAccessToken?: string | TokenSource | undefined
}

/** Calls records. */
export interface Caller {
  /** Calls one operation. */
  call<Input extends object, Output>(
    operation: Operation<Input, Output>,
    input: NoInfer<Input>,
    options?: CallOptions,
  ): Promise<Output>
  /** Calls one operation and gives what came around the body too. */
  callWithResponse<Input extends object, Output>(
    operation: Operation<Input, Output>,
    input: NoInfer<Input>,
    options?: CallOptions,
  ): Promise<WithResponse<Output>>
}

function refuseBrowser(options: CreateCallerOptions): void {
  // A worker or a server with a `window` shim has no document of its own.
  if (
    options.channelAccessToken &&
    !options.allowBrowser &&
    typeof window !== 'undefined' &&
    typeof window.document !== 'undefined'
  )
    throw new LineInputError(
      'A secret or token in a browser page is open to all; call from a server, or set allowBrowser',
    )
}

function length(headers: Headers): number | undefined {
  const stated = headers.get('content-length')
  return stated && /^\d+$/.test(stated) ? Number(stated) : undefined
}

const channelOf = (tokens: string | TokenSource | undefined) =>
  typeof tokens === 'object' ? tokens.channelId : undefined

// Calls that take no token name the channel by the name that OAuth has for it.
function clientIn(input: object): string | undefined {
  const client = fieldOf(input, 'client_id')
  return typeof client === 'string' ? client : undefined
}

/** The origin without a slash at the end. */
function readOrigin(baseUrl: string): string {
  const origin = baseUrl.replace(/\/+$/, '')
  // "localhost:3000" is a URL too: one of the scheme "localhost".
  if (!/^https?:\/\/[^\s?#]+$/.test(origin) || !URL.canParse(origin))
    throw new LineInputError('baseUrl: it is a URL such as http://127.0.0.1:3000, without a query')
  return origin
}

/**
 * Makes a caller: records in, LINE's answers out, with deadlines, repeats, token renewal and errors. It is the client without the catalog.
 *
 * @throws {LineInputError} in a browser page, unless `allowBrowser` is set, for a token that can be none, a `baseUrl` that is no
 * origin, and a `botIdHeader` that is no name of a header.
 */
export function createCaller(options: CreateCallerOptions = {}): Caller {
  refuseBrowser(options)
  const {
    fetch: ownFetch,
    clock = systemClock,
    random,
    hooks = {},
    limiter,
    validate,
    channelAccessToken: given,
  } = options
  const tokens = typeof given === 'string' ? readToken(given) : given
  const baseUrl = options.baseUrl === undefined ? undefined : readOrigin(options.baseUrl)
  const transport: Transport = {
    fetch: (url, init) => (ownFetch ?? globalThis.fetch)(url, init),
    clock,
    random: random ?? Math.random,
    limiter,
    hooks,
  }
  const botIdHeader = options.botIdHeader?.toLowerCase() ?? 'x-line-bot-id'
  if (!/^[a-z0-9-]+$/.test(botIdHeader))
    throw new LineInputError('botIdHeader: a header is called by letters, digits and hyphens')
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
    const name = operationName(operation)
    const { auth = 'channel', repeat } = operation
    const refuse = (why: string, problems?: ReturnType<Validator['check']>) =>
      new LineInputError(`${name}: ${why}`, { operation: name, problems })
    if (callOptions.retryKey && repeat !== 'keyed') throw refuse('LINE takes no retry key here')
    const problems = validate?.check(operation, 'input', input)
    if (problems?.length) throw refuse(problems.map((problem) => problem.message).join('; '), problems)
    const request = buildRequest(operation, input, baseUrl)
    const retryKey =
      repeat === 'keyed'
        ? callOptions.retryKey
          ? checkRetryKey(callOptions.retryKey, name)
          : makeRetryKey(random)
        : undefined
    request.headers['user-agent'] = `line-oa/${version}`
    if (callOptions.botId) request.headers[botIdHeader] = callOptions.botId
    const own = callOptions.accessToken ?? (typeof tokens === 'string' && auth !== 'user' ? tokens : undefined)
    const source =
      auth === 'none' || own !== undefined || auth === 'user' || typeof tokens === 'string' ? undefined : tokens
    if (auth !== 'none' && own !== undefined) request.headers['authorization'] = `Bearer ${readToken(own, name)}`
    else if (auth !== 'none' && !source)
      throw refuse(
        auth === 'user'
          ? "it takes a user's token: pass accessToken in the options"
          : 'there is no channel access token',
      )
    if (source?.kind && operation.tokens?.includes(source.kind) === false)
      throw refuse(`it takes no ${source.kind} channel access token, only ${operation.tokens.join(', ')}`)
    const file = operation.response === 'binary' || operation.body === 'multipart' || typeof operation.body === 'object'
    const facts = { operation: name, retryKey }
    const timeout = callOptions.timeout ?? options.timeout ?? (file ? 60_000 : 10_000)
    const totalTimeout = callOptions.totalTimeout ?? options.totalTimeout ?? (file ? 180_000 : 30_000)
    const { last, uncertain, attempts } = await send(transport, {
      operation,
      name,
      request,
      retryKey,
      timeout,
      totalTimeout,
      signal: callOptions.signal,
      owner: {
        channel: auth === 'none' ? (clientIn(input) ?? channelOf(tokens)) : channelOf(source),
        // A user's token says nothing about the channel, and every user has another.
        token: auth === 'user' || auth === 'none' ? undefined : own,
        bot: callOptions.botId,
      },
      token: source && ((refused) => fromSource(source, refused, name)),
    })
    if (last.kind !== 'response') {
      const outcome = last.sent || uncertain ? ('unknown' as const) : ('rejected' as const)
      const about = { ...facts, outcome, reason: last.reason }
      const times = attempts > 1 ? `, ${attempts} times` : ''
      if (last.kind === 'aborted')
        throw new LineAbortedError(`${name}: aborted by the caller's signal`, {
          ...about,
          cause: callOptions.signal?.reason,
        })
      if (last.kind === 'timeout')
        throw new LineTimeoutError(
          `${name}: no answer in time (${timeout} ms each, ${totalTimeout} ms in all)${times}`,
          about,
        )
      throw new LineNetworkError(
        `${name}: the connection to ${new URL(request.url).host} failed (${last.reason})${times}`,
        about,
      )
    }
    return read(operation, last, uncertain, facts)
  }

  const warn = (operation: string, message: string, requestId: string | undefined) =>
    tell(hooks.warning, { operation, code: 'unexpected-body', message, requestId })

  const read = <Output>(
    operation: Endpoint,
    answer: LineResponse,
    uncertain: boolean,
    facts: { readonly operation: string; readonly retryKey: string | undefined },
  ): WithResponse<Output> => {
    const { status, headers, text, stream, broken } = answer
    const requestId = headers.get('x-line-request-id') ?? undefined
    const acceptedRequestId = headers.get('x-line-accepted-request-id') ?? undefined
    const body = jsonObject(text)
    const ok = status >= 200 && status < 300
    // Of audiences LINE says by 400 and a code that there is none.
    const gone = status === 404 || (status === 400 && /"\w+_NOT_FOUND"/.test(text))
    const repeated =
      (status === 409 && operation.repeat === 'keyed') || (gone && operation.method === 'DELETE' && uncertain)
    if (!ok && !repeated) {
      const lineMessage = String(
        body?.['message'] ??
          body?.['error_description'] ??
          body?.['error'] ??
          (status < 400 ? 'redirects are not followed' : 'without a message of LINE'),
      )
      const unknown = status >= 500 || status === 408 || (uncertain && status !== 400)
      const { code, hint } = classify(status, lineMessage)
      throw apiError(code, {
        ...facts,
        outcome: unknown ? 'unknown' : 'rejected',
        status,
        lineMessage,
        // LINE documents this list; anything else in its place is left out.
        details: Array.isArray(body?.['details']) ? (body['details'] as LineErrorDetail[]) : [],
        oauthError: typeof body?.['error'] === 'string' ? body['error'] : undefined,
        requestId,
        acceptedRequestId,
        hint,
      })
    }
    const { lost } = operation
    let data: unknown = typeof lost === 'object' ? { ...lost, ...body } : (body ?? {})
    if (stream)
      data = {
        stream,
        contentType: headers.get('content-type') ?? '',
        contentLength: length(headers),
      } satisfies BinaryContent
    else if (!body && (text || broken || lost || needsAnswer(operation))) {
      const lineMessage = 'LINE accepted the call, but its answer is not the JSON that it documents'
      if (needsAnswer(operation) && !repeated)
        throw apiError('LINE_API', {
          ...facts,
          // What changes nothing has done nothing.
          outcome: operation.repeat === 'safe' ? 'rejected' : 'unknown',
          status,
          lineMessage,
          details: [],
          requestId,
        })
      warn(facts.operation, lineMessage, requestId)
    } else if (body && validate) {
      const [problem] = validate.check(operation, 'output', body)
      if (problem) warn(facts.operation, `the answer differs from what LINE documents: ${problem.message}`, requestId)
    }
    return {
      data: data as Output, // what LINE documents for this record; with `validate` it has been checked
      requestId,
      acceptedRequestId,
      outcome: repeated ? 'already-accepted' : 'accepted',
      retryKey: facts.retryKey,
      status,
      headers,
    }
  }

  return {
    call: async (operation, input, callOptions) => (await callWithResponse(operation, input, callOptions)).data,
    callWithResponse,
  }
}
