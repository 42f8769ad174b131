export { createEvents, type EventsOptions, events } from './events.js'
export { type Samples, samples } from './samples/index.js'
export { type DeliveryInput, signedDelivery, signedRequest } from './signed.js'
export type { EventInput, Events, MessageInput, ReplyableInput } from './types.js'
