import { property } from '../../core/property.js'
import type { Message } from '../../messaging/message/types.js'
import { quoteTokens } from '../chat.js'
import { assumedMessages, errorMessages, mistakes } from '../platform/error-messages.js'
import { refuse } from '../platform/refusal.js'
import type { AccountState } from '../state.js'
import { hasCoupon } from './coupon.js'

/** Refuses messages that refer to what is not there: a quote token of another chat or an unknown one, and a coupon that the account does not have. */
export function checkReferences(account: AccountState, chatId: string | undefined, messages: readonly Message[]): void {
  const details = messages.flatMap((message, at) => {
    const quoteToken = property(message, 'quoteToken')
    const isQuotable =
      quoteToken === undefined ||
      (chatId !== undefined && typeof quoteToken === 'string' && quoteTokens(account).get(quoteToken) === chatId)
    const hasMissingCoupon = message.type === 'coupon' && !hasCoupon(account, message.couponId)
    return [
      ...(isQuotable ? [] : [{ message: assumedMessages.quoteToken, property: `messages[${at}].quoteToken` }]),
      // LINE does not document what it answers; the text is that of its other coupon endpoints.
      ...(hasMissingCoupon ? [{ message: errorMessages.noCoupon, property: `messages[${at}].couponId` }] : []),
    ]
  })
  if (details.length > 0) refuse(400, mistakes(...details))
}
