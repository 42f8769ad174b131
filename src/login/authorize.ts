import { LineInputError } from '../core/errors.js'

/**
 * What a user may be asked for. `profile` or `openid` must be there; `email` and the five of LINE Profile+ need `openid` beside them and
 * LINE's permission for the channel. LINE may add scopes.
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
 * How the user is asked. All of it may be left out.
 *
 * @see https://developers.line.biz/en/docs/line-login/integrate-line-login/#making-an-authorization-request
 */
export interface AuthorizeOptions {
  /** Default: `['profile', 'openid']`. The user can withhold `email`. */
  readonly scope?: readonly LoginScope[] | undefined
  /**
   * `consent` shows the consent screen again, `login` makes the user log in again, `none` shows no screen: where that cannot be, the login fails
   * with `login-required` or `interaction-required`.
   */
  readonly prompt?: 'consent' | 'login' | 'none' | undefined
  /** How long ago the user may have logged in to LINE, in whole seconds. It is checked in the ID token, so it needs the scope `openid`. */
  readonly maxAge?: number | undefined
  /** The language of LINE's screens: BCP 47 tags such as `ja` or `zh-Hant`, the best first. */
  readonly uiLocales?: readonly string[] | undefined
  /** Offers the Official Account that is linked to the channel: `normal` on the consent screen, `aggressive` on a screen of its own. */
  readonly botPrompt?: 'normal' | 'aggressive' | undefined
  /** Shows the QR code first. */
  readonly initialAmrDisplay?: 'lineqr' | undefined
  /** `false` hides the buttons that lead to another way of logging in. */
  readonly switchAmr?: boolean | undefined
  /** `true` turns auto login through the LINE app off. */
  readonly disableAutoLogin?: boolean | undefined
  /** `true` turns auto login off on iOS only. LINE recommends {@link disableAutoLogin}. */
  readonly disableIosAutoLogin?: boolean | undefined
  /**
   * How the answer comes back: in the query of the callback URL, or in the body of a POST from LINE's site. With `form_post` a cookie comes along
   * only if it is `SameSite=None; Secure`. The `jwt` modes are refused: LINE does not say what is in them.
   */
  readonly responseMode?: 'query' | 'form_post' | undefined
  /** The callback URL of this login, registered for the channel; a query may be added to it. Default: that of the client. */
  readonly redirectUri?: string | undefined
}

/** What ties an authorization request to its attempt. */
export interface AuthorizeProofs {
  readonly state: string
  readonly nonce: string
  readonly codeChallenge: string
}

function refuse(why: string): never {
  throw new LineInputError(`start: ${why}`)
}

function oneOf(name: string, value: string | undefined, allowed: readonly string[]): void {
  if (value !== undefined && !allowed.includes(value)) refuse(`${name} must be one of ${allowed.join(', ')}`)
}

function checkScope(scope: readonly string[], maxAge: number | undefined): void {
  if (!Array.isArray(scope) || !scope.every((name) => /^[\w:.-]+$/.test(name)))
    refuse('scope must be a list of names, such as openid')
  const openid = scope.includes('openid')
  if (!openid && !scope.includes('profile')) refuse('scope must have profile or openid; LINE refuses it without')
  if (openid) return
  const dependent = scope.find((name) =>
    ['email', 'real_name', 'gender', 'birthdate', 'phone', 'address'].includes(name),
  )
  if (dependent) refuse(`the scope ${dependent} needs openid beside it, because it comes in the ID token`)
  if (maxAge !== undefined) refuse('maxAge needs the scope openid, because it is checked in the ID token')
}

function checkRedirectUri(redirectUri: string): void {
  if (!URL.canParse(redirectUri)) refuse('redirectUri must be a whole URL, exactly as it is registered')
  if (redirectUri.includes('#')) refuse('redirectUri must have no fragment')
}

/**
 * Makes the URL of LINE's authorize page.
 *
 * @throws {LineInputError} for what LINE would refuse, or what could not be checked afterwards.
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
  if (prompt === 'none' && options.disableAutoLogin) refuse("prompt 'none' lives on auto login, which is turned off")
  if (maxAge !== undefined && !(Number.isSafeInteger(maxAge) && maxAge >= 0))
    refuse('maxAge must be a whole number of seconds, 0 or more')
  if (uiLocales && !uiLocales.every((tag) => /^[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*$/.test(tag)))
    refuse('uiLocales must be BCP 47 tags')
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
  // Not URLSearchParams, which writes a space as +, where LINE's pages ask for %20.
  const pairs = Object.entries(query).flatMap(([name, value]) =>
    value === undefined ? [] : `${name}=${encodeURIComponent(value)}`,
  )
  return `${origin}/oauth2/v2.1/authorize?${pairs.join('&')}`
}
