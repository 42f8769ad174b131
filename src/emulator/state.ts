import type { AccountKind } from '../account/model.js'
import type { TokenKind } from '../core/operation.js'
import type { AssertionPublicJwk } from '../keys/types.js'
import type { FlexMessage } from '../messaging/flex/types.js'
import type { Message } from '../messaging/message/types.js'
import type { TemplatedMessageBody } from '../messaging/notification/types.js'
import type { TemplateMessage } from '../messaging/template/types.js'
import type { FetchContext } from '../webhook/receiver.js'
import type { UnknownEvent, WebhookEvent } from '../webhook/types.js'
import type { PersonMessage } from './people/message.js'
import type { AccountSettings } from './settings.js'
import type { Owner } from './world.js'

/** A provider, which owns channels. A user ID is the same in all channels of one provider, and differs between providers. */
export interface Provider {
  /** The provider ID: 10 digits. */
  readonly providerId: string
  /** The name that users see on consent screens. */
  readonly name: string
}

/** A provider as the emulator keeps it. */
export interface ProviderState extends Owner {
  readonly providerId: string
  name: string
}

/** What all channels have. */
interface ChannelBase extends Owner {
  readonly channelId: string
  /** Reissuing replaces it. */
  channelSecret: string
  readonly provider: ProviderState
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
  /** Whether it may answer in all chats of an account from the time it is attached. */
  readonly defaultActive: boolean
}

/** A channel of any kind. */
export type Channel = MessagingChannel | LoginChannelState | ModuleChannelState

/** An Official Account. */
export interface AccountState extends Owner {
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

/** What LINE knows about a user besides the profile. Narrowcast filters use it. Omitted attributes are unknown to LINE. */
export interface PersonAttributes {
  /** The gender. */
  readonly gender?: 'male' | 'female' | undefined
  /** The age, in years. */
  readonly age?: number | undefined
  /** The operating system of the phone. */
  readonly appType?: 'ios' | 'android' | undefined
  /** The area, such as `jp_13`. */
  readonly area?: string | undefined
}

/**
 * Whether a user has agreed to LINE notification messages, which companies send by phone number: yes, no, or not answered yet.
 * A user without consent to LINE's privacy policy counts as `refused`.
 */
export type NotificationConsent = 'agreed' | 'refused' | 'unset'

/** A person. */
export interface PersonState extends Owner {
  readonly displayName: string
  readonly pictureUrl: string | undefined
  readonly statusMessage: string | undefined
  readonly language: string | undefined
  email: string | undefined
  readonly attributes: PersonAttributes
  /** In E.164 form. */
  readonly phoneNumber: string | undefined
  notificationConsent: NotificationConsent
  /** Whether LINE may tell accounts who the person is. */
  readonly profileConsent: boolean
  /** Whether the LINE account still exists. */
  isDeleted: boolean
  /** By provider ID. */
  readonly userIds: Map<string, string>
  /** Whether the person was created by `addBulkFriends`. */
  readonly isBulkFriend: boolean
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
  /** Whether the join event is still to be delivered: in rooms it comes with the next action of a member. */
  joinUntold: boolean
}

/** A LINE notification message made from one of LINE's templates, as it appears in a chat. */
export interface TemplatedNotification {
  /** Always `templatedNotification`. */
  readonly type: 'templatedNotification'
  /** The key of the template. */
  readonly templateKey: string
  /** The values that fill the template. */
  readonly body?: TemplatedMessageBody | undefined
}

/**
 * How a message of an account got into a chat: by which call of the API, automatically (`greeting`, `auto-response`), or by staff in
 * LINE Official Account Manager. `notification` stands for LINE notification messages.
 */
export type SentVia =
  | 'reply'
  | 'push'
  | 'multicast'
  | 'broadcast'
  | 'narrowcast'
  | 'notification'
  | 'greeting'
  | 'auto-response'
  | 'manager'

/** One message of a chat. */
export type ChatEntry = PersonEntry | AccountEntry

/** A message of a user in a chat. */
export interface PersonEntry {
  /** Who sent it. */
  readonly from: 'person'
  /** The message. Template and Flex messages come from LIFF apps. */
  readonly message: PersonMessage | TemplateMessage | FlexMessage
  /** When it was sent, in milliseconds since 1970. */
  readonly at: number
}

/** A message of the account in a chat. */
export interface AccountEntry {
  /** Who sent it. */
  readonly from: 'account'
  /** The message. */
  readonly message: Message | TemplatedNotification
  /** How it was sent. */
  readonly via: SentVia
  /** When it was sent, in milliseconds since 1970. */
  readonly at: number
}

/** A chat as one account sees it. */
export interface Chat extends Owner {
  readonly id: string
  readonly entries: ChatEntry[]
  /** When a person last wrote in it. */
  writtenAt: number | undefined
}

/** The result of a delivery. All values except `not_sent` are LINE's own. */
export type DeliveryReason =
  | 'ok'
  | 'could_not_connect'
  | 'request_timeout'
  | 'error_status_code'
  | 'unclassified'
  | 'not_sent'

/** One attempt to deliver an event. */
export interface DeliveryReport<Event extends WebhookEvent | UnknownEvent = WebhookEvent> {
  /** The event as it was delivered. */
  readonly event: Event
  /** The time, in milliseconds since 1970. */
  readonly at: number
  /** The status that the webhook URL answered with; `undefined` without an answer. */
  readonly status: number | undefined
  /** The result. `not_sent` when nothing was sent: the webhook is off, there is no URL, or a fault dropped it. `detail` says which. */
  readonly reason: DeliveryReason
  /** LINE's description of the reason, such as `Request timeout`; the status where the webhook URL answered; or why nothing was sent. */
  readonly detail: string
  /**
   * What the bot under test threw: the first error that the connected receiver reported, or that its `fetch` threw. Missing when the bot handled the event, and
   * for a server that is reached over HTTP, which only answers with a status.
   */
  readonly error?: unknown
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
}

/** A target for deliveries in the same process: a receiver of the SDK, or any object with a compatible `fetch`. */
export interface WebhookTarget {
  /** Answers one delivery, a signed POST request. `context` is given to receivers that were connected with `waitUntil`. */
  fetch(request: Request, context?: FetchContext): Response | Promise<Response>
}
