// A bot with a route handler of Next.js. `after` keeps the function running for handlers that take longer than LINE waits.
import { createLineClient } from 'line-oa'
import { credentialsFromEnv } from 'line-oa/credentials'
import { createReceiver } from 'line-oa/webhook'
import { after, type NextRequest } from 'next/server'

const { channelId, channelSecret } = credentialsFromEnv()
const line = createLineClient({ channelId, channelSecret })

const receiver = createReceiver({ channelSecret: channelSecret.reveal(), client: line })
receiver.on('message:text', ({ event, reply }) => reply(event.message.text))

export const POST = (request: NextRequest): Promise<Response> => receiver.fetch(request, { waitUntil: after })
