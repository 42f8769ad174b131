/**
 * Properties of the webhooks of in-app purchases. Their body is the event itself, without a list of events and the common properties of other events.
 */
interface PurchaseBase {
  /** Order ID, as the reservation of the purchase returned it. An order can be purchased and refunded once. */
  orderId: string
  /** Product ID of the purchased item. */
  productId: string
  /** User ID of the user who made the purchase or requested the refund. */
  userId: string
  /** Time when the LINE Platform completed the payment, in seconds since 1970. */
  purchaseTimestamp: number
  /** Channel ID of the LINE MINI App channel. */
  channelId: string
}

/**
 * A user purchased an item in a LINE MINI App. Grant the item on this event, once per `orderId`.
 *
 * @see https://developers.line.biz/en/reference/line-mini-app/#purchase-complete-event
 */
export interface PurchaseCompleteEvent extends PurchaseBase {
  /** Event type. */
  type: 'purchaseComplete'
}

/**
 * A purchase in a LINE MINI App was refunded.
 *
 * @see https://developers.line.biz/en/reference/line-mini-app/#refund-event
 */
export interface RefundCompleteEvent extends PurchaseBase {
  /** Event type. */
  type: 'refundComplete'
}

/** An event of an in-app purchase, discriminated by `type`. */
export type PurchaseEvent = PurchaseCompleteEvent | RefundCompleteEvent
