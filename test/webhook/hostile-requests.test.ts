import { createServer, type Server } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { gzipSync } from 'node:zlib'
import { createReceiver } from 'line-oa/webhook'
import { toNodeHandler } from 'line-oa/webhook/node'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { TestClock } from '../clock.js'
import { channelSecret, delivery, destination, request, sign, signed, text } from './signed.js'

const servers: Server[] = []
afterEach(() => {
  for (const server of servers.splice(0)) server.closeAllConnections()
  for (const server of servers) server.close()
})

function setup(options: object = {}) {
  const clock = new TestClock()
  const errors: unknown[] = []
  const handler = vi.fn()
  const receiver = createReceiver({ channelSecret, clock, onError: (error) => void errors.push(error), ...options })
  receiver.on('*', handler).on('unknown', handler)
  return { clock, errors, handler, receiver }
}

async function listen(handler: ReturnType<typeof toNodeHandler>): Promise<number> {
  const server = createServer(handler)
  servers.push(server)
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  return (server.address() as AddressInfo).port // a TCP server has an AddressInfo
}

describe('a body that stalls', () => {
  test('gets a 408 from fetch after the time limit, and its stream is cancelled', async () => {
    const { receiver, clock, handler, errors } = setup()
    let cancelled = false
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => controller.enqueue(new TextEncoder().encode('{"destin')),
      cancel() {
        cancelled = true
      },
    })
    const began = clock.now()
    expect((await clock.settle(receiver.fetch(request(body, sign(''))))).status).toBe(408)
    expect(clock.now() - began).toBe(2000)
    expect(cancelled).toBe(true)
    expect(clock.pending).toBe(0)
    expect(handler).not.toHaveBeenCalled()
    expect(errors).toEqual([])
  })

  test('gets a 408 from a Node server, which then closes the connection', async () => {
    const { receiver, clock } = setup({ bodyTimeout: 500 })
    const port = await listen(toNodeHandler(receiver))
    const socket = connect(port, '127.0.0.1')
    socket.write(
      `POST / HTTP/1.1\r\nhost: x\r\nx-line-signature: ${sign('')}\r\ntransfer-encoding: chunked\r\n\r\n5\r\n{"des\r\n`,
    )
    const answer = new Promise<string>((done) => {
      let got = ''
      socket.setEncoding('latin1').on('data', (part: string) => {
        got += part
      })
      socket.on('close', () => done(got))
    })
    expect(await clock.settle(answer)).toMatch(/^HTTP\/1\.1 408 [\s\S]*connection: close/i)
  })

  test('leaves no timer when the body arrives in time', async () => {
    const { receiver, clock } = setup()
    const body = delivery()
    expect((await receiver.fetch(request(body, sign(body)))).status).toBe(200)
    expect(clock.pending).toBe(0)
  })
})

test('a client that disconnects in mid body causes no error and does not block drain', async () => {
  const { receiver, clock, handler, errors } = setup()
  const handle = vi.spyOn(receiver, 'handle')
  const port = await listen(toNodeHandler(receiver))
  const socket = connect(port, '127.0.0.1')
  await new Promise<void>((done) => {
    socket.write(
      `POST / HTTP/1.1\r\nhost: x\r\nx-line-signature: ${sign('')}\r\ncontent-length: 100\r\n\r\n{"des`,
      () => done(),
    )
  })
  while (clock.pending === 0) await new Promise((done) => setImmediate(done))
  socket.destroy()
  while (clock.pending > 0) await new Promise((done) => setImmediate(done))
  await receiver.drain()
  expect(handle).not.toHaveBeenCalled()
  expect(handler).not.toHaveBeenCalled()
  expect(errors).toEqual([])
})

test('a Node server answers 401 to two signature headers, even if both are valid', async () => {
  const { receiver, handler } = setup()
  const port = await listen(toNodeHandler(receiver))
  const body = delivery(text('a'))
  const socket = connect(port, '127.0.0.1')
  const header = `x-line-signature: ${sign(body)}\r\n`
  socket.write(
    `POST / HTTP/1.1\r\nhost: x\r\n${header}${header}content-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`,
  )
  const answer = await new Promise<string>((done) =>
    socket.setEncoding('latin1').on('data', (part: string) => done(part)),
  )
  expect(answer).toMatch(/^HTTP\/1\.1 401 /)
  expect(handler).not.toHaveBeenCalled()
})

describe('a signed but unusual delivery', () => {
  test.each<[string, () => string | Uint8Array<ArrayBuffer>, number]>([
    ['gzip', () => Uint8Array.from(gzipSync(delivery(text('a')))), 400],
    ['with a byte order mark', () => `\ufeff${delivery(text('a'))}`, 400],
    [
      'with a byte order mark in bytes',
      () => Uint8Array.from([0xef, 0xbb, 0xbf, ...new TextEncoder().encode(delivery(text('a')))]),
      400,
    ],
    ['UTF-16', () => Uint8Array.from(Buffer.from(delivery(text('a')), 'utf16le')), 400],
  ])('is refused when the body is %s', async (_, make, status) => {
    const { receiver, handler, errors } = setup()
    const body = make()
    expect((await receiver.handle(signed(body))).status).toBe(status)
    expect(
      (
        await receiver.fetch(
          request(body, sign(body), { headers: { 'content-encoding': 'gzip', 'x-line-signature': sign(body) } }),
        )
      ).status,
    ).toBe(status)
    expect(handler).not.toHaveBeenCalled()
    expect(errors).toEqual([])
  })

  test('the last of duplicate keys counts, for the filter and for the handler', async () => {
    const { receiver } = setup()
    const seen: string[] = []
    receiver.on('follow', ({ event }) => void seen.push(event.type))
    const body = `{"destination":"${destination}","events":[{"type":"message"}],"events":[{"type":"message","type":"follow","type":"follow"}]}`
    expect((await receiver.handle(signed(body))).status).toBe(200)
    expect(seen).toEqual(['follow'])
  })

  test('values of unexpected types reach the handler unchanged', async () => {
    const { receiver, handler } = setup()
    const event = text('a', { timestamp: '1692251666727', mode: 5, replyToken: 7, deliveryContext: 'yes' })
    expect((await receiver.handle(signed(delivery(event)))).status).toBe(200)
    expect(handler.mock.calls[0]?.[0]).toMatchObject({ event, isRedelivery: false, isOutOfOrder: false })
  })

  test('an event with an unknown mode reaches the handler', async () => {
    const { receiver, handler } = setup()
    expect((await receiver.handle(signed(delivery(text('a', { mode: 'resting' }))))).status).toBe(200)
    expect(handler).toHaveBeenCalledOnce()
  })

  test('ten thousand events of one chat in reverse order are handled in order of time', async () => {
    const { receiver } = setup({ maxBodySize: 10_000_000 })
    const times: unknown[] = []
    receiver.on('unknown', ({ event }) => void times.push(event['timestamp']))
    const events = Array.from({ length: 10_000 }, (_, i) => ({
      type: 'test',
      webhookEventId: `${i}`,
      timestamp: 10_000 - i,
      source: { type: 'user', userId: 'U1' },
    }))
    expect((await receiver.handle(signed(delivery(...events)))).status).toBe(200)
    expect(times).toEqual(Array.from({ length: 10_000 }, (_, i) => i + 1))
  })
})
