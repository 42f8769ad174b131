const decimal = '0123456789'
const hexadecimal = '0123456789abcdef'
const crockford = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const base64url = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

/** Generates values in LINE's formats. The same seed gives the same values in the same order. */
export interface Values {
  /** A letter and 32 hexadecimal digits: `U` for a user, `C` for a group chat, `R` for a multi-person chat. */
  id(letter: 'U' | 'C' | 'R'): string
  /** An 18-digit message ID. */
  messageId(): string
  /** A ULID for a time in milliseconds since 1970. */
  ulid(timestamp: number): string
  /** A reply token: 32 hexadecimal digits. */
  replyToken(): string
  /** An opaque token, such as a quote token. */
  token(): string
}

// Four lanes, so that 100,000 seeds do not collide by chance. The values are not secret, so this is enough.
function lanesOf(seed: string): Uint32Array {
  const lanes = Uint32Array.of(0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344)
  const factors = [0x9e3779b1, 0x85ebca77, 0xc2b2ae3d, 0x27d4eb2f] as const // odd, so that the multiplication is reversible
  for (let i = 0; i < seed.length; i++)
    for (const [lane, factor] of factors.entries()) {
      const mixed = Math.imul((lanes[lane] ?? 0) ^ seed.charCodeAt(i), factor)
      lanes[lane] = mixed ^ (mixed >>> 15)
    }
  return lanes
}

/** Creates a generator of values from a seed. */
export function createValues(seed: string): Values {
  const lanes = lanesOf(seed)
  let drawn = 0
  const next = (): number => {
    const lane = drawn++ % lanes.length
    let word = (lanes[lane] ?? 0) + Math.imul(drawn, 0x6d2b79f5)
    lanes[lane] = word
    word = Math.imul(word ^ (word >>> 16), 0x21f0aaad)
    word = Math.imul(word ^ (word >>> 15), 0x735a2d97)
    return (word ^ (word >>> 15)) >>> 0
  }
  const draw = (alphabet: string, length: number): string => {
    let text = ''
    while (text.length < length) text += alphabet.charAt(next() % alphabet.length)
    return text
  }
  return {
    id: (letter) => letter + draw(hexadecimal, 32),
    messageId: () => `5${draw(decimal, 17)}`,
    ulid(timestamp) {
      let time = ''
      for (let rest = Math.max(0, Math.floor(timestamp)); time.length < 10; rest = Math.floor(rest / 32))
        time = crockford.charAt(rest % 32) + time
      return time + draw(crockford, 16)
    },
    replyToken: () => draw(hexadecimal, 32),
    token: () => draw(base64url, 86),
  }
}

/** The default user ID of the bot in deliveries. */
export function testBotId(): string {
  return createValues('bot').id('U')
}
