import type * as z from 'zod/mini'
import * as catalog from '../catalog.js'
import { bodyKind, type Endpoint } from '../core/operation.js'
import { property } from '../core/property.js'
import { checkValue } from '../core/schema/check-value.js'
import type { BrokenRule, Validator } from '../core/schema/problems.js'
import { tolerate } from '../core/schema/tolerance.js'
import { NarrowcastInput } from '../messaging/narrowcast/schemas.js'
import { ValidateMessagesInput } from '../messaging/send/schemas.js'
import { nameComponent } from './components.js'
import { listHints } from './hints.js'
import { contractTables } from './tables.js'

export type { BrokenRule } from '../core/schema/problems.js'

/** Validates the inputs and outputs of all operations in the catalog. */
export interface ContractValidator extends Validator {
  /** Returns every problem; an empty array for an operation that is not in the catalog. */
  check(operation: Endpoint, part: 'input' | 'output', value: unknown): readonly BrokenRule[]
}

type Build = () => z.core.$ZodType
type Table = { readonly [name: string]: { readonly input: Build; readonly output: Build } }

const becomesJson = (operation: Endpoint) => bodyKind(operation) === 'json'

/**
 * Creates a validator that checks inputs and outputs against LINE's documented fields, types and limits. Pass it to the client's option `validate`; the emulator uses it too.
 *
 * It never changes a value. It accepts unknown fields, except in the contents of Flex Messages, where LINE rejects them.
 *
 * @example
 * const line = createLineClient({ channelAccessToken, validate: contracts() })
 */
export function contracts(): ContractValidator {
  const records: { readonly [group: string]: { readonly [name: string]: Endpoint } } = catalog
  const byRecord = new Map<Endpoint, Table[string]>()
  for (const [group, table] of Object.entries<Table>(contractTables())) {
    for (const [name, contract] of Object.entries(table)) {
      const record = records[group]?.[name]
      if (record) byRecord.set(record, contract)
    }
  }
  return {
    check(operation, part, value) {
      const contract = byRecord.get(operation)
      return contract ? checkValue(contract[part], value, part === 'input' && becomesJson(operation)) : []
    },
  }
}

function checkSend(build: Build, input: unknown): readonly BrokenRule[] {
  const { value, problems, overlooked } = tolerate(input, (given) => checkValue(build, given, true))
  return [
    ...problems.map((problem) => nameComponent(problem, value)),
    ...listHints(property(value, 'messages'), overlooked),
  ]
}

/**
 * Checks messages against LINE's limits without calling LINE: every documented limit, and rules between fields, such as a template text that must be shorter
 * if there is an image. It returns all problems and never throws.
 *
 * Entries with `severity: 'hint'` are accepted by LINE but are probably mistakes: a number where LINE expects text with digits, an imagemap whose width is not
 * 1040, half of a surrogate pair in text. `null` counts as an absent field, except in the contents of Flex Messages, where LINE refuses it.
 *
 * Paths are those of a send, such as `messages[0].text`. Rules that depend on the recipient (mentions work in groups only) are checked with the operation's input.
 *
 * @example
 * checkMessages([{ type: 'text', text: '' }])[0]?.message // "messages[0].text must be a non-empty string, but is an empty string"
 */
export function checkMessages(messages: unknown): readonly BrokenRule[] {
  return checkSend(ValidateMessagesInput, { messages })
}

/**
 * Checks the input of a narrowcast against LINE's limits without calling LINE: its messages, operators and limits, at most 10 audiences and redeliveries, and at most 10 filters.
 * Only LINE can check the number of recipients: filters require a target reach of 100, and at least 50 users must remain after filtering.
 *
 * @example
 * checkNarrowcast({ messages, limit: { max: 0 } })[0]?.message // "limit.max must be at least 1, but is 0"
 */
export function checkNarrowcast(input: unknown): readonly BrokenRule[] {
  return checkSend(NarrowcastInput, input)
}
