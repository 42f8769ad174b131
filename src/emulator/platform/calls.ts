import type { Candidate } from '../../core/call/match.js'
import { addToHistory } from '../history.js'
import { stateOf, type World } from '../world.js'
import type { Answer, Incoming } from './exchange.js'
import { allRecords, type OperationName } from './platform.js'

/** A call of LINE's API that the emulator has answered. */
export interface EmulatorCall {
  /** The operation, under its name in the client; `undefined` for an address that LINE does not have. */
  readonly operation: OperationName | undefined
  /** The HTTP method. */
  readonly method: string
  /** The path, without the query. */
  readonly path: string
  /** The input of the operation, as it was read from path, query and body. Empty for an unknown address. */
  readonly input: { readonly [name: string]: unknown }
  /** The status of the answer; `undefined` when a fault broke the connection. */
  readonly status: number | undefined
  /** When it was answered, in milliseconds since 1970. */
  readonly at: number
}

/** The calls that an emulator has answered, oldest first. */
export const callsOf: (world: World) => EmulatorCall[] = stateOf(() => [])

const namesOf = stateOf<World, ReadonlyMap<object, string>>(
  () => new Map([...allRecords()].map(([name, operation]) => [operation, name])),
)

function nameOf(world: World, found: Candidate | undefined): OperationName | undefined {
  return found && (namesOf(world).get(found.operation) as OperationName | undefined) // the names of the same catalog
}

/** Records a call. */
export function recordCall(
  world: World,
  { method, url }: Incoming,
  found: Candidate | undefined,
  answer: Answer | undefined,
): void {
  const call: EmulatorCall = {
    operation: nameOf(world, found),
    method,
    path: url.pathname,
    input: { ...found?.input },
    status: answer?.status,
    at: world.clock.now(),
  }
  addToHistory(world, callsOf(world), call)
}
