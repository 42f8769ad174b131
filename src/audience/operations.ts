export * from './group/operations.js'
export * from './ids/operations.js'
export * from './retargeting/operations.js'
