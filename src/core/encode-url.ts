import { LineInputError } from './errors.js'

/**
 * Builds a query with percent-encoded spaces, as LINE's pages require them. Values that are `undefined` are left out.
 *
 * @param name The calling function, for the message.
 * @throws {LineInputError} if a value contains half of a surrogate pair.
 */
export function encodeQuery(
  name: string,
  query: { readonly [name: string]: string | number | boolean | undefined },
): string {
  const pairs = Object.entries(query).flatMap(([key, value]) => {
    if (value === undefined) return []
    const text = String(value)
    if (/\p{Cs}/u.test(text))
      throw new LineInputError(`${name}: ${key} contains half of a surrogate pair, which cannot be sent`)
    return `${key}=${encodeURIComponent(text)}`
  })
  return pairs.join('&')
}
