import { encodedKey, placeholder } from '../core/credential-values.js'
import {
  channelIdPattern,
  channelSecretPattern,
  groupIdPattern,
  liffIdPattern,
  lineIdPattern,
  moduleUserIdPattern,
  roomIdPattern,
  userIdPattern,
  uuidPattern,
} from '../core/ids.js'
import { decodeKey } from './encoded-key.js'

/** The form of a string, regardless of the field it was entered in. */
export type Form =
  | 'nothing'
  | 'placeholder'
  | 'bearer'
  | 'assignment'
  | 'quoted'
  | 'labelled'
  | 'spaced'
  | 'encoded-key'
  | 'pem'
  | 'jwk'
  | 'json'
  | 'url'
  | 'masked'
  | 'channel-secret'
  | 'user-id'
  | 'group-id'
  | 'room-id'
  | 'uuid'
  | 'liff-id'
  | 'jwt'
  | 'email'
  | 'line-id'
  | 'digits'
  | 'hex'
  | 'token'
  | 'text'

/** A string described without quoting it, so that a problem can be shown and logged. */
export interface Recognized {
  readonly form: Form
  /** A description, for example `32 hex characters, the form of a channel secret`. */
  readonly words: string
  /** Advice for the user, if the mistake is clear. */
  readonly advice: string | undefined
}

/** Longer than any credential, in UTF-16 code units; longer strings are not matched. */
export const longest = 20_000

const encodedForm = ['encoded-key', encodedKey, 'a key in base64', 'Enter it as the private key'] as const

// The first match wins. Quotes, a Bearer prefix and a name come before the forms of the value inside.
const forms: readonly (readonly [form: Form, pattern: RegExp, words: string, advice?: string])[] = [
  ['placeholder', placeholder, 'a placeholder', 'Check that the variable it comes from is set'],
  [
    'bearer',
    /^(?:authorization:)?bearer/i,
    'a string that begins with Bearer',
    'Remove the "Bearer " prefix; the SDK adds it',
  ],
  ['assignment', /^(?:export)?[A-Z][A-Z0-9_]{2,}=./, 'a complete NAME=value line', 'Remove the name and the ='],
  ['quoted', /^(["'`]).*\1$|^[“”„].*[“”]$|^[‘’].*’$|^「.*」$/, 'a value in quotes', 'Remove the quotes'],
  ['pem', /^-----BEGIN/, 'a PEM block', 'Enter it as the private key'],
  ['jwk', /^\{.*"kty"/, 'a JWK', 'Enter it as the key'],
  // A key that was cut off is recognized by its beginning.
  encodedForm,
  ['json', /^[{[]/, 'JSON'],
  ['url', /^[a-z][a-z0-9+.-]*:\/\//i, 'a URL'],
  [
    'labelled',
    /^[^:=]{0,60}(?:id|secret|token|key|シークレット|トークン)["'`)]{0,2}[:=]/i,
    'a value with a label',
    'Leave out the label, and enter only the value',
  ],
  ['masked', /…|\.\.\.|[•●*]{3}/, 'a string that is masked or cut off', 'Copy it with the copy button'],
  [
    'channel-secret',
    channelSecretPattern,
    '32 hex characters, the form of a channel secret',
    'Enter it as the channel secret',
  ],
  ['user-id', userIdPattern, 'a user ID'],
  ['user-id', moduleUserIdPattern, 'a user ID'],
  ['group-id', groupIdPattern, 'a group ID'],
  ['room-id', roomIdPattern, 'a room ID'],
  ['uuid', uuidPattern, 'a UUID, the form of the kid of an assertion key'],
  ['liff-id', liffIdPattern, 'a LIFF ID'],
  [
    'jwt',
    /^eyJ/,
    'a string that begins with eyJ, the form of an access token or JWT',
    'Enter it as the channel access token',
  ],
  ['email', /^[^@]{1,64}@[^@.]+\.[^@]{2,}$/, 'an email address'],
  [
    'line-id',
    /* @__PURE__ */ new RegExp(lineIdPattern, 'i'),
    'a LINE ID (basic or premium)',
    'Enter it as the LINE ID',
  ],
  ['digits', channelIdPattern, 'digits, the form of a channel ID', 'Enter it as the channel ID'],
  ['digits', /^\d+$/, 'digits'],
  ['hex', /^[0-9a-f]{16,}$/i, 'hex characters'],
  [
    'token',
    /^[\w+/-]{80,}={0,2}$/,
    'characters, the form of a channel access token',
    'Enter it as the channel access token',
  ],
]

const counted: readonly Form[] = ['digits', 'hex', 'token']
const unspaced: readonly Form[] = [
  ...counted,
  'channel-secret',
  'user-id',
  'group-id',
  'room-id',
  'uuid',
  'liff-id',
  'jwt',
  'line-id',
]

/** Describes a string without quoting it, because it may be a secret or a password in the wrong field. */
export function recognize(pasted: string): Recognized {
  const given = pasted.length > longest ? '' : clean(pasted)
  // The forms are those of values without whitespace.
  const text = given.replace(/\s+/g, '')
  const length = text.length || pasted.length
  const known = text && (decodeKey(text) ? encodedForm : forms.find(([, pattern]) => pattern.test(text)))
  if (known) {
    const [form, , description, advice] = known
    const words = counted.includes(form) ? `${length} ${description}` : description
    if (given === text || !unspaced.includes(form)) return { form, words, advice }
    return { form: 'spaced', words: `${words}, with whitespace inside`, advice: 'Remove the whitespace' }
  }
  if (pasted.length <= longest && text === '') return { form: 'nothing', words: 'nothing', advice: undefined }
  return { form: 'text', words: `${length} character${length === 1 ? '' : 's'}`, advice: undefined }
}

// Control characters, and characters without width: zero-width spaces, joiners, directional marks, byte order marks, variation selectors.
const debris = /\p{Default_Ignorable_Code_Point}|(?!\s)\p{Cc}/gu
const fullWidth = /[\uFF01-\uFF5E]/g
const edge = /[\s\p{Cc}\u200B-\u200F\u2060\uFEFF]/u

/** Removes the characters that copying adds: invisible ones, and whitespace at the ends. Converts full-width characters. */
export function clean(text: string): string {
  return text
    .replace(debris, '')
    .replace(fullWidth, (character) => String.fromCharCode(character.charCodeAt(0) - 0xfee0))
    .replaceAll('\uFE6B', '@')
    .trim()
}

/** Trims a name and puts it on one line. Joiners and full-width characters inside it are kept. */
export function tidyName(text: string): string {
  // Uses indexes, because a regular expression for the end of a string takes quadratic time on long runs of spaces.
  let start = 0
  let end = text.length
  while (start < end && edge.test(text.charAt(start))) start++
  while (end > start && edge.test(text.charAt(end - 1))) end--
  return text.slice(start, end).replace(/[\t\r\n]+/g, ' ')
}

/** Trims a URL and removes line breaks and invisible characters. A space inside it is kept, so that the URL is rejected. */
export function tidyUrl(text: string): string {
  return text.trim().replace(/[\p{Cc}\p{Default_Ignorable_Code_Point}]/gu, '')
}
