const then = Promise.prototype.then

const ignore = (): void => {}

/**
 * A promise that knows whether anything waits for its result. `await` calls `then` of a subclass, and so do `Promise.all` and a returned promise.
 * The promises that `then`, `catch` and `finally` return are tracked as well, because a rejection moves on to them.
 */
class TrackedPromise<Value> extends Promise<Value> {
  // Promises that the language derives internally are plain, otherwise each derived promise would derive another one.
  static override get [Symbol.species](): PromiseConstructor {
    return Promise
  }

  readonly #calls: PendingCalls
  isAwaited = false

  constructor(source: Promise<Value>, calls: PendingCalls) {
    super((resolve) => resolve(source))
    this.#calls = calls
  }

  // biome-ignore lint/suspicious/noThenProperty: a subclass of Promise learns in `then` that something waits for it
  override then<Ok = Value, Failed = never>(
    onFulfilled?: ((value: Value) => Ok | PromiseLike<Ok>) | null,
    onRejected?: ((reason: unknown) => Failed | PromiseLike<Failed>) | null,
  ): Promise<Ok | Failed> {
    this.isAwaited = true
    return this.#calls.track(super.then(onFulfilled, onRejected))
  }
}

/** The function that makes the calls: a handler or a middleware. */
type Caller = object

/** A call that its caller did not wait for. */
export interface ForgottenCall {
  /** The handler or middleware that made it. */
  readonly caller: Caller
  /** The name of the function that was called, such as `reply`. */
  readonly name: string
}

/**
 * The promises that the context of one event gave out. The event waits for all of them, and a rejection that nothing handles belongs to the event
 * instead of ending the process.
 */
export class PendingCalls {
  readonly #pending = new Set<Promise<unknown>>()
  readonly #calls: (ForgottenCall & { readonly promise: TrackedPromise<unknown> })[] = []
  readonly #rejected: { readonly error: unknown; readonly promise: TrackedPromise<unknown> }[] = []

  /** The handler or middleware that is running. */
  caller: Caller | undefined

  /** Tracks a promise. One with a name is a call, which the caller should wait for. */
  track<Value>(source: Promise<Value>, name?: string): Promise<Value> {
    const promise = new TrackedPromise(source, this)
    // This handler also keeps the runtime from treating a rejection as unhandled.
    const settled: Promise<unknown> = then.call(promise, ignore, (error) => {
      this.#rejected.push({ error, promise })
    })
    this.#pending.add(settled)
    then.call(settled, () => this.#pending.delete(settled))
    if (name && this.caller) this.#calls.push({ caller: this.caller, name, promise })
    return promise
  }

  /** The calls that nothing waits for. */
  forgotten(): readonly ForgottenCall[] {
    return this.#calls.filter(({ promise }) => !promise.isAwaited)
  }

  /** Waits for all promises, including those that are added meanwhile, and returns the errors that nothing handled. */
  async settle(): Promise<readonly unknown[]> {
    while (this.#pending.size) await Promise.all(this.#pending)
    return this.#rejected.flatMap(({ error, promise }) => (promise.isAwaited ? [] : [error]))
  }
}
