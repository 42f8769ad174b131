import type { MessageContent, TextMessageContent } from './message-content.js'

/** A chat with one user. */
export interface UserSource {
  type: 'user'
  userId: string
}

/** A group chat. */
export interface GroupSource {
  type: 'group'
  groupId: string
  /** Who did it. Missing where LINE does not tell: it stands on message-like events, for users who have agreed to be known. */
  userId?: string | undefined
}

/** A multi-person chat. No new ones arise since they became groups. */
export interface RoomSource {
  type: 'room'
  roomId: string
  /** Who did it. Missing where LINE does not tell: it stands on message-like events, for users who have agreed to be known. */
  userId?: string | undefined
}

/**
 * Where an event happened. It narrows on `type`.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#source-user
 */
export type Source = UserSource | GroupSource | RoomSource

/** Who answers in the chat: with `standby` it is another channel, there is no reply token, and nothing should be sent. LINE may add modes. */
export type EventMode = 'active' | 'standby' | (string & {})

/** How LINE delivered an event. */
export interface DeliveryContext {
  /** Whether LINE delivers it again, because it got no 2xx answer before. */
  isRedelivery: boolean
}

/**
 * What all events have.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#common-properties
 */
export interface EventBase {
  /** A ULID, the same in every delivery of this event. */
  webhookEventId: string
  /** When it happened, in milliseconds since 1970; the same in a redelivery. */
  timestamp: number
  mode: EventMode
  deliveryContext: DeliveryContext
  /** Missing on module and delivery events, and where linking an account failed. */
  source?: Source | undefined
}

/** What events have that can be replied to. */
export interface ReplyableEvent extends EventBase {
  /** Works once, within a minute. Missing in `standby`, whatever LINE's tables say. */
  replyToken?: string | undefined
}

/**
 * A user sent a message.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#message-event
 */
export interface MessageEvent<Content extends MessageContent = MessageContent> extends ReplyableEvent {
  type: 'message'
  message: Content
}

/**
 * A user edited a text in a group chat. Edits may come out of order: that of the largest `timestamp` stands.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#edit-event
 */
export interface MessageEditedEvent extends ReplyableEvent {
  type: 'messageEdited'
  /** The text as it is now, under the same ID and a new quote token. */
  message: TextMessageContent
}

/**
 * A user took a message back. Do not show or keep its content any longer.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#unsend-event
 */
export interface UnsendEvent extends EventBase {
  type: 'unsend'
  unsend: { messageId: string }
}

/**
 * A user added the account as a friend, or unblocked it.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#follow-event
 */
export interface FollowEvent extends ReplyableEvent {
  type: 'follow'
  follow: {
    /** Whether the user unblocked the account; LINE does not promise that it is always right. */
    isUnblocked: boolean
  }
}

/**
 * A user blocked the account. It may come for users who never added it.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#unfollow-event
 */
export interface UnfollowEvent extends EventBase {
  type: 'unfollow'
}

/**
 * The account joined a group chat or multi-person chat.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#join-event
 */
export interface JoinEvent extends ReplyableEvent {
  type: 'join'
}

/**
 * The account left a group chat or multi-person chat, or was removed from it.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#leave-event
 */
export interface LeaveEvent extends EventBase {
  type: 'leave'
}

/**
 * Users joined a chat that the account is in.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#member-joined-event
 */
export interface MemberJoinedEvent extends ReplyableEvent {
  type: 'memberJoined'
  joined: { members: UserSource[] }
}

/**
 * Users left a chat that the account is in.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#member-left-event
 */
export interface MemberLeftEvent extends EventBase {
  type: 'memberLeft'
  left: { members: UserSource[] }
}

/** What a date picker or a switch of rich menus adds to a postback. */
export interface PostbackParams {
  /** From a date picker: `YYYY-MM-DD`, in no time zone. */
  date?: string | undefined
  /** From a date picker: `HH:mm`, in no time zone. */
  time?: string | undefined
  /** From a date picker: `YYYY-MM-DDTHH:mm`, in no time zone. */
  datetime?: string | undefined
  /** The rich menu switched to. */
  newRichMenuAliasId?: string | undefined
  /** How the switch of rich menus went. LINE may add values. */
  status?: 'SUCCESS' | 'RICHMENU_ALIAS_ID_NOTFOUND' | 'RICHMENU_NOTFOUND' | 'FAILED' | (string & {}) | undefined
}

/**
 * A user tapped something that carries a postback action.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#postback-event
 */
export interface PostbackEvent extends ReplyableEvent {
  type: 'postback'
  postback: {
    /** What the action was made with, up to 300 characters. */
    data: string
    params?: PostbackParams | undefined
  }
}

/**
 * A user watched a video with a tracking ID to its end. It may come again when the user enters the chat again.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#video-viewing-complete
 */
export interface VideoPlayCompleteEvent extends ReplyableEvent {
  type: 'videoPlayComplete'
  videoPlayComplete: { trackingId: string }
}

/**
 * A user came near a LINE Beacon, or stayed there.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#beacon-event
 */
export interface BeaconEvent extends ReplyableEvent {
  type: 'beacon'
  beacon: {
    /** The hardware ID of the beacon, 10 hexadecimal digits. */
    hwid: string
    /** `stay` repeats every 10 seconds or more. LINE may add kinds. */
    type: 'enter' | 'banner' | 'stay' | (string & {})
    /** The beacon's own message, in hexadecimal digits. */
    dm?: string | undefined
  }
}

/**
 * A user linked their account with that of a service, or failed to. On `failed` there is neither source nor reply token.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#account-link-event
 */
export interface AccountLinkEvent extends ReplyableEvent {
  type: 'accountLink'
  link: {
    result: 'ok' | 'failed' | (string & {})
    /** What the service made to know the user by. */
    nonce: string
  }
}

/**
 * A user subscribed to a membership, left or renewed it. A change of plan is one `left` and one `joined`.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#membership-event
 */
export interface MembershipEvent extends ReplyableEvent {
  type: 'membership'
  membership: {
    type: 'joined' | 'left' | 'renewed' | (string & {})
    membershipId: number
  }
}

/**
 * A LINE notification message has reached its user. It has no source.
 *
 * @see https://developers.line.biz/en/docs/partner-docs/line-notification-messages/message-sending-complete-webhook-event/
 */
export interface DeliveryEvent extends EventBase {
  type: 'delivery'
  delivery: {
    /** The hashed phone number, or the delivery tag that the message was sent under. */
    data: string
  }
}

/**
 * A module channel was attached to an Official Account, or detached from it. It has no source.
 *
 * @see https://developers.line.biz/en/reference/partner-docs/#module-channel-specific-webhook-events
 */
export interface ModuleEvent extends EventBase {
  type: 'module'
  module: AttachedModule | DetachedModule
}

/** A module channel was attached. */
export interface AttachedModule {
  type: 'attached'
  /** The user ID of the account's bot. */
  botId: string
  /** What the account's administrator allowed, such as `message:send`. */
  scopes: string[]
}

/** A module channel was detached. */
export interface DetachedModule {
  type: 'detached'
  /** The user ID of the account's bot. */
  botId: string
  /** LINE's own sample leaves it out, and LINE may add values. */
  reason?: 'bot_deleted' | (string & {}) | undefined
}

/**
 * The module channel has taken control of a chat. It comes to module channels only.
 *
 * @see https://developers.line.biz/en/reference/partner-docs/#activated-event
 */
export interface ActivatedEvent extends EventBase {
  type: 'activated'
  chatControl: {
    /** Until when, in milliseconds since 1970. */
    expireAt: number
  }
}

/**
 * The module channel has lost or given back control of a chat. It comes to module channels only.
 *
 * @see https://developers.line.biz/en/reference/partner-docs/#deactivated-event
 */
export interface DeactivatedEvent extends EventBase {
  type: 'deactivated'
}

/**
 * The Official Account was suspended. It comes to module channels only.
 *
 * @see https://developers.line.biz/en/reference/partner-docs/#botsuspend-event
 */
export interface BotSuspendedEvent extends EventBase {
  type: 'botSuspended'
}

/**
 * The Official Account is no longer suspended. It comes to module channels only.
 *
 * @see https://developers.line.biz/en/reference/partner-docs/#botresumed-event
 */
export interface BotResumedEvent extends EventBase {
  type: 'botResumed'
}

/**
 * A device of LINE Things was linked or unlinked, or did what it was set up for. LINE has taken LINE Things out of its documentation;
 * channels that still have devices may get these events. The fields are those that LINE's older SDK for Go reads, and no page confirms them today.
 */
export interface ThingsEvent extends ReplyableEvent {
  type: 'things'
  things: LinkedThing | UnlinkedThing | ThingsScenarioResult
}

/** A user linked a device. */
export interface LinkedThing {
  type: 'link'
  deviceId: string
}

/** A user unlinked a device. */
export interface UnlinkedThing {
  type: 'unlink'
  deviceId: string
}

/** A device ran an automatic scenario. */
export interface ThingsScenarioResult {
  type: 'scenarioResult'
  deviceId: string
  result: {
    scenarioId: string
    /** The revision of the scenario set. */
    revision: number
    /** In milliseconds since 1970. */
    startTime: number
    /** In milliseconds since 1970. */
    endTime: number
    resultCode: 'success' | 'gatt_error' | 'runtime_error' | (string & {})
    /** What each action gave, in the order of the scenario. */
    actionResults?: { type: 'void' | 'binary' | (string & {}) /** Base64. */; data?: string | undefined }[] | undefined
    /** What the device notified of, in base64. */
    bleNotificationPayload?: string | undefined
    errorReason?: string | undefined
  }
}

/**
 * Every event that the SDK knows. It narrows on `type` and has no member for the rest: see {@link UnknownEvent}.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#webhook-event-objects
 */
export type WebhookEvent =
  | MessageEvent
  | MessageEditedEvent
  | UnsendEvent
  | FollowEvent
  | UnfollowEvent
  | JoinEvent
  | LeaveEvent
  | MemberJoinedEvent
  | MemberLeftEvent
  | PostbackEvent
  | VideoPlayCompleteEvent
  | BeaconEvent
  | AccountLinkEvent
  | MembershipEvent
  | DeliveryEvent
  | ModuleEvent
  | ActivatedEvent
  | DeactivatedEvent
  | BotSuspendedEvent
  | BotResumedEvent
  | ThingsEvent

/** An event as LINE sent it whose type, or whose message's type, the SDK does not know. */
export interface UnknownEvent {
  readonly [field: string]: unknown
}

/** The body of a webhook. */
export interface Delivery {
  /** The user ID of the bot that is to receive the events. */
  readonly destination: string
  /** None when LINE only checks the URL. */
  readonly events: readonly (WebhookEvent | UnknownEvent)[]
}
