import type { Operation } from 'line-oa'
import { describe, expect, test } from 'vitest'
import {
  breaksOff,
  deaf,
  type Fetch,
  file,
  hang,
  info,
  json,
  push,
  remove,
  reply,
  reset,
  sent,
  setup,
  slow,
} from './scripted-responses.js'

describe('one attempt', () => {
  test('sends the request of the record, and returns LINE’s response', async () => {
    const { caller, requests, told, clock } = setup([json({ ...sent, future: 1 })])
    const answer = await caller.callWithResponse(push, { to: 'U1' })
    expect(answer).toMatchObject({ data: { ...sent, future: 1 }, requestId: 'r-200', outcome: 'accepted', status: 200 })
    expect(requests[0]?.url).toBe('https://api.line.me/v2/bot/message/push')
    expect(requests[0]?.init).toMatchObject({ method: 'POST', body: '{"to":"U1"}', redirect: 'manual' })
    expect(Object.fromEntries(requests[0]?.headers ?? [])).toEqual({
      authorization: 'Bearer token',
      'content-type': 'application/json',
      'user-agent': expect.stringMatching(/^line-oa\/\d/),
      'x-line-retry-key': answer.retryKey,
    })
    expect(answer.retryKey).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
    expect(told).toEqual(['request 1', 'response 1 200 r-200'])
    expect(clock.pending).toBe(0)
  })

  test('succeeds for an accepted send whose response is lost', async () => {
    for (const answer of [new Response('<html>'), new Response('[1]'), breaksOff(200)]) {
      const { caller, told } = setup([answer])
      expect(await caller.callWithResponse(push, { to: 'U1' })).toMatchObject({
        data: {},
        outcome: 'accepted',
        status: 200,
      })
      expect(told).toContain('warning unexpected-body')
    }
    const silent = setup([new Response('', { status: 200 })])
    await silent.caller.call(push, { to: 'U1' })
    expect(silent.told).not.toContain('warning unexpected-body')
  })

  test('succeeds for an accepted send whose response never ends', async () => {
    const { caller, clock } = setup([async () => new Response(new ReadableStream({}), { status: 200 })])
    expect(await clock.settle(caller.callWithResponse(push, { to: 'U1' }))).toMatchObject({ outcome: 'accepted' })
    expect(clock.pending).toBe(0)
  })

  test('fails for a read without JSON, and does not quote the body', async () => {
    const { caller } = setup([new Response('<html>eyJsecret</html>')])
    const error: unknown = await caller.call(info, {}).catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ code: 'LINE_API', status: 200, operation: 'GET /v2/bot/info' })
    expect(`${error} ${JSON.stringify(error)}`).not.toMatch(/html|secret/)
  })

  test('fails for a redirect, and does not follow it', async () => {
    const { caller, requests } = setup([
      new Response('', { status: 302, headers: { location: 'https://evil.example/' } }),
    ])
    await expect(caller.call(info, {})).rejects.toMatchObject({ code: 'LINE_API', status: 302 })
    expect(requests).toHaveLength(1)
  })

  test('fails with the status of an HTML page without a reason phrase', async () => {
    const { caller } = setup([new Response('<html>', { status: 502, statusText: '' })])
    await expect(caller.call(reply, { to: 'U1' })).rejects.toMatchObject({
      code: 'LINE_API',
      status: 502,
      outcome: 'unknown',
    })
  })
})

describe('retries', () => {
  test('a send is retried with the same retry key and body', async () => {
    const { caller, clock, requests, told } = setup([json({}, 500), hang, reset, json(sent)])
    const answer = await clock.settle(caller.callWithResponse(push, { to: 'U1' }))
    expect(answer).toMatchObject({ data: sent, outcome: 'accepted' })
    expect(
      new Set(requests.map((request) => `${request.headers.get('x-line-retry-key')} ${request.init.body}`)).size,
    ).toBe(1)
    expect(told.filter((line) => line.startsWith('retry'))).toEqual([
      'retry 2 status 150',
      'retry 3 timeout 300',
      'retry 4 network 600',
    ])
    expect(clock.pending).toBe(0)
  })

  test('an attempt that hangs is retried after the timeout of the attempt, not of the call', async () => {
    const { caller, clock, requests } = setup([deaf, json(sent)])
    await clock.settle(caller.call(push, { to: 'U1' }))
    expect((requests[1]?.at ?? 0) - (requests[0]?.at ?? 0)).toBe(10_000 + 150)
  })

  test('409 means that an earlier attempt succeeded', async () => {
    const taken = json({ message: 'The retry key is already accepted', ...sent }, 409, {
      'x-line-accepted-request-id': 'first',
    })
    const { caller, clock } = setup([hang, taken])
    expect(await clock.settle(caller.callWithResponse(push, { to: 'U1' }))).toMatchObject({
      outcome: 'already-accepted',
      acceptedRequestId: 'first',
      data: sent,
      status: 409,
    })
  })

  test('a call that may not be retried fails with an unknown outcome', async () => {
    for (const [answer, code] of [
      [reset, 'LINE_NETWORK'],
      [hang, 'LINE_TIMEOUT'],
      [json({}, 500), 'LINE_API'],
    ] as const) {
      const { caller, clock, requests } = setup([answer])
      await expect(clock.settle(caller.call(reply, { to: 'U1' }))).rejects.toMatchObject({ code, outcome: 'unknown' })
      expect(requests).toHaveLength(1)
    }
  })

  test('4xx is not retried, and the call is rejected', async () => {
    const { caller, requests } = setup([json({ message: 'no' }, 400)])
    await expect(caller.call(push, { to: 'U1' })).rejects.toMatchObject({
      code: 'LINE_API',
      outcome: 'rejected',
      retryKey: expect.any(String),
    })
    expect(requests).toHaveLength(1)
  })

  test('a 4xx after an attempt that may have been carried out leaves the outcome unknown', async () => {
    const { caller, clock } = setup([hang, json({ message: 'You have reached your monthly limit.' }, 429)])
    await expect(clock.settle(caller.call(push, { to: 'U1' }))).rejects.toMatchObject({
      code: 'LINE_QUOTA',
      outcome: 'unknown',
    })
  })

  test('the call ends at its total timeout', async () => {
    const { caller, clock, requests } = setup([hang, hang, hang, hang])
    const start = clock.now()
    await expect(clock.settle(caller.call(push, { to: 'U1' }, { totalTimeout: 15_000 }))).rejects.toMatchObject({
      code: 'LINE_TIMEOUT',
      outcome: 'unknown',
    })
    expect(clock.now() - start).toBeLessThanOrEqual(15_000)
    expect(requests).toHaveLength(2)
  })

  test('the fourth attempt is the last one', async () => {
    const { caller, clock, requests } = setup([
      json({}, 500),
      json({}, 503),
      json({}, 500),
      json({ message: 'down' }, 500),
    ])
    await expect(clock.settle(caller.call(info, {}))).rejects.toMatchObject({ status: 500, lineMessage: 'down' })
    expect(requests).toHaveLength(4)
  })

  test('a rate-limited call waits and is retried, even if it may not be retried otherwise', async () => {
    const limited = json({ message: 'The API rate limit has been exceeded. Try again later.' }, 429)
    const { caller, clock, told } = setup([limited, json(sent)])
    await clock.settle(caller.call(reply, { to: 'U1' }))
    expect(told).toContain('retry 2 rate-limit 151')
  })

  test('a call does not wait for a rate limit of 60 per hour', async () => {
    const { caller, clock } = setup([json({ message: 'The API rate limit has been exceeded. Try again later.' }, 429)])
    await expect(clock.settle(caller.call(slow, { to: 'U1' }, { totalTimeout: 3_600_000 }))).rejects.toMatchObject({
      code: 'LINE_RATE_LIMIT',
      outcome: 'rejected',
    })
  })

  test('an exhausted monthly quota is not retried', async () => {
    const { caller, requests } = setup([json({ message: 'You have reached your monthly limit.' }, 429)])
    await expect(caller.call(push, { to: 'U1' })).rejects.toMatchObject({ code: 'LINE_QUOTA', outcome: 'rejected' })
    expect(requests).toHaveLength(1)
  })

  test('Retry-After is respected, and the call fails if it ends after the deadline', async () => {
    const patient = setup([json({}, 503, { 'retry-after': '7' }), json({ userId: 'U' })])
    await patient.clock.settle(patient.caller.call(info, {}))
    expect(patient.told).toContain('retry 2 status 7000')
    const hurried = setup([json({}, 503, { 'retry-after': '3600' })])
    await expect(hurried.clock.settle(hurried.caller.call(info, {}))).rejects.toMatchObject({ status: 503 })
  })

  test('a DELETE succeeds when its retry finds nothing', async () => {
    const { caller, clock } = setup([reset, json({ message: 'Not found' }, 404)])
    expect(await clock.settle(caller.callWithResponse(remove, { id: 'x' }))).toMatchObject({
      outcome: 'already-accepted',
      data: {},
    })
    const first = setup([json({ message: 'Not found' }, 404)])
    await expect(first.caller.call(remove, { id: 'x' })).rejects.toMatchObject({ code: 'LINE_NOT_FOUND' })
  })

  test('a read whose response is cut off is retried', async () => {
    const { caller, clock } = setup([breaksOff(200), json({ userId: 'U' })])
    expect(await clock.settle(caller.call(info, {}))).toEqual({ userId: 'U' })
  })

  test('a streamed body is sent once', async () => {
    const upload: Operation<{ data: ReadableStream<Uint8Array> }, Record<string, never>> = {
      method: 'POST',
      path: '/upload',
      body: { raw: 'data' },
      repeat: 'safe',
      docs: '',
    }
    const { caller, clock, requests } = setup([json({}, 500)])
    const body = new ReadableStream<Uint8Array>({ start: (controller) => controller.close() })
    await expect(clock.settle(caller.call(upload, { data: body }))).rejects.toMatchObject({
      status: 500,
      outcome: 'unknown',
    })
    expect(requests[0]?.init).toMatchObject({ body, duplex: 'half' })
  })

  test('a clock that jumps by a day does not end a call early or late', async () => {
    const { caller, clock } = setup([
      async () => {
        clock.jump(86_400_000)
        return json(sent)
      },
    ])
    expect(await clock.settle(caller.call(push, { to: 'U1' }))).toEqual(sent)
    const back = setup([
      async (url, init) => {
        back.clock.jump(-86_400_000)
        return hang(url, init)
      },
      json(sent),
    ])
    expect(await back.clock.settle(back.caller.call(push, { to: 'U1' }))).toEqual(sent)
  })
})

describe('aborting', () => {
  test('before the request sends nothing, and the call is rejected', async () => {
    const { caller, requests } = setup([])
    await expect(caller.call(push, { to: 'U1' }, { signal: AbortSignal.abort() })).rejects.toMatchObject({
      code: 'LINE_ABORTED',
      outcome: 'rejected',
    })
    expect(requests).toHaveLength(0)
  })

  test('during the request leaves the outcome unknown, and no attempt follows', async () => {
    const stop = new AbortController()
    const { caller, clock, requests } = setup([
      (url, init) => {
        queueMicrotask(() => stop.abort())
        return hang(url, init)
      },
    ])
    await expect(caller.call(push, { to: 'U1' }, { signal: stop.signal })).rejects.toMatchObject({
      code: 'LINE_ABORTED',
      outcome: 'unknown',
    })
    expect(requests).toHaveLength(1)
    expect(clock.pending).toBe(0)
  })

  test('between attempts prevents the next one', async () => {
    const stop = new AbortController()
    const { caller, clock, requests } = setup([json({}, 500)], { hooks: { retry: () => stop.abort() } })
    await expect(clock.settle(caller.call(push, { to: 'U1' }, { signal: stop.signal }))).rejects.toMatchObject({
      code: 'LINE_ABORTED',
      outcome: 'unknown',
    })
    expect(requests).toHaveLength(1)
  })
})

describe('aborting on the system clock', () => {
  const onSystemClock = { clock: undefined, random: () => 0.01 }

  test('ends the wait between attempts, and no attempt follows', async () => {
    const stop = new AbortController()
    const { caller, requests } = setup([json({}, 503, { 'retry-after': '20' })], {
      ...onSystemClock,
      hooks: { retry: () => setTimeout(() => stop.abort(), 5) },
    })
    await expect(caller.call(push, { to: 'U1' }, { signal: stop.signal })).rejects.toMatchObject({
      code: 'LINE_ABORTED',
      outcome: 'unknown',
    })
    expect(requests).toHaveLength(1)
  })

  test('after the last response changes nothing', async () => {
    const calls = [
      { answers: [json({}, 503), json({ message: 'Invalid' }, 400)], aborted: 2, result: { status: 400 } },
      { answers: [json({}, 503), json({}, 409)], aborted: 2, result: { outcome: 'already-accepted' } },
      {
        answers: [json({ message: 'down' }, 503, { 'retry-after': '3600' })],
        aborted: 1,
        result: { status: 503, code: 'LINE_API' },
      },
    ]
    for (const { answers, aborted, result } of calls) {
      const stop = new AbortController()
      const { caller } = setup(answers, {
        ...onSystemClock,
        hooks: {
          response: ({ attempt }) => attempt === aborted && queueMicrotask(() => queueMicrotask(() => stop.abort())),
        },
      })
      const call = caller.callWithResponse(push, { to: 'U1' }, { signal: stop.signal })
      expect(await call.catch((error: unknown) => error)).toMatchObject(result)
    }
  })

  test('works with a signal that is not one of the runtime', async () => {
    class ForeignSignal extends EventTarget {
      aborted = false
      reason: unknown
      onabort = null
      throwIfAborted() {}
      abort() {
        this.aborted = true
        this.dispatchEvent(new Event('abort'))
      }
    }
    const kept = setup([json({}, 503), json(sent)], onSystemClock)
    expect(await kept.caller.call(push, { to: 'U1' }, { signal: new ForeignSignal() })).toEqual(sent)
    const signal = new ForeignSignal()
    const hooks = { retry: () => setTimeout(() => signal.abort(), 5) }
    const ended = setup([json({}, 503, { 'retry-after': '20' })], { ...onSystemClock, hooks })
    await expect(ended.caller.call(push, { to: 'U1' }, { signal })).rejects.toMatchObject({ code: 'LINE_ABORTED' })
  })
})

describe('a custom fetch', () => {
  // A Response cannot be made with such a status, but the runtime's fetch passes it on from a proxy.
  const withStatus = (status: number) => Object.defineProperty(json({}), 'status', { value: status })

  test('may respond with a status above 599, which is retried like 599', async () => {
    const { caller, clock, told } = setup([withStatus(600), withStatus(999), json(sent)])
    expect(await clock.settle(caller.call(push, { to: 'U1' }))).toEqual(sent)
    expect(told).toEqual(expect.arrayContaining(['retry 2 status 150', 'retry 3 status 300']))
  })

  test('that returns no Response fails with a LineError', async () => {
    for (const value of [undefined, null, {}, { ok: true, json: async () => ({}) }, { status: 200, headers: {} }]) {
      const { caller } = setup([async () => value as unknown as Response]) // what an untyped fetch may return
      await expect(caller.call(reply, { to: 'U1' })).rejects.toMatchObject({ code: 'LINE_NETWORK', outcome: 'unknown' })
    }
  })

  test('that ignores its signal and responds late affects nothing', async () => {
    const { caller, clock, told } = setup([
      () => new Promise((done) => clock.setTimeout(() => done(new Response('late')), 15_000)),
      json({ message: 'Not found' }, 404),
    ])
    await expect(clock.settle(caller.call(file, { id: '1' }, { timeout: 10_000 }))).rejects.toMatchObject({
      status: 404,
    })
    await clock.settle(new Promise<void>((done) => clock.setTimeout(done, 20_000)))
    expect(told.filter((line) => line.startsWith('response'))).toEqual(['response 2 404 r-404'])
    expect(clock.pending).toBe(0)
  })

  test('whose file is aborted by a hook leaves no timer', async () => {
    const stop = new AbortController()
    const { caller, clock } = setup([new Response('file')], { hooks: { response: () => stop.abort() } })
    await expect(caller.call(file, { id: '1' }, { signal: stop.signal })).rejects.toMatchObject({
      code: 'LINE_ABORTED',
    })
    expect(clock.pending).toBe(0)
  })
})

test('a timeout longer than the runtime supports does not end the call at once', async () => {
  const later: Fetch = () => new Promise((done) => setTimeout(() => done(json(sent)), 20))
  for (const timeout of [Number.POSITIVE_INFINITY, 2 ** 31]) {
    const { caller } = setup([later], { clock: undefined, channelAccessToken: { get: async () => 'token' } })
    expect(await caller.call(reply, { to: 'U1' }, { timeout, totalTimeout: timeout })).toEqual(sent)
  }
})

describe('input', () => {
  test('a retry key is refused if it is not a UUID or the operation does not support it', async () => {
    const { caller } = setup([])
    await expect(caller.call(reply, { to: 'U1' }, { retryKey: crypto.randomUUID() })).rejects.toMatchObject({
      code: 'LINE_INPUT',
    })
    await expect(caller.call(push, { to: 'U1' }, { retryKey: 'again' })).rejects.toMatchObject({ code: 'LINE_INPUT' })
  })

  test('an operation of a user requires a user access token', async () => {
    const profile: Operation<Record<string, never>, { userId: string }> = { ...info, path: '/v2/profile', auth: 'user' }
    const { caller, requests } = setup([json({ userId: 'U' })])
    await expect(caller.call(profile, {})).rejects.toMatchObject({ code: 'LINE_INPUT' })
    await caller.call(profile, {}, { accessToken: 'users' })
    expect(requests[0]?.headers.get('authorization')).toBe('Bearer users')
  })

  test('hooks that throw or reject do not affect the call', async () => {
    const hooks = {
      request: () => {
        throw new Error('x')
      },
      response: () => Promise.reject(new Error('y')) as unknown as undefined, // an async hook, which the type does not ask for
    }
    const { caller } = setup([json(sent)], { hooks })
    expect(await caller.call(push, { to: 'U1' })).toEqual(sent)
  })
})
