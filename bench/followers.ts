// A walk over a long list of followers, page by page, over HTTP, with client and emulator in one process: what it needs beside one page stays the same.
import { createLineClient, each } from 'line-oa'
import { createEmulator } from 'line-oa/emulator'

/** What a walk showed. */
export interface FollowerWalk {
  /** Whether everyone was listed once, in the order of the list. */
  readonly complete: boolean
  readonly pages: number
  /** The most that the heap held above what it held before, after a garbage collection, in bytes. It was measured ten times on the way. */
  readonly growth: number
  readonly seconds: number
}

function heap(): number {
  globalThis.gc?.()
  return process.memoryUsage().heapUsed
}

/** Lists so many followers of an account on the emulator. */
export async function walkFollowers(people: number): Promise<FollowerWalk> {
  let pages = 0
  const emulator = createEmulator()
  const server = await emulator.listen()
  const account = emulator.createAccount({ name: 'Many', kind: 'verified' })
  const { channelId, channelSecret } = account
  const hooks = { response: () => void pages++ }
  const line = createLineClient({ channelId, channelSecret, baseUrl: server.url, hooks })
  for (let warm = 0; warm < 50; warm++) await line.messaging.getBotInfo() // the token, the connection, and all else that is made once
  const expected = account.addBulkFriends(people)[Symbol.iterator]()
  pages = 0

  const before = heap()
  const start = performance.now()
  let [listed, growth, complete] = [0, 0, true]
  for await (const userId of each(line.messaging.getFollowers, { limit: 1000 })) {
    complete &&= userId === expected.next().value
    if (++listed % (people / 10) === 0) growth = Math.max(growth, heap() - before)
  }
  const seconds = (performance.now() - start) / 1000
  await server.close()
  return { complete: complete && listed === people, pages, growth, seconds }
}
