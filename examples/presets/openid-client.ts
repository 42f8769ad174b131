import { ClientSecretPost, type Configuration, type DiscoveryRequestOptions, discovery } from 'openid-client'

/**
 * Creates a configuration of openid-client for LINE Login.
 *
 * LINE signs the ID tokens of web logins with the channel secret (HS256), although its discovery document lists ES256, and accepts the secret
 * only in the request body. openid-client trusts the ID token because LINE's token endpoint returned it; to verify its signature, use
 * `verifyIdToken` of `line-oa/id-token`.
 */
export function lineConfiguration(
  channelId: string,
  channelSecret: string,
  options?: DiscoveryRequestOptions,
): Promise<Configuration> {
  const server = new URL('https://access.line.me')
  return discovery(
    server,
    channelId,
    { id_token_signed_response_alg: 'HS256' },
    ClientSecretPost(channelSecret),
    options,
  )
}
