export type { Context, ReplyClient } from './context.js'
export type { WebhookResponse } from './delivery.js'
export type { Handler, Middleware, Processed } from './dispatch.js'
export type { EventOf, Filter } from './filters.js'
export type * from './message-content.js'
export { mentionsMe, textSegments, textWithoutMentions } from './message-content.js'
export type {
  ChannelOptions,
  ChannelsOptions,
  DeliveryQueue,
  Logger,
  OnError,
  OnLate,
  ReceiverChannel,
  ReceiverOptions,
} from './options.js'
export { createReceiver, type FetchContext, type Receiver, type SignedDelivery } from './receiver.js'
export { signBody, signBodySync, verifySignature, verifySignatureSync } from './signature.js'
export type * from './types.js'
