import type { AudienceGroup, AudienceGroupJob, CreatedAudience } from '../../audience/group/types.js'
import type * as loginOperations from '../../login/operations.js'
import type * as messagingOperations from '../../messaging/operations.js'
import type * as operations from '../../operations.js'
import type * as tokenOperations from '../../tokens/operations.js'
import {
  basicId,
  botId,
  channelId,
  daySeconds,
  done,
  newYear,
  requestId,
  richMenuId,
  type SampleResponses,
  userId,
} from './values.js'

type OtherOperations = Omit<
  typeof operations,
  keyof typeof messagingOperations | keyof typeof loginOperations | keyof typeof tokenOperations
>

const audienceGroupId = 4_389_303_728_991

const created = (type: 'UPLOAD' | 'CLICK' | 'IMP', description: string): CreatedAudience => ({
  audienceGroupId,
  createRoute: 'MESSAGING_API',
  type,
  description,
  created: newYear,
  permission: 'READ_WRITE',
  expireTimestamp: newYear + 180 * daySeconds,
  isIfaAudience: false,
})

const audienceGroup = (): AudienceGroup => ({
  ...created('UPLOAD', 'Spring guests'),
  status: 'READY',
  audienceCount: 1887,
})

const shared = (): AudienceGroup => ({
  audienceGroupId: 4_389_303_728_992,
  createRoute: 'OA_MANAGER',
  type: 'CHAT_TAG',
  description: 'Regulars',
  status: 'READY',
  audienceCount: 320,
  created: newYear,
  permission: 'READ',
  isIfaAudience: false,
})

const job = (): AudienceGroupJob => ({
  audienceGroupJobId: 12_345_678,
  audienceGroupId,
  description: 'January',
  type: 'DIFF_ADD',
  jobStatus: 'FINISHED',
  failedType: null,
  audienceCount: 1887,
  created: newYear,
})

const page = (audienceGroups: AudienceGroup[], changeable: number) => ({
  audienceGroups,
  hasNextPage: false,
  totalCount: audienceGroups.length,
  readWriteAudienceGroupTotalCount: changeable,
  page: 1,
  size: 20,
})

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

const year = 31_536_000

/** A sample response for every other operation. A new topic adds its samples here. */
export const otherTopics: SampleResponses<OtherOperations> = {
  // Audiences
  updateAudienceGroupDescription: done,
  deleteAudienceGroup: done,
  getAudienceData: () => ({ audienceGroup: audienceGroup(), jobs: [job()] }),
  getAudienceGroups: () => page([audienceGroup()], 1),
  getSharedAudienceData: () => ({
    audienceGroup: shared(),
    jobs: [],
    owner: { serviceType: 'account', id: '@123abcde', name: 'Tea House' },
  }),
  getSharedAudienceGroups: () => page([shared()], 0),
  createClickBasedAudienceGroup: () => ({
    ...created('CLICK', 'Opened the menu'),
    requestId,
    clickUrl: 'https://example.com/menu',
  }),
  createImpBasedAudienceGroup: () => ({ ...created('IMP', 'Saw the menu'), requestId }),
  createAudienceGroup: () => created('UPLOAD', 'Spring guests'),
  addAudienceToAudienceGroup: done,
  createAudienceForUploadingUserIds: () => created('UPLOAD', 'Spring guests'),
  addUserIdsToAudience: done,
  // Insight
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
  // LIFF apps
  addLIFFApp: () => ({ liffId: `${channelId}-AbcdEfgh` }),
  getAllLIFFApps: () => ({
    apps: [
      {
        liffId: `${channelId}-AbcdEfgh`,
        view: { type: 'full', url: 'https://example.com/app', moduleMode: false },
        description: 'Tea House',
        features: { ble: false, qrCode: true },
        permanentLinkPattern: 'concat',
        scope: ['profile', 'chat_message.write'],
        botPrompt: 'normal',
      },
    ],
  }),
  updateLIFFApp: done,
  deleteLIFFApp: done,
  // LINE MINI Apps
  issueNotificationToken: () => ({
    notificationToken: '01234567-89ab-4cde-8f01-000000000001',
    expiresIn: year,
    remainingCount: 5,
    sessionId: 'aBcDeFgHiJkLmNoPqRsT',
  }),
  sendServiceMessage: () => ({
    notificationToken: '01234567-89ab-4cde-8f01-000000000002',
    expiresIn: year,
    remainingCount: 4,
    sessionId: 'aBcDeFgHiJkLmNoPqRsT',
  }),
  reservePurchase: () => ({ orderId: 'T2026010100000000000001' }),
  getWebhookEventHistory: () => ({
    events: [
      {
        transactionType: 'PRODUCT',
        event: {
          type: 'purchaseComplete',
          orderId: 'T2026010100000000000001',
          productId: 'iap_ln_002',
          userId,
          purchaseTimestamp: 1_767_225_600,
          channelId: '1234567890',
        },
      },
    ],
    nextCursor: null,
  }),
  // Module channels
  attachModule: () => ({ bot_id: botId, scopes: ['message:send', 'message:receive'] }),
  detachModule: done,
  acquireChatControl: done,
  releaseChatControl: done,
  getModules: () => ({
    bots: [{ userId: botId, basicId, displayName: 'Tea House', pictureUrl: 'https://example.com/tea-house.png' }],
  }),
  // Mission stickers
  missionStickerV3: done,
}
