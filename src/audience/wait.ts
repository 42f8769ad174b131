import { operationName } from '../core/call/request.js'
import { checkClient } from '../core/check-client.js'
import { LineInputError } from '../core/errors.js'
import type { Methods } from '../core/operation.js'
import { checkWait, poll, type WaitOptions } from '../core/poll.js'
import { property, textProperty } from '../core/property.js'
import { LineApiError } from '../core/response-errors.js'
import * as operations from './group/operations.js'
import type { AudienceData } from './types.js'

/** The part of a client that `waitForAudience` uses. */
export interface AudienceClient {
  /** The call that `waitForAudience` makes. */
  readonly audience: Pick<Methods<typeof operations>, 'getAudienceData'>
}

/** Options of {@link waitForAudience}. */
export interface AudienceWaitOptions extends WaitOptions {
  /**
   * IDs (`audienceGroupJobId`) of failed jobs to ignore. LINE keeps listing a failed job along with a later job that adds
   * the same IDs again, so pass the failed one when you wait for the later one. Default: none.
   */
  readonly knownFailures?: readonly number[] | undefined
}

/**
 * LINE could not fill an audience, or the audience can no longer be used. The code is `LINE_API`; {@link audience} has
 * the details.
 */
export class LineAudienceError extends LineApiError {
  declare readonly code: 'LINE_API'
  /** The last data that LINE returned. Its `jobs` include the failed jobs. */
  readonly audience: AudienceData

  constructor(audience: AudienceData, failedType: string | undefined) {
    if (!textProperty(property(audience, 'audienceGroup'), 'status'))
      throw new LineInputError('LineAudienceError: audience must be the data of an audience')
    const { status } = audience.audienceGroup
    super('LINE_API', {
      operation: operationName(operations.getAudienceData),
      outcome: 'rejected',
      status: 200,
      lineMessage: failedType ?? status,
      details: [],
      hint: status === 'EXPIRED' ? 'Audiences expire 180 days after their creation. Create a new one' : undefined,
    })
    this.audience = audience
  }
}

const ended: readonly string[] = ['FAILED', 'EXPIRED', 'INACTIVE']
const inProgress: readonly string[] = ['QUEUED', 'WORKING']

/**
 * Waits until an audience is ready to be sent to, with all IDs added so far, and returns it.
 *
 * This can take hours. LINE leaves an audience `IN_PROGRESS` indefinitely if it is empty, or if it is based on clicks
 * or impressions of fewer than 50 users.
 *
 * @param options defaults: a `timeout` of 600,000 ms and an `interval` of 10,000 ms. LINE allows 60 calls per minute.
 *   LINE continues after a timeout.
 * @throws {LineAudienceError} if LINE failed to fill the audience or to add IDs, or the audience is expired or
 *   inactive.
 * @throws {LineTimeoutError} if the audience is not ready in time.
 * @throws {LineAbortedError} if the signal aborts the wait.
 * @throws {LineApiError} for an audience that does not belong to the account: status 400 with
 *   `AUDIENCE_GROUP_NOT_FOUND` in the details.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#get-audience-group
 *
 * @example
 * const { audienceGroupId } = await line.audience.createAudienceGroup({ description: 'spring', audiences: [{ id: userId }] })
 * await waitForAudience(line, audienceGroupId)
 */
export async function waitForAudience(
  line: AudienceClient,
  audienceGroupId: number,
  options: AudienceWaitOptions = {},
): Promise<AudienceData> {
  checkClient('waitForAudience', line, 'audience', 'getAudienceData')
  checkWait('waitForAudience', options)
  const { timeout = 600_000, interval = 10_000, knownFailures = [] } = options
  if (!Array.isArray(knownFailures)) throw new LineInputError('waitForAudience: knownFailures must be an array')
  if (!Number.isSafeInteger(audienceGroupId))
    throw new LineInputError('waitForAudience: audienceGroupId must be an integer')
  return poll(line, `audience ${audienceGroupId}`, { ...options, timeout, interval }, async (call) => {
    const audience = await line.audience.getAudienceData({ audienceGroupId }, call)
    const { audienceGroup, jobs } = audience
    const failed = jobs.find(
      ({ jobStatus, audienceGroupJobId }) => jobStatus === 'FAILED' && !knownFailures.includes(audienceGroupJobId),
    )
    if (ended.includes(audienceGroup.status) || failed)
      throw new LineAudienceError(audience, audienceGroup.failedType ?? failed?.failedType ?? undefined)
    const isReady = audienceGroup.status === 'READY' && !jobs.some(({ jobStatus }) => inProgress.includes(jobStatus))
    return isReady ? audience : undefined
  })
}
