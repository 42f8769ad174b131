import type { Message } from '../messaging/message/types.js'
import type { WebhookEvent } from '../webhook/types.js'
import type { AccountKind, AccountSettings } from './settings.js'

/** Who holds channels. User IDs are the same in all channels of one provider, and differ between providers. */
export interface Provider {
  readonly providerId: string
  readonly name: string
}

/** What all channels have. */
interface ChannelBase {
  readonly channelId: string
  readonly channelSecret: string
  readonly provider: Provider
  /** Public keys that assertions are checked by, under the `kid` that registering gave. */
  readonly assertionKeys: Map<string, JsonWebKey>
}

/** The channel through which a program acts for an Official Account. */
export interface MessagingChannel extends ChannelBase {
  readonly kind: 'messaging'
  readonly account: AccountState
}

/** A channel for LINE Login. */
export interface LoginChannelState extends ChannelBase {
  readonly kind: 'login'
  readonly linkedAccount: AccountState | undefined
  published: boolean
}

/** A channel of either kind. */
export type Channel = MessagingChannel | LoginChannelState

/** An Official Account. */
export interface AccountState {
  readonly name: string
  readonly kind: AccountKind
  /** The user ID of its bot, which deliveries name as their `destination`. */
  readonly userId: string
  readonly basicId: string
  readonly premiumId: string | undefined
  readonly pictureUrl: string | undefined
  readonly settings: AccountSettings
  readonly channel: MessagingChannel
  readonly friendships: Map<PersonState, Friendship>
  /** By user ID or group ID. */
  readonly chats: Map<string, Chat>
  /** Messages sent, by month. */
  readonly usage: Map<string, number>
  /** Messages that narrowcasts under way have set aside. */
  reserved: number
  readonly deliveries: DeliveryReport[]
}

/** What a person and an account are to each other. */
export interface Friendship {
  /** Since when, in milliseconds since 1970. */
  since: number
  friend: boolean
  blocked: boolean
}

/** What LINE knows about a person beside the profile; narrowcast filters look at it. What is left out is unknown to LINE. */
export interface PersonAttributes {
  readonly gender?: 'male' | 'female' | undefined
  /** In years. */
  readonly age?: number | undefined
  readonly appType?: 'ios' | 'android' | undefined
  /** Such as `jp_13`. */
  readonly area?: string | undefined
}

/** A person. */
export interface PersonState {
  readonly displayName: string
  readonly pictureUrl: string | undefined
  readonly statusMessage: string | undefined
  readonly language: string | undefined
  readonly attributes: PersonAttributes
  /** By provider ID. */
  readonly userIds: Map<string, string>
}

/** A group chat. */
export interface GroupState {
  readonly groupId: string
  readonly name: string
  readonly members: Set<PersonState>
  /** LINE allows one Official Account in a group. */
  account: AccountState | undefined
}

/** One message of a chat. */
export type ChatEntry =
  | { readonly from: 'person'; readonly message: PersonMessage; readonly at: number }
  | { readonly from: 'account'; readonly message: Message; readonly at: number }

/** A chat as one account sees it. */
export interface Chat {
  readonly id: string
  readonly entries: ChatEntry[]
  /** When a person last wrote in it. */
  writtenAt: number | undefined
}

/** What a person can send. What LINE makes of it beyond that, such as its ID and tokens, stands in the event. */
export type PersonMessage =
  | { readonly type: 'text'; readonly text: string; readonly quotedMessageId?: string | undefined }
  | { readonly type: 'sticker'; readonly packageId: string; readonly stickerId: string; readonly quotedMessageId?: string | undefined }
  | { readonly type: 'image' }
  | { readonly type: 'video'; readonly duration?: number | undefined }
  | { readonly type: 'audio'; readonly duration?: number | undefined }
  | { readonly type: 'file'; readonly fileName: string; readonly fileSize: number }
  | {
      readonly type: 'location'
      readonly latitude: number
      readonly longitude: number
      readonly title?: string | undefined
      readonly address?: string | undefined
    }

/** How a delivery went; all but `not_sent` are LINE's own words. */
export type DeliveryReason = 'ok' | 'could_not_connect' | 'request_timeout' | 'error_status_code' | 'unclassified' | 'not_sent'

/** One attempt to deliver an event, as the account's log keeps it. */
export interface DeliveryReport {
  readonly event: WebhookEvent
  /** When, in milliseconds since 1970. */
  readonly at: number
  /** The status that the webhook URL answered with, if it answered. */
  readonly status: number | undefined
  /** `not_sent` when nothing went out: the webhook is off, there is no URL, or a fault dropped it. `detail` says which. */
  readonly reason: DeliveryReason
  readonly detail: string
}

/** The kinds of channel access tokens. */
export type TokenKind = 'stateless' | 'v2.1' | 'short-lived' | 'long-lived'

/** A channel access token. */
export interface Token {
  readonly token: string
  readonly kind: TokenKind
  readonly channel: Channel
  readonly issuedAt: number
  /** In milliseconds since 1970; `Infinity` for a long-lived token. */
  expiresAt: number
  /** Of v2.1 tokens only. */
  readonly keyId: string | undefined
  revoked: boolean
}

/** A reply token. */
export interface ReplyToken {
  readonly account: AccountState
  readonly chatId: string
  readonly eventAt: number
  /** When the webhook got it last. */
  deliveredAt: number | undefined
  used: boolean
}

/** What a quote token or a read token points to. */
export interface MessageReference {
  readonly account: AccountState
  readonly chatId: string
  readonly messageId: string
}

/** What receives deliveries in the same process: an SDK receiver, or anything with the same `fetch`. */
export interface Receiver {
  fetch(request: Request): Response | Promise<Response>
}
