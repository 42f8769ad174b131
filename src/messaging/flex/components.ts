import type { AreaAction, AreaUriAction, ButtonAction } from '../action/types.js'
import type {
  FlexAngle,
  FlexAspectRatio,
  FlexBorderWidth,
  FlexFontSize,
  FlexImageSize,
  FlexLength,
  FlexOffset,
  FlexPadding,
  FlexPercentage,
  FlexPixels,
  FlexSpacing,
} from './types.js'

/** A component of a Flex Message. */
export type FlexComponent = FlexBoxContent | FlexVideo | FlexSpan

/**
 * A component in a box. A `baseline` box can only contain icons, texts and fillers; other boxes cannot contain icons.
 */
export type FlexBoxContent = FlexBox | FlexButton | FlexImage | FlexIcon | FlexText | FlexSeparator | FlexFiller

/** How a component shares the space of its box. */
export interface FlexItem {
  /**
   * Share of the width or height of the box, as an integer of at least 0. 0 takes the size of the contents. Default: 1
   * in horizontal boxes, 0 in vertical boxes.
   */
  flex?: number | undefined
}

/** The space before a component. */
export interface FlexSpaced {
  /** Minimum space before the component in its box, instead of the `spacing` of the box. */
  margin?: FlexSpacing | undefined
}

/**
 * Position of a component relative to the layout.
 *
 * @see https://developers.line.biz/en/docs/messaging-api/flex-message-layout/#component-offset
 */
export interface FlexPlaced {
  /**
   * Reference of the offsets: `relative` to its own position, `absolute` to the edges of the parent box. Default:
   * `relative`.
   */
  position?: 'relative' | 'absolute' | undefined
  /** Offset downwards from the top edge. */
  offsetTop?: FlexOffset | undefined
  /** Offset upwards from the bottom edge. No effect in `baseline` boxes. */
  offsetBottom?: FlexOffset | undefined
  /** Offset from the start edge: to the right in `ltr` bubbles. */
  offsetStart?: FlexOffset | undefined
  /** Offset from the end edge: to the left in `ltr` bubbles. */
  offsetEnd?: FlexOffset | undefined
}

/**
 * A row, a column, or a line of text with icons.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#box
 */
export interface FlexBox extends FlexItem, FlexSpaced, FlexPlaced {
  /** Always `box`. */
  type: 'box'
  /**
   * Direction: `horizontal` for a row, `vertical` for a column, `baseline` for a row of texts and icons on one
   * baseline.
   */
  layout: 'horizontal' | 'vertical' | 'baseline'
  /**
   * Components in the box, in display order. Can be empty. A `baseline` box can only contain icons, texts and fillers;
   * other boxes cannot contain icons.
   */
  contents: readonly FlexBoxContent[]
  /** Background color, `#RRGGBB` or `#RRGGBBAA`. Default: `#00000000`. */
  backgroundColor?: string | undefined
  /** Border color, `#RRGGBB` or `#RRGGBBAA`. */
  borderColor?: string | undefined
  /** Border width. */
  borderWidth?: FlexBorderWidth | undefined
  /** Radius of the corners. Default: `none`. */
  cornerRadius?: FlexSpacing | undefined
  /** Width, absolute or relative to the parent. */
  width?: FlexLength | undefined
  /** Maximum width. Requires LINE 11.22.0 (desktop 7.7.0) or later. */
  maxWidth?: FlexLength | undefined
  /** Height, absolute or relative to the parent. */
  height?: FlexLength | undefined
  /** Maximum height. Requires LINE 11.22.0 (desktop 7.7.0) or later. */
  maxHeight?: FlexLength | undefined
  /** Minimum space between the components. Default: `none`. */
  spacing?: FlexSpacing | undefined
  /** Padding on all sides without their own padding. */
  paddingAll?: FlexPadding | undefined
  /** Padding at the top. */
  paddingTop?: FlexPadding | undefined
  /** Padding at the bottom. */
  paddingBottom?: FlexPadding | undefined
  /** Padding at the start: on the left in `ltr` bubbles. */
  paddingStart?: FlexPadding | undefined
  /** Padding at the end: on the right in `ltr` bubbles. */
  paddingEnd?: FlexPadding | undefined
  /** The action when the box is tapped. Its label has at most 40 characters (grapheme clusters). */
  action?: AreaAction | undefined
  /** Distribution of free space along the main axis. No effect if a component in the box has a `flex` of 1 or more. */
  justifyContent?: 'center' | 'flex-start' | 'flex-end' | 'space-between' | 'space-around' | 'space-evenly' | undefined
  /** Alignment of the components on the cross axis. */
  alignItems?: 'center' | 'flex-start' | 'flex-end' | undefined
  /** Background of the box. */
  background?: FlexBoxBackground | undefined
}

/** The background of a box. */
export type FlexBoxBackground = FlexBoxLinearGradient

/**
 * A linear gradient.
 *
 * @see https://developers.line.biz/en/docs/messaging-api/flex-message-layout/#linear-gradient-bg
 */
export interface FlexBoxLinearGradient {
  /** Always `linearGradient`. */
  type: 'linearGradient'
  /** Direction, clockwise and below `360deg`: `0deg` is from bottom to top, `90deg` from left to right. */
  angle: FlexAngle
  /** Color at the start, `#RRGGBB` or `#RRGGBBAA`. */
  startColor: string
  /** Color at the end, `#RRGGBB` or `#RRGGBBAA`. */
  endColor: string
  /** Intermediate color, `#RRGGBB` or `#RRGGBBAA`. */
  centerColor?: string | undefined
  /** Position of the intermediate color, at most `100%`. Default: `50%`. */
  centerPosition?: FlexPercentage | undefined
}

/**
 * A button.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#button
 */
export interface FlexButton extends FlexItem, FlexSpaced, FlexPlaced {
  /** Always `button`. */
  type: 'button'
  /** The action when the button is tapped. Its label has at most 40 characters (grapheme clusters). */
  action: ButtonAction
  /** Height of the button. Default: `md`. */
  height?: 'sm' | 'md' | undefined
  /** Style: `primary` for dark colors, `secondary` for light colors, `link` for a text link. Default: `link`. */
  style?: 'primary' | 'secondary' | 'link' | undefined
  /** Text color of a `link` button, background color of other buttons: `#RRGGBB` or `#RRGGBBAA`. */
  color?: string | undefined
  /** Vertical alignment. No effect in `baseline` boxes. Default: `top`. */
  gravity?: 'top' | 'bottom' | 'center' | undefined
  /** Reduces the font size until the text fits, as far as the app supports it. */
  adjustMode?: 'shrink-to-fit' | undefined
  /**
   * Whether the text scales with the font size set in the app. Requires LINE 13.6.0 (desktop 7.17.0) or later.
   * Default: `false`.
   */
  scaling?: boolean | undefined
}

/**
 * An image.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#f-image
 */
export interface FlexImage extends FlexItem, FlexSpaced, FlexPlaced {
  /** Always `image`. */
  type: 'image'
  /**
   * HTTPS URL of the image, at most 2000 UTF-16 code units: a JPEG or PNG of at most 1024 x 1024 pixels and 10 MB, or 300
   * KB if `animated`.
   */
  url: string
  /** Horizontal alignment. Default: `center`. */
  align?: 'start' | 'end' | 'center' | undefined
  /** Vertical alignment. No effect in `baseline` boxes. Default: `top`. */
  gravity?: 'top' | 'bottom' | 'center' | undefined
  /** Maximum width. Default: `md`. */
  size?: FlexImageSize | undefined
  /** Aspect ratio of the image. Default: `1:1`. */
  aspectRatio?: FlexAspectRatio | undefined
  /** `cover` fills the area and crops the image, `fit` shows the whole image. Default: `fit`. */
  aspectMode?: 'cover' | 'fit' | undefined
  /** Background color, `#RRGGBB` or `#RRGGBBAA`. */
  backgroundColor?: string | undefined
  /** The action when the image is tapped. Its label has at most 40 characters (grapheme clusters). */
  action?: AreaAction | undefined
  /** Whether to play an APNG. At most 10 images in a message can be animated. Default: `false`. */
  animated?: boolean | undefined
}

/**
 * A video. Available as the `hero` of a `kilo`, `mega` or `giga` bubble outside carousels. Requires LINE 11.22.0
 * (desktop 7.7.0) or later.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#f-video
 */
export interface FlexVideo {
  /** Always `video`. */
  type: 'video'
  /** HTTPS URL of the video, at most 2000 UTF-16 code units: an MP4 of at most 200 MB. */
  url: string
  /**
   * HTTPS URL of the preview, at most 2000 UTF-16 code units: a JPEG or PNG of at most 1 MB, in the aspect ratio of the
   * video.
   */
  previewUrl: string
  /** Component that older apps show instead. */
  altContent: FlexBox | FlexImage
  /** Aspect ratio of the video. Default: `1:1`. */
  aspectRatio?: FlexAspectRatio | undefined
  /** URI action shown during and after playback. Its label has at most 40 characters (grapheme clusters). */
  action?: AreaUriAction | undefined
}

/**
 * A small image in a line of text. Available in `baseline` boxes only.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#icon
 */
export interface FlexIcon extends FlexSpaced, FlexPlaced {
  /** Always `icon`. */
  type: 'icon'
  /** HTTPS URL of the icon, at most 2000 UTF-16 code units: a JPEG or PNG of at most 1024 x 1024 pixels and 1 MB. */
  url: string
  /** Maximum width. Default: `md`. */
  size?: FlexFontSize | undefined
  /** Aspect ratio of the icon. Default: `1:1`. */
  aspectRatio?: FlexAspectRatio | undefined
  /**
   * Whether the icon scales with the font size set in the app. Requires LINE 13.6.0 (desktop 7.17.0) or later.
   * Default: `false`.
   */
  scaling?: boolean | undefined
}

/** The style of text. */
export interface FlexLetters {
  /** Font size. Default: `md`. */
  size?: FlexFontSize | undefined
  /** Font color, `#RRGGBB` or `#RRGGBBAA`. */
  color?: string | undefined
  /** Font weight. Default: `regular`. */
  weight?: 'regular' | 'bold' | undefined
  /** Font style. Default: `normal`. */
  style?: 'normal' | 'italic' | undefined
  /** Text decoration. Default: `none`. The decoration of a text takes precedence over its spans. */
  decoration?: 'none' | 'underline' | 'line-through' | undefined
}

/**
 * A text. `text` or `contents` is required.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#f-text
 */
export interface FlexText extends FlexLetters, FlexItem, FlexSpaced, FlexPlaced {
  /** Always `text`. */
  type: 'text'
  /** The text, not empty. Ignored if `contents` is set. With `wrap`, `\n` starts a new line. */
  text?: string | undefined
  /** Parts of the text with different styles. */
  contents?: readonly FlexSpan[] | undefined
  /** Reduces the font size until the text fits, as far as the app supports it. */
  adjustMode?: 'shrink-to-fit' | undefined
  /**
   * Whether the text and its spans scale with the font size set in the app. Requires LINE 13.6.0 (desktop 7.17.0) or
   * later. Default: `false`.
   */
  scaling?: boolean | undefined
  /** Horizontal alignment. Default: `start`. */
  align?: 'start' | 'end' | 'center' | undefined
  /** Vertical alignment. No effect in `baseline` boxes. Default: `top`. */
  gravity?: 'top' | 'bottom' | 'center' | undefined
  /** Whether to wrap the text. Unwrapped text is truncated with an ellipsis. Default: `false`. */
  wrap?: boolean | undefined
  /** Space between lines. Requires LINE 11.22.0 (desktop 7.7.0) or later. */
  lineSpacing?: FlexPixels | undefined
  /**
   * Maximum number of lines before the text is truncated with an ellipsis, at least 0. 0 means no limit. Default: 0.
   */
  maxLines?: number | undefined
  /** The action when the text is tapped. Its label has at most 40 characters (grapheme clusters). */
  action?: AreaAction | undefined
}

/**
 * A part of a text with its own style. Available in the `contents` of a text only.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#span
 */
export interface FlexSpan extends FlexLetters {
  /** Always `span`. */
  type: 'span'
  /** The text. With `wrap` on the parent text, `\n` starts a new line. */
  text?: string | undefined
}

/**
 * A line between components: vertical in horizontal boxes, horizontal in vertical boxes.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#separator
 */
export interface FlexSeparator extends FlexSpaced {
  /** Always `separator`. */
  type: 'separator'
  /** Color of the line, `#RRGGBB` or `#RRGGBBAA`. */
  color?: string | undefined
}

/**
 * Empty space.
 *
 * @deprecated Use margin, spacing, padding and offsets.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#filler
 */
export interface FlexFiller extends FlexItem {
  /** Always `filler`. */
  type: 'filler'
}
