import type { Endpoint } from 'line-oa'
import {
  closeCoupon,
  getAggregationUnitNameList,
  getGroupMembersIds,
  getJoinedMembershipUsers,
  getMessageContent,
  getRoomMembersIds,
  issueLinkToken,
  leaveRoom,
  linkRichMenuIdToUser,
  listCoupon,
  pushMessagesByPhone,
  pushTemplatedMessageByPhone,
  setDefaultRichMenu,
  setRichMenuImage,
} from 'line-oa/operations'
import { describe, expect, test } from 'vitest'
import { buildRequest } from '../../src/core/call/request.js'
import { turnOf } from '../../src/core/pages.js'
import { contracts as aggregation } from '../../src/messaging/aggregation/schemas.js'
import { contracts as content } from '../../src/messaging/content/schemas.js'
import { contracts as loading } from '../../src/messaging/loading/schemas.js'
import { contracts as membership } from '../../src/messaging/membership/schemas.js'
import { contracts as read } from '../../src/messaging/read/schemas.js'
import { placesOf, problemsOf } from './check.js'

describe('how inputs travel', () => {
  test('a delivery tag is a header, and not in the body', () => {
    const request = buildRequest(pushMessagesByPhone, { to: 'hash', messages: [], deliveryTag: 'order-000000000001' })
    expect(request.headers['x-line-delivery-tag']).toBe('order-000000000001')
    expect(request.body).toBe('{"to":"hash","messages":[]}')
    expect(buildRequest(pushTemplatedMessageByPhone, { to: 'hash', templateKey: 'k' }).headers).not.toHaveProperty(
      'x-line-delivery-tag',
    )
  })

  test('an image is the body itself, on the host for files', () => {
    const image = new Blob(['x'], { type: 'image/png' })
    const request = buildRequest(setRichMenuImage, { richMenuId: 'richmenu-1', image })
    expect(request).toMatchObject({ url: 'https://api-data.line.me/v2/bot/richmenu/richmenu-1/content', headers: {} })
    expect(request.body).toBe(image)
    expect(buildRequest(getMessageContent, { messageId: '1' }).url).toBe(
      'https://api-data.line.me/v2/bot/message/1/content',
    )
  })

  test.each<[string, Endpoint, object, string]>([
    ['a close', closeCoupon, { couponId: 'c' }, '/v2/bot/coupon/c/close'],
    ['a link token', issueLinkToken, { userId: 'U1' }, '/v2/bot/user/U1/linkToken'],
    ['a leave', leaveRoom, { roomId: 'R1' }, '/v2/bot/room/R1/leave'],
    ['a default', setDefaultRichMenu, { richMenuId: 'r' }, '/v2/bot/user/all/richmenu/r'],
    ['a link', linkRichMenuIdToUser, { userId: 'U1', richMenuId: 'r' }, '/v2/bot/user/U1/richmenu/r'],
  ])('%s has no body, and no content type', (_, operation, input, path) => {
    expect(buildRequest(operation, input)).toMatchObject({
      url: `https://api.line.me${path}`,
      headers: {},
      body: undefined,
    })
  })

  test('several states of coupons are several parameters', () => {
    expect(buildRequest(listCoupon, { status: ['DRAFT', 'RUNNING'], limit: 5 }).url).toBe(
      'https://api.line.me/v2/bot/coupon?status=DRAFT&status=RUNNING&limit=5',
    )
  })
})

type ListRecord = Endpoint & { readonly page: NonNullable<Endpoint['page']> }

test.each<[string, ListRecord, object, string]>([
  ['getGroupMembersIds', getGroupMembersIds, { groupId: 'C1' }, '/v2/bot/group/C1/members/ids'],
  ['getRoomMembersIds', getRoomMembersIds, { roomId: 'R1' }, '/v2/bot/room/R1/members/ids'],
  ['getJoinedMembershipUsers', getJoinedMembershipUsers, { membershipId: 3189 }, '/v2/bot/membership/3189/users/ids'],
  ['getAggregationUnitNameList', getAggregationUnitNameList, {}, '/v2/bot/message/aggregation/list'],
  ['listCoupon', listCoupon, {}, '/v2/bot/coupon'],
])('%s goes on from where a page ended, though it was empty', (_, record, input, path) => {
  const step = turnOf(record.page)
  const { items, next } = step(input, { [record.page.items]: [], next: 'n/2' })
  expect(items).toEqual([])
  expect(buildRequest(record, next ?? {}).url).toBe(`https://api.line.me${path}?start=n%2F2`)
  expect(step(next ?? {}, { [record.page.items]: ['last'] })).toEqual({ items: ['last'], next: undefined })
})

test('a loading animation takes 5 to 60 seconds in steps of 5', () => {
  const { input } = loading.showLoadingAnimation
  for (const loadingSeconds of [undefined, 5, 20, 60])
    expect(problemsOf(input, { chatId: 'U1', loadingSeconds })).toEqual([])
  for (const loadingSeconds of [0, 4, 7, 59, 65, 12.5])
    expect(placesOf(input, { chatId: 'U1', loadingSeconds })).toContain('loadingSeconds')
  expect(problemsOf(input, { chatId: 'U1', loadingSeconds: 7 })).toMatchObject([{ allowed: 'a multiple of 5' }])
})

test('pages of unit names and members have their own sizes', () => {
  for (const limit of [1, 100]) expect(problemsOf(aggregation.getAggregationUnitNameList.input, { limit })).toEqual([])
  for (const limit of [0, 101])
    expect(placesOf(aggregation.getAggregationUnitNameList.input, { limit })).toEqual(['limit'])
  for (const limit of [1, 1000])
    expect(problemsOf(membership.getJoinedMembershipUsers.input, { membershipId: 1, limit })).toEqual([])
  for (const limit of [0, 1001])
    expect(placesOf(membership.getJoinedMembershipUsers.input, { membershipId: 1, limit })).toEqual(['limit'])
})

test('a plan may have no limit, which is null and never missing', () => {
  const plan = {
    membershipId: 3189,
    title: 'Basic',
    description: '',
    benefits: ['tea'],
    price: 500.5,
    currency: 'JPY',
    memberCount: 1,
    isInAppPurchase: true,
    isPublished: true,
  }
  const { output } = membership.getMembershipList
  expect(
    problemsOf(output, {
      memberships: [
        { ...plan, memberLimit: null },
        { ...plan, memberLimit: 1000, currency: 'USD' },
      ],
    }),
  ).toEqual([])
  expect(placesOf(output, { memberships: [plan] })).toEqual(['memberships[0].memberLimit'])
})

test('content is a stream, whatever is in it', () => {
  const { output } = content.getMessageContent
  expect(
    problemsOf(output, { stream: new ReadableStream(), contentType: 'video/mp4', contentLength: undefined }),
  ).toEqual([])
  expect(problemsOf(output, { bytes: 3 })).toMatchObject([{ path: '', allowed: 'a file with its stream' }])
})

test('nobody marks messages as read without saying whose', () => {
  expect(placesOf(read.markMessagesAsRead.input, { chat: {} })).toEqual(['chat.userId'])
  expect(placesOf(read.markMessagesAsReadByToken.input, { markAsReadToken: '' })).toEqual(['markAsReadToken'])
})
