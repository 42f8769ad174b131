import type { Operation, StreamedFile } from 'line-oa'
import { createCaller } from 'line-oa/core'
import { describe, expect, test, vi } from 'vitest'
import { TestClock } from '../clock.js'
import { requestOf } from '../requests.js'

interface Upload {
  readonly note?: string | undefined
  readonly count?: number | undefined
  readonly file: Blob | StreamedFile
}

const upload: Operation<Upload, { id: string }> = {
  method: 'POST',
  host: 'data',
  path: '/upload',
  body: 'multipart',
  repeat: 'never',
  docs: '',
}

const bytes = (text: string) => new TextEncoder().encode(text)

/** A file whose parts are read one by one; an error among them is thrown at its place. */
function streamed(parts: Iterable<string | Error>, closed: () => void = () => {}, name = 'ids.txt'): StreamedFile {
  const source = parts[Symbol.iterator]()
  const stream = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        const { done, value } = source.next()
        if (done) controller.close()
        else if (typeof value === 'string') controller.enqueue(bytes(value))
        else throw value
      },
      cancel: closed,
    },
    { highWaterMark: 0 },
  )
  return { stream, type: 'text/plain', name }
}

function readerOf(body: unknown): ReadableStreamDefaultReader<Uint8Array> {
  if (!(body instanceof ReadableStream)) throw new Error('the body is not a stream')
  return body.getReader()
}

async function readForm(input: Upload): Promise<FormData> {
  return (await requestOf(upload, input)).formData()
}

/** Calls the upload with a file, and stops where the body of the request is: `look` reads as much of it as it likes. */
async function lookAtBody(
  file: StreamedFile,
  look: (reader: ReadableStreamDefaultReader<Uint8Array>) => Promise<void>,
): Promise<void> {
  const fetch: typeof globalThis.fetch = async (_, init) => {
    await look(readerOf(init?.body))
    return ok()
  }
  await createCaller({ channelAccessToken: 'token', fetch, clock: new TestClock() }).call(upload, { file })
}

const ok = () => new Response('{"id":"1"}')

/** Reads a body to its end, as a server does. */
const reading: typeof fetch = async (_, init) => {
  await new Response(init?.body ?? null).text()
  return ok()
}

describe('a multipart body with a streamed file', () => {
  test('equals the form that the runtime encodes', async () => {
    const form = await readForm({ note: 'a "note"\nof é', count: 3, file: streamed(['U1\n', 'U2']) })
    expect([...form.keys()]).toEqual(['note', 'count', 'file'])
    expect(form.get('note')).toBe('a "note"\nof é')
    expect(form.get('count')).toBe('3')
    const file = form.get('file')
    expect(file).toBeInstanceOf(File)
    expect(file).toMatchObject({ name: 'ids.txt', type: 'text/plain' })
    expect(await new Response(file).text()).toBe('U1\nU2')
  })

  test('can contain Blobs besides a streamed file, and omits undefined values', async () => {
    const input = { note: undefined, other: new Blob(['x'], { type: 'image/png' }), file: streamed(['U1']) }
    const form = await readForm(input)
    expect([...form.keys()]).toEqual(['other', 'file'])
    expect(form.get('other')).toMatchObject({ type: 'image/png', size: 1, name: 'other' })
  })

  test('escapes file names so that they cannot end the header', async () => {
    const name = 'a"; x="\r\nset-cookie: 1'
    const request = await requestOf(upload, { file: streamed(['U1'], undefined, name) })
    const text = await request.clone().text()
    expect(text).toContain('filename="a%22; x=%22%0D%0Aset-cookie: 1"\r\n')
    const form = await request.formData()
    expect([...form.keys()]).toEqual(['file'])
    expect(form.get('file')).toMatchObject({ name })
    const odd = { ...streamed(['U1']), type: 'text/plain\r\nx: y' }
    expect(await readForm({ file: odd }).then((read) => read.get('file'))).toMatchObject({
      type: expect.not.stringMatching(/[\r\n]/),
    })
  })

  test('is read only as fast as the request is sent', async () => {
    let read = 0
    const parts = function* () {
      for (; read < 100; read++) yield 'U1\n'
    }
    await lookAtBody(streamed(parts()), async (reader) => {
      for (let pull = 0; pull < 4; pull++) await reader.read()
    })
    expect(read).toBeGreaterThan(0)
    expect(read).toBeLessThanOrEqual(4)
  })

  test('has another boundary each time', async () => {
    const requests = await Promise.all([1, 2].map(() => requestOf(upload, { file: streamed([]) })))
    const types = requests.map(({ headers }) => headers.get('content-type'))
    expect(types[0]).toMatch(/^multipart\/form-data; boundary=[\w-]{30,70}$/)
    expect(types[0]).not.toBe(types[1])
  })

  test('is refused before anything is sent if the runtime cannot stream', async () => {
    class OldRequest {
      headers = new Headers({ 'content-type': 'text/plain' })
    }
    vi.stubGlobal('Request', OldRequest)
    try {
      const fetch = vi.fn(reading)
      const caller = createCaller({ channelAccessToken: 'token', fetch })
      await expect(caller.call(upload, { file: streamed(['U1']) })).rejects.toMatchObject({ code: 'LINE_INPUT' })
      expect(fetch).not.toHaveBeenCalled()
    } finally {
      vi.unstubAllGlobals()
    }
  })
})

describe('a call with a streamed file', () => {
  const call = (file: StreamedFile, fetch: typeof globalThis.fetch, clock = new TestClock()) =>
    clock.settle(createCaller({ channelAccessToken: 'token', fetch, clock }).call(upload, { file }))

  test('sends the file once, with duplex half', async () => {
    const inits: (RequestInit & { duplex?: string })[] = []
    const answer = await call(streamed(['U1']), async (url, init = {}) => {
      inits.push(init)
      return reading(url, init)
    })
    expect(answer).toEqual({ id: '1' })
    expect(inits).toHaveLength(1)
    expect(inits[0]).toMatchObject({
      method: 'POST',
      duplex: 'half',
      headers: { 'content-type': expect.stringContaining('boundary=') },
    })
  })

  test('rejects with the error of the file, and leaves the body unfinished', async () => {
    const thrown = new Error('the database is gone')
    let sent = ''
    const failed = call(streamed(['U1\n', thrown]), async (_, init) => {
      const reader = readerOf(init?.body)
      for (let part = await reader.read(); !part.done; part = await reader.read())
        sent += new TextDecoder().decode(part.value)
      return ok()
    })
    await expect(failed).rejects.toBe(thrown)
    expect(sent).toContain('U1')
    expect(sent).not.toMatch(/--\r\n$/)
  })

  test('returns a response that arrives before the end of the file, and closes the file', async () => {
    const closed = vi.fn()
    const parts = function* () {
      for (;;) yield 'U1\n'
    }
    const early = call(streamed(parts(), closed), async (_, init) => {
      const reader = readerOf(init?.body)
      await reader.read()
      await reader.read()
      return new Response('{"message":"no"}', { status: 401 })
    })
    await expect(early).rejects.toMatchObject({ code: 'LINE_AUTHENTICATION', outcome: 'rejected' })
    expect(closed).toHaveBeenCalledTimes(1)
  })

  test('times out after a minute, and closes the file', async () => {
    const closed = vi.fn()
    const clock = new TestClock()
    const from = clock.now()
    let reader: ReadableStreamDefaultReader<Uint8Array> | undefined
    const hanging: typeof fetch = async (_, init) => {
      reader = readerOf(init?.body)
      await reader.read()
      await reader.read()
      return new Promise(() => {})
    }
    await expect(call(streamed(['U1', 'U2'], closed), hanging, clock)).rejects.toMatchObject({
      code: 'LINE_TIMEOUT',
      outcome: 'unknown',
    })
    expect(clock.now() - from).toBe(60_000)
    expect(closed).toHaveBeenCalledTimes(1)
    expect(clock.pending).toBe(0)
    await expect(reader?.read()).rejects.toThrow(Error)
  })

  test('is never retried', async () => {
    for (const status of [429, 500, 503]) {
      const fetch = vi.fn(async () => new Response('{"message":"later"}', { status }))
      await expect(call(streamed(['U1']), fetch)).rejects.toMatchObject({ status })
      expect(fetch).toHaveBeenCalledTimes(1)
    }
  })

  test('refuses a file that was already read', async () => {
    const file = streamed(['U1'])
    await call(file, reading)
    await expect(call(file, reading)).rejects.toMatchObject({ code: 'LINE_INPUT' })
  })

  test('that fails before anything is sent leaves the file unread', async () => {
    const file = streamed(['U1'])
    const caller = createCaller({ fetch: reading })
    await expect(caller.call(upload, { file })).rejects.toMatchObject({ code: 'LINE_INPUT' })
    expect(await call(file, reading)).toEqual({ id: '1' })
  })
})
