import * as z from 'zod/mini'
import * as catalog from './catalog.js'
import { contractTables } from './contract-tables.js'
import type { Endpoint } from './core/operation.js'
import { type BrokenRule, listProblems } from './core/problems.js'
import type { Validator } from './core/validate.js'
import { ValidateMessagesInput } from './messaging/send/schemas.js'

export type { BrokenRule } from './core/problems.js'

/** Checks inputs and outputs of every operation in the catalog. */
export interface ContractValidator extends Validator {
  /** Lists everything that is wrong; nothing for a record that is not in the catalog. */
  check(operation: Endpoint, part: 'input' | 'output', value: unknown): readonly BrokenRule[]
}

type Build = () => z.core.$ZodType
type Table = { readonly [name: string]: { readonly input: Build; readonly output: Build } }

function listBroken(build: Build, value: unknown): readonly BrokenRule[] {
  try {
    const { error } = z.safeParse(build(), value)
    return error ? listProblems(error.issues, value) : []
  } catch (error) {
    // Schemas that hold themselves go as deep as the value does.
    if (!(error instanceof RangeError)) throw error
    const [allowed, found] = ['a value of reasonable depth', 'nested too deeply']
    return [{ path: '', rule: 'other', allowed, found, message: `the value must be ${allowed}, but is ${found}` }]
  }
}

/**
 * Makes what checks inputs and outputs against LINE's documented fields, types and limits: for the client's option `validate`, and for the emulator.
 *
 * It only says what is wrong, and never changes a value. Fields that it does not know it lets pass.
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
      return contract ? listBroken(contract[part], value) : []
    },
  }
}

/**
 * Checks messages against LINE's limits, without asking LINE. Places are as in a send: `messages[0].text`.
 *
 * @example
 * checkMessages([{ type: 'text', text: '' }])[0]?.message // "messages[0].text must be text that is not empty, but is empty text"
 */
export function checkMessages(messages: unknown): readonly BrokenRule[] {
  return listBroken(ValidateMessagesInput, { messages })
}
