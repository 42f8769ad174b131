import { nodeBuiltin } from '../../core/crypto.js'
import { LineInputError } from '../../core/errors.js'
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
interface Incoming extends AsyncIterable<Uint8Array> {
  readonly method: string
  readonly url: string
  /** Alternating names and values. */
  readonly rawHeaders: readonly string[]
  /** Bun's sockets cannot reset. */
  readonly socket: { resetAndDestroy?(): void }
}
interface Outgoing {
  writeHead(status: number, headers: readonly string[]): void
  write(chunk: Uint8Array, written: () => void): void
  end(): void
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
  createServer(handle: (incoming: Incoming, outgoing: Outgoing) => void): NodeServer
}

function nodeHttp(): NodeHttp {
  const http = nodeBuiltin<NodeHttp>('node:http')
  if (!http)
    throw new LineInputError('listen requires node:http, which this runtime does not have; use emulator.fetch instead')
  return http
}

function toRequest(incoming: Incoming, origin: string, signal: AbortSignal): Request {
  const { method, url, rawHeaders } = incoming
  const headers = new Headers()
  for (let at = 0; at + 1 < rawHeaders.length; at += 2) headers.append(rawHeaders[at] ?? '', rawHeaders[at + 1] ?? '')
  const hasBody = headers.has('content-length') || headers.has('transfer-encoding')
  const parts = incoming[Symbol.asyncIterator]()
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await parts.next()
      if (done) controller.close()
      else controller.enqueue(value)
    },
  })
  const target = new URL(url, origin)
  // Node refuses a stream without `duplex`, which the web's types do not know.
  const init: RequestInit & { duplex: 'half' } = {
    method,
    headers,
    signal,
    duplex: 'half',
    ...(hasBody && method !== 'GET' && method !== 'HEAD' && { body }),
  }
  return new Request(`${origin}${target.pathname}${target.search}`, init)
}

async function write(response: Response, outgoing: Outgoing): Promise<void> {
  outgoing.writeHead(response.status, [...response.headers].flat())
  const closed = new Promise<void>((go) => outgoing.once('close', go))
  const reader = response.body?.getReader()
  for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
    const { value } = part
    // One chunk after the other, so that everything before a reset is really sent.
    await Promise.race([closed, new Promise<void>((go) => outgoing.write(value, go))])
  }
  outgoing.end()
}

/** Listens on a port of this machine. */
export async function listen(respond: (request: Request) => Promise<Response>, port: number): Promise<EmulatorServer> {
  if (!(Number.isInteger(port) && port >= 0 && port <= 65_535))
    throw new LineInputError('listen: port must be an integer from 0 to 65535')
  let origin = ''
  const server = nodeHttp().createServer((incoming, outgoing) => {
    const controller = new AbortController()
    outgoing.on('close', () => {
      if (!outgoing.writableEnded) controller.abort()
    })
    const answered = async () => write(await respond(toRequest(incoming, origin, controller.signal)), outgoing)
    answered().catch((error: unknown) => {
      if (error instanceof ConnectionReset && !outgoing.headersSent) incoming.socket.resetAndDestroy?.()
      // A fault broke the connection within the body, or the client did.
      if (error instanceof ConnectionReset || controller.signal.aborted || outgoing.headersSent)
        return outgoing.destroy()
      const message = error instanceof Error ? error.message : 'The emulator has a bug'
      return write(
        new Response(JSON.stringify({ message }), { status: 500, headers: { 'content-type': 'application/json' } }),
        outgoing,
      )
    })
  })
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
      }),
  }
}
