import type {
  AccountLinkEvent,
  ActivatedEvent,
  AttachedModule,
  AudioMessageContent,
  BeaconEvent,
  BotResumedEvent,
  BotSuspendedEvent,
  DeactivatedEvent,
  DeliveryEvent,
  DetachedModule,
  EventMode,
  FileMessageContent,
  FollowEvent,
  ImageMessageContent,
  JoinEvent,
  LeaveEvent,
  LinkedThing,
  LocationMessageContent,
  MemberJoinedEvent,
  MemberLeftEvent,
  MembershipEvent,
  MessageContent,
  MessageEditedEvent,
  MessageEvent,
  ModuleEvent,
  PostbackEvent,
  Source,
  StickerMessageContent,
  TextMessageContent,
  ThingsEvent,
  ThingsScenarioResult,
  UnfollowEvent,
  UnknownEvent,
  UnlinkedThing,
  UnsendEvent,
  UserSource,
  VideoMessageContent,
  VideoPlayCompleteEvent,
} from '../webhook/index.js'

/** Input for every event builder. Omitted properties are generated; `undefined` removes a property from the event. */
export interface EventInput {
  /** Source of the event. Default: the same user in every event, or the same group for events that only groups have. */
  readonly source?: Source | undefined
  /** Time of the event, in milliseconds since 1970. Default: generated. */
  readonly timestamp?: number | undefined
  /** Mode of the channel. Default: `active`. */
  readonly mode?: EventMode | undefined
  /** Event ID. Default: a generated ULID. */
  readonly webhookEventId?: string | undefined
  /** Whether the event is redelivered. All other properties stay the same, as with LINE. Default: `false`. */
  readonly isRedelivery?: boolean | undefined
}

/** Input for events that can be replied to. */
export interface ReplyableInput extends EventInput {
  /** Reply token. Default: generated, or none in `standby` mode. */
  readonly replyToken?: string | undefined
}

/** Input for a message event: the properties of the event and of the message side by side. */
export type MessageInput<Content extends MessageContent> = ReplyableInput & Partial<Omit<Content, 'type'>>

/** One builder for each event type and message type. */
export interface Events {
  /** Builds a `message` event with a text message. A string is the text. Default text: `Hello`. */
  readonly text: (input?: string | MessageInput<TextMessageContent>) => MessageEvent<TextMessageContent>
  /** Builds a `message` event with an image message. */
  readonly image: (input?: MessageInput<ImageMessageContent>) => MessageEvent<ImageMessageContent>
  /** Builds a `message` event with a video message. */
  readonly video: (input?: MessageInput<VideoMessageContent>) => MessageEvent<VideoMessageContent>
  /** Builds a `message` event with an audio message. */
  readonly audio: (input?: MessageInput<AudioMessageContent>) => MessageEvent<AudioMessageContent>
  /** Builds a `message` event with a file message. */
  readonly file: (input?: MessageInput<FileMessageContent>) => MessageEvent<FileMessageContent>
  /** Builds a `message` event with a location message. */
  readonly location: (input?: MessageInput<LocationMessageContent>) => MessageEvent<LocationMessageContent>
  /** Builds a `message` event with a sticker message. */
  readonly sticker: (input?: MessageInput<StickerMessageContent>) => MessageEvent<StickerMessageContent>
  /** Builds a `messageEdited` event. */
  readonly messageEdited: (input?: MessageInput<TextMessageContent>) => MessageEditedEvent
  /** Builds an `unsend` event. */
  readonly unsend: (input?: EventInput & Partial<UnsendEvent['unsend']>) => UnsendEvent
  /** Builds a `follow` event. */
  readonly follow: (input?: ReplyableInput & Partial<FollowEvent['follow']>) => FollowEvent
  /** Builds an `unfollow` event. */
  readonly unfollow: (input?: EventInput) => UnfollowEvent
  /** Builds a `join` event. */
  readonly join: (input?: ReplyableInput) => JoinEvent
  /** Builds a `leave` event. */
  readonly leave: (input?: EventInput) => LeaveEvent
  /** Builds a `memberJoined` event. */
  readonly memberJoined: (input?: ReplyableInput & MembersInput) => MemberJoinedEvent
  /** Builds a `memberLeft` event. */
  readonly memberLeft: (input?: EventInput & MembersInput) => MemberLeftEvent
  /** Builds a `postback` event. */
  readonly postback: (input?: ReplyableInput & Partial<PostbackEvent['postback']>) => PostbackEvent
  /** Builds a `videoPlayComplete` event. */
  readonly videoPlayComplete: (
    input?: ReplyableInput & Partial<VideoPlayCompleteEvent['videoPlayComplete']>,
  ) => VideoPlayCompleteEvent
  /** Builds a `beacon` event. */
  readonly beacon: (input?: ReplyableInput & Partial<BeaconEvent['beacon']>) => BeaconEvent
  /** Builds an `accountLink` event. With `result: 'failed'`, it has no source and no reply token, as with LINE. */
  readonly accountLink: (input?: ReplyableInput & Partial<AccountLinkEvent['link']>) => AccountLinkEvent
  /** Builds a `membership` event. */
  readonly membership: (input?: ReplyableInput & Partial<MembershipEvent['membership']>) => MembershipEvent
  /** Builds a `delivery` event. */
  readonly delivery: (input?: EventInput & Partial<DeliveryEvent['delivery']>) => DeliveryEvent
  /** Builds a `module` event for an attached module channel. */
  readonly moduleAttached: (input?: EventInput & Partial<Omit<AttachedModule, 'type'>>) => ModuleEvent
  /** Builds a `module` event for a detached module channel. */
  readonly moduleDetached: (input?: EventInput & Partial<Omit<DetachedModule, 'type'>>) => ModuleEvent
  /** Builds an `activated` event. */
  readonly activated: (input?: EventInput & Partial<ActivatedEvent['chatControl']>) => ActivatedEvent
  /** Builds a `deactivated` event. */
  readonly deactivated: (input?: EventInput) => DeactivatedEvent
  /** Builds a `botSuspended` event. */
  readonly botSuspended: (input?: EventInput) => BotSuspendedEvent
  /** Builds a `botResumed` event. */
  readonly botResumed: (input?: EventInput) => BotResumedEvent
  /** Builds a `things` event of the given `type`. Default: a linked LINE Things device. */
  readonly things: (
    input?: ReplyableInput & (Partial<LinkedThing> | UnlinkedThing | ThingsScenarioResult),
  ) => ThingsEvent
  /** Builds an event of a type that this version does not know, with any properties. */
  readonly unknown: (input: UnknownEventInput) => UnknownEvent
}

/** Input for events about the members of a chat. */
export interface MembersInput {
  /** The users who joined or left. Default: the same user in every event. */
  readonly members?: UserSource[]
}

/** Input for an event of an unknown type. */
export interface UnknownEventInput extends EventInput {
  /** Event type. */
  readonly type: string
  /** Any property of the event. */
  readonly [property: string]: unknown
}
