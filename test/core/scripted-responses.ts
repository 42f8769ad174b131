// Records like those of a topic, and a caller whose requests get scripted responses.
import type { Operation } from 'line-oa'
import type { CreateCallerOptions } from 'line-oa/core'
import { createCaller } from 'line-oa/core'
import { TestClock } from '../clock.js'

export interface Send {
  to: string
}
export interface Sent {
  sentMessages: { id: string }[]
}
export type Fetch = typeof fetch

export const push: Operation<Send, Sent> = { method: 'POST', path: '/v2/bot/message/push', repeat: 'keyed', docs: '' }
export const reply: Operation<Send, Sent> = { method: 'POST', path: '/v2/bot/message/reply', repeat: 'never', docs: '' }
export const info: Operation<Record<string, never>, { userId: string }> = {
  method: 'GET',
  path: '/v2/bot/info',
  repeat: 'safe',
  docs: '',
}
export const remove: Operation<{ id: string }, Record<string, never>> = {
  method: 'DELETE',
  path: '/v2/bot/richmenu/{id}',
  repeat: 'safe',
  docs: '',
}
export const slow: Operation<Send, Sent> = { ...reply, path: '/slow', rate: '60/h' }
export const file: Operation<{ id: string }, { stream: ReadableStream<Uint8Array> }> = {
  method: 'GET',
  host: 'data',
  path: '/v2/bot/message/{id}/content',
  response: 'binary',
  repeat: 'safe',
  docs: '',
}

export const json = (body: unknown, status = 200, headers: Record<string, string> = {}) =>
  new Response(JSON.stringify(body), { status, headers: { 'x-line-request-id': `r-${status}`, ...headers } })
export const hang: Fetch = (_, init) =>
  new Promise((_, reject) => init?.signal?.addEventListener('abort', () => reject(new DOMException('x', 'AbortError'))))
export const deaf: Fetch = () => new Promise(() => {})
export const reset: Fetch = () =>
  Promise.reject(
    Object.assign(new TypeError('fetch failed'), { cause: Object.assign(new Error('secret'), { code: 'ECONNRESET' }) }),
  )
export const breaksOff =
  (status: number): Fetch =>
  async () =>
    new Response(new ReadableStream({ pull: (controller) => controller.error(new Error('reset')) }), { status })

export function setup(answers: (Response | Fetch)[], options: CreateCallerOptions = {}) {
  const clock = new TestClock()
  const requests: { url: string; init: RequestInit; headers: Headers; at: number }[] = []
  const told: string[] = []
  const caller = createCaller({
    channelAccessToken: 'token',
    clock,
    random: () => 0.5,
    hooks: {
      request: (event) => told.push(`request ${event.attempt}`),
      response: (event) => told.push(`response ${event.attempt} ${event.status} ${event.requestId}`),
      retry: (event) => told.push(`retry ${event.attempt} ${event.reason} ${Math.round(event.delay)}`),
      warning: (event) => told.push(`warning ${event.code}`),
      tokenRenewed: (event) => told.push(`token ${event.forced}`),
    },
    fetch: async (url, init = {}) => {
      requests.push({ url: String(url), init, headers: new Headers(init.headers), at: clock.now() })
      const answer = answers.shift()
      if (!answer) throw new Error('asked too often')
      return typeof answer === 'function' ? answer(url, init) : answer
    },
    ...options,
  })
  return { caller, clock, requests, told }
}

export const sent = { sentMessages: [{ id: '1' }] }
