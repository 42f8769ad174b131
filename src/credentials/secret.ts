import { LineInputError } from '../core/errors.js'

const hidden = '[secret]'

/**
 * A channel secret, token or private key that does not show itself.
 *
 * `JSON.stringify`, `console.log`, `util.inspect`, template strings and `String()` give `[secret]`, `Object.keys` and `structuredClone` give nothing.
 * Only {@link Secret.reveal} gives the text.
 */
export class Secret {
  readonly #text: string

  /** @throws {LineInputError} when it is not a text, is empty, or is the `[secret]` that another secret showed. */
  constructor(text: string) {
    if (typeof text !== 'string' || text === '') throw new LineInputError('A secret is a text that is not empty')
    // What JSON.stringify left of another secret; taken for a secret it would fail far from here.
    if (text === hidden)
      throw new LineInputError(`"${hidden}" is what a hidden secret shows; use reveal() to store or send its text`)
    this.#text = text
    // Not a method of the class: a computed name there would keep bundlers from leaving the class out.
    Object.defineProperty(this, Symbol.for('nodejs.util.inspect.custom'), { value: () => hidden })
  }

  /** Makes a secret of a text; a secret is given back as it is. */
  static of(text: string | Secret): Secret {
    return isSecret(text) ? text : new Secret(text)
  }

  /** Gets the text. */
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

/** Tells whether a value is a {@link Secret}, be it of another copy of the package, whose objects fail `instanceof`. */
export function isSecret(value: unknown): value is Secret {
  return typeof value === 'object' && value !== null && 'reveal' in value && typeof value.reveal === 'function'
}
