import { connect } from 'node:net'

/** A POST with a body, as the bytes that go through a connection which stays open. */
export function postBytes(body: string, headers: { readonly [name: string]: string }): Buffer {
  const lines = Object.entries({ host: '127.0.0.1', 'content-length': String(Buffer.byteLength(body)), ...headers })
  return Buffer.from(`POST / HTTP/1.1\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n${body}`)
}

// Whether an answer is whole, by its length or by its last chunk.
function isWhole(answer: string): boolean {
  const head = answer.indexOf('\r\n\r\n')
  if (head < 0) return false
  const length = /\r\ncontent-length: (\d+)/i.exec(answer)?.[1]
  return length === undefined ? answer.endsWith('0\r\n\r\n') : answer.length >= head + 4 + Number(length)
}

/** Connections to a server, each with one request at a time. */
export interface Load {
  /** Sends requests until all are answered 200, and gives the microseconds of one. */
  send(requests: readonly Buffer[]): Promise<number>
  stop(): void
}

/**
 * Opens connections to a server on this machine. It writes bytes that were made before and reads no more of an answer than its end, because a
 * client such as that of node:http takes longer for a request than the servers do, and would measure itself.
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
              let answer = ''
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
                answer += part
                if (!isWhole(answer)) return
                if (!answer.startsWith('HTTP/1.1 200 '))
                  return end(new Error(`answered ${answer.slice(0, answer.indexOf('\r\n'))}`))
                answer = ''
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
