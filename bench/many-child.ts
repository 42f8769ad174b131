// One run of sendToMany in a process of its own, which can be killed, and whose memory is its own.
import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import { createLineClient, sendToMany } from 'line-oa'
import { rateLimiter } from 'line-oa/core'
import { memoryStore } from 'line-oa/store'
import { sqliteStore } from 'line-oa/store/sqlite'
import { userIdOf, userIds } from './user-ids.ts'

/** What the parent asks for. */
export interface ManyRun {
  readonly url: string
  readonly channelAccessToken: string
  readonly rate: number
  /** A file of user IDs, or how many there are of user-ids.ts. */
  readonly list: string | number
  /** `none` sends as many requests with one user each, without sendToMany: what the requests themselves take. */
  readonly dedupe: 'batch' | 'all' | 'none'
  /** A file for the checkpoint. Default: memory. */
  readonly store?: string | undefined
}

/** What became of it. */
export interface ManyEnd {
  /** In milliseconds. */
  readonly duration: number
  /** The most memory that the process ever had, in bytes. */
  readonly peak: number
  /** The code of the error that ended it. */
  readonly code?: string | undefined
}

const { url, channelAccessToken, dedupe, rate, list, store } = JSON.parse(process.argv[2] ?? '{}') as ManyRun // the parent writes it
const messages = [{ type: 'text' as const, text: 'hello' }]

async function one(requests: number): Promise<void> {
  const line = createLineClient({ channelAccessToken, baseUrl: url, limiter: rateLimiter() })
  let next = 0
  const lane = async () => {
    while (next < requests) await line.messaging.multicast({ to: [userIdOf(next++)], messages })
  }
  await Promise.all(Array.from({ length: 50 }, lane))
}

async function many(how: 'batch' | 'all'): Promise<unknown> {
  const line = createLineClient({ channelAccessToken, baseUrl: url })
  const ids = typeof list === 'number' ? userIds(list) : createInterface({ input: createReadStream(list) })
  return sendToMany(line, ids, messages, {
    jobId: 'bench',
    store: store ? sqliteStore(store) : memoryStore(),
    dedupe: how,
    rate,
  })
}

const start = performance.now()
const run = dedupe === 'none' ? one(Number(list) / 500) : many(dedupe)
const code = await run.then(
  () => undefined,
  (error: { readonly code: string }) => error.code,
)
const end: ManyEnd = { duration: performance.now() - start, peak: process.resourceUsage().maxRSS * 1024, code }
process.stdout.write(JSON.stringify(end))
