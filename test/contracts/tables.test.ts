import type { Endpoint } from 'line-oa'
import * as catalog from 'line-oa/catalog'
import { contracts } from 'line-oa/contracts'
import * as operations from 'line-oa/operations'
import { describe, expect, test } from 'vitest'

const records: readonly [string, Endpoint][] = Object.values(catalog).flatMap((group) =>
  Object.entries<Endpoint>(group),
)

test('every operation of the catalog is exported by line-oa/operations under the same name', () => {
  expect(Object.fromEntries(records)).toEqual({ ...operations })
  expect(records).toHaveLength(Object.keys(operations).length)
})

// That no contract stands without its operation is a matter of types: test/types/wrong-records.test.ts.
test('every operation of the catalog has a contract for its input and its output', () => {
  const validator = contracts()
  for (const [name, record] of records)
    for (const part of ['input', 'output'] as const)
      expect(validator.check(record, part, 'not an object'), `${part} of ${name}`).not.toEqual([])
})

// LINE's lists, copied by hand.
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
  test('accepts a retry key only if LINE accepts one', () => {
    expect(record.repeat === 'keyed').toBe(keyed.includes(name))
  })

  test('has the rate of LINE’s table', () => {
    expect(record.rate ?? '2000/s').toBe(rates.find(([, names]) => names.includes(name))?.[0] ?? '2000/s')
  })
})

test.each([operations.replyMessage, operations.issueChannelToken, operations.issueChannelTokenByJWT])(
  '$path is never retried',
  ({ repeat }) => {
    expect(repeat).toBe('never')
  },
)

test('every GET may be retried', () => {
  expect(records.filter(([, record]) => record.method === 'GET' && record.repeat !== 'safe')).toEqual([])
})

// LINE serves channel access tokens and user access tokens here, and distinguishes them by the token.
const shared = ['GET /oauth2/v2.1/verify', 'POST /oauth2/v2.1/revoke']

test('no two records share method and path, unless `when` or the token distinguishes them', () => {
  const travel = records.map(([, { method, path, when }]) =>
    [`${method} ${path}`, JSON.stringify(when)].join(' ').trim(),
  )
  const twice = travel.filter((one, at) => travel.indexOf(one) !== at)
  expect(twice.toSorted()).toEqual(shared)
})
