/** Gives so many random bytes. */
export type RandomBytes = (length: number) => Uint8Array

/** Makes a random text of letters and digits, two for each byte: LINE wants a `state` that needs no URL encoding. */
export function randomText(
  length: number,
  randomBytes: RandomBytes = (size) => crypto.getRandomValues(new Uint8Array(size)),
): string {
  return Array.from(randomBytes(length), (byte) => byte.toString(16).padStart(2, '0')).join('')
}
