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

/** What every event can be given. What is left out is made up; what is `undefined` is left out of the event. */
export interface EventInput {
  /** Default: the one user of these builders, or their one group for what happens in groups only. */
  readonly source?: Source | undefined
  /** In milliseconds since 1970. */
  readonly timestamp?: number | undefined
  /** Default: `active`. */
  readonly mode?: EventMode | undefined
  readonly webhookEventId?: string | undefined
  /** Makes it a redelivery. All else stays the same, as with LINE. */
  readonly isRedelivery?: boolean | undefined
}

/** What events can be given that can be replied to. In `standby` they have no reply token unless they are given one. */
export interface ReplyableInput extends EventInput {
  readonly replyToken?: string | undefined
}

/** What a message event can be given: the fields of the event and of the message side by side. */
export type MessageInput<Content extends MessageContent> = ReplyableInput & Partial<Omit<Content, 'type'>>

/** One builder for each event and each kind of message. */
export interface Events {
  readonly text: (input?: MessageInput<TextMessageContent>) => MessageEvent<TextMessageContent>
  readonly image: (input?: MessageInput<ImageMessageContent>) => MessageEvent<ImageMessageContent>
  readonly video: (input?: MessageInput<VideoMessageContent>) => MessageEvent<VideoMessageContent>
  readonly audio: (input?: MessageInput<AudioMessageContent>) => MessageEvent<AudioMessageContent>
  readonly file: (input?: MessageInput<FileMessageContent>) => MessageEvent<FileMessageContent>
  readonly location: (input?: MessageInput<LocationMessageContent>) => MessageEvent<LocationMessageContent>
  readonly sticker: (input?: MessageInput<StickerMessageContent>) => MessageEvent<StickerMessageContent>
  readonly messageEdited: (input?: MessageInput<TextMessageContent>) => MessageEditedEvent
  readonly unsend: (input?: EventInput & Partial<UnsendEvent['unsend']>) => UnsendEvent
  readonly follow: (input?: ReplyableInput & Partial<FollowEvent['follow']>) => FollowEvent
  readonly unfollow: (input?: EventInput) => UnfollowEvent
  readonly join: (input?: ReplyableInput) => JoinEvent
  readonly leave: (input?: EventInput) => LeaveEvent
  readonly memberJoined: (input?: ReplyableInput & { readonly members?: UserSource[] }) => MemberJoinedEvent
  readonly memberLeft: (input?: EventInput & { readonly members?: UserSource[] }) => MemberLeftEvent
  readonly postback: (input?: ReplyableInput & Partial<PostbackEvent['postback']>) => PostbackEvent
  readonly videoPlayComplete: (
    input?: ReplyableInput & Partial<VideoPlayCompleteEvent['videoPlayComplete']>,
  ) => VideoPlayCompleteEvent
  readonly beacon: (input?: ReplyableInput & Partial<BeaconEvent['beacon']>) => BeaconEvent
  /** With `result: 'failed'` it has neither source nor reply token, as with LINE. */
  readonly accountLink: (input?: ReplyableInput & Partial<AccountLinkEvent['link']>) => AccountLinkEvent
  readonly membership: (input?: ReplyableInput & Partial<MembershipEvent['membership']>) => MembershipEvent
  readonly delivery: (input?: EventInput & Partial<DeliveryEvent['delivery']>) => DeliveryEvent
  readonly moduleAttached: (input?: EventInput & Partial<Omit<AttachedModule, 'type'>>) => ModuleEvent
  readonly moduleDetached: (input?: EventInput & Partial<Omit<DetachedModule, 'type'>>) => ModuleEvent
  readonly activated: (input?: EventInput & Partial<ActivatedEvent['chatControl']>) => ActivatedEvent
  readonly deactivated: (input?: EventInput) => DeactivatedEvent
  readonly botSuspended: (input?: EventInput) => BotSuspendedEvent
  readonly botResumed: (input?: EventInput) => BotResumedEvent
  /** A device of LINE Things: linked, or what its `type` says. */
  readonly things: (
    input?: ReplyableInput & (Partial<LinkedThing> | UnlinkedThing | ThingsScenarioResult),
  ) => ThingsEvent
  /** An event of a type that the SDK does not know, with whatever fields it is given. */
  readonly unknown: (input: EventInput & { readonly type: string; readonly [field: string]: unknown }) => UnknownEvent
}
