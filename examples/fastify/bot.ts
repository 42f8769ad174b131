// A bot in Fastify. In the scope of the webhook bodies stay bytes, since the signature is over them; the other routes keep their parsers.
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

const app = fastify({ bodyLimit: receiver.maxBodySize })
app.register(async (scope) => {
  scope.removeAllContentTypeParsers()
  scope.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
  scope.post<{ Body: Buffer }>('/webhook', async ({ body, headers }, answer) => {
    const signature = String(headers['x-line-signature'])
    // A server stays up, so work may go on after the answer.
    const { status, message } = await receiver.handle({ body, signature, waitUntil: () => {} })
    return answer.code(status).send(message)
  })
})
// Fastify waits for this before it has closed.
app.addHook('onClose', () => receiver.drain())

console.log(
  `The bot listens on ${await app.listen({ port: Number(process.env['PORT'] ?? 3000), host: '127.0.0.1' })}/webhook`,
)

process.once('SIGTERM', () => {
  app.close().then(() => process.exit(0))
})
