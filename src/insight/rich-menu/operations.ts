import type { Operation } from '../../core/operation.js'
import type * as T from './types.js'

/**
 * Gets impressions and clicks of a rich menu created through the API, summed over a period. LINE responds 404 if the
 * menu does not exist.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#get-rich-menu-insight-summary
 */
export const getRichMenuInsightSummary: Operation<T.RichMenuInsightSummaryInput, T.RichMenuInsightSummary> = {
  method: 'GET',
  path: '/v2/bot/insight/richmenu/{richMenuId}/summary',
  query: { from: 'string', to: 'string' },
  repeat: 'safe',
  rate: '60/h',
  docs: 'messaging-api/#get-rich-menu-insight-summary',
}

/**
 * Gets impressions and clicks of a rich menu created through the API, per day. LINE responds 404 if the menu does not
 * exist.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#get-rich-menu-insight-daily
 */
export const getRichMenuInsightDaily: Operation<T.RichMenuInsightDailyInput, T.RichMenuInsightDaily> = {
  method: 'GET',
  path: '/v2/bot/insight/richmenu/{richMenuId}/daily',
  query: { from: 'string', to: 'string' },
  repeat: 'safe',
  rate: '60/h',
  docs: 'messaging-api/#get-rich-menu-insight-daily',
}
