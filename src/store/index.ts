export { type MemoryStoreOptions, memoryStore } from './memory.js'
export type { Store } from './types.js'
