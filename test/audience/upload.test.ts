import { type AudienceIds, audienceBlob, audienceFile, LineNetworkError } from 'line-oa'
import { createCaller } from 'line-oa/core'
import { addUserIdsToAudience, createAudienceForUploadingUserIds } from 'line-oa/operations'
import { describe, expect, test, vi } from 'vitest'
import { TestClock } from '../clock.js'

/** LINE's limit for the IDs of one upload. */
const mostAudienceIds = 1_500_000

const userId = (number: number) => `U${number.toString(16).padStart(32, '0')}`

function* userIds(count: number, bad: ReadonlyMap<number, unknown> = new Map()): Generator<string> {
  for (let line = 1; line <= count; line++) yield bad.has(line) ? String(bad.get(line)) : userId(line)
}

function* sameUserId(count: number): Generator<string> {
  const id = userId(1)
  for (let line = 1; line <= count; line++) yield id
}

/** Sends a file of IDs, and gives the file that LINE receives. */
async function upload(ids: AudienceIds, options?: Parameters<typeof audienceFile>[1]): Promise<File> {
  let file: unknown
  const fetch: typeof globalThis.fetch = async (_, init) => {
    const { body, headers } = { body: null, headers: {}, ...init }
    file = (await new Response(body, { headers }).formData()).get('file')
    return new Response('{}', { status: 202 })
  }
  const caller = createCaller({ channelAccessToken: 'token', fetch, clock: new TestClock() })
  await caller.call(addUserIdsToAudience, { audienceGroupId: 1234567890123, file: audienceFile(ids, options) })
  if (!(file instanceof File)) throw new Error('LINE received no file')
  return file
}

/** The error of a file with a problem at one place: a line, or the file as a whole. */
const problemAt = (path: string) => ({ code: 'LINE_INPUT', outcome: 'rejected', problems: [{ path }] })

const both: readonly (readonly [
  name: string,
  send: (ids: AudienceIds, options?: Parameters<typeof audienceFile>[1]) => Promise<Blob>,
])[] = [
  ['audienceFile', upload],
  ['audienceBlob', audienceBlob],
]

describe.each(both)('%s', (_, send) => {
  test('writes one ID per line, without an empty line at the end', async () => {
    expect(await (await send([userId(1), userId(2)])).text()).toBe(`${userId(1)}\n${userId(2)}`)
    expect(await (await send([userId(1)])).text()).toBe(userId(1))
  })

  test.each([1999, 2000, 2001, 4000, 4001])('writes %d IDs in order', async (count) => {
    expect(await (await send(userIds(count))).text()).toBe([...userIds(count)].join('\n'))
  })

  test('takes lists, sets, generators and asynchronous ones', async () => {
    const ids = [userId(1), userId(2)]
    const later = async function* () {
      yield* ids
    }
    for (const source of [ids, new Set(ids), userIds(2), later()])
      expect(await (await send(source)).text()).toBe(ids.join('\n'))
  })

  test('is a text/plain file with a name', async () => {
    expect(await send([userId(1)])).toMatchObject({ type: 'text/plain', name: 'audience.txt' })
    expect(await send([userId(1)], { name: 'spring.txt' })).toMatchObject({ name: 'spring.txt' })
  })

  test('takes the user IDs of module channels, and advertising IDs with isIfaAudience', async () => {
    const moduleUser = `L${userId(1)}-${userId(2)}`
    expect(await (await send([moduleUser])).text()).toBe(moduleUser)
    const ifa = ['38400000-8CF0-11BD-B23E-10B96E40000D', 'cdda802e-fb9c-47ad-9866-0794d394c912']
    expect(await (await send(ifa, { isIfaAudience: true })).text()).toBe(ifa.join('\n'))
    await expect(send(ifa)).rejects.toMatchObject(problemAt('line 1'))
    await expect(send([userId(1)], { isIfaAudience: true })).rejects.toMatchObject(problemAt('line 1'))
  })

  test.each<[string, string]>([
    ['an empty line', ''],
    ['spaces', '  '],
    ['a line end of Windows', `${userId(7)}\r`],
    ['two IDs in one', `${userId(7)}\n${userId(8)}`],
    ['a display name', 'Brown'],
    ['capital letters', userId(0xabcdef).toUpperCase()],
    ['a group ID', userId(7).replace('U', 'C')],
  ])('reports the line of %s in the middle, and does not quote it', async (__, bad) => {
    const error: unknown = await send(userIds(5000, new Map([[3001, bad]]))).catch((thrown: unknown) => thrown)
    expect(error).toMatchObject(problemAt('line 3001'))
    if (bad.trim().length > 2) expect(JSON.stringify(error)).not.toContain(bad.trim().slice(0, 33))
  })

  test.each([undefined, null, 7, { userId: userId(1) }])('refuses %j as an ID', async (bad) => {
    const ids = [userId(1), bad] as string[] // what JavaScript callers may pass
    await expect(send(ids)).rejects.toMatchObject(problemAt('line 2'))
  })

  test('refuses an empty list', async () => {
    await expect(send([])).rejects.toMatchObject(problemAt('the file'))
  })

  test('takes 1,500,000 IDs, and refuses one more', async () => {
    const { size } = await send(sameUserId(mostAudienceIds))
    expect(size).toBe(mostAudienceIds * 34 - 1)
    await expect(send(sameUserId(mostAudienceIds + 1))).rejects.toMatchObject(problemAt('the file'))
  })

  test('rejects with what the iterator throws, and closes the iterator at a bad ID', async () => {
    const lost = new LineNetworkError('GET /v2/bot/followers/ids: the connection failed')
    const failing = async function* () {
      yield userId(1)
      throw lost
    }
    await expect(send(failing())).rejects.toBe(lost)
    const closed = vi.fn()
    const closing = function* () {
      try {
        yield* ['no', userId(1)]
      } finally {
        closed()
      }
    }
    await expect(send(closing())).rejects.toMatchObject(problemAt('line 1'))
    expect(closed).toHaveBeenCalledTimes(1)
  })
})

test('audienceFile() reads the IDs only as the request is sent', async () => {
  let read = 0
  const counted = function* () {
    for (const id of sameUserId(mostAudienceIds)) {
      read++
      yield id
    }
  }
  const { stream } = audienceFile(counted())
  const reader = stream.getReader()
  expect(read).toBe(0)
  for (let chunk = 1; chunk <= 5; chunk++) {
    const { value } = await reader.read()
    expect(value?.length).toBeLessThan(70_000)
    expect(read).toBe(chunk * 2000)
  }
  await reader.cancel()
  expect(read).toBe(10_000)
})

test('audienceBlob() lets other work run while it reads IDs in memory', async () => {
  let turns = 0
  let timer = setTimeout(function again() {
    turns++
    timer = setTimeout(again, 0)
  }, 0)
  await audienceBlob(sameUserId(200_000))
  clearTimeout(timer)
  expect(turns).toBeGreaterThan(5)
})

test('a rate limit is waited for with a Blob, and ends the call with a streamed file', async () => {
  const clock = new TestClock()
  const answers = [429, 202]
  const fetch = vi.fn(async () => new Response('{}', { status: answers.shift() ?? 429 }))
  const caller = createCaller({ channelAccessToken: 'token', fetch, clock })
  const file = await audienceBlob([userId(1)])
  expect(await clock.settle(caller.call(createAudienceForUploadingUserIds, { description: 'spring', file }))).toEqual(
    {},
  )
  expect(fetch).toHaveBeenCalledTimes(2)
  const streamed = caller.call(createAudienceForUploadingUserIds, {
    description: 'spring',
    file: audienceFile([userId(1)]),
  })
  await expect(clock.settle(streamed)).rejects.toMatchObject({ code: 'LINE_RATE_LIMIT' })
  expect(fetch).toHaveBeenCalledTimes(3)
})
