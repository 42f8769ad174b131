import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createLineClient, readContent, waitUntilReady } from 'line-oa'
import { createEmulator, type PersonMessage } from 'line-oa/emulator'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { TestClock } from '../../clock.js'
import { drive } from '../send-to-many/setup.js'

async function received(message: PersonMessage) {
  const emulator = createEmulator({ clock: 'manual' })
  const account = emulator.createAccount({ name: 'Tea House' })
  const asked: string[] = []
  const line = createLineClient({
    channelAccessToken: account.issueLongLivedToken(),
    clock: emulator.clock,
    fetch: (url, init) => {
      asked.push(String(url).replace(/.*\/\d+/, ''))
      return emulator.fetch(url, init)
    },
  })
  account.connect({ fetch: () => new Response() })
  const person = emulator.createPerson({ displayName: 'Mika' })
  await person.addFriend(account)
  const { event } = await person.send(account, message)
  return { emulator, account, person, line, asked, messageId: event.message.id }
}

const bytes = (length: number) => new Uint8Array(length).map((_, at) => at % 251)
const all = async (stream: ReadableStream<Uint8Array>) => Buffer.concat(await Array.fromAsync(stream))

describe('waitUntilReady()', () => {
  test('ends when the content is ready', async () => {
    const { emulator, line, messageId, asked } = await received({ type: 'video', preparation: 7000 })
    const start = emulator.clock.now()
    await drive(emulator, waitUntilReady(line, messageId))
    expect(asked).toEqual(Array(5).fill('/content/transcoding'))
    expect(emulator.clock.now() - start).toBeGreaterThanOrEqual(7000)
  })

  test('times out on the clock of the client', async () => {
    const { emulator, line, messageId, asked } = await received({ type: 'audio', preparation: 60_000 })
    const waited = waitUntilReady(line, messageId, { timeout: 10_000, interval: 3000 })
    await expect(drive(emulator, waited)).rejects.toMatchObject({
      code: 'LINE_TIMEOUT',
      outcome: 'unknown',
    })
    expect(asked).toHaveLength(4)
  })

  test('fails when LINE could not prepare the content', async () => {
    const { emulator, line, messageId } = await received({ type: 'video', preparation: 'failed' })
    const error = { code: 'LINE_API', lineMessage: 'failed', hint: expect.any(String) }
    await expect(drive(emulator, waitUntilReady(line, messageId))).rejects.toMatchObject(error)
  })

  test('ends with the signal, before and between two calls', async () => {
    const { line, messageId, asked } = await received({ type: 'video' })
    const controller = new AbortController()
    const waiting = waitUntilReady(line, messageId, { signal: controller.signal })
    await vi.waitFor(() => expect(asked).toHaveLength(1))
    controller.abort()
    await expect(waiting).rejects.toMatchObject({ code: 'LINE_ABORTED' })
    await expect(waitUntilReady(line, messageId, { signal: controller.signal })).rejects.toMatchObject({
      code: 'LINE_ABORTED',
    })
    expect(asked).toHaveLength(1)
  })

  test('fails for content that needs no preparation, and for unknown content', async () => {
    const { line, messageId } = await received({ type: 'image' })
    await expect(waitUntilReady(line, messageId)).rejects.toMatchObject({ code: 'LINE_API', status: 400 })
    await expect(waitUntilReady(line, '1')).rejects.toMatchObject({ code: 'LINE_NOT_FOUND' })
  })

  test.each([[0], [-1], [Number.NaN]])('with a timeout of %d ms sends no request', async (timeout) => {
    const { line, messageId, asked } = await received({ type: 'video' })
    await expect(waitUntilReady(line, messageId, { timeout })).rejects.toMatchObject({ code: 'LINE_TIMEOUT' })
    expect(asked).toEqual([])
  })
})

describe('readContent()', () => {
  test('returns the bytes with media type and length', async () => {
    const { line, messageId, asked } = await received({
      type: 'image',
      content: new Blob([bytes(3000)], { type: 'image/png' }),
    })
    const { stream, contentType, contentLength } = await readContent(line, messageId)
    expect({ contentType, contentLength }).toEqual({ contentType: 'image/png', contentLength: 3000 })
    expect(await all(stream)).toEqual(Buffer.from(bytes(3000)))
    expect(asked).toEqual(['/content'])
  })

  test('waits for content that is still being prepared, for which the operation alone returns no bytes', async () => {
    const { emulator, line, messageId, asked } = await received({
      type: 'video',
      content: bytes(100),
      preparation: 3000,
    })
    expect(await all((await line.messaging.getMessageContent({ messageId })).stream)).toHaveLength(0)
    const content = await drive(emulator, readContent(line, messageId, { interval: 2000 }))
    expect(await all(content.stream)).toHaveLength(100)
    expect(asked.slice(1)).toEqual(['/content', '/content/transcoding', '/content', '/content/transcoding', '/content'])
  })

  test('waits neither for content that LINE could not prepare nor beyond its timeout', async () => {
    const failed = await received({ type: 'video', preparation: 'failed' })
    await expect(drive(failed.emulator, readContent(failed.line, failed.messageId))).rejects.toMatchObject({
      code: expect.any(String),
    })
    const slow = await received({ type: 'video', preparation: 60_000 })
    const reading = readContent(slow.line, slow.messageId, { timeout: 5000 })
    await expect(drive(slow.emulator, reading)).rejects.toMatchObject({ code: 'LINE_TIMEOUT' })
  })

  test('returns the preview of an image', async () => {
    const { line, messageId, asked } = await received({ type: 'image' })
    expect((await readContent(line, messageId, { preview: true })).contentType).toBe('image/jpeg')
    expect(asked).toEqual(['/content/preview'])
  })

  test('distinguishes unknown content from unsent content', async () => {
    const { line, person, messageId } = await received({ type: 'image' })
    await expect(readContent(line, '1')).rejects.toMatchObject({ code: 'LINE_NOT_FOUND' })
    await person.unsend(messageId)
    await expect(readContent(line, messageId)).rejects.toMatchObject({ code: 'LINE_API', status: 410 })
  })
})

describe('maxBytes', () => {
  test('accepts a file of that size', async () => {
    const { line, messageId } = await received({ type: 'image', content: bytes(3000) })
    expect(await all((await readContent(line, messageId, { maxBytes: 3000 })).stream)).toHaveLength(3000)
  })

  test('refuses a larger file before it is read', async () => {
    const { line, messageId } = await received({ type: 'image', content: bytes(3001) })
    await expect(readContent(line, messageId, { maxBytes: 3000 })).rejects.toMatchObject({ code: 'LINE_INPUT' })
  })

  test('ends a file of unknown length without a byte above the limit', async () => {
    let cancelled = false
    const endless = new ReadableStream<Uint8Array>({
      pull: (controller) => controller.enqueue(bytes(1000)),
      cancel: () => {
        cancelled = true
      },
    })
    const line = createLineClient({ channelAccessToken: 't', fetch: async () => new Response(endless) })
    const { stream } = await readContent(line, '1', { maxBytes: 2500 })
    const got: Uint8Array[] = []
    const reading = (async () => {
      for await (const part of stream) got.push(part)
    })()
    await expect(reading).rejects.toMatchObject({ code: 'LINE_INPUT' })
    expect(Buffer.concat(got)).toHaveLength(2000)
    expect(cancelled).toBe(true)
  })

  test.each([[-1], [Number.NaN]])('of %d is refused before any request', async (maxBytes) => {
    const { line, messageId, asked } = await received({ type: 'image' })
    await expect(readContent(line, messageId, { maxBytes })).rejects.toMatchObject({ code: 'LINE_INPUT' })
    expect(asked).toEqual([])
  })
})

describe('the connection', () => {
  let close = () => {}
  afterEach(() => close())

  async function serve(listener: RequestListener) {
    const server = createServer(listener)
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
    close = () => {
      server.closeAllConnections()
      server.close()
    }
    const { port } = server.address() as AddressInfo // it listens on a port
    return { baseUrl: `http://127.0.0.1:${port}`, channelAccessToken: 't' }
  }

  /** A server that begins a file and never ends it, and what becomes of the connection. */
  async function halfFile(headers: { readonly [name: string]: string } = {}) {
    let closed = () => {}
    const isClosed = new Promise<void>((done) => {
      closed = done
    })
    const options = await serve((_, response) => {
      response.on('close', closed)
      response.writeHead(200, { 'content-type': 'video/mp4', ...headers }).write(bytes(10))
    })
    return { options, isClosed }
  }

  test('is closed when the stream is cancelled', async () => {
    const { options, isClosed } = await halfFile()
    const { stream } = await readContent(createLineClient(options), '1')
    const reader = stream.getReader()
    expect((await reader.read()).value).toHaveLength(10)
    await reader.cancel()
    await isClosed
  })

  test('is closed when a bounded stream is cancelled', async () => {
    const { options, isClosed } = await halfFile()
    const { stream } = await readContent(createLineClient(options), '1', { maxBytes: 1000 })
    await stream.cancel()
    await isClosed
  })

  test('is closed when the stated length exceeds the limit', async () => {
    const { options, isClosed } = await halfFile({ 'content-length': '1000' })
    await expect(readContent(createLineClient(options), '1', { maxBytes: 999 })).rejects.toMatchObject({
      code: 'LINE_INPUT',
    })
    await isClosed
  })

  test('is closed when LINE is not ready, with or without a body', async () => {
    const closed: (() => void)[] = []
    const isClosed = new Promise<void>((done) => closed.push(done))
    let asked = 0
    const options = await serve(({ url }, response) => {
      if (url?.endsWith('transcoding')) return response.writeHead(200).end('{"status":"succeeded"}')
      if (asked++ > 0) return response.writeHead(200).end('file')
      for (const done of closed) response.on('close', done)
      return response.writeHead(202).write('wait')
    })
    const clock = new TestClock()
    const { stream } = await clock.settle(readContent(createLineClient({ ...options, clock }), '1'))
    expect(String(await all(stream))).toBe('file')
    await isClosed
  })

  test('is closed when the signal is aborted while the file is read', async () => {
    const { options, isClosed } = await halfFile()
    const controller = new AbortController()
    const { stream } = await readContent(createLineClient(options), '1', { signal: controller.signal })
    const reader = stream.getReader()
    await reader.read()
    controller.abort()
    await expect(reader.read()).rejects.toMatchObject({ code: 'LINE_ABORTED' })
    await isClosed
  })

  test('is closed when the file exceeds the limit', async () => {
    const { options, isClosed } = await halfFile()
    const { stream } = await readContent(createLineClient(options), '1', { maxBytes: 5 })
    await expect(stream.getReader().read()).rejects.toMatchObject({ code: 'LINE_INPUT' })
    await isClosed
  })

  test('is closed when the file does not arrive in time', async () => {
    const { options, isClosed } = await halfFile()
    const clock = new TestClock()
    const { stream } = await readContent(createLineClient({ ...options, clock }), '1', { totalTimeout: 5000 })
    const reader = stream.getReader()
    await reader.read()
    const start = clock.now()
    await expect(clock.settle(reader.read())).rejects.toMatchObject({ code: 'LINE_TIMEOUT' })
    expect(clock.now() - start).toBe(5000)
    await isClosed
  })

  test('is only made to LINE: a redirect is not followed', async () => {
    const asked: (string | undefined)[] = []
    const options = await serve((request, response) => {
      asked.push(request.url)
      response.writeHead(302, { location: '/elsewhere' }).end()
    })
    await expect(readContent(createLineClient(options), '1')).rejects.toMatchObject({ code: 'LINE_API', status: 302 })
    expect(asked).toEqual(['/v2/bot/message/1/content'])
  })
})
