// Retry keys that the SDK derives: another process, and a later version of the package, must derive the same one for the same send.
import { createHash } from 'node:crypto'
import { createLineClient, type RateBucket, respond, sendToMany } from 'line-oa'
import { afterEach, describe, expect, test, vi } from 'vitest'

afterEach(() => vi.unstubAllGlobals())

const messages = [{ type: 'text' as const, text: 'hello' }]

/** A client whose replies fail for their token, so that `respond` pushes, and the retry keys of its requests. */
function setup() {
  const keys: string[] = []
  const fetch: typeof globalThis.fetch = async (url, init) => {
    const key = new Headers(init?.headers).get('x-line-retry-key')
    if (key) keys.push(key)
    return String(url).endsWith('/reply')
      ? Response.json({ message: 'Invalid reply token' }, { status: 400 })
      : Response.json({ sentMessages: [] })
  }
  return { keys, line: createLineClient({ channelAccessToken: 'token', fetch }) }
}

/** The retry key of the push for an event. */
async function pushKey(webhookEventId: string): Promise<string | undefined> {
  const { line, keys } = setup()
  const event = {
    webhookEventId,
    replyToken: 'r',
    source: { type: 'user' as const, userId: 'U1' },
    deliveryContext: { isRedelivery: false },
  }
  await respond(line, event, messages, { whenTokenRejected: 'push' })
  return keys[0]
}

/** SHA-256 in the form of a version 4 UUID. */
function asUuid(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex')
  const variant = ((Number.parseInt(hex.charAt(16), 16) & 3) | 8).toString(16)
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

const texts = ['0', 'abc', 'お茶をどうぞ', '👨‍👩‍👧‍👦', 'half of a pair: \ud83d', 'a,b', 'a","b', 'x'.repeat(100_000)]

describe.each([
  ['with node:crypto', () => {}],
  ['with WebCrypto, where there is no node:crypto', () => vi.stubGlobal('process', {})],
])('%s', (_, prepare) => {
  test('the key of a push is the SHA-256 of its event ID', async () => {
    const expected = texts.map((text) => asUuid(JSON.stringify(['respond', text])))
    prepare()
    const keys: (string | undefined)[] = []
    for (const text of texts) keys.push(await pushKey(text))
    expect(keys).toEqual(expected)
    expect(new Set(keys).size).toBe(texts.length)
  })

  test('the key of an event never changes', async () => {
    prepare()
    expect(await pushKey('01FZ74A0TDDPYRVKNK77XKC3ZR')).toBe('bb0df5c7-a83e-4f8b-bb3e-8b944fa89552')
  })

  test('a token is known to a limiter by its SHA-256', async () => {
    prepare()
    const buckets: RateBucket[] = []
    const line = createLineClient({
      channelAccessToken: 'abc',
      fetch: async () => Response.json({}),
      limiter: { acquire: (bucket) => void buckets.push(bucket) },
    })
    await line.messaging.getBotInfo()
    // FIPS 180-2, appendix B.1
    expect(buckets[0]?.channel).toBe('token:ba7816bf8f01cfea414140de5dae2223')
  })
})

test('derived keys are UUIDs of version 4, and no two jobs or lists share one', async () => {
  const keys: string[] = []
  const jobs = ['a', 'ab', 'a,b', 'a","b', '["a","b"]']
  const lists = [['b'], ['a', 'b'], ['a,b'], ['a","b'], ['ab'], ['a']]
  for (const jobId of jobs)
    for (const userIds of lists) {
      const world = setup()
      await sendToMany(world.line, userIds, messages, { jobId })
      keys.push(...world.keys)
    }
  expect(keys).toHaveLength(jobs.length * lists.length)
  expect(new Set(keys).size).toBe(keys.length)
  for (const key of keys) expect(key).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
})
