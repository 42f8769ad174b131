import { operationName } from '../../core/call/request.js'
import { checkClient } from '../../core/check-client.js'
import { LineInputError } from '../../core/errors.js'
import type { Methods } from '../../core/operation.js'
import { checkWait, poll, type WaitOptions } from '../../core/poll.js'
import { LineApiError } from '../../core/response-errors.js'
import * as operations from './operations.js'
import type { RichMenuBatchProgress } from './types.js'

/** The part of a client that `waitForRichMenuBatch` uses. */
export interface RichMenuBatchClient {
  /** The call that `waitForRichMenuBatch` makes. */
  readonly messaging: Pick<Methods<typeof operations>, 'getRichMenuBatchProgress'>
}

/**
 * Waits until LINE has processed a rich menu batch.
 *
 * @param requestId request ID of the batch: `(await line.withResponse.messaging.richMenuBatch(...)).requestId`.
 * @param options defaults: a `timeout` of 600,000 ms and an `interval` of 40,000 ms, because LINE allows 100 progress
 *   calls per hour. LINE continues the batch after a timeout.
 * @throws {LineApiError} `LINE_API` if the batch failed for at least some users. Repeat the call with the same
 *   `resumeRequestKey`.
 * @throws {LineTimeoutError} if LINE is not done in time.
 * @throws {LineAbortedError} if the signal aborts the wait.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#get-batch-control-rich-menus-of-users-progress-status
 */
export async function waitForRichMenuBatch(
  line: RichMenuBatchClient,
  requestId: string,
  options: WaitOptions = {},
): Promise<RichMenuBatchProgress> {
  checkClient('waitForRichMenuBatch', line, 'messaging', 'getRichMenuBatchProgress')
  checkWait('waitForRichMenuBatch', options)
  if (typeof requestId !== 'string' || !requestId)
    throw new LineInputError('waitForRichMenuBatch: requestId must be the request ID of a rich menu batch')
  const { timeout = 600_000, interval = 40_000 } = options
  return poll(line, `rich menu batch ${requestId}`, { ...options, timeout, interval }, async (call) => {
    const progress = await line.messaging.getRichMenuBatchProgress({ requestId }, call)
    if (progress.phase === 'failed')
      throw new LineApiError('LINE_API', {
        operation: operationName(operations.getRichMenuBatchProgress),
        outcome: 'unknown',
        status: 200,
        lineMessage: 'the batch failed for at least some users',
        details: [],
        hint: 'Repeat the call with the same resumeRequestKey within 14 days',
      })
    return progress.phase === 'succeeded' ? progress : undefined
  })
}
