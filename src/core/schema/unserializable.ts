type Path = readonly (string | number)[]

/** A part of a value that JSON cannot represent. */
export interface Unserializable {
  readonly path: Path
  readonly allowed: string
  readonly found: string
  /** Whether the part must not be visited further. */
  readonly closed: boolean
}

// No real message reaches this depth: a bubble has about a dozen levels, and only 30 KB of nested empty boxes would reach a thousand.
const deepest = 500

/** Maximum number of parts that are listed. */
export const enough = 100

// LINE accepts bodies of 2 MB, and every value takes at least 2 bytes.
const most = 1024 * 1024

const foreign: { readonly [type: string]: string } = {
  bigint: 'a BigInt',
  function: 'a function',
  symbol: 'a symbol',
  undefined: 'undefined',
}

/**
 * Lists the parts of a value that JSON cannot represent: cycles, BigInts, functions, symbols, NaN and infinite numbers, gaps in arrays, dates
 * and other objects with toJSON. `undefined` members of an object are allowed, because JSON omits them.
 *
 * It terminates for every value: it visits at most 500 levels and a million values, and stops after {@link enough} parts.
 */
export function listUnserializable(value: unknown): readonly Unserializable[] {
  const list: Unserializable[] = []
  const around = new Set<object>()
  const deep = new Set<string>()
  const path: (string | number)[] = []
  let looked = 0

  const add = (allowed: string, found: string, closed = false) => list.push({ path: [...path], allowed, found, closed })

  // The full path of a deeply nested value is not useful, so only its beginning is reported.
  const addDeep = () => {
    const place = path.slice(0, 2)
    if (deep.has(place.join())) return
    deep.add(place.join())
    list.push({
      path: place,
      allowed: 'a value with at most 500 levels of nesting',
      found: 'nested too deeply',
      closed: true,
    })
  }

  const lookInside = (object: object): void => {
    if (around.has(object)) add('a value without cycles', 'an object that contains itself', true)
    else if (around.size >= deepest) addDeep()
    else if (object instanceof Date) add('plain data', 'a Date')
    else if (typeof Reflect.get(object, 'toJSON') === 'function') add('plain data', 'an object with toJSON')
    else {
      around.add(object)
      if (Array.isArray(object))
        for (let at = 0; at < object.length && looked <= most && list.length < enough; at++) look(at, object[at], true)
      else for (const name of Object.keys(object)) look(name, Reflect.get(object, name), false)
      around.delete(object)
    }
  }

  const look = (key: string | number, one: unknown, inList: boolean): void => {
    if (looked++ > most || list.length >= enough || typeof one === 'string' || typeof one === 'boolean' || one === null)
      return
    path.push(key)
    if (typeof one === 'object') lookInside(one)
    else if (typeof one !== 'number') {
      if (one !== undefined || inList) add('a value that JSON supports', foreign[typeof one] ?? typeof one)
    } else if (!Number.isFinite(one)) add('a finite number', String(one))
    path.pop()
  }

  if (typeof value === 'object' && value !== null) lookInside(value)
  return looked > most ? [{ path: [], allowed: 'at most 2 MB of JSON', found: 'more', closed: true }] : list
}

/** Copies a value without the part at a path. */
export function without(value: unknown, [key, ...rest]: Path): unknown {
  if (key === undefined || typeof value !== 'object' || value === null) return undefined
  const copy: object = Array.isArray(value) ? [...value] : { ...value }
  Reflect.set(copy, key, without(Reflect.get(copy, key), rest))
  return copy
}
