import { hosts } from '../core/call/request.js'
import { encodeQuery } from '../core/encode-url.js'
import { LineInputError } from '../core/errors.js'
import { readOrigin } from '../core/origin.js'
import { checkOptions } from '../core/read-options.js'
import { Secret } from '../credentials/secret.js'
import type { ModuleCodeGrant, ModuleScope } from './types.js'

/** The permissions to request from the administrator of an Official Account, and the accounts to offer. */
export interface ModuleAuthorizeRequest {
  /** Channel ID of the module channel. */
  readonly channelId: string
  /** Redirect URL that receives the code, exactly as registered for the module channel. */
  readonly redirectUri: string
  /** Scopes to request. Link tokens require no scope. */
  readonly scope: readonly ModuleScope[]
  /** Region of the accounts. Default: all regions. */
  readonly region?: 'JP' | 'TW' | (string & {}) | undefined
  /** Basic ID of the account to attach to. Default: the administrator selects one. */
  readonly basicSearchId?: string | undefined
  /** Types of the accounts. Default: all types. */
  readonly brandType?: readonly ('premium' | 'verified' | 'unverified' | (string & {}))[] | undefined
}

/** Options of {@link moduleAuthorizeUrl}. */
export interface ModuleAuthorizeOptions extends ModuleAuthorizeRequest {
  /**
   * Random string of letters and digits, different for each attempt. Compare it with the `state` at the redirect URL.
   */
  readonly state: string
  /** PKCE code challenge: SHA-256 of the verifier in base64url without padding, 43 characters. */
  readonly codeChallenge?: string | undefined
  /** Origin to use instead of LINE's, for example of an emulator. Default: `https://manager.line.biz`. */
  readonly baseUrl?: string | undefined
}

const requestKinds = {
  channelId: 'string',
  redirectUri: 'string',
  scope: 'array',
  state: 'string',
  region: 'string',
  basicSearchId: 'string',
  brandType: 'array',
  codeChallenge: 'string',
  code: 'string',
  codeVerifier: 'string',
} as const

function refuse(why: string): never {
  throw new LineInputError(`moduleAuthorizeUrl: ${why}`)
}

function joinNames(option: string, names: unknown): string {
  if (!Array.isArray(names) || !names.every((name) => typeof name === 'string' && /^[\w:.-]+$/.test(name)))
    return refuse(`${option} must be an array of names without spaces`)
  return names.join(' ')
}

/**
 * Builds the URL of the page where the administrator of an Official Account allows a module channel to be attached.
 *
 * @throws {LineInputError} for values that LINE would reject.
 *
 * @see https://developers.line.biz/en/docs/partner-docs/module-technical-attach-channel/#request-auth-from-line-oa-admin
 *
 * @example
 * const request = { channelId, redirectUri, scope: ['message:send', 'message:receive'] }
 * const url = moduleAuthorizeUrl({ ...request, state })
 * // at the redirect URL, if the state matches:
 * await line.module.attachModule({ ...moduleCodeGrant(request, { code }), client_id: channelId, client_secret: channelSecret })
 */
export function moduleAuthorizeUrl(options: ModuleAuthorizeOptions): string {
  checkOptions('moduleAuthorizeUrl', options, requestKinds)
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
  if (!channelId) refuse('channelId is required')
  if (!URL.canParse(redirectUri)) refuse('redirectUri must be an absolute URL, exactly as registered')
  if (!state || !/^[\w.!~*'()-]+$/.test(state))
    refuse('state must consist of letters and digits, because LINE does not accept characters that need URL encoding')
  if (codeChallenge !== undefined && !/^[\w-]{43}$/.test(codeChallenge))
    refuse('codeChallenge must be a SHA-256 in base64url, 43 characters without padding')
  const query: { readonly [name: string]: string | undefined } = {
    response_type: 'code',
    client_id: channelId,
    redirect_uri: redirectUri,
    scope: joinNames('scope', scope),
    state,
    region,
    basic_search_id: basicSearchId,
    brand_type: brandType && joinNames('brandType', brandType),
    code_challenge: codeChallenge,
    code_challenge_method: codeChallenge && 'S256',
  }
  return `${readOrigin(baseUrl, true)}/module/auth/v1/authorize?${encodeQuery('moduleAuthorizeUrl', query)}`
}

/**
 * Builds the input of `attachModule` except for the channel ID and secret: the code, and the parameters of the
 * authorize URL, which LINE requires again.
 *
 * @throws {LineInputError} if a value has the wrong type, or `scope` is missing.
 *
 * @see https://developers.line.biz/en/reference/partner-docs/#link-attach-by-operation-module-channel-provider
 */
export function moduleCodeGrant(
  request: ModuleAuthorizeRequest,
  callback: {
    /** The code from the redirect URL. */
    readonly code: string
    /** The PKCE code verifier, if the URL had a challenge. */
    readonly codeVerifier?: string | undefined
  },
): ModuleCodeGrant {
  checkOptions('moduleCodeGrant', request, requestKinds)
  checkOptions('moduleCodeGrant', callback, requestKinds)
  if (!request.scope) throw new LineInputError('moduleCodeGrant: scope is required, as in the authorize URL')
  return {
    grant_type: 'authorization_code',
    code: callback.code,
    redirect_uri: request.redirectUri,
    code_verifier: callback.codeVerifier,
    region: request.region,
    basic_search_id: request.basicSearchId,
    scope: request.scope.join(' '),
    brand_type: request.brandType?.join(' '),
  }
}

/**
 * Builds the `authorization` of `attachModule` from the ID and secret of the module channel. The result is a secret
 * too.
 *
 * @throws {LineInputError} if one of them is empty or has characters that are not allowed in a header.
 */
export function basicAuthorization(channel: {
  /** Channel ID of the module channel. */
  readonly channelId: string
  /** Channel secret of the module channel. */
  readonly channelSecret: string | Secret
}): `Basic ${string}` {
  checkOptions('basicAuthorization', channel, { channelId: 'string' })
  const { channelId } = channel
  const channelSecret = channel.channelSecret && Secret.of(channel.channelSecret).reveal()
  // RFC 7617: the ID ends at the first colon.
  if (!/^[\x21-\x39\x3b-\x7e]+$/.test(channelId))
    throw new LineInputError(
      'basicAuthorization: channelId is empty or has characters that are not allowed in a channel ID',
    )
  if (!/^[\x21-\x7e]+$/.test(channelSecret))
    throw new LineInputError(
      'basicAuthorization: channelSecret is empty or has characters that are not allowed in a channel secret',
    )
  return `Basic ${btoa(`${channelId}:${channelSecret}`)}`
}
