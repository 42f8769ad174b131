/**
 * Any LINE action. Each place accepts some of them: quick replies {@link QuickReplyAction}, rich menus
 * {@link RichMenuAction}, buttons of template and Flex messages {@link ButtonAction}, and other tappable elements of
 * these messages {@link AreaAction}.
 */
export type Action = QuickReplyAction | RichMenuAction

/** An action of a rich menu area. */
export type RichMenuAction = AreaAction | RichMenuSwitchAction

/**
 * An action of an element that is not a button: an image, text, box or bubble of a Flex Message, or an image of an
 * image carousel.
 */
export type AreaAction =
  | AreaPostbackAction
  | AreaMessageAction
  | AreaUriAction
  | AreaDatetimePickerAction
  | AreaClipboardAction

/** An action of a button in a template or Flex message. */
export type ButtonAction =
  | ButtonPostbackAction
  | ButtonMessageAction
  | ButtonUriAction
  | ButtonDatetimePickerAction
  | ButtonClipboardAction

/** The label of an element that is not a button. LINE does not display it. */
export interface AreaLabel {
  /**
   * Label, read by screen readers in a rich menu. Limits in characters (grapheme clusters): 20 in a rich menu, 12 in
   * an image carousel, 40 in a Flex Message.
   */
  label?: string | undefined
}

/**
 * Sends a postback event to the webhook when an area is tapped.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#postback-action
 */
export interface AreaPostbackAction extends AreaLabel, Omit<PostbackAction, 'label'> {}

/**
 * Sends a text message as the user when an area is tapped.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#message-action
 */
export interface AreaMessageAction extends AreaLabel, Omit<MessageAction, 'label'> {}

/**
 * Opens a URI when an area is tapped.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#uri-action
 */
export interface AreaUriAction extends AreaLabel, Omit<UriAction, 'label'> {
  /** Alternative URIs for some of the apps. */
  altUri?: AltUri | undefined
}

/** URIs that replace `uri` in some of the apps. */
export interface AltUri {
  /** URI for LINE for macOS and Windows: `http`, `https`, `line` or `tel`, at most 1000 UTF-16 code units. */
  desktop?: string | undefined
}

/**
 * Opens a date and time picker when an area is tapped, and sends the selected value in a postback event. The value has
 * no time zone.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#datetime-picker-action
 */
export interface AreaDatetimePickerAction extends AreaLabel, Omit<DatetimePickerAction, 'label'> {}

/**
 * Copies text to the clipboard when an area is tapped. Requires LINE 14.0.0 or later.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#clipboard-action
 */
export interface AreaClipboardAction extends AreaLabel, Omit<ClipboardAction, 'label'> {}

/**
 * Switches to another rich menu and sends a postback event. Available in rich menus only.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#richmenu-switch-action
 */
export interface RichMenuSwitchAction {
  /** Always `richmenuswitch`. */
  type: 'richmenuswitch'
  /** Label for screen readers, at most 20 characters (grapheme clusters). */
  label?: string | undefined
  /** ID of the alias of the rich menu to switch to, at most 32 UTF-16 code units. */
  richMenuAliasId: string
  /** Value of `postback.data` in the event, at most 300 UTF-16 code units. */
  data: string
}

/** The label of a button. */
export interface ButtonLabel {
  /**
   * Label, at least 1 character. Limits in characters (grapheme clusters): 20 in a template message, 40 in a Flex
   * Message.
   */
  label: string
}

/**
 * Sends a postback event to the webhook when a button is tapped.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#postback-action
 */
export interface ButtonPostbackAction extends ButtonLabel, Omit<AreaPostbackAction, 'label'> {}

/**
 * Sends a text message as the user when a button is tapped.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#message-action
 */
export interface ButtonMessageAction extends ButtonLabel, Omit<AreaMessageAction, 'label'> {}

/**
 * Opens a URI when a button is tapped.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#uri-action
 */
export interface ButtonUriAction extends ButtonLabel, Omit<AreaUriAction, 'label'> {}

/**
 * Opens a date and time picker when a button is tapped, and sends the selected value in a postback event. The value
 * has no time zone.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#datetime-picker-action
 */
export interface ButtonDatetimePickerAction extends ButtonLabel, Omit<AreaDatetimePickerAction, 'label'> {}

/**
 * Copies text to the clipboard when a button is tapped. Requires LINE 14.0.0 or later.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#clipboard-action
 */
export interface ButtonClipboardAction extends ButtonLabel, Omit<AreaClipboardAction, 'label'> {}

/**
 * Quick reply buttons, shown above the keyboard until the next message.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#items-object
 */
export interface QuickReply {
  /** The buttons, at most 13. */
  items: readonly QuickReplyItem[]
}

/**
 * A quick reply button.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#quick-reply-button-object
 */
export interface QuickReplyItem {
  /** Always `action`. */
  type: 'action'
  /**
   * HTTPS URL of the icon, at most 2000 UTF-16 code units: a square PNG of at most 1 MB. Default: none, except for camera,
   * camera roll and location actions, which have a standard icon.
   */
  imageUrl?: string | undefined
  /** The action when the button is tapped. */
  action: QuickReplyAction
}

/** An action of a quick reply button. */
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
  /** Always `postback`. */
  type: 'postback'
  /** Label, 1 to 20 characters (grapheme clusters). */
  label: string
  /** Value of `postback.data` in the event, at most 300 UTF-16 code units. */
  data: string
  /** Text that appears in the chat as a message from the user, at most 300 characters (grapheme clusters). */
  displayText?: string | undefined
  /**
   * Text that appears in the chat as a message from the user and is also sent to the webhook as a message event. At
   * most 300 characters (grapheme clusters). Cannot be combined with `displayText`. LINE advises against it in quick
   * replies.
   *
   * @deprecated Use `displayText`.
   */
  text?: string | undefined
  /** What the app does in addition. Requires LINE 12.6.0 or later. */
  inputOption?: 'closeRichMenu' | 'openRichMenu' | 'openKeyboard' | 'openVoice' | undefined
  /**
   * Text to prefill in the input field, at most 300 characters (grapheme clusters). Requires `inputOption:
   * 'openKeyboard'`.
   */
  fillInText?: string | undefined
}

/**
 * Sends a text message as the user.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#message-action
 */
export interface MessageAction {
  /** Always `message`. */
  type: 'message'
  /** Label, 1 to 20 characters (grapheme clusters). */
  label: string
  /** Text to send, 1 to 300 characters (grapheme clusters). */
  text: string
}

/**
 * Opens a URI.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#uri-action
 */
export interface UriAction {
  /** Always `uri`. */
  type: 'uri'
  /** Label, 1 to 20 characters (grapheme clusters). */
  label: string
  /** URI to open: `http`, `https`, `line` or `tel`, at most 1000 UTF-16 code units. */
  uri: string
}

/**
 * Opens a date and time picker, and sends the selected value in a postback event. The value has no time zone.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#datetime-picker-action
 */
export interface DatetimePickerAction {
  /** Always `datetimepicker`. */
  type: 'datetimepicker'
  /** Label, 1 to 20 characters (grapheme clusters). */
  label: string
  /** Value of `postback.data` in the event, at most 300 UTF-16 code units. */
  data: string
  /** What the user selects. It determines the format of the values: `2026-06-18`, `06:15` or `2026-06-18T06:15`. */
  mode: 'date' | 'time' | 'datetime'
  /** Initial value. Dates must be between 1900-01-01 and 2100-12-31. */
  initial?: string | undefined
  /** Latest value that can be selected. Must be later than `min`. */
  max?: string | undefined
  /** Earliest value that can be selected. Must be earlier than `max`. */
  min?: string | undefined
}

/**
 * Opens the camera. Available in quick replies only.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#camera-action
 */
export interface CameraAction {
  /** Always `camera`. */
  type: 'camera'
  /** Label, 1 to 20 characters (grapheme clusters). */
  label: string
}

/**
 * Opens the camera roll. Available in quick replies only.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#camera-roll-action
 */
export interface CameraRollAction {
  /** Always `cameraRoll`. */
  type: 'cameraRoll'
  /** Label, 1 to 20 characters (grapheme clusters). */
  label: string
}

/**
 * Opens the map to send a location. Available in quick replies only.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#location-action
 */
export interface LocationAction {
  /** Always `location`. */
  type: 'location'
  /** Label, 1 to 20 characters (grapheme clusters). */
  label: string
}

/**
 * Copies text to the clipboard. Requires LINE 14.0.0 or later.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#clipboard-action
 */
export interface ClipboardAction {
  /** Always `clipboard`. */
  type: 'clipboard'
  /** Label, 1 to 20 characters (grapheme clusters). */
  label: string
  /** Text to copy, 1 to 1000 UTF-16 code units. */
  clipboardText: string
}
