import type { Rate, RateBucket } from 'line-oa'
import { parseRate, rateLimiter } from 'line-oa/core'
import { expect, test } from 'vitest'
import { inTurn, TokenBucket } from '../../src/core/call/rate-limits.js'
import { TestClock } from '../clock.js'

const bucket = (key: string, rate: Rate): RateBucket => ({
  key,
  rate,
  operation: key,
  channel: undefined,
  bot: undefined,
})

test('a rate is so many calls in so many milliseconds', () => {
  expect(parseRate('2000/s')).toEqual({ calls: 2000, period: 1000 })
  expect(parseRate('60/min')).toEqual({ calls: 60, period: 60_000 })
  expect(parseRate('3/h')).toEqual({ calls: 3, period: 3_600_000 })
})

test('a bucket starts full, refills evenly, and says how long to wait', () => {
  const bucket = new TokenBucket('60/min', 0)
  for (let call = 0; call < 60; call++) expect(bucket.take(0)).toBe(0)
  expect(bucket.take(0)).toBe(1000)
  expect(bucket.take(500)).toBe(500)
  expect(bucket.take(1000)).toBe(0)
  expect(bucket.take(1000)).toBe(1000)
})

test('a bucket never holds more than its rate, and a clock that goes back gives nothing', () => {
  const bucket = new TokenBucket('2/s', 0)
  expect([bucket.take(1e9), bucket.take(1e9), bucket.take(1e9)]).toEqual([0, 0, 500])
  expect(bucket.take(0)).toBe(500)
  expect(bucket.take(500)).toBe(0)
})

test('the limiter paces one endpoint and leaves the others alone', async () => {
  const clock = new TestClock()
  const limiter = rateLimiter({ clock })
  const start = clock.now()
  const calls = async (key: string, count: number) => {
    for (let call = 0; call < count; call++) await limiter.acquire(bucket(key, '10/s'))
    return clock.now() - start
  }
  expect(await clock.settle(calls('GET /a', 10))).toBe(0)
  expect(await clock.settle(calls('GET /b', 10))).toBe(0)
  expect(await clock.settle(calls('GET /a', 5))).toBe(500)
  expect(clock.pending).toBe(0)
})

test('waiting for a bucket ends with the signal', async () => {
  const clock = new TestClock()
  const limiter = rateLimiter({ clock })
  await limiter.acquire(bucket('a', '1/h'))
  const stop = new AbortController()
  const waiting = limiter.acquire(bucket('a', '1/h'), stop.signal)
  stop.abort()
  await waiting
  expect(clock.pending).toBe(0)
})

test('callers go in the order in which they came, with one timer however many wait', async () => {
  const clock = new TestClock()
  const limiter = rateLimiter({ clock })
  const start = clock.now()
  const gone: [caller: number, at: number][] = []
  const calls = Array.from({ length: 100 }, async (_, caller) => {
    await limiter.acquire(bucket('GET /a', '10/s'))
    gone.push([caller, clock.now() - start])
  })
  await clock.settle(Promise.all(calls.slice(0, 10)))
  expect(clock.pending).toBe(1)
  await clock.settle(Promise.all(calls))
  expect(gone).toEqual(Array.from({ length: 100 }, (_, caller) => [caller, Math.max(0, caller - 9) * 100]))
})

test('a caller who gives up takes no one else’s place', async () => {
  const clock = new TestClock()
  const turn = inTurn(new TokenBucket('10/s', clock.now(), 1), clock)
  const start = clock.now()
  const stop = new AbortController()
  const calls = [turn(), turn(stop.signal), turn()]
  stop.abort()
  await clock.settle(Promise.all(calls))
  expect(clock.now() - start).toBe(100)
})

test('a bucket may hold less than a period’s calls', () => {
  const bucket = new TokenBucket('0.5/s', 0, 1)
  expect([bucket.take(0), bucket.take(0), bucket.take(1999), bucket.take(2000)]).toEqual([0, 2000, 1, 0])
})

test('without a clock the limiter goes by the runtime’s time', async () => {
  const limiter = rateLimiter()
  await limiter.acquire(bucket('GET /a', '1/h'))
})
