import { readBody } from '../core/call/read-body.js'
import { LineInputError } from '../core/errors.js'
import { property } from '../core/property.js'
import { redact } from '../core/redact.js'
import { LineLoginError, type LoginFailure } from './errors.js'
import { issuer } from './id-token/verify.js'

/**
 * A request to the callback URL: the request itself, its URL (absolute, or starting with the path), its query, or its parsed parameters.
 *
 * With `form_post`, pass the request or its parsed body.
 */
export type LoginCallback = Request | URL | string | URLSearchParams | FormData | { readonly [name: string]: unknown }

interface CallbackBase {
  /** Whether the user added or unblocked the linked Official Account. Missing if LINE did not offer it. */
  readonly friendshipStatusChanged: boolean | undefined
}

/** A well-formed callback: a code, or the reason why it has no code. It must not be trusted before its state is compared. */
export type CallbackResult = CallbackBase &
  (
    | { readonly code: string; readonly state: string; readonly failure?: undefined }
    | { readonly code?: undefined; readonly state: string | undefined; readonly failure: LineLoginError }
  )

const maxBodySize = 65_536

const malformed = (problem: string) => new LineLoginError('callback', `The callback is invalid: ${problem}`)

const isRequest = (value: object): value is Request => 'url' in value && 'method' in value && 'headers' in value

const queryOf = (url: string) => new URLSearchParams(/\?([^#]*)/.exec(url)?.[1])

async function readRequest(request: Request): Promise<Iterable<readonly [string, unknown]>> {
  // The URL of a request of node:http starts with the path.
  if (typeof request.url !== 'string') throw new LineInputError('finish: the request has no URL')
  if (request.method !== 'POST') return queryOf(request.url)
  // A framework of Node has parsed the body; Koa keeps it on its own request.
  const parsed: unknown = property(request, 'body') ?? property(property(request, 'request'), 'body')
  if (typeof property(request.headers, 'get') !== 'function') {
    if (typeof parsed === 'string') return new URLSearchParams(parsed)
    if (typeof parsed === 'object' && parsed !== null) return Object.entries(parsed)
    throw new LineInputError(
      'finish: the body of the POST request has not been parsed; use a body parser, or pass the parsed body',
    )
  }
  const body = await readBody(request, maxBodySize)
  if (body === undefined)
    throw new LineInputError('finish: the body of the request has already been read; pass the parsed body instead')
  if (typeof body === 'string') throw malformed(`the request body is ${body}`)
  return new URLSearchParams(new TextDecoder().decode(body))
}

// Checks for properties instead of classes, because a framework's request may come from another realm or implementation.
async function listParameters(callback: LoginCallback): Promise<Iterable<readonly [string, unknown]>> {
  if (typeof callback === 'string') return callback.includes('?') ? queryOf(callback) : new URLSearchParams(callback)
  if (typeof callback !== 'object' || callback === null)
    throw new LineInputError('finish: callback must be a request, its URL, its query or its parsed parameters')
  if (callback instanceof URL) return callback.searchParams
  if (isRequest(callback)) return readRequest(callback)
  // URLSearchParams and FormData are both iterables of pairs.
  if (Symbol.iterator in callback) return callback as URLSearchParams
  return Object.entries(callback)
}

// A repeated parameter is an attack: a check could read one value, and the code that uses it the other.
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
  for (const entry of list) {
    if (!Array.isArray(entry))
      throw new LineInputError('finish: callback must be a request, its URL, its query or its parsed parameters')
    const [name, given] = entry as readonly [string, unknown] // the parameters of any iterable of pairs
    if (!names.includes(name)) continue
    for (const value of Array.isArray(given) ? given : [given]) {
      if (value === undefined || value === '') continue
      if (found[name] !== undefined) throw malformed(`${name} is repeated`)
      if (typeof value !== 'string') throw malformed(`${name} is not a string`)
      found[name] = value
    }
  }
  return found
}

const failures: { readonly [code: string]: readonly [reason: LoginFailure, explanation: string] } = {
  ACCESS_DENIED: ['cancelled', 'the user denied consent'],
  LOGIN_REQUIRED: ['login-required', 'the user is not logged in to LINE, or auto login is not possible here'],
  INTERACTION_REQUIRED: ['interaction-required', 'auto login is not possible here'],
  INVALID_REQUEST: ['invalid-request', 'LINE rejected the parameters of the authorization request'],
  INVALID_SCOPE: ['invalid-scope', 'LINE rejected the scope'],
  UNSUPPORTED_RESPONSE_TYPE: ['unsupported-response-type', 'LINE rejected the response type'],
  SERVER_ERROR: ['server-error', 'LINE had an internal error; start the login again'],
}

// LINE sends the codes in upper case; OAuth and LINE's old login use lower case.
function failureOf(error: string, text: string | undefined): LineLoginError {
  const code = /^\w{1,40}$/.test(error) ? error.toUpperCase() : 'a malformed error code'
  const [reason, explanation] = failures[code] ?? (['unknown-error', 'LINE does not document this error'] as const)
  // Anyone can forge such a URL, and each log entry must stay on one line.
  const description = text?.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').slice(0, 300)
  return new LineLoginError(reason, `The login failed with ${code}: ${explanation}`, {
    description: description && redact(description),
  })
}

/**
 * Reads a callback.
 *
 * @throws {LineLoginError} if it cannot be LINE's response to an authorization request of this SDK.
 */
export async function readCallback(callback: LoginCallback): Promise<CallbackResult> {
  const { code, state, error, iss, response, ...rest } = readParameters(await listParameters(callback))
  if (rest['liffClientId'])
    throw new LineLoginError(
      'liff-callback',
      'The callback belongs to liff.login(); serve the LIFF app under this URL, with the query unchanged',
    )
  if (response) throw malformed('it uses a jwt response mode, which LINE does not document; use query or form_post')
  if (code && error) throw malformed('it contains both a code and an error')
  if (iss && iss !== issuer) throw new LineLoginError('callback-issuer', 'The issuer of the callback is not LINE')
  const changed = rest['friendship_status_changed']
  const friendshipStatusChanged = changed === undefined ? undefined : changed === 'true'
  if (error) return { state, failure: failureOf(error, rest['error_description']), friendshipStatusChanged }
  if (!code) throw malformed('it contains neither a code nor an error')
  if (!state) throw malformed('it contains no state')
  return { code, state, friendshipStatusChanged }
}
