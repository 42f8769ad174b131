import { LineInputError } from '../core/errors.js'

const standard = 10_000

/** Reads the option `historyLimit` of an emulator. */
export function readHistoryLimit(limit: number = standard): number {
  if (!(Number.isSafeInteger(limit) && limit >= 1))
    throw new LineInputError('createEmulator: historyLimit must be an integer of 1 or more')
  return limit
}

/** Adds to a list that keeps the newest entries only. */
export function addToHistory<Entry>(
  { historyLimit }: { readonly historyLimit: number },
  entries: Entry[],
  entry: Entry,
): void {
  entries.push(entry)
  if (entries.length > historyLimit) entries.shift()
}
