import { operationName } from '../core/call/request.js'
import type { TokenSource } from '../core/call/token.js'
import {
  type AssertionCredentials,
  assertionGrant,
  type ChannelSecretCredentials,
  minted,
  secretGrant,
} from './minted.js'
import { issueStatelessChannelToken } from './operations.js'
import { renewing } from './renewal.js'

/**
 * Makes a source of stateless tokens: 15 minutes of life, no limit on their number, nothing to store or to revoke. The default of the client.
 *
 * @throws {LineInputError} when ID and secret can be none.
 * @see https://developers.line.biz/en/docs/basics/channel-access-token/
 */
export function statelessTokens(credentials: ChannelSecretCredentials | AssertionCredentials): TokenSource {
  if (!('assertionKey' in credentials)) secretGrant(credentials)
  return renewing(credentials.channelId, 'stateless', async ({ call, now }) => {
    const mintedAt = now()
    const grant = 'assertionKey' in credentials ? await assertionGrant(credentials, mintedAt) : secretGrant(credentials)
    return minted(await call(issueStatelessChannelToken, grant), mintedAt, operationName(issueStatelessChannelToken))
  })
}
