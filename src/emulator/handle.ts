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
  return {
    get isOver() {
      return isOver
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
}

// The private fields of a handle: the lifetime of the state that it belongs to, and by its kind the state itself.
const owner = Symbol('owner')

const isAsync = (method: object) => Object.prototype.toString.call(method) === '[object AsyncFunction]'

/**
 * Creates an object that an emulator gives out: the same members, which refuse with a {@link LineInputError} from the next `reset` on.
 * A call that is waiting at that time is rejected with one.
 */
export function guard<Members extends object>({ life }: World, members: Members): Members {
  const check = () => {
    if (life.isOver) throw afterReset()
  }
  const call = (method: (...args: unknown[]) => unknown, args: unknown[]): unknown => {
    if (life.isOver && isAsync(method)) return Promise.reject(afterReset())
    check()
    const result = Reflect.apply(method, members, args)
    return result instanceof Promise ? life.untilEnd(result) : result
  }
  const guarded = {}
  for (const key of Reflect.ownKeys(members)) {
    const value: unknown = Object.getOwnPropertyDescriptor(members, key)?.value
    Object.defineProperty(
      guarded,
      key,
      typeof value === 'function'
        ? // What is read from such a property is called with what its type allows.
          { enumerable: true, value: (...args: unknown[]) => call(value as (...args: unknown[]) => unknown, args) }
        : {
            enumerable: true,
            get: () => {
              check()
              return Reflect.get(members, key)
            },
            set: (next: unknown) => {
              check()
              if (!Reflect.set(members, key, next)) throw new LineInputError(`${String(key)} cannot be set`)
            },
          },
    )
  }
  Object.defineProperty(guarded, owner, { value: life })
  return guarded as Members // it has the members of `members`
}

/**
 * Wraps data that an emulator gives out to be read and changed, such as settings, a Map or a Set. It refuses with a {@link LineInputError}
 * from the next `reset` on.
 */
export function guardData<Data extends object>({ life }: World, data: Data): Data {
  const check = () => {
    if (life.isOver) throw afterReset()
  }
  const isCollection = data instanceof Map || data instanceof Set
  const guarded: Data = new Proxy(data, {
    get(target, key) {
      check()
      const value: unknown = Reflect.get(target, key)
      // The constructor tells comparisons in tests that it is a Map or a Set.
      if (!isCollection || typeof value !== 'function' || key === 'constructor') return value
      return (...args: unknown[]) => {
        check()
        const result: unknown = Reflect.apply(value, target, args)
        return result === target ? guarded : result
      }
    },
    set(target, key, value) {
      check()
      return Reflect.set(target, key, value)
    },
    deleteProperty(target, key) {
      check()
      return Reflect.deleteProperty(target, key)
    },
    has(target, key) {
      check()
      return Reflect.has(target, key)
    },
    ownKeys(target) {
      check()
      return Reflect.ownKeys(target)
    },
  })
  return guarded
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
      const handle = Object.defineProperty(guard(world, members), key, { value: state })
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
