import type * as operations from '../../operations.js'
import { login } from './login.js'
import { messaging } from './messaging.js'
import { otherTopics } from './other-topics.js'
import type { SampleResponses } from './values.js'

/** A sample response for every operation in the catalog, under LINE's own operation name. */
export type Samples = SampleResponses<typeof operations>

// A function, because bundlers keep a spread at the top level of a module.
const collect = (): Samples => ({ ...messaging, ...login, ...otherTopics })

/**
 * Sample responses of LINE, one function per operation, for stubs. Each call returns the same values in a new object, so change only what
 * matters to the test. Binary responses come with a new stream. Use the emulator where LINE has to remember what earlier calls did.
 *
 * @example
 * const profile = { ...samples.getProfile(), displayName: 'Ken' }
 */
export const samples: Samples = /* @__PURE__ */ collect()
