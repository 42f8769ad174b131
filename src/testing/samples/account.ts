import type * as aggregation from '../../messaging/aggregation/operations.js'
import type * as bot from '../../messaging/bot/operations.js'
import type * as content from '../../messaging/content/operations.js'
import type * as loading from '../../messaging/loading/operations.js'
import type * as read from '../../messaging/read/operations.js'
import type * as webhookEndpoint from '../../messaging/webhook-endpoint/operations.js'
import type { Answers } from './types.js'
import { basicId, botId, done, image } from './values.js'

type Operations = typeof aggregation &
  typeof bot &
  typeof content &
  typeof loading &
  typeof read &
  typeof webhookEndpoint

/** Answers about the account, its webhook, chats and what people sent. */
export const account: Answers<Operations> = {
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
}
