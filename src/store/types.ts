/**
 * Where the SDK keeps what must outlive a call or be shared between processes: tokens, leases of webhook events, checkpoints.
 *
 * Values are text. A time to live is in milliseconds; an entry past it does not exist any more.
 * Every method is atomic: of two calls at the same time one sees the other's effect whole or not at all.
 */
export interface Store {
  /** Gets the value, or `undefined` when there is none. */
  get(key: string): Promise<string | undefined>
  /** Puts a value, whatever stood there before. Without `ttl` it stays until it is deleted. */
  set(key: string, value: string, ttl?: number): Promise<void>
  /** Puts a value where there is none, and says whether it did. */
  add(key: string, value: string, ttl?: number): Promise<boolean>
  /** Takes the entry away, with `expected` only while it holds that value, and says whether it did. */
  delete(key: string, expected?: string): Promise<boolean>
  /** Puts a value where `expected` stands, and says whether it did. The entry lives for `ttl` from then on. */
  replace(key: string, expected: string, value: string, ttl?: number): Promise<boolean>
}
