// A bot with Express 4 or 5. Register the webhook before any body parser, because the signature covers the raw body.
//
//   LINE_CHANNEL_ID=... LINE_CHANNEL_SECRET=... PORT=3000 npm start
import express from 'express'
import { createLineClient } from 'line-oa'
import { credentialsFromEnv } from 'line-oa/credentials'
import { createReceiver } from 'line-oa/webhook'
import { toNodeHandler } from 'line-oa/webhook/node'

const { channelId, channelSecret } = credentialsFromEnv()
const line = createLineClient({ channelId, channelSecret, baseUrl: process.env['LINE_BASE_URL'] })

const receiver = createReceiver({ channelSecret: channelSecret.reveal(), client: line })
receiver.on('message:text', ({ event, reply }) => reply(event.message.text))

const app = express()
app.post('/webhook', toNodeHandler(receiver))
app.use(express.json())

const server = app.listen(Number(process.env['PORT'] ?? 3000), '127.0.0.1', () => {
  const address = server.address()
  console.log(`The bot listens on http://127.0.0.1:${typeof address === 'object' ? address?.port : address}/webhook`)
})

// Finishes the events that are being handled.
process.once('SIGTERM', () => {
  server.close()
  receiver.drain().then(() => process.exit(0))
})
