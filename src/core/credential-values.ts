import { LineInputError } from './errors.js'
import { property } from './property.js'

/** A value that is hidden from logs, such as a `Secret` of `line-oa/credentials`. */
export interface Revealable {
  /** Returns the value. */
  reveal(): string
}

/** The kinds of values that identify or authenticate a channel. */
export type CredentialKind = 'channelId' | 'channelSecret' | 'token'

// Longer than any credential. Nothing is matched against a longer text.
const longest = 10_000

// What a missing variable, an unexpanded variable or an unfilled example leaves behind.
const placeholder =
  /^(?:undefined|null|nan|\[object object\]|\[secret\]|\$\{?\w+\}?|%\w+%|\{\{.{1,80}\}\}|<.{1,80}>|your[_ -].{1,80}|\*{3,})$/i

const accepted: { readonly [kind in CredentialKind]: readonly [pattern: RegExp, allowed: string] } = {
  channelId: [/^\d{1,20}$/, "must be a string of digits; copy it from the channel's Basic settings tab"],
  channelSecret: [/^[\x21-\x7e]+$/, 'contains characters that are not allowed in a channel secret, such as spaces'],
  token: [/^[\x21-\x7e]+$/, 'contains characters that are not allowed in a token, such as spaces'],
}

// Base64 of "-----BEGIN", of a DER sequence with the length of a private key, and of a JWK.
const isEncodedKey = (text: string): boolean =>
  text.startsWith('LS0tLS1CRUdJT') || (/^MII[A-Za-z]/.test(text) && text.length > 1000) || /^eyJ[^.]{100,}$/.test(text)

/**
 * Reads a credential as every entry of the package does: a string, or a `Secret`. White space at its ends is removed, line breaks inside a token are
 * removed, and a channel secret of 32 hexadecimal digits becomes lower case.
 *
 * @param name The name of the field, for the error.
 * @throws {LineInputError} if the value is missing, a placeholder such as `undefined` or `YOUR_CHANNEL_SECRET`, or clearly another kind of value. The
 * error does not quote it.
 */
export function readCredential(value: unknown, name: string, kind: CredentialKind, operation?: string): string {
  const refuse = (message: string): never => {
    throw new LineInputError(message, { operation })
  }
  const reveal = property(value, 'reveal')
  const given: unknown = typeof reveal === 'function' ? reveal.call(value) : value
  if (given === undefined || given === null) return refuse(`${name} is missing`)
  if (typeof given !== 'string') return refuse(`${name} must be a string`)
  if (given.length > longest) return refuse(`${name} is too long`)
  const text = given.trim().replace(/[\r\n]+/g, kind === 'token' ? '' : ' ')
  if (!text) return refuse(`${name} is empty`)
  if (placeholder.test(text))
    return refuse(`${name} is a placeholder, not a value; check that the variable it comes from is set`)
  if (/^Bearer\s/i.test(text)) return refuse(`Remove the "Bearer " prefix from ${name}; the SDK adds it`)
  if (/^["'“‘「]/.test(text)) return refuse(`Remove the quotes around ${name}`)
  const [pattern, problem] = accepted[kind]
  if (!pattern.test(text)) return refuse(`${name} ${problem}`)
  if (kind !== 'channelId' && isEncodedKey(text))
    return refuse(`${name} is a private key in base64; pass it to assertionKey() instead`)
  return kind === 'channelSecret' && /^[0-9a-f]{32}$/i.test(text) ? text.toLowerCase() : text
}
