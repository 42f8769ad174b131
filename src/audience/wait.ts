import { operationName } from '../core/call/request.js'
import { LineApiError } from '../core/errors.js'
import type { Methods } from '../core/operation.js'
import { poll, type WaitOptions } from '../core/poll.js'
import * as operations from './group/operations.js'
import type { AudienceData } from './types.js'

/** As much of a client as waiting for an audience takes. */
export interface AudienceClient {
  readonly audience: Pick<Methods<typeof operations>, 'getAudienceData'>
}

/** How long to wait for an audience, and what of it is known already. */
export interface AudienceWaitOptions extends WaitOptions {
  /**
   * Jobs that failed before, by their `audienceGroupJobId`: they count no longer. LINE lists a failed job beside the later one that adds the same IDs
   * again, so name it when you wait for that one.
   */
  readonly knownFailures?: readonly number[] | undefined
}

/** LINE took an audience and cannot fill it, or it can be used no longer. Its code is `LINE_API`; how it stands says {@link audience}. */
export class LineAudienceError extends LineApiError {
  declare readonly code: 'LINE_API'
  /** What LINE answered when it was asked last; its `jobs` name those that failed. */
  readonly audience: AudienceData

  constructor(audience: AudienceData, failedType: string | undefined) {
    const { status } = audience.audienceGroup
    super('LINE_API', {
      operation: operationName(operations.getAudienceData),
      outcome: 'rejected',
      status: 200,
      lineMessage: failedType ?? status,
      details: [],
      hint: status === 'EXPIRED' ? 'Audiences expire 180 days after they were made; make it again' : undefined,
    })
    this.audience = audience
  }
}

const over: readonly string[] = ['FAILED', 'EXPIRED', 'INACTIVE']
const underWay: readonly string[] = ['QUEUED', 'WORKING']

/**
 * Waits until an audience can be sent to, with all IDs that were added to it so far, and gives it.
 *
 * LINE may take hours, and leaves an audience `IN_PROGRESS` for ever when it is empty or one of clicks or impressions with under 50 people.
 *
 * @param options its `timeout` is 600,000 ms when left out, its `interval` 10,000 ms; LINE allows 60 calls a minute. LINE goes on when the waiting ends.
 * @throws {LineAudienceError} when LINE failed to fill the audience or to add IDs to it, and for one that has expired or is inactive.
 * @throws {LineTimeoutError} when LINE is not done in time.
 * @throws {LineAbortedError} when the signal ends the waiting.
 * @throws {LineApiError} for an audience that is not the account's: status 400 with `AUDIENCE_GROUP_NOT_FOUND` among the details.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#get-audience-group
 *
 * @example
 * const { audienceGroupId } = await line.audience.createAudienceGroup({ description: 'spring', audiences: [{ id: userId }] })
 * await waitForAudience(line, audienceGroupId)
 */
export function waitForAudience(
  line: AudienceClient,
  audienceGroupId: number,
  options: AudienceWaitOptions = {},
): Promise<AudienceData> {
  const { timeout = 600_000, interval = 10_000, knownFailures = [] } = options
  return poll(line, `audience ${audienceGroupId}`, { ...options, timeout, interval }, async (call) => {
    const audience = await line.audience.getAudienceData({ audienceGroupId }, call)
    const { audienceGroup, jobs } = audience
    const failed = jobs.find(
      ({ jobStatus, audienceGroupJobId }) => jobStatus === 'FAILED' && !knownFailures.includes(audienceGroupJobId),
    )
    if (over.includes(audienceGroup.status) || failed)
      throw new LineAudienceError(audience, audienceGroup.failedType ?? failed?.failedType ?? undefined)
    const isDone = audienceGroup.status === 'READY' && !jobs.some(({ jobStatus }) => underWay.includes(jobStatus))
    return isDone ? audience : undefined
  })
}
