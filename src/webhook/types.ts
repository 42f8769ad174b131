import type { MessageContent, TextMessageContent } from './message-content.js'

/** A one-on-one chat. */
export interface UserSource {
  /** Source type. */
  type: 'user'
  /** User ID of the user. */
  userId: string
}

/** A group chat. */
export interface GroupSource {
  /** Source type. */
  type: 'group'
  /** Group ID of the group chat. */
  groupId: string
  /** User ID of the user who caused the event. Only in message-like events, if the user has consented to share their profile. */
  userId?: string | undefined
}

/** A multi-person chat. Existing ones remain, but new ones are created as group chats. */
export interface RoomSource {
  /** Source type. */
  type: 'room'
  /** Room ID of the multi-person chat. */
  roomId: string
  /** User ID of the user who caused the event. Only in message-like events, if the user has consented to share their profile. */
  userId?: string | undefined
}

/**
 * The chat in which an event happened, discriminated by `type`.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#source-user
 */
export type Source = UserSource | GroupSource | RoomSource

/**
 * The mode of the channel. In `standby` mode, another channel handles the chat: the event has no reply token, and the bot should not send
 * messages. LINE may add values.
 */
export type EventMode = 'active' | 'standby' | (string & {})

/** Information about the delivery of an event. */
export interface DeliveryContext {
  /** Whether the event is redelivered, because LINE got no 2xx response before. */
  isRedelivery: boolean
}

/**
 * Properties of every event.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#common-properties
 */
export interface EventBase {
  /** Event ID: a ULID, the same in every delivery of this event. */
  webhookEventId: string
  /** Time of the event, in milliseconds since 1970. It stays the same in a redelivery. */
  timestamp: number
  /** Mode of the channel. */
  mode: EventMode
  /** Information about the delivery. */
  deliveryContext: DeliveryContext
  /** The chat of the event. Missing in module and delivery events, and if account linking failed. */
  source?: Source | undefined
}

/** Properties of events that can be replied to. */
export interface ReplyableEvent extends EventBase {
  /** Reply token. It works once, and expires after a minute. Missing in `standby` mode, although LINE's tables list it. */
  replyToken?: string | undefined
}

/**
 * A user sent a message.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#message-event
 */
export interface MessageEvent<Content extends MessageContent = MessageContent> extends ReplyableEvent {
  /** Event type. */
  type: 'message'
  /** The message. */
  message: Content
}

/**
 * A user edited a text message in a group chat. Edits may arrive out of order; the one with the latest `timestamp` is current.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#edit-event
 */
export interface MessageEditedEvent extends ReplyableEvent {
  /** Event type. */
  type: 'messageEdited'
  /** The edited message, with the same ID and a new quote token. */
  message: TextMessageContent
}

/**
 * A user unsent a message. Stop showing and storing its content.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#unsend-event
 */
export interface UnsendEvent extends EventBase {
  /** Event type. */
  type: 'unsend'
  /** The unsent message. */
  unsend: {
    /** ID of the unsent message. */
    messageId: string
  }
}

/**
 * A user added the account as a friend, or unblocked it.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#follow-event
 */
export interface FollowEvent extends ReplyableEvent {
  /** Event type. */
  type: 'follow'
  /** Details of the event. */
  follow: {
    /** `true` if the user unblocked the account, `false` if they added it as a friend. LINE does not guarantee that it is correct. */
    isUnblocked: boolean
  }
}

/**
 * A user blocked the account. It can also be sent for users who never added it as a friend.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#unfollow-event
 */
export interface UnfollowEvent extends EventBase {
  /** Event type. */
  type: 'unfollow'
}

/**
 * The account joined a group chat or multi-person chat.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#join-event
 */
export interface JoinEvent extends ReplyableEvent {
  /** Event type. */
  type: 'join'
}

/**
 * The account left a group chat or multi-person chat, or was removed from it.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#leave-event
 */
export interface LeaveEvent extends EventBase {
  /** Event type. */
  type: 'leave'
}

/**
 * Users joined a group chat or multi-person chat that the account is a member of.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#member-joined-event
 */
export interface MemberJoinedEvent extends ReplyableEvent {
  /** Event type. */
  type: 'memberJoined'
  /** Details of the event. */
  joined: {
    /** The users who joined. */
    members: UserSource[]
  }
}

/**
 * Users left a group chat or multi-person chat that the account is a member of.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#member-left-event
 */
export interface MemberLeftEvent extends EventBase {
  /** Event type. */
  type: 'memberLeft'
  /** Details of the event. */
  left: {
    /** The users who left. */
    members: UserSource[]
  }
}

/** What a datetime picker action or a rich menu switch action adds to a postback. */
export interface PostbackParams {
  /** Date from a datetime picker in `date` mode: `YYYY-MM-DD`, without a time zone. */
  date?: string | undefined
  /** Time from a datetime picker in `time` mode: `HH:mm`, without a time zone. */
  time?: string | undefined
  /** Date and time from a datetime picker in `datetime` mode: `YYYY-MM-DDTHH:mm`, without a time zone. */
  datetime?: string | undefined
  /** Alias ID of the rich menu that the user switched to. */
  newRichMenuAliasId?: string | undefined
  /** Result of the rich menu switch. LINE may add values. */
  status?: 'SUCCESS' | 'RICHMENU_ALIAS_ID_NOTFOUND' | 'RICHMENU_NOTFOUND' | 'FAILED' | (string & {}) | undefined
}

/**
 * A user performed a postback action, a datetime picker action or a rich menu switch action.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#postback-event
 */
export interface PostbackEvent extends ReplyableEvent {
  /** Event type. */
  type: 'postback'
  /** Details of the event. */
  postback: {
    /** The data of the action, up to 300 characters. */
    data: string
    /** Parameters of the action. Only for a datetime picker or rich menu switch action. */
    params?: PostbackParams | undefined
  }
}

/**
 * A user watched a video message with a tracking ID to the end. It can be sent again when the user reopens the chat.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#video-viewing-complete
 */
export interface VideoPlayCompleteEvent extends ReplyableEvent {
  /** Event type. */
  type: 'videoPlayComplete'
  /** Details of the event. */
  videoPlayComplete: {
    /** Tracking ID of the video message. */
    trackingId: string
  }
}

/**
 * A user entered or stayed in the range of a LINE Beacon, or tapped its banner.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#beacon-event
 */
export interface BeaconEvent extends ReplyableEvent {
  /** Event type. */
  type: 'beacon'
  /** Details of the event. */
  beacon: {
    /** Hardware ID of the beacon: 10 hexadecimal digits. */
    hwid: string
    /** Beacon event type. `stay` repeats, at least 10 seconds apart. LINE may add values. */
    type: 'enter' | 'banner' | 'stay' | (string & {})
    /** Device message of the beacon, in hexadecimal digits. */
    dm?: string | undefined
  }
}

/**
 * A user linked their LINE account with an account of a service, or the attempt failed. With `failed`, there is no source and no reply token.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#account-link-event
 */
export interface AccountLinkEvent extends ReplyableEvent {
  /** Event type. */
  type: 'accountLink'
  /** Details of the event. */
  link: {
    /** Result of the account linking. LINE may add values. */
    result: 'ok' | 'failed' | (string & {})
    /** Nonce that the service generated to identify the user. */
    nonce: string
  }
}

/**
 * A user joined, left or renewed a membership. A change of plan is sent as `left` and `joined`.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#membership-event
 */
export interface MembershipEvent extends ReplyableEvent {
  /** Event type. */
  type: 'membership'
  /** Details of the event. */
  membership: {
    /** What happened to the membership. LINE may add values. */
    type: 'joined' | 'left' | 'renewed' | (string & {})
    /** ID of the membership plan. */
    membershipId: number
  }
}

/**
 * A LINE notification message was delivered to its user. It has no source.
 *
 * @see https://developers.line.biz/en/docs/partner-docs/line-notification-messages/message-sending-complete-webhook-event/
 */
export interface DeliveryEvent extends EventBase {
  /** Event type. */
  type: 'delivery'
  /** Details of the event. */
  delivery: {
    /** Hashed phone number, or the delivery tag of the message. */
    data: string
  }
}

/**
 * A module channel was attached to an Official Account, or detached from it. It has no source.
 *
 * @see https://developers.line.biz/en/reference/partner-docs/#module-channel-specific-webhook-events
 */
export interface ModuleEvent extends EventBase {
  /** Event type. */
  type: 'module'
  /** Details of the event, discriminated by `type`. */
  module: AttachedModule | DetachedModule
}

/** A module channel was attached. */
export interface AttachedModule {
  /** What happened. */
  type: 'attached'
  /** User ID of the account's bot. */
  botId: string
  /** The scopes that the account's administrator granted, such as `message:send`. */
  scopes: string[]
}

/** A module channel was detached. */
export interface DetachedModule {
  /** What happened. */
  type: 'detached'
  /** User ID of the account's bot. */
  botId: string
  /** Reason for the detachment. LINE's own sample omits it, and LINE may add values. */
  reason?: 'bot_deleted' | (string & {}) | undefined
}

/**
 * The module channel acquired chat control. Sent to module channels only.
 *
 * @see https://developers.line.biz/en/reference/partner-docs/#activated-event
 */
export interface ActivatedEvent extends EventBase {
  /** Event type. */
  type: 'activated'
  /** Details of the event. */
  chatControl: {
    /** Time when chat control expires, in milliseconds since 1970. */
    expireAt: number
  }
}

/**
 * The module channel lost or released chat control. Sent to module channels only.
 *
 * @see https://developers.line.biz/en/reference/partner-docs/#deactivated-event
 */
export interface DeactivatedEvent extends EventBase {
  /** Event type. */
  type: 'deactivated'
}

/**
 * The Official Account was suspended. Sent to module channels only.
 *
 * @see https://developers.line.biz/en/reference/partner-docs/#botsuspend-event
 */
export interface BotSuspendedEvent extends EventBase {
  /** Event type. */
  type: 'botSuspended'
}

/**
 * The Official Account is no longer suspended. Sent to module channels only.
 *
 * @see https://developers.line.biz/en/reference/partner-docs/#botresumed-event
 */
export interface BotResumedEvent extends EventBase {
  /** Event type. */
  type: 'botResumed'
}

/**
 * A LINE Things device was linked or unlinked, or ran an automatic scenario. LINE has removed LINE Things from its documentation, but channels
 * that still have devices may get these events. The fields are those of LINE's old SDK for Go; no current page confirms them.
 */
export interface ThingsEvent extends ReplyableEvent {
  /** Event type. */
  type: 'things'
  /** Details of the event, discriminated by `type`. */
  things: LinkedThing | UnlinkedThing | ThingsScenarioResult
}

/** A user linked a device. */
export interface LinkedThing {
  /** What happened. */
  type: 'link'
  /** Device ID. */
  deviceId: string
}

/** A user unlinked a device. */
export interface UnlinkedThing {
  /** What happened. */
  type: 'unlink'
  /** Device ID. */
  deviceId: string
}

/** A device ran an automatic scenario. */
export interface ThingsScenarioResult {
  /** What happened. */
  type: 'scenarioResult'
  /** Device ID. */
  deviceId: string
  /** Result of the scenario. */
  result: {
    /** Scenario ID. */
    scenarioId: string
    /** Revision of the scenario set. */
    revision: number
    /** Time when the scenario started, in milliseconds since 1970. */
    startTime: number
    /** Time when the scenario ended, in milliseconds since 1970. */
    endTime: number
    /** Result code. LINE may add values. */
    resultCode: 'success' | 'gatt_error' | 'runtime_error' | (string & {})
    /** Results of the actions, in the order of the scenario. */
    actionResults?:
      | {
          /** `binary` if the action returned data. LINE may add values. */
          type: 'void' | 'binary' | (string & {})
          /** Data that the action returned, in base64. Only with `binary`. */
          data?: string | undefined
        }[]
      | undefined
    /** Data of the notification from the device, in base64. */
    bleNotificationPayload?: string | undefined
    /** Reason of an error. */
    errorReason?: string | undefined
  }
}

/**
 * Every event that this version knows, discriminated by `type`. All other events are an {@link UnknownEvent}.
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

/** An event, as LINE sent it, whose type or message type this version does not know. */
export interface UnknownEvent {
  /** Any property of the event. */
  readonly [field: string]: unknown
}

/** The body of a webhook. */
export interface Delivery {
  /** User ID of the bot that should receive the events. */
  readonly destination: string
  /** The events. Empty if LINE only verifies the webhook URL. */
  readonly events: readonly (WebhookEvent | UnknownEvent)[]
}
