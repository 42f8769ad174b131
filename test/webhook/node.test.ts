import {
  createServer,
  request as httpRequest,
  type IncomingMessage,
  type OutgoingHttpHeaders,
  type Server,
  type ServerResponse,
} from 'node:http'
import type { AddressInfo } from 'node:net'
import { connect } from 'node:net'
import { createReceiver } from 'line-oa/webhook'
import { toNodeHandler } from 'line-oa/webhook/node'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { gate } from './setup.js'
import { channelSecret, delivery, sign, text } from './signed.js'

type Handler = (request: IncomingMessage, response: ServerResponse) => unknown

const servers: Server[] = []

afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections()
    await new Promise((done) => server.close(done))
  }
})

async function listen(handler: Handler): Promise<number> {
  const server = createServer(handler)
  servers.push(server)
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  return (server.address() as AddressInfo).port // a TCP server has an AddressInfo
}

interface Sent {
  readonly method?: string
  readonly path?: string
  readonly headers?: OutgoingHttpHeaders
  readonly body?: string | Uint8Array | readonly (string | Uint8Array)[]
}

function send(port: number, { method = 'POST', path = '/webhook', headers = {}, body = [] }: Sent) {
  return new Promise<{ status: number | undefined; text: string; headers: IncomingMessage['headers'] }>(
    (done, fail) => {
      const sent = httpRequest({ port, host: '127.0.0.1', method, path, headers }, (response) => {
        let text = ''
        response
          .setEncoding('utf8')
          .on('data', (part: string) => {
            text += part
          })
          .on('end', () => done({ status: response.statusCode, text, headers: response.headers }))
      })
      sent.on('error', fail)
      for (const part of typeof body === 'string' || body instanceof Uint8Array ? [body] : body) sent.write(part)
      sent.end()
    },
  )
}

function setup(options: { readonly maxBodySize?: number } = {}) {
  const errors: unknown[] = []
  const texts: string[] = []
  const receiver = createReceiver({ channelSecret, ...options, onError: (error) => void errors.push(error) })
  receiver.on('message:text', ({ event }) => void texts.push(event.message.text))
  return { receiver, handler: toNodeHandler(receiver), errors, texts }
}

const body = delivery(text('こんにちは'))
const headers = { 'x-line-signature': sign(body) }

describe('toNodeHandler', () => {
  test('handles requests of a node:http server', async () => {
    const { handler, texts } = setup()
    const answer = await send(await listen(handler), { headers, body })
    expect(answer).toMatchObject({ status: 200, text: 'OK', headers: { 'content-type': 'text/plain;charset=UTF-8' } })
    expect(texts).toEqual(['こんにちは'])
  })

  test('reads a chunked body that is split within characters', async () => {
    const { handler, texts } = setup()
    const parts = [...Buffer.from(body)].map((byte) => Buffer.of(byte))
    expect((await send(await listen(handler), { headers, body: parts })).status).toBe(200)
    expect(texts).toEqual(['こんにちは'])
  })

  test('handles several deliveries on one connection', async () => {
    const { handler, texts } = setup()
    const url = `http://127.0.0.1:${await listen(handler)}/`
    for (const body of ['a', 'b', 'c'].map((word) => delivery(text(word)))) {
      const headers = { 'x-line-signature': sign(body) }
      expect(await (await fetch(url, { method: 'POST', headers, body })).text()).toBe('OK')
    }
    expect(texts).toEqual(['a', 'b', 'c'])
  })

  test('works under any mount path', async () => {
    const { handler, texts } = setup()
    // Express and Connect remove the matched part from the URL.
    const port = await listen((request, response) => {
      Object.assign(request, { originalUrl: request.url, baseUrl: '/bots/line', url: '/' })
      return handler(request, response)
    })
    expect((await send(port, { path: '/bots/line?x=1', headers, body })).status).toBe(200)
    expect(texts).toHaveLength(1)
  })

  test('works behind middleware that paused the request and waited', async () => {
    const { handler, texts } = setup()
    const port = await listen((request, response) => {
      request.pause()
      setImmediate(() => setImmediate(() => void handler(request, response)))
    })
    expect((await send(port, { headers, body })).status).toBe(200)
    expect(texts).toHaveLength(1)
  })

  test('reads the same bytes when middleware has set an encoding', async () => {
    for (const encoding of ['utf8', 'latin1', 'hex'] as const) {
      const { handler, texts } = setup()
      const port = await listen((request, response) => handler(request.setEncoding(encoding), response))
      expect((await send(port, { headers, body })).status).toBe(200)
      expect(texts).toEqual(['こんにちは'])
    }
  })

  test('does not write a response when middleware has already sent one', async () => {
    const { receiver, handler, errors } = setup()
    let answer = () => {}
    receiver.on('message', () => answer())
    let done: Promise<unknown> = Promise.resolve()
    const port = await listen((request, response) => {
      answer = () => response.writeHead(503).end()
      done = handler(request, response)
    })
    expect((await send(port, { headers, body })).status).toBe(503)
    await done
    expect(errors).toEqual([])
  })

  test('answers 500 when a handler fails', async () => {
    const { receiver, handler, errors } = setup()
    receiver.on('message', () => Promise.reject(new Error('broken')))
    const answer = await send(await listen(handler), { headers, body })
    expect(answer.status).toBe(500)
    expect(answer.text).not.toContain('broken')
    expect(errors).toEqual([new Error('broken')])
  })

  test.each(['GET', 'PUT', 'DELETE', 'OPTIONS'])('answers 405 to %s', async (method) => {
    const { handler } = setup()
    expect(await send(await listen(handler), { method })).toMatchObject({ status: 405, headers: { allow: 'POST' } })
  })

  test.each<[string, OutgoingHttpHeaders]>([
    ['missing', {}],
    ['wrong', { 'x-line-signature': sign('another body') }],
    ['double', { 'x-line-signature': [sign(body), sign(body)] }],
    ['not base64', { 'x-line-signature': `${'!'.repeat(43)}=` }],
    ['url-safe', { 'x-line-signature': sign(body).replaceAll('/', '_').replaceAll('+', '-').replace('=', '-') }],
  ])('answers 401 to a signature that is %s', async (_, headers) => {
    const { handler, texts, errors } = setup()
    expect((await send(await listen(handler), { headers, body })).status).toBe(401)
    expect(texts).toEqual([])
    expect(errors).toEqual([])
  })

  test('accepts the signature header in any case', async () => {
    const { handler } = setup()
    expect((await send(await listen(handler), { headers: { 'X-LINE-SIGNATURE': sign(body) }, body })).status).toBe(200)
  })

  test.each<[string, OutgoingHttpHeaders]>([
    ['with a Content-Length', { 'content-length': 10_485_760 }],
    ['in chunks', {}],
  ])('answers 413 to a 10 MB body %s', async (_, more) => {
    const { handler, texts } = setup()
    const large = Buffer.alloc(10_485_760, 0x20)
    const port = await listen(handler)
    expect((await send(port, { headers: { 'x-line-signature': sign(large), ...more }, body: large })).status).toBe(413)
    expect((await send(port, { headers, body })).status).toBe(200)
    expect(texts).toHaveLength(1)
  })

  test.each<[string, OutgoingHttpHeaders, number]>([
    ['a Content-Length over the limit with 413', headers, 413],
    ['a header that cannot be a signature with 401', { 'x-line-signature': 'nonsense' }, 401],
  ])('answers %s before the body arrives', async (_, headers, status) => {
    const { handler } = setup()
    const port = await listen(handler)
    const answered = await new Promise((done, fail) => {
      const sent = httpRequest(
        { port, host: '127.0.0.1', method: 'POST', headers: { ...headers, 'content-length': 10_485_760 } },
        (response) => {
          done(response.statusCode)
          sent.destroy()
        },
      )
      sent.on('error', fail)
      sent.flushHeaders()
    })
    expect(answered).toBe(status)
  })

  test('answers 413 without waiting for the end of the body', async () => {
    const { handler } = setup()
    const port = await listen(handler)
    const status = await new Promise((done, fail) => {
      const sent = httpRequest({ port, host: '127.0.0.1', method: 'POST', headers }, (response) => {
        done(response.statusCode)
        sent.destroy()
      })
      sent.on('error', fail)
      sent.write(Buffer.alloc(1_048_577)) // and never ends
    })
    expect(status).toBe(413)
  })

  test('accepts a body of exactly the limit and refuses one byte more', async () => {
    const length = Buffer.byteLength(body)
    for (const [maxBodySize, status] of [
      [length, 200],
      [length - 1, 413],
    ] as const) {
      const port = await listen(setup({ maxBodySize }).handler)
      expect((await send(port, { headers, body })).status).toBe(status)
      expect((await send(port, { headers: { ...headers, 'content-length': length }, body })).status).toBe(status)
    }
  })

  test('reports no error when the client disconnects in mid body', async () => {
    const { handler, errors, texts } = setup()
    let done: Promise<unknown> = Promise.resolve()
    const begun = new Promise<void>((begin) => {
      void listen((request, response) => {
        done = handler(request, response)
        begin()
      }).then((port) => {
        const socket = connect(port, '127.0.0.1')
        const head = `POST / HTTP/1.1\r\nhost: bot.example\r\nx-line-signature: ${sign(body)}\r\ncontent-length: 1000\r\n\r\n{"dest`
        socket.write(head, () => socket.destroy())
      })
    })
    await begun
    await done
    expect(errors).toEqual([])
    expect(texts).toEqual([])
  })

  test('reports no error when the client disconnected before the handler was called', async () => {
    const { handler, errors } = setup()
    const finished = new Promise<void>((done) => {
      void listen((request, response) => {
        request.on('error', () => {}).once('close', () => void handler(request, response).then(done))
        request.destroy()
      }).then((port) => send(port, { headers, body }).catch(() => {}))
    })
    await finished
    expect(errors).toEqual([])
  })

  describe('behind a body parser', () => {
    // Body parsers read the whole stream and add properties to the request.
    async function behind(parsed: (bytes: Buffer) => object) {
      const { handler, errors, texts } = setup()
      const port = await listen(async (request, response) => {
        const parts: Buffer[] = []
        for await (const part of request) parts.push(part)
        Object.assign(request, parsed(Buffer.concat(parts)))
        await handler(request, response)
      })
      return { ...(await send(port, { headers, body })), errors, texts }
    }

    test.each<[string, (bytes: Buffer) => object]>([
      ['rawBody as bytes', (bytes) => ({ rawBody: bytes, body: JSON.parse(bytes.toString()) })],
      ['rawBody as a string', (bytes) => ({ rawBody: bytes.toString(), body: {} })],
      ['body as bytes', (bytes) => ({ body: bytes })],
      ['body as a string', (bytes) => ({ body: bytes.toString() })],
    ])('works when the parser leaves %s', async (_, parsed) => {
      const { status, errors, texts } = await behind(parsed)
      expect(status).toBe(200)
      expect(texts).toEqual(['こんにちは'])
      expect(errors).toEqual([])
    })

    test('answers 500 when the parser leaves only the parsed body, and reports the cause to onError only', async () => {
      const { status, text, errors, texts } = await behind((bytes) => ({ body: JSON.parse(bytes.toString()) }))
      expect(status).toBe(500)
      expect(texts).toEqual([])
      expect(errors).toMatchObject([{ code: 'LINE_INPUT' }])
      for (const error of errors) expect(text).not.toContain((error as Error).message)
    })

    test('answers 500 when the parser leaves nothing', async () => {
      const { status, errors } = await behind(() => ({}))
      expect(status).toBe(500)
      expect(errors).toMatchObject([{ code: 'LINE_INPUT' }])
    })

    test('verifies the signature of rawBody too', async () => {
      const { status, texts } = await behind((bytes) => ({ rawBody: Buffer.concat([bytes, Buffer.from(' ')]) }))
      expect(status).toBe(401)
      expect(texts).toEqual([])
    })
  })

  test('drain waits for a delivery whose client has disconnected', async () => {
    const { receiver, handler, texts } = setup()
    const { open, passed } = gate()
    const started = gate()
    receiver.on('message', async () => {
      started.open()
      await passed
      texts.push('done')
    })
    const port = await listen(handler)
    const gone = new Promise<void>((done) => {
      const sent = httpRequest({ port, host: '127.0.0.1', method: 'POST', headers })
      sent.on('error', () => done()).end(body)
      void started.passed.then(() => sent.destroy())
    })
    await gone
    const drain = receiver.drain()
    open()
    await drain
    expect(texts).toEqual(['こんにちは', 'done'])
  })
})

describe('whether work can continue after the response', () => {
  const stopping = ['K_SERVICE', 'FUNCTION_TARGET', 'AWS_LAMBDA_FUNCTION_NAME', 'FUNCTIONS_WORKER_RUNTIME', 'VERCEL']

  async function answersEarly(options?: { continuesAfterResponse?: boolean }): Promise<boolean> {
    const { open, passed } = gate()
    const started = gate()
    const receiver = createReceiver({ channelSecret, ack: 'early' }).on('message', () => {
      started.open()
      return passed
    })
    const port = await listen(toNodeHandler(receiver, options))
    const body = delivery(text('a'))
    let answered = false
    const answer = send(port, { headers: { 'x-line-signature': sign(body) }, body }).then(() => {
      answered = true
    })
    await started.passed
    // An early response is written before these requests arrive. One that waits for the handler cannot come before `open`.
    for (let i = 0; i < 3; i++) expect((await send(port, { method: 'GET' })).status).toBe(405)
    const early = answered
    open()
    await answer
    return early
  }

  afterEach(() => vi.unstubAllEnvs())

  test('it can on a server, so that an early response is sent', async () => {
    for (const name of stopping) vi.stubEnv(name, '')
    expect(await answersEarly()).toBe(true)
    expect(await answersEarly({ continuesAfterResponse: false })).toBe(false)
  })

  test.each(stopping)('it cannot in an environment with %s, unless the option says so', async (name) => {
    vi.stubEnv(name, 'x')
    expect(await answersEarly()).toBe(false)
    expect(await answersEarly({ continuesAfterResponse: true })).toBe(true)
  })
})
