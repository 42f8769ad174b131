// A bot with Koa. Register the webhook before any body parser.
//
//   LINE_CHANNEL_ID=... LINE_CHANNEL_SECRET=... PORT=3000 npm start
import Koa from 'koa'
import { createLineClient } from 'line-oa'
import { credentialsFromEnv } from 'line-oa/credentials'
import { createReceiver } from 'line-oa/webhook'
import { toNodeHandler } from 'line-oa/webhook/node'

const { channelId, channelSecret } = credentialsFromEnv()
const line = createLineClient({ channelId, channelSecret, baseUrl: process.env['LINE_BASE_URL'] })

const receiver = createReceiver({ channelSecret: channelSecret.reveal(), client: line })
receiver.on('message:text', ({ event, reply }) => reply(event.message.text))
const webhook = toNodeHandler(receiver)

const app = new Koa()
app.use(async (context, next) => {
  if (context.path !== '/webhook') return next()
  // The webhook handler sends the response, so Koa must not.
  context.respond = false
  await webhook(context.req, context.res)
})

const server = app.listen(Number(process.env['PORT'] ?? 3000), '127.0.0.1', () => {
  const address = server.address()
  console.log(`The bot listens on http://127.0.0.1:${typeof address === 'object' ? address?.port : address}/webhook`)
})

// Finishes the events that are being handled.
process.once('SIGTERM', () => {
  server.close()
  receiver.drain().then(() => process.exit(0))
})
