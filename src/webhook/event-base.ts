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
