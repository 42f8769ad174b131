import { LineInputError } from '../core/errors.js'

const kinds = {
  text: { name: 'a string', is: (value: unknown) => typeof value === 'string' },
  // Plain JavaScript may leave a name out, where the test does not look at it.
  name: { name: 'a string', is: (value: unknown) => value === undefined || typeof value === 'string' },
  list: { name: 'an array', is: Array.isArray },
} as const

/**
 * Checks the options of a method where another type would cause an error far from the call, which plain JavaScript can pass.
 *
 * @param checked the options that are checked, with their types. Only a name may be left out.
 * @throws {LineInputError}
 */
export function checkOptions<Options extends object>(
  method: string,
  options: Options,
  checked: { readonly [name in keyof Options & string]?: keyof typeof kinds } = {},
): void {
  if (typeof options !== 'object' || options === null) throw new LineInputError(`${method}: options must be an object`)
  for (const name of Object.keys(checked) as (keyof Options & string)[]) {
    const kind = checked[name] // only such names are in it
    if (kind && !kinds[kind].is(options[name]))
      throw new LineInputError(`${method}: ${name} must be ${kinds[kind].name}`)
  }
}
