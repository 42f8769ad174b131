import { operationName } from '../../core/call/request.js'
import { checkClient } from '../../core/check-client.js'
import { LineInputError } from '../../core/errors.js'
import type { Methods, WithResponse } from '../../core/operation.js'
import { checkWait, poll, type WaitOptions } from '../../core/poll.js'
import { textProperty } from '../../core/property.js'
import { LineApiError } from '../../core/response-errors.js'
import * as operations from './operations.js'
import type { NarrowcastProgress } from './types.js'

/** The part of a client that `waitForNarrowcast` uses. */
export interface NarrowcastClient {
  /** The call that `waitForNarrowcast` makes. */
  readonly messaging: Pick<Methods<typeof operations>, 'getNarrowcastProgress'>
}

const hints: { readonly [errorCode: number]: string } = {
  1: 'Internal error at LINE, or the monthly quota is used up. Check the counts before you send again',
  2: 'Filters and audiences must leave at least 50 recipients. Widen them',
  3: 'The retry key was already accepted. Use the acceptedRequestId of that response',
  4: 'If several audiences are combined, each must have at least 50 members',
  5: 'The monthly quota does not suffice for all recipients, and forbidPartialDelivery is set',
}

/** LINE accepted a narrowcast but failed to send it. The code is `LINE_API`; {@link errorCode} gives the reason. */
export class LineNarrowcastError extends LineApiError {
  declare readonly code: 'LINE_API'
  /**
   * LINE's error code: 1: internal error, 2: too few recipients, 3: retry of a request that was already accepted, 4:
   * an audience has fewer than 50 members, 5: `forbidPartialDelivery` prevented the send. `undefined` if LINE gives
   * none.
   */
  readonly errorCode: number | undefined
  /** The last progress that LINE reported. */
  readonly progress: NarrowcastProgress

  constructor(progress: NarrowcastProgress) {
    if (typeof progress !== 'object' || progress === null)
      throw new LineInputError('LineNarrowcastError: progress must be the progress of a narrowcast')
    const { errorCode, failedDescription } = progress
    super('LINE_API', {
      operation: operationName(operations.getNarrowcastProgress),
      // Only an internal error can occur after some messages have been sent.
      outcome: errorCode === undefined || errorCode === 1 ? 'unknown' : 'rejected',
      status: 200,
      lineMessage: failedDescription ?? 'failed',
      details: [],
      hint: errorCode === undefined ? undefined : hints[errorCode],
    })
    this.errorCode = errorCode
    this.progress = progress
  }
}

/**
 * Waits until LINE has sent a narrowcast, and returns its counts.
 *
 * @param narrowcast the result of `line.withResponse.messaging.narrowcast()`, or the request ID: `acceptedRequestId` if
 *   the outcome is `already-accepted`, else `requestId`.
 * @param options defaults: a `timeout` of 600,000 ms and an `interval` of 5,000 ms. LINE continues after a timeout.
 * @throws {LineInputError} if the response has no request ID, for example because a proxy removed it.
 * @throws {LineNarrowcastError} if LINE failed to send the narrowcast.
 * @throws {LineTimeoutError} if LINE is not done in time.
 * @throws {LineAbortedError} if the signal aborts the wait.
 * @throws {LineApiError} `LINE_NOT_FOUND` if LINE does not know the request ID, or after 14 days.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#get-narrowcast-progress-status
 *
 * @example
 * const sent = await line.withResponse.messaging.narrowcast({ messages, recipient })
 * const { successCount } = await waitForNarrowcast(line, sent)
 */
export async function waitForNarrowcast(
  line: NarrowcastClient,
  narrowcast: string | Pick<WithResponse<unknown>, 'requestId' | 'acceptedRequestId'>,
  options: WaitOptions = {},
): Promise<NarrowcastProgress> {
  checkClient('waitForNarrowcast', line, 'messaging', 'getNarrowcastProgress')
  checkWait('waitForNarrowcast', options)
  const { timeout = 600_000, interval = 5000 } = options
  const requestId =
    typeof narrowcast === 'string'
      ? narrowcast
      : (textProperty(narrowcast, 'acceptedRequestId') ?? textProperty(narrowcast, 'requestId'))
  if (!requestId) throw new LineInputError('waitForNarrowcast: the response to the narrowcast has no request ID')
  return poll(line, `narrowcast ${requestId}`, { ...options, timeout, interval }, async (call) => {
    const progress = await line.messaging.getNarrowcastProgress({ requestId }, call)
    if (progress.phase === 'failed') throw new LineNarrowcastError(progress)
    return progress.phase === 'succeeded' ? progress : undefined
  })
}
