import { createLineClient, type Endpoint, each } from 'line-oa'
import {
  closeCoupon,
  getAggregationUnitNameList,
  getJoinedMembershipUsers,
  getMembershipList,
  getMessageContent,
  issueLinkToken,
  leaveRoom,
  linkRichMenuIdToUser,
  listCoupon,
  markMessagesAsRead,
  markMessagesAsReadByToken,
  pushMessagesByPhone,
  pushTemplatedMessageByPhone,
  setDefaultRichMenu,
  setRichMenuImage,
  showLoadingAnimation,
} from 'line-oa/operations'
import { describe, expect, test } from 'vitest'
import { inputPaths, inputProblems, outputPaths, outputProblems } from '../contracts/check.js'
import { requestOf, requestOfAny } from '../requests.js'

describe('an input is sent', () => {
  test('as a header if it is a delivery tag, and not in the body', async () => {
    const tagged = { to: 'hash', messages: [], deliveryTag: 'order-000000000001' }
    const request = await requestOf(pushMessagesByPhone, tagged)
    expect(request.headers.get('x-line-delivery-tag')).toBe('order-000000000001')
    expect(await request.text()).toBe('{"to":"hash","messages":[]}')
    const untagged = await requestOf(pushTemplatedMessageByPhone, { to: 'hash', templateKey: 'k' })
    expect(untagged.headers.has('x-line-delivery-tag')).toBe(false)
  })

  test('as the body if it is an image, to the host for files', async () => {
    const image = new Blob(['x'], { type: 'image/png' })
    const request = await requestOf(setRichMenuImage, { richMenuId: 'richmenu-1', image })
    expect(request.url).toBe('https://api-data.line.me/v2/bot/richmenu/richmenu-1/content')
    expect(request.headers.get('content-type')).toBe('image/png')
    expect(await request.text()).toBe('x')
    const content = await requestOf(getMessageContent, { messageId: '1' })
    expect(content.url).toBe('https://api-data.line.me/v2/bot/message/1/content')
  })

  test.each<[string, Endpoint, object, string]>([
    ['a close', closeCoupon, { couponId: 'c' }, '/v2/bot/coupon/c/close'],
    ['a link token', issueLinkToken, { userId: 'U1' }, '/v2/bot/user/U1/linkToken'],
    ['a leave', leaveRoom, { roomId: 'R1' }, '/v2/bot/room/R1/leave'],
    ['a default', setDefaultRichMenu, { richMenuId: 'r' }, '/v2/bot/user/all/richmenu/r'],
    ['a link', linkRichMenuIdToUser, { userId: 'U1', richMenuId: 'r' }, '/v2/bot/user/U1/richmenu/r'],
  ])('in the path alone for %s, without a body and a content type', async (_, operation, input, path) => {
    const request = await requestOfAny(operation, input)
    expect(request.url).toBe(`https://api.line.me${path}`)
    expect(request.headers.has('content-type')).toBe(false)
    expect(request.body).toBeNull()
  })

  test('as one query parameter for each item of an array', async () => {
    const { url } = await requestOf(listCoupon, { status: ['DRAFT', 'RUNNING'], limit: 5 })
    expect(url).toBe('https://api.line.me/v2/bot/coupon?status=DRAFT&status=RUNNING&limit=5')
  })
})

type Messaging = ReturnType<typeof createLineClient>['messaging']

test.each<[string, string, (messaging: Messaging) => AsyncIterable<unknown>, string]>([
  [
    'getGroupMembersIds',
    'memberIds',
    ({ getGroupMembersIds }) => each(getGroupMembersIds, { groupId: 'C1' }),
    '/v2/bot/group/C1/members/ids',
  ],
  [
    'getRoomMembersIds',
    'memberIds',
    ({ getRoomMembersIds }) => each(getRoomMembersIds, { roomId: 'R1' }),
    '/v2/bot/room/R1/members/ids',
  ],
  [
    'getJoinedMembershipUsers',
    'userIds',
    ({ getJoinedMembershipUsers: list }) => each(list, { membershipId: 3189 }),
    '/v2/bot/membership/3189/users/ids',
  ],
  [
    'getAggregationUnitNameList',
    'customAggregationUnits',
    ({ getAggregationUnitNameList: list }) => each(list),
    '/v2/bot/message/aggregation/list',
  ],
  ['listCoupon', 'items', ({ listCoupon: list }) => each(list), '/v2/bot/coupon'],
])('%s continues at the cursor of an empty page', async (_, items, walk, path) => {
  const urls: string[] = []
  const { messaging } = createLineClient({
    channelAccessToken: 'token',
    fetch: async (url) => {
      urls.push(String(url))
      return Response.json(urls.length === 1 ? { [items]: [], next: 'n/2' } : { [items]: ['last'] })
    },
  })
  expect(await Array.fromAsync(walk(messaging))).toEqual(['last'])
  expect(urls).toEqual([`https://api.line.me${path}`, `https://api.line.me${path}?start=n%2F2`])
})

test('a loading animation accepts 5 to 60 seconds in steps of 5', () => {
  for (const loadingSeconds of [undefined, 5, 20, 60])
    expect(inputProblems(showLoadingAnimation, { chatId: 'U1', loadingSeconds })).toEqual([])
  for (const loadingSeconds of [0, 4, 7, 59, 65, 12.5])
    expect(inputPaths(showLoadingAnimation, { chatId: 'U1', loadingSeconds })).toContain('loadingSeconds')
  expect(inputProblems(showLoadingAnimation, { chatId: 'U1', loadingSeconds: 7 })).toMatchObject([{ rule: 'other' }])
})

test('pages of unit names and of members have different limits', () => {
  for (const limit of [1, 100]) expect(inputProblems(getAggregationUnitNameList, { limit })).toEqual([])
  for (const limit of [0, 101]) expect(inputPaths(getAggregationUnitNameList, { limit })).toEqual(['limit'])
  for (const limit of [1, 1000]) expect(inputProblems(getJoinedMembershipUsers, { membershipId: 1, limit })).toEqual([])
  for (const limit of [0, 1001])
    expect(inputPaths(getJoinedMembershipUsers, { membershipId: 1, limit })).toEqual(['limit'])
})

test('the limit of a plan without a limit is null, not missing', () => {
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
  expect(
    outputProblems(getMembershipList, {
      memberships: [
        { ...plan, memberLimit: null },
        { ...plan, memberLimit: 1000, currency: 'USD' },
      ],
    }),
  ).toEqual([])
  expect(outputPaths(getMembershipList, { memberships: [plan] })).toEqual(['memberships[0].memberLimit'])
})

test('content is a stream with a media type', () => {
  expect(
    outputProblems(getMessageContent, {
      stream: new ReadableStream(),
      contentType: 'video/mp4',
      contentLength: undefined,
    }),
  ).toEqual([])
  expect(outputProblems(getMessageContent, { bytes: 3 })).toMatchObject([{ path: '', rule: 'other' }])
})

test('marking messages as read requires a user or a token', () => {
  expect(inputPaths(markMessagesAsRead, { chat: {} })).toEqual(['chat.userId'])
  expect(inputPaths(markMessagesAsReadByToken, { markAsReadToken: '' })).toEqual(['markAsReadToken'])
})
