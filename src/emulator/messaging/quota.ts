import type * as operations from '../../messaging/quota/operations.js'
import type { Handlers } from '../platform/handler.js'
import { usageOf } from '../sending/quota.js'

/** Tells the month's limit and what has been used of it. */
export const handlers: Handlers<typeof operations> = {
  getMessageQuota(_, { account }) {
    const { monthlyLimit } = account.settings
    return monthlyLimit === undefined ? { type: 'none' } : { type: 'limited', value: monthlyLimit }
  },

  getMessageQuotaConsumption(_, { account, now }) {
    return { totalUsage: usageOf(account, now) }
  },
}
