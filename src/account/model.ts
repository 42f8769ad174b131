import type { AccountRole, ChannelRole, ProviderRole } from './roles.js'

/** How somebody signs in to a Business ID. Yahoo! JAPAN IDs are offered in Japan only. The method it was made with is the one that works. */
export type LoginMethod = 'line' | 'email' | 'yahooJapan'

/**
 * A Business ID, by which people sign in to LINE Official Account Manager and the LINE Developers Console.
 * It holds at most one LINE account and one e-mail address, and LINE has no API for it.
 *
 * @see https://developers.line.biz/en/docs/line-developers-console/login-account/
 */
export interface BusinessId {
  /** The LINE account that is linked, by the name it shows. It belongs to no other Business ID. */
  readonly lineAccount?: { readonly name: string } | undefined
  /** The e-mail address of the business account. Its password is not that of the LINE account. */
  readonly email?: string | undefined
  readonly yahooJapanId?: boolean | undefined
}

/** Tells by which methods a Business ID can be signed in to. */
export function loginMethods(id: BusinessId): readonly LoginMethod[] {
  return [
    ...(id.lineAccount ? ['line' as const] : []),
    ...(id.email ? ['email' as const] : []),
    ...(id.yahooJapanId ? ['yahooJapan' as const] : []),
  ]
}

/** Tells whether the LINE account can be taken off a Business ID: only when an e-mail address is left to sign in by. */
export function canUnlinkLineAccount(id: BusinessId): boolean {
  return id.lineAccount !== undefined && id.email !== undefined
}

/** What people know an Official Account's standing by: the colour of its badge. Accounts begin `unverified`. */
export type OfficialAccountKind = 'unverified' | 'verified' | 'premium'

/** How an Official Account answers. A person switches it in LINE Official Account Manager; no API changes it, and only `chat` and `webhook` can be read. */
export interface ResponseSettings {
  readonly chat: boolean
  /** "Use webhook". It can fall back to off by itself. */
  readonly webhook: boolean
  readonly greeting: boolean
  readonly autoResponse: boolean
  /** Only of use with chat. */
  readonly responseHours: boolean
  /** How chats are answered, inside and outside of the response hours. */
  readonly chatResponse?: 'manual' | 'auto' | 'manual-and-auto' | undefined
  readonly groups: boolean
}

/** Somebody with a role in an Official Account. An account has at most 100. */
export interface OfficialAccountMember {
  readonly name: string
  readonly role: AccountRole
}

/** An Official Account as its administrator sees it. A Business ID holds at most 100. */
export interface OfficialAccount {
  readonly name: string
  readonly kind: OfficialAccountKind
  /** With its `@`. It never changes. */
  readonly basicId: string
  /** With its `@`. It is bought, and may be given up again. */
  readonly premiumId?: string | undefined
  readonly members: readonly OfficialAccountMember[]
  readonly settings: ResponseSettings
  /** Missing until the Messaging API is enabled, which happens once. */
  readonly channel?: Channel | undefined
}

/** Who holds channels: the company that the Official Account belongs to. A developer makes at most 10. User IDs are the same within a provider only. */
export interface ProviderModel {
  readonly providerId: string
  readonly name: string
  readonly roles: readonly { readonly name: string; readonly role: Exclude<ProviderRole, 'provider.none'> }[]
}

/** The kinds of channels that an Official Account is connected by. A Messaging API channel is only made by enabling the API for an account. */
export type ChannelKind = 'messaging' | 'login' | 'mini-app'

/** A channel. Its provider is chosen once, and for ever. */
export interface Channel {
  readonly channelId: string
  readonly kind: ChannelKind
  readonly providerId: string
  /**
   * Whether everybody may log in (`published`, from which there is no way back), or administrators and testers only (`developing`).
   * Messaging API channels have no such state.
   */
  readonly state?: 'developing' | 'published' | undefined
  /** The basic ID of the account that people may add while they log in: one at most, of the same provider. */
  readonly linkedAccount?: string | undefined
  readonly roles: readonly { readonly name: string; readonly role: ChannelRole }[]
}

/** How long a link that invites into an Official Account can be used, in milliseconds: 24 hours. */
export const invitationLifetime: number = 24 * 60 * 60 * 1000

/** A link that invites one person into an Official Account. LINE sends it to nobody: whoever made it hands it over. */
export interface Invitation {
  readonly role: AccountRole
  /** In milliseconds since 1970. */
  readonly issuedAt: number
  /** When somebody accepted it, in milliseconds since 1970. A link is good for one person. */
  readonly acceptedAt?: number | undefined
}

/** Tells whether an invitation can still be accepted. Both ends are final: issue another link then. */
export function invitationState(invitation: Invitation, now: number): 'open' | 'accepted' | 'expired' {
  if (invitation.acceptedAt !== undefined) return 'accepted'
  return now < invitation.issuedAt + invitationLifetime ? 'open' : 'expired'
}
