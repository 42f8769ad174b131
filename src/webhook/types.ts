import type {
  ActivatedEvent,
  BotResumedEvent,
  BotSuspendedEvent,
  DeactivatedEvent,
  DeliveryEvent,
  ModuleEvent,
  ThingsEvent,
} from './channel-events.js'
import type { EventBase, ReplyableEvent, UserSource } from './event-base.js'
import type { MessageContent, TextMessageContent } from './message-content.js'

export type * from './channel-events.js'
export type * from './event-base.js'

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
  /** Event type. A string in every event that LINE documents. */
  readonly type?: unknown
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
