import type { EventBase, ReplyableEvent } from './event-base.js'

/**
 * A LINE notification message was delivered to its user. It has no source.
 *
 * @see https://developers.line.biz/en/docs/partner-docs/line-notification-messages/message-sending-complete-webhook-event/
 */
export interface DeliveryEvent extends EventBase {
  /** Event type. */
  type: 'delivery'
  /** Details of the event. */
  delivery: {
    /** Hashed phone number, or the delivery tag of the message. */
    data: string
  }
}

/**
 * A module channel was attached to an Official Account, or detached from it. It has no source.
 *
 * @see https://developers.line.biz/en/reference/partner-docs/#module-channel-specific-webhook-events
 */
export interface ModuleEvent extends EventBase {
  /** Event type. */
  type: 'module'
  /** Details of the event, discriminated by `type`. */
  module: AttachedModule | DetachedModule
}

/** A module channel was attached. */
export interface AttachedModule {
  /** What happened. */
  type: 'attached'
  /** User ID of the account's bot. */
  botId: string
  /** The scopes that the account's administrator granted, such as `message:send`. */
  scopes: string[]
}

/** A module channel was detached. */
export interface DetachedModule {
  /** What happened. */
  type: 'detached'
  /** User ID of the account's bot. */
  botId: string
  /** Reason for the detachment. LINE's own sample omits it, and LINE may add values. */
  reason?: 'bot_deleted' | (string & {}) | undefined
}

/**
 * The module channel acquired chat control. Sent to module channels only.
 *
 * @see https://developers.line.biz/en/reference/partner-docs/#activated-event
 */
export interface ActivatedEvent extends EventBase {
  /** Event type. */
  type: 'activated'
  /** Details of the event. */
  chatControl: {
    /** Time when chat control expires, in milliseconds since 1970. */
    expireAt: number
  }
}

/**
 * The module channel lost or released chat control. Sent to module channels only.
 *
 * @see https://developers.line.biz/en/reference/partner-docs/#deactivated-event
 */
export interface DeactivatedEvent extends EventBase {
  /** Event type. */
  type: 'deactivated'
}

/**
 * The Official Account was suspended. Sent to module channels only.
 *
 * @see https://developers.line.biz/en/reference/partner-docs/#botsuspend-event
 */
export interface BotSuspendedEvent extends EventBase {
  /** Event type. */
  type: 'botSuspended'
}

/**
 * The Official Account is no longer suspended. Sent to module channels only.
 *
 * @see https://developers.line.biz/en/reference/partner-docs/#botresumed-event
 */
export interface BotResumedEvent extends EventBase {
  /** Event type. */
  type: 'botResumed'
}

/**
 * A LINE Things device was linked or unlinked, or ran an automatic scenario. LINE has removed LINE Things from its documentation, but channels
 * that still have devices may get these events. The fields are those of LINE's old SDK for Go; no current page confirms them.
 */
export interface ThingsEvent extends ReplyableEvent {
  /** Event type. */
  type: 'things'
  /** Details of the event, discriminated by `type`. */
  things: LinkedThing | UnlinkedThing | ThingsScenarioResult
}

/** A user linked a device. */
export interface LinkedThing {
  /** What happened. */
  type: 'link'
  /** Device ID. */
  deviceId: string
}

/** A user unlinked a device. */
export interface UnlinkedThing {
  /** What happened. */
  type: 'unlink'
  /** Device ID. */
  deviceId: string
}

/** A device ran an automatic scenario. */
export interface ThingsScenarioResult {
  /** What happened. */
  type: 'scenarioResult'
  /** Device ID. */
  deviceId: string
  /** Result of the scenario. */
  result: {
    /** Scenario ID. */
    scenarioId: string
    /** Revision of the scenario set. */
    revision: number
    /** Time when the scenario started, in milliseconds since 1970. */
    startTime: number
    /** Time when the scenario ended, in milliseconds since 1970. */
    endTime: number
    /** Result code. LINE may add values. */
    resultCode: 'success' | 'gatt_error' | 'runtime_error' | (string & {})
    /** Results of the actions, in the order of the scenario. */
    actionResults?:
      | {
          /** `binary` if the action returned data. LINE may add values. */
          type: 'void' | 'binary' | (string & {})
          /** Data that the action returned, in base64. Only with `binary`. */
          data?: string | undefined
        }[]
      | undefined
    /** Data of the notification from the device, in base64. */
    bleNotificationPayload?: string | undefined
    /** Reason of an error. */
    errorReason?: string | undefined
  }
}
