import { createCoupon, getCouponDetail, listCoupon } from 'line-oa/operations'
import { describe, expect, test } from 'vitest'
import { inputPaths, inputProblems, outputPaths, outputProblems, text, url } from '../contracts/check.js'

const coupon = (other: object = {}) => ({
  title: 'tea',
  reward: { type: 'free' },
  acquisitionCondition: { type: 'normal' },
  maxUseCountPerTicket: 1,
  startTimestamp: 0,
  endTimestamp: 1924959599,
  timezone: 'ASIA_TOKYO',
  visibility: 'UNLISTED',
  ...other,
})
const lottery = (lotteryProbability: number, maxAcquireCount: number) =>
  coupon({ acquisitionCondition: { type: 'lottery', lotteryProbability, maxAcquireCount } })
const reward = (type: string, priceInfo: object) => coupon({ reward: { type, priceInfo } })

test.each<[string, object]>([
  ['with required fields only', coupon()],
  [
    'every text at its limit',
    coupon({
      title: text(60),
      description: text(1000),
      usageCondition: text(100),
      couponCode: text(16),
      imageUrl: url(2000),
      barcodeImageUrl: url(2000),
    }),
  ],
  ['any number of uses', coupon({ maxUseCountPerTicket: -1 })],
  ['a lottery with a probability of 1', lottery(1, 1)],
  ['a lottery with a probability of 99', lottery(99, 999_999)],
  ['a lottery without a limit', lottery(50, -1)],
  ['an amount off', reward('discount', { type: 'fixed', fixedAmount: 1 })],
  ['1 percent off', reward('discount', { type: 'percentage', percentage: 1 })],
  ['99 percent back', reward('cashBack', { type: 'percentage', percentage: 99 })],
  ['an explicit price', reward('discount', { type: 'explicit', originalPrice: 12000, priceAfterDiscount: 9500 })],
  ['a gift', coupon({ reward: { type: 'gift' } })],
  ['anything else', coupon({ reward: { type: 'others' } })],
])('a coupon passes: %s', (_, value) => {
  expect(inputProblems(createCoupon, value)).toEqual([])
})

test.each<[string, object, string[]]>([
  ['an empty title', coupon({ title: '' }), ['title']],
  [
    'every text too long',
    coupon({
      title: text(61),
      description: text(1001),
      usageCondition: text(101),
      couponCode: text(17),
      imageUrl: url(2001),
      barcodeImageUrl: url(2001),
    }),
    ['title', 'description', 'usageCondition', 'imageUrl', 'couponCode', 'barcodeImageUrl'],
  ],
  ['a picture without https', coupon({ imageUrl: 'http://example.com/a.png' }), ['imageUrl']],
  ['no reward', coupon({ reward: undefined }), ['reward']],
  ['two uses', coupon({ maxUseCountPerTicket: 2 }), ['maxUseCountPerTicket']],
  ['no uses', coupon({ maxUseCountPerTicket: 0 }), ['maxUseCountPerTicket']],
  ['an end before its start', coupon({ startTimestamp: 10, endTimestamp: 10 }), ['endTimestamp']],
  ['a time that is not a safe integer', coupon({ endTimestamp: 2 ** 53 }), ['endTimestamp']],
  ['a zone of the tz database', coupon({ timezone: 'Asia/Tokyo' }), ['timezone']],
  ['a visibility that only answers have', coupon({ visibility: 'PRIVATE' }), ['visibility']],
  ['a lottery of 0 percent', lottery(0, 1), ['acquisitionCondition.lotteryProbability']],
  ['a lottery of 100 percent', lottery(100, 1), ['acquisitionCondition.lotteryProbability']],
  ['a lottery for 0 people', lottery(50, 0), ['acquisitionCondition.maxAcquireCount']],
  ['a lottery for -2 people', lottery(50, -2), ['acquisitionCondition.maxAcquireCount']],
  ['a lottery for a million', lottery(50, 1_000_000), ['acquisitionCondition.maxAcquireCount']],
  [
    'a referral, which the API cannot make',
    coupon({ acquisitionCondition: { type: 'referral' } }),
    ['acquisitionCondition.type'],
  ],
  ['nothing off', reward('discount', { type: 'fixed', fixedAmount: 0 }), ['reward.priceInfo.fixedAmount']],
  ['100 percent off', reward('discount', { type: 'percentage', percentage: 100 }), ['reward.priceInfo.percentage']],
  ['half a percent off', reward('discount', { type: 'percentage', percentage: 0.5 }), ['reward.priceInfo.percentage']],
  [
    'an explicit price for cash back',
    reward('cashBack', { type: 'explicit', originalPrice: 2, priceAfterDiscount: 1 }),
    ['reward.priceInfo.type'],
  ],
  ['a discount without a price', coupon({ reward: { type: 'discount' } }), ['reward.priceInfo']],
])('a coupon is refused: %s', (_, value, places) => {
  expect(inputPaths(createCoupon, value)).toEqual(places)
})

describe('a list of coupons', () => {
  test('accepts each state once, and pages of 1 to 100', () => {
    expect(inputProblems(listCoupon, { status: ['DRAFT', 'RUNNING', 'CLOSED'], limit: 100 })).toEqual([])
    expect(inputProblems(listCoupon, { status: [], limit: 1 })).toEqual([])
    expect(inputPaths(listCoupon, { status: ['DRAFT', 'DRAFT'] })).toEqual(['status[1]'])
    expect(inputPaths(listCoupon, { status: ['OPEN'] })).toEqual(['status[0]'])
    expect(inputPaths(listCoupon, { limit: 0 })).toEqual(['limit'])
    expect(inputPaths(listCoupon, { limit: 101 })).toEqual(['limit'])
  })

  test('may have an empty page before the last one', () => {
    expect(outputProblems(listCoupon, { items: [], next: 'MTAw' })).toEqual([])
  })
})

test('an output can contain values and fields that LINE adds later', () => {
  const answer = {
    ...coupon({
      timezone: 'MARS_OLYMPUS',
      visibility: 'PRIVATE',
      maxUseCountPerTicket: 3,
      acquisitionCondition: { type: 'referral' },
    }),
    reward: { type: 'discount', priceInfo: { type: 'fixed', fixedAmount: 100, currency: 'EUR', tax: 1 } },
    couponId: '01K0B456W5Y6SBD3YH74YM6QE6',
    status: 'PAUSED',
    maxTicketPerUser: 30,
    createdTimestamp: 1752720120,
    stars: 5,
  }
  expect(outputProblems(getCouponDetail, answer)).toEqual([])
  expect(outputPaths(getCouponDetail, { ...answer, status: undefined, createdTimestamp: '1752720120' })).toEqual([
    'status',
    'createdTimestamp',
  ])
})
