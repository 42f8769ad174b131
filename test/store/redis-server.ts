import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { delimiter, join } from 'node:path'

/** Finds redis-server: the one that LINE_OA_REDIS_SERVER names, or the first on PATH. */
export function findRedis(): string | undefined {
  const places = (process.env['PATH'] ?? '').split(delimiter).map((folder) => join(folder, 'redis-server'))
  return [process.env['LINE_OA_REDIS_SERVER'], ...places].find((path) => path !== undefined && existsSync(path))
}

export interface RedisServer {
  readonly port: number
  stop(): Promise<void>
}

async function begin(binary: string, port: number): Promise<ChildProcess | undefined> {
  // In memory only, and reachable from this machine only.
  const server = spawn(binary, ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let log = ''
  for await (const part of server.stdout) {
    log += String(part)
    if (/Ready to accept connections/.test(log)) return server
  }
  return undefined // the port is in use
}

/** Starts a Redis server on a free port of this machine. */
export async function startRedis(binary: string): Promise<RedisServer> {
  for (let port = 20_000 + (process.pid % 20_000), tries = 0; tries < 20; port++, tries++) {
    const server = await begin(binary, port)
    if (!server) continue
    return {
      port,
      async stop() {
        server.kill()
        if (server.exitCode === null) await once(server, 'exit')
      },
    }
  }
  throw new Error('redis-server did not start')
}

/** Reads one reply of the Redis protocol; returns `undefined` when it is incomplete. */
function readAnswer(data: Buffer): { value: unknown; size: number } | undefined {
  const end = data.indexOf('\r\n')
  if (end < 0) return undefined
  const line = data.toString('utf8', 1, end)
  const kind = String.fromCharCode(data[0] ?? 0)
  if (kind === '+') return { value: line, size: end + 2 }
  if (kind === ':') return { value: Number(line), size: end + 2 }
  if (kind === '-') return { value: new Error(line), size: end + 2 }
  if (kind !== '$') throw new Error(`unsupported reply type ${kind}`)
  const length = Number(line)
  if (length < 0) return { value: null, size: end + 2 }
  if (data.length < end + 4 + length) return undefined
  return { value: data.toString('utf8', end + 2, end + 2 + length), size: end + 4 + length }
}

/** A minimal client with the interface of the package `redis`, so that these tests need neither package. */
export class PlainRedis {
  readonly #socket: Socket
  #data = Buffer.alloc(0)
  readonly #waiting: { done(value: unknown): void; fail(error: unknown): void }[] = []

  constructor(port: number) {
    this.#socket = connect(port, '127.0.0.1').on('data', (part: Buffer) => {
      this.#data = Buffer.concat([this.#data, part])
      for (let answer = readAnswer(this.#data); answer; answer = readAnswer(this.#data)) {
        this.#data = this.#data.subarray(answer.size)
        const next = this.#waiting.shift()
        if (answer.value instanceof Error) next?.fail(answer.value)
        else next?.done(answer.value)
      }
    })
  }

  sendCommand(args: readonly string[]): Promise<unknown> {
    return new Promise((done, fail) => {
      this.#waiting.push({ done, fail })
      this.#socket.write(`*${args.length}\r\n${args.map((arg) => `$${Buffer.byteLength(arg)}\r\n${arg}\r\n`).join('')}`)
    })
  }

  close(): void {
    this.#socket.destroy()
  }
}

/** The same with the interface of the package `ioredis`, whose sendCommand takes another argument. */
export class PlainIoRedis {
  readonly #plain: PlainRedis

  constructor(port: number) {
    this.#plain = new PlainRedis(port)
  }

  call(command: string, ...args: string[]): Promise<unknown> {
    return this.#plain.sendCommand([command, ...args])
  }

  sendCommand(): never {
    throw new TypeError('ioredis takes a Command here')
  }

  close(): void {
    this.#plain.close()
  }
}
