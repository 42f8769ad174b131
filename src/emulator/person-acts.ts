import { LineInputError } from '../core/errors.js'
import type { AccountLinkEvent, UnsendEvent } from '../webhook/types.js'
import { accountState, type OfficialAccount } from './account.js'
import { chatOf } from './chat.js'
import { deliver } from './delivery.js'
import { accountLinkEvent, groupPlace, personPlace, unsendEvent } from './events.js'
import { takeLinkToken } from './link-tokens.js'
import { seesLoading } from './loading.js'
import { joinMembership, leaveMembership } from './memberships.js'
import { settleConsent } from './notifications.js'
import { countUnread, findReceived, type ReceivedMessage, unsend } from './received.js'
import { type RichMenuShown, shownRichMenu } from './rich-menus.js'
import type { DeliveryReport, PersonState } from './state.js'
import { userIdOf, type World } from './world.js'

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
  return {
    async unsend(messageId) {
      const received = findReceived(world, messageId)
      if (received?.author !== person)
        throw new LineInputError(`${person.displayName} has sent no message ${messageId} that an account got`)
      if (received.unsent) return undefined
      unsend(received)
      const where = place(world, received, person)
      return where && deliver(world, received.account, unsendEvent(world, where, messageId))
    },
    unreadBy: (to) => {
      const account = accountState(world, to)
      return countUnread(chatOf(account, userIdOf(person, account.channel.provider)))
    },
    richMenuFor: (account) => shownRichMenu(accountState(world, account), person),
    seesLoading: (account) => seesLoading(world, accountState(world, account), person),
    joinMembership: async (account, membershipId) => joinMembership(world, accountState(world, account), person, membershipId),
    leaveMembership: async (account, membershipId) => leaveMembership(world, accountState(world, account), person, membershipId),
    async linkAccount(url) {
      const { pathname, searchParams } = new URL(url)
      const nonce = searchParams.get('nonce') ?? ''
      if (pathname !== '/dialog/bot/accountLink') throw new LineInputError('linkAccount: the page is /dialog/bot/accountLink')
      if (nonce.length < 10 || nonce.length > 255) throw new LineInputError('linkAccount: the nonce has 10 to 255 characters')
      const link = takeLinkToken(world, searchParams.get('linkToken') ?? '')
      if (!link) return undefined
      const { account } = link
      const where = link.person === person ? personPlace(account, person) : undefined
      return deliver(world, account, accountLinkEvent(world, account, where, nonce))
    },
    allowNotifications: (allowed) => settleConsent(world, person, allowed),
  }
}
