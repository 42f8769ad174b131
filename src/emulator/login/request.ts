import { hosts } from '../../core/call/request.js'
import type { LoginChannelState } from '../state.js'
import type { World } from '../world.js'
import { grantable, loginSettings } from './channel.js'
import { callbackMessages, pageMessages } from './error-messages.js'

/** An authorization request that LINE takes. */
export interface LoginRequest {
  readonly channel: LoginChannelState
  readonly redirectUri: string
  readonly responseMode: 'query' | 'form_post'
  readonly state: string
  readonly scopes: readonly string[]
  readonly nonce: string | undefined
  readonly prompt: 'consent' | 'login' | 'none' | undefined
  /** In seconds. */
  readonly maxAge: number | undefined
  readonly botPrompt: 'normal' | 'aggressive' | undefined
  readonly codeChallenge: string | undefined
  /** Whether the QR code is shown first. */
  readonly qrFirst: boolean
  /** Whether another way of logging in is offered. */
  readonly canSwitch: boolean
  /** Whether auto login is allowed. */
  readonly autoLogin: boolean
}

// A query may be added to a registered address, and nothing else.
function isRegistered(registered: string, given: string): boolean {
  if (given === registered) return true
  return given.startsWith(`${registered}${registered.includes('?') ? '&' : '?'}`) && !given.includes('#')
}

const names = [
  'response_type',
  'client_id',
  'redirect_uri',
  'state',
  'scope',
  'nonce',
  'prompt',
  'max_age',
  'ui_locales',
  'bot_prompt',
  'initial_amr_display',
  'switch_amr',
  'disable_auto_login',
  'disable_ios_auto_login',
  'code_challenge',
  'code_challenge_method',
  'response_mode',
]

/** What each parameter may be, where LINE says so. */
const forms: { readonly [name: string]: RegExp } = {
  prompt: /^(?:consent|login|none)$/,
  max_age: /^\d{1,10}$/,
  bot_prompt: /^(?:normal|aggressive)$/,
  initial_amr_display: /^lineqr$/,
  switch_amr: /^(?:true|false)$/,
  disable_auto_login: /^(?:true|false)$/,
  disable_ios_auto_login: /^(?:true|false)$/,
  code_challenge: /^[\w-]{43}$/,
  code_challenge_method: /^S256$/,
  // LINE also has modes with a JWT, but does not document its content.
  response_mode: /^(?:query|form_post)$/,
}

type Value = (name: string) => string | undefined

function checkScopes(scopes: readonly string[]): string | undefined {
  if (scopes.some((scope) => !['profile', 'openid', 'email'].includes(scope))) return callbackMessages.unknownScope
  if (!scopes.includes('profile') && !scopes.includes('openid')) return callbackMessages.scope
  if (scopes.includes('email') && !scopes.includes('openid')) return callbackMessages.emailScope
  return undefined
}

function problemOf(params: URLSearchParams, value: Value): readonly [ErrorCode, string] | undefined {
  const twice = names.find((name) => params.getAll(name).length > 1)
  if (twice) return ['INVALID_REQUEST', callbackMessages.twice(twice)]
  if (!value('state')) return ['INVALID_REQUEST', callbackMessages.state]
  const type = value('response_type')
  if (type !== 'code') return [type ? 'UNSUPPORTED_RESPONSE_TYPE' : 'INVALID_REQUEST', callbackMessages.responseType]
  const wrong = Object.entries(forms).find(([name, form]) => !form.test(value(name) ?? '') && value(name) !== undefined)
  if (wrong) return ['INVALID_REQUEST', callbackMessages.parameter(wrong[0])]
  // Without a method the challenge would be plain, which LINE does not accept.
  if (Boolean(value('code_challenge')) !== Boolean(value('code_challenge_method')))
    return [
      'INVALID_REQUEST',
      callbackMessages.parameter(value('code_challenge') ? 'code_challenge_method' : 'code_challenge'),
    ]
  return undefined
}

/**
 * Reads an authorization request.
 *
 * @throws {LoginPageError} when LINE shows an error page, because there is no valid URL to redirect to.
 * @throws {Denied} where LINE sends the person back with an error.
 */
export function readLoginRequest(world: World, params: URLSearchParams): LoginRequest {
  const value: Value = (name) => params.get(name) ?? undefined
  const [channelId, ...otherChannels] = params.getAll('client_id')
  const channel = world.channels.get(channelId ?? '')
  if (channel?.kind !== 'login' || otherChannels.length) throw new LoginPageError(pageMessages.clientId)
  const [redirectUri = '', ...otherUris] = params.getAll('redirect_uri')
  if (otherUris.length || !loginSettings(channel).callbackUrls.some((url) => isRegistered(url, redirectUri)))
    throw new LoginPageError(pageMessages.redirectUri)
  const responseMode = value('response_mode') === 'form_post' ? 'form_post' : 'query'
  const state = value('state')
  const back: Omit<Callback, 'fields'> = { redirectUri, responseMode }
  const problem = problemOf(params, value)
  if (problem) throw new Denied(back, state, ...problem)
  const scopes = [...new Set((value('scope') ?? '').split(' ').filter(Boolean))]
  const scopeProblem = checkScopes(scopes)
  if (scopeProblem) throw new Denied(back, state, 'INVALID_SCOPE', scopeProblem)
  const prompt = value('prompt') as LoginRequest['prompt'] // its form was checked, as were those below
  const maxAge = value('max_age')
  return {
    channel,
    redirectUri,
    responseMode,
    state: state ?? '',
    scopes: grantable(channel, scopes),
    nonce: value('nonce'),
    prompt,
    maxAge: maxAge === undefined ? undefined : Number(maxAge),
    botPrompt: value('bot_prompt') as LoginRequest['botPrompt'],
    codeChallenge: value('code_challenge'),
    qrFirst: value('initial_amr_display') === 'lineqr',
    canSwitch: value('switch_amr') !== 'false',
    autoLogin: value('disable_auto_login') !== 'true' && prompt !== 'login',
  }
}

/** How the browser is redirected to the app. */
export interface Callback {
  readonly redirectUri: string
  readonly responseMode: 'query' | 'form_post'
  readonly fields: { readonly [name: string]: string }
}

/** The codes of LINE's errors. They are in upper case, other than OAuth has them. */
export type ErrorCode =
  | 'INVALID_REQUEST'
  | 'ACCESS_DENIED'
  | 'UNSUPPORTED_RESPONSE_TYPE'
  | 'INVALID_SCOPE'
  | 'LOGIN_REQUIRED'
  | 'INTERACTION_REQUIRED'

/** LINE shows its own error page with status 400 instead of redirecting. */
export class LoginPageError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'LoginPageError'
  }
}

/** LINE sends the person back with an error. */
export class Denied extends Error {
  readonly callback: Callback

  constructor(back: Omit<Callback, 'fields'>, state: string | undefined, error: ErrorCode, description: string) {
    super(error)
    this.name = 'Denied'
    const { redirectUri, responseMode } = back
    this.callback = {
      redirectUri,
      responseMode,
      fields: { error, error_description: description, ...(state && { state }) },
    }
  }
}

/** The address that a callback in the query leads to. */
export function callbackUrl({ redirectUri, fields }: Callback): string {
  return `${redirectUri}${redirectUri.includes('?') ? '&' : '?'}${new URLSearchParams(fields)}`
}

/** What a browser then sends to the app. */
export function callbackRequest(callback: Callback): Request {
  const { redirectUri, responseMode, fields } = callback
  if (responseMode === 'query') return new Request(callbackUrl(callback))
  return new Request(redirectUri, {
    method: 'POST',
    body: new URLSearchParams(fields),
    headers: { origin: 'https://access.line.me' },
  })
}

/** Whether an address is on one of LINE's own hosts. Any other is taken for all of them in one. */
export function isLineHost(url: URL): boolean {
  return Object.values(hosts).includes(url.origin)
}

/** Whether LINE's login pages are at an address's host. */
export function hasPages(url: URL): boolean {
  return url.origin === hosts.access || !isLineHost(url)
}
