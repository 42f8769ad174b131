import { LineInputError } from '../../core/errors.js'
import type {
  AccountLinkEvent,
  BeaconEvent,
  MessageEditedEvent,
  UnsendEvent,
  VideoPlayCompleteEvent,
} from '../../webhook/types.js'
import { accountState, type OfficialAccount } from '../account.js'
import { chatOf, countUnread, edit, findReceived, type ReceivedMessage, unsend } from '../chat.js'
import { checkOptions, checkText, readUrl } from '../check-options.js'
import { deliver } from '../delivery/delivery.js'
import {
  accountLinkEvent,
  beaconEvent,
  groupPlace,
  messageEditedEvent,
  personPlace,
  unsendEvent,
  videoPlayCompleteEvent,
} from '../delivery/events.js'
import { takeLinkToken } from '../messaging/account-link.js'
import { seesLoading } from '../messaging/loading.js'
import { joinMembership, leaveMembership } from '../messaging/membership.js'
import { settleConsent } from '../messaging/notification.js'
import { type RichMenuShown, shownRichMenu } from '../messaging/rich-menu.js'
import type { AccountState, DeliveryReport, PersonState } from '../state.js'
import { userIdOf, type World } from '../world.js'
import { mentionIn } from './mentions.js'
import type { PersonTextMessage } from './message.js'
import { readMessage } from './message-content.js'

/** More actions of a user, and what the user sees. */
export interface PersonActs {
  /**
   * Unsends a message of the user in a chat with an account or in a group: an unsend event, unless the account can no longer receive it.
   * It does nothing when the message was already unsent.
   *
   * @param messageId from the event: `(await person.send(account, 'hello')).event.message.id`.
   * @throws {LineInputError} when the user has not sent such a message.
   */
  unsend(messageId: string): Promise<DeliveryReport<UnsendEvent> | undefined>
  /**
   * Edits a text message of the user in a group chat, the only place where LINE supports it: an edit event, unless the account can no longer receive it.
   *
   * @param messageId from the event, as for `unsend`.
   * @param text the new text, with its mentions and LINE emoji if it has any; those of the old text are gone.
   * @throws {LineInputError} when the user has not sent such a message, has unsent it, or it is not a text message in a group chat.
   */
  edit(messageId: string, text: string | PersonTextMessage): Promise<DeliveryReport<MessageEditedEvent> | undefined>
  /**
   * Comes near a LINE Beacon that is linked with the account, or stays there: a beacon event.
   *
   * @throws {LineInputError} when `hwid` or `dm` is invalid, or the user has blocked the account.
   */
  meetBeacon(
    account: OfficialAccount,
    beacon: {
      /** The hardware ID: 10 hexadecimal digits. */
      readonly hwid: string
      /** What happens at the beacon. Default: `enter`. */
      readonly type?: 'enter' | 'banner' | 'stay' | undefined
      /** The device message: 1 to 13 bytes as hexadecimal digits. Default: none. */
      readonly dm?: string | undefined
    },
  ): Promise<DeliveryReport<BeaconEvent>>
  /**
   * Watches a video of the account to its end: a video viewing complete event.
   *
   * @throws {LineInputError} when the chat with the account has no video with the tracking ID, or the user has blocked the account.
   */
  watchVideo(account: OfficialAccount, trackingId: string): Promise<DeliveryReport<VideoPlayCompleteEvent>>
  /** The number of the user's messages to the account that are not marked as read. */
  unreadBy(account: OfficialAccount): number
  /** The rich menu in the chat with the account: the one linked to the user, else the API's default, else that of LINE Official Account Manager. */
  richMenuFor(account: OfficialAccount): RichMenuShown | undefined
  /** Whether the chat with the account shows the loading animation; users are assumed to look at the chat all the time. */
  seesLoading(account: OfficialAccount): boolean
  /**
   * Joins a membership plan of the account: a membership event, and one more for every month paid. It does nothing for a member.
   *
   * @throws {LineInputError} when the account has no such plan, or it cannot be joined.
   */
  joinMembership(account: OfficialAccount, membershipId: number): Promise<DeliveryReport | undefined>
  /**
   * Leaves a membership plan: a membership event. It does nothing for a user who is not a member.
   *
   * @throws {LineInputError} when the account has no such plan.
   */
  leaveMembership(account: OfficialAccount, membershipId: number): Promise<DeliveryReport | undefined>
  /**
   * Opens LINE's page that links the LINE account with an account of a service: an account link event, which says `failed` when the link token was issued for another user.
   * There is no event when the token was used before, or is older than 10 minutes.
   *
   * @param url where the service sends the browser, with `linkToken` and `nonce`.
   * @throws {LineInputError} when LINE shows an error page: the URL is another page, or the nonce does not have 10 to 255 characters.
   */
  linkAccount(url: string | URL): Promise<DeliveryReport<AccountLinkEvent> | undefined>
  /** Agrees to LINE notification messages, or refuses them. Messages of the last 24 hours that waited for the answer are delivered now, or never. */
  allowNotifications(allowed: boolean): Promise<readonly DeliveryReport[]>
}

function place(world: World, { account, chat }: ReceivedMessage, person: PersonState) {
  const group = world.groups.get(chat.id)
  if (!group) return account.friendships.get(person)?.blocked ? undefined : personPlace(account, person)
  return group.account === account ? groupPlace(account, group, person) : undefined
}

/** Creates what a person does and sees. */
export function actsOf(world: World, person: PersonState): PersonActs {
  function sent(messageId: string): ReceivedMessage {
    if (typeof messageId !== 'string') throw new LineInputError('messageId must be a string')
    const received = findReceived(world, messageId)
    if (received?.author === person) return received
    throw new LineInputError(`${person.displayName} has not sent a message ${messageId} to an account`)
  }
  function open(to: OfficialAccount): AccountState {
    const account = accountState(world, to)
    if (!account.friendships.get(person)?.blocked) return account
    throw new LineInputError(`${person.displayName} has blocked ${account.name}; unblock it first`)
  }
  return {
    async unsend(messageId) {
      const received = sent(messageId)
      if (received.unsent) return undefined
      unsend(received)
      const where = place(world, received, person)
      return where && deliver(world, received.account, unsendEvent(world, where, messageId))
    },
    async edit(messageId, text) {
      const edited = readMessage(text)
      if (edited.type !== 'text') throw new LineInputError('edit: text must be a string or a text message')
      const received = sent(messageId)
      const { message, chat, account } = received
      if (received.unsent) throw new LineInputError(`${person.displayName} has already unsent message ${messageId}`)
      const group = world.groups.get(chat.id)
      if (message.type !== 'text' || group?.kind !== 'group')
        throw new LineInputError('Only text messages in group chats can be edited')
      const { quotedMessageId } = message
      const kept = { ...edited, ...(quotedMessageId !== undefined && { quotedMessageId }) }
      const mention = mentionIn(world, account, group, edited)
      edit(received, kept)
      const where = place(world, received, person)
      return where && deliver(world, account, messageEditedEvent(world, account, where, messageId, kept, { mention }))
    },
    async meetBeacon(to, beacon) {
      const account = open(to)
      checkOptions('meetBeacon', beacon, { hwid: 'text' }, { dm: 'text' })
      const { hwid, type = 'enter', dm } = beacon
      if (!/^[0-9a-f]{10}$/i.test(hwid)) throw new LineInputError('meetBeacon: hwid must be 10 hexadecimal digits')
      if (dm !== undefined && !/^([0-9a-f]{2}){1,13}$/i.test(dm))
        throw new LineInputError('meetBeacon: dm must be 1 to 13 bytes in hexadecimal digits')
      const met = { hwid, type, ...(dm !== undefined && { dm }) }
      return deliver(world, account, beaconEvent(world, account, personPlace(account, person), met))
    },
    async watchVideo(to, trackingId) {
      const account = open(to)
      checkText('watchVideo', 'trackingId', trackingId)
      const where = personPlace(account, person)
      const has = chatOf(account, where.chatId).entries.some(
        ({ from, message }) => from === 'account' && message.type === 'video' && message.trackingId === trackingId,
      )
      if (!has)
        throw new LineInputError(
          `${account.name} has not sent ${person.displayName} a video with tracking ID ${trackingId}`,
        )
      return deliver(world, account, videoPlayCompleteEvent(world, account, where, trackingId))
    },
    unreadBy: (to) => {
      const account = accountState(world, to)
      return countUnread(chatOf(account, userIdOf(person, account.channel.provider)))
    },
    richMenuFor: (account) => shownRichMenu(accountState(world, account), person),
    seesLoading: (account) => seesLoading(world, accountState(world, account), person),
    joinMembership: async (account, membershipId) =>
      joinMembership(world, accountState(world, account), person, membershipId),
    leaveMembership: async (account, membershipId) =>
      leaveMembership(world, accountState(world, account), person, membershipId),
    async linkAccount(url) {
      const target = readUrl(url)
      if (target?.pathname !== '/dialog/bot/accountLink')
        throw new LineInputError('linkAccount: url must be an absolute URL with the path /dialog/bot/accountLink')
      const { searchParams } = target
      const nonce = searchParams.get('nonce') ?? ''
      if (nonce.length < 10 || nonce.length > 255)
        throw new LineInputError('linkAccount: nonce must have 10 to 255 characters')
      const link = takeLinkToken(world, searchParams.get('linkToken') ?? '')
      if (!link) return undefined
      const { account } = link
      const where = link.person === person ? personPlace(account, person) : undefined
      return deliver(world, account, accountLinkEvent(world, account, where, nonce))
    },
    allowNotifications: async (allowed) => settleConsent(world, person, allowed),
  }
}
