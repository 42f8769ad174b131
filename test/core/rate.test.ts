import type { Rate, RateBucket } from 'line-oa'
import { parseRate, rateLimiter } from 'line-oa/core'
import { expect, test } from 'vitest'
import { TestClock } from '../clock.js'

const bucket = (key: string, rate: Rate): RateBucket => ({
  key,
  rate,
  operation: key,
  channel: undefined,
  bot: undefined,
})

/** A limiter on a test clock. `acquire` gives the milliseconds that have passed since the start when the call may be made. */
function setup() {
  const clock = new TestClock()
  const start = clock.now()
  const limiter = rateLimiter({ clock })
  const acquire = async (rate: Rate, key = 'GET /a') => {
    await clock.settle(Promise.resolve(limiter.acquire(bucket(key, rate))))
    return clock.now() - start
  }
  const acquireAll = async (count: number, rate: Rate, key?: string) => {
    const at: number[] = []
    for (let call = 0; call < count; call++) at.push(await acquire(rate, key))
    return at
  }
  return { clock, limiter, start, acquire, acquireAll }
}

test('a rate is a number of calls in a number of milliseconds', () => {
  expect(parseRate('2000/s')).toEqual({ calls: 2000, period: 1000 })
  expect(parseRate('60/min')).toEqual({ calls: 60, period: 60_000 })
  expect(parseRate('3/h')).toEqual({ calls: 3, period: 3_600_000 })
})

test('a bucket starts full and refills evenly', async () => {
  const { clock, acquire, acquireAll } = setup()
  expect(new Set(await acquireAll(60, '60/min'))).toEqual(new Set([0]))
  expect(await acquire('60/min')).toBe(1000)
  clock.jump(500)
  expect(await acquire('60/min')).toBe(2000)
  expect(await acquireAll(2, '60/min')).toEqual([3000, 4000])
})

test('a bucket holds no more calls than its rate', async () => {
  const { clock, acquireAll } = setup()
  clock.jump(1e9)
  expect(await acquireAll(3, '2/s')).toEqual([1e9, 1e9, 1e9 + 500])
  clock.jump(1e9)
  expect(await acquireAll(3, '2/s')).toEqual([2e9 + 500, 2e9 + 500, 2e9 + 1000])
})

test('a clock that is set back does not change the tokens of a bucket', async () => {
  const { clock, acquire, acquireAll } = setup()
  clock.jump(1e9)
  await acquireAll(2, '2/s')
  clock.jump(-1e9)
  expect(await acquireAll(2, '2/s')).toEqual([500, 1000])
  clock.jump(1000)
  clock.jump(-1000)
  expect(await acquire('2/s')).toBe(1500)
})

test('the limiter paces one endpoint and leaves the others alone', async () => {
  const { clock, acquireAll } = setup()
  expect((await acquireAll(10, '10/s', 'GET /a')).at(-1)).toBe(0)
  expect((await acquireAll(10, '10/s', 'GET /b')).at(-1)).toBe(0)
  expect((await acquireAll(5, '10/s', 'GET /a')).at(-1)).toBe(500)
  expect(clock.pending).toBe(0)
})

test('waiting for a bucket ends with the signal', async () => {
  const { clock, limiter, acquire } = setup()
  await acquire('1/h', 'a')
  const stop = new AbortController()
  const waiting = limiter.acquire(bucket('a', '1/h'), stop.signal)
  stop.abort()
  await waiting
  expect(clock.pending).toBe(0)
})

test('callers are admitted in order of arrival, with one timer for all of them', async () => {
  const { clock, limiter, start } = setup()
  const passed: [caller: number, at: number][] = []
  const calls = Array.from({ length: 100 }, async (_, caller) => {
    await limiter.acquire(bucket('GET /a', '10/s'))
    passed.push([caller, clock.now() - start])
  })
  await clock.settle(Promise.all(calls.slice(0, 10)))
  expect(clock.pending).toBe(1)
  await clock.settle(Promise.all(calls))
  expect(passed).toEqual(Array.from({ length: 100 }, (_, caller) => [caller, Math.max(0, caller - 9) * 100]))
})

test('an aborted caller takes no token from the bucket', async () => {
  const { clock, limiter, start } = setup()
  const stop = new AbortController()
  const one = bucket('GET /a', '1/s')
  const calls = [limiter.acquire(one), limiter.acquire(one, stop.signal), limiter.acquire(one)]
  stop.abort()
  await clock.settle(Promise.all(calls))
  expect(clock.now() - start).toBe(1000)
})

test('the limiter uses the time of the runtime without a clock', async () => {
  await rateLimiter().acquire(bucket('GET /a', '1/h'))
})
