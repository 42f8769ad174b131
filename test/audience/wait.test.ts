import { type AudienceData, createLineClient, LineAudienceError, waitForAudience } from 'line-oa'
import { createEmulator } from 'line-oa/emulator'
import { samples } from 'line-oa/testing'
import { describe, expect, test } from 'vitest'

async function setup(ids = 1) {
  const emulator = createEmulator({ clock: 'manual' })
  const account = emulator.createAccount({ name: 'Tea House' })
  const { channelId, channelSecret } = account
  const line = createLineClient({
    channelId,
    channelSecret,
    fetch: emulator.fetch,
    clock: emulator.clock,
    random: () => 0,
  })
  const id = (at: number) => `U${String(at).padStart(32, '0')}`
  const audiences = Array.from({ length: ids }, (_, at) => ({ id: id(at) }))
  const { audienceGroupId } = await line.audience.createAudienceGroup({ description: 'spring', audiences })
  return { emulator, account, line, audienceGroupId, id }
}

describe('waitForAudience()', () => {
  test('polls until the audience is ready, and gives it', async () => {
    const { emulator, line, audienceGroupId } = await setup()
    const waiting = waitForAudience(line, audienceGroupId)
    await emulator.clock.advance(10_000)
    expect(await waiting).toMatchObject({ audienceGroup: { audienceGroupId, status: 'READY', audienceCount: 1 } })
  })

  test('waits for jobs that add IDs, even though the status stays READY', async () => {
    const { emulator, line, audienceGroupId, id } = await setup()
    await emulator.clock.advance(5000)
    await line.audience.addAudienceToAudienceGroup({ audienceGroupId, audiences: [{ id: id(7) }] })
    expect((await line.audience.getAudienceData({ audienceGroupId })).audienceGroup.status).toBe('READY')
    const waiting = waitForAudience(line, audienceGroupId, { interval: 500 })
    await emulator.clock.advance(3000)
    expect(await waiting).toMatchObject({
      audienceGroup: { audienceCount: 2 },
      jobs: [{ jobStatus: 'FINISHED' }, { jobStatus: 'FINISHED' }],
    })
  })

  test.each(['FAILED', 'EXPIRED', 'INACTIVE'])('fails when the audience is %s', async (status) => {
    const { emulator, account, line, audienceGroupId } = await setup()
    emulator.admin
      .audiences(account)
      .setStatus(audienceGroupId, status, status === 'FAILED' ? 'INTERNAL_ERROR' : undefined)
    const failure = await waitForAudience(line, audienceGroupId).catch((error: unknown) => error)
    expect(failure).toBeInstanceOf(LineAudienceError)
    expect(failure).toMatchObject({
      code: 'LINE_API',
      lineMessage: status === 'FAILED' ? 'INTERNAL_ERROR' : status,
      audience: { audienceGroup: { status } },
    })
  })

  test('fails when a job to add IDs failed, unless the failure is known', async () => {
    const { audienceGroup, jobs } = samples.getAudienceData()
    const [job] = jobs
    if (!job) throw new Error('the sample has no job')
    const answers: AudienceData[] = []
    const line = { audience: { getAudienceData: async () => answers.shift() ?? samples.getAudienceData() } }
    const failed = { ...job, audienceGroupJobId: 7, jobStatus: 'FAILED', failedType: 'INTERNAL_ERROR' } as const
    const added = { ...job, audienceGroupJobId: 8, jobStatus: 'FINISHED' } as const
    const data: AudienceData = { audienceGroup: { ...audienceGroup, status: 'READY' }, jobs: [added, failed] }
    answers.push(data, data, { ...data, jobs: [{ ...added, jobStatus: 'FAILED' }, failed] })
    const wait = (knownFailures?: readonly number[]) => waitForAudience(line, 1, { knownFailures })
    await expect(wait()).rejects.toMatchObject({ lineMessage: 'INTERNAL_ERROR', audience: data })
    expect(await wait([7])).toBe(data)
    await expect(wait([7])).rejects.toMatchObject({ code: 'LINE_API' })
  })

  test('times out when the audience stays empty', async () => {
    const { emulator, line, audienceGroupId } = await setup(0)
    const waiting = expect(waitForAudience(line, audienceGroupId, { timeout: 25_000 })).rejects.toMatchObject({
      code: 'LINE_TIMEOUT',
    })
    await emulator.clock.advance(25_000)
    await waiting
  })

  test('ends with the signal', async () => {
    const { emulator, line, audienceGroupId } = await setup(0)
    const controller = new AbortController()
    const waiting = expect(waitForAudience(line, audienceGroupId, { signal: controller.signal })).rejects.toMatchObject(
      {
        code: 'LINE_ABORTED',
      },
    )
    await emulator.clock.advance(1000)
    controller.abort()
    await waiting
  })

  test('fails with LINE’s error code when there is no such audience', async () => {
    const { line } = await setup()
    await expect(waitForAudience(line, 5)).rejects.toMatchObject({
      status: 400,
      details: [{ message: 'AUDIENCE_GROUP_NOT_FOUND' }],
    })
  })
})
