// A bot on AWS Lambda, behind a function URL, an HTTP API, a REST API or an Application Load Balancer. Lambda freezes the process after the
// response, so webhooks are acknowledged after the handlers: keep handlers well under LINE's 2 seconds, or use a queue.
import { createLineClient } from 'line-oa'
import { credentialsFromEnv } from 'line-oa/credentials'
import { createReceiver } from 'line-oa/webhook'
import { type LambdaHandler, toLambdaHandler } from 'line-oa/webhook/lambda'

const { channelId, channelSecret } = credentialsFromEnv()
const line = createLineClient({ channelId, channelSecret, baseUrl: process.env['LINE_BASE_URL'] })

const receiver = createReceiver({ channelSecret: channelSecret.reveal(), client: line })
receiver.on('message:text', ({ event, reply }) => reply(event.message.text))

export const handler: LambdaHandler = toLambdaHandler(receiver)
