import { LineInputError } from '../core/errors.js'

const hidden = '[secret]'

/**
 * A channel secret, token or private key that is hidden from logs.
 *
 * `JSON.stringify`, `console.log`, `util.inspect`, template strings and `String()` show `[secret]`; `Object.keys` and `structuredClone` show nothing.
 * Only {@link Secret.reveal} returns the value.
 */
export class Secret {
  readonly #text: string

  /** @throws {LineInputError} when the value is not a string, is empty, or is the `[secret]` that another secret shows. */
  constructor(text: string) {
    if (typeof text !== 'string' || text === '') throw new LineInputError('A secret must be a non-empty string')
    // JSON.stringify turned another secret into this; accepting it would fail much later.
    if (text === hidden)
      throw new LineInputError(
        `"${hidden}" is not a secret, but what a hidden secret shows; use reveal() to store or send its value`,
      )
    this.#text = text
    // Not a method of the class: a computed name there prevents bundlers from removing the class.
    Object.defineProperty(this, Symbol.for('nodejs.util.inspect.custom'), { value: () => hidden })
  }

  /** Wraps a string in a secret. A secret is returned unchanged. */
  static of(text: string | Secret): Secret {
    return isSecret(text) ? text : new Secret(text)
  }

  /** Returns the value. */
  reveal(): string {
    return this.#text
  }

  toString(): string {
    return hidden
  }

  toJSON(): string {
    return hidden
  }
}

/** Tells whether a value is a {@link Secret}, also one of another copy of the package, for which `instanceof` fails. */
export function isSecret(value: unknown): value is Secret {
  return typeof value === 'object' && value !== null && 'reveal' in value && typeof value.reveal === 'function'
}
