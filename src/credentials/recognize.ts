import { clean } from './text.js'

/** What a text looks like, whatever field it stands in. */
export type Form =
  | 'nothing'
  | 'bearer'
  | 'assignment'
  | 'quoted'
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

/** A text described without any of it, so that a problem may be shown and logged. */
export interface Recognized {
  readonly form: Form
  /** What it is, such as `32 hex characters, the form of a channel secret`. */
  readonly words: string
  /** What to do with it, where that is plain. */
  readonly advice: string | undefined
}

/** The digits of a channel or provider ID. LINE states no rule; all known ones have 10. */
export const decimalId: RegExp = /^\d{5,15}$/

// Longer than any credential; no pattern is tried on more.
const longest = 20_000

const goesTo = (field: string) => `It goes where ${field} is asked for`

// The first that fits wins. Quotes, Bearer and names come before what they are put around.
const forms: readonly (readonly [form: Form, pattern: RegExp, words: string, advice?: string])[] = [
  ['bearer', /^(?:authorization:)?bearer/i, 'a text that begins with Bearer', 'Leave Bearer out: the SDK adds it'],
  ['assignment', /^(?:export)?[A-Z][A-Z0-9_]{2,}=./, 'a whole NAME=value line', 'Leave out the name and the ='],
  ['quoted', /^(["'`]).*\1$|^[“”„].*[“”]$|^[‘’].*’$|^「.*」$/, 'a value in quotes', 'Leave the quotes out'],
  ['pem', /^-----BEGIN/, 'a PEM block', goesTo('the private key')],
  ['jwk', /^\{.*"kty"/, 'a JWK', goesTo('the key')],
  ['json', /^[{[]/, 'JSON'],
  ['url', /^[a-z][a-z0-9+.-]*:\/\//i, 'a URL'],
  ['masked', /…|\.\.\.|[•●*]{3}/, 'a text that is masked or cut short', 'Copy it with the copy button'],
  ['channel-secret', /^[0-9a-f]{32}$/, '32 hex characters, the form of a channel secret', goesTo('the channel secret')],
  ['user-id', /^(?:U[0-9a-f]{32}|LU[0-9a-f]{32}-U[0-9a-f]{32})$/, 'a user ID'],
  ['group-id', /^C[0-9a-f]{32}$/, 'a group ID'],
  ['room-id', /^R[0-9a-f]{32}$/, 'a room ID'],
  ['uuid', /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i, 'a UUID, the form of the kid of an assertion key'],
  ['liff-id', /^\d{5,15}-[0-9A-Za-z]{4,16}$/, 'a LIFF ID'],
  [
    'jwt',
    /^eyJ/,
    'a text that begins with eyJ, the form of an access token or JWT',
    goesTo('the channel access token'),
  ],
  ['email', /^[^@]{1,64}@[^@.]+\.[^@]{2,}$/, 'an e-mail address'],
  ['line-id', /^@[0-9a-z._-]{1,20}$/i, 'a LINE ID (basic or premium)', goesTo('the LINE ID')],
  ['digits', decimalId, 'digits, the form of a channel ID', goesTo('the channel ID')],
  ['digits', /^\d+$/, 'digits'],
  ['hex', /^[0-9a-f]{16,}$/i, 'hex characters'],
  [
    'token',
    /^[\w+/-]{80,}={0,2}$/,
    'characters, the form of a channel access token',
    goesTo('the channel access token'),
  ],
]

const counted: ReadonlySet<Form> = new Set(['digits', 'hex', 'token'])

/** Tells what was pasted. Never quotes it: it may be a secret or a password, in whatever field it stands. */
export function recognize(pasted: string): Recognized {
  const text = pasted.length > longest ? '' : clean(pasted)
  const length = text.length || pasted.length
  const known = text && forms.find(([, pattern]) => pattern.test(text))
  if (known) {
    const [form, , words, advice] = known
    return { form, words: counted.has(form) ? `${length} ${words}` : words, advice }
  }
  if (pasted.length <= longest && text === '') return { form: 'nothing', words: 'nothing', advice: undefined }
  return { form: 'text', words: `${length} character${length === 1 ? '' : 's'}`, advice: undefined }
}
