const alphabet = '0123456789abcdefghijklmnopqrstuvwxyz'

/** Makes the ID of a connection. IDs that are made later come later in their order, so that a listing is in the order of connecting. */
export function connectionId(now: number): string {
  const random = crypto.getRandomValues(new Uint8Array(16))
  return `${Math.floor(now).toString(36).padStart(9, '0')}${Array.from(random, (byte) => alphabet[byte % 36]).join('')}`
}
