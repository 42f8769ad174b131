import { createLineClient, LineNarrowcastError, waitForNarrowcast } from 'line-oa'
import { createEmulator } from 'line-oa/emulator'
import { describe, expect, test, vi } from 'vitest'
import { drive } from '../send-to-many/setup.js'

const messages = [{ type: 'text' as const, text: 'news' }]

async function setup(friends = 3) {
  const emulator = createEmulator({ clock: 'manual' })
  const account = emulator.createAccount({ name: 'Tea House' })
  for (let count = 0; count < friends; count++)
    await emulator.createPerson({ displayName: `P${count}` }).addFriend(account)
  const asked = vi.fn()
  const line = createLineClient({
    channelAccessToken: account.issueLongLivedToken(),
    clock: emulator.clock,
    random: () => 0,
    fetch: emulator.fetch,
    hooks: { request: ({ operation }) => operation.startsWith('GET') && asked() },
  })
  return { emulator, account, line, asked }
}

async function send({ line }: Awaited<ReturnType<typeof setup>>, more: object = {}) {
  const { requestId = '' } = await line.withResponse.messaging.narrowcast({ messages, ...more })
  return requestId
}

describe('waitForNarrowcast()', () => {
  test('returns the counts when the narrowcast has been sent', async () => {
    const world = await setup()
    const progress = await drive(world.emulator, waitForNarrowcast(world.line, await send(world)))
    expect(progress).toMatchObject({ phase: 'succeeded', successCount: 3, failureCount: 0, targetCount: 3 })
    expect(world.asked).toHaveBeenCalledTimes(2)
  })

  test('accepts a response, including that of a repeated send', async () => {
    const world = await setup()
    const again = { retryKey: '11111111-1111-4111-8111-111111111111' }
    const first = await world.line.withResponse.messaging.narrowcast({ messages }, again)
    const repeated = await world.line.withResponse.messaging.narrowcast({ messages }, again)
    expect(repeated.outcome).toBe('already-accepted')
    for (const answer of [first, repeated])
      expect(await drive(world.emulator, waitForNarrowcast(world.line, answer))).toMatchObject({
        phase: 'succeeded',
        successCount: 3,
      })
    const without = { requestId: undefined, acceptedRequestId: undefined }
    await expect(waitForNarrowcast(world.line, without)).rejects.toMatchObject({ code: 'LINE_INPUT' })
  })

  test('polls at the given interval', async () => {
    const world = await setup()
    await drive(world.emulator, waitForNarrowcast(world.line, await send(world), { interval: 500 }), 100)
    expect(world.asked).toHaveBeenCalledTimes(5)
  })

  test('times out while LINE continues', async () => {
    const world = await setup()
    const requestId = await send(world)
    const waiting = waitForNarrowcast(world.line, requestId, { timeout: 1500, interval: 1000 })
    await expect(drive(world.emulator, waiting)).rejects.toMatchObject({
      code: 'LINE_TIMEOUT',
      outcome: 'unknown',
    })
    expect(await drive(world.emulator, waitForNarrowcast(world.line, requestId))).toMatchObject({ phase: 'succeeded' })
  })

  test('ends with the signal', async () => {
    const world = await setup()
    const controller = new AbortController()
    const waiting = waitForNarrowcast(world.line, await send(world), { signal: controller.signal })
    await vi.waitFor(() => expect(world.asked).toHaveBeenCalled())
    controller.abort()
    await expect(waiting).rejects.toMatchObject({ code: 'LINE_ABORTED' })
    await expect(waitForNarrowcast(world.line, 'r', { signal: controller.signal })).rejects.toMatchObject({
      code: 'LINE_ABORTED',
    })
    expect(world.asked).toHaveBeenCalledTimes(1)
  })

  test('continues after a lost response', async () => {
    const world = await setup()
    const requestId = await send(world)
    world.emulator.faults.add({ operation: 'getNarrowcastProgress', answer: 500, times: 2 })
    expect(await drive(world.emulator, waitForNarrowcast(world.line, requestId))).toMatchObject({ phase: 'succeeded' })
  })

  test('fails for an unknown request', async () => {
    const { line } = await setup()
    await expect(waitForNarrowcast(line, 'r')).rejects.toMatchObject({ code: 'LINE_NOT_FOUND' })
  })
})

describe('waitForNarrowcast() fails for a narrowcast that LINE did not send', () => {
  test('with LINE’s error code and a hint', async () => {
    const world = await setup(100)
    const requestId = await send(world, { filter: { demographic: { type: 'gender', oneOf: ['female'] } } })
    const error: unknown = await drive(world.emulator, waitForNarrowcast(world.line, requestId)).catch(
      (thrown: unknown) => thrown,
    )
    expect(error).toBeInstanceOf(LineNarrowcastError)
    expect(error).toMatchObject({
      name: 'LineNarrowcastError',
      code: 'LINE_API',
      errorCode: 2,
      outcome: 'rejected',
      status: 200,
      hint: expect.any(String),
      progress: { phase: 'failed', completedTime: expect.any(String) },
    })
    expect(JSON.parse(JSON.stringify(error))).toMatchObject({ errorCode: 2, lineMessage: expect.any(String) })
  })

  test('with an unknown outcome after an internal error of LINE', async () => {
    const world = await setup()
    const requestId = await send(world)
    world.account.settings.monthlyLimit = 1
    const waiting = waitForNarrowcast(world.line, requestId)
    await expect(drive(world.emulator, waiting)).rejects.toMatchObject({ errorCode: 1, outcome: 'unknown' })
  })

  test.each<[number | undefined, string]>([
    [undefined, 'unknown'],
    [3, 'rejected'],
    [4, 'rejected'],
    [5, 'rejected'],
    [99, 'rejected'],
  ])('with code %s', async (errorCode, outcome) => {
    const line = createLineClient({
      channelAccessToken: 't',
      fetch: async () => Response.json({ phase: 'failed', errorCode, acceptedTime: '2026-01-01T00:00:00.000Z' }),
    })
    await expect(waitForNarrowcast(line, 'r')).rejects.toMatchObject({
      code: 'LINE_API',
      errorCode,
      outcome,
      lineMessage: 'failed',
    })
  })
})
