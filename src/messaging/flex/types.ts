import type { AreaAction } from '../action/types.js'
import type { MessageOptions } from '../message/types.js'
import type { FlexBox, FlexImage, FlexVideo } from './components.js'

/**
 * A message with a custom layout. `flex()` creates one and builds the alternative text from its contents.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#flex-message
 */
export interface FlexMessage extends MessageOptions {
  /** Always `flex`. */
  type: 'flex'
  /** Text shown in notifications, the chat list and quotes, 1 to 1500 UTF-16 code units. */
  altText: string
  /** A bubble, or a carousel of bubbles. At most 10 images in total can be `animated`. */
  contents: FlexContainer
}

/** The contents of a Flex Message: a bubble or a carousel of bubbles. */
export type FlexContainer = FlexBubble | FlexCarousel

/**
 * The width of a bubble, in increasing order. Before LINE 13.6.0 (desktop 7.17.0), `deca` and `hecto` look like
 * `kilo`.
 */
export type FlexBubbleSize = 'nano' | 'micro' | 'deca' | 'hecto' | 'kilo' | 'mega' | 'giga'

/**
 * A bubble: at most 30 KB (30720 bytes) of JSON, with at least one of its four blocks.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#bubble
 */
export interface FlexBubble {
  /** Always `bubble`. */
  type: 'bubble'
  /** Width of the bubble. Default: `mega`. */
  size?: FlexBubbleSize | undefined
  /** Text direction and order of the components in horizontal boxes. Default: `ltr`. */
  direction?: 'ltr' | 'rtl' | undefined
  /** Header block, at the top. */
  header?: FlexBox | undefined
  /**
   * Hero block, for the main image. A video is only available here, in `kilo`, `mega` and `giga` bubbles outside
   * carousels.
   */
  hero?: FlexBox | FlexImage | FlexVideo | undefined
  /** Body block, for the main content. */
  body?: FlexBox | undefined
  /** Footer block, for buttons. */
  footer?: FlexBox | undefined
  /** Styles of the blocks. */
  styles?: FlexBubbleStyles | undefined
  /** The action when the bubble is tapped. Its label has at most 40 characters (grapheme clusters). */
  action?: AreaAction | undefined
}

/**
 * Bubbles to swipe through: at most 50 KB (51200 bytes) of JSON.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#f-carousel
 */
export interface FlexCarousel {
  /** Always `carousel`. */
  type: 'carousel'
  /** 1 to 12 bubbles of the same `size`, without videos. */
  contents: readonly FlexBubble[]
}

/**
 * Styles of the blocks of a bubble.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#bubble-style
 */
export interface FlexBubbleStyles {
  /** Style of the header. */
  header?: FlexBlockStyle | undefined
  /** Style of the hero. */
  hero?: FlexBlockStyle | undefined
  /** Style of the body. */
  body?: FlexBlockStyle | undefined
  /** Style of the footer. */
  footer?: FlexBlockStyle | undefined
}

/**
 * Style of a block.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#block-style
 */
export interface FlexBlockStyle {
  /** Background color, `#RRGGBB` or `#RRGGBBAA`. */
  backgroundColor?: string | undefined
  /** Whether to draw a separator above the block. No effect on the first block. Default: `false`. */
  separator?: boolean | undefined
  /** Color of the separator, `#RRGGBB` or `#RRGGBBAA`. */
  separatorColor?: string | undefined
}

/** A number of pixels, such as `12px` or `1.5px`. */
export type FlexPixels = `${number}px`

/** A percentage of the parent, such as `50%` or `33.3%`. */
export type FlexPercentage = `${number}%`

/** Pixels or a percentage of the parent, not negative. */
export type FlexLength = FlexPixels | FlexPercentage

/** Space: a keyword, in increasing order from `none`, or pixels, not negative. */
export type FlexSpacing = 'none' | 'xs' | 'sm' | 'md' | 'lg' | 'xl' | 'xxl' | FlexPixels

/** Space inside a box: a keyword, pixels, or a percentage of the parent's width, not negative. */
export type FlexPadding = FlexSpacing | FlexPercentage

/** Offset of a component: a keyword, pixels, or a percentage of the box. Pixels and percentages can be negative. */
export type FlexOffset = FlexSpacing | FlexPercentage

/** Border width: a keyword, in increasing order from `none`, or pixels, not negative. */
export type FlexBorderWidth = 'none' | 'light' | 'normal' | 'medium' | 'semi-bold' | 'bold' | FlexPixels

/** Font or icon size: a keyword, in increasing order, or pixels. Percentages are not supported. */
export type FlexFontSize = 'xxs' | 'xs' | 'sm' | 'md' | 'lg' | 'xl' | 'xxl' | '3xl' | '4xl' | '5xl' | FlexPixels

/** Maximum width of an image: a keyword, in increasing order, pixels, or a percentage of the image's own width. */
export type FlexImageSize = FlexFontSize | 'full' | FlexPercentage

/**
 * Ratio of width to height, such as `20:13`. Both numbers must be between 1 and 100000, and the height at most 3 times
 * the width.
 */
export type FlexAspectRatio = `${number}:${number}`

/** An angle in degrees, from `0deg` to below `360deg`. */
export type FlexAngle = `${number}deg`
