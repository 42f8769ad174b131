// The first file of a user, compiled with the published types.
import { createLineClient, each, type LineClient, LineError } from 'line-oa'
import * as catalog from 'line-oa/catalog'
import { contracts } from 'line-oa/contracts'
import { createCaller, type Operation } from 'line-oa/core'
import { credentialsFromEnv, Secret } from 'line-oa/credentials'
import { createEmulator } from 'line-oa/emulator'
import { assertionKey, generateAssertionKey } from 'line-oa/keys'
import { handlers } from 'line-oa/msw'
import { pushMessage } from 'line-oa/operations'
import { memoryStore, type Store } from 'line-oa/store'
import { events, signedRequest } from 'line-oa/testing'
import { jwtTokens, statelessTokens } from 'line-oa/tokens'
import { createReceiver, verifySignature } from 'line-oa/webhook'
import { toNodeHandler } from 'line-oa/webhook/node'

const line: LineClient = createLineClient({ channelId: '1', channelSecret: 's', validate: contracts() })

export async function greet(userId: string): Promise<string> {
  const { outcome } = await line.withResponse.messaging.pushMessage({
    to: userId,
    messages: [{ type: 'text', text: 'hello' }],
  })
  for await (const follower of each(line.messaging.getFollowers, { limit: 1000 }))
    if (follower === userId) return outcome
  await line.messaging
    // @ts-expect-error a message needs its text
    .pushMessage({ to: userId, messages: [{ type: 'text' }] })
    .catch((error: unknown) => error instanceof LineError)
  return (await line.messaging.getProfile({ userId })).displayName
}

interface Own {
  id: string
}
export const own: Operation<Own, { ok: boolean }> = { method: 'GET', path: '/own/{id}', repeat: 'safe', docs: '' }

export const receiver = createReceiver({ channelSecret: 'secret', client: line })
receiver.on('message:text', async (context) => {
  const text: string = context.event.message.text
  await context.reply(text)
})

export const store: Store = memoryStore()
export const everything = [
  catalog.messaging.pushMessage,
  createCaller({ channelAccessToken: 't' }).call(pushMessage, { to: 'U', messages: [] }),
  credentialsFromEnv,
  new Secret('s'),
  createEmulator,
  assertionKey,
  generateAssertionKey,
  handlers,
  events,
  signedRequest,
  jwtTokens,
  statelessTokens,
  verifySignature,
  toNodeHandler,
] as const
