const decimal = '0123456789'
const hexadecimal = '0123456789abcdef'
const crockford = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const base64url = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

/** Values in the forms that LINE gives them, the same ones in the same order for the same seed. */
export interface Values {
  /** 32 hexadecimal digits under a letter: `U` for a user, `C` for a group, `R` for a room. */
  id(letter: 'U' | 'C' | 'R'): string
  /** An 18-digit message ID. */
  messageId(): string
  /** The ULID of something that happened at a time in milliseconds since 1970. */
  ulid(timestamp: number): string
  /** A reply token: 32 hexadecimal digits. */
  replyToken(): string
  /** An opaque token, such as one for quoting. */
  token(): string
}

// Four lanes, so that a hundred thousand seeds do not meet by chance; this is no secret, so it need not be more.
function lanesOf(seed: string): Uint32Array {
  const lanes = Uint32Array.of(0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344)
  const factors = [0x9e3779b1, 0x85ebca77, 0xc2b2ae3d, 0x27d4eb2f] as const // odd numbers, so that nothing is lost by multiplying
  for (let i = 0; i < seed.length; i++)
    for (const [lane, factor] of factors.entries()) {
      const mixed = Math.imul((lanes[lane] ?? 0) ^ seed.charCodeAt(i), factor)
      lanes[lane] = mixed ^ (mixed >>> 15)
    }
  return lanes
}

/** Makes values out of a seed. */
export function createValues(seed: string): Values {
  const lanes = lanesOf(seed)
  let turn = 0
  const next = (): number => {
    const lane = turn++ % lanes.length
    let word = (lanes[lane] ?? 0) + Math.imul(turn, 0x6d2b79f5)
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

/** The user ID of the bot that deliveries are for, where a test names no other. */
export function testBotId(): string {
  return createValues('bot').id('U')
}
