import type { CreatePersonOptions } from 'line-oa/emulator'
import { describe, expect, test } from 'vitest'
import { type Extras, refusal, setup, text } from '../setup.js'

const path = 'POST /v2/bot/message/narrowcast'
const day = 24 * 60 * 60 * 1000

/** An account with the given number of friends, including the person of setup(). */
async function withFriends(
  count: number,
  attributes: (at: number) => CreatePersonOptions['attributes'] = () => undefined,
) {
  const world = await setup()
  const friends = [world.person]
  for (let at = 1; at < count; at++) {
    const friend = world.emulator.createPerson({ displayName: `Friend ${at}`, attributes: attributes(at) })
    await friend.addFriend(world.account)
    friends.push(friend)
  }
  const send = async (more: object = {}, extras?: Extras) => {
    const answer = await world.line(path, { messages: [text('news')], ...more }, extras)
    return { ...answer, requestId: answer.headers.get('x-line-request-id') ?? '' }
  }
  const progress = async (requestId: string) =>
    (await world.line(`GET /v2/bot/message/progress/narrowcast?requestId=${requestId}`)).body
  const got = () => friends.filter((friend) => friend.chatWith(world.account).length > 0).length
  const finished = async (more?: object) => {
    const { requestId } = await send(more)
    await world.emulator.clock.advance(2000)
    return progress(requestId)
  }
  return { ...world, friends, send, progress, got, finished }
}

describe('a narrowcast', () => {
  test('is accepted, waits, is sent, and succeeds', async () => {
    const { send, progress, got, emulator, line } = await withFriends(3)
    const { status, body, requestId } = await send()
    expect({ status, body }).toEqual({ status: 202, body: {} })
    const acceptedTime = '2026-01-01T00:00:00.000Z'
    expect(await progress(requestId)).toEqual({ phase: 'waiting', acceptedTime })
    await emulator.clock.advance(1000)
    expect(await progress(requestId)).toEqual({
      phase: 'sending',
      successCount: 0,
      failureCount: 0,
      targetCount: 3,
      acceptedTime,
    })
    expect(got()).toBe(0)
    await emulator.clock.advance(1000)
    expect(await progress(requestId)).toEqual({
      phase: 'succeeded',
      successCount: 3,
      failureCount: 0,
      targetCount: 3,
      acceptedTime,
      completedTime: '2026-01-01T00:00:02.000Z',
    })
    expect(got()).toBe(3)
    expect((await line('GET /v2/bot/message/quota/consumption')).body).toEqual({ totalUsage: 3 })
  })

  test('counts a failure for a friend who blocks the account while it is sent', async () => {
    const { send, progress, emulator, friends, account } = await withFriends(3)
    const { requestId } = await send()
    await emulator.clock.advance(1000)
    await friends[1]?.block(account)
    await emulator.clock.advance(1000)
    expect(await progress(requestId)).toMatchObject({
      phase: 'succeeded',
      successCount: 2,
      failureCount: 1,
      targetCount: 3,
    })
  })

  test('has a progress for 14 days, for its own account only', async () => {
    const { send, emulator, line } = await withFriends(1)
    const { requestId } = await send()
    const ask = (extras?: Extras) =>
      line(`GET /v2/bot/message/progress/narrowcast?requestId=${requestId}`, undefined, extras)
    const other = emulator.createAccount({ name: 'Other' })
    expect((await ask({ token: other.issueLongLivedToken() })).status).toBe(404)
    await emulator.clock.advance(14 * day - 1)
    expect((await ask()).status).toBe(200)
    await emulator.clock.advance(1)
    expect(await ask()).toMatchObject(refusal(404))
  })

  test('sends to at most `max` users', async () => {
    const { finished, got } = await withFriends(5)
    expect(await finished({ limit: { max: 2 } })).toMatchObject({ phase: 'succeeded', targetCount: 2 })
    expect(got()).toBe(2)
  })
})

describe('the quota of a narrowcast', () => {
  test('reserves the whole target reach while it is sent', async () => {
    const { send, emulator, account, push, userId } = await withFriends(5)
    account.settings.monthlyLimit = 6
    await send()
    await emulator.clock.advance(1000)
    expect((await push(userId)).status).toBe(200)
    expect(await push(userId)).toMatchObject(refusal(429))
  })

  test('reserves `max` messages', async () => {
    const { finished, account, push, userId } = await withFriends(5)
    account.settings.monthlyLimit = 3
    expect(await finished({ limit: { max: 2 } })).toMatchObject({ phase: 'succeeded' })
    expect((await push(userId)).status).toBe(200)
    expect((await push(userId)).status).toBe(429)
  })

  test('fails the narrowcast when less than the target reach remains', async () => {
    const { finished, account, got } = await withFriends(5)
    account.settings.monthlyLimit = 4
    expect(await finished()).toMatchObject({ phase: 'failed', errorCode: 1, completedTime: expect.any(String) })
    expect(got()).toBe(0)
  })

  test('is used up with upToRemainingQuota', async () => {
    const { finished, account, got } = await withFriends(5)
    account.settings.monthlyLimit = 4
    expect(await finished({ limit: { upToRemainingQuota: true } })).toMatchObject({
      phase: 'succeeded',
      targetCount: 4,
    })
    expect(got()).toBe(4)
  })

  test('is not used for a partial delivery with forbidPartialDelivery', async () => {
    const { finished, send, account, got } = await withFriends(5)
    account.settings.monthlyLimit = 4
    expect(await finished({ limit: { upToRemainingQuota: true, forbidPartialDelivery: true } })).toMatchObject({
      phase: 'failed',
      errorCode: 5,
    })
    expect(got()).toBe(0)
    expect(await send({ limit: { forbidPartialDelivery: true } })).toMatchObject(refusal(400))
  })

  test('refuses the narrowcast when nothing remains', async () => {
    const { send, account } = await withFriends(2)
    account.settings.monthlyLimit = 0
    expect((await send()).status).toBe(429)
  })
})

describe('demographic filters', () => {
  const women = { demographic: { type: 'gender', oneOf: ['female'] } }

  test('require a target reach of 100', async () => {
    const few = await withFriends(99)
    expect(await few.send({ filter: women })).toMatchObject(refusal(403))
    const enough = await withFriends(100)
    expect((await enough.send({ filter: women })).status).toBe(202)
  })

  test.each([
    [49, { phase: 'failed', errorCode: 2 }],
    [50, { phase: 'succeeded', targetCount: 50 }],
  ])('require 50 recipients: %i', async (count, expected) => {
    const { finished } = await withFriends(120, (at) => ({ gender: at <= count ? 'female' : 'male' }))
    expect(await finished({ filter: women })).toMatchObject(expected)
  })

  const half = (at: number): CreatePersonOptions['attributes'] =>
    at % 2
      ? { gender: 'female', age: 20, appType: 'ios', area: 'jp_13' }
      : at % 4
        ? { gender: 'male', age: 24, appType: 'android', area: 'tw_01' }
        : undefined

  // Of 240 friends, 60 have no attributes (the person of setup() is one of them), 120 are of the first kind above and 60 of the second.
  test.each([
    ['age from', { type: 'age', gte: 'age_20' }, 180],
    ['age below', { type: 'age', lt: 'age_25' }, 180],
    ['app', { type: 'appType', oneOf: ['android'] }, 60],
    ['area', { type: 'area', oneOf: ['jp_13', 'tw_01'] }, 180],
    ['friends for less than a week', { type: 'subscriptionPeriod', lt: 'day_7' }, 240],
    [
      'and',
      {
        type: 'operator',
        and: [
          { type: 'gender', oneOf: ['female'] },
          { type: 'appType', oneOf: ['ios'] },
        ],
      },
      120,
    ],
    [
      'or',
      {
        type: 'operator',
        or: [
          { type: 'gender', oneOf: ['female'] },
          { type: 'area', oneOf: ['tw_01'] },
        ],
      },
      180,
    ],
    [
      'not, which excludes friends without the attribute',
      { type: 'operator', not: { type: 'gender', oneOf: ['female'] } },
      60,
    ],
  ])('%s', async (_, demographic, count) => {
    const { finished } = await withFriends(240, half)
    expect(await finished({ filter: { demographic } })).toMatchObject({ phase: 'succeeded', targetCount: count })
  })

  test('select by the time since adding the account, which blocking does not reset', async () => {
    const { emulator, finished, account, person } = await withFriends(100)
    await emulator.clock.advance(7 * day)
    await person.block(account)
    await person.unblock(account)
    for (let at = 0; at < 60; at++) await emulator.createPerson({ displayName: 'New' }).addFriend(account)
    expect(await finished({ filter: { demographic: { type: 'subscriptionPeriod', gte: 'day_7' } } })).toMatchObject({
      targetCount: 100,
    })
    expect(await finished({ filter: { demographic: { type: 'subscriptionPeriod', lt: 'day_7' } } })).toMatchObject({
      targetCount: 60,
    })
  })
})

describe('recipients', () => {
  test('can be those of an earlier narrowcast, or all others', async () => {
    const { send, finished, emulator } = await withFriends(5)
    const { requestId } = await send({ limit: { max: 2 } })
    await emulator.clock.advance(2000)
    const earlier = { type: 'redelivery', requestId }
    expect(await finished({ recipient: earlier })).toMatchObject({ phase: 'succeeded', targetCount: 2 })
    expect(await finished({ recipient: { type: 'operator', not: earlier } })).toMatchObject({ targetCount: 3 })
    expect(
      await finished({ recipient: { type: 'operator', and: [earlier, { type: 'operator', not: earlier }] } }),
    ).toMatchObject({
      targetCount: 0,
    })
    expect(
      await finished({ recipient: { type: 'operator', or: [earlier, { type: 'operator', not: earlier }] } }),
    ).toMatchObject({
      targetCount: 5,
    })
  })

  test('are refused for an earlier narrowcast that is in progress, older than 14 days or unknown', async () => {
    const { send, emulator } = await withFriends(5)
    const { requestId } = await send()
    const again = (id: string) => send({ recipient: { type: 'redelivery', requestId: id } })
    expect(await again(requestId)).toMatchObject(refusal(400))
    await emulator.clock.advance(14 * day - 1)
    expect((await again(requestId)).status).toBe(202)
    await emulator.clock.advance(1)
    expect((await again(requestId)).status).toBe(400)
    expect((await again('nonsense')).status).toBe(400)
  })

  test('are refused for an unknown audience', async () => {
    const { send } = await withFriends(1)
    const answer = await send({ recipient: { type: 'operator', or: [{ type: 'audience', audienceGroupId: 5 }] } })
    expect(answer).toMatchObject(refusal(400))
  })
})
