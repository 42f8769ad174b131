import type { Message } from '../message/types.js'

/** Input of `pushMessagesByPhone`. */
export interface PushMessagesByPhoneInput {
  /** Hash of the phone number, from `phoneHash`: SHA-256 of the E.164 format, as 64 lowercase hex digits. */
  to: string
  /** 1 to 5 messages of any type except image, video and audio. LINE must have reviewed their layout. */
  messages: readonly Message[]
  /** Whether to deliver the messages without a push notification. Default: `false`. */
  notificationDisabled?: boolean | undefined
  /**
   * Value of `delivery.data` in the `delivery` event, 16 to 100 ASCII characters. Default: the hash of the phone
   * number.
   */
  deliveryTag?: string | undefined
}

/** Input of `pushTemplatedMessageByPhone`. */
export interface PushTemplatedMessageByPhoneInput {
  /** Hash of the phone number, from `phoneHash`: SHA-256 of the E.164 format, as 64 lowercase hex digits. */
  to: string
  /**
   * Key of the template, such as `shipment_completed_ja`.
   *
   * @see https://developers.line.biz/en/docs/partner-docs/line-notification-messages/template/#templates
   */
  templateKey: string
  /** The content of the template. */
  body?: TemplatedMessageBody | undefined
  /**
   * Value of `delivery.data` in the `delivery` event, 16 to 100 ASCII characters. Default: the hash of the phone
   * number.
   */
  deliveryTag?: string | undefined
}

/** The content of a template. Each key can be used once. */
export interface TemplatedMessageBody {
  /** The highlighted item. Its content has at most 15 UTF-16 code units. */
  emphasizedItem?: TemplateItem | undefined
  /** At most 15 items. */
  items?: readonly TemplateItem[] | undefined
  /** At most 2 buttons. */
  buttons?: readonly TemplateButton[] | undefined
}

/** An item of a templated message. */
export interface TemplateItem {
  /**
   * Key of the item, such as `time_range_001_ja`.
   *
   * @see https://developers.line.biz/en/docs/partner-docs/line-notification-messages/template/#items
   */
  itemKey: string
  /** Content of the item, at most 300 UTF-16 code units; 15 in the highlighted item. */
  content: string
}

/** A button of a templated message. */
export interface TemplateButton {
  /**
   * Key of the button, such as `contact_ja`.
   *
   * @see https://developers.line.biz/en/docs/partner-docs/line-notification-messages/template/#buttons
   */
  buttonKey: string
  /** URL that the button opens, at most 1000 UTF-16 code units. */
  url: string
}
