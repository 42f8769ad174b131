import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { Operation, StreamedFile } from 'line-oa'
import { createCaller } from 'line-oa/core'
import { afterEach, expect, test } from 'vitest'

const upload: Operation<{ file: StreamedFile }, { length: number }> = {
  method: 'PUT',
  host: 'data',
  path: '/upload',
  body: 'multipart',
  repeat: 'never',
  docs: '',
}

let server: Server | undefined

afterEach(() => {
  server?.closeAllConnections()
  server?.close()
})

async function listen(
  answer: (request: IncomingMessage) => Promise<{ status: number; body: object }>,
): Promise<string> {
  server = createServer(async (request, response) => {
    const { status, body } = await answer(request)
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  return typeof address === 'object' && address ? `http://127.0.0.1:${address.port}` : ''
}

function fileOf(parts: AsyncGenerator<Uint8Array>): StreamedFile {
  const stream = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await parts.next()
      if (done) controller.close()
      else controller.enqueue(value)
    },
    async cancel() {
      await parts.return(undefined)
    },
  })
  return { stream, type: 'text/plain', name: 'ids.txt' }
}

const block = new Uint8Array(64_000).fill(85)

test('over HTTP, parts arrive before later ones are made', async () => {
  let arrived = () => {}
  const first = new Promise<void>((resolve) => {
    arrived = resolve
  })
  const parts = async function* () {
    yield block
    await first
    yield block
  }
  const baseUrl = await listen(async (request) => {
    let length = 0
    for await (const part of request) {
      length += part.length
      if (length > block.length) arrived()
    }
    expect(request.headers['transfer-encoding']).toBe('chunked')
    return { status: 200, body: { length } }
  })
  const { length } = await createCaller({ channelAccessToken: 'token', baseUrl }).call(upload, {
    file: fileOf(parts()),
  })
  expect(length).toBeGreaterThan(2 * block.length)
})

test('over HTTP, the server never sees the end of a file that throws', async () => {
  let whole = false
  const parts = async function* () {
    yield block
    throw new RangeError('line 2')
  }
  const baseUrl = await listen(async (request) => {
    for await (const _ of request);
    whole = true
    return { status: 200, body: {} }
  })
  await expect(
    createCaller({ channelAccessToken: 'token', baseUrl }).call(upload, { file: fileOf(parts()) }),
  ).rejects.toThrow(RangeError)
  expect(whole).toBe(false)
})

test('over HTTP, an early response ends the reading of the file', async () => {
  let ended = () => {}
  const over = new Promise<void>((resolve) => {
    ended = resolve
  })
  const parts = async function* () {
    try {
      for (;;) yield block
    } finally {
      ended()
    }
  }
  const baseUrl = await listen(async () => ({ status: 403, body: { message: 'no' } }))
  await expect(
    createCaller({ channelAccessToken: 'token', baseUrl }).call(upload, { file: fileOf(parts()) }),
  ).rejects.toMatchObject({
    status: 403,
  })
  await over
})
