import { LineInputError } from '../core/errors.js'

const kinds = {
  text: { name: 'a string', is: (value: unknown) => typeof value === 'string' },
  // Plain JavaScript may leave a name out, where the test does not look at it.
  name: { name: 'a string', is: (value: unknown) => value === undefined || typeof value === 'string' },
  list: { name: 'an array', is: Array.isArray },
  number: { name: 'a number', is: (value: unknown) => typeof value === 'number' },
} as const

/**
 * Checks the options of a method where another type would cause an error far from the call, which plain JavaScript can pass.
 *
 * @param checked the options that are checked, with their types. Only a name may be left out, and what `optional` has.
 * @throws {LineInputError}
 */
export function checkOptions<Options extends object>(
  method: string,
  options: Options,
  checked: { readonly [name in keyof Options & string]?: keyof typeof kinds } = {},
  optional: { readonly [name in keyof Options & string]?: keyof typeof kinds } = {},
): void {
  if (typeof options !== 'object' || options === null) throw new LineInputError(`${method}: options must be an object`)
  for (const table of [checked, optional]) {
    for (const name of Object.keys(table) as (keyof Options & string)[]) {
      const kind = table[name] // only such names are in it
      if (!kind || kinds[kind].is(options[name]) || (table === optional && options[name] === undefined)) continue
      throw new LineInputError(`${method}: ${name} must be ${kinds[kind].name}`)
    }
  }
}

/**
 * Checks a parameter that must be a string, before a message quotes it.
 *
 * @throws {LineInputError}
 */
export function checkText(method: string, name: string, value: unknown): asserts value is string {
  if (typeof value !== 'string') throw new LineInputError(`${method}: ${name} must be a string`)
}

/**
 * Reads a URL.
 *
 * @returns `undefined` if the value is not an absolute URL.
 */
export function readUrl(value: unknown): URL | undefined {
  return (typeof value === 'string' && URL.canParse(value)) || value instanceof URL ? new URL(value) : undefined
}
