/** Pixels, such as `12px` or `1.5px`. */
export type FlexPixels = `${number}px`

/** A part of the parent, such as `50%` or `33.3%`. */
export type FlexPercentage = `${number}%`

/** Pixels or a part of the parent; not negative. */
export type FlexLength = FlexPixels | FlexPercentage

/** How much room is left: a keyword, in increasing order from `none`, or pixels; not negative. */
export type FlexSpacing = 'none' | 'xs' | 'sm' | 'md' | 'lg' | 'xl' | 'xxl' | FlexPixels

/** How much room is left inside a box: a keyword, pixels, or a part of the parent's width; not negative. */
export type FlexPadding = FlexSpacing | FlexPercentage

/** How far a component is moved: a keyword, pixels, or a part of the box. Pixels and parts may be negative. */
export type FlexOffset = FlexSpacing | FlexPercentage

/** How thick a border is: a keyword, in increasing order from `none`, or pixels; not negative. */
export type FlexBorderWidth = 'none' | 'light' | 'normal' | 'medium' | 'semi-bold' | 'bold' | FlexPixels

/** Size of a font or an icon: a keyword, in increasing order, or pixels; not a part of something. */
export type FlexFontSize = 'xxs' | 'xs' | 'sm' | 'md' | 'lg' | 'xl' | 'xxl' | '3xl' | '4xl' | '5xl' | FlexPixels

/** Largest width of an image: a keyword, in increasing order, pixels, or a part of the image's own width. */
export type FlexImageSize = FlexFontSize | 'full' | FlexPercentage

/** Width to height, such as `20:13`. Both from 1 to 100000, the height at most 3 times the width. */
export type FlexAspectRatio = `${number}:${number}`

/** An angle in degrees, from `0deg` to below `360deg`. */
export type FlexAngle = `${number}deg`
