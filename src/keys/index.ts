export * from './assertion-key.js'
export * from './pair.js'
export * from './public-jwk.js'
export type * from './types.js'
