// Processes that are killed, stores that fail, and aborts, each with a count of what was lost and doubled.
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createLineClient, isLineError, sendToMany } from 'line-oa'
import { memoryStore, type Store } from 'line-oa/store'
import { createEvents, signedDelivery } from 'line-oa/testing'
import { createReceiver, type WebhookEvent } from 'line-oa/webhook'
import { findRedis, PlainRedis, startRedis } from '../test/store/redis-server.ts'
import type { AttackChild } from './attack-child.ts'
import { countingLine, type Failure, type Oracle } from './counting-line.ts'
import { userIdOf, userIds } from './user-ids.ts'

const channelSecret = '8c570fa6dd201bb328f1c1eac23a96d8'
const lease = 61_000

/** The result of one kind of attack. */
export interface AttackFigures extends Oracle {
  readonly name: string
  /** How many times it was attacked. */
  readonly attacks: number
  /** Errors that are no LineError, and rejections that nothing handled. */
  readonly unhandled: number
}

const pause = (ms: number) => new Promise<void>((later) => setTimeout(later, ms))

/** A random number generator with a seed (mulberry32), so that a run can be repeated. */
function randomFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

const failures: readonly Failure[] = ['status before', 'status after', 'lost before', 'lost after']

/** One request in ten fails, in each of the ways in turn. */
const sometimes = (request: number): Failure => (request % 10 === 0 ? failures[(request / 10) % 4] : undefined)

/** A place for the records of processes that are killed. Time can be moved on, so that the leases of dead processes end. */
interface Place {
  readonly name: string
  readonly store: string | number
  readonly moveOn: (ms: number) => Promise<void>
  readonly close: () => Promise<void>
}

async function sqlitePlace(): Promise<Place> {
  const folder = await mkdtemp(join(tmpdir(), 'line-oa-attacks-'))
  // The processes get the time from their parent.
  return {
    name: 'SQLite',
    store: join(folder, 'store.sqlite'),
    moveOn: async () => {},
    close: () => rm(folder, { recursive: true }),
  }
}

async function redisPlace(binary: string): Promise<Place> {
  const server = await startRedis(binary)
  const redis = new PlainRedis(server.port)
  const age = `for _, key in ipairs(redis.call('KEYS', '*')) do local left = redis.call('PTTL', key)
if left >= 0 then redis.call('PEXPIRE', key, left - ARGV[1]) end end return 1`
  return {
    name: 'Redis',
    store: server.port,
    moveOn: async (ms) => void (await redis.sendCommand(['EVAL', age, '0', String(ms)])),
    close: async () => {
      redis.close()
      await server.stop()
    },
  }
}

function startChild(options: AttackChild) {
  const child = fork(new URL('./attack-child.ts', import.meta.url), [JSON.stringify(options)], { stdio: 'ignore' })
  return { child, ended: once(child, 'exit'), first: once(child, 'message') }
}

/** Kills a job of `sendToMany` at random times, and then lets it run to the end. */
async function killJobs(place: Place, kills: number, random: () => number): Promise<AttackFigures> {
  const users = 500 * 12 * kills
  const line = countingLine({ failure: sometimes, latency: () => 20 })
  const server = await line.listen()
  const options: AttackChild = { work: 'job', url: server.url, store: place.store, ahead: 0, users, channelSecret }
  let killed = 0
  try {
    for (;;) {
      const { child, ended } = startChild(options)
      const timer = killed < kills ? setTimeout(() => child.kill('SIGKILL'), 150 + random() * 250) : undefined
      const [code, signal] = (await ended) as [number | null, string | null] // as the event `exit` has them
      clearTimeout(timer)
      if (signal === 'SIGKILL') killed += 1
      else if (code === 0) break
      else throw new Error(`a run of the job ended with ${code}`)
    }
    return { name: `jobs killed, ${place.name}`, attacks: killed, unhandled: 0, ...line.counts([...userIds(users)]) }
  } finally {
    server.close()
  }
}

/** Kills a receiver at random times while it handles events, and redelivers what it has not answered with 200, as LINE does. */
async function killReceivers(place: Place, kills: number, random: () => number): Promise<AttackFigures> {
  let kill: (() => void) | undefined
  const line = countingLine({
    latency: () => {
      kill?.()
      return 5
    },
  })
  const server = await line.listen()
  const builder = createEvents()
  const users: string[] = []
  const open = new Map<string, WebhookEvent>()
  let ahead = 0
  const deliver = async (url: string): Promise<void> => {
    await Promise.all(
      [...open.values()].map(async (event) => {
        const { body, signature } = await signedDelivery({ channelSecret, events: [event] })
        const response = await fetch(url, { method: 'POST', body, headers: { 'x-line-signature': signature } }).catch(
          () => undefined,
        )
        if (response?.status === 200) open.delete(event.webhookEventId)
        else open.set(event.webhookEventId, { ...event, deliveryContext: { isRedelivery: true } })
      }),
    )
  }
  // Half of the kills are at a random request to LINE, which is carried out without the process getting the answer; the others at a random time.
  const killDuringWork = (end: () => void): ReturnType<typeof setTimeout> | undefined => {
    if (random() < 0.5) return setTimeout(end, random() * 60)
    let left = 1 + Math.floor(random() * 12)
    kill = () => {
      if (--left === 0) end()
    }
    return undefined
  }
  const round = async (isKilled: boolean): Promise<void> => {
    const options: AttackChild = {
      work: 'receiver',
      url: server.url,
      store: place.store,
      ahead,
      users: 0,
      channelSecret,
    }
    const { child, ended, first } = startChild(options)
    const [port] = (await first) as [number] // the child sends its port
    const timer = isKilled ? killDuringWork(() => child.kill('SIGKILL')) : undefined
    await deliver(`http://127.0.0.1:${port}/`)
    clearTimeout(timer)
    kill = undefined
    if (child.connected) child.disconnect()
    await ended
    // The leases of the dead process end.
    ahead += lease
    await place.moveOn(lease)
  }
  try {
    for (let killed = 0; killed < kills; killed++) {
      for (let count = 0; count < 20; count++) {
        const userId = userIdOf(users.length)
        users.push(userId)
        const text = users.length % 2 ? 'push' : 'respond'
        const event = builder.text({ text, replyToken: userId, source: { type: 'user', userId } })
        open.set(event.webhookEventId, event)
      }
      await round(true)
    }
    for (let tries = 0; tries < 3 && open.size > 0; tries++) await round(false)
    return { name: `receivers killed, ${place.name}`, attacks: kills, unhandled: 0, ...line.counts(users) }
  } finally {
    server.close()
  }
}

/** How a call of a store goes wrong. */
const storeFaults = [
  'fails',
  'fails after it was carried out',
  'hangs',
  'hangs after it was carried out',
  'late',
] as const
type StoreFault = (typeof storeFaults)[number]

/** A store whose call number `at` goes wrong; its later calls do so too with `forever`. */
function faultyStore(store: Store, fault: StoreFault, at: number, forever: boolean): Store {
  let calls = 0
  const guard = async <T>(work: () => Promise<T>): Promise<T> => {
    calls += 1
    if (calls !== at && !(forever && calls > at)) return work()
    if (fault === 'late') await pause(1300)
    if (fault === 'late') return work()
    if (fault.endsWith('after it was carried out')) await work()
    if (fault.startsWith('hangs')) return new Promise<never>(() => {})
    throw new Error('the disk is on fire')
  }
  return {
    get: (key) => guard(() => store.get(key)),
    set: (key, value, ttl) => guard(() => store.set(key, value, ttl)),
    add: (key, value, ttl) => guard(() => store.add(key, value, ttl)),
    delete: (key, expected) => guard(() => store.delete(key, expected)),
    replace: (key, expected, value, ttl) => guard(() => store.replace(key, expected, value, ttl)),
  }
}

const client = (line: { readonly fetch: typeof fetch }) =>
  createLineClient({
    channelAccessToken: 'x'.repeat(172),
    channelId: '1234567890',
    fetch: line.fetch,
    random: () => 0,
  })

const messages = [{ type: 'text' as const, text: 'hello' }]

/** The kinds of errors that a call may reject with: one of the package, or one of the caller's store. */
const isForeign = (error: unknown) =>
  !isLineError(error) && !(error instanceof Error && error.message === 'the disk is on fire')

/** Runs a job with a store that goes wrong, and then again with one that works, as a caller does after a crash. */
async function jobWithFaults(wrong: (store: Store) => Store): Promise<Oracle & { readonly unhandled: number }> {
  const line = countingLine()
  const store = memoryStore()
  const users = 3000
  const job = (used: Store, signal?: AbortSignal) =>
    sendToMany(client(line), userIds(users), messages, { jobId: 'faults', store: used, concurrency: 2, signal })
  const controller = new AbortController()
  let unhandled = 0
  const first = job(wrong(store), controller.signal).catch((error: unknown) => {
    if (isForeign(error)) unhandled += 1
  })
  // A store that never answers is given up, as when the process ends.
  if (await Promise.race([first.then(() => false), pause(2500).then(() => true)])) controller.abort()
  await Promise.race([first, pause(200)])
  await job(store)
  return { ...line.counts([...userIds(users)]), unhandled }
}

/** Delivers events to a receiver with a store that goes wrong, and redelivers them to one that works until it answers 200. */
async function receiverWithFaults(wrong: (store: Store) => Store): Promise<Oracle & { readonly unhandled: number }> {
  let ahead = 0
  const clock = {
    now: () => Date.now() + ahead,
    setTimeout: (run: () => void, ms: number): unknown => setTimeout(run, ms),
    clearTimeout: (timer: unknown) => clearTimeout(timer as ReturnType<typeof setTimeout>), // what setTimeout above returned
  }
  const line = countingLine()
  const store = memoryStore({ clock })
  const logger = { error: () => {}, warn: () => {}, info: () => {}, debug: () => {} }
  let unhandled = 0
  const make = (used: Store) => {
    const receiver = createReceiver({
      channelSecret,
      client: client(line),
      store: used,
      clock,
      logger,
      onError: (error) => {
        if (isForeign(error)) unhandled += 1
      },
    })
    receiver.on('message', async ({ push }) => void (await push('hello')))
    return receiver
  }
  const builder = createEvents()
  const users = [0, 1, 2].map(userIdOf)
  const events = users.map((userId) => builder.text({ text: 'a', source: { type: 'user', userId } }))
  let receiver = make(wrong(store))
  for (let tries = 0; tries < 4; tries++) {
    const isRedelivery = tries > 0
    const delivery = events.map((event) => ({ ...event, deliveryContext: { isRedelivery } }))
    const handled = receiver.handle(await signedDelivery({ channelSecret, events: delivery }))
    // LINE waits for 2 seconds.
    const status = await Promise.race([handled.then((response) => response.status), pause(2000).then(() => 0)])
    if (status === 200) break
    ahead += lease
    receiver = make(store)
  }
  return { ...line.counts(users), unhandled }
}

async function withFaults(): Promise<AttackFigures> {
  const runs: Promise<Oracle & { readonly unhandled: number }>[] = []
  for (const run of [jobWithFaults, receiverWithFaults]) {
    for (const fault of storeFaults) {
      for (const at of [1, 2, 3, 4, 6, 8, 12]) runs.push(run((store) => faultyStore(store, fault, at, false)))
      for (const at of [1, 3, 5]) runs.push(run((store) => faultyStore(store, fault, at, true)))
    }
  }
  return sum('store faults', await Promise.all(runs))
}

/** Aborts jobs at random times, and runs them again to the end. */
async function aborted(count: number, random: () => number): Promise<AttackFigures> {
  const one = async (): Promise<Oracle & { readonly unhandled: number }> => {
    const line = countingLine({ failure: sometimes, latency: () => random() * 4 })
    const store = memoryStore()
    const users = 5000
    const job = (signal?: AbortSignal) =>
      sendToMany(client(line), userIds(users), messages, { jobId: 'aborts', store, concurrency: 2, signal })
    const controller = new AbortController()
    const run = job(controller.signal)
    const timer = setTimeout(() => controller.abort(), random() * 40)
    const code = await run.then(
      () => undefined,
      (error: unknown) => (isLineError(error) ? error.code : 'foreign'),
    )
    clearTimeout(timer)
    await job()
    return { ...line.counts([...userIds(users)]), unhandled: code === 'foreign' ? 1 : 0 }
  }
  return sum('jobs aborted', await Promise.all(Array.from({ length: count }, one)))
}

function sum(name: string, all: readonly (Oracle & { readonly unhandled: number })[]): AttackFigures {
  const total = (of: (one: Oracle & { readonly unhandled: number }) => number) =>
    all.reduce((before, one) => before + of(one), 0)
  return {
    name,
    attacks: all.length,
    lost: total(({ lost }) => lost),
    doubled: total(({ doubled }) => doubled),
    unhandled: total(({ unhandled }) => unhandled),
  }
}

/** Runs all attacks. Without a redis-server on the PATH, the processes are killed with SQLite only. */
export async function attack(kills: number, seed: number): Promise<readonly AttackFigures[]> {
  const random = randomFrom(seed)
  let rejections = 0
  const onRejection = () => {
    rejections += 1
  }
  process.on('unhandledRejection', onRejection)
  const figures: AttackFigures[] = []
  const binary = findRedis()
  try {
    for (const create of [sqlitePlace, ...(binary ? [() => redisPlace(binary)] : [])]) {
      for (const kill of [killJobs, killReceivers]) {
        const place = await create()
        try {
          figures.push(await kill(place, kills, random))
        } finally {
          await place.close()
        }
      }
    }
    figures.push(await withFaults())
    figures.push(await aborted(50, random))
  } finally {
    process.off('unhandledRejection', onRejection)
  }
  return [...figures, { name: 'unhandled rejections', attacks: 0, lost: 0, doubled: 0, unhandled: rejections }]
}
