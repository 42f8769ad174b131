export type * from './group/types.js'
export type * from './ids/types.js'
export type * from './retargeting/types.js'
