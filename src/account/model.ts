import { LineInputError } from '../core/errors.js'
import { checkOptions } from '../core/read-options.js'
import type { AccountRole, ChannelRole, ProviderRole } from './roles.js'

/** A way to sign in to a Business ID. Yahoo! JAPAN IDs are only offered in Japan. A user has to sign in the way the Business ID was created. */
export type LoginMethod = 'line' | 'email' | 'yahooJapan'

/**
 * A Business ID, with which people sign in to LINE Official Account Manager and the LINE Developers Console.
 * It has at most one LINE account and one email address. LINE has no API for it.
 *
 * @see https://developers.line.biz/en/docs/line-developers-console/login-account/
 */
export interface BusinessIdModel {
  /** The linked LINE account. A LINE account is linked to at most one Business ID. */
  readonly lineAccount?:
    | {
        /** The display name of the LINE account. */
        readonly name: string
      }
    | undefined
  /** The email address of the business account. Its password is not the password of the LINE account. */
  readonly email?: string | undefined
  /** Whether a Yahoo! JAPAN ID is linked. Default: `false`. */
  readonly yahooJapanId?: boolean | undefined
}

/** Lists the ways to sign in to a Business ID. */
export function loginMethods(id: BusinessIdModel): readonly LoginMethod[] {
  checkOptions('loginMethods', id, {})
  return [
    ...(id.lineAccount ? ['line' as const] : []),
    ...(id.email ? ['email' as const] : []),
    ...(id.yahooJapanId ? ['yahooJapan' as const] : []),
  ]
}

/** Returns whether the LINE account can be unlinked from a Business ID: only when it also has an email address to sign in with. */
export function canUnlinkLineAccount(id: BusinessIdModel): boolean {
  checkOptions('canUnlinkLineAccount', id, {})
  return id.lineAccount !== undefined && id.email !== undefined
}

/** The kind of an Official Account, which its badge shows. New accounts are `unverified`. */
export type AccountKind = 'unverified' | 'verified' | 'premium'

/** Who replies in the chat while Chat is on: people, auto-response, or both. */
export type ChatResponse = 'manual' | 'auto' | 'manual-and-auto'

/** The hours in which people reply in the chat, the same on each day, in UTC+9. */
export interface ResponseHours {
  /** When they begin, as `HH:mm`, for example `09:00`. */
  readonly from: string
  /** When they end, as `HH:mm`, for example `18:00`. This minute is outside the hours. */
  readonly to: string
  /** The days, from 0 (Sunday) to 6. Default: every day. */
  readonly days?: readonly number[] | undefined
}

/** How an Official Account responds. A person changes these settings in LINE Official Account Manager; no API changes them, and APIs only show `chat` and `webhook`. */
export interface ResponseSettings {
  /** Whether Chat is on, so that people can reply. */
  readonly chat: boolean
  /** Whether "Use webhook" is on, so that events are delivered. LINE can turn it off again. */
  readonly webhook: boolean
  /** Whether new friends receive a greeting message. */
  readonly greeting: boolean
  /** The greeting message. */
  readonly greetingMessage: string
  /** Whether every message receives an automatic reply. */
  readonly autoResponse: boolean
  /** The automatic reply. */
  readonly autoResponseMessage: string
  /** When people reply in the chat; `undefined` means always. It has an effect only while Chat is on. */
  readonly responseHours: ResponseHours | undefined
  /** Who replies in the chat within the response hours. It has an effect only while Chat is on. */
  readonly chatResponse: ChatResponse
  /** Who replies in the chat outside the response hours. It has an effect only while Chat is on. */
  readonly chatResponseOutside: ChatResponse
  /** Whether the account can be invited to group chats. */
  readonly joinGroups: boolean
}

/** A person with a role in an Official Account. An account has at most 100 members. */
export interface AccountMember {
  /** The person's name. */
  readonly name: string
  /** The person's role. */
  readonly role: AccountRole
}

/** An Official Account as its administrator sees it. A Business ID has at most 100 accounts. */
export interface OfficialAccountModel {
  /** The display name. */
  readonly name: string
  /** The account type that its badge shows. */
  readonly kind: AccountKind
  /** The basic ID, with `@`. It never changes. */
  readonly basicId: string
  /** The premium ID, with `@`. It is bought, and can be cancelled. */
  readonly premiumId?: string | undefined
  /** The people with a role in the account, at most 100. */
  readonly members: readonly AccountMember[]
  /** How the account responds. */
  readonly settings: ResponseSettings
  /** The Messaging API channel. Missing until the Messaging API is enabled, which happens once. */
  readonly channel?: ChannelModel | undefined
}

/** A provider: the company that an Official Account and its channels belong to. A developer can create at most 10. User IDs are the same only within a provider. */
export interface ProviderModel {
  /** The provider ID, a string of digits. */
  readonly providerId: string
  /** The name of the provider. */
  readonly name: string
  /** The people with a role in the provider. */
  readonly roles: readonly {
    /** The person's name. */
    readonly name: string
    /** The person's role. */
    readonly role: ProviderRole
  }[]
}

/** The kinds of channels that an Official Account is connected with. A Messaging API channel is created by enabling the Messaging API for an account. */
export type ChannelKind = 'messaging' | 'login' | 'mini-app'

/** A channel. Its provider is chosen when it is created and cannot be changed. */
export interface ChannelModel {
  /** The channel ID, a string of digits. */
  readonly channelId: string
  /** The kind of the channel. */
  readonly kind: ChannelKind
  /** The ID of its provider, a string of digits. */
  readonly providerId: string
  /**
   * Whether everyone can log in (`published`, which cannot be reverted), or only admins and testers (`developing`).
   * Missing for Messaging API channels, which have no such state.
   */
  readonly state?: 'developing' | 'published' | undefined
  /** The basic ID of the linked account, which users can add while they log in. At most one, of the same provider. */
  readonly linkedAccount?: string | undefined
  /** The people with a role in the channel. */
  readonly roles: readonly {
    /** The person's name. */
    readonly name: string
    /** The person's role. */
    readonly role: ChannelRole
  }[]
}

/** How long an invitation link can be used, in milliseconds: 24 hours. */
export const invitationLifetime: number = 24 * 60 * 60 * 1000

/** A link that invites one person to an Official Account. LINE does not send it; the person who created it passes it on. */
export interface Invitation {
  /** The role that the invited person gets. */
  readonly role: AccountRole
  /** When the link was created, in milliseconds since 1970. */
  readonly issuedAt: number
  /** When the invitation was accepted, in milliseconds since 1970. Missing until then. A link works for one person. */
  readonly acceptedAt?: number | undefined
}

/** Returns whether an invitation can still be accepted. `accepted` and `expired` are final; create another link then. */
export function invitationState(invitation: Invitation, now: number): 'open' | 'accepted' | 'expired' {
  checkOptions('invitationState', invitation, {})
  if (typeof invitation.issuedAt !== 'number' || typeof now !== 'number')
    throw new LineInputError('invitationState: issuedAt and now must be milliseconds since 1970')
  if (invitation.acceptedAt !== undefined) return 'accepted'
  return now < invitation.issuedAt + invitationLifetime ? 'open' : 'expired'
}
