import type { ParseOptions } from './identifiers.js'
import { readText, type Subject } from './problems.js'
import { type Form, recognize } from './recognize.js'
import { isSecret, Secret } from './secret.js'

const otherThings: readonly Form[] = [
  'bearer',
  'assignment',
  'pem',
  'masked',
  'user-id',
  'group-id',
  'room-id',
  'uuid',
  'liff-id',
  'digits',
]

// LINE shows secrets of 32 hex characters and states no rule, so a longer one of unknown form passes. Hex below 64 and a text pasted twice are bad copies.
const notASecret: ReadonlySet<Form> = new Set([...otherThings, 'jwt', 'token'])

const channelSecret: Subject = {
  name: 'a channel secret',
  allowed: '32 hex characters (0 to 9, a to f)',
  fits: (text): text is string => {
    if (/^[0-9a-f]{32}$/.test(text)) return true
    if (!/^[\w.~+/=-]{33,256}$/.test(text) || notASecret.has(recognize(text).form)) return false
    return !/^[0-9a-f]{33,63}$/i.test(text) && !/^(.+)\1$/.test(text)
  },
  advice: {
    hex: 'It has exactly 32, in lower case: copy it again',
    uuid: 'The channel secret stands in the basic settings of the channel',
    'user-id': 'The channel secret stands in the basic settings of the channel',
  },
}

// Access tokens are opaque. What is no bearer token by RFC 6750, is short, or is plainly something else cannot be one.
const notAToken: ReadonlySet<Form> = new Set([...otherThings, 'hex'])

const channelAccessToken: Subject = {
  name: 'a channel access token',
  allowed: '40 to 4000 letters, digits and - . _ ~ + / =',
  fits: (text): text is string => /^[\w.~+/-]{40,4000}={0,2}$/.test(text) && !notAToken.has(recognize(text).form),
  advice: {
    text: 'Copy it whole, and not in its URL-encoded form',
    digits: 'It goes where the channel ID is asked for',
  },
}

const reveal = (value: unknown): unknown => (isSecret(value) ? value.reveal() : value)

/**
 * Reads a channel secret, as a text or a {@link Secret}, and hides it.
 *
 * All known ones are 32 hex characters in lower case. LINE states no form, so longer ones pass unless they are plainly something else.
 *
 * @throws {LineInputError} saying what was pasted instead, such as a channel ID or a token.
 */
export function parseChannelSecret(value: unknown, options: ParseOptions = {}): Secret {
  return new Secret(readText(reveal(value), options.path ?? 'channelSecret', channelSecret))
}

/**
 * Reads a channel access token of any kind, as a text or a {@link Secret}, and hides it. Line breaks inside are taken out.
 *
 * @see https://developers.line.biz/en/docs/basics/channel-access-token/
 * @throws {LineInputError} saying what was pasted instead, such as a token with `Bearer ` in front.
 */
export function parseChannelAccessToken(value: unknown, options: ParseOptions = {}): Secret {
  return new Secret(readText(reveal(value), options.path ?? 'channelAccessToken', channelAccessToken))
}
