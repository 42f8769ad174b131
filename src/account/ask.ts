import { LineApiError, LineError } from '../core/errors.js'

/** What LINE answered to a question: data, or a refusal that it would give again. */
export type Answer<Data> =
  | { readonly data: Data; readonly refusal?: undefined }
  | { readonly data?: undefined; readonly refusal: LineApiError }

/** Tells whether an error only says that LINE could not be asked now. */
export function isUnavailable(error: unknown): error is LineError {
  if (!(error instanceof LineError)) return false
  if (error instanceof LineApiError)
    // Below 400 something else than LINE has answered.
    return error.status >= 500 || error.status < 400 || error.status === 408 || error.code === 'LINE_RATE_LIMIT'
  return error.code === 'LINE_NETWORK' || error.code === 'LINE_TIMEOUT'
}

/**
 * Asks LINE, and takes its refusal for an answer.
 *
 * @throws {LineError} when LINE could not be asked.
 */
export async function ask<Data>(call: Promise<Data>): Promise<Answer<Data>> {
  try {
    return { data: await call }
  } catch (error) {
    if (error instanceof LineApiError && !isUnavailable(error)) return { refusal: error }
    throw error
  }
}

/** What may be shown of an error. */
export function aboutError(error: LineError): {
  readonly operation?: string
  readonly error: string
  readonly status?: number
  readonly requestId?: string
} {
  return {
    ...(error.operation !== undefined && { operation: error.operation }),
    error: error.code,
    ...(error instanceof LineApiError && {
      status: error.status,
      ...(error.requestId && { requestId: error.requestId }),
    }),
  }
}
