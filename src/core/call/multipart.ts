import { LineInputError } from '../errors.js'

/** A file that is uploaded while it is read, so that it is never completely in memory. Functions such as `audienceFile` create it. */
export interface StreamedFile {
  /** The bytes. They can be read only once, so a call with this file is never retried. */
  readonly stream: ReadableStream<Uint8Array>
  /** The media type, such as `text/plain`. */
  readonly type: string
  /** The file name that LINE receives. */
  readonly name: string
}

/** A multipart body that is being uploaded. */
export interface Upload {
  readonly body: ReadableStream<Uint8Array>
  /** The content type with its boundary. */
  readonly contentType: string
  /** Returns the error that a file threw while it was read. The body then ends without its closing boundary, so that LINE does not accept it as complete. */
  failure(): { readonly error: unknown } | undefined
  /** Stops reading when the call is over. Some runtimes continue to read after an abort or an early response. */
  close(): void
}

/** Returns whether a value is a file that is uploaded while it is read. */
export function isStreamedFile(value: unknown): value is StreamedFile {
  return typeof value === 'object' && value !== null && 'stream' in value && value.stream instanceof ReadableStream
}

// A runtime that cannot stream request bodies converts the stream to text and sets a content type.
function canStream(): boolean {
  const init: RequestInit & { duplex: 'half' } = { method: 'POST', body: new ReadableStream(), duplex: 'half' }
  return !new Request('https://line.invalid/', init).headers.has('content-type')
}

// Escaped as browsers do: https://html.spec.whatwg.org/multipage/form-control-infrastructure.html#multipart-form-data
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
    // The lock is kept, because it shows that the file was already read.
    await reader.cancel()
  }
}

/**
 * Encodes a form whose files are in memory.
 *
 * @throws {LineInputError} when a field is neither a simple value nor a file.
 */
export function encodeForm(fields: readonly (readonly [name: string, value: unknown])[], operation: string): FormData {
  const form = new FormData()
  for (const [name, value] of fields) {
    if (value instanceof Blob) form.append(name, value, value instanceof File ? value.name : name)
    else if (typeof value === 'object' || typeof value === 'function' || typeof value === 'symbol')
      throw new LineInputError(`${operation}: ${name} must be a string, a number, a Blob or a File`, { operation })
    else if (value !== undefined) form.append(name, String(value))
  }
  return form
}

/**
 * Encodes a form whose files are uploaded while they are read.
 *
 * @throws {LineInputError} when the runtime's fetch cannot stream a body.
 */
export function streamForm(fields: readonly (readonly [name: string, value: unknown])[], operation: string): Upload {
  if (!canStream())
    throw new LineInputError(`${operation}: this runtime cannot stream a request body; pass the file as a Blob`, {
      operation,
    })
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
          throw new LineInputError(`${operation}: ${name} was already read; create a new file for each call`, {
            operation,
          })
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
    // This also cancels the stream of the file. Its errors no longer matter.
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
            // A truncated body must not end like a complete one.
            else if (closed)
              controller.error(
                new LineInputError(`${operation}: the upload was stopped because the call has ended`, { operation }),
              )
            else controller.close()
          } catch (error) {
            failure = { error }
            controller.error(new LineInputError(`${operation}: a file could not be read completely`, { operation }))
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
