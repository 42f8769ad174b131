import type { Store } from 'line-oa/store'

/** A process that crashes: from one of its steps on, nothing that it does reaches the outside, and no result comes back to it. */
export interface Dying {
  readonly fetch: (send: typeof fetch) => typeof fetch
  readonly store: (store: Store) => Store
  /** Steps so far: a request, or a call of the store, and once more when it comes back. */
  readonly steps: number
  /** Resolves when it crashes. */
  readonly dead: Promise<void>
}

/** Makes a process that crashes at a step, counted from 1, before the step is done. */
export function dying(at: number): Dying {
  let steps = 0
  let die = () => {}
  const dead = new Promise<void>((done) => {
    die = done
  })
  const step = (): boolean => {
    steps += 1
    if (steps === at) die()
    return steps < at
  }
  const forever = new Promise<never>(() => {})
  const guard = async <T>(work: () => Promise<T>): Promise<T> => {
    if (!step()) return forever
    const result = await work()
    return step() ? result : forever
  }
  return {
    fetch: (send) => (url, init) => guard(() => send(url, init)),
    store: (store) => ({
      get: (key) => guard(() => store.get(key)),
      set: (key, value, ttl) => guard(() => store.set(key, value, ttl)),
      add: (key, value, ttl) => guard(() => store.add(key, value, ttl)),
      delete: (key, expected) => guard(() => store.delete(key, expected)),
      replace: (key, expected, value, ttl) => guard(() => store.replace(key, expected, value, ttl)),
    }),
    get steps() {
      return steps
    },
    dead,
  }
}
