/** What the emulator reads of a request. The server has cheaper ones than the web's. */
export interface Incoming {
  readonly method: string
  readonly url: URL
  readonly headers: Pick<Headers, 'get'>
  /** Aborts when the client has gone. */
  readonly signal: AbortSignal
  /** Reads the body; `undefined` when it is longer than `limit` bytes. */
  read(limit: number): Promise<Uint8Array<ArrayBuffer> | undefined>
  /** The same as a web request. Use it instead of `read`, not after it. */
  toRequest(): Request
}

/** An answer whose body is known as a whole. */
export interface TextAnswer {
  readonly status: number
  readonly headers: { readonly [name: string]: string }
  /** `undefined` for no body. */
  readonly text: string | undefined
}

/** An answer. Files, pages and broken bodies are web responses. */
export type Answer = TextAnswer | Response

/** Reads the body of a web request. */
async function readBytes(request: Request, limit: number): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const parts: Uint8Array[] = []
  let length = 0
  const reader: ReadableStreamDefaultReader<Uint8Array> | undefined = request.body?.getReader()
  for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
    length += part.value.length
    if (length > limit) {
      await reader?.cancel().catch(() => {})
      return undefined
    }
    parts.push(part.value)
  }
  return join(parts, length)
}

/** Joins the parts of a body. */
export function join(parts: readonly Uint8Array[], length: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(length)
  let at = 0
  for (const part of parts) {
    bytes.set(part, at)
    at += part.length
  }
  return bytes
}

/** What the emulator reads of a web request. */
export function fromRequest(request: Request): Incoming {
  const { method, headers } = request
  return {
    method,
    headers,
    url: new URL(request.url),
    get signal() {
      return request.signal
    },
    read: (limit) => readBytes(request, limit),
    toRequest: () => request,
  }
}

/** The answer as a web response. */
export function toResponse(answer: Answer): Response {
  return answer instanceof Response
    ? answer
    : new Response(answer.text ?? null, { status: answer.status, headers: answer.headers })
}
