import type { ListOperation, Operation } from '../../core/operation.js'
import type * as T from './types.js'

/**
 * Creates a coupon. Users receive it when you send it in a message. An account can have 5,000 valid coupons. LINE
 * rejects more (400).
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#create-coupon
 */
export const createCoupon: Operation<T.CreateCouponInput, T.CreatedCoupon> = {
  method: 'POST',
  path: '/v2/bot/coupon',
  repeat: 'never',
  rate: '200/s',
  onLostResponse: 'error',
  docs: 'messaging-api/#create-coupon',
}

/**
 * Lists coupons, including coupons created in the LINE Official Account Manager.
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
 * Gets the details of a coupon. LINE responds 404 for a coupon of another channel.
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
 * Closes a coupon permanently: users can no longer receive it, nor use it if they have it. LINE responds 410 if it is
 * already closed.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#discontinue-coupon
 */
export const closeCoupon: Operation<T.CouponInput, Record<string, never>> = {
  method: 'PUT',
  path: '/v2/bot/coupon/{couponId}/close',
  body: 'none',
  // A repeated close is a 410, as if the coupon had been closed before.
  repeat: 'never',
  rate: '200/s',
  docs: 'messaging-api/#discontinue-coupon',
}
