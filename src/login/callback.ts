import { readBody } from '../core/call/read-body.js'
import { LineInputError } from '../core/errors.js'
import { LineLoginError, type LoginFailure } from './errors.js'
import { issuer } from './id-token/claims.js'

/**
 * What came to the callback URL: the request, its URL (whole, or from the path on), its query, or its parameters as a framework has parsed them.
 *
 * With `form_post` give the request, or the parsed body.
 */
export type LoginCallback = Request | URL | string | URLSearchParams | FormData | { readonly [name: string]: unknown }

interface Returned {
  /** Whether the user added or unblocked the linked account; missing when LINE did not offer it. */
  readonly friendshipStatusChanged: boolean | undefined
}

/** A callback in good form: a code, or why there is none. Nothing in it is proven before its state was compared. */
export type CallbackAnswer = Returned &
  (
    | { readonly code: string; readonly state: string; readonly failure?: undefined }
    | { readonly code?: undefined; readonly state: string | undefined; readonly failure: LineLoginError }
  )

const longestBody = 65_536

const malformed = (why: string) => new LineLoginError('callback', `The callback cannot be used: ${why}`)

const isRequest = (value: object): value is Request => 'url' in value && 'method' in value && 'headers' in value

async function readRequest(request: Request): Promise<URLSearchParams> {
  if (request.method !== 'POST') return new URL(request.url).searchParams
  const body = await readBody(request, longestBody)
  if (body === undefined)
    throw new LineInputError('finish: the body of the request was read before; give the parsed body instead')
  if (typeof body === 'string') throw malformed(`its body is ${body}`)
  return new URLSearchParams(new TextDecoder().decode(body))
}

// By what they have and not by their class: a framework's request may be of another realm or make.
async function listParameters(callback: LoginCallback): Promise<Iterable<readonly [string, unknown]>> {
  if (typeof callback === 'string') return new URLSearchParams(/\?([^#]*)/.exec(callback)?.[1] ?? callback)
  if (callback instanceof URL) return callback.searchParams
  if (isRequest(callback)) return readRequest(callback)
  // Both classes of parameters are lists of pairs.
  if (Symbol.iterator in callback) return callback as URLSearchParams
  return Object.entries(callback)
}

// A parameter that comes twice is a trick: whoever checks one of them may use the other.
function readParameters(list: Iterable<readonly [string, unknown]>): { readonly [name: string]: string | undefined } {
  const found: { [name: string]: string } = {}
  const names = [
    'code',
    'state',
    'error',
    'error_description',
    'iss',
    'friendship_status_changed',
    'response',
    'liffClientId',
  ]
  for (const [name, given] of list) {
    if (!names.includes(name)) continue
    for (const value of Array.isArray(given) ? given : [given]) {
      if (value === undefined || value === '') continue
      if (found[name] !== undefined) throw malformed(`${name} comes twice`)
      if (typeof value !== 'string') throw malformed(`${name} is no text`)
      found[name] = value
    }
  }
  return found
}

const failures: { readonly [code: string]: readonly [reason: LoginFailure, words: string] } = {
  ACCESS_DENIED: ['cancelled', 'the user did not consent'],
  LOGIN_REQUIRED: ['login-required', 'the user is not logged in to LINE, or auto login cannot work here'],
  INTERACTION_REQUIRED: ['interaction-required', 'auto login cannot work here'],
  INVALID_REQUEST: ['invalid-request', 'LINE does not take the parameters of the authorization request'],
  INVALID_SCOPE: ['invalid-scope', 'LINE does not take the scope'],
  UNSUPPORTED_RESPONSE_TYPE: ['unsupported-response-type', 'LINE does not take the response type'],
  SERVER_ERROR: ['server-error', 'LINE failed; start the login again'],
}

// LINE writes the codes in upper case, OAuth and the old login in lower case.
function failureOf(error: string, text: string | undefined): LineLoginError {
  const code = /^\w{1,40}$/.test(error) ? error.toUpperCase() : 'an error without a proper code'
  const [reason, words] = failures[code] ?? (['unknown-error', 'LINE does not document it'] as const)
  // Anybody can write such a URL, and a log must stay one line for one entry.
  const description = text?.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').slice(0, 300)
  return new LineLoginError(reason, `The login failed with ${code}: ${words}`, { description })
}

/**
 * Reads a callback.
 *
 * @throws {LineLoginError} when it cannot be LINE's answer to an authorization request of this SDK.
 */
export async function readCallback(callback: LoginCallback): Promise<CallbackAnswer> {
  const { code, state, error, iss, response, ...rest } = readParameters(await listParameters(callback))
  if (rest['liffClientId'])
    throw new LineLoginError(
      'liff-callback',
      'The callback belongs to liff.login(); serve the LIFF app here with the query untouched',
    )
  if (response) throw malformed('it is in a jwt response mode, which LINE does not specify; use query or form_post')
  if (code && error) throw malformed('it has both a code and an error')
  if (iss && iss !== issuer) throw new LineLoginError('callback-issuer', 'The callback names another issuer than LINE')
  const changed = rest['friendship_status_changed']
  const friendshipStatusChanged = changed === undefined ? undefined : changed === 'true'
  if (error) return { state, failure: failureOf(error, rest['error_description']), friendshipStatusChanged }
  if (!code) throw malformed('it has neither a code nor an error')
  if (!state) throw malformed('it has no state')
  return { code, state, friendshipStatusChanged }
}
