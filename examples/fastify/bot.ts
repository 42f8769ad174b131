// A bot with Fastify. The webhook has its own scope without body parsers, because the signature covers the raw body.
//
//   LINE_CHANNEL_ID=... LINE_CHANNEL_SECRET=... PORT=3000 npm start
import fastify from 'fastify'
import { createLineClient } from 'line-oa'
import { credentialsFromEnv } from 'line-oa/credentials'
import { createReceiver } from 'line-oa/webhook'

const { channelId, channelSecret } = credentialsFromEnv()
const line = createLineClient({ channelId, channelSecret, baseUrl: process.env['LINE_BASE_URL'] })

const receiver = createReceiver({ channelSecret: channelSecret.reveal(), client: line })
receiver.on('message:text', ({ event, reply }) => reply(event.message.text))

const app = fastify()
app.register(async (scope) => {
  scope.removeAllContentTypeParsers()
  scope.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
  scope.post<{ Body: Buffer }>('/webhook', async ({ body, headers }, response) => {
    const signature = String(headers['x-line-signature'])
    // A server keeps running, so work can continue after the response.
    const { status, message } = await receiver.handle({ body, signature, waitUntil: () => {} })
    return response.code(status).send(message)
  })
})
// Fastify waits for this hook when it closes.
app.addHook('onClose', () => receiver.drain())

console.log(
  `The bot listens on ${await app.listen({ port: Number(process.env['PORT'] ?? 3000), host: '127.0.0.1' })}/webhook`,
)

process.once('SIGTERM', () => {
  app.close().then(() => process.exit(0))
})
