import type * as operations from '../../insight/operations.js'
import type { Answers } from './types.js'
import { newYear, requestId, richMenuId } from './values.js'

const overview = () => ({
  uniqueImpression: 640,
  uniqueClick: 120,
  uniqueMediaPlayed: 85,
  uniqueMediaPlayed100Percent: 31,
})

const bubble = () => ({
  seq: 1,
  impression: 812,
  mediaPlayed: 98,
  mediaPlayed25Percent: 74,
  mediaPlayed50Percent: 60,
  mediaPlayed75Percent: 47,
  mediaPlayed100Percent: 36,
  uniqueMediaPlayed: 85,
  uniqueMediaPlayed25Percent: 66,
  uniqueMediaPlayed50Percent: 52,
  uniqueMediaPlayed75Percent: 41,
  uniqueMediaPlayed100Percent: 31,
})

const click = () => ({
  seq: 1,
  url: 'https://example.com/menu',
  click: 143,
  uniqueClick: 120,
  uniqueClickOfRequest: 120,
})

const bounds = () => ({ x: 0, y: 0, width: 2500, height: 1686 })

/** Answers about figures. */
export const insight: Answers<typeof operations> = {
  getNumberOfMessageDeliveries: () => ({
    status: 'ready',
    broadcast: 950,
    welcomeResponse: 12,
    chat: 4,
    apiBroadcast: 950,
    apiPush: 40,
    apiReply: 73,
  }),
  getNumberOfFollowers: () => ({ status: 'ready', followers: 1200, targetedReaches: 900, blocks: 150 }),
  getFriendsDemographics: () => ({
    available: true,
    genders: [
      { gender: 'unknown', percentage: 20.5 },
      { gender: 'male', percentage: 37.5 },
      { gender: 'female', percentage: 42 },
    ],
    ages: [
      { age: 'from20to24', percentage: 25 },
      { age: 'from30to34', percentage: 40.5 },
      { age: 'unknown', percentage: 34.5 },
    ],
    areas: [
      { area: '東京', percentage: 71.5 },
      { area: 'unknown', percentage: 28.5 },
    ],
    appTypes: [
      { appType: 'ios', percentage: 62.4 },
      { appType: 'android', percentage: 27.7 },
      { appType: 'others', percentage: 9.9 },
    ],
    subscriptionPeriods: [
      { subscriptionPeriod: 'within30days', percentage: 14.5 },
      { subscriptionPeriod: 'over365days', percentage: 85.5 },
    ],
  }),
  getMessageEvent: () => ({
    overview: { requestId, timestamp: newYear, delivered: 950, ...overview() },
    messages: [bubble()],
    clicks: [click()],
  }),
  getStatisticsPerUnit: () => ({
    overview: overview(),
    messages: [{ ...bubble(), uniqueImpression: 640 }],
    clicks: [click()],
  }),
  getRichMenuInsightSummary: () => ({
    richMenuId,
    metricsFrom: '20260101',
    metricsTo: '20260102',
    impression: { metrics: { count: 420, uniqueUsers: 260 } },
    clicks: [{ bounds: bounds(), metrics: { count: 95, uniqueUsers: 71 } }],
  }),
  getRichMenuInsightDaily: () => ({
    richMenuId,
    metricsFrom: '20260101',
    metricsTo: '20260102',
    impression: {
      metrics: [
        { date: '20260101', count: 230, uniqueUsers: 180 },
        { date: '20260102', count: 190, uniqueUsers: 150 },
      ],
    },
    clicks: [
      {
        bounds: bounds(),
        metrics: [
          { date: '20260101', count: 55, uniqueUsers: 44 },
          { date: '20260102', count: 40, uniqueUsers: 35 },
        ],
      },
    ],
  }),
}
