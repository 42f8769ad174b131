/** Tells raw text and bytes from what a parser made of them. */
export function isRaw(body: unknown): body is string | Uint8Array {
  // isView, because another realm's Uint8Array is as good, and instanceof would not know it.
  return typeof body === 'string' || ArrayBuffer.isView(body)
}
