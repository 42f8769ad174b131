// A bot with Hono on Node. On Cloudflare Workers, pass `c.executionCtx` instead of the object below.
//
//   LINE_CHANNEL_ID=... LINE_CHANNEL_SECRET=... PORT=3000 npm start
import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import { createLineClient } from 'line-oa'
import { credentialsFromEnv } from 'line-oa/credentials'
import { createReceiver } from 'line-oa/webhook'

const { channelId, channelSecret } = credentialsFromEnv()
const line = createLineClient({ channelId, channelSecret, baseUrl: process.env['LINE_BASE_URL'] })

const receiver = createReceiver({ channelSecret: channelSecret.reveal(), client: line })
receiver.on('message:text', ({ event, reply }) => reply(event.message.text))

const app = new Hono()
// A server keeps running, so work can continue after the response.
app.post('/webhook', (c) => receiver.fetch(c.req.raw, { waitUntil() {} }))

const server = serve(
  { fetch: app.fetch, port: Number(process.env['PORT'] ?? 3000), hostname: '127.0.0.1' },
  ({ port }) => {
    console.log(`The bot listens on http://127.0.0.1:${port}/webhook`)
  },
)

// Finishes the events that are being handled.
process.once('SIGTERM', () => {
  server.close()
  receiver.drain().then(() => process.exit(0))
})
