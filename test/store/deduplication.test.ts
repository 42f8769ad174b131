// Receivers in two processes deduplicate events through each kind of shared store.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Message } from 'line-oa'
import { memoryStore, type Store } from 'line-oa/store'
import { redisStore } from 'line-oa/store/redis'
import { sqliteStore } from 'line-oa/store/sqlite'
import { createReceiver } from 'line-oa/webhook'
import { afterAll, describe, expect, test } from 'vitest'
import { TestClock } from '../clock.js'
import { gate } from '../webhook/setup.js'
import { channelSecret, delivery, destination, signed, text } from '../webhook/signed.js'
import { findRedis, PlainIoRedis, PlainRedis, startRedis } from './redis-server.js'

const binary = findRedis()
if (!binary) console.warn('redis-server is not installed; deduplication through Redis is skipped')

interface Shared {
  /** Two connections to the same data, as two processes have. */
  readonly stores: readonly [Store, Store]
  /** Expires the lease of an event. */
  expire(key: string): Promise<unknown>
}

const folder = mkdtempSync(join(tmpdir(), 'line-oa-once-'))
const ends: (() => unknown)[] = [() => rmSync(folder, { recursive: true })]
afterAll(async () => {
  for (const end of ends.reverse()) await end()
})

function inMemory(): Shared {
  const clock = new TestClock()
  const store = memoryStore({ clock })
  return { stores: [store, store], expire: async () => clock.jump(60_000) }
}

let files = 0
function inSqlite(): Shared {
  const clock = new TestClock()
  const path = join(folder, `${++files}.db`)
  const stores = [sqliteStore(path, { clock }), sqliteStore(path, { clock })] as const
  for (const store of stores) ends.push(() => store.close())
  return { stores, expire: async () => clock.jump(60_000) }
}

let server: ReturnType<typeof startRedis> | undefined
async function inRedis(): Promise<Shared> {
  if (!server) {
    server = startRedis(binary ?? '')
    ends.push(async () => (await server)?.stop())
  }
  const { port } = await server
  const [redis, ioredis] = [new PlainRedis(port), new PlainIoRedis(port)]
  ends.push(() => redis.close())
  ends.push(() => ioredis.close())
  // Redis has its own clock, so the lease is expired by a command.
  return { stores: [redisStore(redis), redisStore(ioredis)], expire: (key) => redis.sendCommand(['PEXPIRE', key, '0']) }
}

const kinds: readonly [string, () => Shared | Promise<Shared>, boolean][] = [
  ['memory', inMemory, true],
  ['SQLite', inSqlite, true],
  ['Redis', inRedis, binary !== undefined],
]

const keyOf = (event: { webhookEventId: string }) => `line-oa:event:${destination}:${event.webhookEventId}`

for (const [name, make, isThere] of kinds) {
  describe.skipIf(!isThere)(`two receivers that share ${name}`, () => {
    async function setup() {
      const { stores, expire } = await make()
      const pushes: (string | undefined)[] = []
      const client = {
        messaging: {
          replyMessage: async (_: { replyToken: string; messages: readonly Message[] }) => ({}),
          pushMessage: async (_: { to: string; messages: readonly Message[] }, options?: { retryKey?: string }) =>
            void pushes.push(options?.retryKey),
        },
      }
      const [one, two] = stores.map((store) => createReceiver({ channelSecret, client, store, onError: () => {} }))
      if (!one || !two) throw new Error('there are two stores')
      const send = async (receiver: typeof one, event: object) =>
        (await receiver.handle(signed(delivery(event)))).status
      return { one, two, send, expire, pushes }
    }
    const id = () => ({ webhookEventId: `${name}-${crypto.randomUUID()}` })

    test('handle an event once, whichever receives it again', async () => {
      const { one, two, send } = await setup()
      const seen: string[] = []
      one.on('message', () => void seen.push('one'))
      two.on('message', () => void seen.push('two'))
      const event = text('a', id())
      expect(await send(one, event)).toBe(200)
      for (const receiver of [two, one, two]) expect(await send(receiver, event)).toBe(200)
      expect(seen).toEqual(['one'])
    })

    test('run one of fifty concurrent copies and answer the others 200, or 500 so that LINE redelivers them', async () => {
      const { one, two, send } = await setup()
      let runs = 0
      for (const receiver of [one, two])
        receiver.on('message', async () => {
          runs++
          await new Promise((done) => setImmediate(done))
        })
      const event = text('a', id())
      const statuses = await Promise.all(Array.from({ length: 50 }, (_, i) => send(i % 2 ? one : two, event)))
      expect(runs).toBe(1)
      expect(statuses.filter((status) => status !== 200 && status !== 500)).toEqual([])
      expect(await send(one, event)).toBe(200)
      expect(runs).toBe(1)
    })

    test('rerun an event whose handler failed, with the same retry keys', async () => {
      const { one, two, send, pushes } = await setup()
      one.on('message', async ({ push }) => {
        await push('a')
        throw new Error('broken')
      })
      two.on('message', ({ push }) => push('a'))
      const event = text('a', id())
      expect(await send(one, event)).toBe(500)
      expect(await send(two, event)).toBe(200)
      expect(pushes).toHaveLength(2)
      expect(pushes[0]).toBe(pushes[1])
      expect(await send(one, event)).toBe(200)
      expect(pushes).toHaveLength(2)
    })

    test('run an event of a killed process once its lease has expired, and not before', async () => {
      const { one, two, send, expire } = await setup()
      const begun = gate()
      const seen: string[] = []
      // Never ends, like the handler of a process that was killed.
      one.on('message', () => {
        begun.open()
        return new Promise(() => {})
      })
      two.on('message', () => void seen.push('two'))
      const event = text('a', id())
      void send(one, event)
      await begun.passed
      expect(await send(two, event)).toBe(500)
      expect(seen).toEqual([])
      await expire(keyOf(event))
      expect(await send(two, event)).toBe(200)
      expect(await send(two, event)).toBe(200)
      expect(seen).toEqual(['two'])
    })

    test.each(['succeeds', 'fails'])(
      'a receiver whose handler outlives its lease and then %s keeps the lease of the other',
      async (how) => {
        const { one, two, send, expire } = await setup()
        const [gates, begun] = [[gate(), gate()] as const, [gate(), gate()] as const]
        let runs = 0
        for (const [at, receiver] of [one, two].entries())
          receiver.on('message', async () => {
            runs++
            begun[at]?.open()
            await gates[at]?.passed
            if (at === 0 && how === 'fails') throw new Error('broken')
          })
        const event = text('a', id())
        const first = send(one, event)
        await begun[0].passed
        await expire(keyOf(event))
        const second = send(two, event)
        await begun[1].passed
        gates[0].open()
        expect(await first).toBe(how === 'fails' ? 500 : 200)
        // The second receiver still has its lease, so a third copy finds the event in progress.
        expect(await send(one, event)).toBe(500)
        gates[1].open()
        expect(await second).toBe(200)
        expect(await send(one, event)).toBe(200)
        expect(runs).toBe(2)
      },
    )
  })
}

test('one receiver deduplicates per channel, also without a store', async () => {
  const seen: string[] = []
  const receiver = createReceiver({ channel: () => ({ channelSecret }) })
  receiver.on('message', ({ destination }) => void seen.push(destination.slice(0, 2)))
  const events = [text('a')]
  for (const word of ['a', 'b', 'a'])
    await receiver.handle(signed(JSON.stringify({ destination: `U${word.repeat(32)}`, events })))
  expect(seen).toEqual(['Ua', 'Ub'])
})
