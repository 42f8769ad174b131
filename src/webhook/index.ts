export type { Answer } from './answers.js'
export type {
  Context,
  MessageOf,
  ProfileOf,
  PushContent,
  PushOf,
  ReplyClient,
  ReplyContent,
  ReplyOf,
} from './context.js'
export type { Handler, Middleware, Processed } from './dispatch.js'
export type { EventOf, Filter } from './filters.js'
export { type MarkedText, mentionsMe, type TextSegment, textSegments, textWithoutMentions } from './mentions.js'
export type * from './message-content.js'
export type {
  Channel,
  ChannelOptions,
  ChannelsOptions,
  DeliveryQueue,
  Logger,
  OnError,
  OnLate,
  ReceiverOptions,
  WithClient,
} from './options.js'
export { createReceiver, type FetchContext, type Receiver, type SignedDelivery } from './receiver.js'
export { signBody, verifySignature, verifySignatureSync } from './signature.js'
export type * from './types.js'
