import type { RichMenuAction } from '../action/types.js'

/**
 * A rich menu to create. Only its image can be set afterwards.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#rich-menu-object
 */
export interface RichMenuInput {
  /** Size of the image, in pixels. */
  size: RichMenuSize
  /** Whether the menu is open when a user enters the chat. */
  selected: boolean
  /** Name for your own use, not shown to users. At most 300 characters (grapheme clusters). */
  name: string
  /** Text of the bar below the chat, at most 14 characters (grapheme clusters). */
  chatBarText: string
  /** Tap areas, at most 20. */
  areas: readonly RichMenuArea[]
}

/** Size of a rich menu's image. It must be at least 1.45 times as wide as it is high. */
export interface RichMenuSize {
  /** Width, 800 to 2500 pixels. */
  width: number
  /** Height, at least 250 pixels. */
  height: number
}

/**
 * A tap area of a rich menu.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#area-object
 */
export interface RichMenuArea {
  /** Position and size of the area. */
  bounds: RichMenuBounds
  /** The action when the area is tapped. */
  action: RichMenuAction
}

/**
 * Position and size of a tap area, in pixels of the image.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#bounds-object
 */
export interface RichMenuBounds {
  /** Distance from the left edge, at least 0 pixels. */
  x: number
  /** Distance from the top edge, at least 0 pixels. */
  y: number
  /** Width, at least 1 pixel. */
  width: number
  /** Height, at least 1 pixel. */
  height: number
}

/** Identifies a rich menu. */
export interface RichMenuId {
  /** ID of the rich menu. */
  richMenuId: string
}

/**
 * A rich menu in a response. Pass it to `createRichMenu` to copy it.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#rich-menu-response-object
 */
export interface RichMenu {
  /** ID of the rich menu. */
  richMenuId: string
  /** Size of the image, in pixels. */
  size: RichMenuSize
  /** Whether the menu is open when a user enters the chat. */
  selected: boolean
  /** Name for your own use, not shown to users. */
  name: string
  /** Text of the bar below the chat. */
  chatBarText: string
  /** Tap areas. */
  areas: RichMenuArea[]
}

/** All rich menus created through the API. */
export interface RichMenuList {
  /** All rich menus, without pagination. Empty if no rich menu exists. */
  richmenus: RichMenu[]
}

/** Input of `setRichMenuImage`. */
export interface SetRichMenuImageInput {
  /** ID of a rich menu without an image. */
  richMenuId: string
  /**
   * JPEG or PNG of at most 1 MB, 800 to 2500 pixels wide, at least 250 pixels high and at least 1.45 times as wide as
   * high, with its media type as `type`. `richMenuImage` creates and validates it.
   */
  image: Blob
}
