// A bot in Google Cloud Functions. The framework parses bodies before a function sees them, and leaves the bytes in `rawBody`, which are read
// from there. A function stops when it has answered, so nothing is answered early: keep handlers well under LINE's 2 seconds.
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
