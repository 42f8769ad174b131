import type { TokenKind } from '../core/operation.js'
import type { AssertionPublicJwk } from '../keys/types.js'
import type { Message } from '../messaging/message/types.js'
import type { TemplatedMessageBody } from '../messaging/notification/types.js'
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
  /** Reissuing replaces it. */
  channelSecret: string
  readonly provider: Provider
  /** Public keys that assertions are checked by, under the `kid` that registering gave. */
  readonly assertionKeys: Map<string, AssertionPublicJwk>
}

/** The channel through which a program acts for an Official Account. */
export interface MessagingChannel extends ChannelBase {
  readonly kind: 'messaging'
  readonly account: AccountState
}

/** A channel for LINE Login. */
export interface LoginChannelState extends ChannelBase {
  readonly kind: 'login'
  linkedAccount: AccountState | undefined
  published: boolean
}

/** A channel of a company that extends the Official Accounts of others. */
export interface ModuleChannelState extends ChannelBase {
  readonly kind: 'module'
  /** In lower case: in which its calls name the account. */
  readonly botIdHeader: string
}

/** A channel of any kind. */
export type Channel = MessagingChannel | LoginChannelState | ModuleChannelState

/** An Official Account. */
export interface AccountState {
  name: string
  kind: AccountKind
  /** The user ID of its bot, which deliveries name as their `destination`. */
  readonly userId: string
  readonly basicId: string
  readonly premiumId: string | undefined
  readonly country: string
  pictureUrl: string | undefined
  readonly settings: AccountSettings
  /** Until the Messaging API is enabled, one that the platform does not know. */
  channel: MessagingChannel
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

/**
 * What a person has said to LINE notification messages, which companies send by phone number: that they may come, that they may not, or nothing yet.
 * Whoever has not agreed to LINE's privacy policy counts as `refused`.
 */
export type NotificationConsent = 'agreed' | 'refused' | 'unset'

/** A person. */
export interface PersonState {
  readonly displayName: string
  readonly pictureUrl: string | undefined
  readonly statusMessage: string | undefined
  readonly language: string | undefined
  email: string | undefined
  readonly attributes: PersonAttributes
  /** In E.164 form. */
  readonly phoneNumber: string | undefined
  notificationConsent: NotificationConsent
  /** By provider ID. */
  readonly userIds: Map<string, string>
}

/** A group chat, or a multi-person chat, which LINE calls a room. */
export interface GroupState {
  readonly kind: 'group' | 'room'
  /** The group ID or room ID. */
  readonly id: string
  /** Rooms have none. */
  readonly name: string
  readonly pictureUrl: string | undefined
  readonly members: Set<PersonState>
  /** LINE allows one Official Account in a group. */
  account: AccountState | undefined
  /** Whether the account has yet to hear that it is in: rooms tell it with the first thing that happens there. */
  joinUntold: boolean
}

/** A LINE notification message that was made of one of LINE's templates, as it stands in a chat. */
export interface TemplatedNotification {
  readonly type: 'templatedNotification'
  readonly templateKey: string
  readonly body?: TemplatedMessageBody | undefined
}

/** One message of a chat. */
export type ChatEntry =
  | { readonly from: 'person'; readonly message: PersonMessage; readonly at: number }
  | { readonly from: 'account'; readonly message: Message | TemplatedNotification; readonly at: number }

/** A chat as one account sees it. */
export interface Chat {
  readonly id: string
  readonly entries: ChatEntry[]
  /** When a person last wrote in it. */
  writtenAt: number | undefined
}

/** A file that a person sends: bytes, of the media type that is usual for the message, or a Blob with a `type` of its own. */
export type PersonFile = Uint8Array<ArrayBuffer> | Blob

/** What a person can send. What LINE makes of it beyond that, such as its ID and tokens, stands in the event. */
export type PersonMessage =
  | { readonly type: 'text'; readonly text: string; readonly quotedMessageId?: string | undefined }
  | {
      readonly type: 'sticker'
      readonly packageId: string
      readonly stickerId: string
      readonly quotedMessageId?: string | undefined
    }
  | {
      readonly type: 'image'
      /** Default: a JPEG of one pixel. */
      readonly content?: PersonFile | undefined
    }
  | {
      readonly type: 'video' | 'audio'
      /** In milliseconds. */
      readonly duration?: number | undefined
      /** Default: the first bytes of an MP4 or M4A. */
      readonly content?: PersonFile | undefined
      /** How long LINE takes until it can be fetched, in milliseconds, or that it never can be. Default: 1,000. */
      readonly preparation?: number | 'failed' | undefined
    }
  | {
      readonly type: 'file'
      readonly fileName: string
      /** In bytes. Default: the length of the content. */
      readonly fileSize?: number | undefined
      /** Default: as many zeros as the file is long. */
      readonly content?: PersonFile | undefined
    }
  | {
      readonly type: 'location'
      readonly latitude: number
      readonly longitude: number
      readonly title?: string | undefined
      readonly address?: string | undefined
    }

/** How a delivery went; all but `not_sent` are LINE's own words. */
export type DeliveryReason =
  | 'ok'
  | 'could_not_connect'
  | 'request_timeout'
  | 'error_status_code'
  | 'unclassified'
  | 'not_sent'

/** One attempt to deliver an event, as the account's log keeps it. */
export interface DeliveryReport<Event extends WebhookEvent = WebhookEvent> {
  readonly event: Event
  /** When, in milliseconds since 1970. */
  readonly at: number
  /** The status that the webhook URL answered with, if it answered. */
  readonly status: number | undefined
  /** `not_sent` when nothing went out: the webhook is off, there is no URL, or a fault dropped it. `detail` says which. */
  readonly reason: DeliveryReason
  readonly detail: string
}

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
