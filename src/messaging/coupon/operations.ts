import type { ListOperation, Operation } from '../../core/operation.js'
import type * as T from './types.js'

/**
 * Creates a coupon. Nobody gets it before it is sent in a message. An account holds 5,000 valid coupons; LINE refuses to create one more (400).
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#create-coupon
 */
export const createCoupon: Operation<T.CreateCouponInput, T.CreatedCoupon> = {
  method: 'POST',
  path: '/v2/bot/coupon',
  repeat: 'never',
  rate: '200/s',
  lost: 'error',
  docs: 'messaging-api/#create-coupon',
}

/**
 * Lists coupons, those made in the Official Account Manager included.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#get-coupons-list
 */
export const listCoupon: ListOperation<T.ListCouponInput, T.CouponList, T.CouponSummary> = {
  method: 'GET',
  path: '/v2/bot/coupon',
  query: { status: 'string[]', start: 'string', limit: 'number' },
  page: { items: 'items', cursor: 'start', next: 'next' },
  repeat: 'safe',
  rate: '200/s',
  docs: 'messaging-api/#get-coupons-list',
}

/**
 * Gets all about a coupon. LINE answers 404 for one of another channel.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#get-coupon
 */
export const getCouponDetail: Operation<T.CouponInput, T.Coupon> = {
  method: 'GET',
  path: '/v2/bot/coupon/{couponId}',
  repeat: 'safe',
  rate: '200/s',
  docs: 'messaging-api/#get-coupon',
}

/**
 * Closes a coupon for good: nobody can get it any more, nor use one they have. LINE answers 410 when it is closed already.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#discontinue-coupon
 */
export const closeCoupon: Operation<T.CouponInput, Record<string, never>> = {
  method: 'PUT',
  path: '/v2/bot/coupon/{couponId}/close',
  body: 'none',
  // To close it again is a 410, which would read as if somebody else had closed it before.
  repeat: 'never',
  rate: '200/s',
  docs: 'messaging-api/#discontinue-coupon',
}
