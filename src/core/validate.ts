import type { Problem } from './errors.js'
import type { Endpoint } from './operation.js'

/** Checks inputs and outputs of operations; `contracts()` of `line-oa/contracts` makes one. It finds an operation by its record, not by a name. */
export interface Validator {
  /** Lists everything that is wrong; nothing for a record that it does not know. */
  check(operation: Endpoint, part: 'input' | 'output', value: unknown): readonly Problem[]
}
