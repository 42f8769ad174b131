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
} from './values.js'

/** Every part of a Flex Message, told apart by its `type`. */
export type FlexComponent = FlexBoxContent | FlexVideo | FlexSpan

/** What a box holds. A `baseline` box holds icons, texts and fillers; icons stand in no other. */
export type FlexBoxContent = FlexBox | FlexButton | FlexImage | FlexIcon | FlexText | FlexSeparator | FlexFiller

/** How a component takes part in the box around it. */
export interface FlexItem {
  /**
   * Its share of the box's width or height, a whole number from 0: 0 takes what the contents need.
   * LINE uses 1 in horizontal boxes and 0 in vertical ones when it is left out.
   */
  flex?: number | undefined
}

/** How much room is before a component. */
export interface FlexSpaced {
  /** Least room before it in the box, instead of the box's `spacing`. */
  margin?: FlexSpacing | undefined
}

/**
 * Where a component is, beside what the layout gives it.
 *
 * @see https://developers.line.biz/en/docs/messaging-api/flex-message-layout/#component-offset
 */
export interface FlexPlaced {
  /** What the offsets start from: `relative` its own place, `absolute` the edges of the box around it. LINE uses `relative` when it is left out. */
  position?: 'relative' | 'absolute' | undefined
  /** Down, from the top edge. */
  offsetTop?: FlexOffset | undefined
  /** Up, from the bottom edge. Without effect in `baseline` boxes. */
  offsetBottom?: FlexOffset | undefined
  /** Away from where text starts: to the right in `ltr` bubbles. */
  offsetStart?: FlexOffset | undefined
  /** Away from where text ends: to the left in `ltr` bubbles. */
  offsetEnd?: FlexOffset | undefined
}

/**
 * A row, a column, or a line of text with icons.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#box
 */
export interface FlexBox extends FlexItem, FlexSpaced, FlexPlaced {
  type: 'box'
  /** `horizontal` fills a row, `vertical` a column, `baseline` a row whose texts and icons stand on one line. */
  layout: 'horizontal' | 'vertical' | 'baseline'
  /** What is in it, drawn in this order; may be empty. A `baseline` box holds icons, texts and fillers; icons stand in no other. */
  contents: readonly FlexBoxContent[]
  /** `#RRGGBB` or `#RRGGBBAA`. LINE uses `#00000000` when it is left out. */
  backgroundColor?: string | undefined
  /** `#RRGGBB` or `#RRGGBBAA`. */
  borderColor?: string | undefined
  /** Thickness of the border. */
  borderWidth?: FlexBorderWidth | undefined
  /** How round the corners are. LINE uses `none` when it is left out. */
  cornerRadius?: FlexSpacing | undefined
  /** Width, of itself or of the parent's. */
  width?: FlexLength | undefined
  /** Largest width. LINE 11.22.0 (desktop 7.7.0) or later. */
  maxWidth?: FlexLength | undefined
  /** Height, of itself or of the parent's. */
  height?: FlexLength | undefined
  /** Largest height. LINE 11.22.0 (desktop 7.7.0) or later. */
  maxHeight?: FlexLength | undefined
  /** Least room between the components in it. LINE uses `none` when it is left out. */
  spacing?: FlexSpacing | undefined
  /** Room inside the border, on all sides that have none of their own. */
  paddingAll?: FlexPadding | undefined
  paddingTop?: FlexPadding | undefined
  paddingBottom?: FlexPadding | undefined
  /** Where text starts: on the left in `ltr` bubbles. */
  paddingStart?: FlexPadding | undefined
  /** Where text ends: on the right in `ltr` bubbles. */
  paddingEnd?: FlexPadding | undefined
  /** What a tap does. Its label has at most 40 characters (grapheme clusters). */
  action?: AreaAction | undefined
  /** How free room is shared out along the box. Only where no component in it has a `flex` of 1 or more. */
  justifyContent?: 'center' | 'flex-start' | 'flex-end' | 'space-between' | 'space-around' | 'space-evenly' | undefined
  /** Where components stand across the box. */
  alignItems?: 'center' | 'flex-start' | 'flex-end' | undefined
  /** What is behind it. */
  background?: FlexBoxBackground | undefined
}

/** What is behind a box. */
export type FlexBoxBackground = FlexBoxLinearGradient

/**
 * One color running into another.
 *
 * @see https://developers.line.biz/en/docs/messaging-api/flex-message-layout/#linear-gradient-bg
 */
export interface FlexBoxLinearGradient {
  type: 'linearGradient'
  /** Where it runs: `0deg` from bottom to top, `90deg` from left to right, clockwise to below `360deg`. */
  angle: FlexAngle
  /** `#RRGGBB` or `#RRGGBBAA`. */
  startColor: string
  /** `#RRGGBB` or `#RRGGBBAA`. */
  endColor: string
  /** A third color in between, `#RRGGBB` or `#RRGGBBAA`. */
  centerColor?: string | undefined
  /** Where the third color is, `0%` to `100%`. LINE uses `50%` when it is left out. */
  centerPosition?: FlexPercentage | undefined
}

/**
 * A button.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#button
 */
export interface FlexButton extends FlexItem, FlexSpaced, FlexPlaced {
  type: 'button'
  /** What a tap does. Its label has 1 to 40 characters (grapheme clusters). */
  action: ButtonAction
  /** LINE uses `md` when it is left out. */
  height?: 'sm' | 'md' | undefined
  /** `primary` for dark colors, `secondary` for light ones. LINE uses `link` when it is left out. */
  style?: 'primary' | 'secondary' | 'link' | undefined
  /** Of the text of a `link`, else behind it: `#RRGGBB` or `#RRGGBBAA`. */
  color?: string | undefined
  /** Without effect in `baseline` boxes. LINE uses `top` when it is left out. */
  gravity?: 'top' | 'bottom' | 'center' | undefined
  /** Makes the font smaller until the text fits, as far as the app can. */
  adjustMode?: 'shrink-to-fit' | undefined
  /** Whether the text follows the font size that is set in the app. LINE 13.6.0 (desktop 7.17.0) or later; `false` when it is left out. */
  scaling?: boolean | undefined
}

/**
 * An image.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#f-image
 */
export interface FlexImage extends FlexItem, FlexSpaced, FlexPlaced {
  type: 'image'
  /** An https URL of at most 2000 UTF-16 units, to a JPEG or PNG of at most 1024 x 1024 pixels and 10 MB, or 300 KB when it is `animated`. */
  url: string
  /** LINE uses `center` when it is left out. */
  align?: 'start' | 'end' | 'center' | undefined
  /** Without effect in `baseline` boxes. LINE uses `top` when it is left out. */
  gravity?: 'top' | 'bottom' | 'center' | undefined
  /** Largest width. LINE uses `md` when it is left out. */
  size?: FlexImageSize | undefined
  /** LINE uses `1:1` when it is left out. */
  aspectRatio?: FlexAspectRatio | undefined
  /** `cover` fills its area and cuts what is left over, `fit` shows the whole image. LINE uses `fit` when it is left out. */
  aspectMode?: 'cover' | 'fit' | undefined
  /** `#RRGGBB` or `#RRGGBBAA`. */
  backgroundColor?: string | undefined
  /** What a tap does. Its label has at most 40 characters (grapheme clusters). */
  action?: AreaAction | undefined
  /** Whether an APNG plays; at most 10 images of a message may. LINE uses `false` when it is left out. */
  animated?: boolean | undefined
}

/**
 * A video. Only as the `hero` of a `kilo`, `mega` or `giga` bubble that is in no carousel. LINE 11.22.0 (desktop 7.7.0) or later.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#f-video
 */
export interface FlexVideo {
  type: 'video'
  /** An https URL of at most 2000 UTF-16 units, to an mp4 of at most 200 MB. */
  url: string
  /** The preview, with the video's proportions: an https URL of at most 2000 UTF-16 units, to a JPEG or PNG of at most 1 MB. */
  previewUrl: string
  /** What older apps show instead. */
  altContent: FlexBox | FlexImage
  /** Of the video. LINE uses `1:1` when it is left out. */
  aspectRatio?: FlexAspectRatio | undefined
  /** A link that is shown while and after it plays. Its label has at most 40 characters (grapheme clusters). */
  action?: AreaUriAction | undefined
}

/**
 * A small image in a line of text. Only in `baseline` boxes.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#icon
 */
export interface FlexIcon extends FlexSpaced, FlexPlaced {
  type: 'icon'
  /** An https URL of at most 2000 UTF-16 units, to a JPEG or PNG of at most 1024 x 1024 pixels and 1 MB. */
  url: string
  /** Largest width. LINE uses `md` when it is left out. */
  size?: FlexFontSize | undefined
  /** LINE uses `1:1` when it is left out. */
  aspectRatio?: FlexAspectRatio | undefined
  /** Whether it follows the font size that is set in the app. LINE 13.6.0 (desktop 7.17.0) or later; `false` when it is left out. */
  scaling?: boolean | undefined
}

/** How letters look. */
export interface FlexLetters {
  /** LINE uses `md` when it is left out. */
  size?: FlexFontSize | undefined
  /** `#RRGGBB` or `#RRGGBBAA`. */
  color?: string | undefined
  /** LINE uses `regular` when it is left out. */
  weight?: 'regular' | 'bold' | undefined
  /** LINE uses `normal` when it is left out. */
  style?: 'normal' | 'italic' | undefined
  /** LINE uses `none` when it is left out. That of a text goes before that of its spans. */
  decoration?: 'none' | 'underline' | 'line-through' | undefined
}

/**
 * A text. It needs `text` or `contents`.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#f-text
 */
export interface FlexText extends FlexLetters, FlexItem, FlexSpaced, FlexPlaced {
  type: 'text'
  /** The text, not empty. Ignored beside `contents`. `\n` starts a line where `wrap` is on. */
  text?: string | undefined
  /** The text in parts that look different. */
  contents?: readonly FlexSpan[] | undefined
  /** Makes the font smaller until the text fits, as far as the app can. */
  adjustMode?: 'shrink-to-fit' | undefined
  /** Whether it follows the font size that is set in the app, its spans too. LINE 13.6.0 (desktop 7.17.0) or later; `false` when it is left out. */
  scaling?: boolean | undefined
  /** LINE uses `start` when it is left out. */
  align?: 'start' | 'end' | 'center' | undefined
  /** Without effect in `baseline` boxes. LINE uses `top` when it is left out. */
  gravity?: 'top' | 'bottom' | 'center' | undefined
  /** Whether it goes on in the next line. LINE uses `false` when it is left out, and cuts it with an ellipsis. */
  wrap?: boolean | undefined
  /** Room between lines. LINE 11.22.0 (desktop 7.7.0) or later. */
  lineSpacing?: FlexPixels | undefined
  /** How many lines are shown before an ellipsis, a whole number from 0: 0 shows all. LINE uses 0 when it is left out. */
  maxLines?: number | undefined
  /** What a tap does. Its label has at most 40 characters (grapheme clusters). */
  action?: AreaAction | undefined
}

/**
 * A part of a text that looks different. Only in the `contents` of a text.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#span
 */
export interface FlexSpan extends FlexLetters {
  type: 'span'
  /** `\n` starts a line where the text's `wrap` is on. */
  text?: string | undefined
}

/**
 * A line between components: upright in horizontal boxes, lying in vertical ones.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#separator
 */
export interface FlexSeparator extends FlexSpaced {
  type: 'separator'
  /** `#RRGGBB` or `#RRGGBBAA`. */
  color?: string | undefined
}

/**
 * Empty room.
 *
 * @deprecated Use margin, spacing, padding and offsets.
 * @see https://developers.line.biz/en/reference/messaging-api/#filler
 */
export interface FlexFiller extends FlexItem {
  type: 'filler'
}
