export * from './messaging/operations.js'
export * from './tokens/operations.js'
