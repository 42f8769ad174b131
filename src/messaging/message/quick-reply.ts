/**
 * Buttons above the keyboard, which go when the next message comes.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#items-object
 */
export interface QuickReply {
  /** At most 13 buttons. */
  items: readonly QuickReplyItem[]
}

/**
 * One quick reply button.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#quick-reply-button-object
 */
export interface QuickReplyItem {
  type: 'action'
  /**
   * Icon of the button: an https URL of at most 2000 UTF-16 units, to a square PNG of at most 1 MB.
   * Camera, camera roll and location have icons of their own when it is left out.
   */
  imageUrl?: string | undefined
  /** What happens when the button is tapped. */
  action: QuickReplyAction
}

/** What a quick reply button may do. */
export type QuickReplyAction =
  | PostbackAction
  | MessageAction
  | UriAction
  | DatetimePickerAction
  | CameraAction
  | CameraRollAction
  | LocationAction
  | ClipboardAction

/**
 * Sends a postback event to the webhook.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#postback-action
 */
export interface PostbackAction {
  type: 'postback'
  /** Label, at most 20 characters (grapheme clusters). */
  label: string
  /** What the event carries in `postback.data`, at most 300 UTF-16 units. */
  data: string
  /** What appears in the chat as if the person had written it, at most 300 characters (grapheme clusters). */
  displayText?: string | undefined
  /**
   * What appears in the chat as if the person had written it, and comes to the webhook as a message too. At most 300 characters (grapheme clusters).
   * Not beside `displayText`; LINE advises against it in quick replies.
   *
   * @deprecated Use `displayText`.
   */
  text?: string | undefined
  /** What the app does beside it. LINE 12.6.0 or later. */
  inputOption?: 'closeRichMenu' | 'openRichMenu' | 'openKeyboard' | 'openVoice' | undefined
  /** What already stands in the input field, at most 300 characters (grapheme clusters). Only with `inputOption: 'openKeyboard'`. */
  fillInText?: string | undefined
}

/**
 * Sends a text as if the person had written it.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#message-action
 */
export interface MessageAction {
  type: 'message'
  /** Label, at most 20 characters (grapheme clusters). */
  label: string
  /** The text, at most 300 characters (grapheme clusters). */
  text: string
}

/**
 * Opens a link.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#uri-action
 */
export interface UriAction {
  type: 'uri'
  /** Label, at most 20 characters (grapheme clusters). */
  label: string
  /** An `http`, `https`, `line` or `tel` link of at most 1000 UTF-16 units. */
  uri: string
}

/**
 * Lets the person pick a date or time, and sends it as a postback event. There are no time zones in it.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#datetime-picker-action
 */
export interface DatetimePickerAction {
  type: 'datetimepicker'
  /** Label, at most 20 characters (grapheme clusters). */
  label: string
  /** What the event carries in `postback.data`, at most 300 UTF-16 units. */
  data: string
  /** What is picked. It sets the form of the values below: `2026-06-18`, `06:15` or `2026-06-18T06:15`. */
  mode: 'date' | 'time' | 'datetime'
  /** What is picked at first. From 1900-01-01 to 2100-12-31. */
  initial?: string | undefined
  /** The last that can be picked; later than `min`. */
  max?: string | undefined
  /** The first that can be picked; earlier than `max`. */
  min?: string | undefined
}

/**
 * Opens the camera. Quick replies only.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#camera-action
 */
export interface CameraAction {
  type: 'camera'
  /** Label, at most 20 characters (grapheme clusters). */
  label: string
}

/**
 * Opens the person's photos. Quick replies only.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#camera-roll-action
 */
export interface CameraRollAction {
  type: 'cameraRoll'
  /** Label, at most 20 characters (grapheme clusters). */
  label: string
}

/**
 * Opens the map, to send a location. Quick replies only.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#location-action
 */
export interface LocationAction {
  type: 'location'
  /** Label, at most 20 characters (grapheme clusters). */
  label: string
}

/**
 * Copies a text to the clipboard. LINE 14.0.0 or later.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#clipboard-action
 */
export interface ClipboardAction {
  type: 'clipboard'
  /** Label, at most 20 characters (grapheme clusters). */
  label: string
  /** The text, 1 to 1000 UTF-16 units. */
  clipboardText: string
}
