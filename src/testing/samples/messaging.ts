import type * as operations from '../../messaging/operations.js'
import type { RichMenu } from '../../messaging/rich-menu/types.js'
import {
  basicId,
  botId,
  daySeconds,
  displayName,
  done,
  groupId,
  image,
  newYear,
  otherRichMenuId,
  otherUserId,
  pictureUrl,
  richMenuId,
  type SampleResponses,
  userId,
} from './values.js'

const sent = (id: string) => ({ sentMessages: [{ id, quoteToken: 'aBcDeFgHiJkLmNoP' }] })

const member = () => ({ userId, displayName, pictureUrl })

const plan = () => ({
  membershipId: 3189,
  title: 'Tea circle',
  description: 'A tea of the month, and a seat at the tastings.',
  benefits: ['Tea of the month', 'Tastings'],
  price: 500,
  currency: 'JPY',
})

const menu = (): RichMenu => ({
  richMenuId,
  size: { width: 2500, height: 1686 },
  selected: true,
  name: 'Tea House menu',
  chatBarText: 'Menu',
  areas: [
    { bounds: { x: 0, y: 0, width: 1250, height: 1686 }, action: { type: 'message', label: 'Teas', text: 'Teas' } },
    {
      bounds: { x: 1250, y: 0, width: 1250, height: 1686 },
      action: { type: 'uri', label: 'Shop', uri: 'https://example.com/shop' },
    },
  ],
})

const couponId = '01KDVGX8T0ABCDEFGHJKMNPQRS'
const title = '500 yen off every pot of tea'

/** A sample response for every operation of the Messaging API. */
export const messaging: SampleResponses<typeof operations> = {
  // Bot, webhook, content and chats
  getBotInfo: () => ({
    userId: botId,
    basicId,
    displayName: 'Tea House',
    pictureUrl: 'https://profile.line-scdn.net/0h00112233445566778',
    chatMode: 'bot',
    markAsReadMode: 'auto',
  }),
  getWebhookEndpoint: () => ({ endpoint: 'https://example.com/webhook', active: true }),
  setWebhookEndpoint: done,
  testWebhookEndpoint: () => ({
    success: true,
    timestamp: '2026-01-01T00:00:00.000Z',
    statusCode: 200,
    reason: 'OK',
    detail: '200',
  }),
  getMessageContent: image,
  getMessageContentPreview: image,
  getMessageContentTranscodingByMessageId: () => ({ status: 'succeeded' }),
  markMessagesAsRead: done,
  markMessagesAsReadByToken: done,
  showLoadingAnimation: done,
  getAggregationUnitUsage: () => ({ numOfCustomAggregationUnits: 2 }),
  getAggregationUnitNameList: () => ({ customAggregationUnits: ['spring_menu', 'summer_menu'] }),
  // Sending, delivery counts and quotas
  replyMessage: () => sent('500000000000000001'),
  pushMessage: () => sent('500000000000000002'),
  multicast: done,
  broadcast: done,
  validateReply: done,
  validatePush: done,
  validateMulticast: done,
  validateNarrowcast: done,
  validateBroadcast: done,
  narrowcast: done,
  getNarrowcastProgress: () => ({
    phase: 'succeeded',
    successCount: 948,
    failureCount: 2,
    targetCount: 950,
    acceptedTime: '2026-01-01T00:00:00.000Z',
    completedTime: '2026-01-01T00:00:12.345Z',
  }),
  pushMessagesByPhone: done,
  getPNPMessageStatistics: () => ({ status: 'ready', success: 27 }),
  pushTemplatedMessageByPhone: done,
  getTemplatedPNPMessageStatistics: () => ({ status: 'ready', success: 31 }),
  getNumberOfSentReplyMessages: () => ({ status: 'ready', success: 73 }),
  getNumberOfSentPushMessages: () => ({ status: 'ready', success: 40 }),
  getNumberOfSentMulticastMessages: () => ({ status: 'ready', success: 500 }),
  getNumberOfSentBroadcastMessages: () => ({ status: 'ready', success: 950 }),
  getMessageQuota: () => ({ type: 'limited', value: 5000 }),
  getMessageQuotaConsumption: () => ({ totalUsage: 1563 }),
  // Users, groups, rooms and memberships
  getProfile: () => ({ ...member(), statusMessage: 'Hello, LINE!', language: 'ja' }),
  getFollowers: () => ({ userIds: [userId, otherUserId] }),
  issueLinkToken: () => ({ linkToken: 'aBcDeFgHiJkLmNoPqRsTuVwXyZ012345' }),
  getGroupSummary: () => ({
    groupId,
    groupName: 'Tea friends',
    pictureUrl: 'https://profile.line-scdn.net/0habcdef0123456789',
  }),
  getGroupMemberCount: () => ({ count: 2 }),
  getGroupMembersIds: () => ({ memberIds: [userId, otherUserId] }),
  getGroupMemberProfile: member,
  leaveGroup: done,
  getRoomMemberCount: () => ({ count: 2 }),
  getRoomMembersIds: () => ({ memberIds: [userId, otherUserId] }),
  getRoomMemberProfile: member,
  leaveRoom: done,
  getMembershipSubscription: () => ({
    subscriptions: [
      {
        membership: plan(),
        user: { membershipNo: 12, joinedTime: newYear, nextBillingDate: '2026-02-01', totalSubscriptionMonths: 1 },
      },
    ],
  }),
  getMembershipList: () => ({
    memberships: [{ ...plan(), memberCount: 2, memberLimit: null, isInAppPurchase: true, isPublished: true }],
  }),
  getJoinedMembershipUsers: () => ({ userIds: [userId, otherUserId] }),
  // Rich menus, aliases, batches and links
  createRichMenu: () => ({ richMenuId }),
  validateRichMenuObject: done,
  setRichMenuImage: done,
  getRichMenuImage: image,
  getRichMenuList: () => ({ richmenus: [menu()] }),
  getRichMenu: menu,
  deleteRichMenu: done,
  setDefaultRichMenu: done,
  getDefaultRichMenuId: () => ({ richMenuId }),
  cancelDefaultRichMenu: done,
  createRichMenuAlias: done,
  getRichMenuAlias: () => ({ richMenuAliasId: 'main', richMenuId }),
  updateRichMenuAlias: done,
  deleteRichMenuAlias: done,
  getRichMenuAliasList: () => ({
    aliases: [
      { richMenuAliasId: 'main', richMenuId },
      { richMenuAliasId: 'shop', richMenuId: otherRichMenuId },
    ],
  }),
  richMenuBatch: done,
  validateRichMenuBatchRequest: done,
  getRichMenuBatchProgress: () => ({
    phase: 'succeeded',
    acceptedTime: '2026-01-01T00:00:00.000Z',
    completedTime: '2026-01-01T00:00:12.345Z',
  }),
  linkRichMenuIdToUser: done,
  getRichMenuIdOfUser: () => ({ richMenuId }),
  unlinkRichMenuIdFromUser: done,
  linkRichMenuIdToUsers: done,
  unlinkRichMenuIdFromUsers: done,
  // Coupons
  createCoupon: () => ({ couponId }),
  listCoupon: () => ({ items: [{ couponId, title }] }),
  getCouponDetail: () => ({
    couponId,
    title,
    description: 'Show it before you order.',
    usageCondition: 'One for each table.',
    reward: { type: 'discount', priceInfo: { type: 'fixed', fixedAmount: 500, currency: 'JPY' } },
    acquisitionCondition: { type: 'normal' },
    maxUseCountPerTicket: 1,
    maxTicketPerUser: 1,
    startTimestamp: newYear,
    endTimestamp: newYear + 30 * daySeconds,
    timezone: 'ASIA_TOKYO',
    visibility: 'UNLISTED',
    status: 'RUNNING',
    createdTimestamp: newYear,
  }),
  closeCoupon: done,
}
