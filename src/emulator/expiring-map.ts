// The size below which a map is not swept.
const smallest = 64

/**
 * A map that drops entries that can no longer be used, at the latest when its size has doubled since the last sweep.
 * It sets no timers, because a token may be valid for months.
 */
export class ExpiringMap<Value> {
  readonly #entries = new Map<string, Value>()
  readonly #isOver: (value: Value, now: number) => boolean
  readonly #onDrop: (key: string, value: Value) => void
  #sweepAt = smallest

  /**
   * @param isOver whether an entry can no longer be used at a time, in milliseconds since 1970.
   * @param onDrop is told of each entry that is dropped because it is over.
   */
  constructor(isOver: (value: Value, now: number) => boolean, onDrop: (key: string, value: Value) => void = () => {}) {
    this.#isOver = isOver
    this.#onDrop = onDrop
  }

  #check(key: string, value: Value, now: number): boolean {
    if (!this.#isOver(value, now)) return true
    this.#entries.delete(key)
    this.#onDrop(key, value)
    return false
  }

  /** The entry under a key, as long as it can be used. */
  get(key: string, now: number): Value | undefined {
    const value = this.#entries.get(key)
    return value !== undefined && this.#check(key, value, now) ? value : undefined
  }

  /** Returns whether a key is in use, whether or not its entry is over. */
  has(key: string): boolean {
    return this.#entries.has(key)
  }

  /** All entries that can be used, in the order in which they were added. */
  entries(now: number): readonly (readonly [key: string, value: Value])[] {
    const usable = [...this.#entries].filter(([key, value]) => this.#check(key, value, now))
    this.#sweepAt = Math.max(smallest, 2 * usable.length)
    return usable
  }

  set(key: string, value: Value, now: number): void {
    if (this.#entries.size >= this.#sweepAt) this.entries(now)
    this.#entries.set(key, value)
  }

  delete(key: string): void {
    this.#entries.delete(key)
  }

  clear(): void {
    this.#entries.clear()
  }
}
