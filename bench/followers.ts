// Lists many followers over HTTP, page by page, with client and emulator in one process. Memory use must not grow with the number of pages.
import { createLineClient, each } from 'line-oa'
import { createEmulator } from 'line-oa/emulator'

/** The result of a listing. */
export interface FollowerWalk {
  /** Whether every user was listed once, in order. */
  readonly complete: boolean
  readonly pages: number
  /** Maximum growth of the heap after a garbage collection, in bytes, from ten measurements. */
  readonly growth: number
  readonly seconds: number
}

function heap(): number {
  globalThis.gc?.()
  return process.memoryUsage().heapUsed
}

/** Lists the followers of an account on the emulator. */
export async function walkFollowers(people: number): Promise<FollowerWalk> {
  let pages = 0
  const emulator = createEmulator()
  const server = await emulator.listen()
  const account = emulator.createAccount({ name: 'Many', kind: 'verified' })
  const { channelId, channelSecret } = account
  const hooks = { response: () => void pages++ }
  const line = createLineClient({ channelId, channelSecret, baseUrl: server.url, hooks })
  for (let warm = 0; warm < 50; warm++) await line.messaging.getBotInfo() // creates the token, the connection and everything else that is created once
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
