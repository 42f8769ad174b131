export {
  allOf,
  argumentsOf,
  type ChatType,
  type CommandOptions,
  command,
  type Heard,
  hears,
  inChat,
} from './conditions.js'
export type { Context, ReplyClient } from './context.js'
export type { Processed } from './dispatch.js'
export type { EventFilter, EventOf, Filter, FilterFunction } from './filters.js'
export type * from './message-content.js'
export { mentionsMe, textSegments, textWithoutMentions } from './message-content.js'
export type {
  ChannelOptions,
  ChannelsOptions,
  DeliveryQueue,
  Logger,
  OnDuplicate,
  OnError,
  OnLate,
  ReceiverChannel,
  ReceiverOptions,
} from './options.js'
export type { PurchaseCompleteEvent, PurchaseEvent, RefundCompleteEvent } from './purchase-events.js'
export { createReceiver, type DrainOptions, type FetchContext, type Receiver, type SignedDelivery } from './receiver.js'
export type { WebhookResponse } from './responses.js'
export type { Handler, Middleware } from './run-handlers.js'
export { signBody, signBodySync, verifySignature, verifySignatureSync } from './signature.js'
export type * from './types.js'
