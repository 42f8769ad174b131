import type { PurchaseEvent } from '../webhook/purchase-events.js'

/** Input of `issueNotificationToken`. */
export interface IssueNotificationTokenInput {
  /**
   * LIFF access token of the user, from `liff.getAccessToken()` in the LINE MINI App. Can be used once here, and may
   * become invalid when the user closes the app.
   */
  liffAccessToken: string
}

/** An issued service notification token. */
export interface IssuedNotificationToken {
  /** The token. Each send returns a new one. */
  notificationToken: string
  /** Lifetime in seconds: a year. */
  expiresIn: number
  /** Number of service messages that can be sent with it: 5. */
  remainingCount: number
  /** Session ID: identifies the user action that the messages are about. */
  sessionId: string
}

/** Input of `sendServiceMessage`. */
export interface SendServiceMessageInput {
  /** Always `service`. */
  target: 'service'
  /** Name of a template of the channel with its language suffix, such as `thankyou_msg_en`. At most 30 UTF-16 code units. */
  templateName: string
  /** Values of the template's variables, `{}` if it has none. Their lengths are counted in grapheme clusters. */
  params: Record<string, string>
  /** Token from the last response: of the issue, or of the previous send. */
  notificationToken: string
}

/** A sent service message. */
export interface SentServiceMessage {
  /** Token for the next message of the session. Absent if no further message can be sent. */
  notificationToken?: string | undefined
  /** Lifetime of the token in seconds. 0 if there is no token. */
  expiresIn: number
  /** Number of service messages that can be sent with the token. 0 if there is no token. */
  remainingCount: number
  /** Session ID: identifies the user action that the messages are about. */
  sessionId?: string | undefined
}

/** Input of `reservePurchase`. */
export interface ReservePurchaseInput {
  /** IP address of the user's device, as your server sees it: IPv4 or IPv6. */
  clientIp: string
  /** Operating system of the user's device, from `liff.getOS()`. */
  clientOs: 'ios' | 'android'
  /** Product ID of the item, such as `iap_ln_002`. LINE defines the IDs, one for each price. */
  productId: string
  /** Name of the item in the user's purchase history. At most 20 UTF-16 code units, without emoji and symbols. */
  shopProductName: string
}

/** A reserved purchase. */
export interface ReservedPurchase {
  /** Order ID, which the webhook events of the purchase repeat. Store it, because LINE asks for it. */
  orderId: string
}

/** Input of `getWebhookEventHistory`. Keep everything but `cursor` unchanged from page to page. */
export interface WebhookEventHistoryInput {
  /** Start of the period, in seconds since 1970, inclusive. Within the last 7 days. */
  startEpochSeconds: number
  /** End of the period, in seconds since 1970, inclusive. Within the last 7 days. */
  endEpochSeconds: number
  /** `nextCursor` of the previous page. Default: the first page. */
  cursor?: string | undefined
  /** Number of events on a page, 1 to 100. */
  pageSize: number
  /** Only events that your server received (`SUCCESS`), or did not receive (`FAILED`). Default: all. */
  status?: 'SUCCESS' | 'FAILED' | undefined
}

/** A page of webhook events of in-app purchases. */
export interface WebhookEventHistory {
  /** The events. */
  events: SentPurchaseEvent[]
  /** Cursor of the next page; `null` on the last page. */
  nextCursor?: string | null | undefined
}

/** A webhook event that LINE sent. */
export interface SentPurchaseEvent {
  /** Always `PRODUCT`. */
  transactionType: 'PRODUCT' | (string & {})
  /** The event, as it was sent. */
  event: PurchaseEvent
}
