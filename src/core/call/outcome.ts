import { LineAbortedError, type LineError, LineNetworkError, LineTimeoutError } from '../errors.js'
import { type Endpoint, needsResponseBody, type WithResponse } from '../operation.js'
import { jsonObject, property } from '../property.js'
import type { LineErrorDetail } from '../response-errors.js'
import type { Validator } from '../schema/problems.js'
import type { LineResponse, NoResponse, PreparedCall } from './attempt.js'
import { type Hooks, tell } from './hooks.js'
import { type BinaryContent, requestIdOf } from './response.js'
import type { SendResult } from './transport.js'

// The codes of Node, Bun and Deno for a connection that was never established. A lost connection has other codes.
const unreachable = /refused|notfound|eai_again|unreach|connect_timeout/i

/** Creates the error of a call without a response. */
export function failure(
  last: NoResponse,
  { uncertain, attempts }: SendResult,
  {
    name,
    request,
    retryKey,
    timeout,
    totalTimeout,
    signal,
  }: Pick<PreparedCall, 'name' | 'request' | 'retryKey' | 'timeout' | 'totalTimeout' | 'signal'>,
): LineError {
  const outcome = last.sent || uncertain ? ('unknown' as const) : ('rejected' as const)
  const facts = { operation: name, retryKey, outcome, reason: last.reason }
  const times = attempts > 1 ? ` after ${attempts} attempts` : ''
  if (last.kind === 'aborted')
    return new LineAbortedError(`${name}: aborted by the caller's signal`, { ...facts, cause: signal?.reason })
  if (last.kind === 'timeout')
    return new LineTimeoutError(
      `${name}: timed out${times} (${timeout} ms per attempt, ${totalTimeout} ms in total)`,
      facts,
    )
  const { host } = new URL(request.url)
  const what = unreachable.test(last.reason ?? '') ? `could not connect to ${host}` : `the connection to ${host} failed`
  return new LineNetworkError(`${name}: ${what}${last.reason ? ` (${last.reason})` : ''}${times}`, facts)
}

function contentLength(headers: Headers): number | undefined {
  const stated = headers.get('content-length')
  return stated && /^\d+$/.test(stated) ? Number(stated) : undefined
}

type Body = { readonly [name: string]: unknown } | undefined

function messageOf(body: Body, status: number): string {
  const message = body?.['message'] ?? body?.['error_description'] ?? body?.['error']
  if (typeof message === 'string') return message
  return status < 400 ? 'redirects are not followed' : 'the response has no message from LINE'
}

function detailsIn(details: unknown): readonly LineErrorDetail[] {
  if (!Array.isArray(details)) return []
  return details.flatMap((detail) => {
    const [message, place] = [property(detail, 'message'), property(detail, 'property')]
    if (typeof message !== 'string' && typeof place !== 'string') return []
    return { ...(typeof message === 'string' && { message }), ...(typeof place === 'string' && { property: place }) }
  })
}

/** The facts of the call that {@link readResponse} needs. */
export interface ReadContext {
  /** Method and path of the operation. */
  readonly name: string
  readonly retryKey: string | undefined
  readonly validate: Validator | undefined
  readonly hooks: Hooks
  /** The credentials of the call. A response that repeats them must not put them into an error or a log. */
  readonly secrets: ReadonlySet<string>
}

// A shorter value may be part of an ordinary word.
const shortestSecret = 8

function withoutSecrets(text: string, secrets: ReadonlySet<string>): string {
  let result = text
  for (const secret of secrets)
    if (secret.length >= shortestSecret)
      for (const form of [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)])
        result = result.replaceAll(form, '[redacted]')
  return result
}

/**
 * Reads LINE's response: returns the body, status, headers and IDs, or throws LINE's error.
 *
 * @throws {LineApiError} when LINE refused the call, or accepted a call whose result is its response body but sent no valid body.
 */
export async function readResponse<Output>(
  operation: Endpoint,
  { status, headers, text: received, stream, broken }: LineResponse,
  uncertain: boolean,
  { name, retryKey, validate, hooks, secrets }: ReadContext,
): Promise<WithResponse<Output>> {
  // The body of a success is the result of the call, which may be a token itself.
  const text = status >= 200 && status <= 299 ? received : withoutSecrets(received, secrets)
  const requestId = requestIdOf(headers)
  const acceptedRequestId = requestIdOf(headers, 'x-line-accepted-request-id')
  const facts = { operation: name, retryKey, status, requestId }
  const body: Body = jsonObject(text)
  // For a missing audience, LINE responds with 400 and a code of this form instead of 404.
  const gone = status === 404 || (status === 400 && /"\w+_NOT_FOUND"/.test(text))
  const repeated =
    (status === 409 && operation.repeat === 'keyed') || (gone && operation.method === 'DELETE' && uncertain)
  if ((status < 200 || status > 299) && !repeated) {
    const lineMessage = messageOf(body, status)
    const details = detailsIn(body?.['details'])
    const { apiError, classify } = await import('./api-error.js')
    const { code, ...known } = classify(status, lineMessage, details, name)
    throw apiError(code, {
      ...facts,
      ...known,
      outcome: status >= 500 || status === 408 || (uncertain && status !== 400) ? 'unknown' : 'rejected',
      lineMessage,
      // LINE documents this list; any other value is ignored.
      details,
      oauthError: typeof body?.['error'] === 'string' ? body['error'] : undefined,
      acceptedRequestId,
    })
  }
  const warn = (message: string) =>
    tell(hooks.warning, { operation: name, code: 'unexpected-body', message, requestId })
  const { onLostResponse } = operation
  let data: unknown = typeof onLostResponse === 'object' ? { ...onLostResponse, ...body } : (body ?? {})
  if (stream) {
    const contentType = headers.get('content-type') ?? ''
    data = { stream, contentType, contentLength: contentLength(headers) } satisfies BinaryContent
  } else if (body) {
    const [problem] = validate?.check(operation, 'output', body) ?? []
    if (problem) warn(`The response differs from LINE's documentation: ${problem.message}`)
  } else if (text || broken || onLostResponse || needsResponseBody(operation)) {
    const lineMessage = 'LINE accepted the call, but its response is not the documented JSON'
    if (needsResponseBody(operation) && !repeated) {
      // A call that only reads changed nothing.
      const outcome = operation.repeat === 'safe' ? 'rejected' : 'unknown'
      const { apiError } = await import('./api-error.js')
      throw apiError('LINE_API', { ...facts, outcome, lineMessage, details: [] })
    }
    warn(lineMessage)
  }
  return {
    data: data as Output, // the type that LINE documents for this record; `validate` has checked it if it is set
    requestId,
    acceptedRequestId,
    outcome: repeated ? 'already-accepted' : 'accepted',
    retryKey,
    status,
    headers,
  }
}
