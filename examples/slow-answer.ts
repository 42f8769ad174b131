// A bot that needs long for an answer: 90 seconds, or what --seconds says. Meanwhile it shows LINE's loading animation. A reply token lives for a minute,
// so a slower answer goes out as a push, which costs a message of the month.
//
//   node examples/slow-answer.ts [--seconds 90]    on an emulator, whose clock does not keep you waiting
//   LINE_CHANNEL_ID=... LINE_CHANNEL_SECRET=... PORT=3000 node examples/slow-answer.ts    behind a webhook URL, at LINE or at the emulator under LINE_BASE_URL
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
if (!(seconds >= 0)) throw new Error('--seconds is a number from 0')

/** The longest that LINE shows its animation, in seconds. */
const longest = 60

function slowBot(line: LineClient, channelSecret: string, clock: Clock): Receiver<LineClient> {
  const store = memoryStore({ clock }) // processes that share the work share one of line-oa/store/redis or line-oa/store/sqlite
  const pause = (length: number) => new Promise<void>((done) => void clock.setTimeout(done, length * 1000))

  // LINE waits for 2 seconds only, so it is answered before the work is done.
  const receiver = createReceiver({ channelSecret, client: line, ack: 'early', clock })
  receiver.on('message:text', async ({ event }) => {
    for (let left = seconds; left > 0; left -= longest) {
      // There is no animation in groups. LINE takes its length in steps of 5 seconds.
      if (event.source?.type === 'user')
        await line.messaging.showLoadingAnimation({
          chatId: event.source.userId,
          loadingSeconds: Math.min(longest, Math.max(5, Math.ceil(left / 5) * 5)),
        })
      await pause(Math.min(left, longest))
    }
    const answer = { type: 'text' as const, text: `"${event.message.text}" took me ${seconds} seconds.` }
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
  // Lets what is being answered come to its end.
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
  await person.send(account, 'Which tea goes with rain?')
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
