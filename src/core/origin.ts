import { LineInputError } from './errors.js'

const loopback = /^(?:(?:[\w.-]{1,253}\.)?localhost|127(?:\.\d{1,3}){3}|\[::1\])$/

/**
 * Reads the origin that replaces LINE's hosts.
 *
 * @throws {LineInputError} if it is not an http(s) URL, has a user name, a password, a query or a hash, or is http for another machine without `allowInsecure`.
 */
export function readOrigin(baseUrl: unknown, allowInsecure = false): string {
  const refuse = (allowed: string) => new LineInputError(`baseUrl must be ${allowed}`)
  // "localhost:3000" is a URL too, of the scheme "localhost". The caps keep both the pattern and the loop short.
  if (typeof baseUrl !== 'string' || !/^https?:\/\/[^\s?#@]{1,2000}$/.test(baseUrl) || !URL.canParse(baseUrl))
    throw refuse('an http(s) origin such as https://api.example.com, without query, hash or credentials')
  const { protocol, hostname } = new URL(baseUrl)
  if (protocol === 'http:' && !allowInsecure && !loopback.test(hostname))
    throw refuse('https, because http shows the tokens to everyone on the way; set allowInsecure to allow it')
  let origin = baseUrl
  while (origin.endsWith('/')) origin = origin.slice(0, -1)
  return origin
}
