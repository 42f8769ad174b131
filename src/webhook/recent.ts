/** Remembers the values of the keys that were written last: as many as it was made for, and up to twice as many. */
export interface Recent<Value> {
  get(channel: string, key: string): Value | undefined
  set(channel: string, key: string, value: Value): void
  delete(channel: string, key: string): void
}

// By channel and by key in it: putting both into one text would cost more than all the rest.
type Generation<Value> = Map<string, Map<string, Value>>

/** Makes such a memory. It forgets by generations, so that neither its size nor the cost of a write grows with what went through it. */
export function recent<Value>(most: number): Recent<Value> {
  let young: Generation<Value> = new Map()
  let old: Generation<Value> = new Map()
  let size = 0
  return {
    get: (channel, key) => young.get(channel)?.get(key) ?? old.get(channel)?.get(key),
    set(channel, key, value) {
      if (size >= most) {
        old = young
        young = new Map()
        size = 0
      }
      let values = young.get(channel)
      if (!values) {
        values = new Map()
        young.set(channel, values)
      }
      size -= values.size
      values.set(key, value)
      size += values.size
    },
    delete(channel, key) {
      if (young.get(channel)?.delete(key)) size--
      old.get(channel)?.delete(key)
    },
  }
}
