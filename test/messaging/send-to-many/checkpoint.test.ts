import type { SendToManyOptions } from 'line-oa'
import { forgetJob, sendToMany } from 'line-oa'
import { describe, expect, test } from 'vitest'
import { dying } from './dying.js'
import { drive, jobId, messages, type Setup, setup } from './setup.js'

const hour = 60 * 60 * 1000
const friends = 1100

/** Runs the job up to a step, at which its process crashes. */
async function runAndDie(
  world: Setup,
  at: number,
  list: readonly string[] = world.userIds,
  options: Partial<SendToManyOptions> = {},
) {
  const process = dying(at)
  const line = world.client(process.fetch)
  const store = process.store(world.store)
  const running = sendToMany(line, list, messages, { ...world.options, ...options, store }).then(
    () => 'finished' as const,
  )
  const end = await drive(world.emulator, Promise.race([running, process.dead.then(() => 'dead' as const)]))
  return { end, steps: process.steps }
}

const input = { code: 'LINE_INPUT', outcome: 'rejected' }

describe('a process that crashes', () => {
  test('at any step leaves a job that can continue: every user gets the messages exactly once', async () => {
    const first = await setup(friends)
    for (let at = 1; ; at++) {
      const world = first.another()
      const { end } = await runAndDie(world, at)
      const report = await drive(world.emulator, sendToMany(world.line, world.userIds, messages, world.options))
      expect(report, `died at step ${at}`).toMatchObject({ sent: friends, failed: 0, unknown: [] })
      expect(new Set(world.counts()), `died at step ${at}`).toEqual(new Set([1]))
      if (end === 'finished') {
        expect(at).toBeGreaterThan(20)
        break
      }
    }
  }, 60_000)

  test('five times, at any step, loses no user and sends to no user twice', async () => {
    const first = await setup(friends)
    for (let seed = 1; seed <= 8; seed++) {
      const world = first.another()
      for (let death = 1; death <= 5; death++) await runAndDie(world, 1 + ((seed * death * 7) % 23))
      await drive(world.emulator, sendToMany(world.line, world.userIds, messages, world.options))
      expect(new Set(world.counts())).toEqual(new Set([1]))
    }
  }, 60_000)

  test('and is run again with the list shifted by one is refused before anything is sent, unless nothing was sent before', async () => {
    let refused = 0
    const first = await setup(friends)
    for (let at = 1; at < 26; at++) {
      const world = first.another()
      await runAndDie(world, at)
      const before = { requests: world.requests.length, counts: world.counts() }
      const shifted = [...world.userIds.slice(1), ...world.userIds.slice(0, 1)]
      const error = await drive(
        world.emulator,
        sendToMany(world.line, shifted, messages, world.options).catch((thrown: unknown) => thrown),
      )
      if (error instanceof Error) {
        refused += 1
        expect(error).toMatchObject(input)
        expect(world.requests).toHaveLength(before.requests)
        expect(world.counts()).toEqual(before.counts)
      } else {
        expect(before.requests).toBe(0)
        expect(new Set(world.counts())).toEqual(new Set([1]))
      }
    }
    expect(refused).toBeGreaterThan(15)
  }, 60_000)

  test('while it searches for refused users skips no user and sends to no user twice', async () => {
    for (let at = 1; ; at += 3) {
      const world = await setup(40)
      const list = [...world.userIds.slice(0, 20), 'C0123', ...world.userIds.slice(20), 'R4567']
      const { end } = await runAndDie(world, at, list)
      const report = await drive(world.emulator, sendToMany(world.line, list, messages, world.options))
      expect(report, `died at step ${at}`).toMatchObject({ sent: 40, failed: 2 })
      expect(report.refused.toSorted()).toEqual(['C0123', 'R4567'])
      expect(new Set(world.counts()), `died at step ${at}`).toEqual(new Set([1]))
      if (end === 'finished') break
    }
  }, 60_000)

  test('while it searches for refused users sends to no user twice, even when LINE later accepts a user that it refused', async () => {
    for (let at = 1; at < 60; at += 2) {
      const world = await setup(8)
      const [fickle = ''] = world.userIds
      let refuses = true
      const wrap =
        (send: typeof fetch): typeof fetch =>
        async (url, init) =>
          refuses && String(init?.body).includes(fickle)
            ? Response.json(
                { message: 'The property, to[0], in the request body is invalid (line: -, column: -)' },
                { status: 400 },
              )
            : send(url, init)
      const process = dying(at)
      const line = world.client((send) => process.fetch(wrap(send)))
      const running = sendToMany(line, world.userIds, messages, { jobId, store: process.store(world.store) })
      const end = await drive(world.emulator, Promise.race([running, process.dead]))
      refuses = false
      await drive(world.emulator, sendToMany(world.client(wrap), world.userIds, messages, world.options))
      const [first, ...others] = world.counts()
      expect(new Set(others), `died at step ${at}`).toEqual(new Set([1]))
      // Where the first run has named the user and finished, that is the end of it.
      expect(first, `died at step ${at}`).toBe(end ? 0 : 1)
    }
  }, 60_000)
})

describe('a job that is run again', () => {
  test('when it is finished sends nothing, and gives the same report', async () => {
    const { line, userIds, options, requests } = await setup(600)
    const list = [...userIds, 'C0123']
    const first = await sendToMany(line, list, messages, options)
    const count = requests.length
    expect(await sendToMany(line, list, messages, options)).toEqual(first)
    expect(first).toMatchObject({ sent: 600, failed: 1, refused: ['C0123'] })
    expect(requests).toHaveLength(count)
  })

  type Change = { readonly messages?: typeof messages; readonly options?: Partial<SendToManyOptions> }
  test.each<[string, Change]>([
    ['other messages', { messages: [{ type: 'text' as const, text: 'Summer is here' }] }],
    ['another setting of the messages', { options: { notificationDisabled: true } }],
    ['another way to find duplicates', { options: { dedupe: 'batch' as const } }],
  ])('with %s is refused before anything is sent', async (_, change) => {
    const { line, userIds, options, requests } = await setup(2)
    await sendToMany(line, userIds, messages, options)
    const again = sendToMany(line, userIds, change.messages ?? messages, { ...options, ...change.options })
    await expect(again).rejects.toMatchObject(input)
    expect(requests).toHaveLength(1)
  })

  test.each<[string, (ids: readonly string[]) => readonly string[]]>([
    ['in another order', (ids) => ids.toReversed()],
    ['without its first entry', (ids) => ids.slice(1)],
    ['with one entry more at its start', (ids) => ['U00000000000000000000000000000000', ...ids]],
    ['that ends before the checkpoint', (ids) => ids.slice(0, 700)],
    ['that is empty', () => []],
    ['with another entry in its last batch', (ids) => ids.with(-1, 'U00000000000000000000000000000000')],
  ])('with a list %s is refused before anything is sent', async (_, change) => {
    const world = await setup(friends)
    await sendToMany(world.line, world.userIds, messages, world.options)
    const before = world.requests.length
    const again = sendToMany(world.line, change(world.userIds), messages, world.options)
    await expect(again).rejects.toMatchObject(input)
    expect(world.requests).toHaveLength(before)
    // And it is not spoiled by that.
    expect(await sendToMany(world.line, world.userIds, messages, world.options)).toMatchObject({ sent: friends })
  })

  test('with the list in another order within a batch is the same job', async () => {
    const { line, userIds, options, requests } = await setup(300)
    await sendToMany(line, userIds, messages, options)
    expect(await sendToMany(line, userIds.toReversed(), messages, options)).toMatchObject({ sent: 300 })
    expect(requests).toHaveLength(1)
  })

  test('with a longer list after full batches sends the rest', async () => {
    const { line, userIds, options, requests, counts } = await setup(friends)
    await sendToMany(line, userIds.slice(0, 1000), messages, options)
    expect(await sendToMany(line, userIds, messages, options)).toMatchObject({ sent: friends })
    expect(requests.map(({ to }) => to.length)).toEqual([500, 500, 100])
    expect(new Set(counts())).toEqual(new Set([1]))
  })

  test('after forgetJob() is a new job', async () => {
    const { line, userIds, options, store, requests, emulator, counts } = await setup(600)
    await sendToMany(line, userIds, messages, options)
    await forgetJob(line, jobId, { store })
    await emulator.clock.advance(24 * hour)
    await sendToMany(line, userIds, [{ type: 'text', text: 'Summer is here' }], options)
    expect(requests).toHaveLength(4)
    expect(new Set(counts())).toEqual(new Set([2]))
  })

  test('after forgetJob() has nothing left in the store, and other jobs have everything', async () => {
    const { account, line, userIds, options, store } = await setup(600)
    const deleted: string[] = []
    const watched = { ...store, delete: (key: string) => store.delete(key).finally(() => deleted.push(key)) }
    await sendToMany(line, userIds, messages, options)
    await sendToMany(line, userIds, messages, { ...options, jobId: `${jobId}2` })
    await forgetJob(line, jobId, { store: watched })
    const name = `${account.channelId}:${jobId}`
    expect(deleted).toEqual([`line-oa:job-batch:1:${name}`, `line-oa:job-batch:0:${name}`, `line-oa:job:${name}`])
    for (const key of deleted) expect(await store.get(key)).toBeUndefined()
    expect(await store.get(`line-oa:job:${name}2`)).toBeDefined()
    await forgetJob(line, 'never begun', { store })
  })

  test('after half of forgetJob(), as in a process that crashed, sends nothing twice under retry keys that LINE remembers', async () => {
    const world = await setup(friends)
    await sendToMany(world.line, world.userIds, messages, world.options)
    const died = new Error('died')
    let left = 2
    const dyingStore = {
      ...world.store,
      delete: (key: string) => (left-- > 0 ? world.store.delete(key) : Promise.reject(died)),
    }
    await expect(forgetJob(world.line, jobId, { store: dyingStore })).rejects.toBe(died)
    const report = await drive(world.emulator, sendToMany(world.line, world.userIds, messages, world.options))
    expect(report).toMatchObject({ sent: friends, unknown: [] })
    expect(new Set(world.counts())).toEqual(new Set([1]))
  })

  test('under an ID that resembles the checkpoint of another job is a different job', async () => {
    const { line, userIds, store, counts } = await setup(3)
    for (const id of ['1', '1:1', '0:1', 'batch:0:1']) await sendToMany(line, userIds, messages, { jobId: id, store })
    expect(counts()).toEqual([4, 4, 4])
  })

  test('while it runs in another process stops before anything is sent twice', async () => {
    const world = await setup(friends)
    const both = [1, 2].map(() =>
      sendToMany(world.line, world.userIds, messages, world.options).catch((error: { code: string }) => error),
    )
    const ends = await drive(world.emulator, Promise.all(both))
    expect(ends).toContainEqual(expect.objectContaining({ sent: friends }))
    expect(ends).toContainEqual(expect.objectContaining({ code: 'LINE_INPUT' }))
    expect(new Set(world.counts())).toEqual(new Set([1]))
  })

  test('whose store has another value under its key is refused', async () => {
    const { account, line, userIds, options, store } = await setup(2)
    await store.set(`line-oa:job:${account.channelId}:spring`, 'a secret of another program')
    const error = await sendToMany(line, userIds, messages, options).catch((thrown: unknown) => thrown)
    expect(error).toMatchObject(input)
    expect(JSON.stringify(error)).not.toContain('secret')
    await store.delete(`line-oa:job:${account.channelId}:spring`)
    await store.set(`line-oa:job-batch:0:${account.channelId}:spring`, '{"key":1}')
    await expect(sendToMany(line, userIds, messages, options)).rejects.toMatchObject(input)
  })
})

describe('24 hours later', () => {
  // The request goes out at step 11: the head, one of an earlier version and the first batch are looked for, head and batch written, each with its
  // return.
  const untilSent = 12

  test('a batch without a recorded outcome is reported as unknown, and not sent', async () => {
    const world = await setup(friends)
    await runAndDie(world, untilSent)
    expect(world.requests).toHaveLength(1)
    await world.emulator.clock.advance(24 * hour)
    const report = await drive(world.emulator, sendToMany(world.line, world.userIds, messages, world.options))
    const [{ retryKey } = { retryKey: '' }] = world.requests
    expect(report).toEqual({
      sent: 600,
      failed: 500,
      refused: [],
      unknown: [{ from: 0, to: 500, users: 500, retryKey, triedAt: expect.any(Number) }],
      duplicates: 0,
      deduplicated: 'all',
    })
    expect(world.requests.filter((request) => request.retryKey === retryKey)).toHaveLength(1)
    expect(new Set(world.counts())).toEqual(new Set([1]))
    // And it stays so.
    expect(await sendToMany(world.line, world.userIds, messages, world.options)).toEqual(report)
  })

  test('minus two minutes a batch is still sent, and LINE recognizes its retry key', async () => {
    const world = await setup(friends)
    await runAndDie(world, untilSent)
    await world.emulator.clock.advance(24 * hour - 120_000)
    const report = await drive(world.emulator, sendToMany(world.line, world.userIds, messages, world.options))
    expect(report).toMatchObject({ sent: friends, unknown: [] })
    expect(world.requests.map(({ status }) => status)).toEqual([200, 409, 200, 200])
  })

  test('a batch without a recorded outcome is not counted in an estimate', async () => {
    const world = await setup(friends)
    await runAndDie(world, untilSent)
    const run = () => sendToMany(world.line, world.userIds, messages, { ...world.options, dryRun: true })
    expect(await run()).toMatchObject({ recipients: friends })
    await world.emulator.clock.advance(24 * hour)
    expect(await run()).toMatchObject({ recipients: 600 })
  })

  test('a refused batch is reported as unknown when an earlier attempt may have been accepted', async () => {
    const world = await setup(3)
    world.emulator.faults.add({ operation: 'multicast', answer: 500, when: 'after', times: 4 })
    world.emulator.faults.add({ operation: 'multicast', answer: 403 })
    const stopped = drive(world.emulator, sendToMany(world.line, world.userIds, messages, world.options))
    await expect(stopped).rejects.toMatchObject({ code: 'LINE_PERMISSION', outcome: 'rejected' })
    await world.emulator.clock.advance(24 * hour)
    expect(await sendToMany(world.line, world.userIds, messages, world.options)).toMatchObject({
      sent: 0,
      unknown: [{ users: 3 }],
    })
    expect(world.counts()).toEqual([1, 1, 1])
  })

  test('a batch that was certainly refused is sent', async () => {
    const world = await setup(friends)
    world.account.settings.monthlyLimit = 500
    const first = sendToMany(world.line, world.userIds, messages, world.options)
    await expect(drive(world.emulator, first)).rejects.toMatchObject({ code: 'LINE_QUOTA', outcome: 'rejected' })
    expect(world.counts().filter(Boolean)).toHaveLength(500)
    await world.emulator.clock.advance(31 * 24 * hour)
    world.account.settings.monthlyLimit = 5000
    const report = await drive(world.emulator, sendToMany(world.line, world.userIds, messages, world.options))
    expect(report).toMatchObject({ sent: friends, unknown: [] })
    expect(new Set(world.counts())).toEqual(new Set([1]))
  })
})
