import type { LoginChannelState } from '../state.js'
import type { World } from '../world.js'
import { type Callback, Denied, type ErrorCode, LoginPageError } from './callback.js'
import { grantable, loginSettings } from './settings.js'
import { callbackWords, pageWords } from './words.js'

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
  /** Whether LINE may log the person in by itself. */
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
  // LINE has modes with a JWT too, and does not say what is in it.
  response_mode: /^(?:query|form_post)$/,
}

type Value = (name: string) => string | undefined

function checkScopes(scopes: readonly string[]): string | undefined {
  if (scopes.some((scope) => !['profile', 'openid', 'email'].includes(scope))) return callbackWords.unknownScope
  if (!scopes.includes('profile') && !scopes.includes('openid')) return callbackWords.scope
  if (scopes.includes('email') && !scopes.includes('openid')) return callbackWords.emailScope
  return undefined
}

function problemOf(params: URLSearchParams, value: Value): readonly [ErrorCode, string] | undefined {
  const twice = names.find((name) => params.getAll(name).length > 1)
  if (twice) return ['INVALID_REQUEST', callbackWords.twice(twice)]
  if (!value('state')) return ['INVALID_REQUEST', callbackWords.state]
  const type = value('response_type')
  if (type !== 'code') return [type ? 'UNSUPPORTED_RESPONSE_TYPE' : 'INVALID_REQUEST', callbackWords.responseType]
  const wrong = Object.entries(forms).find(([name, form]) => !form.test(value(name) ?? '') && value(name) !== undefined)
  if (wrong) return ['INVALID_REQUEST', callbackWords.parameter(wrong[0])]
  // Without a method a challenge would be a plain one, which LINE does not take.
  if (Boolean(value('code_challenge')) !== Boolean(value('code_challenge_method')))
    return [
      'INVALID_REQUEST',
      callbackWords.parameter(value('code_challenge') ? 'code_challenge_method' : 'code_challenge'),
    ]
  return undefined
}

/**
 * Reads an authorization request.
 *
 * @throws {LoginPageError} where LINE shows a page of its own, because it does not know whom to send the person back to.
 * @throws {Denied} where LINE sends the person back with an error.
 */
export function readLoginRequest(world: World, params: URLSearchParams): LoginRequest {
  const value: Value = (name) => params.get(name) ?? undefined
  const [channelId, ...otherChannels] = params.getAll('client_id')
  const channel = world.channels.get(channelId ?? '')
  if (channel?.kind !== 'login' || otherChannels.length) throw new LoginPageError(pageWords.clientId)
  const [redirectUri = '', ...otherUris] = params.getAll('redirect_uri')
  if (otherUris.length || !loginSettings(channel).callbackUrls.some((url) => isRegistered(url, redirectUri)))
    throw new LoginPageError(pageWords.redirectUri)
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
