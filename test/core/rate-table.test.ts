import type { Endpoint, Rate } from 'line-oa'
import * as catalog from 'line-oa/catalog'
import { expect, test } from 'vitest'

// LINE's table, by hand: https://developers.line.biz/en/reference/messaging-api/#rate-limits. Everything else is 2,000 a second.
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
    // The page of the last one says 200 too, which the table leaves out.
    ...['getMembershipSubscription', 'getMembershipList', 'getJoinedMembershipUsers'],
  ],
  '100/s': ['showLoadingAnimation'],
  '370/s': ['issueChannelToken'],
}

test('every record has the rate of LINE’s table, and no other has one', () => {
  const stated = Object.values(catalog)
    .flatMap((group) => Object.entries<Endpoint>(group))
    .flatMap(([name, { rate }]) => (rate ? [[name, rate]] : []))
  const expected = Object.entries(table).flatMap(([rate, names]) => names.map((name) => [name, rate]))
  expect(Object.fromEntries(stated)).toEqual(Object.fromEntries(expected))
  expect(stated).toHaveLength(expected.length)
})
