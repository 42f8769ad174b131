const plain = /^U[0-9a-f]{32}$/

const partitions = 256
const words = 4 // 128 bits
const begin = 16
const growth = 1.2
const fullest = 0.9

// The finalizer of MurmurHash3: every bit of the input changes half of the output's.
function mix(hash: number): number {
  let mixed = hash
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b)
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35)
  return (mixed ^ (mixed >>> 16)) >>> 0
}

const digit = (code: number): number => (code < 58 ? code - 48 : code - 87)

/** Eight hex digits of a text as a number of 32 bits. */
function word(text: string, at: number): number {
  let value = 0
  for (let index = at; index < at + 8; index++) value = (value << 4) | digit(text.charCodeAt(index))
  return value >>> 0
}

/** A table of 128-bit numbers with open addressing: a number stands in the first free place from the one its hash names. Zeros are free places. */
class Table {
  #places = new Uint32Array(begin * words)
  #count = 0

  /** Adds a number that is not zero, and says whether it was not there. */
  add(hash: number, a: number, b: number, c: number, d: number): boolean {
    const at = this.#find(hash, a, b, c, d)
    if (this.#isTaken(at)) return false
    this.#put(at, a, b, c, d)
    this.#count += 1
    if (this.#count > (this.#places.length / words) * fullest) this.#grow()
    return true
  }

  get bytes(): number {
    return this.#places.byteLength
  }

  #isTaken(at: number): boolean {
    const places = this.#places
    return (places[at] || places[at + 1] || places[at + 2] || places[at + 3]) !== 0
  }

  #put(at: number, a: number, b: number, c: number, d: number): void {
    const places = this.#places
    places[at] = a
    places[at + 1] = b
    places[at + 2] = c
    places[at + 3] = d
  }

  #find(hash: number, a: number, b: number, c: number, d: number): number {
    const places = this.#places
    const size = places.length / words
    // The upper 8 bits have chosen the table, so the place goes by the other 24.
    let at = Math.floor(((hash & 0xffffff) * size) / 0x1000000) * words
    while (
      this.#isTaken(at) &&
      !(places[at] === a && places[at + 1] === b && places[at + 2] === c && places[at + 3] === d)
    ) {
      at += words
      if (at === places.length) at = 0
    }
    return at
  }

  #grow(): void {
    const old = this.#places
    this.#places = new Uint32Array(Math.ceil((old.length / words) * growth) * words)
    for (let at = 0; at < old.length; at += words) {
      const a = old[at] ?? 0
      const b = old[at + 1] ?? 0
      const c = old[at + 2] ?? 0
      const d = old[at + 3] ?? 0
      if (a || b || c || d) this.#put(this.#find(hashOf(a, b, c, d), a, b, c, d), a, b, c, d)
    }
    // Gives the memory back at once. The collector, to which an old table is a small object, would let six times as much pile up.
    const buffer: object & { transfer?: (length: number) => unknown } = old.buffer // ES2024, which not every runtime and not the types here have
    buffer.transfer?.(0)
  }
}

function hashOf(a: number, b: number, c: number, d: number): number {
  return mix(a ^ mix(b ^ mix(c ^ mix(d))))
}

/**
 * The user IDs that have been seen, exactly. An ID takes 16 bytes, and with the room that the tables keep to grow 18 to 22.
 *
 * It is 256 tables that grow by a fifth one at a time, so that growing never needs twice the memory. IDs of another form than a user's
 * (`LU…` of modules, say) take a place in a `Set`, of about 100 bytes.
 */
export class SeenUsers {
  readonly #tables: readonly Table[] = Array.from({ length: partitions }, () => new Table())
  readonly #others = new Set<string>()

  /** Adds an ID, and says whether it is new. */
  add(userId: string): boolean {
    if (!plain.test(userId)) return this.#addOther(userId)
    const a = word(userId, 1)
    const b = word(userId, 9)
    const c = word(userId, 17)
    const d = word(userId, 25)
    // All zeros mark a free place in the tables.
    if ((a | b | c | d) === 0) return this.#addOther(userId)
    const hash = hashOf(a, b, c, d)
    return this.#tables[hash >>> 24]?.add(hash, a, b, c, d) ?? false
  }

  /** What the tables take, in bytes. */
  get bytes(): number {
    return this.#tables.reduce((sum, table) => sum + table.bytes, 0)
  }

  #addOther(userId: string): boolean {
    if (this.#others.has(userId)) return false
    this.#others.add(userId)
    return true
  }
}
