import type { Clock } from '../clock.js'

/** Puts chunks together, without a copy when there is one. */
export function join(chunks: readonly Uint8Array[], size: number): Uint8Array {
  const [first] = chunks
  if (first && chunks.length === 1) return first
  const whole = new Uint8Array(size)
  let at = 0
  for (const chunk of chunks) {
    whole.set(chunk, at)
    at += chunk.byteLength
  }
  return whole
}

/** How long a body may take. */
export interface BodyTime {
  readonly clock: Clock
  /** Milliseconds from the first byte that is waited for to the last. */
  readonly limit: number
}

/**
 * Reads the body of a request up to a limit in bytes, within a time where one is given.
 *
 * @returns `'too large'` as soon as that is known, `'too slow'` when its time is over, `'cut off'` when the sender went away,
 * `undefined` when somebody else read it before.
 */
export function readBody(request: Request, limit: number): Promise<Uint8Array | 'too large' | 'cut off' | undefined>
export function readBody(
  request: Request,
  limit: number,
  time: BodyTime,
): Promise<Uint8Array | 'too large' | 'too slow' | 'cut off' | undefined>
export async function readBody(
  request: Request,
  limit: number,
  time?: BodyTime,
): Promise<Uint8Array | 'too large' | 'too slow' | 'cut off' | undefined> {
  if (request.bodyUsed || request.body?.locked) return undefined
  if (Number(request.headers.get('content-length')) > limit) return 'too large'
  if (!request.body) return new Uint8Array()
  const reader = request.body.getReader()
  const chunks: Uint8Array[] = []
  let size = 0
  let late = false
  // Cancelling ends the read that is waited for.
  const stop = () => void reader.cancel().catch(() => {})
  const timer = time?.clock.setTimeout(() => {
    late = true
    stop()
  }, time.limit)
  try {
    for (let read = await reader.read(); !read.done; read = await reader.read()) {
      chunks.push(read.value)
      size += read.value.byteLength
      // Not `size > limit`: a stream of something else than bytes has no size at all.
      if (!(size <= limit)) {
        stop()
        return 'too large'
      }
    }
  } catch {
    return 'cut off'
  } finally {
    time?.clock.clearTimeout(timer)
  }
  return late ? 'too slow' : join(chunks, size)
}
