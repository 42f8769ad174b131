import type { Operation } from '../../core/operation.js'
import type * as T from './types.js'

/**
 * Gets how users interacted with a narrowcast or broadcast: impressions, clicks and media playback.
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
 * Gets how users interacted with all push and multicast messages sent under one unit name.
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
