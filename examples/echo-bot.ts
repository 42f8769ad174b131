// A bot that repeats every text message. Set LINE_BASE_URL to the URL of an emulator, or leave it unset for LINE.
//
//   LINE_CHANNEL_ID=... LINE_CHANNEL_SECRET=... PORT=3000 node examples/echo-bot.ts
import { createServer } from 'node:http'
import { createLineClient } from 'line-oa'
import { credentialsFromEnv } from 'line-oa/credentials'
import { createReceiver } from 'line-oa/webhook'
import { toNodeHandler } from 'line-oa/webhook/node'

const { channelId, channelSecret } = credentialsFromEnv()
const line = createLineClient({ channelId, channelSecret, baseUrl: process.env['LINE_BASE_URL'] })

const receiver = createReceiver({ channelSecret: channelSecret.reveal(), client: line })
receiver.on('message:text', ({ event, reply }) => reply(event.message.text))

const server = createServer(toNodeHandler(receiver))
server.listen(Number(process.env['PORT'] ?? 3000), '127.0.0.1', () => {
  const address = server.address()
  console.log(`The echo bot listens on http://127.0.0.1:${typeof address === 'object' ? address?.port : address}/`)
})

// Finishes the events that are being handled.
process.once('SIGTERM', () => {
  server.close()
  receiver.drain().then(() => process.exit(0))
})
