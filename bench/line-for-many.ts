// A LINE server for multicasts in a separate process: the emulator with rate limits, and a counter of the messages for each user.
import { createServer, type IncomingMessage } from 'node:http'
import { createEmulator } from 'line-oa/emulator'
import { numberOf } from './user-ids.ts'

/** The options from the parent process. */
export interface LineForMany {
  /** Number of users to count messages for. Their IDs come from user-ids.ts; the emulator ignores them as users of another provider. */
  readonly people: number
  /** Number of users to create in the emulator as friends of the account. Their chats are counted instead. */
  readonly friends: number
  /** Every n-th request gets a 500 response, alternately before and after it is processed. 0: no request. */
  readonly failEvery: number
  /** Delay of the responses, in milliseconds. */
  readonly latency: number
}

/** The counts of the server. */
export interface Counts {
  readonly requests: number
  /** Responses with status 429. */
  readonly limited: number
  /** Users who received no message. */
  readonly lost: number
  /** Duplicate messages. */
  readonly doubled: number
  /** Time from the first request to the last, in milliseconds. */
  readonly duration: number
}

const { people, friends, failEvery, latency } = JSON.parse(process.argv[2] ?? '{}') as LineForMany // written by the parent process
const emulator = createEmulator({ enforceRateLimits: true })
const account = emulator.createAccount({ name: 'Many' })
const channelAccessToken = account.issueLongLivedToken()
const persons = Array.from({ length: friends }, (_, number) => emulator.createPerson({ displayName: `${number}` }))
for (const person of persons) await person.addFriend(account)

const received = new Uint8Array(people)
let requests = 0
let limited = 0
let first = 0
let last = 0
let inFlight = 0

const pause = (ms: number) => new Promise<void>((done) => setTimeout(done, ms))

async function read(incoming: IncomingMessage): Promise<string> {
  const parts: Buffer[] = []
  for await (const part of incoming) parts.push(part)
  return Buffer.concat(parts).toString()
}

function count(userIds: readonly string[]): void {
  for (const number of userIds.map(numberOf)) received[number] = (received[number] ?? 0) + 1
}

async function multicast(incoming: IncomingMessage): Promise<Response> {
  last = performance.now()
  first ||= last
  requests += 1
  const fails = failEvery > 0 && requests % failEvery === 0
  const body = await read(incoming)
  const failure = () => Response.json({ message: 'Internal server error' }, { status: 500 })
  if (fails && (requests / failEvery) % 2 === 1) return failure()
  const headers = new Headers()
  for (const name of ['authorization', 'content-type', 'x-line-retry-key']) {
    const value = incoming.headers[name]
    if (typeof value === 'string') headers.set(name, value)
  }
  const response = await emulator.fetch('https://api.line.me/v2/bot/message/multicast', {
    method: 'POST',
    headers,
    body,
  })
  if (response.status === 429) limited += 1
  if (response.status === 200 && people > 0) count(JSON.parse(body).to)
  return fails ? failure() : response
}

function counts(): Counts {
  const each = friends > 0 ? persons.map((person) => person.chatWith(account).length) : received
  let lost = 0
  let doubled = 0
  for (const count of each) {
    if (count === 0) lost += 1
    else doubled += count - 1
  }
  return { requests, limited, lost, doubled, duration: last - first }
}

const server = createServer(async (incoming, outgoing) => {
  if (incoming.url === '/start') {
    const userIds = persons.map((person) => person.userIdFor(account))
    outgoing.end(JSON.stringify({ channelAccessToken, userIds }))
  } else if (incoming.url === '/counts') {
    // Requests that a killed process has sent are still processed.
    for (let quiet = 0; quiet < 20; quiet = inFlight ? 0 : quiet + 1) await pause(10)
    outgoing.end(JSON.stringify(counts()))
  } else {
    inFlight += 1
    // A killed process may leave incomplete requests.
    const response = await multicast(incoming).catch(() => undefined)
    inFlight -= 1
    if (!response) {
      outgoing.destroy()
      return
    }
    const text = await response.text()
    if (latency) await pause(latency)
    outgoing.writeHead(response.status, Object.fromEntries(response.headers)).end(text)
  }
})
server.keepAliveTimeout = 60_000
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  process.send?.(typeof address === 'object' ? address?.port : 0)
})
process.on('disconnect', () => process.exit())
