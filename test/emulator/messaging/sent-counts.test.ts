import { describe, expect, test } from 'vitest'
import { inbox, refusal, setup, text } from '../setup.js'

const day = 24 * 60 * 60 * 1000
const hour = 60 * 60 * 1000
const kinds = ['reply', 'push', 'multicast', 'broadcast'] as const

async function sending() {
  const world = await setup()
  const { line, emulator, account } = world
  const count = async (kind: string, date = '20260101') =>
    (await line(`GET /v2/bot/message/delivery/${kind}?date=${date}`)).body
  const counts = () => Promise.all(kinds.map((kind) => count(kind)))
  const friend = emulator.createPerson({ displayName: 'Ken' })
  await friend.addFriend(account)
  const ready = (success: number) => ({ status: 'ready', success })
  return { ...world, count, counts, friend, ready }
}

describe('the number of messages sent on a day', () => {
  test('counts recipients per kind of message', async () => {
    const { line, userId, friend, account, person, counts, emulator, ready } = await sending()
    const receiver = inbox()
    account.connect(receiver)
    await person.send(account, 'hello')
    const messages = [text('one'), text('two')]
    await line('POST /v2/bot/message/reply', { replyToken: receiver.events()[0]?.replyToken, messages })
    await line('POST /v2/bot/message/push', { to: userId, messages })
    await line('POST /v2/bot/message/push', { to: userId, messages })
    await line('POST /v2/bot/message/multicast', { to: [userId, friend.userIdFor(account)], messages })
    await line('POST /v2/bot/message/broadcast', { messages })
    expect(await counts()).toEqual(kinds.map(() => ({ status: 'unready' })))
    await emulator.clock.advance(day)
    expect(await counts()).toEqual([ready(1), ready(2), ready(2), ready(2)])
  })

  test('does not count undelivered and refused messages', async () => {
    const { line, push, userId, person, account, counts, emulator, ready } = await sending()
    account.settings.monthlyLimit = 1
    await push(userId)
    expect((await push(userId)).status).toBe(429)
    await person.block(account)
    await push(userId)
    await line('POST /v2/bot/message/multicast', { to: [userId], messages: [text('x')] })
    await emulator.clock.advance(day)
    expect(await counts()).toEqual([ready(0), ready(1), ready(0), ready(0)])
  })

  test('counts a group by its members', async () => {
    const { push, emulator, person, friend, account, count, ready } = await sending()
    account.settings.joinGroups = true
    const group = emulator.createGroup({ name: 'Us', members: [person, friend] })
    await group.invite(account)
    await push(group.groupId)
    await emulator.clock.advance(day)
    expect(await count('push')).toEqual(ready(2))
  })

  test('is ready when the day in Japan is over', async () => {
    const { push, userId, emulator, count, ready } = await sending()
    // The clock starts at 9 o'clock there.
    await emulator.clock.advance(15 * hour - 1)
    await push(userId)
    expect(await count('push')).toEqual({ status: 'unready' })
    await emulator.clock.advance(1)
    await push(userId)
    await push(userId)
    expect(await count('push')).toEqual(ready(1))
    await emulator.clock.advance(day)
    expect(await count('push', '20260102')).toEqual(ready(2))
    expect(await count('push', '20260103')).toEqual({ status: 'unready' })
  })

  test('does not exist for days before LINE started to count', async () => {
    const { count, ready } = await sending()
    expect(await count('push', '20180330')).toEqual({ status: 'out_of_service' })
    expect(await count('push', '20180331')).toEqual(ready(0))
  })

  test.each(['20260230', '2026-01-01', 'today', ''])('is refused for the date %j', async (date) => {
    const { line } = await sending()
    for (const kind of kinds) {
      expect(await line(`GET /v2/bot/message/delivery/${kind}?date=${date}`)).toMatchObject(refusal(400))
    }
  })
})
