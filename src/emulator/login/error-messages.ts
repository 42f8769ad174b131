import type { RefusalBody } from '../platform/error-messages.js'

type LoginErrors = {
  readonly [name in 'refreshToken' | 'redirectUri' | 'code' | 'verifier' | IdTokenProblem]: RefusalBody
}

/** What LINE finds wrong with an ID token. */
export type IdTokenProblem = 'idToken' | 'issuer' | 'expired' | 'audience' | 'nonce' | 'subject'

const idToken = (error_description: string): RefusalBody => ({ error: 'invalid_request', error_description })

/** What LINE's OAuth endpoints say of a user's tokens. That of `code` and `verifier` stands on no page of LINE's. */
export const loginErrors: LoginErrors = {
  refreshToken: { error: 'invalid_grant', error_description: 'invalid refresh token' },
  redirectUri: { error: 'invalid_grant', error_description: 'redirect_uri does not match' },
  code: { error: 'invalid_grant', error_description: 'invalid authorization code' },
  verifier: { error: 'invalid_grant', error_description: 'invalid code_verifier' },
  idToken: idToken('Invalid IdToken.'),
  issuer: idToken('Invalid IdToken Issuer.'),
  expired: idToken('IdToken expired.'),
  audience: idToken('Invalid IdToken Audience.'),
  nonce: idToken('Invalid IdToken Nonce.'),
  subject: idToken('Invalid IdToken Subject Identifier.'),
}

/** What LINE says elsewhere about a user's tokens; those of `scope` and `noLinkedAccount` stand on no page of LINE's. */
export const userMessages = {
  invalidToken: 'invalid token',
  scope: 'The access token does not have the required permission',
  noLinkedAccount: 'No LINE Official Account is linked to the channel',
} as const

/** What LINE's own error page says, which a browser is shown in place of a redirect. No page of LINE's quotes it. */
export const pageMessages = {
  clientId: 'Invalid client_id value.',
  redirectUri: 'Invalid redirect_uri value. Check if it is registered in a LINE developers site.',
  developing: 'This channel is now developing status. User need to have developer role.',
  attempt: 'This login has ended. Go back to the app and start again.',
  form: 'The page sent something that it does not have. Go back and try again.',
} as const

/** What the `error_description` of a callback says, in words of the emulator. */
export const callbackMessages = {
  state: 'state is missing',
  twice: (name: string): string => `${name} is given more than once`,
  parameter: (name: string): string => `${name} is invalid`,
  responseType: 'response_type must be code',
  scope: 'scope needs profile or openid',
  emailScope: 'email needs openid',
  unknownScope: 'the channel may not ask for one of the scopes',
  denied: 'The resource owner denied the request.',
  login: 'The user is not logged in.',
  interaction: 'The user has to be shown a screen.',
} as const
