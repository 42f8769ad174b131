import { describe, expect, test } from 'vitest'
import { refusal } from '../setup.js'
import { unknownMenu, withMenus } from './rich-menus.js'

const day = 24 * 60 * 60 * 1000
const batch = 'POST /v2/bot/richmenu/batch'

/** Three friends: the first two have rich menu A, the third has B, and C is linked to no one. */
async function linked() {
  const world = await withMenus()
  const { line, emulator } = world
  const [a, b, c] = [await world.createWithImage(), await world.createWithImage(), await world.createWithImage()]
  const friends = [{ person: world.person, userId: world.userId }, await world.friend('Ken'), await world.friend('Aoi')]
  for (const [at, { userId }] of friends.entries()) await line(`POST /v2/bot/user/${userId}/richmenu/${at < 2 ? a : b}`)
  const names = new Map([
    [a, 'A'],
    [b, 'B'],
    [c, 'C'],
  ])
  const shown = () =>
    friends
      .map(({ person }) => {
        const menu = person.richMenuFor(world.account)
        return menu && 'richMenuId' in menu ? names.get(menu.richMenuId) : '-'
      })
      .join('')
  const run = async (operations: readonly object[], resumeRequestKey?: string) => {
    const answer = await line(batch, { operations, ...(resumeRequestKey !== undefined && { resumeRequestKey }) })
    return { ...answer, requestId: answer.headers.get('x-line-request-id') ?? '' }
  }
  const progress = (requestId: string) => line(`GET /v2/bot/richmenu/progress/batch?requestId=${requestId}`)
  const link = (from: string, to: string) => ({ type: 'link', from, to })
  return { ...world, a, b, c, friends, shown, run, progress, link, wait: () => emulator.clock.advance(1000) }
}

describe('a rich menu batch', () => {
  test('is accepted, is in progress, and succeeds', async () => {
    const { run, progress, shown, link, a, c, wait } = await linked()
    const { status, body, requestId } = await run([link(a, c)])
    expect({ status, body }).toEqual({ status: 202, body: {} })
    const acceptedTime = '2026-01-01T00:00:00.000Z'
    expect((await progress(requestId)).body).toEqual({ phase: 'ongoing', acceptedTime })
    expect(shown()).toBe('AAB')
    await wait()
    expect((await progress(requestId)).body).toEqual({
      phase: 'succeeded',
      acceptedTime,
      completedTime: '2026-01-01T00:00:01.000Z',
    })
    expect(shown()).toBe('CCB')
  })

  test('applies all operations to the state before the batch', async () => {
    const { run, shown, link, a, b, c, wait } = await linked()
    await run([link(a, b), link(b, c)])
    await wait()
    expect(shown()).toBe('BBC')
  })

  test('unlinks one rich menu, or all', async () => {
    const { run, shown, a, wait } = await linked()
    await run([{ type: 'unlink', from: a }])
    await wait()
    expect(shown()).toBe('--B')
    await run([{ type: 'unlinkAll' }])
    await wait()
    expect(shown()).toBe('---')
  })

  test('skips users whose rich menu changed meanwhile', async () => {
    const { run, shown, link, a, b, c, line, friends, wait } = await linked()
    await run([link(a, c)])
    await line(`POST /v2/bot/user/${friends[0]?.userId}/richmenu/${b}`)
    await wait()
    expect(shown()).toBe('BCB')
  })

  test('applies again when it is repeated without a resume key', async () => {
    const { run, shown, link, a, b, c, wait } = await linked()
    for (let count = 0; count < 2; count++) {
      await run([link(a, b), link(b, c)])
      await wait()
    }
    expect(shown()).toBe('CCC')
  })

  test('applies once when it is repeated with its resume key after a lost response', async () => {
    const { run, progress, shown, link, a, b, c, wait, emulator } = await linked()
    const steps = [link(a, b), link(b, c)]
    emulator.faults.add({ operation: 'richMenuBatch', answer: 500, when: 'after' })
    expect((await run(steps, 'monday')).status).toBe(500)
    const { requestId } = await run(steps, 'monday')
    await wait()
    await run(steps, 'monday')
    await wait()
    expect(shown()).toBe('BBC')
    expect((await progress(requestId)).body).toMatchObject({ phase: 'succeeded' })
  })

  test('fails when its rich menu is deleted before it runs', async () => {
    const { run, progress, shown, link, a, b, c, line, wait } = await linked()
    const { requestId } = await run([link(a, c), { type: 'unlink', from: b }])
    await line(`DELETE /v2/bot/richmenu/${c}`)
    await wait()
    expect((await progress(requestId)).body).toMatchObject({ phase: 'failed', completedTime: expect.any(String) })
    expect(shown()).toBe('AA-')
  })

  test('ignores a resume key that is older than 14 days', async () => {
    const { run, shown, link, a, b, c, wait, emulator } = await linked()
    await run([link(a, c)], 'monday')
    await wait()
    await emulator.clock.advance(14 * day - 2000)
    await run([link(b, c)], 'monday')
    await wait()
    expect(shown()).toBe('CCB')
    await run([link(b, c)], 'monday')
    await wait()
    expect(shown()).toBe('CCC')
  })

  test('has a progress for 14 days, for its own account only', async () => {
    const { run, progress, link, a, c, emulator, asOther } = await linked()
    const { requestId } = await run([link(a, c)])
    expect(await asOther(`GET /v2/bot/richmenu/progress/batch?requestId=${requestId}`)).toMatchObject(refusal(404))
    expect(await progress('123e4567-e89b-12d3-a456-426614174000')).toMatchObject(refusal(404))
    expect(await progress('monday')).toMatchObject(refusal(400))
    await emulator.clock.advance(14 * day - 1)
    expect((await progress(requestId)).status).toBe(200)
    await emulator.clock.advance(1)
    expect(await progress(requestId)).toMatchObject(refusal(404))
  })

  test('is limited to 3 per hour when rate limits are enforced', async () => {
    const { line } = await withMenus({ enforceRateLimits: true })
    const statuses = []
    for (let count = 0; count < 4; count++)
      statuses.push((await line(batch, { operations: [{ type: 'unlinkAll' }] })).status)
    expect(statuses).toEqual([202, 202, 202, 429])
  })
})

describe('the checks of a batch and of its validation', () => {
  const paths = [batch, 'POST /v2/bot/richmenu/validate/batch']

  test('validation accepts a valid batch and changes nothing', async () => {
    const { line, a, c, link, shown, wait } = await linked()
    expect(await line(paths[1] ?? '', { operations: [link(a, c)] })).toMatchObject({ status: 200, body: {} })
    await wait()
    expect(shown()).toBe('AAB')
  })

  test.each(paths)('%s refuses invalid operations', async (path) => {
    const { line, a, b, c, link, create, shown, wait } = await linked()
    const bare = await create()
    const refused = async (operations: readonly object[], status: number, property: string) =>
      expect(await line(path, { operations })).toMatchObject(refusal(status, property))
    await refused([link(a, c), { type: 'unlink', from: 'menu' }], 400, 'operations[1].from')
    await refused([link(a, unknownMenu)], 404, 'operations[0].to')
    await refused([link(unknownMenu, a)], 404, 'operations[0].from')
    await refused([link(a, bare)], 400, 'operations[0].to')
    await refused([link(a, b), link(a, c)], 400, 'operations[].from')
    await refused([link(a, c), { type: 'unlinkAll' }], 400, 'operations[].type')
    await wait()
    expect(shown()).toBe('AAB')
  })

  test.each(paths)('%s accepts 1,000 operations and refuses 1,001', async (path) => {
    const { line } = await linked()
    const steps = (count: number) => ({ operations: Array.from({ length: count }, () => ({ type: 'unlinkAll' })) })
    expect((await line(path, steps(1000))).status).toBeLessThan(300)
    expect((await line(path, steps(1001))).status).toBe(400)
  })

  test.each([
    ['a', 202],
    ['A-_9'.repeat(25), 202],
    ['a'.repeat(101), 400],
    ['', 400],
    ['mon day', 400],
  ])('the resume key %j is answered with %i', async (key, status) => {
    const { run } = await linked()
    expect((await run([{ type: 'unlinkAll' }], key)).status).toBe(status)
  })
})
