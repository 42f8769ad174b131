import * as catalog from 'line-oa/catalog'
import { createEmulator, type OperationName } from 'line-oa/emulator'

const names = Object.values(catalog).flatMap((group) => Object.keys(group) as OperationName[]) // the keys of the catalog's groups
// LINE answers with no status from here on, so each operation gets another one.
const firstStatus = 450

/** Gives the name of the operation that the emulator takes a request for; `undefined` when it takes it for none. */
export async function emulatedOperation(request: Request): Promise<OperationName | undefined> {
  const emulator = createEmulator()
  for (const [at, operation] of names.entries()) emulator.faults.add({ operation, answer: firstStatus + at })
  const { status } = await emulator.fetch(request)
  return names[status - firstStatus]
}
