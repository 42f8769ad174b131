import { describe, expect, test } from 'vitest'
import { inbox, inputError, refusal, setup } from '../setup.js'

const day = 24 * 60 * 60 * 1000

async function offered() {
  const world = await setup()
  const { account } = world
  const receiver = inbox()
  account.connect(receiver)
  const basic = account.offerMembership({
    title: 'Basic',
    price: 500,
    benefits: ['Photos'],
    description: 'Every week',
    memberLimit: 2,
  })
  const told = () => receiver.events().map(({ membership }) => membership)
  const path = (userId: string) => `GET /v2/bot/membership/subscription/${userId}`
  return { ...world, receiver, basic, told, path }
}

const plan = (membershipId: number) => ({
  membershipId,
  title: 'Basic',
  description: 'Every week',
  benefits: ['Photos'],
  price: 500,
  currency: 'JPY',
})

describe('membership plans', () => {
  test('are listed with the number of members, or answered with 404 if there are none', async () => {
    const { line } = await setup()
    expect(await line('GET /v2/bot/membership/list')).toMatchObject(refusal(404))
    const world = await offered()
    const { membershipId } = world.basic
    await world.person.joinMembership(world.account, membershipId)
    const listed = { ...plan(membershipId), memberCount: 1, memberLimit: 2, isInAppPurchase: false, isPublished: true }
    expect((await world.line('GET /v2/bot/membership/list')).body).toEqual({ memberships: [listed] })
    world.basic.isPublished = false
    const second = world.account.offerMembership({ title: 'Premium', price: 1500, isInAppPurchase: true })
    expect((await world.line('GET /v2/bot/membership/list')).body).toEqual({
      memberships: [
        { ...listed, isPublished: false },
        {
          ...plan(second.membershipId),
          title: 'Premium',
          description: '',
          benefits: [],
          price: 1500,
          memberCount: 0,
          memberLimit: null,
          isInAppPurchase: true,
          isPublished: true,
        },
      ],
    })
  })

  test('are limited to 5 per account, with 5 benefits each', async () => {
    const { account } = await setup({ account: { country: 'TW' } })
    const benefits = ['1', '2', '3', '4', '5']
    expect(() => account.offerMembership({ title: 'x', price: 1, benefits: [...benefits, '6'] })).toThrow(inputError)
    expect(() => account.offerMembership({ title: 'x', price: -1 })).toThrow(inputError)
    for (let count = 1; count <= 5; count++) account.offerMembership({ title: 'x', price: 1, benefits })
    expect(() => account.offerMembership({ title: 'x', price: 1 })).toThrow(inputError)
  })
})

describe('members', () => {
  test('join and leave with an event', async () => {
    const { person, account, basic, told, receiver, line, path, userId } = await offered()
    const { membershipId } = basic
    expect(await line(path(userId))).toMatchObject(refusal(404))
    expect(await person.joinMembership(account, membershipId)).toMatchObject({ reason: 'ok' })
    expect(await person.joinMembership(account, membershipId)).toBeUndefined()
    expect((await line(path(userId))).body).toEqual({
      subscriptions: [
        {
          membership: plan(membershipId),
          user: {
            membershipNo: 1,
            joinedTime: Date.UTC(2026, 0, 1) / 1000,
            nextBillingDate: '2026-02-01',
            totalSubscriptionMonths: 1,
          },
        },
      ],
    })
    expect(await person.leaveMembership(account, membershipId)).toMatchObject({ reason: 'ok' })
    expect(await person.leaveMembership(account, membershipId)).toBeUndefined()
    expect(await line(path(userId))).toMatchObject(refusal(404))
    expect(told()).toEqual([
      { type: 'joined', membershipId },
      { type: 'left', membershipId },
    ])
    expect(receiver.events()[0]).toMatchObject({ source: { type: 'user', userId }, replyToken: expect.any(String) })
  })

  test('are renewed monthly, on the day of joining or the last day of a shorter month', async () => {
    const { person, account, basic, told, line, path, userId, emulator } = await offered()
    const { membershipId } = basic
    await emulator.clock.advance(30 * day)
    await person.joinMembership(account, membershipId)
    const user = async () => {
      const { subscriptions } = (await line(path(userId))).body as { subscriptions: [{ user: object }] } // a member has one
      return subscriptions[0].user
    }
    expect(await user()).toMatchObject({ nextBillingDate: '2026-02-28', totalSubscriptionMonths: 1 })
    // Until February 28 begins in Japan.
    await emulator.clock.advance(Date.UTC(2026, 1, 27, 15) - emulator.clock.now() - 1)
    expect(told()).toHaveLength(1)
    await emulator.clock.advance(1)
    expect(told()).toEqual([
      { type: 'joined', membershipId },
      { type: 'renewed', membershipId },
    ])
    expect(await user()).toMatchObject({ nextBillingDate: '2026-03-31', totalSubscriptionMonths: 2 })
    await person.leaveMembership(account, membershipId)
    await emulator.clock.advance(365 * day)
    expect(told()).toHaveLength(3)
  })

  test('get the next membership number, also when they join again', async () => {
    const { person, account, basic, line, path, userId, emulator } = await offered()
    const { membershipId } = basic
    const ken = emulator.createPerson({ displayName: 'Ken' })
    await person.joinMembership(account, membershipId)
    await ken.joinMembership(account, membershipId)
    await person.leaveMembership(account, membershipId)
    await person.joinMembership(account, membershipId)
    expect((await line(path(userId))).body).toMatchObject({
      subscriptions: [{ user: { membershipNo: 3, totalSubscriptionMonths: 1 } }],
    })
  })

  test('can join a published plan up to its member limit', async () => {
    const { person, account, basic, emulator } = await offered()
    const { membershipId } = basic
    const [ken, aoi] = [emulator.createPerson({ displayName: 'Ken' }), emulator.createPerson({ displayName: 'Aoi' })]
    basic.isPublished = false
    await expect(person.joinMembership(account, membershipId)).rejects.toEqual(inputError)
    basic.isPublished = true
    await person.joinMembership(account, membershipId)
    await ken.joinMembership(account, membershipId)
    await expect(aoi.joinMembership(account, membershipId)).rejects.toEqual(inputError)
    await expect(aoi.joinMembership(account, 1)).rejects.toEqual(inputError)
    await expect(aoi.leaveMembership(account, 1)).rejects.toEqual(inputError)
  })

  test('an invalid user ID is answered with 400, and an unknown one with 404', async () => {
    const { line, path } = await offered()
    expect(await line(path('mika'))).toMatchObject(refusal(400))
    expect(await line(path(`U${'0'.repeat(32)}`))).toMatchObject(refusal(404))
  })
})

describe('the list of members', () => {
  async function many(count: number) {
    const world = await offered()
    const { membershipId } = world.account.offerMembership({ title: 'Open', price: 0 })
    const members = Array.from({ length: count }, (_, at) =>
      world.emulator.createPerson({ displayName: `Member ${at}` }),
    )
    for (const member of members) {
      await member.addFriend(world.account)
      await member.joinMembership(world.account, membershipId)
    }
    const ids = members.map((member) => member.userIdFor(world.account))
    const list = (query = '') => world.line(`GET /v2/bot/membership/${membershipId}/users/ids${query}`)
    return { ...world, members, ids, list }
  }

  test('has pages, which leave out users who are not friends', async () => {
    const { list, ids, members, account } = await many(5)
    const { body } = await list('?limit=2')
    expect(body).toEqual({ userIds: ids.slice(0, 2), next: expect.any(String) })
    const { next } = body as { next: string } // as the line above says
    for (const member of members.slice(2, 4)) await member.block(account)
    const second = await list(`?limit=2&start=${next}`)
    expect(second.body).toEqual({ userIds: [], next: expect.any(String) })
    expect((await list(`?limit=2&start=${(second.body as { next: string }).next}`)).body).toEqual({
      userIds: ids.slice(4),
    })
    expect((await list()).body).toEqual({ userIds: [ids[0], ids[1], ids[4]] })
  })

  test.each([
    ['limit=1', 200],
    ['limit=1000', 200],
    ['limit=1001', 400],
    ['limit=0', 400],
    ['start=made-up', 400],
  ])('%s is answered with %i', async (query, status) => {
    const { list } = await many(1)
    expect((await list(`?${query}`)).status).toBe(status)
  })

  test('has 300 user IDs per page by default', async () => {
    const { list } = await many(301)
    expect((await list()).body).toMatchObject({ userIds: { length: 300 }, next: expect.any(String) })
  })

  test('of an unknown plan is answered with 404', async () => {
    const { line } = await offered()
    expect(await line('GET /v2/bot/membership/1/users/ids')).toMatchObject(refusal(404))
    expect((await line('GET /v2/bot/membership/basic/users/ids')).status).toBe(400)
  })
})
