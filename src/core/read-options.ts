import { LineInputError } from './errors.js'
import { property } from './property.js'

/** The kinds of values that an option can have: `with now setTimeout` is an object that has both methods. */
export type OptionKind = 'function' | 'milliseconds' | 'boolean' | 'string' | 'object' | 'array' | `with ${string}`

const words: { readonly [kind: string]: string } = {
  function: 'a function',
  milliseconds: 'a number of milliseconds above 0',
  boolean: 'true or false',
  string: 'a string',
  object: 'an object',
  array: 'an array',
}

const fits = (value: unknown, kind: OptionKind): boolean => {
  if (kind === 'milliseconds') return typeof value === 'number' && value > 0
  if (kind === 'array') return Array.isArray(value)
  if (kind === 'object') return typeof value === 'object' && value !== null
  const [first, ...methods] = kind.split(' ')
  if (first === 'with') return methods.every((name) => typeof property(value, name) === 'function')
  return typeof value === kind
}

/**
 * Checks options that a caller without types can get wrong. An option that is `undefined` is not checked.
 *
 * @param name The calling function, for the message.
 * @throws {LineInputError} with the name of the option.
 */
export function checkOptions(
  name: string,
  options: unknown,
  kinds: { readonly [option: string]: OptionKind },
): asserts options is object {
  if (typeof options !== 'object' || options === null)
    throw new LineInputError(`${name}: the options must be an object`)
  for (const option in kinds) {
    const value: unknown = Reflect.get(options, option)
    const kind = kinds[option]
    if (value === undefined || !kind || fits(value, kind)) continue
    const methods = `an object with ${kind.slice(5).replaceAll(' ', '(), ')}()`
    throw new LineInputError(`${name}: ${option} must be ${words[kind] ?? methods}`)
  }
}
