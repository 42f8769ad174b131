import { ClientSecretPost, type Configuration, type DiscoveryRequestOptions, discovery } from 'openid-client'

/**
 * A configuration of openid-client for LINE Login.
 *
 * LINE signs the ID tokens of web logins with the channel secret (HS256), although its discovery document says ES256, and takes the secret in
 * the body only. openid-client then believes the ID token because it came straight from LINE; `verifyIdToken` of `line-oa/id-token` checks its
 * signature.
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
