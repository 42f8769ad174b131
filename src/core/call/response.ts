import type { Clock } from '../clock.js'
import { LineAbortedError, LineNetworkError, LineTimeoutError } from '../errors.js'

/** A file from LINE, as a stream that the caller must read or cancel. */
export interface BinaryContent {
  /** The bytes. Cancelling the stream closes the connection. */
  readonly stream: ReadableStream<Uint8Array>
  /** The media type, such as `image/jpeg`. */
  readonly contentType: string
  /** The length in bytes; `undefined` if LINE does not send it. */
  readonly contentLength: number | undefined
}

/** Reads an ID that LINE gave a request. Anything else that a proxy may put into the header is ignored. */
export function requestIdOf(headers: Headers, name = 'x-line-request-id'): string | undefined {
  const id = headers.get(name)
  return id && /^[\w-]{1,64}$/.test(id) ? id : undefined
}

/** The deadline and signal of a streamed response. */
export interface StreamBounds {
  readonly operation: string
  readonly clock: Clock
  /** Milliseconds left for the body. */
  readonly left: number
  readonly signal: AbortSignal | undefined
  /** Closes the connection. */
  readonly close: () => void
}

/** Applies the call's deadline and signal to the body of a file, and converts the runtime's errors to the SDK's. */
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
      const onAbort = () =>
        stop(
          new LineAbortedError(`${operation}: aborted by the caller's signal while the file was read`, { operation }),
        )
      const timer = clock.setTimeout(
        () => stop(new LineTimeoutError(`${operation}: timed out while the file was read`, { operation })),
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
