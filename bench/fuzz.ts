import { fork } from 'node:child_process'
import { once } from 'node:events'
import type { FuzzResult } from '../test/attacks/fuzz.ts'

/** Calls every exported function with wrong inputs in a separate process. Returns `undefined` if that process ended, or hung for 20 minutes. */
export async function fuzzInProcess(runs: number, seed: number): Promise<FuzzResult | undefined> {
  const child = fork(new URL('./fuzz-child.ts', import.meta.url), [String(runs), String(seed)])
  const ended = once(child, 'exit').then(() => undefined)
  const timer = setTimeout(() => child.kill('SIGKILL'), 20 * 60_000)
  const [result] = (await Promise.race([once(child, 'message'), ended.then(() => [undefined])])) as [
    FuzzResult | undefined, // fuzz-child.ts sends it
  ]
  clearTimeout(timer)
  await ended
  return result
}
