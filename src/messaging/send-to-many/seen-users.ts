import { userIdPattern } from '../../core/ids.js'

const partitions = 256
const words = 4 // 128 bits
const initialSize = 16
const growth = 1.2
const maxLoad = 0.9

// The finalizer of MurmurHash3: every input bit changes half of the output bits on average.
function mix(hash: number): number {
  let mixed = hash
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b)
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35)
  return (mixed ^ (mixed >>> 16)) >>> 0
}

const digit = (code: number): number => (code < 58 ? code - 48 : code - 87)

/** Reads 8 hex digits of a string as a 32-bit number. */
function word(text: string, at: number): number {
  let value = 0
  for (let index = at; index < at + 8; index++) value = (value << 4) | digit(text.charCodeAt(index))
  return value >>> 0
}

/** A hash table of 128-bit numbers with open addressing and linear probing. A slot of zeros is free. */
class Table {
  #slots = new Uint32Array(initialSize * words)
  #count = 0

  /** Adds a nonzero number, if it is to be kept. Returns whether it is new. */
  add(isKept: boolean, hash: number, a: number, b: number, c: number, d: number): boolean {
    const at = this.#find(hash, a, b, c, d)
    if (this.#isTaken(at)) return false
    if (!isKept) return true
    this.#put(at, a, b, c, d)
    this.#count += 1
    if (this.#count > (this.#slots.length / words) * maxLoad) this.#grow()
    return true
  }

  get bytes(): number {
    return this.#slots.byteLength
  }

  #isTaken(at: number): boolean {
    const slots = this.#slots
    return (slots[at] || slots[at + 1] || slots[at + 2] || slots[at + 3]) !== 0
  }

  #put(at: number, a: number, b: number, c: number, d: number): void {
    const slots = this.#slots
    slots[at] = a
    slots[at + 1] = b
    slots[at + 2] = c
    slots[at + 3] = d
  }

  #find(hash: number, a: number, b: number, c: number, d: number): number {
    const slots = this.#slots
    const size = slots.length / words
    // The upper 8 bits select the table, so the slot comes from the other 24.
    let at = Math.floor(((hash & 0xffffff) * size) / 0x1000000) * words
    while (
      this.#isTaken(at) &&
      !(slots[at] === a && slots[at + 1] === b && slots[at + 2] === c && slots[at + 3] === d)
    ) {
      at += words
      if (at === slots.length) at = 0
    }
    return at
  }

  #grow(): void {
    const old = this.#slots
    this.#slots = new Uint32Array(Math.ceil((old.length / words) * growth) * words)
    for (let at = 0; at < old.length; at += words) {
      const a = old[at] ?? 0
      const b = old[at + 1] ?? 0
      const c = old[at + 2] ?? 0
      const d = old[at + 3] ?? 0
      if (a || b || c || d) this.#put(this.#find(hashOf(a, b, c, d), a, b, c, d), a, b, c, d)
    }
    // Frees the memory at once. To the garbage collector an old table is a small object, so six times as much would
    // pile up.
    const buffer: object & { transfer?: (length: number) => unknown } = old.buffer // ES2024, which some runtimes and these types do not have
    buffer.transfer?.(0)
  }
}

function hashOf(a: number, b: number, c: number, d: number): number {
  return mix(a ^ mix(b ^ mix(c ^ mix(d))))
}

/**
 * An exact set of user IDs. An ID takes 16 bytes, or 18 to 22 with the free slots of the tables.
 *
 * The set consists of 256 tables that grow by 20 % one at a time, so growing never doubles the memory. IDs in
 * another format (such as `LU…` of modules) go into a `Set`, at about 100 bytes each.
 */
export class SeenUsers {
  readonly #tables: readonly Table[] = Array.from({ length: partitions }, () => new Table())
  readonly #others = new Set<string>()
  readonly #limit: number
  #count = 0

  constructor(limit: number) {
    this.#limit = limit
  }

  /** Whether no further ID is remembered. */
  get isFull(): boolean {
    return this.#count >= this.#limit
  }

  /** Adds an ID, unless the set is full. Returns whether it is new. */
  add(userId: string): boolean {
    const isNew = this.#add(userId)
    if (isNew && !this.isFull) this.#count++
    return isNew
  }

  #add(userId: string): boolean {
    if (!userIdPattern.test(userId)) return this.#addOther(userId)
    const a = word(userId, 1)
    const b = word(userId, 9)
    const c = word(userId, 17)
    const d = word(userId, 25)
    // Zeros mark a free slot in the tables.
    if ((a | b | c | d) === 0) return this.#addOther(userId)
    const hash = hashOf(a, b, c, d)
    return this.#tables[hash >>> 24]?.add(!this.isFull, hash, a, b, c, d) ?? false
  }

  /** Size of the tables, in bytes. */
  get bytes(): number {
    return this.#tables.reduce((sum, table) => sum + table.bytes, 0)
  }

  #addOther(userId: string): boolean {
    if (this.#others.has(userId)) return false
    if (!this.isFull) this.#others.add(userId)
    return true
  }
}
