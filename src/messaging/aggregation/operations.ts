import type { ListOperation, Operation } from '../../core/operation.js'
import type * as T from './types.js'

/**
 * Gets the number of distinct aggregation units used this month.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#get-number-of-units-used-this-month
 */
export const getAggregationUnitUsage: Operation<Record<string, never>, T.AggregationUnitUsage> = {
  method: 'GET',
  path: '/v2/bot/message/aggregation/info',
  repeat: 'safe',
  docs: 'messaging-api/#get-number-of-units-used-this-month',
}

/**
 * Lists the aggregation units used this month.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#get-name-list-of-units-used-this-month
 */
export const getAggregationUnitNameList: ListOperation<
  T.GetAggregationUnitNameListInput,
  T.AggregationUnitNames,
  string
> = {
  method: 'GET',
  path: '/v2/bot/message/aggregation/list',
  query: { start: 'string', limit: 'number' },
  page: { items: 'customAggregationUnits', cursor: 'start', next: 'next' },
  repeat: 'safe',
  docs: 'messaging-api/#get-name-list-of-units-used-this-month',
}
