import type { RichMenuAction } from '../action/types.js'

/**
 * A rich menu to create. Once it is created only its image can be added.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#rich-menu-object
 */
export interface RichMenuInput {
  /** Size of the image. */
  size: RichMenuSize
  /** Whether the menu is open when a person comes to the chat. */
  selected: boolean
  /** Name for your own use, which people do not see. At most 300 characters (grapheme clusters). */
  name: string
  /** What the bar below the chat says. At most 14 characters (grapheme clusters). */
  chatBarText: string
  /** What can be tapped: at most 20 areas. */
  areas: readonly RichMenuArea[]
}

/** Size of a rich menu's image: at least 1.45 times as wide as high. */
export interface RichMenuSize {
  /** 800 to 2500 pixels. */
  width: number
  /** 250 pixels or more. */
  height: number
}

/**
 * A part of a rich menu that can be tapped.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#area-object
 */
export interface RichMenuArea {
  /** Where it is. */
  bounds: RichMenuBounds
  /** What happens when it is tapped. */
  action: RichMenuAction
}

/**
 * Where an area is, in pixels of the image.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#bounds-object
 */
export interface RichMenuBounds {
  /** From the left edge, from 0. */
  x: number
  /** From the upper edge, from 0. */
  y: number
  /** From 1. */
  width: number
  /** From 1. */
  height: number
}

/** Names a rich menu. */
export interface RichMenuId {
  /** ID of the rich menu. */
  richMenuId: string
}

/**
 * A rich menu as LINE keeps it. It can be given to `createRichMenu` again, to make a copy.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#rich-menu-response-object
 */
export interface RichMenu {
  /** ID of the rich menu. */
  richMenuId: string
  /** Size of the image. */
  size: RichMenuSize
  /** Whether the menu is open when a person comes to the chat. */
  selected: boolean
  /** Name for your own use, which people do not see. */
  name: string
  /** What the bar below the chat says. */
  chatBarText: string
  /** What can be tapped. */
  areas: RichMenuArea[]
}

/** All rich menus that were made by the API. */
export interface RichMenuList {
  /** In one page; empty when there is none. */
  richmenus: RichMenu[]
}

/** The image of a rich menu. */
export interface SetRichMenuImageInput {
  /** ID of a rich menu that has no image yet. */
  richMenuId: string
  /**
   * JPEG or PNG of at most 1 MB, 800 to 2500 pixels wide, 250 or more high and at least 1.45 times as wide as high, with its media type as `type`.
   * `richMenuImage` makes one from bytes and checks all of it.
   */
  image: Blob
}
