import type * as delivery from '../../messaging/delivery/operations.js'
import type * as narrowcast from '../../messaging/narrowcast/operations.js'
import type * as notification from '../../messaging/notification/operations.js'
import type * as quota from '../../messaging/quota/operations.js'
import type * as send from '../../messaging/send/operations.js'
import type { Answers } from './types.js'
import { done } from './values.js'

type Operations = typeof send & typeof narrowcast & typeof notification & typeof delivery & typeof quota

const sent = (id: string) => ({ sentMessages: [{ id, quoteToken: 'aBcDeFgHiJkLmNoP' }] })

/** Answers about sending, its counts and quotas. */
export const sending: Answers<Operations> = {
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
}
