// A bot that takes 90 seconds to answer, or the number of --seconds, and shows the loading animation meanwhile. A reply token expires after a minute,
// so a slower answer is sent as a push message, which counts toward the monthly quota.
//
//   node examples/slow-answer.ts [--seconds 90]    with the emulator and its manual clock, without waiting
//   LINE_CHANNEL_ID=... LINE_CHANNEL_SECRET=... PORT=3000 node examples/slow-answer.ts    as a webhook server for LINE, or for the emulator at LINE_BASE_URL
import { createServer } from 'node:http'
import { parseArgs } from 'node:util'
import { createLineClient, type LineClient, respond } from 'line-oa'
import { type Clock, systemClock } from 'line-oa/core'
import { credentialsFromEnv } from 'line-oa/credentials'
import { createEmulator } from 'line-oa/emulator'
import { memoryStore } from 'line-oa/store'
import { createReceiver, type Receiver } from 'line-oa/webhook'
import { toNodeHandler } from 'line-oa/webhook/node'

const { values } = parseArgs({ options: { seconds: { type: 'string', default: '90' } } })
const seconds = Number(values.seconds)
if (!(seconds >= 0)) throw new Error('--seconds must be 0 or more')

/** The maximum duration of the loading animation, in seconds. */
const maxLoading = 60

function slowBot(line: LineClient, channelSecret: string, clock: Clock): Receiver<LineClient> {
  const store = memoryStore({ clock }) // use line-oa/store/redis or line-oa/store/sqlite for several processes
  const pause = (length: number) => new Promise<void>((done) => void clock.setTimeout(done, length * 1000))

  // LINE waits only 2 seconds, so the webhook is acknowledged before the work is done.
  const receiver = createReceiver({ channelSecret, client: line, ack: 'early', clock })
  receiver.on('message:text', async ({ event }) => {
    for (let left = seconds; left > 0; left -= maxLoading) {
      // Only one-on-one chats have the animation. Its duration is a multiple of 5 seconds.
      if (event.source?.type === 'user')
        await line.messaging.showLoadingAnimation({
          chatId: event.source.userId,
          loadingSeconds: Math.min(maxLoading, Math.max(5, Math.ceil(left / 5) * 5)),
        })
      await pause(Math.min(left, maxLoading))
    }
    const answer = { type: 'text' as const, text: `The answer to "${event.message.text}" took ${seconds} seconds.` }
    const { by } = await respond(line, event, [answer], { whenTokenRejected: 'push', store })
    console.log(`Answered by ${by}.`)
  })
  return receiver
}

function serve(): void {
  const { channelId, channelSecret } = credentialsFromEnv()
  const line = createLineClient({ channelId, channelSecret, baseUrl: process.env['LINE_BASE_URL'] })
  const receiver = slowBot(line, channelSecret.reveal(), systemClock)
  const server = createServer(toNodeHandler(receiver))
  server.listen(Number(process.env['PORT'] ?? 3000), '127.0.0.1', () => {
    const address = server.address()
    console.log(`The slow bot listens on http://127.0.0.1:${typeof address === 'object' ? address?.port : address}/`)
  })
  // Finishes the answers that are in progress.
  process.once('SIGTERM', () => {
    server.close()
    receiver.drain().then(() => process.exit(0))
  })
}

async function demo(): Promise<void> {
  const emulator = createEmulator({ clock: 'manual' })
  const account = emulator.createAccount({ name: 'Tea House' })
  const { channelId, channelSecret } = account
  const line = createLineClient({ channelId, channelSecret, fetch: emulator.fetch, clock: emulator.clock })
  const receiver = slowBot(line, channelSecret, emulator.clock)
  account.connect({ fetch: (request) => receiver.fetch(request, { waitUntil: () => {} }) })

  const person = emulator.createPerson({ displayName: 'Mika' })
  await person.addFriend(account)
  const start = emulator.clock.now()
  await person.send(account, 'Which tea is best on a rainy day?')
  await emulator.clock.advance(seconds * 1000)
  await receiver.drain()

  for (const { from, message, at } of person.chatWith(account)) {
    const time = `${Math.round((at - start) / 1000)} s`.padStart(5)
    console.log(
      `${time}  ${from === 'person' ? person.displayName : account.name}: ${'text' in message ? message.text : message.type}`,
    )
  }
  const { totalUsage } = await line.messaging.getMessageQuotaConsumption()
  console.log(`Messages used this month: ${totalUsage}`)
}

await (process.env['LINE_CHANNEL_ID'] ? serve() : demo())
