export type * from './account/types.js'
export type * from './message/types.js'
export type * from './rich-menu/types.js'
