import { textProperty } from '../core/property.js'
import type { Logger, OnError } from './options.js'

/** Where a receiver reports errors. */
export interface Reporting {
  readonly onError: OnError | undefined
  readonly logger: Logger
  /** Functions that are told every error besides. */
  readonly listeners: ReadonlySet<OnError>
}

/** Reports an error to `onError`, or else to the log. It never rejects. */
export async function report(
  { onError, logger, listeners }: Reporting,
  error: unknown,
  event: Parameters<OnError>[1],
): Promise<void> {
  const logError: OnError = (reason, about) =>
    logger.error(
      about
        ? `A handler failed for the LINE ${textProperty(about, 'type')} event ${textProperty(about, 'webhookEventId')}:`
        : 'A LINE webhook could not be handled:',
      reason,
    )
  for (const listener of listeners) listener(error, event)
  try {
    await (onError ?? logError)(error, event)
  } catch (failure) {
    try {
      logError(error, event)
      logError(failure, undefined)
    } catch {
      // There is no other way left to report the errors, and an event that was handled stays handled.
    }
  }
}
