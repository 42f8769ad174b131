import { operationName } from '../../core/call/request.js'
import { LineApiError } from '../../core/errors.js'
import type { Methods } from '../../core/operation.js'
import { poll, type WaitOptions } from '../../core/poll.js'
import * as operations from './operations.js'
import type { RichMenuBatchProgress } from './types.js'

/** As much of a client as waiting for a batch takes. */
export interface RichMenuBatchClient {
  readonly messaging: Pick<Methods<typeof operations>, 'getRichMenuBatchProgress'>
}

/**
 * Waits until LINE has carried out a batch of rich menu links.
 *
 * @param requestId the request ID that the batch was answered with: `(await line.withResponse.messaging.richMenuBatch(...)).requestId`.
 * @param options its `timeout` is 600,000 ms when left out, its `interval` 40,000 ms, since LINE answers this question 100 times an hour. LINE goes on when the waiting ends.
 * @throws {LineApiError} `LINE_API` when the batch failed for some users at least; make the same call again under its `resumeRequestKey`.
 * @throws {LineTimeoutError} when LINE is not done in time.
 * @throws {LineAbortedError} when the signal ends the waiting.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#get-batch-control-rich-menus-of-users-progress-status
 */
export function waitForRichMenuBatch(
  line: RichMenuBatchClient,
  requestId: string,
  options: WaitOptions = {},
): Promise<RichMenuBatchProgress> {
  const { timeout = 600_000, interval = 40_000 } = options
  return poll(line, `rich menu batch ${requestId}`, { ...options, timeout, interval }, async (call) => {
    const progress = await line.messaging.getRichMenuBatchProgress({ requestId }, call)
    if (progress.phase === 'failed')
      throw new LineApiError('LINE_API', {
        operation: operationName(operations.getRichMenuBatchProgress),
        outcome: 'unknown',
        status: 200,
        lineMessage: 'the batch failed for some users at least',
        details: [],
        hint: 'Make the same call again under its resumeRequestKey, within 14 days',
      })
    return progress.phase === 'succeeded' ? progress : undefined
  })
}
