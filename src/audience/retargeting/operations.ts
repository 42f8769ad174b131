import type { Operation } from '../../core/operation.js'
import type * as T from './types.js'

/**
 * Makes an audience of those who opened a link in a broadcast or narrowcast. LINE refuses a second one of the same message and link (400).
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#create-click-audience-group
 */
export const createClickBasedAudienceGroup: Operation<T.CreateClickBasedAudienceGroupInput, T.CreatedClickAudience> = {
  method: 'POST',
  path: '/v2/bot/audienceGroup/click',
  repeat: 'never',
  rate: '60/min',
  lost: 'error',
  docs: 'messaging-api/#create-click-audience-group',
}

/**
 * Makes an audience of those who saw a broadcast or narrowcast. LINE refuses a second one of the same message (400).
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#create-imp-audience-group
 */
export const createImpBasedAudienceGroup: Operation<T.CreateImpBasedAudienceGroupInput, T.CreatedImpAudience> = {
  method: 'POST',
  path: '/v2/bot/audienceGroup/imp',
  repeat: 'never',
  rate: '60/min',
  lost: 'error',
  docs: 'messaging-api/#create-imp-audience-group',
}
