import type { Clock } from '../clock.js'
import { LineAbortedError, LineNetworkError, LineTimeoutError } from '../errors.js'

/** A file that LINE answers with, as a stream that the caller reads or cancels. */
export interface BinaryContent {
  /** The bytes. Cancelling it closes the connection. */
  readonly stream: ReadableStream<Uint8Array>
  /** The media type that LINE states, such as `image/jpeg`. */
  readonly contentType: string
  /** The length in bytes, where LINE states it. */
  readonly contentLength: number | undefined
}

/** What a stream of an answer needs to end in time. */
export interface StreamBounds {
  readonly operation: string
  readonly clock: Clock
  /** Milliseconds left for the body. */
  readonly left: number
  readonly signal: AbortSignal | undefined
  /** Closes the connection. */
  readonly close: () => void
}

/** Bounds the body of a file by the call's deadline and signal, and turns what the runtime throws into errors of the SDK. */
export function boundedStream(
  body: ReadableStream<Uint8Array> | null,
  bounds: StreamBounds,
): ReadableStream<Uint8Array> {
  const { operation, clock, signal, close } = bounds
  const reader = body?.getReader()
  let end = () => {}
  return new ReadableStream<Uint8Array>({
    start(controller) {
      const stop = (error: Error) => {
        end()
        controller.error(error)
        close()
      }
      const onAbort = () => stop(new LineAbortedError(`${operation}: aborted while the file was read`, { operation }))
      const timer = clock.setTimeout(
        () => stop(new LineTimeoutError(`${operation}: the file did not arrive in time`, { operation })),
        bounds.left,
      )
      end = () => {
        clock.clearTimeout(timer)
        signal?.removeEventListener('abort', onAbort)
      }
      signal?.addEventListener('abort', onAbort)
    },
    async pull(controller) {
      try {
        const part = await reader?.read()
        if (part && !part.done) return controller.enqueue(part.value)
        end()
        controller.close()
      } catch {
        end()
        controller.error(
          new LineNetworkError(`${operation}: the connection was lost while the file was read`, { operation }),
        )
      }
    },
    async cancel() {
      end()
      close()
      await reader?.cancel().catch(() => {})
    },
  })
}
