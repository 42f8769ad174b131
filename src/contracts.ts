import type * as z from 'zod/mini'
import * as catalog from './catalog.js'
import { contractTables } from './contract-tables.js'
import { listBroken } from './core/broken.js'
import type { Endpoint } from './core/operation.js'
import type { BrokenRule } from './core/problems.js'
import type { Validator } from './core/validate.js'
import { NarrowcastInput } from './messaging/narrowcast/schemas.js'
import { ValidateMessagesInput } from './messaging/send/schemas.js'

export type { BrokenRule } from './core/problems.js'

/** Checks inputs and outputs of every operation in the catalog. */
export interface ContractValidator extends Validator {
  /** Lists everything that is wrong; nothing for a record that is not in the catalog. */
  check(operation: Endpoint, part: 'input' | 'output', value: unknown): readonly BrokenRule[]
}

type Build = () => z.core.$ZodType
type Table = { readonly [name: string]: { readonly input: Build; readonly output: Build } }

function becomesJson({ method, body = method === 'POST' || method === 'PUT' ? 'json' : 'none' }: Endpoint): boolean {
  return body === 'json'
}

/**
 * Makes what checks inputs and outputs against LINE's documented fields, types and limits: for the client's option `validate`, and for the emulator.
 *
 * It only says what is wrong, and never changes a value. Fields that it does not know it lets pass, but for those in the contents of Flex Messages, where LINE refuses them.
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
      return contract ? listBroken(contract[part], value, part === 'input' && becomesJson(operation)) : []
    },
  }
}

/**
 * Checks messages against LINE's limits, without asking LINE: every limit that its pages document, and those between fields, such as a text that must be shorter
 * beside an image. It lists all that is wrong at once, each with its place, what is allowed and what was found, and throws for no value.
 *
 * Places are as in a send: `messages[0].text`. What hangs on where the messages go (mentions reach groups only) the operation's own input is checked for.
 *
 * @example
 * checkMessages([{ type: 'text', text: '' }])[0]?.message // "messages[0].text must be text that is not empty, but is empty text"
 */
export function checkMessages(messages: unknown): readonly BrokenRule[] {
  return listBroken(ValidateMessagesInput, { messages }, true)
}

/**
 * Checks the input of a narrowcast against LINE's limits, without asking LINE: its messages, at most 10 audiences and redeliveries and 10 filters, operators, limits.
 * How many people are reached only LINE knows: filters need a target reach of 100, and 50 people must be left by them.
 *
 * @example
 * checkNarrowcast({ messages, limit: { max: 0 } })[0]?.message // "limit.max must be at least 1, but is 0"
 */
export function checkNarrowcast(input: unknown): readonly BrokenRule[] {
  return listBroken(NarrowcastInput, input, true)
}
