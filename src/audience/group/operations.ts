import type { ListOperation, Operation } from '../../core/operation.js'
import type * as T from './types.js'

/**
 * Renames an audience.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#set-description-audience-group
 */
export const updateAudienceGroupDescription: Operation<T.UpdateAudienceGroupDescriptionInput, Record<string, never>> = {
  method: 'PUT',
  path: '/v2/bot/audienceGroup/{audienceGroupId}/updateDescription',
  kinds: { audienceGroupId: 'number' },
  repeat: 'safe',
  rate: '60/min',
  docs: 'messaging-api/#set-description-audience-group',
}

/**
 * Deletes an audience permanently.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#delete-audience-group
 */
export const deleteAudienceGroup: Operation<T.AudienceGroupIdInput, Record<string, never>> = {
  method: 'DELETE',
  path: '/v2/bot/audienceGroup/{audienceGroupId}',
  kinds: { audienceGroupId: 'number' },
  repeat: 'safe',
  rate: '60/min',
  docs: 'messaging-api/#delete-audience-group',
}

/**
 * Gets an audience and the status of its uploads.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#get-audience-group
 */
export const getAudienceData: Operation<T.AudienceGroupIdInput, T.AudienceData> = {
  method: 'GET',
  path: '/v2/bot/audienceGroup/{audienceGroupId}',
  kinds: { audienceGroupId: 'number' },
  repeat: 'safe',
  rate: '60/min',
  docs: 'messaging-api/#get-audience-group',
}

/**
 * Lists audiences. Pages are numbered, starting with `page: 1`.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#get-audience-groups
 */
export const getAudienceGroups: ListOperation<T.GetAudienceGroupsInput, T.AudienceGroups, T.AudienceGroup> = {
  method: 'GET',
  path: '/v2/bot/audienceGroup/list',
  query: {
    page: 'number',
    description: 'string',
    status: 'string',
    size: 'number',
    includesExternalPublicGroups: 'boolean',
    createRoute: 'string',
  },
  page: { items: 'audienceGroups', cursor: 'page', more: 'hasNextPage' },
  repeat: 'safe',
  rate: '60/min',
  docs: 'messaging-api/#get-audience-groups',
}

/**
 * Gets an audience shared through Business Manager, its owner, and the status of its uploads.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#get-shared-audience
 */
export const getSharedAudienceData: Operation<T.AudienceGroupIdInput, T.SharedAudienceData> = {
  method: 'GET',
  path: '/v2/bot/audienceGroup/shared/{audienceGroupId}',
  kinds: { audienceGroupId: 'number' },
  repeat: 'safe',
  rate: '60/min',
  docs: 'messaging-api/#get-shared-audience',
}

/**
 * Lists the audiences shared through Business Manager. Pages are numbered, starting with `page: 1`.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#get-shared-audience-list
 */
export const getSharedAudienceGroups: ListOperation<
  T.GetSharedAudienceGroupsInput,
  T.SharedAudienceGroups,
  T.SharedAudienceGroup
> = {
  method: 'GET',
  path: '/v2/bot/audienceGroup/shared/list',
  query: {
    page: 'number',
    description: 'string',
    status: 'string',
    size: 'number',
    createRoute: 'string',
    includesOwnedAudienceGroups: 'boolean',
  },
  page: { items: 'audienceGroups', cursor: 'page', more: 'hasNextPage' },
  repeat: 'safe',
  rate: '60/min',
  docs: 'messaging-api/#get-shared-audience-list',
}
