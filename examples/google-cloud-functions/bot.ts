// A bot on Google Cloud Functions. The framework parses the body before it calls the function, so the handler reads the raw bytes from `rawBody`.
// A function may be stopped after its response, so webhooks are acknowledged after the handlers: keep handlers well under LINE's 2 seconds.
//
//   LINE_CHANNEL_ID=... LINE_CHANNEL_SECRET=... PORT=3000 npm start
import { http } from '@google-cloud/functions-framework'
import { createLineClient } from 'line-oa'
import { credentialsFromEnv } from 'line-oa/credentials'
import { createReceiver } from 'line-oa/webhook'
import { toNodeHandler } from 'line-oa/webhook/node'

const { channelId, channelSecret } = credentialsFromEnv()
const line = createLineClient({ channelId, channelSecret, baseUrl: process.env['LINE_BASE_URL'] })

const receiver = createReceiver({ channelSecret: channelSecret.reveal(), client: line })
receiver.on('message:text', ({ event, reply }) => reply(event.message.text))

http('webhook', toNodeHandler(receiver))
