import { encodeQuery } from '../core/encode-url.js'
import { LineInputError } from '../core/errors.js'

/**
 * A scope. Every login needs `profile` or `openid`. `email` and the five scopes of LINE Profile+ require `openid`, and LINE's approval for the
 * channel. LINE may add values.
 *
 * @see https://developers.line.biz/en/docs/line-login/integrate-line-login/#scopes
 */
export type LoginScope =
  | 'profile'
  | 'openid'
  | 'email'
  | 'real_name'
  | 'gender'
  | 'birthdate'
  | 'phone'
  | 'address'
  | (string & {})

/**
 * Options for the authorization request. All of them are optional.
 *
 * @see https://developers.line.biz/en/docs/line-login/integrate-line-login/#making-an-authorization-request
 */
export interface AuthorizeOptions {
  /** Requested scopes. The user can decline `email`. Default: `['profile', 'openid']`. */
  readonly scope?: readonly LoginScope[] | undefined
  /**
   * Which screens LINE shows. `consent` shows the consent screen again, `login` requires the user to log in again, and `none` shows no screen:
   * if a screen is needed, the login fails with `login-required` or `interaction-required`. Default: LINE shows the screens that are needed.
   */
  readonly prompt?: 'consent' | 'login' | 'none' | undefined
  /** Maximum time since the user logged in to LINE, in whole seconds. It is checked in the ID token, so it requires the scope `openid`. */
  readonly maxAge?: number | undefined
  /** Languages for LINE's screens: BCP 47 tags such as `ja` or `zh-Hant`, in order of preference. Default: chosen by LINE. */
  readonly uiLocales?: readonly string[] | undefined
  /** Offers to add the linked Official Account as a friend: `normal` on the consent screen, `aggressive` on a separate screen. Default: no offer. */
  readonly botPrompt?: 'normal' | 'aggressive' | undefined
  /** Shows the QR code login first. */
  readonly initialAmrDisplay?: 'lineqr' | undefined
  /** `false` hides the buttons that switch to another login method. Default: `true`. */
  readonly switchAmr?: boolean | undefined
  /** `true` turns off auto login. Default: `false`. */
  readonly disableAutoLogin?: boolean | undefined
  /** `true` turns off auto login on iOS only. LINE recommends {@link disableAutoLogin}. Default: `false`. */
  readonly disableIosAutoLogin?: boolean | undefined
  /**
   * How LINE returns the result: in the query of the callback URL, or in the body of a POST request from LINE's site. With `form_post`, browsers
   * send only cookies with `SameSite=None; Secure`. The `jwt` modes are not supported, because LINE does not document them. Default: `query`.
   */
  readonly responseMode?: 'query' | 'form_post' | undefined
  /** Callback URL of this login. It must be registered for the channel; a query may be added. Default: the client's `redirectUri`. */
  readonly redirectUri?: string | undefined
}

/** What binds an authorization request to its attempt. */
export interface AuthorizeProofs {
  readonly state: string
  readonly nonce: string
  readonly codeChallenge: string
}

function refuse(problem: string): never {
  throw new LineInputError(`start: ${problem}`)
}

function oneOf(name: string, value: string | undefined, allowed: readonly string[]): void {
  if (value !== undefined && !allowed.includes(value)) refuse(`${name} must be one of ${allowed.join(', ')}`)
}

function checkScope(scope: readonly string[], maxAge: number | undefined): void {
  if (!Array.isArray(scope) || !scope.every((name) => /^[\w:.-]+$/.test(name)))
    refuse('scope must be a list of scope names, such as openid')
  const openid = scope.includes('openid')
  if (!openid && !scope.includes('profile')) refuse('scope must contain profile or openid')
  if (openid) return
  const dependent = scope.find((name) =>
    ['email', 'real_name', 'gender', 'birthdate', 'phone', 'address'].includes(name),
  )
  if (dependent) refuse(`scope ${dependent} requires openid, because its data is in the ID token`)
  if (maxAge !== undefined) refuse('maxAge requires the scope openid, because it is checked in the ID token')
}

function checkRedirectUri(redirectUri: string): void {
  if (!URL.canParse(redirectUri)) refuse('redirectUri must be an absolute URL, exactly as registered for the channel')
  if (redirectUri.includes('#')) refuse('redirectUri must not have a fragment')
}

/**
 * Creates the URL of LINE's authorization page.
 *
 * @throws {LineInputError} if LINE would reject an option, or its effect could not be verified afterwards.
 */
export function authorizeUrl(
  origin: string,
  channelId: string,
  options: AuthorizeOptions,
  proofs: AuthorizeProofs,
): string {
  const {
    scope = ['profile', 'openid'],
    prompt,
    maxAge,
    uiLocales,
    botPrompt,
    initialAmrDisplay,
    responseMode,
    redirectUri = '',
  } = options
  checkRedirectUri(redirectUri)
  checkScope(scope, maxAge)
  oneOf('prompt', prompt, ['consent', 'login', 'none'])
  oneOf('botPrompt', botPrompt, ['normal', 'aggressive'])
  oneOf('initialAmrDisplay', initialAmrDisplay, ['lineqr'])
  oneOf('responseMode', responseMode, ['query', 'form_post'])
  if (prompt === 'none' && options.disableAutoLogin)
    refuse("prompt: 'none' requires auto login, which disableAutoLogin turns off")
  if (maxAge !== undefined && !(Number.isSafeInteger(maxAge) && maxAge >= 0))
    refuse('maxAge must be a whole number of seconds, 0 or greater')
  if (uiLocales && !uiLocales.every((tag) => /^[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*$/.test(tag)))
    refuse('uiLocales must be a list of BCP 47 tags, such as ja')
  const query: { readonly [name: string]: string | number | boolean | undefined } = {
    response_type: 'code',
    client_id: channelId,
    redirect_uri: redirectUri,
    state: proofs.state,
    scope: scope.join(' '),
    nonce: proofs.nonce,
    code_challenge: proofs.codeChallenge,
    code_challenge_method: 'S256',
    prompt,
    max_age: maxAge,
    ui_locales: uiLocales?.join(' ') || undefined,
    bot_prompt: botPrompt,
    initial_amr_display: initialAmrDisplay,
    switch_amr: options.switchAmr,
    disable_auto_login: options.disableAutoLogin || undefined,
    disable_ios_auto_login: options.disableIosAutoLogin || undefined,
    response_mode: responseMode,
  }
  return `${origin}/oauth2/v2.1/authorize?${encodeQuery('start', query)}`
}
