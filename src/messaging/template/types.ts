import type { AreaAction, ButtonAction } from '../action/types.js'
import type { MessageOptions } from '../message/types.js'

/**
 * A message in one of four predefined layouts. For custom layouts, use a Flex Message.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#template-messages
 */
export interface TemplateMessage extends MessageOptions {
  /** Always `template`. */
  type: 'template'
  /** Text shown in notifications, the chat list and quotes, 1 to 1500 UTF-16 code units. */
  altText: string
  /** The layout and its content. */
  template: Template
}

/** The layout of a template message and its content. */
export type Template = ButtonsTemplate | ConfirmTemplate | CarouselTemplate | ImageCarouselTemplate

/** How the images of a template are displayed. */
export interface TemplateImageOptions {
  /** Aspect ratio of the image: `rectangle` is 1.51:1, `square` is 1:1. Default: `rectangle`. */
  imageAspectRatio?: 'rectangle' | 'square' | undefined
  /** `cover` fills the image area and crops the image, `contain` shows the whole image. Default: `cover`. */
  imageSize?: 'cover' | 'contain' | undefined
}

/** The common fields of a buttons template and a carousel column. */
export interface TemplateCard {
  /** HTTPS URL of the image, at most 2000 UTF-16 code units: a JPEG or PNG, at most 1024 pixels wide and 10 MB. */
  thumbnailImageUrl?: string | undefined
  /** Background color of an image that does not fill its area, as `#RRGGBB`. Default: `#FFFFFF`. */
  imageBackgroundColor?: string | undefined
  /** Title, 1 to 40 characters (grapheme clusters). */
  title?: string | undefined
  /** The action when the image, title or text is tapped. Its label has at most 20 characters (grapheme clusters). */
  defaultAction?: ButtonAction | undefined
}

/**
 * A card with an image, a title, a text and up to 4 buttons.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#buttons
 */
export interface ButtonsTemplate extends TemplateCard, TemplateImageOptions {
  /** Always `buttons`. */
  type: 'buttons'
  /** Text, 1 to 160 characters (grapheme clusters); at most 60 with an image or a title. */
  text: string
  /** 1 to 4 buttons. Each label has at most 20 characters (grapheme clusters). */
  actions: readonly ButtonAction[]
}

/**
 * A text with two buttons.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#confirm
 */
export interface ConfirmTemplate {
  /** Always `confirm`. */
  type: 'confirm'
  /** Text, 1 to 240 characters (grapheme clusters). */
  text: string
  /** Exactly 2 buttons. Each label has at most 20 characters (grapheme clusters). */
  actions: readonly ButtonAction[]
}

/**
 * Cards to swipe through.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#carousel
 */
export interface CarouselTemplate extends TemplateImageOptions {
  /** Always `carousel`. */
  type: 'carousel'
  /**
   * 1 to 10 columns. All columns must have the same number of actions. Either all or none have an image, and likewise
   * for the title.
   */
  columns: readonly CarouselColumn[]
}

/**
 * A card of a carousel.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#column-object-for-carousel
 */
export interface CarouselColumn extends TemplateCard {
  /** Text, 1 to 120 characters (grapheme clusters); at most 60 with an image or a title. */
  text: string
  /** 1 to 3 buttons, the same number in every column. Each label has at most 20 characters (grapheme clusters). */
  actions: readonly ButtonAction[]
}

/**
 * Images to swipe through.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#image-carousel
 */
export interface ImageCarouselTemplate {
  /** Always `image_carousel`. */
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
  /** HTTPS URL of the image, at most 2000 UTF-16 code units: a square JPEG or PNG, at most 1024 pixels wide and 10 MB. */
  imageUrl: string
  /** The action when the image is tapped. Its label has at most 12 characters (grapheme clusters). */
  action: AreaAction
}
