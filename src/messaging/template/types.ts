import type { AreaAction, ButtonAction } from '../action/types.js'
import type { MessageOptions } from '../message/types.js'

/**
 * A message of one of four fixed layouts. Flex Messages are free in theirs.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#template-messages
 */
export interface TemplateMessage extends MessageOptions {
  type: 'template'
  /** What notifications, the list of chats and quotes show, 1 to 1500 UTF-16 units. */
  altText: string
  /** The layout with its contents. */
  template: Template
}

/** The layout of a template message with its contents, told apart by its `type`. */
export type Template = ButtonsTemplate | ConfirmTemplate | CarouselTemplate | ImageCarouselTemplate

/** How the images of a template are shown. */
export interface TemplateImageOptions {
  /** `rectangle` is 1.51:1, `square` 1:1. LINE uses `rectangle` when it is left out. */
  imageAspectRatio?: 'rectangle' | 'square' | undefined
  /** `cover` fills the area and cuts what is left over, `contain` shows the whole image. LINE uses `cover` when it is left out. */
  imageSize?: 'cover' | 'contain' | undefined
}

/** What a buttons template and a column of a carousel share. */
export interface TemplateCard {
  /** The image: an https URL of at most 2000 UTF-16 units, to a JPEG or PNG, at most 1024 pixels wide and 10 MB. */
  thumbnailImageUrl?: string | undefined
  /** What stands around an image that does not fill its area, `#RRGGBB`. LINE uses `#FFFFFF` when it is left out. */
  imageBackgroundColor?: string | undefined
  /** 1 to 40 characters (grapheme clusters). */
  title?: string | undefined
  /** What a tap on image, title or text does. Its label has 1 to 20 characters (grapheme clusters). */
  defaultAction?: ButtonAction | undefined
}

/**
 * A card with image, title, text and up to 4 buttons.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#buttons
 */
export interface ButtonsTemplate extends TemplateCard, TemplateImageOptions {
  type: 'buttons'
  /** 1 to 160 characters (grapheme clusters), or to 60 with an image or a title. */
  text: string
  /** 1 to 4 buttons. Labels have 1 to 20 characters (grapheme clusters). */
  actions: readonly ButtonAction[]
}

/**
 * A text with two buttons.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#confirm
 */
export interface ConfirmTemplate {
  type: 'confirm'
  /** 1 to 240 characters (grapheme clusters). */
  text: string
  /** 2 buttons. Labels have 1 to 20 characters (grapheme clusters). */
  actions: readonly ButtonAction[]
}

/**
 * Cards to swipe through.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#carousel
 */
export interface CarouselTemplate extends TemplateImageOptions {
  type: 'carousel'
  /** 1 to 10 columns. All have as many actions, and all or none an image, and all or none a title. */
  columns: readonly CarouselColumn[]
}

/**
 * A card of a carousel.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#column-object-for-carousel
 */
export interface CarouselColumn extends TemplateCard {
  /** 1 to 120 characters (grapheme clusters), or to 60 with an image or a title. */
  text: string
  /** 1 to 3 buttons, as many in every column. Labels have 1 to 20 characters (grapheme clusters). */
  actions: readonly ButtonAction[]
}

/**
 * Images to swipe through.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#image-carousel
 */
export interface ImageCarouselTemplate {
  type: 'image_carousel'
  /** 1 to 10 columns. */
  columns: readonly ImageCarouselColumn[]
}

/**
 * An image of an image carousel.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#column-object-for-image-carousel
 */
export interface ImageCarouselColumn {
  /** The image: an https URL of at most 2000 UTF-16 units, to a square JPEG or PNG, at most 1024 pixels wide and 10 MB. */
  imageUrl: string
  /** What a tap does. Its label has at most 12 characters (grapheme clusters). */
  action: AreaAction
}
