// Connects an Official Account from end to end. `npm start` runs it on the emulator, over real HTTP; `npm start -- --live` only reads from LINE.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createLineClient, LineError } from 'line-oa'
import { createEmulator } from 'line-oa/emulator'
import { assertionKey, generateAssertionKey } from 'line-oa/keys'
import { memoryStore } from 'line-oa/store'
import { jwtTokens } from 'line-oa/tokens'
import { createReceiver } from 'line-oa/webhook'
import { toNodeHandler } from 'line-oa/webhook/node'
import { live } from './connect-live.ts'
import { step } from './steps.ts'

async function demo(): Promise<void> {
  const emulator = createEmulator()
  const server = await step(
    'The emulator listens',
    () => emulator.listen({ port: 0 }),
    ({ url }) => url,
  )

  const account = await step(
    'An Official Account with its Messaging API channel',
    () => emulator.createAccount({ name: 'Tea House' }),
    ({ basicId, channelId }) => `${basicId}, channel ${channelId}`,
  )
  const { channelId, channelSecret } = account
  const baseUrl = server.url

  const pair = await step(
    'An assertion signing key',
    () => generateAssertionKey(),
    ({ publicJwk }) => `${publicJwk.kty}, ${publicJwk.alg}`,
  )
  const kid = await step(
    'The console registers its public half',
    () => emulator.console.registerAssertionKey(account, pair.publicJwk),
    (id) => `kid ${id}`,
  )

  const line = createLineClient({ channelId, channelSecret, baseUrl })
  const info = await step(
    'Bot info, under a stateless token',
    () => line.messaging.getBotInfo(),
    ({ displayName }) => displayName,
  )

  const key = assertionKey({ kid, privateKey: await pair.exportPrivateJwk() })
  const byKey = createLineClient({
    channelAccessToken: jwtTokens({ channelId, assertionKey: key, store: memoryStore() }),
    baseUrl,
  })
  await step(
    'The same under a v2.1 token, minted with the key',
    () => byKey.messaging.getBotInfo(),
    ({ userId }) => `${userId === info.userId ? 'the same bot' : 'another bot'}`,
  )

  const receiver = createReceiver({ channelSecret, client: line })
  receiver.on('follow', (context) => context.reply('Welcome to the Tea House!'))
  receiver.on('message:text', (context) => context.reply(`You said: ${context.event.message.text}`))
  const bot = createServer(toNodeHandler(receiver))
  await new Promise<void>((listening) => bot.listen(0, '127.0.0.1', listening))
  const { port } = bot.address() as AddressInfo // it listens on a port, not on a pipe
  const endpoint = `http://127.0.0.1:${port}/`

  await step(
    'The webhook URL is set',
    () => line.messaging.setWebhookEndpoint({ endpoint }),
    () => endpoint,
  )
  await step(
    'LINE tests it',
    () => line.messaging.testWebhookEndpoint({}),
    ({ success, reason }) => `${success} (${reason})`,
  )
  account.settings.webhook = true // a person switches it on, in the Official Account Manager
  await step(
    'The webhook is in use',
    () => line.messaging.getWebhookEndpoint(),
    ({ active }) => `${active}`,
  )

  const person = emulator.createPerson({ displayName: 'Mika' })
  await step('A person adds the account', () => person.addFriend(account))
  await step('and writes', () => person.send(account, 'One green tea, please'))
  await step(
    'A push, under a retry key',
    () =>
      line.withResponse.messaging.pushMessage({
        to: person.userIdFor(account),
        messages: [{ type: 'text', text: 'Your tea is ready.' }],
      }),
    ({ outcome, retryKey }) => `${outcome}, ${retryKey}`,
  )
  await step(
    'Messages used this month',
    () => line.messaging.getMessageQuotaConsumption(),
    ({ totalUsage }) => `${totalUsage} (replies are free)`,
  )

  console.log('\nThe conversation:')
  for (const { from, message } of person.chatWith(account)) {
    console.log(
      `  ${from === 'person' ? person.displayName : account.name}: ${message.type === 'text' ? message.text : message.type}`,
    )
  }
  await receiver.drain()
  bot.close()
  await server.close()
}

try {
  await (process.argv.includes('--live') ? live() : demo())
} catch (error) {
  if (!(error instanceof LineError)) throw error
  console.error(error.message)
  process.exitCode = 1
}
