import type { Operation } from '../../core/operation.js'
import type * as T from './types.js'

/**
 * Gets the number of messages that the account may send this month: the free messages of its plan plus additional
 * messages.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#get-quota
 */
export const getMessageQuota: Operation<Record<string, never>, T.MessageQuota> = {
  method: 'GET',
  path: '/v2/bot/message/quota',
  repeat: 'safe',
  docs: 'messaging-api/#get-quota',
}

/**
 * Gets the approximate number of messages that the account has sent this month.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#get-consumption
 */
export const getMessageQuotaConsumption: Operation<Record<string, never>, T.QuotaConsumption> = {
  method: 'GET',
  path: '/v2/bot/message/quota/consumption',
  repeat: 'safe',
  docs: 'messaging-api/#get-consumption',
}
