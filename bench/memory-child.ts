// The emulator under a long run of requests and deliveries, in a separate process, so that its heap is its own.
import { createEmulator } from 'line-oa/emulator'

/** How the heap grew. */
export interface EmulatorMemory {
  readonly requests: number
  readonly deliveries: number
  /** Growth of the used heap from the first request to the end, in bytes, after garbage collections. */
  readonly growth: number
  /** The largest growth at any of ten measurements, in bytes. */
  readonly largest: number
  /** Answers and deliveries that were not as expected. */
  readonly wrong: number
  readonly seconds: number
}

const [requests = 0, deliveries = 0] = process.argv.slice(2).map(Number)
const emulator = createEmulator({ clock: 'manual', historyLimit: 1000 })
const account = emulator.createAccount({ name: 'Tea House' })
const people = Array.from({ length: 20 }, (_, number) => emulator.createPerson({ displayName: `Person ${number}` }))
for (const person of people) await person.addFriend(account)
const users = people.map((person) => person.userIdFor(account))
const token = account.issueLongLivedToken()
const figures = { requests: 0, deliveries: 0, wrong: 0 }

const messages = [{ type: 'text', text: 'hello' }]

async function call(status: number, path: string, body?: object, headers: { readonly [name: string]: string } = {}) {
  figures.requests += 1
  const response = await emulator.fetch(`https://api.line.me${path}`, {
    method: body ? 'POST' : 'GET',
    headers: { authorization: `Bearer ${token}`, ...(body && { 'content-type': 'application/json' }), ...headers },
    ...(body && { body: JSON.stringify(body) }),
  })
  await response.arrayBuffer()
  if (response.status !== status) figures.wrong += 1
}

// A bot that replies to each message, without a memory of its own.
account.connect({
  fetch: async (request: Request) => {
    const { events } = (await request.json()) as { readonly events: readonly { readonly replyToken?: string }[] } // what the emulator posts
    for (const { replyToken } of events) await call(200, '/v2/bot/message/reply', { replyToken, messages })
    return new Response()
  },
})

const stateless = async () => {
  figures.requests += 1
  const response = await emulator.fetch('https://api.line.me/oauth2/v3/token', {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: account.channelId,
      client_secret: account.channelSecret,
    }),
  })
  await response.arrayBuffer()
  if (response.status !== 200) figures.wrong += 1
}

// What bots send, some of it wrong, in turn.
const kinds: readonly ((number: number, to: string) => Promise<void>)[] = [
  (_, to) => call(200, '/v2/bot/message/push', { to, messages }),
  (_, to) => call(200, '/v2/bot/message/push', { to, messages }, { 'x-line-retry-key': crypto.randomUUID() }),
  () => call(200, '/v2/bot/message/multicast', { to: users, messages }),
  (_, to) => call(200, `/v2/bot/profile/${to}`),
  () => call(200, '/v2/bot/info'),
  (_, to) => call(400, '/v2/bot/message/push', { to, messages: [{ type: 'text', text: '' }] }),
  () => call(404, '/v2/bot/nothing'),
  (number) => call(401, '/v2/bot/info', undefined, { authorization: `Bearer ${number}` }),
  () => call(200, '/v2/bot/message/validate/push', { messages }),
  (number) =>
    number % 1000 < 20 ? call(200, '/v2/bot/message/broadcast', { messages }) : call(200, '/v2/bot/message/quota'),
  stateless,
  (_, to) => call(202, '/v2/bot/chat/loading/start', { chatId: to }),
]

async function heapUsed(): Promise<number> {
  for (let i = 0; i < 4; i++) {
    globalThis.gc?.()
    // What a collection finds is cleaned up in later turns of the event loop.
    await new Promise((later) => setTimeout(later, 20))
  }
  return process.memoryUsage().heapUsed
}

const start = performance.now()
const before = await heapUsed()
const growths: number[] = []
for (let tenth = 1; tenth <= 10; tenth++) {
  for (let number = 0; figures.deliveries < (deliveries * tenth) / 10; number++) {
    figures.deliveries += 1
    const person = people[number % people.length]
    const report = await person?.send(account, { type: 'text', text: 'hello' })
    if (report?.status !== 200) figures.wrong += 1
    if (number % 500 === 0) await emulator.clock.advance(60_000)
  }
  for (let number = 0; figures.requests < (requests * tenth) / 10; number++) {
    await kinds[number % kinds.length]?.(number, users[number % users.length] ?? '')
    // Tokens and retry keys expire as they do at one request per second.
    if (number % 500 === 0) await emulator.clock.advance(500_000)
  }
  growths.push((await heapUsed()) - before)
}
const result: EmulatorMemory = {
  ...figures,
  growth: growths.at(-1) ?? Number.NaN,
  largest: Math.max(...growths),
  seconds: (performance.now() - start) / 1000,
}
process.send?.(result)
process.disconnect?.()
