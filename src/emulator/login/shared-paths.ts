import type { Candidate } from '../../core/call/match.js'
import { revokeUserToken, verifyUserToken } from '../../login/operations.js'
import type { World } from '../world.js'
import { findUserToken } from './ledger.js'

/**
 * Chooses the operation that a request is meant for where a channel's tokens and those of users share one path: by whose token it is, and
 * for a token that nobody has by whose channel asks.
 */
export function chooseByToken(world: World, candidates: readonly Candidate[]): Candidate | undefined {
  const [first] = candidates
  const ofUsers = candidates.find(({ operation }) => operation === verifyUserToken || operation === revokeUserToken)
  if (!first || !ofUsers || candidates.length < 2) return first
  const { access_token: token, client_id: channelId } = ofUsers.input ?? {}
  const text = String(token)
  const isUsers =
    findUserToken(world, text) || (!world.tokens.has(text) && world.channels.get(String(channelId))?.kind === 'login')
  return isUsers ? ofUsers : (candidates.find((candidate) => candidate !== ofUsers) ?? first)
}
