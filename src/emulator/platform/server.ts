import { ConnectionReset } from './front.js'

/** The emulator on a port of this machine. All of LINE's hosts are behind its one address. */
export interface EmulatorServer {
  /** Without a slash at the end, such as `http://127.0.0.1:49152`: the client's `baseUrl`. */
  readonly url: string
  readonly port: number
  /** Ends it, with every connection that is open. */
  close(): Promise<void>
}

// What of node:http is used here. The types of Node are not at hand where the rest of the package compiles.
interface Incoming extends AsyncIterable<Uint8Array> {
  readonly method: string
  readonly url: string
  /** Names and values in turn. */
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
  // The web's types know no `process`, and what a built-in module holds is known by its name alone.
  const { process } = globalThis as { process?: { getBuiltinModule?: (id: string) => unknown } }
  const http = process?.getBuiltinModule?.('node:http')
  if (!http) throw new Error('listen needs node:http, which this runtime does not have; use emulator.fetch instead')
  return http as NodeHttp
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
    // One after the other, so that what came before a reset has really gone out.
    await Promise.race([closed, new Promise<void>((go) => outgoing.write(value, go))])
  }
  outgoing.end()
}

/** Listens on a port of this machine. */
export async function listen(respond: (request: Request) => Promise<Response>, port: number): Promise<EmulatorServer> {
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
