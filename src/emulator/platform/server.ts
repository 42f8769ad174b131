import { nodeBuiltin } from '../../core/crypto.js'
import { LineInputError } from '../../core/errors.js'
import { type Answer, type Incoming, join, type TextAnswer } from './exchange.js'
import { ConnectionReset } from './fetch.js'

/** The emulator on a port of this machine. Its one origin serves the endpoints of all of LINE's hosts. */
export interface EmulatorServer {
  /** The origin without a trailing slash, such as `http://127.0.0.1:49152`. Use it as the client's `baseUrl`. */
  readonly url: string
  /** The port that the server listens on. */
  readonly port: number
  /** Closes the server and every open connection. */
  close(): Promise<void>
}

// The part of node:http that is used here. The package is compiled without the types of Node.
interface Message extends AsyncIterable<Uint8Array> {
  readonly method: string
  readonly url: string
  /** Alternating names and values. */
  readonly rawHeaders: readonly string[]
  /** Bun's sockets cannot reset. */
  readonly socket: { resetAndDestroy?(): void }
  on(event: 'data', listen: (part: Uint8Array) => void): this
  on(event: 'end' | 'close', listen: () => void): this
  on(event: 'error', listen: (error: Error) => void): this
}
interface Outgoing {
  writeHead(status: number, headers: readonly string[] | { readonly [name: string]: string }): void
  write(chunk: Uint8Array, written: () => void): void
  end(text?: string, encoding?: 'latin1' | 'utf8'): void
  destroy(): void
  on(event: 'close', listen: () => void): void
  once(event: 'close', listen: () => void): void
  readonly headersSent: boolean
  readonly writableEnded: boolean
}
interface NodeServer {
  listen(port: number, host: string, ready: () => void): void
  once(event: 'error', listen: (error: Error) => void): void
  address(): { readonly port: number }
  close(closed: () => void): void
  closeAllConnections(): void
}
interface NodeHttp {
  createServer(handle: (message: Message, outgoing: Outgoing) => void): NodeServer
}

function nodeHttp(): NodeHttp {
  const http = nodeBuiltin<NodeHttp>('node:http')
  if (!http)
    throw new LineInputError('listen requires node:http, which this runtime does not have; use emulator.fetch instead')
  return http
}

/** A request to the server. Making a web request of each would take longer than all the rest, so only login pages get one. */
class ServerRequest implements Incoming {
  readonly method: string
  readonly url: URL
  readonly #message: Message
  #controller: AbortController | undefined
  #isAborted = false

  constructor(message: Message, origin: string) {
    this.method = message.method
    // A proxy may be sent a whole URL, whose origin does not matter here.
    const { pathname, search } = message.url.startsWith('/')
      ? { pathname: message.url, search: '' }
      : new URL(message.url, origin)
    this.url = new URL(`${origin}${pathname}${search}`)
    this.#message = message
  }

  get headers(): Incoming['headers'] {
    return this
  }

  get(name: string): string | null {
    const { rawHeaders } = this.#message
    let found: string | null = null
    for (let at = 0; at + 1 < rawHeaders.length; at += 2) {
      const [header = '', value = ''] = [rawHeaders[at], rawHeaders[at + 1]]
      if (header.length === name.length && header.toLowerCase() === name)
        found = found === null ? value : `${found}, ${value}`
    }
    return found
  }

  get signal(): AbortSignal {
    if (!this.#controller) {
      this.#controller = new AbortController()
      if (this.#isAborted) this.#controller.abort()
    }
    return this.#controller.signal
  }

  /** The client has gone. */
  get isAborted(): boolean {
    return this.#isAborted
  }

  abort(): void {
    this.#isAborted = true
    this.#controller?.abort()
  }

  get #hasBody(): boolean {
    const isSent = this.get('content-length') !== null || this.get('transfer-encoding') !== null
    return isSent && this.method !== 'GET' && this.method !== 'HEAD'
  }

  read(limit: number): Promise<Uint8Array<ArrayBuffer> | undefined> {
    if (!this.#hasBody) return Promise.resolve(new Uint8Array())
    return new Promise((resolve, reject) => {
      let parts: Uint8Array[] = []
      let length = 0
      let isRead = false
      this.#message
        .on('data', (part) => {
          length += part.length
          if (length <= limit) parts.push(part)
          else {
            // The rest is read and dropped, so that the client gets the answer.
            parts = []
            resolve(undefined)
          }
        })
        .on('end', () => {
          isRead = true
          resolve(join(parts, length <= limit ? length : 0))
        })
        .on('error', reject)
        .on('close', () => {
          if (!isRead) reject(new ConnectionReset())
        })
    })
  }

  toRequest(): Request {
    const { rawHeaders } = this.#message
    const headers = new Headers()
    for (let at = 0; at + 1 < rawHeaders.length; at += 2) headers.append(rawHeaders[at] ?? '', rawHeaders[at + 1] ?? '')
    const parts = this.#message[Symbol.asyncIterator]()
    const body = new ReadableStream<Uint8Array>({
      async pull(controller) {
        const { done, value } = await parts.next()
        if (done) controller.close()
        else controller.enqueue(value)
      },
    })
    // Node refuses a stream without `duplex`, which the web's types do not know.
    const init: RequestInit & { duplex: 'half' } = {
      method: this.method,
      headers,
      signal: this.signal,
      duplex: 'half',
      ...(this.#hasBody && { body }),
    }
    return new Request(this.url, init)
  }
}

function writeText({ status, headers, text }: TextAnswer, outgoing: Outgoing): void {
  if (text === undefined) {
    outgoing.writeHead(status, headers)
    outgoing.end()
    return
  }
  const { length } = new TextEncoder().encode(text)
  // With its length, head and body leave in one piece. Node writes ASCII faster if it is told so.
  outgoing.writeHead(status, { ...headers, 'content-length': String(length) })
  outgoing.end(text, length === text.length ? 'latin1' : 'utf8')
}

/** Runs what is ready in the same turn of the event loop together in the next one. */
interface Batch {
  /** Resolves when it has run, and rejects with what it threw. */
  add(run: () => void): Promise<void>
  close(): void
}

// Answers are written together: each write alone would wake the client up, which takes longer than making the answer. A message port, because
// tests fake timers.
function createBatch(): Batch {
  const { port1, port2 } = new MessageChannel()
  let ready: (() => void)[] = []
  port1.onmessage = () => {
    const all = ready
    ready = []
    for (const run of all) run()
  }
  // A port that listens would keep the process alive.
  if ('unref' in port1 && typeof port1.unref === 'function') port1.unref()
  return {
    add: (run) =>
      new Promise((resolve, reject) => {
        const settle = () => {
          try {
            resolve(run())
          } catch (error) {
            reject(error)
          }
        }
        if (ready.push(settle) === 1) port2.postMessage(null)
      }),
    close: () => port1.close(),
  }
}

async function write(answer: Answer, outgoing: Outgoing, batch: Batch): Promise<void> {
  if (!(answer instanceof Response)) return batch.add(() => writeText(answer, outgoing))
  outgoing.writeHead(answer.status, [...answer.headers].flat())
  const closed = new Promise<void>((go) => outgoing.once('close', go))
  const reader = answer.body?.getReader()
  for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
    const { value } = part
    // One chunk after the other, so that everything before a reset is really sent.
    await Promise.race([closed, new Promise<void>((go) => outgoing.write(value, go))])
  }
  outgoing.end()
}

/** Listens on a port of this machine. */
export async function listen(respond: (request: Incoming) => Promise<Answer>, port: number): Promise<EmulatorServer> {
  if (!(Number.isInteger(port) && port >= 0 && port <= 65_535))
    throw new LineInputError('listen: port must be an integer from 0 to 65535')
  let origin = ''
  const batch = createBatch()
  const answer = async (message: Message, outgoing: Outgoing): Promise<void> => {
    let request: ServerRequest | undefined
    try {
      const made = (request = new ServerRequest(message, origin))
      outgoing.on('close', () => {
        if (!outgoing.writableEnded) made.abort()
      })
      await write(await respond(made), outgoing, batch)
    } catch (error) {
      if (error instanceof ConnectionReset && !outgoing.headersSent) message.socket.resetAndDestroy?.()
      // A fault broke the connection within the body, or the client did.
      if (error instanceof ConnectionReset || request?.isAborted || outgoing.headersSent) return outgoing.destroy()
      const text = JSON.stringify({ message: error instanceof Error ? error.message : 'The emulator has a bug' })
      writeText({ status: 500, headers: { 'content-type': 'application/json' }, text }, outgoing)
    }
  }
  const server = nodeHttp().createServer((message, outgoing) => void answer(message, outgoing))
  await new Promise<void>((ready, fail) => {
    // Node's own error, such as EADDRINUSE, says best what is wrong with the port.
    server.once('error', fail)
    server.listen(port, '127.0.0.1', ready)
  })
  const bound = server.address().port
  origin = `http://127.0.0.1:${bound}`
  return {
    url: origin,
    port: bound,
    close: () =>
      new Promise((closed) => {
        server.close(closed)
        server.closeAllConnections()
        batch.close()
      }),
  }
}
