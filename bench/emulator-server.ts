// The emulator on a port, or a bare node:http server that parses a push and answers the same JSON, in a separate process.
import { createServer } from 'node:http'
import { createEmulator } from 'line-oa/emulator'

/** What the parent process sends to. */
export interface PushTarget {
  readonly channelAccessToken: string
  readonly to: string
}

const emulator = createEmulator()
const account = emulator.createAccount({ name: 'Tea House' })
const person = emulator.createPerson({ displayName: 'Mei' })
await person.addFriend(account)
const target: PushTarget = { channelAccessToken: account.issueLongLivedToken(), to: person.userIdFor(account) }

async function listen(): Promise<number> {
  if (process.argv[2] === 'emulator') return (await emulator.listen()).port
  const answer = {
    sentMessages: [{ id: '461230966842064897', quoteToken: 'IStG5h1Tz7bsNh0fS8ZvyQ_IStG5h1Tz7bsNh0fS8Z' }],
  }
  const server = createServer((incoming, outgoing) => {
    const parts: Buffer[] = []
    incoming
      .on('data', (part: Buffer) => parts.push(part))
      .on('end', () => {
        JSON.parse(Buffer.concat(parts).toString())
        outgoing
          .writeHead(200, {
            'content-type': 'application/json',
            'x-line-request-id': '8e36c0d7-4a5f-4c63-a9f5-3a0f5c0d1b2e',
          })
          .end(JSON.stringify(answer))
      })
  })
  server.keepAliveTimeout = 60_000
  return new Promise((ready) =>
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      ready(typeof address === 'object' && address ? address.port : 0)
    }),
  )
}

process.on('disconnect', () => process.exit())
process.on('message', () => process.send?.(target))
process.send?.(await listen())
