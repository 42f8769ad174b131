import type { Context } from './context.js'
import { nameOf } from './event-names.js'
import type { EventFilter, EventOf, Test } from './filters.js'
import type { Logger, OnError } from './options.js'
import type { PendingCalls } from './pending-calls.js'
import type { UnknownEvent, WebhookEvent } from './types.js'

/** Handles the events that match a filter. The receiver awaits its return value and ignores the result. */
export type Handler<F extends EventFilter, Client> = (context: Context<EventOf<F>, Client>) => unknown

/**
 * Runs around the handlers of every event, known or unknown.
 *
 * `next` runs the rest of the chain, once, and resolves to whether all handlers succeeded; their errors have been passed to `onError`.
 * If the middleware does not call it, no handler runs and the event counts as handled. An error thrown by the middleware fails the event.
 */
export type Middleware<Client> = (
  context: Context<WebhookEvent | UnknownEvent, Client>,
  next: () => Promise<boolean>,
) => unknown

/** The handlers and middleware of a receiver. Both lists can grow at any time. */
export interface Registered<Client> {
  readonly handlers: {
    readonly test: Test
    /** Whether the filter selects events in standby mode. */
    readonly isForStandby: boolean
    readonly handler: (context: Context<never, Client>) => unknown
  }[]
  readonly middleware: Middleware<Client>[]
}

/** Runs the middleware and handlers of an event, and resolves to whether all of them succeeded. It never rejects. */
export type RunHandlers<Client> = (
  event: WebhookEvent | UnknownEvent,
  context: Context<never, Client>,
  calls: PendingCalls,
) => Promise<boolean>

export interface RunHandlersOptions<Client> extends Registered<Client> {
  /** Reports an error of a handler. It never rejects. */
  readonly report: OnError
  readonly logger: Logger
  /** Whether a handler may be called for an event, given the handler's `isForStandby`. */
  readonly selects: (event: WebhookEvent | UnknownEvent, isForStandby: boolean) => boolean
}

/** Creates the function that runs the middleware and handlers of an event. */
export function createRunHandlers<Client>(options: RunHandlersOptions<Client>): RunHandlers<Client> {
  const { handlers, middleware, report, logger, selects } = options
  // The functions that the log has named, so that each is named once.
  const named = new WeakSet<object>()

  function warnForgotten(event: WebhookEvent | UnknownEvent, calls: PendingCalls): void {
    for (const { caller, name } of calls.forgotten()) {
      if (named.has(caller)) continue
      named.add(caller)
      try {
        logger.warn(
          `A handler or middleware for the LINE event ${nameOf(event)} did not await ${name}(). The receiver waits for it before the ` +
            'event ends; await or return it, so that the code after it runs in order and can handle its error',
          caller,
        )
      } catch {
        // A logger that fails must not fail the event.
      }
    }
  }

  // Resolves to whether all handlers succeeded.
  async function callHandlers(
    event: WebhookEvent | UnknownEvent,
    context: Context<never, Client>,
    calls: PendingCalls,
  ): Promise<boolean> {
    const name = nameOf(event)
    let succeeded = true
    for (const { test, isForStandby, handler } of handlers) {
      calls.caller = handler
      try {
        if (!selects(event, isForStandby) || !test(name, event)) continue
        const result = handler(context)
        // Many handlers are synchronous, and awaiting undefined costs as much as calling them.
        if (result !== undefined) await result
      } catch (error) {
        succeeded = false
        await report(error, event)
      }
    }
    return succeeded
  }

  async function callMiddleware(
    event: WebhookEvent | UnknownEvent,
    context: Context<never, Client>,
    calls: PendingCalls,
  ): Promise<boolean> {
    let succeeded = true
    const enter = async (at: number): Promise<boolean> => {
      const step = middleware[at]
      if (!step) {
        succeeded = await callHandlers(event, context, calls)
        return succeeded
      }
      let rest: Promise<boolean> | undefined
      let isRunning = false
      const next = (): Promise<boolean> => {
        if (rest) return rest
        isRunning = true
        calls.caller = step
        rest = calls.track(
          enter(at + 1).finally(() => {
            isRunning = false
            calls.caller = step
          }),
          'next',
        )
        return rest
      }
      calls.caller = step
      try {
        await step(context, next)
      } finally {
        if (isRunning) {
          // A middleware that did not await next() must not make the event look handled while its handlers are still running.
          warnForgotten(event, calls)
          await rest
        }
      }
      return succeeded
    }
    try {
      return await enter(0)
    } catch (error) {
      await report(error, event)
      return false
    }
  }

  return async (event, context, calls) => {
    let succeeded = await (middleware.length ? callMiddleware : callHandlers)(event, context, calls)
    warnForgotten(event, calls)
    for (const error of await calls.settle()) {
      succeeded = false
      await report(error, event)
    }
    return succeeded
  }
}
