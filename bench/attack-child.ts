// A job or a receiver in a separate process, which is killed while it works.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createLineClient, sendToMany } from 'line-oa'
import type { Store } from 'line-oa/store'
import { redisStore } from 'line-oa/store/redis'
import { sqliteStore } from 'line-oa/store/sqlite'
import { createReceiver } from 'line-oa/webhook'
import { toNodeHandler } from 'line-oa/webhook/node'
import { PlainRedis } from '../test/store/redis-server.ts'
import { userIds } from './user-ids.ts'

/** The options from the parent process. */
export interface AttackChild {
  readonly work: 'job' | 'receiver'
  /** LINE. */
  readonly url: string
  /** A file of SQLite, or the port of a Redis. */
  readonly store: string | number
  /** How far the clock is ahead, in milliseconds. */
  readonly ahead: number
  /** The number of users of a job. */
  readonly users: number
  /** The channel secret of a receiver. */
  readonly channelSecret: string
}

const options = JSON.parse(process.argv[2] ?? '{}') as AttackChild // written by the parent process
const { work, url, store: place, ahead, users, channelSecret } = options
const clock = {
  now: () => Date.now() + ahead,
  setTimeout: (run: () => void, ms: number): unknown => setTimeout(run, ms),
  clearTimeout: (timer: unknown) => clearTimeout(timer as ReturnType<typeof setTimeout>), // what setTimeout above returned
}
const store: Store =
  typeof place === 'string' ? sqliteStore(place, { clock }) : redisStore(new PlainRedis(place) as never) // it has what the store uses of a client
const line = createLineClient({ channelAccessToken: 'x'.repeat(172), channelId: '1234567890', baseUrl: url, clock })
if (work === 'job') {
  const report = await sendToMany(line, userIds(users), [{ type: 'text', text: 'hello' }], {
    jobId: 'attack',
    store,
    concurrency: 4,
  })
  process.send?.(report)
  process.exit()
}
const receiver = createReceiver({ channelSecret, client: line, store, clock, onError: () => {} })
receiver.on('message:text', async ({ event, push, respond }) => {
  if (event.message.text === 'push') await push('hello')
  else await respond('hello')
})
const server = createServer(toNodeHandler(receiver))
server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port)) // a server on a port has one
process.on('disconnect', () => process.exit())
