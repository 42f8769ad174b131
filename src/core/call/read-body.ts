import type { Clock } from '../clock.js'

/** Joins chunks; a single chunk is not copied. */
function join(chunks: readonly Uint8Array[], size: number): Uint8Array {
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

/** The time limit for reading a body. */
export interface BodyTime {
  readonly clock: Clock
  /** Longest time from the start to the last byte, in milliseconds. */
  readonly limit: number
}

/**
 * Reads the body of a request up to a limit in bytes, and within a time limit if one is given.
 *
 * @returns the bytes; `'too large'` as soon as the limit is exceeded, `'too slow'` when the time limit has passed, `'cut off'` when the sender disconnected,
 * `undefined` when the body was already read.
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
  // Cancelling ends the pending read.
  const stop = () => void reader.cancel().catch(() => {})
  const timer = time?.clock.setTimeout(() => {
    late = true
    stop()
  }, time.limit)
  try {
    for (let read = await reader.read(); !read.done; read = await reader.read()) {
      chunks.push(read.value)
      size += read.value.byteLength
      // Not `size > limit`: a chunk that is not bytes makes the size NaN.
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
