// Calls every function with inputs that are wrong in the ways of real callers, and collects what is no LineError.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { isLineError } from 'line-oa'
import { createEmulator } from 'line-oa/emulator'
import { type Change, change, changed, hostileValue, isGiven } from './hostile-values.ts'
import { createStubFetch, excluded, isHandle, methodsOf, type Target, targets } from './targets.ts'

/** What a fuzz run found. */
export interface FuzzResult {
  /** The number of calls. */
  readonly inputs: number
  /** Functions and methods that were called. */
  readonly functions: number
  /** How many calls were refused with a LineError. */
  readonly refused: number
  /** How many calls did not settle in the time they were given; a rejection after it counts all the same. */
  readonly unsettled: number
  /** Everything that was thrown and is no LineError, once for each function and place. */
  readonly findings: readonly string[]
  readonly unhandled: number
}

/** How to run. */
export interface FuzzOptions {
  readonly runs: number
  readonly seed: number
  /** Only functions whose name contains this. */
  readonly only?: string | undefined
  /** The functions to call. Default: everything that the package exports. */
  readonly targets?: readonly Target[] | undefined
  /** Is told about each call before it is made. */
  readonly onCall?: ((name: string, args: readonly unknown[]) => void) | undefined
}

interface Call {
  readonly target: number
  readonly args: readonly unknown[]
  readonly changes: readonly Change[]
  readonly isChanged: boolean
  readonly follow: readonly number[]
}

const calls: fc.Arbitrary<Call> = fc.record({
  target: fc.nat({ max: 100_000 }),
  args: fc.array(hostileValue, { maxLength: 4 }),
  changes: fc.array(change, { minLength: 1, maxLength: 2 }),
  isChanged: fc.boolean(),
  follow: fc.array(fc.nat({ max: 1000 }), { maxLength: 2 }),
})

/** Shortens a value for the report. */
function describe(value: unknown): string {
  try {
    const text = fc.stringify(value)
    return text.length > 160 ? `${text.slice(0, 160)}…` : text
  } catch {
    return typeof value
  }
}

/** The place in the package where an error was thrown. */
function placeOf(error: unknown): string {
  const stack = error instanceof Error ? (error.stack ?? '') : ''
  const lines = stack.split('\n').filter((line) => /\/(?:src|dist)\//.test(line))
  return (lines[0] ?? '')
    .trim()
    .replace(/^at |file:\/\/|\(|\)/g, '')
    .replace(/\S*\/(?=(?:src|dist)\/)/, '')
}

// Callers wait for what never ends, so a call that is still waiting is left alone after this many turns of the event loop.
const patience = 30

async function settle(work: Promise<unknown>): Promise<boolean> {
  let settled = false
  const done = () => {
    settled = true
  }
  work.then(done, done)
  for (let turn = 0; turn < patience && !settled; turn++) await new Promise((next) => setImmediate(next))
  return settled
}

const isIterable = (value: unknown): value is AsyncIterable<unknown> =>
  typeof value === 'object' && value !== null && Symbol.asyncIterator in value

/** Reads the first values of a list that is fetched in pages. */
async function readSome(list: AsyncIterable<unknown>): Promise<void> {
  let left = 3
  for await (const _ of list) if (--left === 0) break
}

/** Runs the attack. */
export async function fuzz({ runs, seed, only = '', targets: given, onCall }: FuzzOptions): Promise<FuzzResult> {
  const realFetch = globalThis.fetch
  const stub = createStubFetch(createEmulator({ clock: 'manual' }).fetch)
  globalThis.fetch = stub
  const findings = new Map<string, string>()
  const counts = { inputs: 0, refused: 0, unsettled: 0, unhandled: 0 }
  const names = new Set<string>()
  const folder = await mkdtemp(join(tmpdir(), 'line-oa-fuzz-'))

  const report = (name: string, args: readonly unknown[], error: unknown, how: string) => {
    if (isLineError(error)) {
      counts.refused += 1
      return
    }
    // A class of the caller was called, which is the caller's error.
    if (error instanceof TypeError && /^Class constructor Handler /.test(error.message)) return
    // A signal of the caller rejects with the caller's own reason.
    if (error instanceof DOMException && error.name === 'AbortError') return
    const text = error instanceof Error ? `${error.name}: ${error.message}` : `threw ${describe(error)}`
    const key = `${name.replace(/^line-oa\S* /, '')} ${placeOf(error)}`
    if (!findings.has(key))
      findings.set(
        key,
        `${name} ${how} ${text.slice(0, 200)} at ${placeOf(error)} with ${args.map(describe).join(', ')}`,
      )
  }
  // Both would end the process of a caller.
  const onUnhandled = (error: unknown) => {
    counts.unhandled += 1
    const text = error instanceof Error ? `${error.name}: ${error.message}` : describe(error)
    findings.set(`unhandled ${placeOf(error)}`, `the process would end: ${text} at ${placeOf(error)}`)
  }
  // A test runner listens too, and would report them a second time.
  const others = {
    unhandledRejection: process.listeners('unhandledRejection'),
    uncaughtException: process.listeners('uncaughtException'),
  }
  process.removeAllListeners('unhandledRejection').on('unhandledRejection', onUnhandled)
  process.removeAllListeners('uncaughtException').on('uncaughtException', onUnhandled)

  const attack = async (
    { name, call }: Target,
    args: readonly unknown[],
    follow: readonly number[],
    next: readonly unknown[],
  ) => {
    counts.inputs += 1
    names.add(name)
    onCall?.(name, args)
    let result: unknown
    try {
      result = call(...args)
    } catch (error) {
      report(name, args, error, 'threw')
      return
    }
    if (isIterable(result)) result = readSome(result)
    if (result instanceof Promise) {
      let value: unknown
      const work = result.then(
        (resolved: unknown) => {
          value = resolved
        },
        (error: unknown) => report(name, args, error, 'rejected with'),
      )
      if (!(await settle(work))) counts.unsettled += 1
      result = value
    }
    const [at, ...rest] = follow
    if (at === undefined || counts.inputs >= runs || isGiven(result)) return
    if (typeof result === 'function') {
      const returned = result as Target['call'] // a function of any parameters
      await attack({ name: `${name}()`, call: returned, args: [] }, next, rest, [])
    } else if (isHandle(result)) {
      const methods = [...methodsOf(result, `${name}()`)].filter(
        (method) => !excluded.some((one) => one.test(method.name)),
      )
      const method = methods[at % (methods.length || 1)]
      if (method) await attack(method, next, rest, [])
    }
  }

  try {
    const all = (given ?? (await targets(stub, folder))).filter(({ name }) => name.includes(only))
    for (let chunk = 0; counts.inputs < runs; chunk++) {
      for (const { target: at, args, changes, isChanged, follow } of fc.sample(calls, {
        numRuns: 1000,
        seed: seed + chunk,
      })) {
        if (counts.inputs >= runs) break
        const target = all[at % all.length]
        if (!target) throw new Error(`No function is named like ${only}`)
        const [first, second] = changes
        const used =
          isChanged && target.args.length > 0 && first
            ? (changed(changed(target.args, first), second ?? first) as readonly unknown[]) // a list stays a list
            : args
        await attack(target, Array.isArray(used) ? used : [used], follow, args)
      }
    }
    // What the last calls left behind may still be rejected.
    await settle(new Promise(() => {}))
  } finally {
    process.off('unhandledRejection', onUnhandled)
    process.off('uncaughtException', onUnhandled)
    for (const listener of others.unhandledRejection) process.on('unhandledRejection', listener)
    for (const listener of others.uncaughtException) process.on('uncaughtException', listener)
    globalThis.fetch = realFetch
    await rm(folder, { recursive: true, force: true })
  }
  return { ...counts, functions: names.size, findings: [...findings.values()].sort() }
}
