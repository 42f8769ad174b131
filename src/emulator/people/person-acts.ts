import { LineInputError } from '../../core/errors.js'
import type {
  AccountLinkEvent,
  BeaconEvent,
  MessageEditedEvent,
  UnsendEvent,
  VideoPlayCompleteEvent,
} from '../../webhook/types.js'
import { accountState, type OfficialAccount } from '../account.js'
import { chatOf } from '../chat/chat.js'
import { seesLoading } from '../chat/loading.js'
import { countUnread, edit, findReceived, type ReceivedMessage, unsend } from '../chat/received.js'
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
import { type RichMenuShown, shownRichMenu } from '../rich-menus.js'
import { settleConsent } from '../sending/notifications.js'
import type { AccountState, DeliveryReport, PersonState } from '../state.js'
import { userIdOf, type World } from '../world.js'
import { takeLinkToken } from './link-tokens.js'
import { joinMembership, leaveMembership } from './memberships.js'

/** What a person does and sees beyond adding an account and writing to it. */
export interface PersonActs {
  /**
   * Takes a message back that the person has sent, in a chat with an account or in a group: an unsend event, unless the account cannot hear it any more.
   * It does nothing when it was taken back before.
   *
   * @param messageId from the event: `(await person.send(account, 'hello')).event.message.id`.
   * @throws {LineInputError} when the person has sent no such message.
   */
  unsend(messageId: string): Promise<DeliveryReport<UnsendEvent> | undefined>
  /**
   * Edits a text that the person has written in a group chat, the only place where LINE has it: an edit event, unless the account cannot hear it any more.
   *
   * @param messageId from the event, as for `unsend`.
   * @throws {LineInputError} when the person has sent no such message, took it back, or it is no text in a group chat.
   */
  edit(messageId: string, text: string): Promise<DeliveryReport<MessageEditedEvent> | undefined>
  /**
   * Comes near a LINE Beacon that is linked with the account, or stays there: a beacon event.
   *
   * @param beacon its hardware ID of 10 hexadecimal digits; `type` is `enter` when it is left out; `dm` is what the beacon says, in 1 to 13 bytes as
   * hexadecimal digits.
   * @throws {LineInputError} when one of them has another form, or the person has blocked the account.
   */
  meetBeacon(
    account: OfficialAccount,
    beacon: {
      readonly hwid: string
      readonly type?: 'enter' | 'banner' | 'stay' | undefined
      readonly dm?: string | undefined
    },
  ): Promise<DeliveryReport<BeaconEvent>>
  /**
   * Watches a video of the account to its end: a video viewing complete event.
   *
   * @throws {LineInputError} when the chat with the account has no video with the tracking ID, or the person has blocked the account.
   */
  watchVideo(account: OfficialAccount, trackingId: string): Promise<DeliveryReport<VideoPlayCompleteEvent>>
  /** How many of the person's messages to the account are not marked as read. */
  unreadBy(account: OfficialAccount): number
  /** The rich menu in the chat with the account: the one linked to the person, else the API's default, else that of the Official Account Manager. */
  richMenuFor(account: OfficialAccount): RichMenuShown | undefined
  /** Whether the chat with the account shows the loading animation; people are taken to look at it all the time. */
  seesLoading(account: OfficialAccount): boolean
  /**
   * Joins a plan that the account offers: a membership event, and one more with every month paid. It does nothing for a member.
   *
   * @throws {LineInputError} when the account has no such plan, or it cannot be joined.
   */
  joinMembership(account: OfficialAccount, membershipId: number): Promise<DeliveryReport | undefined>
  /**
   * Leaves a plan: a membership event. It does nothing for somebody who is no member.
   *
   * @throws {LineInputError} when the account has no such plan.
   */
  leaveMembership(account: OfficialAccount, membershipId: number): Promise<DeliveryReport | undefined>
  /**
   * Opens LINE's page that links the LINE account with one at a service: an account link event, which says `failed` when the link token is somebody else's.
   * LINE tells nobody when the token was used before, or is older than 10 minutes.
   *
   * @param url where the service sends the browser, with `linkToken` and `nonce`.
   * @throws {LineInputError} where LINE shows an error page: it is another address, or the nonce has not 10 to 255 characters.
   */
  linkAccount(url: string | URL): Promise<DeliveryReport<AccountLinkEvent> | undefined>
  /** Agrees to LINE notification messages, or refuses them. If nothing was said before, those of the last 24 hours come now, or never. */
  allowNotifications(allowed: boolean): Promise<readonly DeliveryReport[]>
}

function place(world: World, { account, chat }: ReceivedMessage, person: PersonState) {
  const group = world.groups.get(chat.id)
  if (!group) return account.friendships.get(person)?.blocked ? undefined : personPlace(account, person)
  return group.account === account ? groupPlace(account, group, person) : undefined
}

/** Makes what a person does and sees. */
export function actsOf(world: World, person: PersonState): PersonActs {
  function sent(messageId: string): ReceivedMessage {
    const received = findReceived(world, messageId)
    if (received?.author === person) return received
    throw new LineInputError(`${person.displayName} has sent no message ${messageId} that an account got`)
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
      const received = sent(messageId)
      const { message, chat, account } = received
      if (received.unsent) throw new LineInputError(`${person.displayName} has taken message ${messageId} back`)
      if (message.type !== 'text' || world.groups.get(chat.id)?.kind !== 'group')
        throw new LineInputError('Only texts in group chats can be edited')
      const edited = { ...message, text }
      edit(received, edited)
      const where = place(world, received, person)
      return where && deliver(world, account, messageEditedEvent(world, account, where, messageId, edited))
    },
    async meetBeacon(to, { hwid, type = 'enter', dm }) {
      const account = open(to)
      if (!/^[0-9a-f]{10}$/i.test(hwid)) throw new LineInputError('A beacon has a hardware ID of 10 hexadecimal digits')
      if (dm !== undefined && !/^([0-9a-f]{2}){1,13}$/i.test(dm))
        throw new LineInputError('What a beacon says has 1 to 13 bytes, as hexadecimal digits')
      const beacon = { hwid, type, ...(dm !== undefined && { dm }) }
      return deliver(world, account, beaconEvent(world, account, personPlace(account, person), beacon))
    },
    async watchVideo(to, trackingId) {
      const account = open(to)
      const where = personPlace(account, person)
      const has = chatOf(account, where.chatId).entries.some(
        ({ from, message }) => from === 'account' && message.type === 'video' && message.trackingId === trackingId,
      )
      if (!has)
        throw new LineInputError(
          `${account.name} has sent ${person.displayName} no video with the tracking ID ${trackingId}`,
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
      const { pathname, searchParams } = new URL(url)
      const nonce = searchParams.get('nonce') ?? ''
      if (pathname !== '/dialog/bot/accountLink')
        throw new LineInputError('linkAccount: the page is /dialog/bot/accountLink')
      if (nonce.length < 10 || nonce.length > 255)
        throw new LineInputError('linkAccount: the nonce has 10 to 255 characters')
      const link = takeLinkToken(world, searchParams.get('linkToken') ?? '')
      if (!link) return undefined
      const { account } = link
      const where = link.person === person ? personPlace(account, person) : undefined
      return deliver(world, account, accountLinkEvent(world, account, where, nonce))
    },
    allowNotifications: (allowed) => settleConsent(world, person, allowed),
  }
}
