import type * as operations from '../../messaging/delivery/operations.js'
import type { Handlers } from '../platform/handler.js'
import { sentOn } from '../sending/sent-counts.js'

/** Tells how many messages were sent on a day. */
export const handlers: Handlers<typeof operations> = {
  getNumberOfSentReplyMessages: ({ date }, { account, now }) => sentOn(account, 'reply', date, now),
  getNumberOfSentPushMessages: ({ date }, { account, now }) => sentOn(account, 'push', date, now),
  getNumberOfSentMulticastMessages: ({ date }, { account, now }) => sentOn(account, 'multicast', date, now),
  getNumberOfSentBroadcastMessages: ({ date }, { account, now }) => sentOn(account, 'broadcast', date, now),
}
