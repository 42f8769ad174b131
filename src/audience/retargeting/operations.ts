import type { Operation } from '../../core/operation.js'
import type * as T from './types.js'

/**
 * Creates an audience of the users who opened a link in a broadcast or narrowcast. LINE rejects a second audience for
 * the same message and link (400).
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#create-click-audience-group
 */
export const createClickBasedAudienceGroup: Operation<T.CreateClickBasedAudienceGroupInput, T.CreatedClickAudience> = {
  method: 'POST',
  path: '/v2/bot/audienceGroup/click',
  repeat: 'never',
  rate: '60/min',
  onLostResponse: 'error',
  docs: 'messaging-api/#create-click-audience-group',
}

/**
 * Creates an audience of the users who viewed a broadcast or narrowcast. LINE rejects a second audience for the same
 * message (400).
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#create-imp-audience-group
 */
export const createImpBasedAudienceGroup: Operation<T.CreateImpBasedAudienceGroupInput, T.CreatedImpAudience> = {
  method: 'POST',
  path: '/v2/bot/audienceGroup/imp',
  repeat: 'never',
  rate: '60/min',
  onLostResponse: 'error',
  docs: 'messaging-api/#create-imp-audience-group',
}
