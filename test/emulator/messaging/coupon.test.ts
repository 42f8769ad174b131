import { describe, expect, test } from 'vitest'
import { call, refusal, setup } from '../setup.js'

const path = '/v2/bot/coupon'
const start = Date.UTC(2026, 0, 1) / 1000
const hour = 3600

const coupon = {
  title: 'Free tea',
  reward: { type: 'free' },
  acquisitionCondition: { type: 'normal' },
  maxUseCountPerTicket: 1,
  startTimestamp: start,
  endTimestamp: start + hour,
  timezone: 'ASIA_TOKYO',
  visibility: 'UNLISTED',
}
const all = {
  ...coupon,
  description: 'One cup',
  usageCondition: 'With cake',
  couponCode: 'TEA',
  imageUrl: 'https://pictures.example/tea.png',
  barcodeImageUrl: 'https://pictures.example/code.png',
}

async function withCoupons(...options: Parameters<typeof setup>) {
  const world = await setup(...options)
  const { line } = world
  const create = async (more: object = {}) => {
    const { body } = await line(`POST ${path}`, { ...coupon, ...more })
    return (body as { couponId: string }).couponId
  }
  const list = async (query = '') =>
    (await line(`GET ${path}${query}`)).body as { items: { title: string }[]; next?: string }
  const titles = async (query = '') => (await list(query)).items.map(({ title }) => title)
  return { ...world, create, list, titles }
}

describe('creating', () => {
  test('returns an ID with which the coupon can be read', async () => {
    const { line, create } = await withCoupons()
    const couponId = await create(all)
    expect(couponId).toMatch(/^[0-9A-HJKMNP-TV-Z]{26}$/)
    expect((await line(`GET ${path}/${couponId}`)).body).toEqual({
      ...all,
      couponId,
      imageUrl: expect.stringMatching(/^https:\/\/oa-coupon\.line-scdn\.net\//),
      barcodeImageUrl: expect.stringMatching(/^https:\/\/oa-coupon\.line-scdn\.net\//),
      maxTicketPerUser: 1,
      createdTimestamp: start,
      status: 'RUNNING',
    })
  })

  test.each([
    [
      { type: 'discount', priceInfo: { type: 'fixed', fixedAmount: 100 } },
      { fixedAmount: 100, currency: 'JPY' },
    ],
    [{ type: 'cashBack', priceInfo: { type: 'percentage', percentage: 30 } }, { percentage: 30 }],
    [
      { type: 'discount', priceInfo: { type: 'explicit', originalPrice: 500, priceAfterDiscount: 400 } },
      { originalPrice: 500, priceAfterDiscount: 400, currency: 'JPY' },
    ],
  ])('%j is returned with its currency, if it has one', async (reward, priceInfo) => {
    const { line, create } = await withCoupons()
    expect((await line(`GET ${path}/${await create({ reward })}`)).body).toMatchObject({
      reward: { type: reward.type, priceInfo: { type: reward.priceInfo.type, ...priceInfo } },
    })
  })

  test.each([
    ['TW', 'TWD'],
    ['TH', 'THB'],
    ['ID', 'JPY'],
  ])('an account in the country %s uses %s', async (country, currency) => {
    const { line, create } = await withCoupons({ account: { country } })
    const couponId = await create({ reward: { type: 'cashBack', priceInfo: { type: 'fixed', fixedAmount: 5 } } })
    expect((await line(`GET ${path}/${couponId}`)).body).toMatchObject({ reward: { priceInfo: { currency } } })
  })

  test('a lottery keeps its probability', async () => {
    const { line, create } = await withCoupons()
    const acquisitionCondition = { type: 'lottery', lotteryProbability: 50, maxAcquireCount: -1 }
    expect((await line(`GET ${path}/${await create({ acquisitionCondition })}`)).body).toMatchObject({
      acquisitionCondition,
    })
  })

  test.each<[string, object, string]>([
    ['an empty title', { title: '' }, 'title'],
    ['a title of 61 characters', { title: 'x'.repeat(61) }, 'title'],
    ['a description of 1,001 characters', { description: 'x'.repeat(1001) }, 'description'],
    ['a coupon code of 17 characters', { couponCode: 'x'.repeat(17) }, 'couponCode'],
    ['an unknown reward', { reward: { type: 'tea' } }, 'reward.type'],
    [
      'an amount with a percentage',
      { reward: { type: 'discount', priceInfo: { type: 'percentage', percentage: 5, fixedAmount: 5 } } },
      'reward.priceInfo.fixedAmount',
    ],
    ['an end in the past', { startTimestamp: start - hour, endTimestamp: start }, 'endTimestamp'],
  ])('%s is refused', async (_, more, property) => {
    const { line } = await withCoupons()
    expect(await line(`POST ${path}`, { ...coupon, ...more })).toMatchObject(refusal(400, property))
    expect((await line(`GET ${path}`)).body).toEqual({ items: [] })
  })

  test('texts of the maximum length are accepted', async () => {
    const { line } = await withCoupons()
    const longest = {
      title: 'x'.repeat(60),
      description: 'x'.repeat(1000),
      usageCondition: 'x'.repeat(100),
      couponCode: 'x'.repeat(16),
    }
    expect((await line(`POST ${path}`, { ...coupon, ...longest, endTimestamp: start + 1 })).status).toBe(200)
  })

  test('5,000 coupons can be open; closed and expired coupons do not count', async () => {
    const { line, create, emulator } = await withCoupons()
    const first = await create({ endTimestamp: start + 2 * hour })
    for (let count = 2; count <= 5000; count++) await create()
    expect(await line(`POST ${path}`, coupon)).toMatchObject(refusal(400, ''))
    await line(`PUT ${path}/${first}/close`)
    expect((await line(`POST ${path}`, coupon)).status).toBe(200)
    expect(await line(`POST ${path}`, coupon)).toMatchObject(refusal(400, ''))
    await emulator.clock.advance(hour * 1000)
    expect((await line(`POST ${path}`, { ...coupon, endTimestamp: start + 2 * hour })).status).toBe(200)
  }, 60_000)
})

describe('closing', () => {
  test('is final, and is answered with 410 the second time', async () => {
    const { line, create } = await withCoupons()
    const couponId = await create()
    expect(await line(`PUT ${path}/${couponId}/close`)).toMatchObject({ status: 200, body: {} })
    expect((await line(`GET ${path}/${couponId}`)).body).toMatchObject({ status: 'CLOSED' })
    expect(await line(`PUT ${path}/${couponId}/close`)).toMatchObject(refusal(410, ''))
  })

  test('happens automatically at endTimestamp', async () => {
    const { line, create, emulator } = await withCoupons()
    const couponId = await create()
    await emulator.clock.advance(hour * 1000 - 1)
    expect((await line(`GET ${path}/${couponId}`)).body).toMatchObject({ status: 'RUNNING' })
    await emulator.clock.advance(1)
    expect((await line(`GET ${path}/${couponId}`)).body).toMatchObject({ status: 'CLOSED' })
  })

  test('an unknown coupon and a coupon of another account are not found', async () => {
    const { line, create, emulator } = await withCoupons()
    const couponId = await create()
    const token = emulator.createAccount({ name: 'Other' }).issueLongLivedToken()
    for (const what of [`GET ${path}/`, `PUT ${path}/`]) {
      const end = what.startsWith('PUT') ? '/close' : ''
      expect(await line(`${what}01JYNW8JMQVFBNWF1APF8Z3FS7${end}`)).toMatchObject(refusal(404, ''))
      expect(await call(emulator, `${what}${couponId}${end}`, undefined, { token })).toMatchObject(refusal(404, ''))
    }
  })
})

describe('the list', () => {
  test('starts with the newest coupon, and can be filtered by status', async () => {
    const { line, create, titles } = await withCoupons()
    expect(await titles()).toEqual([])
    const old = await create({ title: 'old' })
    await create({ title: 'new' })
    await line(`PUT ${path}/${old}/close`)
    expect(await titles()).toEqual(['new', 'old'])
    expect(await titles('?status=RUNNING')).toEqual(['new'])
    expect(await titles('?status=CLOSED')).toEqual(['old'])
    expect(await titles('?status=CLOSED&status=RUNNING')).toEqual(['new', 'old'])
    expect(await titles('?status=DRAFT')).toEqual([])
  })

  test('has pages of 20 coupons, or of `limit` coupons', async () => {
    const { create, list, titles } = await withCoupons()
    for (let count = 1; count <= 21; count++) await create({ title: `${count}` })
    const { items, next } = await list()
    expect([items.length, items[0]?.title, next]).toEqual([20, '21', expect.any(String)])
    expect(await list(`?start=${next}`)).toEqual({ items: [{ couponId: expect.any(String), title: '1' }] })
    expect(await titles('?limit=2')).toEqual(['21', '20'])
    expect((await list('?limit=21')).next).toBeUndefined()
  })

  test.each([
    ['limit=101', refusal(400, 'limit')],
    ['limit=0', refusal(400, 'limit')],
    ['status=OPEN', refusal(400, 'status')],
    ['start=made-up', refusal(400)],
  ])('%s is refused', async (query, response) => {
    const { line } = await withCoupons()
    expect(await line(`GET ${path}?${query}`)).toMatchObject(response)
  })

  test('a page can have 100 coupons', async () => {
    const { line } = await withCoupons()
    expect((await line(`GET ${path}?limit=100`)).status).toBe(200)
  })
})

describe('sending', () => {
  test('needs a coupon of the account, which may have ended', async () => {
    const { line, create, userId, emulator, person, account } = await withCoupons()
    const couponId = await create()
    const push = (id: string) =>
      line('POST /v2/bot/message/push', { to: userId, messages: [{ type: 'coupon', couponId: id }] })
    expect((await push(couponId)).status).toBe(200)
    await emulator.clock.advance(hour * 1000)
    expect((await push(couponId)).status).toBe(200)
    expect(await push('01JYNW8JMQVFBNWF1APF8Z3FS7')).toMatchObject(refusal(400, 'messages[0].couponId'))
    expect(person.chatWith(account)).toHaveLength(2)
    const messages = [{ type: 'coupon', couponId: '01JYNW8JMQVFBNWF1APF8Z3FS7' }]
    for (const how of ['broadcast', 'narrowcast'])
      expect(await line(`POST /v2/bot/message/${how}`, { messages })).toMatchObject(
        refusal(400, 'messages[0].couponId'),
      )
  })
})
