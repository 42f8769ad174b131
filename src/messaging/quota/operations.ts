import type { Operation } from '../../core/operation.js'
import type * as T from './types.js'

/**
 * Gets how many messages the account may send this month: the free ones of its plan and the additional ones.
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
 * Gets about how many messages the account has sent this month.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#get-consumption
 */
export const getMessageQuotaConsumption: Operation<Record<string, never>, T.QuotaConsumption> = {
  method: 'GET',
  path: '/v2/bot/message/quota/consumption',
  repeat: 'safe',
  docs: 'messaging-api/#get-consumption',
}
