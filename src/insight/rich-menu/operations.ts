import type { Operation } from '../../core/operation.js'
import type * as T from './types.js'

/**
 * Tells how a rich menu of the API was seen and tapped, over all days together. LINE answers 404 for a menu that does not exist.
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
 * Tells how a rich menu of the API was seen and tapped, day by day. LINE answers 404 for a menu that does not exist.
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
