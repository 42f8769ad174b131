import type { BinaryContent } from '../../core/call/response.js'
import type { Operation } from '../../core/operation.js'

/** The user in all samples. */
export const userId = 'U0123456789abcdef0123456789abcdef'
/** A second user, for lists. */
export const otherUserId = 'Ufedcba9876543210fedcba9876543210'
/** The user ID of the account's bot. */
export const botId = 'U00112233445566778899aabbccddeeff'
export const groupId = 'C0123456789abcdef0123456789abcdef'
export const channelId = '1234567890'
export const basicId = '@123abcde'
export const displayName = 'Mika'
export const pictureUrl = 'https://profile.line-scdn.net/0h0123456789abcdef'
export const richMenuId = 'richmenu-0123456789abcdef0123456789abcdef'
export const otherRichMenuId = 'richmenu-fedcba9876543210fedcba9876543210'
export const requestId = '01234567-89ab-4cde-8f01-23456789abcd'
/** 2026-01-01T00:00:00Z, in seconds since 1970. */
export const newYear = 1_767_225_600
export const daySeconds = 86_400

/** The empty response of an operation that returns no data. */
export const done = (): Record<string, never> => ({})

// A PNG of one gray pixel.
const png = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR42mNoAAAAggCB2kUIOwAAAABJRU5ErkJggg=='

/** A PNG of one pixel, in a new stream. */
export function image(): BinaryContent {
  const bytes = Uint8Array.from(atob(png), (letter) => letter.charCodeAt(0))
  const stream = new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(bytes)
      controller.close()
    },
  })
  return { stream, contentType: 'image/png', contentLength: bytes.length }
}

/** A sample response for each operation, created anew by every call. */
export type SampleResponses<Ops> = {
  readonly [K in keyof Ops]: Ops[K] extends Operation<infer _, infer Output> ? () => Output : never
}
