// LINE for multicasts, in a process of its own: the emulator with its rate limits on, behind a counter of who was sent what.
import { createServer, type IncomingMessage } from 'node:http'
import { createEmulator } from 'line-oa/emulator'
import { numberOf } from './user-ids.ts'

/** What the parent asks for. */
export interface LineForMany {
  /** How many people the counter knows. Their IDs are those of user-ids.ts; the emulator passes over them as users of another provider. */
  readonly people: number
  /** How many people are really there: friends of the account, whose chats are counted instead. */
  readonly friends: number
  /** Each so many-th request is answered 500: in turn without having been carried out, and after it was. 0: none. */
  readonly failEvery: number
  /** How late answers come, in milliseconds. */
  readonly latency: number
}

/** What it has counted. */
export interface Counts {
  readonly requests: number
  /** Answers with status 429. */
  readonly limited: number
  /** People who got nothing. */
  readonly lost: number
  /** Messages that people got beside their first one. */
  readonly doubled: number
  /** From the first request to the last one, in milliseconds. */
  readonly duration: number
}

const { people, friends, failEvery, latency } = JSON.parse(process.argv[2] ?? '{}') as LineForMany // the parent writes it
const emulator = createEmulator({ enforceRateLimits: true })
const account = emulator.createAccount({ name: 'Many' })
const channelAccessToken = account.issueLongLivedToken()
const persons = Array.from({ length: friends }, (_, number) => emulator.createPerson({ displayName: `${number}` }))
for (const person of persons) await person.addFriend(account)

const got = new Uint8Array(people)
let requests = 0
let limited = 0
let first = 0
let last = 0
let underWay = 0

const pause = (ms: number) => new Promise<void>((done) => setTimeout(done, ms))

async function read(incoming: IncomingMessage): Promise<string> {
  const parts: Buffer[] = []
  for await (const part of incoming) parts.push(part)
  return Buffer.concat(parts).toString()
}

function count(userIds: readonly string[]): void {
  for (const number of userIds.map(numberOf)) got[number] = (got[number] ?? 0) + 1
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
  const each = friends > 0 ? persons.map((person) => person.chatWith(account).length) : got
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
    // What a process that was killed had sent is still carried out.
    for (let quiet = 0; quiet < 20; quiet = underWay ? 0 : quiet + 1) await pause(10)
    outgoing.end(JSON.stringify(counts()))
  } else {
    underWay += 1
    // A process that is killed leaves requests of which only a part has come.
    const response = await multicast(incoming).catch(() => undefined)
    underWay -= 1
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
