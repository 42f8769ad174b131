import type { Operation } from '../../core/operation.js'
import type * as T from './types.js'

/**
 * Tells what people did with one narrowcast or broadcast: saw it, opened its links, played its videos.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#get-message-event
 */
export const getMessageEvent: Operation<T.GetMessageEventInput, T.MessageEvents> = {
  method: 'GET',
  path: '/v2/bot/insight/message/event',
  query: { requestId: 'string' },
  repeat: 'safe',
  rate: '60/h',
  docs: 'messaging-api/#get-message-event',
}

/**
 * Tells what people did with the pushes and multicasts that were sent under one unit name, all taken together.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#get-statistics-per-unit
 */
export const getStatisticsPerUnit: Operation<T.GetStatisticsPerUnitInput, T.UnitStatistics> = {
  method: 'GET',
  path: '/v2/bot/insight/message/event/aggregation',
  query: { customAggregationUnit: 'string', from: 'string', to: 'string' },
  repeat: 'safe',
  rate: '60/h',
  docs: 'messaging-api/#get-statistics-per-unit',
}
