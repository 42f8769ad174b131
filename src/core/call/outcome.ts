import { type Endpoint, needsResponseBody, type WithResponse } from '../operation.js'
import { jsonObject } from '../property.js'
import type { Validator } from '../schema/problems.js'
import type { LineResponse } from './attempt.js'
import { type Hooks, tell } from './hooks.js'
import { type BinaryContent, requestIdOf } from './response.js'

function contentLength(headers: Headers): number | undefined {
  const stated = headers.get('content-length')
  return stated && /^\d+$/.test(stated) ? Number(stated) : undefined
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

/**
 * Reads LINE's response: returns the body, status, headers and IDs, or throws LINE's error.
 *
 * @throws {LineApiError} when LINE refused the call, or accepted a call whose result is its response body but sent no valid body.
 */
export async function readResponse<Output>(
  operation: Endpoint,
  response: LineResponse,
  uncertain: boolean,
  { name, retryKey, validate, hooks, secrets }: ReadContext,
): Promise<WithResponse<Output>> {
  const { status, headers, text, stream, broken } = response
  const requestId = requestIdOf(headers)
  const acceptedRequestId = requestIdOf(headers, 'x-line-accepted-request-id')
  const facts = { operation: name, retryKey, status, requestId }
  const body = jsonObject(text)
  // For a missing audience, LINE responds with 400 and a code of this form instead of 404.
  const gone = status === 404 || (status === 400 && /"\w+_NOT_FOUND"/.test(text))
  const repeated =
    (status === 409 && operation.repeat === 'keyed') || (gone && operation.method === 'DELETE' && uncertain)
  if ((status < 200 || status > 299) && !repeated) {
    const { refusalOf } = await import('./refusal.js')
    const outcome = status >= 500 || status === 408 || (uncertain && status !== 400) ? 'unknown' : 'rejected'
    throw refusalOf(response, { operation: name, retryKey, outcome, secrets })
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
