// Takes deliveries from the queue and runs the handlers. You can start several workers: the shared store deduplicates the events.
//
//   LINE_CHANNEL_ID=... LINE_CHANNEL_SECRET=... REDIS_URL=redis://... node worker.ts
import { Worker } from 'bullmq'
import { createLineClient } from 'line-oa'
import { credentialsFromEnv } from 'line-oa/credentials'
import { redisStore } from 'line-oa/store/redis'
import { createReceiver, type Delivery } from 'line-oa/webhook'
import { connect, queueName } from './queue.ts'

const { channelId, channelSecret } = credentialsFromEnv()
const line = createLineClient({ channelId, channelSecret, baseUrl: process.env['LINE_BASE_URL'] })

const connection = connect()
const receiver = createReceiver({ channelSecret: channelSecret.reveal(), client: line, store: redisStore(connection) })
// respond instead of reply: a reply token works once, so a job whose worker was killed after the reply would fail at each further attempt.
// respond records the answer in the store, so that such a job succeeds without a second answer.
receiver.on('message:text', ({ event, respond }) => respond(event.message.text))

const worker = new Worker<Delivery>(
  queueName,
  async ({ data }) => {
    const { failed, busy } = await receiver.process(data)
    // An error makes BullMQ retry the job.
    if (failed || busy) throw new Error(`${failed} events failed, ${busy} are being handled by another process`)
  },
  { connection, concurrency: 16 },
)
await worker.waitUntilReady()
console.log('The worker is waiting for deliveries')

process.once('SIGTERM', async () => {
  await worker.close()
  await receiver.drain()
  connection.disconnect()
})
