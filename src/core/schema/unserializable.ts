type Path = readonly (string | number)[]

/** What is in a value that JSON cannot carry, or not as it stands. */
export interface Unsendable {
  readonly path: Path
  readonly allowed: string
  readonly found: string
  /** Whether nobody may look further into what stands there. */
  readonly closed: boolean
}

// No message that LINE takes comes near: a bubble of 30 KB that is nothing but boxes in boxes has some thousand levels, and people see a dozen.
const deepest = 500

/** How many such things are listed at most. Whoever has so many has a mistake of another kind. */
export const enough = 100

// LINE takes bodies of 2 MB, and every value takes 2 bytes at least.
const most = 1024 * 1024

const foreign: { readonly [type: string]: string } = {
  bigint: 'a BigInt',
  function: 'a function',
  symbol: 'a symbol',
  undefined: 'undefined',
}

/**
 * Lists what JSON cannot carry in a value that is to become JSON: cycles, BigInts, functions, symbols, numbers that are none, gaps in lists, dates
 * and other objects that write themselves. What is `undefined` in an object is left out, which is fine.
 *
 * It ends for every value: it looks 500 levels deep, at a million values, and until it has found {@link enough}.
 */
export function listUnsendable(value: unknown): readonly Unsendable[] {
  const list: Unsendable[] = []
  const around = new Set<object>()
  const deep = new Set<string>()
  const path: (string | number)[] = []
  let looked = 0

  const add = (allowed: string, found: string, closed = false) => list.push({ path: [...path], allowed, found, closed })

  // The place of what lies so deep says nothing; the place where it begins does.
  const addDeep = () => {
    const place = path.slice(0, 2)
    if (deep.has(place.join())) return
    deep.add(place.join())
    list.push({ path: place, allowed: 'a value of reasonable depth', found: 'nested too deeply', closed: true })
  }

  const lookInside = (object: object): void => {
    if (around.has(object)) add('data without cycles', 'an object that it is a part of', true)
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
      if (one !== undefined || inList) add('a value that JSON has', foreign[typeof one] ?? typeof one)
    } else if (!Number.isFinite(one)) add('a finite number', String(one))
    path.pop()
  }

  if (typeof value === 'object' && value !== null) lookInside(value)
  return looked > most ? [{ path: [], allowed: 'at most 2 MB of JSON', found: 'more', closed: true }] : list
}

/** Copies a value as far as a place in it, and leaves out what stands there. */
export function without(value: unknown, [key, ...rest]: Path): unknown {
  if (key === undefined || typeof value !== 'object' || value === null) return undefined
  const copy: object = Array.isArray(value) ? [...value] : { ...value }
  Reflect.set(copy, key, without(Reflect.get(copy, key), rest))
  return copy
}
