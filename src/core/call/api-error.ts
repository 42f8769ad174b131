import {
  type CallFacts,
  LineAbortedError,
  type LineApiErrorCode,
  type LineError,
  LineInputError,
  LineNetworkError,
  LineTimeoutError,
} from '../errors.js'
import {
  type ApiFacts,
  isApiError,
  LineApiError,
  LineAuthenticationError,
  type LineErrorDetail,
  LineNotFoundError,
  LinePermissionError,
  LineQuotaError,
  LineRateLimitError,
  LineReplyTokenError,
} from '../response-errors.js'
import { monthlyLimit } from './monthly-limit.js'

const classes: { [code in LineApiErrorCode]: new (code: LineApiErrorCode, facts: ApiFacts) => LineApiError } = {
  LINE_RATE_LIMIT: LineRateLimitError,
  LINE_QUOTA: LineQuotaError,
  LINE_AUTHENTICATION: LineAuthenticationError,
  LINE_PERMISSION: LinePermissionError,
  LINE_NOT_FOUND: LineNotFoundError,
  LINE_REPLY_TOKEN: LineReplyTokenError,
  LINE_API: LineApiError,
}

const codeByStatus: { readonly [status: number]: LineApiErrorCode } = {
  401: 'LINE_AUTHENTICATION',
  403: 'LINE_PERMISSION',
  404: 'LINE_NOT_FOUND',
  429: 'LINE_RATE_LIMIT',
}

/** Why LINE refused a call, if its error text is known. */
export type RefusalReason =
  /** The monthly message limit is reached. */
  | 'monthly-limit'
  /** The reply token was used, has expired, or never existed. */
  | 'invalid-reply-token'
  /** The pagination cursor has expired or belongs to another list. */
  | 'invalid-cursor'
  /** The channel already has 30 channel access tokens v2.1. */
  | 'token-limit'
  /** No channel has an assertion signing key with this `kid`. */
  | 'unknown-kid'
  /** The assertion signing key is registered on another channel. */
  | 'key-of-another-channel'
  /** The `exp` of the assertion is in the past or too far in the future. */
  | 'assertion-expired'
  /** The token has expired. */
  | 'token-expired'
  /** No channel has this channel ID. */
  | 'unknown-channel-id'
  /** The channel exists, but the channel secret is not that of this channel. */
  | 'wrong-channel-secret'
  /** Channel ID and channel secret do not match, and LINE does not say which one is wrong. */
  | 'wrong-credentials'
  /** The recipient is not known to this channel. */
  | 'unknown-recipient'
  /** Some of the users in `to` are not valid, and nothing else is wrong. LINE names the property in the message, but often in the details only. */
  | 'invalid-recipients'
  /** The account's plan or type does not include the feature. */
  | 'not-available-for-account'
  /** The IP address is not in the allowlist of the channel. */
  | 'address-not-allowed'
  /** The object does not exist. LINE responds with status 400 for audiences. */
  | 'not-found'
  /** A claim of the ID token, such as its issuer, audience or nonce, has an unexpected value, or the ID token has expired. */
  | 'id-token-issuer'
  | 'id-token-expired'
  | 'id-token-audience'
  | 'id-token-nonce'
  | 'id-token-subject'
  /** The authorization code was used, has expired, or belongs to another channel. */
  | 'invalid-code'
  /** The refresh token has expired, was revoked, or belongs to another channel. */
  | 'invalid-refresh-token'
  /** The assertion was not signed with the key of its `kid`. */
  | 'invalid-signature'
  /** The ID token was not signed by LINE for this channel. */
  | 'id-token-invalid'

interface RefusalText {
  readonly status: readonly number[]
  readonly text: RegExp
  /** The property of every detail. When LINE sent details, their properties are compared instead of the text. */
  readonly property?: RegExp
  readonly reason: RefusalReason
  /** How to solve the problem. */
  readonly hint?: string
  /** Replaces the code that the status alone would give. */
  readonly code?: LineApiErrorCode
}

const credentials = {
  status: [400, 401],
  hint: 'The channel ID and the channel secret do not match',
  code: 'LINE_AUTHENTICATION',
} as const

const idToken = { status: [400, 401, 403] } as const

// The only place that reads LINE's error texts. They are not a stable contract, so a text only refines the meaning of the status. The first match wins.
const refusalTexts: readonly RefusalText[] = [
  {
    status: [429],
    text: monthlyLimit,
    reason: 'monthly-limit',
    hint: 'Upgrade the plan, raise the limit for additional messages, or wait until next month',
    code: 'LINE_QUOTA',
  },
  {
    status: [400],
    text: /invalid reply token/i,
    reason: 'invalid-reply-token',
    hint: 'A reply token can be used once, within a minute of its event; send a push message instead',
    code: 'LINE_REPLY_TOKEN',
  },
  {
    status: [400],
    text: /invalid start param/i,
    reason: 'invalid-cursor',
    hint: 'A cursor is valid for 24 hours and only for its own list; start again without it',
  },
  {
    status: [400, 401, 403],
    text: /maximum number of access tokens/i,
    reason: 'token-limit',
    hint: 'A channel can have 30 channel access tokens v2.1; revoke one, or share one through a store',
  },
  { status: [404], text: /channel key/i, reason: 'unknown-kid', hint: 'The kid is not registered on this channel' },
  {
    status: [400, 401, 403],
    text: /clientid of key/i,
    reason: 'key-of-another-channel',
    hint: 'The key is registered on another channel',
  },
  {
    status: [400, 401, 403],
    text: /\bexp\b/i,
    reason: 'assertion-expired',
    hint: "The assertion has expired, or this machine's clock is wrong",
  },
  { ...credentials, text: /client_id/i, reason: 'unknown-channel-id' },
  { ...credentials, text: /client_secret/i, reason: 'wrong-channel-secret' },
  { ...credentials, text: /client_credentials/i, reason: 'wrong-credentials' },
  {
    status: [400],
    text: /^The property, '?to\b/,
    property: /^to\b/,
    reason: 'invalid-recipients',
    hint: 'An ID in `to` must be one that a webhook contains: U, C or R and 32 hexadecimal digits. A LINE ID, such as the one in a profile, cannot be used',
  },
  {
    status: [400],
    text: /send messages to yourself/i,
    reason: 'unknown-recipient',
    hint: '`to` is the user ID of the bot itself; use the user ID in the source of an event',
  },
  {
    status: [400],
    text: /invalid authorization code/i,
    reason: 'invalid-code',
    hint: 'A code can be used once, within 10 minutes of the login; the callback may have been loaded twice. Start a new login',
  },
  {
    status: [400],
    text: /invalid refresh token/i,
    reason: 'invalid-refresh-token',
    hint: 'A refresh token is valid until 90 days after the login, for the channel that issued it. Start a new login',
  },
  {
    status: [400, 401, 403],
    text: /invalid signature/i,
    reason: 'invalid-signature',
    hint: 'LINE cannot verify the signature of the JWT: check that the kid and the private key belong to the same registered key',
  },
  {
    status: [400],
    text: /failed to send messages/i,
    reason: 'unknown-recipient',
    hint: 'The recipient is not known to this channel; user IDs differ between providers',
  },
  {
    status: [403],
    text: /not available for your account/i,
    reason: 'not-available-for-account',
    hint: 'The feature requires a verified or premium account, or another plan',
  },
  { ...idToken, text: /IdToken issuer/i, reason: 'id-token-issuer' },
  { ...idToken, text: /IdToken expired/i, reason: 'id-token-expired' },
  { ...idToken, text: /IdToken audience/i, reason: 'id-token-audience' },
  { ...idToken, text: /IdToken nonce/i, reason: 'id-token-nonce' },
  { ...idToken, text: /IdToken subject/i, reason: 'id-token-subject' },
  { ...idToken, text: /IdToken/i, reason: 'id-token-invalid' },
  { status: [400, 401, 403], text: /expired/i, reason: 'token-expired' },
  // LINE documents no text for an IP address that is not allowed.
  { status: [400, 401, 403], text: /\bip\b|address|allow.?list|white.?list/i, reason: 'address-not-allowed' },
  { status: [400], text: /\b[A-Z]+(?:_[A-Z]+)*_NOT_FOUND\b/, reason: 'not-found' },
]

type Refusal = Pick<ApiFacts, 'status' | 'lineMessage'> & Partial<Pick<ApiFacts, 'details'>>

function textOf({ status, lineMessage, details = [] }: Refusal): RefusalText | undefined {
  const said = [lineMessage, ...details.map(({ message }) => message ?? '')]
  const matches = ({ text, property }: RefusalText) =>
    property && details.length > 0
      ? details.every((detail) => property.test(detail.property ?? ''))
      : said.some((line) => text.test(line))
  return refusalTexts.find((known) => known.status.includes(status) && matches(known))
}

/** Returns why LINE refused a call; `undefined` when its error text is not known. */
export function refusalReason(refusal: Refusal): RefusalReason | undefined {
  return textOf(refusal)?.reason
}

// LINE's text for a status that can have several causes, where the operation tells more.
const hintsByOperation: { readonly [operation: string]: { readonly [status: number]: string } } = {
  'GET /v2/bot/profile/{userId}': {
    404:
      'The user is not a friend of this account, has blocked it, or the ID belongs to another provider. For a member of a group chat use ' +
      'getGroupMemberProfile, or profile() in a handler',
  },
  'GET /v2/profile': { 404: 'The user has deleted their LINE account, or cannot be found with this access token' },
}

/** Returns the code of an error response, and a hint for known error texts and operations. */
export function classify(
  status: number,
  lineMessage: string,
  details: readonly LineErrorDetail[] = [],
  operation = '',
): { code: LineApiErrorCode; hint: string | undefined } {
  const known = textOf({ status, lineMessage, details })
  return {
    code: known?.code ?? codeByStatus[status] ?? 'LINE_API',
    hint: known?.hint ?? hintsByOperation[operation]?.[status],
  }
}

/** Creates the error for a response from LINE, with the class that matches its code. */
export function apiError(code: LineApiErrorCode, facts: ApiFacts): LineApiError {
  return new classes[code](code, facts)
}

/** Copies an error with the facts of another call. A failed token renewal, for example, does not describe the call that needed the token. */
export function withFacts(error: LineError, facts: CallFacts & { readonly hint?: string }): LineError {
  const { code, message } = error
  // The error may come from another copy of the package, so its code is read and not its class.
  if (isApiError(error)) return apiError(error.code, { ...error, ...facts })
  const all = { ...error, ...facts }
  if (code === 'LINE_NETWORK') return new LineNetworkError(message, all)
  if (code === 'LINE_INPUT') return new LineInputError(message, all)
  if (code === 'LINE_TIMEOUT') return new LineTimeoutError(message, all)
  if (code === 'LINE_ABORTED') return new LineAbortedError(message, { ...all, cause: error.cause })
  return error
}
