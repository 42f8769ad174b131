import type * as operations from '../../messaging/coupon/operations.js'
import type { Answers } from './types.js'
import { daySeconds, done, newYear } from './values.js'

const couponId = '01KDVGX8T0ABCDEFGHJKMNPQRS'
const title = '500 yen off every pot of tea'

/** Answers about coupons. */
export const coupon: Answers<typeof operations> = {
  createCoupon: () => ({ couponId }),
  listCoupon: () => ({ items: [{ couponId, title }] }),
  getCouponDetail: () => ({
    couponId,
    title,
    description: 'Show it before you order.',
    usageCondition: 'One for each table.',
    reward: { type: 'discount', priceInfo: { type: 'fixed', fixedAmount: 500, currency: 'JPY' } },
    acquisitionCondition: { type: 'normal' },
    maxUseCountPerTicket: 1,
    maxTicketPerUser: 1,
    startTimestamp: newYear,
    endTimestamp: newYear + 30 * daySeconds,
    timezone: 'ASIA_TOKYO',
    visibility: 'UNLISTED',
    status: 'RUNNING',
    createdTimestamp: newYear,
  }),
  closeCoupon: done,
}
