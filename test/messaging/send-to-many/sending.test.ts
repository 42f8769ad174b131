import type { SendToManyProgress } from 'line-oa'
import { createLineClient, sendToMany } from 'line-oa'
import { describe, expect, test, vi } from 'vitest'
import { drive, jobId, later, messages, nobody, setup } from './setup.js'

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/

describe('a list', () => {
  test('is sent in batches of 500, and every user gets the messages once', async () => {
    const { account, line, userIds, options, requests, counts, store } = await setup(1001)
    const report = await sendToMany(line, userIds, messages, options)
    expect(report).toEqual({ sent: 1001, failed: 0, refused: [], unknown: [], duplicates: 0, deduplicated: 'all' })
    expect(requests.map(({ to }) => to.length)).toEqual([500, 500, 1])
    expect(counts()).toEqual(userIds.map(() => 1))
    for (const { retryKey } of requests) expect(retryKey).toMatch(uuid)
    expect(new Set(requests.map(({ retryKey }) => retryKey)).size).toBe(3)
    expect(await store.get(`line-oa:job-batch:2:${account.channelId}:spring`)).toContain('"outcome":"sent"')
  })

  test.each<[string, (ids: readonly string[]) => Iterable<string> | AsyncIterable<string>]>([
    ['a set', (ids) => new Set(ids)],
    ['a generator', (ids) => ids.values()],
    ['an async generator', later],
  ])('may be %s', async (_, make) => {
    const { line, userIds, options, counts } = await setup(501)
    expect((await sendToMany(line, make(userIds), messages, options)).sent).toBe(501)
    expect(counts()).toEqual(userIds.map(() => 1))
  })

  test('that is empty sends nothing and stores nothing', async () => {
    const { line, options, requests, store } = await setup(0)
    expect(await sendToMany(line, [], messages, options)).toMatchObject({ sent: 0, failed: 0 })
    expect(requests).toEqual([])
    expect(await store.get('line-oa:job:spring')).toBeUndefined()
  })

  test('needs no store', async () => {
    const { line, userIds, counts, requests } = await setup(600)
    await sendToMany(line, userIds, messages, { jobId })
    expect((await sendToMany(line, userIds.toReversed(), messages, { jobId })).sent).toBe(600)
    await sendToMany(line, userIds, messages, { jobId })
    // The list turned round makes other batches, which LINE does not know; the same list makes the same.
    expect(requests.map(({ status }) => status)).toEqual([200, 200, 200, 200, 409, 409])
    expect(counts()).toEqual(userIds.map(() => 2))
  })

  test('is sent with its message options in every request', async () => {
    const { userIds, client } = await setup(2)
    const bodies: unknown[] = []
    const line = client((send) => (url, init) => {
      bodies.push(JSON.parse(String(init?.body)))
      return send(url, init)
    })
    await sendToMany(line, userIds, messages, { jobId, notificationDisabled: true, customAggregationUnits: ['spring'] })
    expect(bodies).toEqual([
      { to: userIds.toSorted(), messages, notificationDisabled: true, customAggregationUnits: ['spring'] },
    ])
  })
})

describe('the retry key of a batch', () => {
  const keyFor = async (ids: readonly string[], job = jobId, text = 'Spring is here', channelId?: string) => {
    const keys: (string | null)[] = []
    const line = createLineClient({
      channelAccessToken: 'token',
      channelId,
      fetch: async (_, init) => {
        keys.push(new Headers(init?.headers).get('x-line-retry-key'))
        return Response.json({})
      },
    })
    await sendToMany(line, ids, [{ type: 'text', text }], { jobId: job })
    return keys[0]
  }

  test('depends on account, job, messages and users only', async () => {
    const ids = nobody(500)
    const key = await keyFor(ids)
    // Later versions must derive the same key, or a job that continues after an update would send twice.
    expect(key).toBe('89ee7b8d-3d4b-4a77-a8e1-1751b3b5c1ae')
    expect(await keyFor(ids.toReversed())).toBe(key)
    expect(await keyFor(ids, 'summer')).not.toBe(key)
    expect(await keyFor(ids, jobId, 'Summer is here')).not.toBe(key)
    expect(await keyFor(ids.slice(1))).not.toBe(key)
    expect(await keyFor(ids, jobId, 'Spring is here', '2000000001')).not.toBe(key)
  })
})

describe('users who are listed twice', () => {
  test('are sent to once within a batch', async () => {
    const { line, userIds, options, requests, counts } = await setup(600)
    const list = [...userIds.slice(0, 3), ...userIds]
    const report = await sendToMany(line, list, messages, options)
    expect(report).toMatchObject({ sent: 600, duplicates: 3 })
    expect(requests.map(({ to }) => to.length)).toEqual([500, 100])
    expect(counts()).toEqual(userIds.map(() => 1))
  })

  test('in two batches are sent to once, unless only each batch is deduplicated', async () => {
    const { line, userIds, options, counts } = await setup(600)
    const list = [...userIds, ...userIds.slice(0, 50)]
    expect(await sendToMany(line, list, messages, { ...options, jobId: 'one' })).toMatchObject({
      sent: 600,
      duplicates: 50,
      deduplicated: 'all',
    })
    expect(new Set(counts())).toEqual(new Set([1]))
    expect(await sendToMany(line, list, messages, { ...options, jobId: 'two', dedupe: 'batch' })).toMatchObject({
      sent: 650,
      deduplicated: 'partly',
    })
    expect(counts().filter((count) => count === 3)).toHaveLength(50)
  })

  test('above dedupeLimit are recognized only while they are remembered, with one warning', async () => {
    const { line, userIds, options, counts } = await setup(1200)
    const warnings: unknown[] = []
    const list = [...userIds, ...userIds.slice(0, 20), ...userIds.slice(-20)]
    const settings = { ...options, dedupeLimit: 600, onWarning: (warning: object) => void warnings.push(warning) }
    expect(await sendToMany(line, list, messages, { ...settings, dryRun: true })).toMatchObject({
      deduplicated: 'partly',
    })
    expect(warnings).toMatchObject([{ code: 'partly-deduplicated' }])
    expect(await sendToMany(line, list, messages, settings)).toMatchObject({ deduplicated: 'partly', duplicates: 40 })
    expect(new Set(counts())).toEqual(new Set([1]))
    const far = [...userIds.slice(0, 700), ...userIds, ...userIds.slice(700, 720)]
    expect(await sendToMany(line, far, messages, { ...settings, jobId: 'far' })).toMatchObject({
      deduplicated: 'partly',
    })
    expect(counts().slice(0, 600)).toEqual(Array(600).fill(2))
  })
})

test('a job that is run again with another dedupeLimit is refused if that changes who was in a request', async () => {
  const { line, userIds, options, requests } = await setup(600)
  const list = [...userIds, ...userIds.slice(0, 50)]
  const few = { ...options, dedupeLimit: 500 }
  const many = { ...options, dedupeLimit: 5000 }
  const first = await sendToMany(line, [...list, ...list], messages, few)
  expect(first).toMatchObject({ deduplicated: 'partly' })
  await expect(sendToMany(line, [...list, ...list], messages, { ...few, dedupeLimit: 1 })).rejects.toMatchObject({
    code: 'LINE_INPUT',
  })
  // Here the first 600 IDs are distinct, so that the requests are the same.
  expect(await sendToMany(line, userIds, messages, { ...few, jobId: 'distinct' })).toMatchObject({ sent: 600 })
  const count = requests.length
  expect(await sendToMany(line, userIds, messages, { ...many, jobId: 'distinct' })).toMatchObject({ sent: 600 })
  expect(requests).toHaveLength(count)
})

describe('pacing', () => {
  test('stays within LINE’s rate limit and uses it fully', async () => {
    const { line, options, emulator, requests } = await setup(0, { enforceRateLimits: true })
    const start = emulator.clock.now()
    await drive(emulator, sendToMany(line, nobody(500 * 600), messages, options), 5)
    expect(requests).toHaveLength(600)
    expect(requests.every(({ status }) => status === 200)).toBe(true)
    // 150 at once, the others at 198 a second.
    const last = requests.at(-1)?.at ?? 0
    expect(last - start).toBeGreaterThanOrEqual(2272)
    expect(last - start).toBeLessThan(2272 * 1.05)
  }, 60_000)

  test('stays within the rate limit when all requests in flight reach LINE at the same moment', async () => {
    const { client, options, emulator, requests } = await setup(0, { enforceRateLimits: true })
    let count = 0
    const line = client((send) => async (url, init) => {
      count += 1
      if (count > 1 && count <= 51) await new Promise<void>((go) => void emulator.clock.setTimeout(go, 1000))
      return send(url, init)
    })
    await drive(emulator, sendToMany(line, nobody(500 * 600), messages, options), 10)
    expect(requests).toHaveLength(600)
    expect(requests.filter(({ status }) => status !== 200)).toEqual([])
  }, 60_000)

  test.each([[20], [0.5]])('follows a given rate of %d requests a second', async (rate) => {
    const { line, options, emulator, requests } = await setup(0)
    const start = emulator.clock.now()
    await drive(emulator, sendToMany(line, nobody(500 * 30), messages, { ...options, rate }), 20 / rate)
    expect(requests).toHaveLength(30)
    const full = Math.max(1, rate)
    const due = requests.map((_, count) => start + (Math.max(0, count + 1 - full) * 1000) / rate)
    for (const [count, { at }] of requests.entries()) expect(at).toBeGreaterThanOrEqual(due[count] ?? 0)
    expect((requests.at(-1)?.at ?? 0) - start).toBeLessThan((((30 - full) * 1000) / rate) * 2)
  })

  test('sends the first request alone, and then up to the given concurrency', async () => {
    const { client, options } = await setup(0)
    const held: (() => void)[] = []
    const line = client(() => async () => {
      await new Promise<void>((go) => held.push(go))
      return Response.json({})
    })
    const sending = sendToMany(line, nobody(500 * 10), messages, { ...options, concurrency: 4 })
    const underWay = async (count: number) => {
      await vi.waitFor(() => expect(held).toHaveLength(count))
      for (let turn = 0; turn < 50; turn++) await new Promise((next) => setImmediate(next))
      expect(held).toHaveLength(count)
      for (const go of held.splice(0)) go()
    }
    await underWay(1)
    await underWay(4)
    await underWay(4)
    await underWay(1)
    expect((await sending).sent).toBe(5000)
  })
})

describe('progress', () => {
  test('is reported after every batch and at the end', async () => {
    const { line, userIds, options, emulator } = await setup(1200)
    const told: SendToManyProgress[] = []
    const onProgress = (progress: SendToManyProgress) => told.push(progress)
    await drive(emulator, sendToMany(line, userIds, messages, { ...options, rate: 1, onProgress }), 500)
    expect(told).toEqual([
      { sent: 500, failed: 0, left: 700, rate: expect.any(Number) },
      { sent: 1000, failed: 0, left: 200, rate: expect.any(Number) },
      { sent: 1200, failed: 0, left: 0, rate: expect.any(Number) },
      { sent: 1200, failed: 0, left: 0, rate: expect.any(Number) },
    ])
    // At one request a second the third one goes out after two seconds.
    expect(told[2]?.rate).toBeGreaterThan(100)
    expect(told[2]?.rate).toBeLessThanOrEqual(600)
  })

  test('has the number of entries left when the length of the list is known', async () => {
    const { line, userIds, options } = await setup(2)
    const left: (number | undefined)[] = []
    const onProgress = (progress: SendToManyProgress) => left.push(progress.left)
    await sendToMany(line, userIds.values(), messages, { ...options, jobId: 'one', onProgress })
    await sendToMany(line, userIds.values(), messages, { ...options, jobId: 'two', onProgress, total: 5 })
    expect(left).toEqual([undefined, undefined, 3, 3])
  })

  test('with a callback that throws does not stop the job', async () => {
    const { line, userIds, options } = await setup(2)
    const onProgress = () => {
      throw new Error('the terminal is gone')
    }
    expect((await sendToMany(line, userIds, messages, { ...options, onProgress })).sent).toBe(2)
  })
})

describe('a dry run', () => {
  test('returns an estimate against the quota, and sends and stores nothing', async () => {
    const { line, userIds, options, account, requests, store } = await setup(600)
    account.settings.monthlyLimit = 700
    const list = [...userIds, ...userIds.slice(0, 2)]
    const run = () => sendToMany(line, list, messages, { ...options, dryRun: true })
    expect(await run()).toEqual({
      recipients: 600,
      duplicates: 2,
      deduplicated: 'all',
      requests: 2,
      duration: 10,
      quotaLeft: 700,
      withinQuota: true,
    })
    account.settings.monthlyLimit = 599
    expect(await run()).toMatchObject({ quotaLeft: 599, withinQuota: false })
    account.settings.monthlyLimit = undefined
    expect(await run()).toMatchObject({ quotaLeft: undefined, withinQuota: true })
    expect(requests).toEqual([])
    expect(await store.get('line-oa:job:spring')).toBeUndefined()
  })

  test('counts only users that the job has not sent to', async () => {
    const { line, userIds, options, requests } = await setup(1100)
    await sendToMany(line, userIds.slice(0, 500), messages, options)
    expect(await sendToMany(line, userIds, messages, { ...options, dryRun: true })).toMatchObject({
      recipients: 600,
      requests: 2,
    })
    expect(requests).toHaveLength(1)
  })
})
