import { describe, expect, test } from 'vitest'
import { inbox, setup } from '../setup.js'

const day = 24 * 60 * 60 * 1000
const refusal = expect.objectContaining({ code: 'LINE_INPUT' })
const notFound = { status: 404, body: { message: 'Not found' } }

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

describe('plans', () => {
  test('are listed with their members; without any it is 404', async () => {
    const { line } = await setup()
    expect(await line('GET /v2/bot/membership/list')).toMatchObject({
      status: 404,
      body: { message: 'Membership plan not found' },
    })
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

  test('are five at most, with five benefits each', async () => {
    const { account } = await setup({ account: { country: 'TW' } })
    const benefits = ['1', '2', '3', '4', '5']
    expect(() => account.offerMembership({ title: 'x', price: 1, benefits: [...benefits, '6'] })).toThrow(refusal)
    expect(() => account.offerMembership({ title: 'x', price: -1 })).toThrow(refusal)
    for (let count = 1; count <= 5; count++) account.offerMembership({ title: 'x', price: 1, benefits })
    expect(() => account.offerMembership({ title: 'x', price: 1 })).toThrow(refusal)
  })
})

describe('members', () => {
  test('join and leave, and LINE tells of both', async () => {
    const { person, account, basic, told, receiver, line, path, userId } = await offered()
    const { membershipId } = basic
    expect(await line(path(userId))).toMatchObject(notFound)
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
    expect(await line(path(userId))).toMatchObject(notFound)
    expect(told()).toEqual([
      { type: 'joined', membershipId },
      { type: 'left', membershipId },
    ])
    expect(receiver.events()[0]).toMatchObject({ source: { type: 'user', userId }, replyToken: expect.any(String) })
  })

  test('pay every month, on the day on which they joined or the last one of a shorter month', async () => {
    const { person, account, basic, told, line, path, userId, emulator } = await offered()
    const { membershipId } = basic
    await emulator.clock.advance(30 * day)
    await person.joinMembership(account, membershipId)
    const user = async () => {
      const { subscriptions } = (await line(path(userId))).body as { subscriptions: [{ user: object }] } // a member has one
      return subscriptions[0].user
    }
    expect(await user()).toMatchObject({ nextBillingDate: '2026-02-28', totalSubscriptionMonths: 1 })
    // Until February 28 begins in Tokyo.
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

  test('get the next number, and begin anew when they come back', async () => {
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

  test('are as many as the plan takes, while it is published', async () => {
    const { person, account, basic, emulator } = await offered()
    const { membershipId } = basic
    const [ken, aoi] = [emulator.createPerson({ displayName: 'Ken' }), emulator.createPerson({ displayName: 'Aoi' })]
    basic.isPublished = false
    await expect(person.joinMembership(account, membershipId)).rejects.toEqual(refusal)
    basic.isPublished = true
    await person.joinMembership(account, membershipId)
    await ken.joinMembership(account, membershipId)
    await expect(aoi.joinMembership(account, membershipId)).rejects.toEqual(refusal)
    await expect(aoi.joinMembership(account, 1)).rejects.toEqual(refusal)
    await expect(aoi.leaveMembership(account, 1)).rejects.toEqual(refusal)
  })

  test('an impossible user ID is 400, an unknown one 404', async () => {
    const { line, path } = await offered()
    expect(await line(path('mika'))).toMatchObject({
      status: 400,
      body: { message: "The value for the 'userId' parameter is invalid" },
    })
    expect(await line(path(`U${'0'.repeat(32)}`))).toMatchObject(notFound)
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

  test('comes in pages, which leave out who is no friend', async () => {
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
  ])('%s is answered %i', async (query, status) => {
    const { list } = await many(1)
    expect((await list(`?${query}`)).status).toBe(status)
  })

  test('300 come at once when nothing is said', async () => {
    const { list } = await many(301)
    expect((await list()).body).toMatchObject({ userIds: { length: 300 }, next: expect.any(String) })
  })

  test('of a plan that is not there is 404', async () => {
    const { line } = await offered()
    expect(await line('GET /v2/bot/membership/1/users/ids')).toMatchObject({
      status: 404,
      body: { message: 'Membership ID is not found' },
    })
    expect((await line('GET /v2/bot/membership/basic/users/ids')).status).toBe(400)
  })
})
