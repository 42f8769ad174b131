import { connect, type Socket } from 'node:net'
import { busyWith } from '../busy.js'

type Waiting = { done(value: unknown): void; fail(error: unknown): void }

const newline = 13 // carriage return, the first of the two bytes that end a line

/** Reads one reply of the Redis protocol from an offset; returns `undefined` when it is incomplete. */
function readAnswer(data: Buffer, from: number): { readonly value: unknown; readonly next: number } | undefined {
  const end = data.indexOf(newline, from)
  if (end < 0 || end + 2 > data.length) return undefined
  const line = data.toString('utf8', from + 1, end)
  const next = end + 2
  switch (String.fromCharCode(data[from] ?? 0)) {
    case '+':
      return { value: line, next }
    case ':':
      return { value: Number(line), next }
    case '-':
      return { value: new Error(line), next }
    case '$': {
      const length = Number(line)
      if (length < 0) return { value: null, next }
      if (data.length < next + length + 2) return undefined
      return { value: data.toString('utf8', next, next + length), next: next + length + 2 }
    }
    case '*': {
      const values: unknown[] = []
      let at = next
      for (let left = Number(line); left > 0; left--) {
        const part = readAnswer(data, at)
        if (!part) return undefined
        values.push(part.value)
        at = part.next
      }
      return { value: Number(line) < 0 ? null : values, next: at }
    }
    default:
      throw new Error(`unsupported reply ${line}`)
  }
}

/** A minimal client that reads lists too, with the interface of the package `redis`. */
export class ListRedis {
  readonly #socket: Socket
  #parts: Buffer[] = []
  readonly #waiting: Waiting[] = []

  constructor(port: number) {
    this.#socket = connect(port, '127.0.0.1').on('data', (part: Buffer) => {
      this.#parts.push(part)
      // A complete reply ends with a newline.
      if (part.at(-1) === 10) this.#read()
    })
  }

  #read(): void {
    const data = Buffer.concat(this.#parts)
    let at = 0
    for (let answer = readAnswer(data, at); answer; answer = at < data.length ? readAnswer(data, at) : undefined) {
      at = answer.next
      const waiting = this.#waiting.shift()
      if (answer.value instanceof Error) waiting?.fail(answer.value)
      else waiting?.done(answer.value)
    }
    this.#parts = at < data.length ? [data.subarray(at)] : []
  }

  sendCommand(args: string[]): Promise<unknown> {
    const bytes = args.map((arg) => `$${Buffer.byteLength(arg)}\r\n${arg}\r\n`).join('')
    return busyWith(
      () =>
        new Promise((done, fail) => {
          this.#waiting.push({ done, fail })
          this.#socket.write(`*${args.length}\r\n${bytes}`)
        }),
    )
  }

  close(): void {
    this.#socket.destroy()
  }
}

/** The same with the interface of the package `ioredis`. */
export class ListIoRedis {
  readonly #client: ListRedis

  constructor(port: number) {
    this.#client = new ListRedis(port)
  }

  call(command: string, ...args: string[]): Promise<unknown> {
    return this.#client.sendCommand([command, ...args])
  }

  close(): void {
    this.#client.close()
  }
}
