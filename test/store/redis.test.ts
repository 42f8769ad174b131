import { inspect } from 'node:util'
import { redisStore } from 'line-oa/store/redis'
import { createReceiver } from 'line-oa/webhook'
import { afterAll, describe, expect, test } from 'vitest'
import { channelSecret, delivery, signed, text } from '../webhook/signed.js'
import { storeContract } from './contract.js'
import { findRedis, PlainIoRedis, PlainRedis, type RedisServer, startRedis } from './redis-server.js'

const binary = findRedis()
if (!binary) console.warn('redis-server is not installed; the tests of the Redis store are skipped')

let started: Promise<RedisServer> | undefined
const server = () => (started ??= startRedis(binary ?? ''))
afterAll(async () => (await started)?.stop())

let subjects = 0

for (const [name, Client] of [
  ['redis', PlainRedis],
  ['ioredis', PlainIoRedis],
] as const) {
  describe.skipIf(!binary)(`with a client like ${name}`, () => {
    storeContract('redisStore', async () => {
      const { port } = await server()
      const clients = [new Client(port), new Client(port)] as const
      const prefix = `test ${++subjects}:`
      return {
        store: redisStore(clients[0], { prefix }),
        other: redisStore(clients[1], { prefix }),
        // Redis has its own clock, so these tests wait.
        ttl: 80,
        pass: (ms) => new Promise((done) => setTimeout(done, ms + 20)),
        close() {
          for (const client of clients) client.close()
        },
      }
    })
  })
}

describe.skipIf(!binary)('redisStore', () => {
  test('two receivers that share a store handle an event once', async () => {
    const { port } = await server()
    const clients = [new PlainRedis(port), new PlainIoRedis(port)] as const
    const seen: string[] = []
    const receivers = clients.map((client) =>
      createReceiver({ channelSecret, store: redisStore(client) }).on(
        'message:text',
        ({ event }) => void seen.push(event.message.text),
      ),
    )
    const event = text('a')
    const statuses = await Promise.all(
      receivers.map(async (receiver) => (await receiver.handle(signed(delivery(event)))).status),
    )
    expect(seen).toEqual(['a'])
    // The second receiver finds the event done (200) or in progress (500, so that LINE redelivers it).
    expect(statuses).toContain(200)
    for (const receiver of receivers) expect((await receiver.handle(signed(delivery(event)))).status).toBe(200)
    expect(seen).toEqual(['a'])
    for (const client of clients) client.close()
  })

  test('a prefix separates applications', async () => {
    const client = new PlainRedis((await server()).port)
    await redisStore(client, { prefix: 'a:' }).set('key', 'value')
    expect(await redisStore(client, { prefix: 'b:' }).get('key')).toBeUndefined()
    expect(await redisStore(client).get('a:key')).toBe('value')
    client.close()
  })

  test('a fractional lifetime is rounded up to whole milliseconds', async () => {
    const client = new PlainRedis((await server()).port)
    const store = redisStore(client, { prefix: 'parts:' })
    await store.set('set', 'value', 9999.5)
    expect(await store.add('add', 'value', 0.2)).toBe(true)
    expect(await store.replace('set', 'value', 'next', 9999.1)).toBe(true)
    client.close()
  })
})

describe('redisStore without a server', () => {
  test.each([undefined, null, 'redis://localhost', {}, { get: async () => null }, { call: 5, sendCommand: 'x' }])(
    'refuses %j, which is not a client',
    (client) => {
      expect(() => redisStore(client as never)).toThrow(expect.objectContaining({ code: 'LINE_INPUT' }))
    },
  )

  describe.each([
    [
      'a refused connection',
      Object.assign(new Error('connect ECONNREFUSED redis'), { code: 'ECONNREFUSED' }),
      'ECONNREFUSED',
    ],
    [
      'a closed client',
      Object.assign(new Error('The client is closed'), { name: 'ClientClosedError' }),
      'ClientClosedError',
    ],
    ['a reply error', new Error("OOM command not allowed when used memory > 'maxmemory'"), 'OOM'],
    [
      'a reply error of ioredis',
      Object.assign(new Error('ERR wrong: secret'), { name: 'ReplyError', command: { args: ['secret'] } }),
      'ERR',
    ],
    ['no error at all', undefined, undefined],
  ])('%s', (_, failure, reason) => {
    test.each([
      ['rejects', { sendCommand: () => Promise.reject(failure) }],
      [
        'throws',
        {
          call: (): never => {
            throw failure
          },
        },
      ],
    ])('is a LineError when the client %s, without the values', async (_how, client) => {
      const store = redisStore(client)
      const calls = [
        () => store.get('k'),
        () => store.set('k', 'secret'),
        () => store.add('k', 'secret'),
        () => store.delete('k'),
        () => store.delete('k', 'secret'),
        () => store.replace('k', 'secret', 'w'),
      ]
      for (const call of calls) {
        const error = await call().catch((thrown: unknown) => thrown)
        expect(error).toMatchObject({ code: 'LINE_NETWORK', reason, outcome: 'rejected' })
        expect(inspect(error, { showHidden: true })).not.toContain('secret')
      }
    })
  })
})
