import type { OIDCConfig } from '@auth/core/providers'
import type { IdTokenClaims } from 'line-oa/id-token'

/**
 * LINE as a provider for Auth.js. It also checks state and nonce, and offers to add the account that is linked to the channel as a friend.
 *
 * LINE signs the ID tokens of web logins with the channel secret (HS256), although its discovery document lists ES256, and accepts the secret
 * only in the request body. Both must be configured.
 */
export function line(options: { readonly clientId: string; readonly clientSecret: string }): OIDCConfig<IdTokenClaims> {
  return {
    id: 'line',
    name: 'LINE',
    type: 'oidc',
    issuer: 'https://access.line.me',
    ...options,
    checks: ['pkce', 'state', 'nonce'],
    client: { id_token_signed_response_alg: 'HS256', token_endpoint_auth_method: 'client_secret_post' },
    authorization: { params: { scope: 'openid profile', bot_prompt: 'normal' } },
    profile: ({ sub, name, email, picture }) => ({
      id: sub,
      name: name ?? null,
      email: email ?? null,
      image: picture ?? null,
    }),
  }
}
