import type { Message } from '../message/types.js'

/** A LINE notification message (flexible) to a phone number. */
export interface PushMessagesByPhoneInput {
  /** The phone number as `phoneHash` makes it: SHA-256 of its E.164 form, 64 digits of lower-case hex. */
  to: string
  /** 1 to 5 messages, none of them an image, video or audio. LINE has reviewed what they look like. */
  messages: readonly Message[]
  /** Whether the messages come without a push notification. LINE uses `false` when it is left out. */
  notificationDisabled?: boolean | undefined
  /** What the `delivery` event carries in `delivery.data`, 16 to 100 ASCII characters. It carries the hash of the number when it is left out. */
  deliveryTag?: string | undefined
}

/** A LINE notification message (template) to a phone number. */
export interface PushTemplatedMessageByPhoneInput {
  /** The phone number as `phoneHash` makes it: SHA-256 of its E.164 form, 64 digits of lower-case hex. */
  to: string
  /**
   * Key of the template, such as `shipment_completed_ja`.
   *
   * @see https://developers.line.biz/en/docs/partner-docs/line-notification-messages/template/#templates
   */
  templateKey: string
  /** What the template is filled with. */
  body?: TemplatedMessageBody | undefined
  /** What the `delivery` event carries in `delivery.data`, 16 to 100 ASCII characters. It carries the hash of the number when it is left out. */
  deliveryTag?: string | undefined
}

/** What a template is filled with. No key may stand in it twice. */
export interface TemplatedMessageBody {
  /** The item that stands out; its content has at most 15 UTF-16 units. */
  emphasizedItem?: TemplateItem | undefined
  /** At most 15 items. */
  items?: readonly TemplateItem[] | undefined
  /** At most 2 buttons. */
  buttons?: readonly TemplateButton[] | undefined
}

/** One line of a templated message. */
export interface TemplateItem {
  /**
   * Key of the item, such as `time_range_001_ja`.
   *
   * @see https://developers.line.biz/en/docs/partner-docs/line-notification-messages/template/#items
   */
  itemKey: string
  /** Its content, at most 300 UTF-16 units, or 15 in the item that stands out. */
  content: string
}

/** One button of a templated message. */
export interface TemplateButton {
  /**
   * Key of the button, such as `contact_ja`.
   *
   * @see https://developers.line.biz/en/docs/partner-docs/line-notification-messages/template/#buttons
   */
  buttonKey: string
  /** What it opens, at most 1000 UTF-16 units. */
  url: string
}
