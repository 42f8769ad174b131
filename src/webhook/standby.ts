import type { UnknownEvent, WebhookEvent } from './types.js'

type Event = WebhookEvent | UnknownEvent

/** Whether another channel holds the chat of an event, so that this channel must not send anything to it. */
export const isStandby = ({ mode }: Event): boolean => mode === 'standby'

// These events tell the state of the channel itself, and a bot that keeps that state has to see them in every mode.
const states: readonly unknown[] = ['activated', 'deactivated', 'botSuspended', 'botResumed', 'module']

/** Whether an event tells the state of the channel, and not what happened in a chat. */
export const tellsState = ({ type }: Event): boolean => states.includes(type)
