import { LineInputError } from '../errors.js'

/** A file that is sent while it is read, so that it is never in memory as a whole. A helper makes it, such as `audienceFile`. */
export interface StreamedFile {
  /** The bytes. They can be read once, so a call with this file is never repeated. */
  readonly stream: ReadableStream<Uint8Array>
  /** The media type, such as `text/plain`. */
  readonly type: string
  /** The name that LINE sees. */
  readonly name: string
}

/** A multipart body on its way. */
export interface Upload {
  readonly body: ReadableStream<Uint8Array>
  /** With the boundary. */
  readonly contentType: string
  /** What a file threw while it was read. The body ends there, without its closing boundary, so that nobody takes it for a whole one. */
  failure(): { readonly error: unknown } | undefined
  /** Stops reading, because the call is over. Some runtimes go on reading after an abort or an early answer. */
  close(): void
}

/** Tells whether a value is a file that is sent while it is read. */
export function isStreamedFile(value: unknown): value is StreamedFile {
  return typeof value === 'object' && value !== null && 'stream' in value && value.stream instanceof ReadableStream
}

// A runtime that cannot stream takes the stream for an object to be written as text, and says so by a content type.
function canStream(): boolean {
  const init: RequestInit & { duplex: 'half' } = { method: 'POST', body: new ReadableStream(), duplex: 'half' }
  return !new Request('https://line.invalid/', init).headers.has('content-type')
}

// As browsers write them: https://html.spec.whatwg.org/multipage/form-control-infrastructure.html#multipart-form-data
const escapes: { readonly [character: string]: string } = { '"': '%22', '\r': '%0D', '\n': '%0A' }
const quoted = (text: string) => `"${text.replace(/["\r\n]/g, (character) => escapes[character] ?? '')}"`

function head(name: string, value: unknown): string {
  const disposition = `Content-Disposition: form-data; name=${quoted(name)}`
  if (!isStreamedFile(value) && !(value instanceof Blob)) return disposition
  const fileName = 'name' in value && typeof value.name === 'string' ? value.name : name
  const type = value.type.replace(/[^\x20-\x7e]/g, '') || 'application/octet-stream'
  return `${disposition}; filename=${quoted(fileName)}\r\nContent-Type: ${type}`
}

async function* read(stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array, void, undefined> {
  const reader = stream.getReader()
  try {
    for (let part = await reader.read(); !part.done; part = await reader.read()) yield part.value
  } finally {
    // The lock stays: it is what tells a file that was read from one that was not.
    await reader.cancel()
  }
}

/**
 * Writes a form whose files are sent while they are read.
 *
 * @throws {LineInputError} where the runtime's fetch cannot stream a body.
 */
export function streamForm(fields: readonly (readonly [name: string, value: unknown])[], operation: string): Upload {
  if (!canStream())
    throw new LineInputError(
      `${operation}: this runtime cannot send a file while it is read; give the whole file as a Blob`,
      { operation },
    )
  const boundary = `line-oa-${crypto.randomUUID()}`
  const encoder = new TextEncoder()
  let failure: { readonly error: unknown } | undefined
  let closed = false

  async function* parts(): AsyncGenerator<Uint8Array, void, undefined> {
    for (const [name, value] of fields) {
      if (value === undefined) continue
      yield encoder.encode(`--${boundary}\r\n${head(name, value)}\r\n\r\n`)
      if (isStreamedFile(value)) {
        if (value.stream.locked)
          throw new LineInputError(
            `${operation}: ${name} was read before; a file that is sent while it is read serves one call`,
            {
              operation,
            },
          )
        yield* read(value.stream)
      } else if (value instanceof Blob) yield* read(value.stream())
      else yield encoder.encode(String(value))
      yield encoder.encode('\r\n')
    }
    yield encoder.encode(`--${boundary}--\r\n`)
  }

  const source = parts()
  const close = () => {
    closed = true
    // It ends the file's own source too. What that throws then concerns nobody.
    source.return().catch(() => {})
  }
  return {
    contentType: `multipart/form-data; boundary=${boundary}`,
    body: new ReadableStream<Uint8Array>(
      {
        async pull(controller) {
          try {
            const { done, value } = await source.next()
            if (!done) controller.enqueue(value)
            // A body that was cut off must not end like a whole one.
            else if (closed) controller.error(new Error('the call is over'))
            else controller.close()
          } catch (error) {
            failure = { error }
            controller.error(new Error('a file could not be read to its end'))
          }
        },
        cancel: close,
      },
      { highWaterMark: 0 },
    ),
    failure: () => failure,
    close,
  }
}
