/** Tells raw text and bytes from what a parser made of them. */
export function isRaw(body: unknown): body is string | Uint8Array {
  // isView, because another realm's Uint8Array is as good, and instanceof would not know it.
  return typeof body === 'string' || ArrayBuffer.isView(body)
}

/**
 * Reads the body of a request up to a limit in bytes.
 *
 * @returns `'too large'` as soon as that is known, `'cut off'` when the sender went away, `undefined` when somebody else read it before.
 */
export async function readBody(request: Request, limit: number): Promise<Uint8Array | 'too large' | 'cut off' | undefined> {
  if (request.bodyUsed || request.body?.locked) return undefined
  if (Number(request.headers.get('content-length')) > limit) return 'too large'
  if (!request.body) return new Uint8Array()
  const reader = request.body.getReader()
  const chunks: Uint8Array[] = []
  let size = 0
  try {
    for (let read = await reader.read(); !read.done; read = await reader.read()) {
      chunks.push(read.value)
      size += read.value.byteLength
      // Not `size > limit`: a stream of something else than bytes has no size at all.
      if (!(size <= limit)) {
        reader.cancel().catch(() => {})
        return 'too large'
      }
    }
  } catch {
    return 'cut off'
  }
  return join(chunks, size)
}

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
