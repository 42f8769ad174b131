import type { Endpoint, Rate } from 'line-oa'
import * as catalog from 'line-oa/catalog'
import { expect, test } from 'vitest'

// LINE's table, copied by hand: https://developers.line.biz/en/reference/messaging-api/#rate-limits. All other endpoints have 2,000 a second.
const table: { readonly [rate: Rate]: readonly string[] } = {
  '60/h': [
    ...['narrowcast', 'broadcast', 'testWebhookEndpoint'],
    ...[
      'getNumberOfMessageDeliveries',
      'getNumberOfFollowers',
      'getFriendsDemographics',
      'getMessageEvent',
      'getStatisticsPerUnit',
    ],
    ...['getRichMenuInsightSummary', 'getRichMenuInsightDaily'],
  ],
  '60/min': [
    ...[
      'createAudienceGroup',
      'createAudienceForUploadingUserIds',
      'addAudienceToAudienceGroup',
      'addUserIdsToAudience',
    ],
    ...[
      'createClickBasedAudienceGroup',
      'createImpBasedAudienceGroup',
      'updateAudienceGroupDescription',
      'deleteAudienceGroup',
    ],
    ...['getAudienceData', 'getAudienceGroups', 'getSharedAudienceData', 'getSharedAudienceGroups'],
  ],
  '1000/min': ['setWebhookEndpoint', 'getWebhookEndpoint'],
  '100/h': ['createRichMenu', 'deleteRichMenu', 'deleteRichMenuAlias', 'getRichMenuBatchProgress'],
  '3/h': ['richMenuBatch'],
  '10/s': ['getRichMenuList'],
  '200/s': [
    ...['multicast', 'createCoupon', 'closeCoupon', 'listCoupon', 'getCouponDetail'],
    // The table leaves the last one out; its own page says 200 a second.
    ...['getMembershipSubscription', 'getMembershipList', 'getJoinedMembershipUsers'],
  ],
  '100/s': ['showLoadingAnimation'],
  '370/s': ['issueChannelToken'],
}

test('operations state a rate exactly where LINE’s table has one', () => {
  const stated = Object.values(catalog)
    .flatMap((group) => Object.entries<Endpoint>(group))
    .flatMap(([name, { rate }]) => (rate ? [[name, rate]] : []))
  const expected = Object.entries(table).flatMap(([rate, names]) => names.map((name) => [name, rate]))
  expect(Object.fromEntries(stated)).toEqual(Object.fromEntries(expected))
  expect(stated).toHaveLength(expected.length)
})
