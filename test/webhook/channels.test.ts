import { createReceiver } from 'line-oa/webhook'
import { describe, expect, test, vi } from 'vitest'
import { delivery, signed, text } from './signed.js'

describe('several secrets', () => {
  test('accepts a delivery signed with either secret', async () => {
    const receiver = createReceiver({ channelSecret: ['old-secret', 'new-secret'] })
    const body = delivery()
    expect((await receiver.handle(signed(body, 'old-secret'))).status).toBe(200)
    expect((await receiver.handle(signed(body, 'new-secret'))).status).toBe(200)
    expect((await receiver.handle(signed(body, 'other-secret'))).status).toBe(401)
  })
})

describe('several channels behind one URL', () => {
  const ids = { a: `U${'a'.repeat(32)}`, b: `U${'b'.repeat(32)}` }
  const clients = {
    a: { name: 'a', messaging: { replyMessage: vi.fn() } },
    b: { name: 'b', messaging: { replyMessage: vi.fn() } },
  }
  const channels = new Map([
    [ids.a, { channelSecret: 'secret-a', client: clients.a }],
    [ids.b, { channelSecret: 'secret-b', client: clients.b }],
  ])
  const to = (destination: unknown, ...events: unknown[]) => JSON.stringify({ destination, events })

  test('each handler gets the client of the channel of the event', async () => {
    const receiver = createReceiver({ channel: (destination) => channels.get(destination) })
    const seen: string[] = []
    receiver.on('message', ({ client, destination }) => void seen.push(`${client.name} ${destination}`))
    expect((await receiver.handle(signed(to(ids.a, text('Hello')), 'secret-a'))).status).toBe(200)
    expect((await receiver.handle(signed(to(ids.b, text('Hello')), 'secret-b'))).status).toBe(200)
    expect(seen).toEqual([`a ${ids.a}`, `b ${ids.b}`])
  })

  test('refuses a valid signature of another channel', async () => {
    const receiver = createReceiver({ channel: async (destination) => channels.get(destination) })
    const handler = vi.fn()
    receiver.on('*', handler)
    expect((await receiver.handle(signed(to(ids.a, text('Hello')), 'secret-b'))).status).toBe(401)
    expect(handler).not.toHaveBeenCalled()
  })

  test('uses the same destination for the secret and the handlers when the body names it twice', async () => {
    const receiver = createReceiver({ channel: (destination) => channels.get(destination) })
    const seen: string[] = []
    receiver.on('*', ({ destination }) => void seen.push(destination))
    const body = `{"destination":"${ids.a}","destination":"${ids.b}","events":[${JSON.stringify(text('Hello'))}]}`
    expect((await receiver.handle(signed(body, 'secret-a'))).status).toBe(401)
    expect((await receiver.handle(signed(body, 'secret-b'))).status).toBe(200)
    expect(seen).toEqual([ids.b])
  })

  test.each([
    undefined,
    null,
    5,
    '',
    '__proto__',
    'constructor',
    ids.a.slice(1),
    ids.a.toUpperCase(),
    `${ids.a}\n`,
    [ids.a],
  ])('refuses a destination of %j without a lookup', async (destination) => {
    const channel = vi.fn()
    const receiver = createReceiver({ channel })
    expect((await receiver.handle(signed(to(destination)))).status).toBe(401)
    expect(channel).not.toHaveBeenCalled()
  })

  test('refuses a header that cannot be a signature without a lookup', async () => {
    const channel = vi.fn()
    const receiver = createReceiver({ channel })
    expect((await receiver.handle({ body: to(ids.a), signature: 'nonsense' })).status).toBe(401)
    expect(channel).not.toHaveBeenCalled()
  })

  test('gives the same response to an unknown channel and to a wrong signature', async () => {
    const receiver = createReceiver({ channel: (destination) => channels.get(destination) })
    const unknown = await receiver.handle(signed(to(`U${'c'.repeat(32)}`)))
    expect(unknown).toEqual(await receiver.handle(signed(to(ids.a))))
    expect(unknown.status).toBe(401)
  })

  test('answers 500 to a lookup that fails, and reports the error', async () => {
    const onError = vi.fn()
    const receiver = createReceiver({ channel: () => Promise.reject(new Error('database is away')), onError })
    expect((await receiver.handle(signed(to(ids.a)))).status).toBe(500)
    expect(onError).toHaveBeenCalledExactlyOnceWith(new Error('database is away'), undefined)
  })

  test('answers 500 when the channel has an empty secret', async () => {
    const onError = vi.fn()
    const receiver = createReceiver({ channel: () => ({ channelSecret: '' }), onError })
    expect((await receiver.handle(signed(to(ids.a), ''))).status).toBe(500)
    expect(onError).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ code: 'LINE_INPUT' }), undefined)
  })
})
