import { describe, expect, test } from 'vitest'
import { refusal, setup } from '../setup.js'

async function withLoading() {
  const world = await setup()
  const { line, userId, account, person } = world
  const show = (loadingSeconds?: number, chatId = userId) =>
    line('POST /v2/bot/chat/loading/start', { chatId, loadingSeconds })
  return { ...world, show, sees: () => person.seesLoading(account) }
}

describe('the loading animation', () => {
  test('is shown for loadingSeconds', async () => {
    const { show, sees, emulator } = await withLoading()
    expect(sees()).toBe(false)
    expect(await show(5)).toMatchObject({ status: 202, body: {} })
    await emulator.clock.advance(4999)
    expect(sees()).toBe(true)
    await emulator.clock.advance(1)
    expect(sees()).toBe(false)
  })

  test('is shown for 20 seconds by default, and longer when it is started again', async () => {
    const { show, sees, emulator } = await withLoading()
    await show()
    await emulator.clock.advance(19_999)
    expect(sees()).toBe(true)
    await show(60)
    await emulator.clock.advance(59_999)
    expect(sees()).toBe(true)
    await emulator.clock.advance(1)
    expect(sees()).toBe(false)
  })

  test('ends with the next message of the account, not of the user', async () => {
    const { show, sees, person, account, push, userId } = await withLoading()
    await push(userId, 'before')
    await show()
    await person.send(account, 'hello?')
    expect(sees()).toBe(true)
    await push(userId, 'here it is')
    expect(sees()).toBe(false)
    await show()
    expect(sees()).toBe(true)
  })

  test('is accepted for users who are not friends, and not shown', async () => {
    const { show, emulator, account, person, sees } = await withLoading()
    const stranger = emulator.createPerson({ displayName: 'Ken' })
    expect((await show(5, stranger.userIdFor(account))).status).toBe(202)
    expect(stranger.seesLoading(account)).toBe(false)
    expect((await show(5, `U${'0'.repeat(32)}`)).status).toBe(202)
    await person.block(account)
    expect((await show(5)).status).toBe(202)
    expect(sees()).toBe(false)
  })

  test.each([`C${'0'.repeat(32)}`, `R${'0'.repeat(32)}`, 'mika'])('is refused for %s', async (chatId) => {
    const { show } = await withLoading()
    expect(await show(5, chatId)).toMatchObject(refusal(400))
  })

  test.each([
    [0, 400],
    [5, 202],
    [7, 400],
    [60, 202],
    [65, 400],
  ])('with %i seconds is answered with %i', async (seconds, status) => {
    const { show } = await withLoading()
    expect((await show(seconds)).status).toBe(status)
  })

  test('is limited to 100 per second when rate limits are enforced', async () => {
    const { line, userId } = await setup({ enforceRateLimits: true })
    const show = async () => (await line('POST /v2/bot/chat/loading/start', { chatId: userId })).status
    for (let count = 0; count < 100; count++) expect(await show()).toBe(202)
    expect(await show()).toBe(429)
  })
})
