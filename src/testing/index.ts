export { again, createEvents, type EventsOptions, events } from './events.js'
export { type Samples, samples } from './samples/index.js'
export { type DeliveryInput, signedDelivery, signedRequest } from './signed.js'
export type { EventInput, Events, MembersInput, MessageInput, ReplyableInput, UnknownEventInput } from './types.js'
