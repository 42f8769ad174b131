import { LineInputError } from '../core/errors.js'

const hidden = '[secret]'

/**
 * A channel secret, token or private key that is hidden from logs.
 *
 * `JSON.stringify`, `console.log`, `util.inspect`, template strings and `String()` show `[secret]`, and `Object.keys` and `structuredClone` show no fields.
 * Only {@link Secret.reveal} returns the value.
 */
export class Secret {
  readonly #text: string

  /** @throws {LineInputError} when the value is not a string, is empty, or is `[secret]`, the placeholder that a secret prints. */
  constructor(text: string) {
    if (typeof text !== 'string' || text === '') throw new LineInputError('A secret must be a non-empty string')
    // JSON.stringify turned another secret into this; accepting it would fail much later.
    if (text === hidden)
      throw new LineInputError(
        `The value is "${hidden}", the placeholder that a Secret prints instead of its value; use reveal() to store or send the value`,
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

/** Returns whether a value is a {@link Secret}, even one of another copy of the package, for which `instanceof` fails. */
export function isSecret(value: unknown): value is Secret {
  return typeof value === 'object' && value !== null && 'reveal' in value && typeof value.reveal === 'function'
}
