import { hosts } from '../core/call/request.js'
import { LineInputError } from '../core/errors.js'
import type { ModuleCodeGrant, ModuleScope } from './types.js'

/** What an Official Account's administrator is asked for, and which accounts are offered. */
export interface ModuleAuthorizeRequest {
  /** Channel ID of the module channel. */
  readonly channelId: string
  /** Where the code comes to: a redirect URL of the module channel, exactly as it is registered. */
  readonly redirectUri: string
  /** What the module channel may do. Link tokens need no scope. */
  readonly scope: readonly ModuleScope[]
  /** The region of the accounts. All regions when it is left out. */
  readonly region?: 'JP' | 'TW' | (string & {}) | undefined
  /** Basic ID of the one account to attach to. */
  readonly basicSearchId?: string | undefined
  /** The kinds of accounts. All kinds when it is left out. */
  readonly brandType?: readonly ('premium' | 'verified' | 'unverified' | (string & {}))[] | undefined
}

/** A request, and what ties the answer to it. */
export interface ModuleAuthorizeOptions extends ModuleAuthorizeRequest {
  /** A random text of letters and digits, other for each attempt. Compare it with the `state` that comes to the redirect URL. */
  readonly state: string
  /** The PKCE challenge: the SHA-256 of the verifier in base64url, without padding. */
  readonly codeChallenge?: string | undefined
  /** Another origin than LINE's: an emulator. */
  readonly baseUrl?: string | undefined
}

function refuse(why: string): never {
  throw new LineInputError(`moduleAuthorizeUrl: ${why}`)
}

function words(name: string, texts: readonly string[]): string {
  if (!texts.every((text) => /^[\w:.-]+$/.test(text))) refuse(`${name} must be a list of names without spaces`)
  return texts.join(' ')
}

/**
 * Makes the URL of the page on which an Official Account's administrator lets a module channel be attached.
 *
 * @throws {LineInputError} for what LINE would refuse.
 *
 * @see https://developers.line.biz/en/docs/partner-docs/module-technical-attach-channel/#request-auth-from-line-oa-admin
 *
 * @example
 * const request = { channelId, redirectUri, scope: ['message:send', 'message:receive'] }
 * const url = moduleAuthorizeUrl({ ...request, state })
 * // back at the redirect URL, when the state is the same:
 * await line.module.attachModule({ ...moduleCodeGrant(request, { code }), client_id: channelId, client_secret: channelSecret })
 */
export function moduleAuthorizeUrl(options: ModuleAuthorizeOptions): string {
  const {
    channelId,
    redirectUri,
    scope,
    state,
    region,
    basicSearchId,
    brandType,
    codeChallenge,
    baseUrl = hosts.manager,
  } = options
  if (!channelId) refuse('channelId is missing')
  if (!URL.canParse(redirectUri)) refuse('redirectUri must be a whole URL, exactly as it is registered')
  if (!state || encodeURIComponent(state) !== state)
    refuse('state must be letters and digits; LINE takes none that needs URL encoding')
  if (codeChallenge !== undefined && !/^[\w-]{43}$/.test(codeChallenge))
    refuse('codeChallenge must be a SHA-256 in base64url, 43 characters without padding')
  const query: { readonly [name: string]: string | undefined } = {
    response_type: 'code',
    client_id: channelId,
    redirect_uri: redirectUri,
    scope: words('scope', scope),
    state,
    region,
    basic_search_id: basicSearchId,
    brand_type: brandType && words('brandType', brandType),
    code_challenge: codeChallenge,
    code_challenge_method: codeChallenge && 'S256',
  }
  // Not URLSearchParams, which writes a space as +, where LINE asks for %20.
  const pairs = Object.entries(query).flatMap(([name, value]) =>
    value === undefined ? [] : `${name}=${encodeURIComponent(value)}`,
  )
  return `${baseUrl.replace(/\/+$/, '')}/module/auth/v1/authorize?${pairs.join('&')}`
}

/**
 * Makes what `attachModule` needs beside the channel's ID and secret: the code, and what was asked for, which LINE wants to hear again.
 *
 * @see https://developers.line.biz/en/reference/partner-docs/#link-attach-by-operation-module-channel-provider
 */
export function moduleCodeGrant(
  request: ModuleAuthorizeRequest,
  answer: {
    /** The code that came to the redirect URL. */
    readonly code: string
    /** The PKCE verifier, when its challenge stood in the URL. */
    readonly codeVerifier?: string | undefined
  },
): ModuleCodeGrant {
  return {
    grant_type: 'authorization_code',
    code: answer.code,
    redirect_uri: request.redirectUri,
    code_verifier: answer.codeVerifier,
    region: request.region,
    basic_search_id: request.basicSearchId,
    scope: request.scope.join(' '),
    brand_type: request.brandType?.join(' '),
  }
}
