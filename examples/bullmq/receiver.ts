// Adds webhook deliveries to a queue. It responds with 200 when the queue has accepted a delivery, and otherwise with 500.
//
//   LINE_CHANNEL_SECRET=... REDIS_URL=redis://... PORT=3000 npm start
import { createServer } from 'node:http'
import { Queue } from 'bullmq'
import { createReceiver } from 'line-oa/webhook'
import { toNodeHandler } from 'line-oa/webhook/node'
import { connect, queueName } from './queue.ts'

const connection = connect()
const queue = new Queue(queueName, { connection })

const receiver = createReceiver({
  channelSecret: process.env['LINE_CHANNEL_SECRET'] ?? '',
  ack: 'queued',
  queue: {
    // A failed job is retried after 1 second, then 2, 4, and so on. Events that were already handled are skipped.
    add: (delivery) =>
      queue.add('delivery', delivery, {
        attempts: 8,
        backoff: { type: 'exponential', delay: 1000 },
        removeOnComplete: true,
      }),
  },
})

const server = createServer(toNodeHandler(receiver))
server.listen(Number(process.env['PORT'] ?? 3000), '127.0.0.1', () => {
  const address = server.address()
  console.log(`The receiver listens on http://127.0.0.1:${typeof address === 'object' ? address?.port : address}/`)
})

process.once('SIGTERM', async () => {
  server.close()
  await receiver.drain()
  await queue.close()
  connection.disconnect()
})
