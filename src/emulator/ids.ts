/** Creates identifiers, secrets and tokens in LINE's formats, all from one source of random numbers. */
export interface Ids {
  /** Lower-case hexadecimal digits. */
  hex(length: number): string
  /** A user ID, group ID, room ID or bot user ID: a letter and 32 hexadecimal digits. */
  chat(letter: 'U' | 'C' | 'R'): string
  /** A user ID derived from the parts, so that it does not depend on the order of calls. */
  userOf(...parts: readonly string[]): string
  /** A channel ID or provider ID: 10 digits. */
  channel(): string
  /** A basic ID: `@`, 3 digits and 5 letters. */
  basic(): string
  /** A message ID: 18 digits, larger than a `number` holds, and larger than the one before. */
  message(): string
  uuid(): string
  /** A `webhookEventId`, which tells the time in its first 10 characters. */
  ulid(at: number): string
  /** Characters of base64url: a `key_id`, a quote token. */
  opaque(length: number): string
  /** A token of the form of a JWT, as stateless and v2.1 tokens have it. Its parts mean nothing. */
  jws(): string
  /** A token of the form of base64, as short-lived and long-lived tokens have it, with `+`, `/` and `=`. */
  base64(): string
}

const base64url = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
const base64 = `${base64url.slice(0, 62)}+/`
const crockford = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const letters = 'abcdefghijklmnopqrstuvwxyz'
const hexDigits = '0123456789abcdef'
const digits = '0123456789'

// {"alg":"HS256"}, as the tokens in LINE's pages begin.
const jwsHeader = 'eyJhbGciOiJIUzI1NiJ9'

/** Random numbers from a seed: sfc32, seeded with a hash of the text. Not for secrets. */
export function randomFrom(seed: string): () => number {
  const state = [0x9e3779b9, 0x243f6a88, 0xb7e15162, 1]
  for (let at = 0; at < seed.length; at++) {
    for (let word = 0; word < 3; word++)
      state[word] = Math.imul((state[word] ?? 0) ^ seed.charCodeAt(at), 0x01000193 + 2 * word) >>> 0
  }
  let [a = 0, b = 0, c = 0, count = 0] = state
  const next = () => {
    const sum = (a + b + count) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (((c << 21) | (c >>> 11)) + sum) | 0
    count = (count + 1) | 0
    return (sum >>> 0) / 2 ** 32
  }
  for (let round = 0; round < 12; round++) next()
  return next
}

function pick(random: () => number, alphabet: string, length: number): string {
  let text = ''
  for (let at = 0; at < length; at++) text += alphabet[Math.floor(random() * alphabet.length)]
  return text
}

/** Creates identifiers. They are unique even when the source always returns the same number. */
export function createIds(source: () => number): Ids {
  const seed = pick(source, hexDigits, 16)
  const random = randomFrom(seed)
  let messages = 461_230_966_842_064_897n
  const some = (alphabet: string, length: number) => pick(random, alphabet, length)
  return {
    hex: (length) => some(hexDigits, length),
    chat: (letter) => letter + some(hexDigits, 32),
    userOf: (...parts) => `U${pick(randomFrom([seed, ...parts].join('\n')), hexDigits, 32)}`,
    channel: () => `1${some(digits, 9)}`,
    basic: () => `@${some(digits, 3)}${some(letters, 5)}`,
    message: () => String((messages += 1n + BigInt(Math.floor(random() * 1_000_000)))),
    uuid: () =>
      `${some(hexDigits, 8)}-${some(hexDigits, 4)}-4${some(hexDigits, 3)}-${some('89ab', 1)}${some(hexDigits, 3)}-${some(hexDigits, 12)}`,
    ulid: (at) => {
      let time = ''
      for (let rest = at; time.length < 10; rest = Math.floor(rest / 32)) time = (crockford[rest % 32] ?? '') + time
      return time + some(crockford, 16)
    },
    opaque: (length) => some(base64url, length),
    jws: () => `${jwsHeader}.${some(base64url, 120)}.${some(base64url, 43)}`,
    base64: () => `${some(base64, 84)}+/${some(base64, 84)}=`,
  }
}
