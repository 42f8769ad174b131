import type { Operation } from '../../core/operation.js'
import type * as T from './types.js'

/**
 * Sends the same messages to the friends selected by audiences and filters. LINE accepts the request and sends later:
 * check {@link getNarrowcastProgress} with the request ID. Until then, without a `limit`, the whole target reach is
 * reserved in the monthly quota.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#send-narrowcast-message
 */
export const narrowcast: Operation<T.NarrowcastInput, Record<string, never>> = {
  method: 'POST',
  path: '/v2/bot/message/narrowcast',
  repeat: 'keyed',
  rate: '60/h',
  docs: 'messaging-api/#send-narrowcast-message',
}

/**
 * Gets the progress of a narrowcast. Available for 14 days after the narrowcast was accepted (404 afterwards).
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#get-narrowcast-progress-status
 */
export const getNarrowcastProgress: Operation<T.GetNarrowcastProgressInput, T.NarrowcastProgress> = {
  method: 'GET',
  path: '/v2/bot/message/progress/narrowcast',
  query: { requestId: 'string' },
  repeat: 'safe',
  docs: 'messaging-api/#get-narrowcast-progress-status',
}
