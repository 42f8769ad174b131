import { LineAbortedError, type LineError, LineNetworkError, LineTimeoutError } from '../errors.js'
import { jsonObject, property, textProperty } from '../property.js'
import type { ApiFacts, LineApiError, LineErrorDetail } from '../response-errors.js'
import { apiError, classify } from './api-error.js'
import type { LineResponse, NoResponse, PreparedCall } from './attempt.js'
import { requestIdOf } from './response.js'
import type { SendResult } from './transport.js'

export { withFacts } from './api-error.js'

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

// A shorter value may be part of an ordinary word.
const shortestSecret = 8

// How a response may repeat a secret. Half of a surrogate pair can be in JSON, but not in a URL.
const formsOf = (secret: string): readonly string[] => [
  secret,
  JSON.stringify(secret).slice(1, -1),
  ...(/\p{Cs}/u.test(secret) ? [] : [encodeURIComponent(secret)]),
]

function withoutSecrets(text: string, secrets: ReadonlySet<string>): string {
  let result = text
  for (const secret of secrets)
    if (secret.length >= shortestSecret)
      for (const form of formsOf(secret)) result = result.replaceAll(form, '[redacted]')
  return result
}

/** The facts of a refused call. */
export interface Refusal extends Pick<ApiFacts, 'outcome' | 'retryKey'> {
  /** Method and path of the operation. */
  readonly operation: string
  /** The credentials of the call. A response that repeats them must not put them into an error or a log. */
  readonly secrets: ReadonlySet<string>
}

/** Creates the error of a response that refuses a call. */
export function refusalOf({ status, headers, text }: LineResponse, refusal: Refusal): LineApiError {
  const { operation, outcome, retryKey, secrets } = refusal
  const body: Body = jsonObject(withoutSecrets(text, secrets))
  const lineMessage = messageOf(body, status)
  // LINE documents this list; any other value is ignored.
  const details = detailsIn(body?.['details'])
  const { code, hint } = classify(status, lineMessage, details, operation)
  return apiError(code, {
    operation,
    retryKey,
    outcome,
    status,
    requestId: requestIdOf(headers),
    acceptedRequestId: requestIdOf(headers, 'x-line-accepted-request-id'),
    lineMessage,
    details,
    hint,
    oauthError: textProperty(body, 'error'),
    purchaseError: textProperty(body, 'errorCode'),
  })
}
