import { fork } from 'node:child_process'
import { once } from 'node:events'
import type { EmulatorMemory } from './memory-child.ts'

/** Measures the heap of an emulator with bounded histories over a number of requests and deliveries. */
export async function emulatorMemory(requests: number, deliveries: number): Promise<EmulatorMemory> {
  const child = fork(new URL('./memory-child.ts', import.meta.url), [String(requests), String(deliveries)], {
    execArgv: ['--expose-gc'],
  })
  const [result] = (await once(child, 'message')) as [EmulatorMemory] // memory-child.ts sends it
  return result
}
