import type * as operations from '../../messaging/notification/operations.js'
import type { PushTemplatedMessageByPhoneInput } from '../../messaging/notification/types.js'
import { chatOf, sendToChat } from '../chat/chat.js'
import { type BotCall, type Handlers, Reply } from '../platform/handler.js'
import { refuse } from '../platform/refusal.js'
import { type Wording, words } from '../platform/words.js'
import { findNotifiable, type Notification, notify } from '../sending/notifications.js'
import { sentOn } from '../sending/sent-counts.js'
import { userIdOf } from '../world.js'

interface Request {
  readonly to: string
  readonly deliveryTag?: string | undefined
}

async function send(
  { to, deliveryTag = to }: Request,
  { world, account }: BotCall,
  kind: Notification['kind'],
  showIn: (chatId: string) => void,
): Promise<void> {
  if (!account.settings.notificationMessages) refuse(403, words.notAvailable)
  const person = (await findNotifiable(world, to)) ?? refuse(422, words.notSent)
  notify(world, person, {
    account,
    kind,
    data: deliveryTag,
    show: () => showIn(userIdOf(person, account.channel.provider)),
  })
}

/** What LINE says of phone numbers that are not hashed, and of items that stand twice in a template. */
export const wording: Wording = ({ rule, path }, input) => {
  if (path === 'to' && (rule === 'form' || rule === 'length')) return { message: words.hash, property: path }
  const at = /^body\.items\[(\d+)\]\.itemKey$/.exec(path)?.[1]
  if (at === undefined || rule !== 'other') return undefined
  const { body } = input as PushTemplatedMessageByPhoneInput // this rule is only broken by such an input
  const key = body?.items?.[Number(at)]?.itemKey ?? ''
  return {
    message: words.itemTwice(key),
    property: body?.emphasizedItem?.itemKey === key ? 'body.emphasizedItem.itemKey' : path,
  }
}

/** Sends LINE notification messages by phone number, and tells how many have been delivered. They are no part of the monthly limit. */
export const handlers: Handlers<typeof operations> = {
  async pushMessagesByPhone(input, call) {
    const { world, account } = call
    await send(input, call, 'notification', (chatId) => sendToChat(world, account, chatId, input.messages, true))
    return {}
  },

  async pushTemplatedMessageByPhone(input, call) {
    const { world, account } = call
    const { templateKey, body } = input
    await send(input, call, 'templated notification', (chatId) => {
      const message = { type: 'templatedNotification' as const, templateKey, ...(body && { body }) }
      chatOf(account, chatId).entries.push({ from: 'account', message, at: world.clock.now() })
    })
    return new Reply({}, { status: 202 })
  },

  getPNPMessageStatistics: ({ date }, { account, now }) => sentOn(account, 'notification', date, now),
  getTemplatedPNPMessageStatistics: ({ date }, { account, now }) =>
    sentOn(account, 'templated notification', date, now),
}
