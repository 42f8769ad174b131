import { createReceiver, type FetchContext } from 'line-oa/webhook'
import { describe, expect, test, vi } from 'vitest'
import { gate, settle, setup } from './setup.js'
import { channelSecret, delivery, destination, request, sign, signed, text } from './signed.js'

describe('fetch', () => {
  test('calls the handler with the unchanged event and answers 200', async () => {
    const { receiver } = setup()
    const seen: unknown[] = []
    receiver.on('message', ({ event, destination }) => void seen.push([event, destination]))
    const event = text('Hello', { aFieldOfTomorrow: { deep: [1] } })
    const body = delivery(event)
    const response = await receiver.fetch(request(body, sign(body)))
    expect(response.status).toBe(200)
    expect(seen).toEqual([[event, destination]])
  })

  test('answers 200 to the delivery without events that the Verify button of the console sends', async () => {
    const { receiver, errors } = setup()
    const handler = vi.fn()
    receiver.on('*', handler).on('unknown', handler)
    // Body and signature come from LINE's documentation.
    const response = await receiver.fetch(
      request(
        '{"destination":"U8e742f61d673b39c7fff3cecb7536ef0","events":[]}',
        'GhRKmvmHys4Pi8DxkF4+EayaH0OqtJtaZxgTD9fMDLs=',
      ),
    )
    expect(response.status).toBe(200)
    expect(handler).not.toHaveBeenCalled()
    expect(errors).toEqual([])
  })

  test('works without `this`', async () => {
    const { fetch, on } = setup().receiver
    const handler = vi.fn()
    on('message', handler)
    const body = delivery(text('Hello'))
    expect((await fetch(request(body, sign(body)))).status).toBe(200)
    expect(handler).toHaveBeenCalledOnce()
  })

  test('accepts the signature header in any case', async () => {
    const { receiver } = setup()
    const body = delivery()
    const headers = { 'X-LINE-Signature': sign(body) }
    expect((await receiver.fetch(request(body, undefined, { headers }))).status).toBe(200)
  })

  test.each(['GET', 'HEAD', 'PUT', 'DELETE', 'OPTIONS', 'PATCH'])('answers 405 to %s', async (method) => {
    const { receiver } = setup()
    const response = await receiver.fetch(new Request('https://bot.example/webhook', { method }))
    expect(response.status).toBe(405)
    expect(response.headers.get('allow')).toBe('POST')
  })

  test('answers 401 without reading the body when the header cannot be a signature', async () => {
    const { receiver } = setup()
    const pull = vi.fn()
    const body = new ReadableStream<Uint8Array>({ pull }, { highWaterMark: 0 })
    expect((await receiver.fetch(request(body, 'nonsense'))).status).toBe(401)
    expect(pull).not.toHaveBeenCalled()
  })

  test('answers 401 to two signature headers, even if both are valid', async () => {
    const { receiver } = setup()
    const body = delivery()
    const asked = request(body, sign(body))
    asked.headers.append('x-line-signature', sign(body))
    expect((await receiver.fetch(asked)).status).toBe(401)
  })

  test('reads a body in chunks that split characters', async () => {
    const { receiver } = setup()
    const handler = vi.fn()
    receiver.on('message:text', ({ event }) => handler(event.message.text))
    const bytes = new TextEncoder().encode(delivery(text('こんにちは 🙂')))
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        for (const byte of bytes) controller.enqueue(Uint8Array.of(byte))
        controller.close()
      },
    })
    expect((await receiver.fetch(request(body, sign(bytes)))).status).toBe(200)
    expect(handler).toHaveBeenCalledExactlyOnceWith('こんにちは 🙂')
  })

  test('answers 413 as soon as the body exceeds the limit and stops reading', async () => {
    const { receiver } = setup()
    let sent = 0
    let cancelled = false
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        sent += 65_536
        controller.enqueue(new Uint8Array(65_536))
      },
      cancel() {
        cancelled = true
      },
    })
    expect((await receiver.fetch(request(endless, sign('')))).status).toBe(413)
    expect(sent).toBeLessThan(1_048_576 + 4 * 65_536)
    expect(cancelled).toBe(true)
  })

  test('answers 413 to a length over the limit without reading', async () => {
    const { receiver } = setup()
    const pull = vi.fn()
    const body = new ReadableStream<Uint8Array>({ pull }, { highWaterMark: 0 })
    const headers = { 'x-line-signature': sign(''), 'content-length': '10485760' }
    expect((await receiver.fetch(request(body, undefined, { headers }))).status).toBe(413)
    expect(pull).not.toHaveBeenCalled()
  })

  test('does not believe a length that is too small', async () => {
    const { receiver } = setup()
    const body = new Uint8Array(10_485_760)
    const headers = { 'x-line-signature': sign(body), 'content-length': '1' }
    expect((await receiver.fetch(request(body, undefined, { headers }))).status).toBe(413)
  })

  test('accepts a body of exactly the limit and refuses one byte more', async () => {
    const body = delivery()
    for (const [maxBodySize, status] of [
      [body.length, 200],
      [body.length - 1, 413],
    ] as const) {
      const receiver = createReceiver({ channelSecret, maxBodySize })
      expect((await receiver.fetch(request(body, sign(body)))).status).toBe(status)
      expect((await receiver.handle(signed(body))).status).toBe(status)
    }
  })

  test('answers 400 to a client that disconnects in mid body, and reports no error', async () => {
    const { receiver, errors } = setup()
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        controller.enqueue(new TextEncoder().encode('{"destin'))
        controller.error(new Error('connection reset'))
      },
    })
    expect((await receiver.fetch(request(body, sign('')))).status).toBe(400)
    expect(errors).toEqual([])
  })

  test('answers 413 to a stream whose chunks are not bytes', async () => {
    const { receiver } = setup()
    const asked = request(delivery(), sign(delivery()))
    let read = 0
    const strange = {
      getReader: () => ({ read: async () => ({ done: read++ > 9, value: {} }), cancel: async () => {} }),
      locked: false,
    }
    Object.defineProperty(asked, 'body', { value: strange })
    expect((await receiver.fetch(asked)).status).toBe(413)
  })

  test('answers 500 when the body was already read, and reports LINE_INPUT', async () => {
    const { receiver, errors } = setup()
    const body = delivery(text('Hello'))
    const read = request(body, sign(body))
    await read.text()
    expect((await receiver.fetch(read)).status).toBe(500)
    const locked = request(body, sign(body))
    locked.body?.getReader()
    expect((await receiver.fetch(locked)).status).toBe(500)
    expect(errors).toHaveLength(2)
    for (const { error, event } of errors) {
      expect(error).toMatchObject({ code: 'LINE_INPUT' })
      expect(event).toBeUndefined()
    }
  })

  test('answers 401 to an unsigned POST without a body, and 400 to a signed one', async () => {
    const { receiver } = setup()
    const bare = (signature: string) =>
      new Request('https://bot.example/webhook', { method: 'POST', headers: { 'x-line-signature': signature } })
    expect((await receiver.fetch(bare(sign('x')))).status).toBe(401)
    expect((await receiver.fetch(bare(sign('')))).status).toBe(400)
  })

  test('passes the work to waitUntil as a method call and still waits for the handlers', async () => {
    class WorkerContext implements FetchContext {
      readonly #kept: Promise<unknown>[] = []
      waitUntil(work: Promise<unknown>) {
        this.#kept.push(work) // throws unless it is called as a method
      }
      get kept() {
        return this.#kept
      }
    }
    const { receiver } = setup()
    const { open, passed } = gate()
    receiver.on('message', () => passed)
    const context = new WorkerContext()
    const body = delivery(text('Hello'))
    let answered = false
    const response = receiver.fetch(request(body, sign(body)), context).finally(() => {
      answered = true
    })
    await settle()
    expect(context.kept).toHaveLength(1)
    expect(answered).toBe(false)
    open()
    expect((await response).status).toBe(200)
    await context.kept[0]
  })

  test('works when the runtime passes another second argument', async () => {
    const { receiver } = setup()
    const serverOfBun = { port: 3000 } as unknown as FetchContext // Bun passes its server, which the types do not allow
    const body = delivery()
    expect((await receiver.fetch(request(body, sign(body)), serverOfBun)).status).toBe(200)
  })
})
