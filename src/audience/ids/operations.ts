import type { Operation } from '../../core/operation.js'
import type { CreatedAudience } from '../created.js'
import type * as T from './types.js'

/**
 * Makes an audience of up to 10,000 IDs. LINE fills it later: it can be sent to when `getAudienceData` says `READY`.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#create-upload-audience-group
 */
export const createAudienceGroup: Operation<T.CreateAudienceGroupInput, CreatedAudience> = {
  method: 'POST',
  path: '/v2/bot/audienceGroup/upload',
  repeat: 'never',
  rate: '60/min',
  lost: 'error',
  docs: 'messaging-api/#create-upload-audience-group',
}

/**
 * Adds up to 10,000 IDs to an audience. Its status does not change meanwhile: its new job in `getAudienceData` ends as `FINISHED` or `FAILED`.
 * LINE takes 10 such jobs of one audience at a time (429 for more), and advises a `timeout` of 30 seconds or more.
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
 * Makes an audience of up to 1,500,000 IDs in a file. LINE fills it later: it can be sent to when `getAudienceData` says `READY`.
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
  lost: 'error',
  docs: 'messaging-api/#create-upload-audience-group-by-file',
}

/**
 * Adds up to 1,500,000 IDs in a file to an audience. Its status does not change meanwhile: its new job in `getAudienceData` ends as `FINISHED`
 * or `FAILED`. LINE takes 10 such jobs of one audience at a time (429 for more).
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
