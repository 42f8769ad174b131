import type { Operation } from '../../core/operation.js'
import type * as T from './types.js'

/**
 * Sends the same messages to the friends that audiences and filters pick out. LINE only accepts it here and sends later:
 * ask {@link getNarrowcastProgress} by the request ID. Without a `limit` the whole target reach is taken out of the month's quota meanwhile.
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
 * Tells how far a narrowcast is, for 14 days after it was accepted (404 later).
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
