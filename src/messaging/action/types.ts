import type {
  ClipboardAction,
  DatetimePickerAction,
  MessageAction,
  PostbackAction,
  QuickReplyAction,
  UriAction,
} from '../message/quick-reply.js'

/**
 * Every action of LINE, told apart by its `type`. Each place takes some of them: quick replies {@link QuickReplyAction}, rich menus {@link RichMenuAction},
 * buttons of template and Flex messages {@link ButtonAction}, everything else that can be tapped in them {@link AreaAction}.
 */
export type Action = QuickReplyAction | RichMenuAction

/** What an area of a rich menu may do. */
export type RichMenuAction = AreaAction | RichMenuSwitchAction

/** What an area without a button may do: an image, text, box or bubble of a Flex Message, or an image of an image carousel. */
export type AreaAction =
  | AreaPostbackAction
  | AreaMessageAction
  | AreaUriAction
  | AreaDatetimePickerAction
  | AreaClipboardAction

/** What a button of a template or Flex message may do. */
export type ButtonAction =
  | ButtonPostbackAction
  | ButtonMessageAction
  | ButtonUriAction
  | ButtonDatetimePickerAction
  | ButtonClipboardAction

/** What an area without a button may carry, where the label is not shown. */
export interface AreaLabel {
  /** Label, read aloud in a rich menu. In characters (grapheme clusters): at most 20 in a rich menu, 12 in an image carousel, 40 in a Flex Message. */
  label?: string | undefined
}

/**
 * Sends a postback event to the webhook when an area is tapped.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#postback-action
 */
export interface AreaPostbackAction extends AreaLabel, Omit<PostbackAction, 'label'> {}

/**
 * Sends a text as if the person had written it, when an area is tapped.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#message-action
 */
export interface AreaMessageAction extends AreaLabel, Omit<MessageAction, 'label'> {}

/**
 * Opens a link when an area is tapped.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#uri-action
 */
export interface AreaUriAction extends AreaLabel, Omit<UriAction, 'label'> {
  /** Another link for some of the apps. */
  altUri?: AltUri | undefined
}

/** Links that take the place of `uri` in some of the apps. */
export interface AltUri {
  /** For LINE on macOS and Windows: an `http`, `https`, `line` or `tel` link of at most 1000 UTF-16 units. */
  desktop?: string | undefined
}

/**
 * Lets the person pick a date or time when an area is tapped, and sends it as a postback event. There are no time zones in it.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#datetime-picker-action
 */
export interface AreaDatetimePickerAction extends AreaLabel, Omit<DatetimePickerAction, 'label'> {}

/**
 * Copies a text to the clipboard when an area is tapped. LINE 14.0.0 or later.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#clipboard-action
 */
export interface AreaClipboardAction extends AreaLabel, Omit<ClipboardAction, 'label'> {}

/**
 * Switches to another rich menu and sends a postback event. Rich menus only.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#richmenu-switch-action
 */
export interface RichMenuSwitchAction {
  type: 'richmenuswitch'
  /** Label, which is read aloud. At most 20 characters (grapheme clusters). */
  label?: string | undefined
  /** Name of the alias of the rich menu to switch to, at most 32 UTF-16 units. */
  richMenuAliasId: string
  /** What the event carries in `postback.data`, at most 300 UTF-16 units. */
  data: string
}

/** What a button shows. */
export interface ButtonLabel {
  /** Label of the button, at least 1 character. In characters (grapheme clusters): at most 20 in a template, 40 in a Flex Message. */
  label: string
}

/**
 * Sends a postback event to the webhook when a button is tapped.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#postback-action
 */
export interface ButtonPostbackAction extends ButtonLabel, Omit<AreaPostbackAction, 'label'> {}

/**
 * Sends a text as if the person had written it, when a button is tapped.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#message-action
 */
export interface ButtonMessageAction extends ButtonLabel, Omit<AreaMessageAction, 'label'> {}

/**
 * Opens a link when a button is tapped.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#uri-action
 */
export interface ButtonUriAction extends ButtonLabel, Omit<AreaUriAction, 'label'> {}

/**
 * Lets the person pick a date or time when a button is tapped, and sends it as a postback event. There are no time zones in it.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#datetime-picker-action
 */
export interface ButtonDatetimePickerAction extends ButtonLabel, Omit<AreaDatetimePickerAction, 'label'> {}

/**
 * Copies a text to the clipboard when a button is tapped. LINE 14.0.0 or later.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#clipboard-action
 */
export interface ButtonClipboardAction extends ButtonLabel, Omit<AreaClipboardAction, 'label'> {}
