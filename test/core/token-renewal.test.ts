import type { TokenSource } from 'line-oa'
import * as core from 'line-oa/core'
import { describe, expect, test, vi } from 'vitest'
import { hang, info, json, push, reply, sent, setup } from './scripted-responses.js'

describe('a token source', () => {
  const source = (...tokens: string[]): TokenSource & { asked: (string | undefined)[] } => ({
    asked: [],
    async get({ force }) {
      this.asked.push(force)
      return (force || this.asked.length === 1 ? tokens.shift() : undefined) ?? 'last'
    },
  })

  test('is asked for another token after a 401, and the call is retried', async () => {
    const tokens = source('old', 'new')
    const { caller, clock, requests, told } = setup([json({}, 401), json(sent)], { channelAccessToken: tokens })
    await clock.settle(caller.call(reply, { to: 'U1' }))
    expect(requests.map((request) => request.headers.get('authorization'))).toEqual(['Bearer old', 'Bearer new'])
    expect(tokens.asked).toEqual([undefined, 'old'])
    expect(told).toContain('token true')
  })

  test('is not asked again after a second 401', async () => {
    const { caller, clock } = setup([json({}, 401), json({ message: 'Authentication failed' }, 401)], {
      channelAccessToken: source('old', 'new'),
    })
    await expect(clock.settle(caller.call(reply, { to: 'U1' }))).rejects.toMatchObject({
      code: 'LINE_AUTHENTICATION',
      outcome: 'rejected',
    })
  })

  test('a fixed token is not retried after a 401', async () => {
    const { caller, requests } = setup([json({}, 401)])
    await expect(caller.call(info, {})).rejects.toMatchObject({ code: 'LINE_AUTHENTICATION' })
    expect(requests).toHaveLength(1)
  })

  test('that throws stops the call before anything is sent, and its error is not exposed', async () => {
    const { caller, requests } = setup([], {
      channelAccessToken: { get: () => Promise.reject(new Error('secret 123')) },
    })
    const error: unknown = await caller.call(push, { to: 'U1' }).catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ code: 'LINE_INPUT', outcome: 'rejected', retryKey: expect.any(String) })
    expect(error).not.toHaveProperty('cause')
    expect(JSON.stringify(error)).not.toContain('secret')
    expect(requests).toHaveLength(0)
    const failing = setup([hang], {
      channelAccessToken: { get: async () => (failing.requests.length ? Promise.reject(new Error('gone')) : 'one') },
    })
    await expect(failing.clock.settle(failing.caller.call(push, { to: 'U1' }))).rejects.toMatchObject({
      code: 'LINE_INPUT',
      outcome: 'unknown',
    })
  })

  test('of another copy of the package keeps its errors', async () => {
    vi.resetModules()
    const copy = await import('line-oa/core')
    expect(copy.LineError).not.toBe(core.LineError)
    const facts = { operation: 'POST /oauth2/v2.1/token', status: 400, lineMessage: 'no', details: [] }
    const errors = [
      new core.LineInputError('The key is not valid', { operation: 'POST /oauth2/v2.1/token' }),
      new core.LineNetworkError('The connection failed', { reason: 'ECONNRESET', outcome: 'unknown' }),
      new core.LineTimeoutError('Timed out', { outcome: 'unknown' }),
      new core.LineAbortedError('Aborted', { cause: 'stop' }),
      new core.LineAuthenticationError('LINE_AUTHENTICATION', { ...facts, outcome: 'unknown' }),
      new core.LineApiError('LINE_API', { ...facts, requestId: 'r-1' }),
    ]
    for (const error of errors) {
      const caller = copy.createCaller({ channelAccessToken: { get: () => Promise.reject(error) } })
      const thrown: unknown = await caller.call(push, { to: 'U1' }).catch((caught: unknown) => caught)
      const { code, message, name } = error
      expect(thrown).toMatchObject({ code, message, name, outcome: 'rejected', retryKey: expect.any(String) })
      expect(thrown).toBeInstanceOf(copy.LineError)
    }
  })

  test('that hangs is bounded by the deadline of the call, and nothing is sent', async () => {
    const { caller, clock, requests } = setup([], { channelAccessToken: { get: () => new Promise(() => {}) } })
    await expect(clock.settle(caller.call(push, { to: 'U1' }))).rejects.toMatchObject({
      code: 'LINE_TIMEOUT',
      outcome: 'rejected',
    })
    expect(requests).toHaveLength(0)
  })
})
