/**
 * Stores what must outlive a call or be shared between processes: tokens, leases of webhook events, checkpoints.
 *
 * Values are strings. `ttl` is a time to live, in milliseconds; after it, the entry no longer exists.
 * Every method is atomic: of two concurrent calls, one sees the whole effect of the other or none of it.
 */
export interface Store {
  /** Gets the value of a key, or `undefined` if there is no entry. */
  get(key: string): Promise<string | undefined>
  /** Sets the value of a key, and replaces an existing entry. Without `ttl`, the entry stays until it is deleted. */
  set(key: string, value: string, ttl?: number): Promise<void>
  /** Sets the value of a key only if there is no entry. Returns whether it did. Without `ttl`, the entry stays until it is deleted. */
  add(key: string, value: string, ttl?: number): Promise<boolean>
  /** Deletes the entry of a key; with `expected`, only if it has that value. Returns whether it did. */
  delete(key: string, expected?: string): Promise<boolean>
  /** Replaces the value `expected` of a key with another one. Returns whether it did. The new `ttl` starts now; without it, the entry stays until it is deleted. */
  replace(key: string, expected: string, value: string, ttl?: number): Promise<boolean>
}
