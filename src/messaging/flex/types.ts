import type { AreaAction } from '../action/types.js'
import type { MessageOptions } from '../message/types.js'
import type { FlexBox, FlexImage, FlexVideo } from './components.js'

/**
 * A message of your own layout. `flex()` makes one with an alternative text out of its contents.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#flex-message
 */
export interface FlexMessage extends MessageOptions {
  type: 'flex'
  /** What notifications, the list of chats and quotes show, 1 to 1500 UTF-16 units. */
  altText: string
  /** One bubble, or several to swipe through. At most 10 images in all of it are `animated`. */
  contents: FlexContainer
}

/** What a Flex Message holds: a bubble or a carousel of them, told apart by its `type`. */
export type FlexContainer = FlexBubble | FlexCarousel

/** How wide a bubble is, in increasing order. Before LINE 13.6.0 (desktop 7.17.0) `deca` and `hecto` look like `kilo`. */
export type FlexBubbleSize = 'nano' | 'micro' | 'deca' | 'hecto' | 'kilo' | 'mega' | 'giga'

/**
 * A bubble: at most 30 KB (30720 bytes) of JSON, with at least one of its four blocks.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#bubble
 */
export interface FlexBubble {
  type: 'bubble'
  /** Its width. LINE uses `mega` when it is left out. */
  size?: FlexBubbleSize | undefined
  /** Which way text runs and horizontal boxes fill. LINE uses `ltr` when it is left out. */
  direction?: 'ltr' | 'rtl' | undefined
  /** The block at the top. */
  header?: FlexBox | undefined
  /** The block for the main picture. A video stands only here, in `kilo`, `mega` and `giga` bubbles outside carousels. */
  hero?: FlexBox | FlexImage | FlexVideo | undefined
  /** The block for the main text. */
  body?: FlexBox | undefined
  /** The block for buttons. */
  footer?: FlexBox | undefined
  /** Colors and separators of the blocks. */
  styles?: FlexBubbleStyles | undefined
  /** What a tap on the bubble does. */
  action?: AreaAction | undefined
}

/**
 * Bubbles to swipe through: at most 50 KB (51200 bytes) of JSON.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#f-carousel
 */
export interface FlexCarousel {
  type: 'carousel'
  /** 1 to 12 bubbles of one `size`, without videos. */
  contents: readonly FlexBubble[]
}

/**
 * Colors and separators of a bubble's blocks.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#bubble-style
 */
export interface FlexBubbleStyles {
  header?: FlexBlockStyle | undefined
  hero?: FlexBlockStyle | undefined
  body?: FlexBlockStyle | undefined
  footer?: FlexBlockStyle | undefined
}

/**
 * Colors and separator of a block.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#block-style
 */
export interface FlexBlockStyle {
  /** `#RRGGBB` or `#RRGGBBAA`. */
  backgroundColor?: string | undefined
  /** Whether a line stands above the block; never above the first. LINE uses `false` when it is left out. */
  separator?: boolean | undefined
  /** Color of the line, `#RRGGBB` or `#RRGGBBAA`. */
  separatorColor?: string | undefined
}
