export * from './account/operations.js'
export * from './message/operations.js'
export * from './rich-menu/operations.js'
