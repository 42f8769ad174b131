// Connects an Official Account, step by step. `npm start` uses the emulator over HTTP; `npm start -- --live` only reads from LINE.
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
    'Start the emulator',
    () => emulator.listen({ port: 0 }),
    ({ url }) => url,
  )

  const account = await step(
    'Create an Official Account with a Messaging API channel',
    () => emulator.createAccount({ name: 'Tea House' }),
    ({ basicId, channelId }) => `${basicId}, channel ${channelId}`,
  )
  const { channelId, channelSecret } = account
  const baseUrl = server.url

  const pair = await step(
    'Generate an assertion signing key',
    () => generateAssertionKey(),
    ({ publicJwk }) => `${publicJwk.kty}, ${publicJwk.alg}`,
  )
  const kid = await step(
    'Register the public key in the console',
    () => emulator.console.registerAssertionKey(account, pair.publicJwk),
    (id) => `kid ${id}`,
  )

  const line = createLineClient({ channelId, channelSecret, baseUrl })
  const info = await step(
    'Get the bot info with a stateless channel access token',
    () => line.messaging.getBotInfo(),
    ({ displayName }) => displayName,
  )

  const key = assertionKey({ kid, privateKey: await pair.exportPrivateJwk() })
  const keyLine = createLineClient({
    channelAccessToken: jwtTokens({ channelId, assertionKey: key, store: memoryStore() }),
    baseUrl,
  })
  await step(
    'Get it with a channel access token v2.1, issued with the key',
    () => keyLine.messaging.getBotInfo(),
    ({ userId }) => (userId === info.userId ? 'same bot' : 'different bot'),
  )

  const receiver = createReceiver({ channelSecret, client: line })
  receiver.on('follow', (context) => context.reply('Welcome to the Tea House!'))
  receiver.on('message:text', (context) => context.reply(`You said: ${context.event.message.text}`))
  const bot = createServer(toNodeHandler(receiver))
  await new Promise<void>((listening) => bot.listen(0, '127.0.0.1', listening))
  const { port } = bot.address() as AddressInfo // a server on a port has an AddressInfo
  const endpoint = `http://127.0.0.1:${port}/`

  await step(
    'Set the webhook URL',
    () => line.messaging.setWebhookEndpoint({ endpoint }),
    () => endpoint,
  )
  await step(
    'Test the webhook URL',
    () => line.messaging.testWebhookEndpoint({}),
    ({ success, reason }) => `${success ? 'succeeded' : 'failed'} (${reason})`,
  )
  account.settings.webhook = true // a person turns on "Use webhook" in LINE Official Account Manager
  await step(
    'Check that the webhook is on',
    () => line.messaging.getWebhookEndpoint(),
    ({ active }) => `${active}`,
  )

  const person = emulator.createPerson({ displayName: 'Mika' })
  await step('A user adds the account as a friend', () => person.addFriend(account))
  await step('The user sends a message', () => person.send(account, 'One green tea, please'))
  await step(
    'Push a message with a retry key',
    () =>
      line.withResponse.messaging.pushMessage({
        to: person.userIdFor(account),
        messages: [{ type: 'text', text: 'Your tea is ready.' }],
      }),
    ({ outcome, retryKey }) => `${outcome}, ${retryKey}`,
  )
  await step(
    'Get the messages used this month',
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
