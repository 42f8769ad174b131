import { connect } from 'node:net'

/** The bytes of a POST request for a keep-alive connection. */
export function postBytes(body: string, headers: { readonly [name: string]: string }, path = '/'): Buffer {
  const lines = Object.entries({ host: '127.0.0.1', 'content-length': String(Buffer.byteLength(body)), ...headers })
  return Buffer.from(
    `POST ${path} HTTP/1.1\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n${body}`,
  )
}

// Whether a response is complete, by its content length or its last chunk.
function isWhole(response: string): boolean {
  const head = response.indexOf('\r\n\r\n')
  if (head < 0) return false
  const length = /\r\ncontent-length: (\d+)/i.exec(response)?.[1]
  return length === undefined ? response.endsWith('0\r\n\r\n') : response.length >= head + 4 + Number(length)
}

/** Connections to a server, with one request at a time on each. */
export interface Load {
  /** Sends requests until all have a 200 response, and returns the time of one in microseconds. */
  send(requests: readonly Buffer[]): Promise<number>
  stop(): void
}

/**
 * Opens connections to a local server. It writes prepared bytes and only looks for the end of a response, because a full client such as
 * node:http takes longer for a request than the servers do, and would dominate the result.
 */
export async function openLoad(port: number, width: number): Promise<Load> {
  const sockets = await Promise.all(
    Array.from({ length: width }, async () => {
      const socket = connect(port, '127.0.0.1').setNoDelay().setEncoding('latin1')
      await new Promise((resolve, reject) => socket.once('connect', resolve).once('error', reject))
      return socket
    }),
  )
  return {
    async send(requests) {
      let next = 0
      const start = performance.now()
      await Promise.all(
        sockets.map(
          (socket) =>
            new Promise<void>((resolve, reject) => {
              let response = ''
              const end = (error?: Error) => {
                socket.off('data', read).off('error', end).off('close', close)
                if (error) reject(error)
                else resolve()
              }
              const close = () => end(new Error('the server closed a connection'))
              const write = () => {
                const request = requests[next++]
                if (request) socket.write(request)
                else end()
              }
              const read = (part: string) => {
                response += part
                if (!isWhole(response)) return
                if (!response.startsWith('HTTP/1.1 200 '))
                  return end(new Error(`the server responded with ${response.slice(0, response.indexOf('\r\n'))}`))
                response = ''
                write()
              }
              socket.on('data', read).on('error', end).on('close', close)
              write()
            }),
        ),
      )
      return ((performance.now() - start) * 1000) / requests.length
    },
    stop() {
      for (const socket of sockets) socket.destroy()
    },
  }
}
