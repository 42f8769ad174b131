// One run of sendToMany in a process of its own, which can be killed, and whose memory is its own.
import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import { createLineClient, sendToMany } from 'line-oa'
import { memoryStore } from 'line-oa/store'
import { sqliteStore } from 'line-oa/store/sqlite'
import { userIds } from './user-ids.ts'

/** What the parent asks for. */
export interface ManyRun {
  readonly url: string
  readonly channelAccessToken: string
  readonly dedupe: 'batch' | 'all'
  readonly rate: number
  /** A file of user IDs, or how many there are of user-ids.ts. */
  readonly list: string | number
  /** A file for the checkpoint. Default: memory. */
  readonly store?: string | undefined
}

/** What became of it. */
export interface ManyEnd {
  /** From the first to the last line of the run, in milliseconds. */
  readonly duration: number
  /** The most memory that the process ever had, in bytes. */
  readonly peak: number
  readonly sent: number
  readonly failed: number
  /** The code of the error that ended it. */
  readonly code?: string | undefined
}

const { url, channelAccessToken, dedupe, rate, list, store } = JSON.parse(process.argv[2] ?? '{}') as ManyRun // the parent writes it
const line = createLineClient({ channelAccessToken, baseUrl: url })
const ids = typeof list === 'number' ? userIds(list) : createInterface({ input: createReadStream(list) })
const start = performance.now()
const options = { jobId: 'bench', store: store ? sqliteStore(store) : memoryStore(), dedupe, rate }
const result = await sendToMany(line, ids, [{ type: 'text', text: 'hello' }], options).catch((error: { readonly code: string }) => error)
const duration = performance.now() - start
const peak = process.resourceUsage().maxRSS * 1024
const end: ManyEnd = 'sent' in result ? { duration, peak, ...result } : { duration, peak, sent: 0, failed: 0, code: result.code }
process.stdout.write(JSON.stringify(end))
