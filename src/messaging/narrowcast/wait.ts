import { operationName } from '../../core/call/request.js'
import { LineApiError, LineInputError } from '../../core/errors.js'
import type { Methods, WithResponse } from '../../core/operation.js'
import { poll, type WaitOptions } from '../../core/poll.js'
import * as operations from './operations.js'
import type { NarrowcastProgress } from './types.js'

/** As much of a client as waiting for a narrowcast takes. */
export interface NarrowcastClient {
  readonly messaging: Pick<Methods<typeof operations>, 'getNarrowcastProgress'>
}

const hints: { readonly [errorCode: number]: string } = {
  1: 'An error inside of LINE, which also stands for too few messages left in the month; look at the counts before sending again',
  2: 'Filters and audiences must leave at least 50 recipients; widen them',
  3: 'The same retry key had been accepted before: ask about the request that acceptedRequestId of that answer names',
  4: 'Each audience must have at least 50 people when there are several',
  5: 'The rest of the month holds fewer messages than there are recipients, and forbidPartialDelivery was set',
}

/** LINE accepted a narrowcast and failed to carry it out. Its code is `LINE_API`; what it is about says {@link errorCode}. */
export class LineNarrowcastError extends LineApiError {
  declare readonly code: 'LINE_API'
  /**
   * LINE's code: 1 internal error, 2 too few recipients, 3 a repeat of a request accepted before, 4 an audience of under 50 in it,
   * 5 `forbidPartialDelivery` held it back. `undefined` where LINE gives none.
   */
  readonly errorCode: number | undefined
  /** What LINE answered when it was asked last. */
  readonly progress: NarrowcastProgress

  constructor(progress: NarrowcastProgress) {
    const { errorCode, failedDescription } = progress
    super('LINE_API', {
      operation: operationName(operations.getNarrowcastProgress),
      // Only an internal error can come after some of the messages have gone out.
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
 * Waits until LINE has sent a narrowcast, and gives its counts.
 *
 * @example
 * const sent = await line.withResponse.messaging.narrowcast({ messages, recipient })
 * const { successCount } = await waitForNarrowcast(line, sent)
 *
 * @param narrowcast what `line.withResponse.messaging.narrowcast()` gave, or the request ID in it: `acceptedRequestId` after `already-accepted`.
 * @param options its `timeout` is 600,000 ms when left out, its `interval` 5,000 ms. LINE sends on when the waiting ends.
 * @throws {LineInputError} for an answer without a request ID, as a proxy may leave it.
 * @throws {LineNarrowcastError} when LINE failed to send it.
 * @throws {LineTimeoutError} when LINE is not done in time.
 * @throws {LineAbortedError} when the signal ends the waiting.
 * @throws {LineApiError} `LINE_NOT_FOUND` for a request ID that LINE does not know, or 14 days later.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#get-narrowcast-progress-status
 */
export async function waitForNarrowcast(
  line: NarrowcastClient,
  narrowcast: string | Pick<WithResponse<unknown>, 'requestId' | 'acceptedRequestId'>,
  options: WaitOptions = {},
): Promise<NarrowcastProgress> {
  const { timeout = 600_000, interval = 5000 } = options
  const requestId = typeof narrowcast === 'string' ? narrowcast : (narrowcast.acceptedRequestId ?? narrowcast.requestId)
  if (!requestId) throw new LineInputError('waitForNarrowcast: the answer to the narrowcast has no request ID')
  return poll(line, `narrowcast ${requestId}`, { ...options, timeout, interval }, async (call) => {
    const progress = await line.messaging.getNarrowcastProgress({ requestId }, call)
    if (progress.phase === 'failed') throw new LineNarrowcastError(progress)
    return progress.phase === 'succeeded' ? progress : undefined
  })
}
