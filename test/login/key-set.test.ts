import { LineLoginError, lineKeySet, verifyIdToken } from 'line-oa/id-token'
import { describe, expect, test, vi } from 'vitest'
import { TestClock } from '../clock.js'
import { channelId, lineKey, now } from './signed-tokens.js'

type Fetch = typeof fetch

const first = lineKey('first')
const second = lineKey('second')
const minute = 60_000

const setOf = (...keys: unknown[]): Fetch => {
  return async () => Response.json({ keys })
}

/** A key set with the given responses: each is used once, and the last one for all further requests. */
function setup(...answers: Fetch[]) {
  const clock = new TestClock(now * 1000)
  const requests: { url: string; init: RequestInit | undefined }[] = []
  const fetch: Fetch = async (url, init) => {
    requests.push({ url: String(url), init })
    const answer = answers.length > 1 ? answers.shift() : answers[0]
    if (!answer) throw new Error('asked too often')
    return answer(url, init)
  }
  const keys = lineKeySet({ fetch, clock })
  const verify = (token: string, by = keys) => verifyIdToken(token, { channelId, keys: by, clock })
  return { clock, requests, fetch, keys, verify }
}

describe('the cache', () => {
  test('makes one request for 1,000 concurrent verifications', async () => {
    const { verify, requests } = setup(setOf(first.jwk))
    const token = first.token()
    const all = await Promise.all(Array.from({ length: 1000 }, () => verify(token)))
    expect(all).toHaveLength(1000)
    expect(requests.map(({ url }) => url)).toEqual(['https://api.line.me/oauth2/v2.1/certs'])
    expect(requests[0]?.init).toMatchObject({ redirect: 'manual' })
  })

  test('is shared by key sets with the same fetch function only', async () => {
    const { fetch, clock, requests, verify } = setup(setOf(first.jwk))
    for (let i = 0; i < 3; i++) await verify(first.token(), lineKeySet({ fetch, clock }))
    expect(requests).toHaveLength(1)
    await verify(first.token(), lineKeySet({ fetch: (url, init) => fetch(url, init), clock }))
    expect(requests).toHaveLength(2)
  })

  test('is separate per base URL, so that an emulator does not answer for LINE', async () => {
    const { fetch, clock, requests, verify } = setup(setOf(first.jwk))
    await verify(first.token())
    await verify(first.token(), lineKeySet({ fetch, clock, baseUrl: 'http://127.0.0.1:8080/' }))
    expect(requests[1]?.url).toBe('http://127.0.0.1:8080/oauth2/v2.1/certs')
  })
})

describe('a caller that asks in any microtask while a load ends', () => {
  const inEveryMicrotask = async (answer: Fetch) => {
    const { keys, requests } = setup(answer)
    const asked: Promise<unknown>[] = []
    for (let turn = 0; turn < 200; turn++) {
      asked.push(keys.get('first').catch((error: unknown) => (error instanceof Error ? error.name : error)))
      await null
    }
    return { answers: new Set(await Promise.all(asked)), requests }
  }

  test('gets the key', async () => {
    const { answers, requests } = await inEveryMicrotask(setOf(first.jwk))
    expect([...answers]).toEqual([{ kty: 'EC', crv: 'P-256', x: first.jwk.x, y: first.jwk.y }])
    expect(requests).toHaveLength(1)
  })

  test('gets the error when the load failed', async () => {
    const { answers, requests } = await inEveryMicrotask(async () => new Response('oops', { status: 500 }))
    expect([...answers]).toEqual(['LineApiError'])
    expect(requests).toHaveLength(1)
  })
})

describe('renewal', () => {
  test('happens for an unknown key, which then works at once', async () => {
    const { verify, requests, clock } = setup(setOf(first.jwk), setOf(first.jwk, second.jwk))
    await verify(first.token())
    clock.jump(minute)
    await verify(second.token())
    expect(requests).toHaveLength(2)
  })

  test('happens at most once a minute, however many unknown keys arrive', async () => {
    const { verify, requests, clock } = setup(setOf(first.jwk))
    await verify(first.token())
    const forged = (kid: string) => verify(first.token({}, { kid })).catch((error: LineLoginError) => error.reason)
    for (let i = 0; i < 50; i++) expect(await forged(`forged-${i}`)).toBe('unknown-key')
    expect(requests).toHaveLength(1)
    clock.jump(minute - 1)
    expect(await forged('forged')).toBe('unknown-key')
    expect(requests).toHaveLength(1)
    clock.jump(1)
    expect(await Promise.all([forged('a'), forged('b'), forged('c')])).toEqual(Array(3).fill('unknown-key'))
    expect(requests).toHaveLength(2)
  })

  test('happens an hour after the last request for a known key', async () => {
    const { verify, requests, clock } = setup(setOf(first.jwk))
    await verify(first.token({ exp: now + 1e6 }))
    clock.jump(60 * minute - 1)
    await verify(first.token({ exp: now + 1e6 }))
    expect(requests).toHaveLength(1)
    clock.jump(1)
    await verify(first.token({ exp: now + 1e6 }))
    expect(requests).toHaveLength(2)
  })

  test('removes keys that LINE has withdrawn', async () => {
    const { verify, clock } = setup(setOf(first.jwk), setOf(second.jwk))
    await verify(first.token({ exp: now + 1e6 }))
    clock.jump(60 * minute)
    await expect(verify(first.token({ exp: now + 1e6 }))).rejects.toMatchObject({ reason: 'unknown-key' })
  })

  test('keeps known keys when it fails, and is tried again a minute later', async () => {
    const failing: Fetch = async () => new Response('no', { status: 500 })
    const { verify, requests, clock } = setup(setOf(first.jwk), failing)
    await verify(first.token({ exp: now + 1e6 }))
    clock.jump(60 * minute)
    for (let i = 0; i < 5; i++) await verify(first.token({ exp: now + 1e6 }))
    expect(requests).toHaveLength(2)
    clock.jump(minute)
    await verify(first.token({ exp: now + 1e6 }))
    expect(requests).toHaveLength(3)
  })

  test('still happens after the clock is set back', async () => {
    const { verify, requests, clock } = setup(setOf(first.jwk), setOf(second.jwk))
    await verify(first.token())
    clock.jump(-86_400_000)
    await verify(second.token({ iat: now - 86_400 }))
    expect(requests).toHaveLength(2)
  })
})

describe('a key set that cannot be loaded', () => {
  const status = (code: number): Fetch => {
    return async () => new Response('oops', { status: code })
  }
  const body = (text: string): Fetch => {
    return async () => new Response(text)
  }
  const breaksOff: Fetch = async () =>
    new Response(
      new ReadableStream({
        pull: (controller) => controller.error(new Error('reset by https://secret-proxy')),
      }),
    )

  test.each([
    ['500', status(500), 'LINE_API'],
    ['404', status(404), 'LINE_API'],
    ['a redirect', status(302), 'LINE_API'],
    ['HTML', body('<html>'), 'LINE_API'],
    ['an empty body', body(''), 'LINE_API'],
    ['a list', body('[]'), 'LINE_API'],
    ['no list of keys', body('{"keys":{}}'), 'LINE_API'],
    ['no keys', body('{"keys":[]}'), 'LINE_API'],
    ['values that are not keys', body('{"keys":[null,1,"a",[],{}]}'), 'LINE_API'],
    ['a failed connection', () => Promise.reject(new TypeError('fetch failed: https://secret-proxy')), 'LINE_NETWORK'],
    ['a body that breaks off', breaksOff, 'LINE_NETWORK'],
  ] satisfies [string, Fetch, string][])('is an error of LINE, not of the token: %s', async (_, answer, code) => {
    const { verify, clock } = setup(answer)
    const error: unknown = await verify(first.token()).catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ code, operation: 'GET /oauth2/v2.1/certs' })
    expect(error).not.toBeInstanceOf(LineLoginError)
    expect(JSON.stringify(error)).not.toContain('secret-proxy')
    expect(clock.pending).toBe(0)
  })

  test('times out after five seconds and aborts the request', async () => {
    let signal: AbortSignal | null | undefined
    const deaf: Fetch = (_, init) => {
      signal = init?.signal
      return new Promise(() => {})
    }
    const { verify, clock } = setup(deaf)
    await expect(clock.settle(verify(first.token()))).rejects.toMatchObject({ code: 'LINE_TIMEOUT' })
    expect(clock.now()).toBe(now * 1000 + 5000)
    expect(signal?.aborted).toBe(true)
  })

  test('is requested again after a second', async () => {
    const { verify, requests, clock } = setup(status(500), setOf(first.jwk))
    for (let i = 0; i < 10; i++)
      await expect(verify(first.token())).rejects.toMatchObject({ code: 'LINE_API', status: 500 })
    expect(requests).toHaveLength(1)
    clock.jump(1000)
    await verify(first.token())
    expect(requests).toHaveLength(2)
  })

  test('a caller that waits for the request of another caller has its own timeout', async () => {
    const { fetch, clock, verify } = setup(() => new Promise(() => {}))
    // The platform ends the first request, with its fetch and its timer.
    const ended = { ...clock, now: () => clock.now(), setTimeout: () => 0, clearTimeout: () => {} }
    verify(first.token(), lineKeySet({ fetch, clock: ended })).catch(() => {})
    await expect(clock.settle(verify(first.token()))).rejects.toMatchObject({ code: 'LINE_TIMEOUT' })
    expect([clock.now(), clock.pending]).toEqual([now * 1000 + 5000, 0])
  })

  test('is requested again when an earlier request is overdue, as of a worker that was ended', async () => {
    const { fetch, clock, requests, verify } = setup(() => new Promise(() => {}), setOf(first.jwk))
    // The timer never fires, because the request that it belonged to has ended.
    const ended = { ...clock, now: () => clock.now(), setTimeout: () => 0, clearTimeout: () => {} }
    verify(first.token(), lineKeySet({ fetch, clock: ended })).catch(() => {})
    await vi.waitFor(() => expect(requests).toHaveLength(1))
    clock.jump(10_000)
    await expect(verify(first.token({ exp: now + 1e6 }))).resolves.toBeDefined()
  })
})

test('keys that are not for ES256 are ignored', async () => {
  const { jwk } = second
  const useless = [
    { ...jwk, use: 'enc' },
    { ...jwk, alg: 'ES384' },
    { ...jwk, crv: 'P-384' },
    { ...jwk, kty: 'oct', k: 'AAAA' },
    { ...jwk, kid: 1 },
    { ...jwk, x: undefined },
  ]
  const { verify, keys } = setup(setOf(...useless, first.jwk))
  await verify(first.token())
  expect(await keys.get('second')).toBeUndefined()
})

test('a key without alg and use is accepted', async () => {
  const { kty, crv, kid, x, y } = first.jwk
  const { verify } = setup(setOf({ kty, crv, kid, x, y }))
  await expect(verify(first.token())).resolves.toBeDefined()
})
