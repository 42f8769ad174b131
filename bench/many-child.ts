// One run of sendToMany in a separate process, which can be killed and whose memory can be measured.
import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import { createLineClient, sendToMany } from 'line-oa'
import { rateLimiter } from 'line-oa/core'
import { memoryStore } from 'line-oa/store'
import { sqliteStore } from 'line-oa/store/sqlite'
import { userIdOf, userIds } from './user-ids.ts'

/** The options from the parent process. */
export interface ManyRun {
  readonly url: string
  readonly channelAccessToken: string
  readonly rate: number
  /** A file of user IDs, or the number of IDs from user-ids.ts. */
  readonly list: string | number
  /** `none` sends the same number of requests with one user each, without sendToMany, as a baseline. */
  readonly dedupe: 'batch' | 'all' | 'none'
  /** File for the checkpoint. Default: in memory. */
  readonly store?: string | undefined
}

/** The result of a run. */
export interface ManyEnd {
  /** Duration in milliseconds. */
  readonly duration: number
  /** Peak memory of the process, in bytes. */
  readonly peak: number
  /** The code of the error, if the run failed. */
  readonly code?: string | undefined
}

const { url, channelAccessToken, dedupe, rate, list, store } = JSON.parse(process.argv[2] ?? '{}') as ManyRun // written by the parent process
const messages = [{ type: 'text' as const, text: 'hello' }]

async function baseline(requests: number): Promise<void> {
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
const run = dedupe === 'none' ? baseline(Number(list) / 500) : many(dedupe)
const code = await run.then(
  () => undefined,
  (error: { readonly code: string }) => error.code,
)
const end: ManyEnd = { duration: performance.now() - start, peak: process.resourceUsage().maxRSS * 1024, code }
process.stdout.write(JSON.stringify(end))
