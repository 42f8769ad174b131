import { LineInputError } from '../core/errors.js'
import type { Owner, World } from './world.js'

/** How long the state of an emulator is in use: from `createEmulator` or `reset` to the next `reset`. */
export interface Lifetime {
  readonly isOver: boolean
  /**
   * Waits for work, but not longer than the state is in use.
   *
   * @param reason what the wait is rejected with when the state ends. Default: a {@link LineInputError}.
   */
  untilEnd<T>(work: Promise<T>, reason?: () => Error): Promise<T>
  /** Registers what to close at the end, and returns a function that takes it back. */
  onEnd(close: () => void): () => void
  /** Ends it: closes everything that is registered. */
  end(): void
  /** Guards the objects that are given out in this time. */
  readonly guard: ProxyHandler<object>
}

const afterReset = () =>
  new LineInputError('This object was created before emulator.reset() and can no longer be used; create a new one')

/** Starts the lifetime of a state. */
export function createLifetime(): Lifetime {
  const closers = new Set<() => void>()
  let isOver = false
  const onEnd = (close: () => void) => {
    closers.add(close)
    return () => void closers.delete(close)
  }
  const life: Lifetime = {
    get isOver() {
      return isOver
    },
    get guard() {
      return guarding
    },
    onEnd,
    untilEnd<T>(work: Promise<T>, reason: () => Error = () => new LineInputError('emulator.reset() ended this call')) {
      const waiting = new Promise<T>((resolve, reject) => {
        const withdraw = onEnd(() => {
          // A caller that does not wait for the result must not end the process with an unhandled rejection.
          waiting.catch(() => {})
          reject(reason())
        })
        work.then(resolve, reject).finally(withdraw)
      })
      return waiting
    },
    end: () => {
      isOver = true
      const all = [...closers]
      closers.clear()
      for (const close of all) close()
    },
  }
  const guarding = createGuard(life)
  return life
}

// A guarded object answers with its lifetime under this key.
const owner = Symbol('owner')

/** Returns whether a function is declared `async`. */
export function isAsync(method: object): boolean {
  return Object.prototype.toString.call(method) === '[object AsyncFunction]'
}

const isCollection = (target: object) => target instanceof Map || target instanceof Set

// What every object has stays open: promises look for `then`, and comparisons for the constructor. Other symbols are private keys.
function isGuarded(target: object, key: string | symbol): boolean {
  if (typeof key === 'symbol' && key !== Symbol.iterator) return false
  return isCollection(target) ? key in target && key !== 'constructor' : Object.hasOwn(target, key)
}

/** Creates what guards all objects of one lifetime. One for all of them makes a new object cheap. */
function createGuard(life: Lifetime): ProxyHandler<object> {
  const check = () => {
    if (life.isOver) throw afterReset()
  }
  const call = (target: object, method: (...args: unknown[]) => unknown, args: unknown[]): unknown => {
    if (life.isOver && isAsync(method)) return Promise.reject(afterReset())
    check()
    const result: unknown = Reflect.apply(method, target, args)
    return result instanceof Promise ? life.untilEnd(result) : result
  }
  return {
    get(target, key, guarded) {
      if (key === owner) return life
      if (!isGuarded(target, key)) return Reflect.get(target, key)
      const value: unknown = Reflect.get(target, key)
      if (typeof value !== 'function') {
        check()
        return value
      }
      // What is read from such a property is called with what its type allows.
      const method = value as (...args: unknown[]) => unknown
      return (...args: unknown[]) => {
        const result = call(target, method, args)
        return result === target ? guarded : result
      }
    },
    set(target, key, value) {
      check()
      const isMethod = isGuarded(target, key) && typeof Reflect.get(target, key) === 'function'
      if (isMethod || !Reflect.set(target, key, value)) throw new LineInputError(`${String(key)} cannot be set`)
      return true
    },
    deleteProperty(target, key) {
      check()
      return Reflect.deleteProperty(target, key)
    },
  }
}

/**
 * Creates an object that an emulator gives out: the same members, which refuse with a {@link LineInputError} from the next `reset` on.
 * A call that is waiting at that time is rejected with one. Data that can be changed, such as settings, a Map or a Set, is guarded likewise.
 */
export function guard<Members extends object>({ life }: World, members: Members): Members {
  return new Proxy(members, life.guard) as Members // it has the members of `members`
}

const foreign = (what: string) => new LineInputError(`This ${what} was not created by an emulator`)

/**
 * Refuses an object that another emulator gave out, or this one before its last `reset`, and what is not an object. Plain objects pass.
 *
 * @throws {LineInputError}
 */
export function checkOwner({ life }: World, what: string, given: unknown): asserts given is object {
  if (typeof given !== 'object' || given === null) throw foreign(what)
  const found: unknown = Reflect.get(given, owner)
  if (found !== undefined && found !== life)
    throw new LineInputError(`This ${what} belongs to another emulator, or was created before emulator.reset()`)
}

/** A kind of handle: an object that an emulator gives out and takes back as an argument. */
export interface HandleKind<Handle extends object, State extends Owner> {
  /** Creates the handle of a state, whose members are guarded. */
  create<Made extends Handle>(world: World, state: State, members: Made): Made
  /** The handle of a state, if it has one. */
  handleOf(state: State): Handle | undefined
  /**
   * The state behind a handle.
   *
   * @throws {LineInputError} when another emulator made the handle, or this one before its last `reset`.
   */
  stateBehind(world: World, handle: unknown): State
}

/** Declares a kind of handle, such as `account`. */
export function handleKind<Handle extends object, State extends Owner>(what: string): HandleKind<Handle, State> {
  const key = Symbol(what)
  return {
    create: (world, state, members) => {
      Object.defineProperty(members, key, { value: state })
      const handle = guard(world, members)
      state.topics.set(key, handle)
      return handle
    },
    handleOf: (state) => state.topics.get(key) as Handle | undefined, // `create` alone writes there
    stateBehind: (world, handle) => {
      checkOwner(world, what, handle)
      const state: unknown = Reflect.get(handle, key)
      if (!state) throw foreign(what)
      return state as State // `create` alone writes there
    },
  }
}
