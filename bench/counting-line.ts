// A LINE that counts what each user got, independent of the emulator: retry keys, reply tokens, and failures before and after a request is carried out.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** What was sent to the users. */
export interface Oracle {
  /** Users who got nothing. */
  readonly lost: number
  /** Messages that a user got more than once. */
  readonly doubled: number
}

/** A LINE with its counts. */
export interface CountingLine {
  readonly fetch: typeof fetch
  readonly counts: (users: readonly string[]) => Oracle
  /** Serves other processes, and returns the origin and what closes it. */
  readonly listen: () => Promise<{ readonly url: string; close: () => void }>
}

/** How a request may fail. */
export type Failure = 'status before' | 'status after' | 'lost before' | 'lost after' | undefined

/** Decides how request number n fails, from 1, and how long its answer takes, in milliseconds. */
export interface LineBehavior {
  readonly failure?: ((request: number) => Failure) | undefined
  readonly latency?: ((request: number) => number) | undefined
}

interface SendBody {
  readonly to?: string | readonly string[]
  readonly replyToken?: string
}

const json = (status: number, body: object, headers: { readonly [name: string]: string } = {}) =>
  Response.json(body, { status, headers: { 'x-line-request-id': crypto.randomUUID(), ...headers } })

/** Creates a LINE. A reply token is the user ID of its chat, works once, and does not expire. */
export function countingLine({ failure = () => undefined, latency = () => 0 }: LineBehavior = {}): CountingLine {
  const got = new Map<string, number>()
  const accepted = new Map<string, string>()
  const usedTokens = new Set<string>()
  let requests = 0

  const carryOut = (path: string, body: SendBody, key: string | null): Response => {
    const earlier = key === null ? undefined : accepted.get(key)
    if (earlier !== undefined)
      return json(409, { message: 'The retry key is already accepted' }, { 'x-line-accepted-request-id': earlier })
    if (path.endsWith('/reply')) {
      const token = body.replyToken ?? ''
      if (usedTokens.has(token)) return json(400, { message: 'Invalid reply token' })
      usedTokens.add(token)
    }
    for (const user of [body.to ?? body.replyToken ?? []].flat()) got.set(user, (got.get(user) ?? 0) + 1)
    if (key !== null) accepted.set(key, crypto.randomUUID())
    return json(200, path.endsWith('/multicast') ? {} : { sentMessages: [{ id: '1' }] })
  }

  const answer: typeof fetch = async (input, init) => {
    const request = new Request(input, init)
    const path = new URL(request.url).pathname
    if (path === '/v2/bot/info') return json(200, { userId: `U${'0'.repeat(32)}`, basicId: '@tea', displayName: 'Tea' })
    if (!path.startsWith('/v2/bot/message/')) return json(404, { message: 'Not found' })
    requests += 1
    const fails = failure(requests)
    const wait = latency(requests)
    const body = (await request.json()) as SendBody // what the client sends
    const broken = () => {
      if (fails?.startsWith('lost')) throw new TypeError('fetch failed', { cause: { code: 'ECONNRESET' } })
      return json(500, { message: 'Internal server error' })
    }
    if (fails?.endsWith('before')) return broken()
    request.signal.throwIfAborted()
    const response = carryOut(path, body, request.headers.get('x-line-retry-key'))
    if (wait > 0) await new Promise((later) => setTimeout(later, wait))
    request.signal.throwIfAborted()
    return fails ? broken() : response
  }

  return {
    fetch: answer,
    counts: (users) => {
      const counts = users.map((user) => got.get(user) ?? 0)
      return {
        lost: counts.filter((count) => count === 0).length,
        doubled: counts.reduce((sum, count) => sum + Math.max(0, count - 1), 0),
      }
    },
    listen: async () => {
      const server = createServer(async (incoming, outgoing) => {
        try {
          const parts: Buffer[] = []
          for await (const part of incoming) parts.push(part)
          const headers = new Headers()
          const key = incoming.headers['x-line-retry-key']
          if (typeof key === 'string') headers.set('x-line-retry-key', key)
          const { method = 'GET', url = '/' } = incoming
          const body = method === 'GET' ? null : Buffer.concat(parts)
          const response = await answer(`http://127.0.0.1${url}`, { method, headers, body })
          outgoing
            .writeHead(response.status, Object.fromEntries(response.headers))
            .end(Buffer.from(await response.arrayBuffer()))
        } catch {
          // A failure breaks the connection, and a killed process may leave an incomplete request.
          outgoing.destroy()
        }
      })
      await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
      const { port } = server.address() as AddressInfo // a server on a port has one
      return {
        url: `http://127.0.0.1:${port}`,
        close: () => {
          server.closeAllConnections()
          server.close()
        },
      }
    },
  }
}
