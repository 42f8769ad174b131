import type { SendToManyOptions, SendToManyProgress, UserIds } from 'line-oa'
import { createLineClient, sendToMany } from 'line-oa'
import { contracts } from 'line-oa/contracts'
import type { Store } from 'line-oa/store'
import { describe, expect, test, vi } from 'vitest'
import { drive, jobId, messages, nobody, type Setup, setup } from './setup.js'

const friends = 1100
const once = new Set([1])

/** What a run again makes of a job that was stopped. */
async function finish(world: Setup, list: UserIds = world.userIds) {
  return drive(world.emulator, sendToMany(world.line, list, messages, world.options))
}

describe('an abort', () => {
  /** Aborts at a step: a request or a call of the store, when it begins or when it comes back. */
  function abortingAt(world: Setup, at: number) {
    const controller = new AbortController()
    let steps = 0
    const step = () => {
      steps += 1
      if (steps === at) controller.abort()
    }
    const guard = async <T>(work: () => Promise<T>): Promise<T> => {
      step()
      const result = await work()
      step()
      return result
    }
    const store: Store = {
      ...world.store,
      get: (key) => guard(() => world.store.get(key)),
      set: (key, value) => guard(() => world.store.set(key, value)),
      add: (key, value) => guard(() => world.store.add(key, value)),
    }
    async function* list() {
      for (const [index, userId] of world.userIds.entries()) {
        if (index % 250 === 0) step()
        yield userId
      }
    }
    const line = world.client((send) => (url, init) => guard(() => send(url, init)))
    return { line, list: list(), options: { ...world.options, store, signal: controller.signal }, controller }
  }

  test('at any step sends whole batches only, records every outcome, and the job can continue', async () => {
    let aborted = 0
    const first = await setup(friends)
    for (let at = 1; ; at++) {
      const world = first.another()
      const { line, list, options, controller } = abortingAt(world, at)
      const sizes: number[] = []
      const running = sendToMany(line, list, messages, { ...options, onProgress: ({ sent }) => sizes.push(sent) })
      const error = await drive(
        world.emulator,
        running.catch((thrown: unknown) => thrown),
      )
      if (error instanceof Error) {
        aborted += 1
        expect(error, `aborted at step ${at}`).toMatchObject({ code: 'LINE_ABORTED' })
      }
      // Whole batches only, and what was told last is what was sent.
      expect([0, 500, 1000, friends]).toContain(world.counts().reduce((sum, count) => sum + count, 0))
      expect(sizes.at(-1) ?? 0).toBe(world.counts().reduce((sum, count) => sum + count, 0))
      // All that was sent has its outcome, so that a day later nothing is unknown.
      await world.emulator.clock.advance(25 * 60 * 60 * 1000)
      expect(await finish(world), `aborted at step ${at}`).toMatchObject({ sent: friends, failed: 0, unknown: [] })
      expect(new Set(world.counts()), `aborted at step ${at}`).toEqual(once)
      if (!controller.signal.aborted) break
    }
    expect(aborted).toBeGreaterThan(20)
  }, 60_000)

  test('before the start reads and sends nothing', async () => {
    const { line, options, requests, store } = await setup(0)
    const list = vi.fn(function* () {
      yield 'U1'
    })
    const get = vi.spyOn(store, 'get')
    const stopped = sendToMany(line, list(), messages, { ...options, signal: AbortSignal.abort() })
    await expect(stopped).rejects.toMatchObject({ code: 'LINE_ABORTED' })
    expect(get).not.toHaveBeenCalled()
    expect(requests).toEqual([])
  })

  test('while the list is pending ends the job at once', async () => {
    const { line, userIds, options, requests } = await setup(600)
    const controller = new AbortController()
    let stuck = () => {}
    const asked = new Promise<void>((done) => {
      stuck = done
    })
    async function* list() {
      yield* userIds
      stuck()
      await new Promise(() => {})
    }
    const running = sendToMany(line, list(), messages, { ...options, signal: controller.signal })
    await asked
    controller.abort()
    await expect(running).rejects.toMatchObject({ code: 'LINE_ABORTED' })
    // The first batch had been sent; the 100 that were read of the second one are not.
    expect(requests.map(({ to }) => to.length)).toEqual([500])
  })

  test('between attempts ends the job at once', async () => {
    const { line, userIds, options, emulator, requests } = await setup(5)
    emulator.faults.add({ operation: 'multicast', answer: 500, times: 4 })
    const controller = new AbortController()
    const running = sendToMany(line, userIds, messages, { ...options, signal: controller.signal })
    const ended = expect(running).rejects.toMatchObject({ code: 'LINE_ABORTED' })
    while (requests.length < 4) await emulator.clock.advance(100)
    controller.abort()
    await ended
    expect(requests).toHaveLength(4)
  })

  test('ends a dry run', async () => {
    const { line, options } = await setup(0)
    const controller = new AbortController()
    function* list() {
      yield 'U1'
      controller.abort()
      yield 'U2'
    }
    const running = sendToMany(line, list(), messages, { ...options, dryRun: true, signal: controller.signal })
    await expect(running).rejects.toMatchObject({ code: 'LINE_ABORTED' })
  })

  test('leaves no event listener', async () => {
    const { line, userIds, options } = await setup(1)
    const { signal } = new AbortController()
    const added = vi.spyOn(signal, 'addEventListener')
    const removed = vi.spyOn(signal, 'removeEventListener')
    await sendToMany(line, userIds, messages, { ...options, signal })
    expect(removed).toHaveBeenCalledTimes(added.mock.calls.length)
  })
})

describe('a list that throws partway', () => {
  test.each([['a generator'], ['an async generator']])(
    'from %s: what was begun is finished, no part of a batch is sent, and its own error comes out',
    async (kind) => {
      const world = await setup(friends)
      const broken = new Error('the database is gone')
      function* ids() {
        yield* world.userIds.slice(0, 700)
        throw broken
      }
      async function* asyncIds() {
        yield* ids()
      }
      const list = kind === 'a generator' ? ids() : asyncIds()
      const error = await sendToMany(world.line, list, messages, world.options).catch((thrown: unknown) => thrown)
      expect(error).toBe(broken)
      expect(world.requests.map(({ to }) => to.length)).toEqual([500])
      expect(await finish(world)).toMatchObject({ sent: friends })
      expect(new Set(world.counts())).toEqual(once)
    },
  )

  test('and a list that is not read to its end are closed', async () => {
    const { line, options, emulator } = await setup(0)
    emulator.faults.add({ operation: 'multicast', answer: 403 })
    const closed = vi.fn()
    function* ids() {
      try {
        yield* nobody(5000)
      } finally {
        closed()
      }
    }
    await expect(sendToMany(line, ids(), messages, options)).rejects.toMatchObject({ code: 'LINE_PERMISSION' })
    expect(closed).toHaveBeenCalledOnce()
  })

  test.each<[string, unknown]>([
    ['a number', 1],
    ['null', null],
    ['undefined', undefined],
    ['empty text', ''],
    ['spaces or line ends', 'U00000000000000000000000000000001\r'],
  ])('because an entry is %s: the error names its index and does not quote it', async (_, entry) => {
    const world = await setup(600)
    const closed = vi.fn()
    function* ids() {
      try {
        yield* [...world.userIds.slice(0, 550), entry, ...world.userIds.slice(550)] as string[] // what JavaScript callers may pass
      } finally {
        closed()
      }
    }
    const error = await sendToMany(world.line, ids(), messages, world.options).catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({
      code: 'LINE_INPUT',
      problems: [{ path: 'userIds[550]' }],
    })
    expect(JSON.stringify(error)).not.toContain('U0000')
    expect(world.requests).toHaveLength(1)
    expect(closed).toHaveBeenCalledOnce()
    expect(await finish(world)).toMatchObject({ sent: 600 })
  })
})

describe('users that LINE refuses', () => {
  test('are found by bisection and reported; all others get the messages once', async () => {
    const { line, userIds, options, requests, counts } = await setup(600)
    const bad = ['C0123', 'R4567', 'U-foreign']
    const list = [...userIds.slice(0, 100), ...bad.slice(0, 2), ...userIds.slice(100), ...bad.slice(2)]
    const report = await sendToMany(line, list, messages, options)
    expect(report).toMatchObject({ sent: 600, failed: 3, unknown: [] })
    expect(report.refused.toSorted()).toEqual(bad)
    expect(new Set(counts())).toEqual(once)
    // Two in 500 by halves, at most.
    expect(requests.length).toBeLessThan(2 * 2 * 9 + 2 * 8 + 3)
    // No two requests share a key, for LINE would take the second one for the first.
    expect(new Set(requests.map(({ retryKey }) => retryKey)).size).toBe(requests.length)
  })

  test.each<[string, object]>([
    [
      'in the message, as on LINE’s page',
      { message: 'The property, to[1], in the request body is invalid (line: -, column: -)' },
    ],
    [
      'in the message, as the whole list',
      { message: "The property, 'to', in the request body is invalid (line: -, column: -)" },
    ],
    [
      'in the details',
      { message: 'The request body has 1 error(s)', details: [{ message: 'invalid', property: 'to[1]' }] },
    ],
  ])('are found where LINE names them %s', async (_, body) => {
    const { client, options } = await setup(0)
    const [bad = '', ...others] = nobody(5)
    const line = client(() => async (_url, init) => {
      const { to } = JSON.parse(String(init?.body))
      return to.includes(bad) ? Response.json(body, { status: 400 }) : Response.json({})
    })
    const report = await sendToMany(line, [...others, bad], messages, options)
    expect(report).toMatchObject({ sent: 4, failed: 1, refused: [bad] })
  })

  test('may be all users', async () => {
    const { line, options, emulator } = await setup(0)
    const list = Array.from({ length: 20 }, (_, number) => `C${number}`)
    const report = await drive(emulator, sendToMany(line, list, messages, options))
    expect(report).toMatchObject({ sent: 0, failed: 20 })
    expect(report.refused).toHaveLength(20)
  })

  test('are counted in the progress as failed', async () => {
    const { line, userIds, options } = await setup(3)
    const told: SendToManyProgress[] = []
    await sendToMany(line, [...userIds, 'C1'], messages, { ...options, onProgress: (progress) => told.push(progress) })
    expect(told.at(-1)).toMatchObject({ sent: 3, failed: 1, left: 0 })
  })
})

describe('a refusal for another reason', () => {
  test.each<[string, readonly (typeof messages)[number][], object]>([
    ['no messages', [], { code: 'LINE_API', status: 400, details: [{ property: 'messages' }] }],
    ['six messages', Array(6).fill(messages[0]), { code: 'LINE_API', status: 400 }],
    [
      'an empty text',
      [{ type: 'text', text: '' }],
      { code: 'LINE_API', status: 400, details: [{ property: 'messages[0].text' }] },
    ],
  ])('such as %s stops the job after one request, and the job can be run again', async (_, wrong, error) => {
    const { account, line, userIds, options, requests, store } = await setup(friends)
    await expect(sendToMany(line, userIds, wrong, options)).rejects.toMatchObject({ ...error, outcome: 'rejected' })
    expect(requests).toHaveLength(1)
    expect(await store.get(`line-oa:job:${account.channelId}:spring`)).toBeUndefined()
    expect(await sendToMany(line, userIds, messages, options)).toMatchObject({ sent: friends })
  })

  test('comes before the first request when the client validates', async () => {
    const { emulator, account, userIds, options, store } = await setup(2)
    const fetch = vi.fn(emulator.fetch)
    const line = createLineClient({
      channelAccessToken: account.issueLongLivedToken(),
      channelId: account.channelId,
      fetch,
      clock: emulator.clock,
      validate: contracts(),
    })
    const sent = sendToMany(line, userIds, [{ type: 'text', text: '' }], options)
    await expect(sent).rejects.toMatchObject({ code: 'LINE_INPUT', problems: [{ path: 'messages[0].text' }] })
    expect(fetch).not.toHaveBeenCalled()
    expect(await store.get(`line-oa:job:${account.channelId}:spring`)).toBeUndefined()
  })

  test('in the middle of a job stops it, and a later run sends the rest', async () => {
    const world = await setup(friends)
    world.account.settings.monthlyLimit = 1000
    await expect(drive(world.emulator, finish(world))).rejects.toMatchObject({ code: 'LINE_QUOTA' })
    expect(world.counts().filter(Boolean)).toHaveLength(1000)
    world.account.settings.monthlyLimit = undefined
    expect(await finish(world)).toMatchObject({ sent: friends })
    expect(new Set(world.counts())).toEqual(once)
  })

  test('is not mistaken for refused users when the messages are invalid too', async () => {
    const { client, options } = await setup(0)
    let asked = 0
    const details = [
      { message: 'invalid', property: 'to[0]' },
      { message: 'invalid', property: 'messages[0].text' },
    ]
    const line = client(() => async () => {
      asked += 1
      return Response.json({ message: 'The request body has 2 error(s)', details }, { status: 400 })
    })
    await expect(sendToMany(line, nobody(5), messages, options)).rejects.toMatchObject({
      code: 'LINE_API',
      status: 400,
    })
    expect(asked).toBe(1)
  })
})

describe('a failure on the way', () => {
  test.each(['before', 'after'] as const)(
    '500s %s LINE has sent cause no duplicate and no lost message',
    async (when) => {
      const world = await setup(friends)
      world.emulator.faults.add({ operation: 'multicast', answer: 500, when, times: 3 })
      world.emulator.faults.add({ operation: 'multicast', answer: 'reset', when, times: 3 })
      world.emulator.faults.add({ operation: 'multicast', answer: 'timeout', when, times: 2 })
      expect(await finish(world)).toMatchObject({ sent: friends, failed: 0 })
      expect(new Set(world.counts())).toEqual(once)
    },
  )

  test('is retried in five calls', async () => {
    const world = await setup(3)
    world.emulator.faults.add({ operation: 'multicast', answer: 503, times: 19 })
    expect(await finish(world)).toMatchObject({ sent: 3 })
    expect(world.requests).toHaveLength(20)
  })

  test('stops the job after five calls, and the job can be run again', async () => {
    const world = await setup(friends)
    world.emulator.faults.add({ operation: 'multicast', answer: 500, when: 'after', times: 20 })
    await expect(finish(world)).rejects.toMatchObject({
      code: 'LINE_API',
      status: 500,
      outcome: 'unknown',
      retryKey: expect.any(String),
    })
    expect(world.requests).toHaveLength(20)
    expect(await finish(world)).toMatchObject({ sent: friends, unknown: [] })
    expect(new Set(world.counts())).toEqual(once)
  })

  test('by a rate limit is retried after a wait', async () => {
    const world = await setup(3)
    world.emulator.faults.add({ operation: 'multicast', answer: 429, times: 7 })
    expect(await finish(world)).toMatchObject({ sent: 3 })
  })

  test('of the store after a send stops the job, and the next run does not send again', async () => {
    const world = await setup(friends)
    const broken = new Error('disk full')
    const store: Store = { ...world.store, set: async () => Promise.reject(broken) }
    const stopped = sendToMany(world.line, world.userIds, messages, { ...world.options, store })
    await expect(stopped).rejects.toBe(broken)
    expect(world.requests).toHaveLength(1)
    expect(await finish(world)).toMatchObject({ sent: friends })
    expect(world.requests.map(({ status }) => status)).toEqual([200, 409, 200, 200])
  })
})

describe('invalid options', () => {
  test.each<[string, unknown, unknown, Partial<SendToManyOptions> | { readonly [name: string]: unknown }]>([
    ['no job ID', [], messages, { jobId: '' }],
    ['a job ID that is no text', [], messages, { jobId: 1 }],
    ['a rate of 0', [], messages, { rate: 0 }],
    ['a rate that is no number', [], messages, { rate: Number.NaN }],
    ['an endless rate', [], messages, { rate: Number.POSITIVE_INFINITY }],
    ['no requests at once', [], messages, { concurrency: 0 }],
    ['half a request at once', [], messages, { concurrency: 1.5 }],
    ['an unknown way to find duplicates', [], messages, { dedupe: 'none' }],
    ['one user', 'U00000000000000000000000000000001', messages, {}],
    ['no list', undefined, messages, {}],
    ['an object', {}, messages, {}],
    ['messages that are no list', [], { type: 'text', text: 'hello' }, {}],
    ['messages with a BigInt', [], [{ type: 'text', text: 1n }], {}],
  ])('%s: the job is refused before anything happens', async (_, list, wrong, options) => {
    const { line, store } = await setup(0)
    const get = vi.spyOn(store, 'get')
    // What JavaScript callers may pass.
    const sent = sendToMany(
      line,
      list as string[],
      wrong as typeof messages,
      { jobId, store, ...options } as SendToManyOptions,
    )
    await expect(sent).rejects.toMatchObject({ code: 'LINE_INPUT' })
    expect(get).not.toHaveBeenCalled()
  })

  test('messages with a cycle: the job is refused', async () => {
    const { line, options } = await setup(0)
    const cyclic: { type: 'text'; text: string; self?: object } = { type: 'text', text: 'hello' }
    cyclic.self = cyclic
    await expect(sendToMany(line, nobody(1), [cyclic], options)).rejects.toMatchObject({ code: 'LINE_INPUT' })
  })

  test('messages that change during the job do not affect it', async () => {
    const { line, userIds, options, people, account } = await setup(600)
    const changing = [{ type: 'text' as const, text: 'one' }]
    const onProgress = () => {
      changing[0] = { type: 'text', text: 'two' }
    }
    await sendToMany(line, userIds, changing, { ...options, onProgress })
    expect(
      new Set(people.map((person) => JSON.stringify(person.chatWith(account).map(({ message }) => message)))).size,
    ).toBe(1)
  })
})
