import { LineInputError } from './errors.js'
import { property } from './property.js'

/** A value that is hidden from logs, such as a `Secret` of `line-oa/credentials`. */
export interface Revealable {
  /** Returns the value. */
  reveal(): string
}

/** The kinds of values that identify or authenticate a channel. */
export type CredentialKind = 'channelId' | 'channelSecret' | 'token'

// Nothing is matched against a text that is longer than any credential.
const longest = 10_000

/** What a missing variable, an unexpanded variable or an unfilled example leaves behind. */
export const placeholder: RegExp =
  /^(?:undefined|null|nan|\*+|\$\w+|\$\{.{1,80}\}|%\w+%|\{\{.{1,80}\}\}|<.{1,80}>|\[[\w\s-]{1,80}\]|your.{1,80})$/i

/** Base64 of a PEM, and of DER or a JWK, which are longer than a token without dots. */
export const encodedKey: RegExp = /^LS0tLS1CRUdJT|^(?=.{300})(?:MII|ey[AJ]|ew[o0])[^.]+$/

/**
 * Reads a credential as every entry of the package does: a string, or a `Secret`. Whitespace at its ends is removed, line breaks inside a token are
 * removed, and a channel secret of 32 hexadecimal digits becomes lower case.
 *
 * @param name The name of the field, for the error.
 * @throws {LineInputError} if the value is missing, a placeholder such as `undefined` or `YOUR_CHANNEL_SECRET`, or clearly another kind of value. The
 * error does not quote it.
 */
export function readCredential(value: unknown, name: string, kind: CredentialKind, operation?: string): string {
  const refuse = (problem: string): never => {
    throw new LineInputError(`${name} ${problem}`, { operation })
  }
  const reveal = property(value, 'reveal')
  const given: unknown = typeof reveal === 'function' ? reveal.call(value) : (value ?? '')
  if (typeof given !== 'string' || given.length > longest) return refuse('must be a string')
  const trimmed = given.trim()
  const text = kind === 'token' ? trimmed.replace(/[\r\n]+/g, '') : trimmed
  if (!text) return refuse('is missing or empty')
  if (placeholder.test(text)) return refuse('is a placeholder; check that the variable it comes from is set')
  if (kind === 'channelId')
    return /^\d{1,20}$/.test(text)
      ? text
      : refuse("must be a string of digits; copy it from the channel's Basic settings tab")
  if (!/^[\w.~+/=-]+$/.test(text))
    return refuse(
      `contains characters that are not allowed in a ${kind === 'token' ? 'token' : 'channel secret'}, such as spaces or quotes; pass only the value`,
    )
  if (encodedKey.test(text)) return refuse('is a private key in base64; pass it to assertionKey()')
  return kind === 'channelSecret' && /^[0-9a-f]{32}$/i.test(text) ? text.toLowerCase() : text
}
