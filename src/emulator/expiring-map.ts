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

  /** The entry under a key, as long as it can be used. */
  get(key: string, now: number): Value | undefined {
    const value = this.#entries.get(key)
    if (value === undefined || !this.#isOver(value, now)) return value
    // All others too, so that `onDrop` is told of them in the order in which they were added.
    this.entries(now)
    return undefined
  }

  /** Returns whether a key is in use, whether or not its entry is over. */
  has(key: string): boolean {
    return this.#entries.has(key)
  }

  /** All entries that can be used, in the order in which they were added. */
  entries(now: number): readonly (readonly [key: string, value: Value])[] {
    const usable = [...this.#entries].filter(([key, value]) => {
      if (!this.#isOver(value, now)) return true
      this.#entries.delete(key)
      this.#onDrop(key, value)
      return false
    })
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

/** How many entries a {@link BoundedMap} holds: what the emulator remembers of one kind of thing that has ended. */
const most = 1000

/** A map that drops its oldest entries when it has more than 1,000, or another limit. An entry that is set again is the newest. */
export class BoundedMap<Value> extends Map<string, Value> {
  // Kept from one entry to the next, because a new iterator skips all entries that were deleted.
  #oldest: Iterator<string> | undefined

  override set(key: string, value: Value): this {
    return this.keep(key, value, most)
  }

  /** Sets an entry of a map that holds `limit` entries. */
  keep(key: string, value: Value, limit: number): this {
    this.delete(key)
    super.set(key, value)
    while (this.size > limit) {
      this.#oldest ??= this.keys()
      const { done, value: oldest } = this.#oldest.next()
      if (done) this.#oldest = undefined
      else this.delete(oldest)
    }
    return this
  }
}

/** Links, each of which works once. Of one that was used or has expired, only that is kept, and only for the last 1,000. */
export class SingleUseLinks<Value extends object> {
  readonly #open: ExpiringMap<{ readonly value: Value; readonly endsAt: number }>
  readonly #ended = new BoundedMap<'used' | 'expired'>()

  /** @param isGone whether what a link leads to no longer exists. Such a link is dropped, and is unknown from then on. */
  constructor(isGone: (value: Value) => boolean) {
    this.#open = new ExpiringMap(
      ({ value, endsAt }, now) => now >= endsAt || isGone(value),
      (url, { value }) => {
        if (!isGone(value)) this.#ended.set(url, 'expired')
      },
    )
  }

  /** Adds a link that can be used until `endsAt`, in milliseconds since 1970. */
  add(url: string, value: Value, now: number, endsAt: number): void {
    this.#open.set(url, { value, endsAt }, now)
  }

  /** What a link leads to, or why it can no longer be used; `undefined` when it is unknown. */
  find(url: string, now: number): Value | 'used' | 'expired' | undefined {
    return this.#open.get(url, now)?.value ?? this.#ended.get(url)
  }

  /** Uses a link up. */
  use(url: string): void {
    this.#open.delete(url)
    this.#ended.set(url, 'used')
  }
}
