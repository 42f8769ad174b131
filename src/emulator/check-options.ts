import { LineInputError } from '../core/errors.js'

const kinds = {
  text: { name: 'a string', is: (value: unknown) => typeof value === 'string' },
  list: { name: 'an array', is: Array.isArray },
} as const

/**
 * Checks the options of a method where another type would cause an error far from the call, which plain JavaScript can pass.
 *
 * @param required the options that must be given, with their types.
 * @throws {LineInputError}
 */
export function checkOptions<Options extends object>(
  method: string,
  options: Options,
  required: { readonly [name in keyof Options & string]?: keyof typeof kinds } = {},
): void {
  if (typeof options !== 'object' || options === null) throw new LineInputError(`${method}: options must be an object`)
  for (const name of Object.keys(required) as (keyof Options & string)[]) {
    const kind = required[name] // only such names are in it
    if (kind && !kinds[kind].is(options[name]))
      throw new LineInputError(`${method}: ${name} must be ${kinds[kind].name}`)
  }
}
