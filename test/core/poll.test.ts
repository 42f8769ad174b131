// Waiting for something at LINE, by the example of an audience: every helper that waits does it the same way.
import type { AudienceClient, AudienceData, CallOptions } from 'line-oa'
import { createLineClient, waitForAudience } from 'line-oa'
import { samples } from 'line-oa/testing'
import { describe, expect, test, vi } from 'vitest'
import { TestClock } from '../clock.js'

const sample = samples.getAudienceData()
const inState = (status: string): AudienceData => ({
  audienceGroup: { ...sample.audienceGroup, status: status as 'READY' }, // one of LINE's states
  jobs: [],
})
const ready = inState('READY')
const inProgress = inState('IN_PROGRESS')
const bounds = { timeout: 10_000, interval: 3000 }

/** A client whose audience is asked for through `ask`. */
function setup(ask: (options: CallOptions) => Promise<AudienceData>) {
  const clock = new TestClock()
  const start = clock.now()
  const line = createLineClient({ channelAccessToken: 't', clock })
  const audience: AudienceClient['audience'] = { getAudienceData: (_, options = {}) => ask(options) }
  // The client with another method in its place: it keeps the clock.
  const client: AudienceClient = Object.create(line, { audience: { value: audience } })
  return { clock, client, elapsed: () => clock.now() - start }
}

describe('waiting', () => {
  test('passes the token and the bot to every call', async () => {
    const given: CallOptions[] = []
    const { clock, client } = setup(async (options) => {
      given.push(options)
      return inProgress
    })
    const options = { ...bounds, accessToken: 'theirs', botId: 'U1' }
    await expect(clock.settle(waitForAudience(client, 1, options))).rejects.toMatchObject({ code: 'LINE_TIMEOUT' })
    for (const one of given) expect(one).toMatchObject({ accessToken: 'theirs', botId: 'U1' })
    expect(given.length).toBeGreaterThan(1)
  })

  test('ends with the first response that has a result', async () => {
    const responses = [inProgress, inProgress, ready]
    const { clock, client, elapsed } = setup(async () => responses.shift() ?? expect.unreachable())
    expect(await clock.settle(waitForAudience(client, 1, bounds))).toBe(ready)
    expect(elapsed()).toBe(6000)
    expect(clock.pending).toBe(0)
  })

  test('ends at the deadline to the millisecond', async () => {
    const ask = vi.fn(async () => inProgress)
    const { clock, client, elapsed } = setup(ask)
    await expect(clock.settle(waitForAudience(client, 1, bounds))).rejects.toMatchObject({
      code: 'LINE_TIMEOUT',
      outcome: 'unknown',
    })
    expect(elapsed()).toBe(10_000)
    expect(ask).toHaveBeenCalledTimes(4)
  })

  test('limits each call to the usual timeout, or to the time left if that is shorter', async () => {
    const given: CallOptions[] = []
    const { clock, client } = setup(async (options) => {
      given.push(options)
      return inProgress
    })
    const waiting = waitForAudience(client, 1, { timeout: 70_000, interval: 20_000 })
    await expect(clock.settle(waiting)).rejects.toMatchObject({ code: 'LINE_TIMEOUT' })
    expect(given.map(({ totalTimeout }) => totalTimeout)).toEqual([undefined, undefined, undefined, 10_000])
  })

  test('ends in time when a call hangs', async () => {
    const clock = new TestClock()
    const start = clock.now()
    const line = createLineClient({ channelAccessToken: 't', clock, fetch: () => new Promise(() => {}) })
    const waiting = waitForAudience(line, 1, { ...bounds, timeout: 4000 })
    await expect(clock.settle(waiting)).rejects.toMatchObject({ code: 'LINE_TIMEOUT' })
    expect(clock.now() - start).toBe(4000)
  })

  test('ends with the error of a call', async () => {
    const error = new Error('404')
    const { client } = setup(() => Promise.reject(error))
    await expect(waitForAudience(client, 1, bounds)).rejects.toBe(error)
  })

  test('ends with the signal in a pause', async () => {
    const { client, clock } = setup(async () => inProgress)
    const stop = new AbortController()
    const waiting = waitForAudience(client, 1, { ...bounds, signal: stop.signal })
    await vi.waitFor(() => expect(clock.pending).toBe(1))
    stop.abort()
    await expect(waiting).rejects.toMatchObject({ code: 'LINE_ABORTED' })
    expect(clock.pending).toBe(0)
  })

  test('uses the time of the runtime for a client without a clock', async () => {
    const client: AudienceClient = { audience: { getAudienceData: async () => ready } }
    expect(await waitForAudience(client, 1, bounds)).toBe(ready)
  })
})
