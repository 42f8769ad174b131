import type { messagingApi } from '@line/bot-sdk'
import type { CreateCouponInput } from 'line-oa'
import { expect } from 'vitest'
import type { MethodTable, PeerWorld } from './table.js'

const endpoint = 'https://bot.example/hook'
const newYear = Date.UTC(2026, 0, 1) / 1000

const coupon = {
  ...{
    title: 'Free tea',
    description: 'One cup',
    reward: { type: 'cashBack', priceInfo: { type: 'percentage', percentage: 10 } },
  },
  ...{
    acquisitionCondition: { type: 'lottery', lotteryProbability: 50, maxAcquireCount: 100 },
    maxUseCountPerTicket: 1,
  },
  ...{ startTimestamp: newYear, endTimestamp: newYear + 3600, timezone: 'ASIA_TOKYO', visibility: 'UNLISTED' },
} as const satisfies CreateCouponInput

const create = async ({ line }: PeerWorld) => (await line.messaging.createCoupon(coupon)).couponId

export const accountMethods = {
  getBotInfo: async (peer, { account, line }) => {
    const there = await peer.getBotInfo()
    expect(there).toMatchObject({ userId: account.userId, basicId: account.basicId, displayName: 'Tea House' })
    expect(there).toEqual(await line.messaging.getBotInfo())
  },
  setWebhookEndpoint: async (peer, { line }) => {
    await peer.setWebhookEndpoint({ endpoint })
    expect(await line.messaging.getWebhookEndpoint()).toEqual({ endpoint, active: false })
  },
  getWebhookEndpoint: async (peer, { line }) => {
    await line.messaging.setWebhookEndpoint({ endpoint })
    expect(await peer.getWebhookEndpoint()).toEqual({ endpoint, active: false })
  },
  testWebhookEndpoint: async (peer, { account, line }) => {
    account.connect({ fetch: async () => new Response() }, { url: endpoint })
    const there = await peer.testWebhookEndpoint({ endpoint })
    expect(there).toMatchObject({ success: true, statusCode: 200, reason: 'OK' })
    expect(there).toEqual(await line.messaging.testWebhookEndpoint({ endpoint }))
  },
  createCoupon: async (peer, { line }) => {
    const { couponId = '' } = await peer.createCoupon(coupon)
    expect(await line.messaging.getCouponDetail({ couponId })).toMatchObject({ couponId, ...coupon })
  },
  listCoupon: async (peer, world) => {
    const couponId = await create(world)
    await world.line.messaging.closeCoupon({ couponId: await create(world) })
    // One status only: the official SDK joins several with commas, while LINE's API description repeats the parameter.
    const there = await peer.listCoupon(new Set(['RUNNING'] as const), undefined, 10)
    expect(there.items).toEqual([{ couponId, title: 'Free tea' }])
    expect(there).toEqual(await world.line.messaging.listCoupon({ status: ['RUNNING'], limit: 10 }))
  },
  getCouponDetail: async (peer, world) => {
    const couponId = await create(world)
    const there = await peer.getCouponDetail(couponId)
    expect(there).toMatchObject({ couponId, title: 'Free tea' })
    expect(there).toEqual(await world.line.messaging.getCouponDetail({ couponId }))
  },
  closeCoupon: async (peer, world) => {
    const couponId = await create(world)
    await peer.closeCoupon(couponId)
    expect(await world.line.messaging.getCouponDetail({ couponId })).toMatchObject({ status: 'CLOSED' })
  },
} satisfies Partial<MethodTable<messagingApi.MessagingApiClient>>
