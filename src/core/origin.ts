import { LineInputError } from './errors.js'

/** Removes a character from the end of a text. A regular expression would take quadratic time on a long run of it. */
export function trimEnd(text: string, character: string): string {
  let end = text.length
  while (end > 0 && text[end - 1] === character) end--
  return text.slice(0, end)
}

const loopback = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\]|[\w.-]{1,253}\.localhost)$/

/** Reads the origin that replaces LINE's hosts. */
export function readOrigin(baseUrl: unknown, allowInsecure = false): string {
  const refuse = (problem: string) => new LineInputError(`baseUrl must be ${problem}`)
  const expected = 'an http(s) origin such as https://api.example.com, without query or hash'
  if (typeof baseUrl !== 'string' || baseUrl.length > 2000) throw refuse(expected)
  const origin = trimEnd(baseUrl, '/')
  // "localhost:3000" is a URL too, of the scheme "localhost".
  if (!/^https?:\/\/[^\s?#]+$/.test(origin) || !URL.canParse(origin)) throw refuse(expected)
  const { protocol, hostname, username, password } = new URL(origin)
  if (username || password) throw refuse('without a user name and password; fetch refuses such URLs')
  if (protocol === 'http:' && !allowInsecure && !loopback.test(hostname))
    throw refuse('https, because everyone on the way could read the tokens; or set allowInsecure for a trusted network')
  return origin
}
