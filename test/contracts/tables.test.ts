import type { Endpoint } from 'line-oa'
import * as catalog from 'line-oa/catalog'
import * as operations from 'line-oa/operations'
import { describe, expect, test } from 'vitest'
import { contractTables } from '../../src/contracts.js'
import { defaultRate } from '../../src/core/call/rate-limits.js'

const records: readonly [string, Endpoint][] = Object.values(catalog).flatMap((group) =>
  Object.entries<Endpoint>(group),
)

test('every operation of the catalog stands alone too, under the same name', () => {
  expect(Object.fromEntries(records)).toEqual({ ...operations })
  expect(records).toHaveLength(Object.keys(operations).length)
})

test('every operation of the catalog has a contract, and no contract stands without one', () => {
  const names = (groups: object) =>
    Object.fromEntries(Object.entries(groups).map(([group, table]) => [group, Object.keys(table).sort()]))
  expect(names(contractTables())).toEqual(names(catalog))
})

// LINE's list, with operations that are not built yet: a record that comes later is judged by it at once.
const keyed = ['pushMessage', 'multicast', 'narrowcast', 'broadcast']
const audiences = [
  'createAudienceGroup',
  'addAudienceToAudienceGroup',
  'createAudienceForUploadingUserIds',
  'addUserIdsToAudience',
  'createClickBasedAudienceGroup',
  'createImpBasedAudienceGroup',
  'updateAudienceGroupDescription',
  'deleteAudienceGroup',
  'getAudienceData',
  'getAudienceGroups',
  'getSharedAudienceData',
  'getSharedAudienceGroups',
]
const insights = [
  'getNumberOfMessageDeliveries',
  'getNumberOfFollowers',
  'getFriendsDemographics',
  'getMessageEvent',
  'getStatisticsPerUnit',
  'getRichMenuInsightSummary',
  'getRichMenuInsightDaily',
]
const memberships = ['getMembershipSubscription', 'getMembershipList', 'getJoinedMembershipUsers']
const coupons = ['listCoupon', 'createCoupon', 'getCouponDetail', 'closeCoupon']
const rates: readonly (readonly [rate: string, names: readonly string[]])[] = [
  ['60/h', ['narrowcast', 'broadcast', 'testWebhookEndpoint', ...insights]],
  ['60/min', audiences],
  ['1000/min', ['setWebhookEndpoint', 'getWebhookEndpoint']],
  ['100/h', ['createRichMenu', 'deleteRichMenu', 'deleteRichMenuAlias', 'getRichMenuBatchProgress']],
  ['3/h', ['richMenuBatch']],
  ['10/s', ['getRichMenuList']],
  ['200/s', ['multicast', ...memberships, ...coupons]],
  ['100/s', ['showLoadingAnimation']],
  ['370/s', ['issueChannelToken']],
]

describe.each(records)('%s', (name, record) => {
  // LINE answers 400 to a retry key anywhere else.
  test('takes a retry key only where LINE does', () => {
    expect(record.repeat === 'keyed').toBe(keyed.includes(name))
  })

  test('has the rate of LINE’s table', () => {
    expect(record.rate ?? defaultRate).toBe(rates.find(([, names]) => names.includes(name))?.[0] ?? '2000/s')
  })
})

test.each([operations.replyMessage, operations.issueChannelToken, operations.issueChannelTokenByJWT])(
  '$path is never repeated',
  ({ repeat }) => {
    expect(repeat).toBe('never')
  },
)

test('whatever only reads may be repeated', () => {
  expect(records.filter(([, record]) => record.method === 'GET' && record.repeat !== 'safe')).toEqual([])
})

// LINE itself serves a channel's token and a user's here, and tells them apart by the token.
const shared = ['GET /oauth2/v2.1/verify', 'POST /oauth2/v2.1/revoke']

test('no two records under one method and path travel alike, unless `when` or the token tells them apart', () => {
  const travel = records.map(([, { method, path, when }]) =>
    [`${method} ${path}`, JSON.stringify(when)].join(' ').trim(),
  )
  const twice = travel.filter((one, at) => travel.indexOf(one) !== at)
  expect(twice.toSorted()).toEqual(shared)
})
