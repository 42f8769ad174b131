import type { Operation } from '../../core/operation.js'
import type { CreatedAudience } from '../group/types.js'
import type * as T from './types.js'

/**
 * Creates an audience of up to 10,000 IDs. LINE fills it later: it is ready to be sent to when its status in
 * `getAudienceData` is `READY`.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#create-upload-audience-group
 */
export const createAudienceGroup: Operation<T.CreateAudienceGroupInput, CreatedAudience> = {
  method: 'POST',
  path: '/v2/bot/audienceGroup/upload',
  repeat: 'never',
  rate: '60/min',
  onLostResponse: 'error',
  docs: 'messaging-api/#create-upload-audience-group',
}

/**
 * Adds up to 10,000 IDs to an audience. The status of the audience does not change; the new job in `getAudienceData`
 * ends as `FINISHED` or `FAILED`. At most 10 jobs per audience can be in progress (429 otherwise). LINE recommends a
 * `timeout` of at least 30 seconds.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#update-upload-audience-group
 */
export const addAudienceToAudienceGroup: Operation<T.AddAudienceToAudienceGroupInput, Record<string, never>> = {
  method: 'PUT',
  path: '/v2/bot/audienceGroup/upload',
  repeat: 'never',
  rate: '60/min',
  docs: 'messaging-api/#update-upload-audience-group',
}

/**
 * Creates an audience of up to 1,500,000 IDs from a file. LINE fills it later: it is ready to be sent to when its
 * status in `getAudienceData` is `READY`.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#create-upload-audience-group-by-file
 */
export const createAudienceForUploadingUserIds: Operation<T.CreateAudienceForUploadingUserIdsInput, CreatedAudience> = {
  method: 'POST',
  host: 'data',
  path: '/v2/bot/audienceGroup/upload/byFile',
  body: 'multipart',
  kinds: { isIfaAudience: 'boolean' },
  repeat: 'never',
  rate: '60/min',
  onLostResponse: 'error',
  docs: 'messaging-api/#create-upload-audience-group-by-file',
}

/**
 * Adds up to 1,500,000 IDs from a file to an audience. The status of the audience does not change; the new job in
 * `getAudienceData` ends as `FINISHED` or `FAILED`. At most 10 jobs per audience can be in progress (429 otherwise).
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#update-upload-audience-group-by-file
 */
export const addUserIdsToAudience: Operation<T.AddUserIdsToAudienceInput, Record<string, never>> = {
  method: 'PUT',
  host: 'data',
  path: '/v2/bot/audienceGroup/upload/byFile',
  body: 'multipart',
  kinds: { audienceGroupId: 'number' },
  repeat: 'never',
  rate: '60/min',
  docs: 'messaging-api/#update-upload-audience-group-by-file',
}
