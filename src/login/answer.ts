import { operationName } from '../core/call/request.js'
import { LineNetworkError } from '../core/errors.js'
import type { Endpoint } from '../core/operation.js'

/**
 * Makes sure that an answer holds what all else rests on: an answer of a proxy in LINE's place is a 200 too.
 *
 * @throws {LineNetworkError} when it does not.
 */
export function insist(holds: boolean, what: string, record: Endpoint): void {
  if (holds) return
  const operation = operationName(record)
  throw new LineNetworkError(`${operation}: the answer holds no ${what}; something between here and LINE answered`, {
    operation,
  })
}
