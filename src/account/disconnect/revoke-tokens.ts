import { revokeChannelToken, revokeChannelTokenByJWT } from '../../tokens/operations.js'
import { type Calls, type DataOrRefusal, isUnavailable } from '../check/check-run.js'
import type { ParsedOptions } from '../check/parse-options.js'
import type { HeldToken } from '../registry/clients.js'
import type { Leftover } from './inventory.js'

/** Which tokens there are, and what to do with them. */
export interface RevokeOptions {
  readonly parsed: ParsedOptions
  /** The stored token that the SDK issued. */
  readonly held: HeldToken | undefined
  /** Whether to revoke the long-lived token too. */
  readonly revokeLongLived: boolean
  /** Whether to revoke now. `false` in a dry run, and when something else remains to be done. */
  readonly act: boolean
  readonly dryRun: boolean
}

const shared = 'other tools may use it'

async function revoke(leftover: Leftover, call: () => Promise<DataOrRefusal<object>>): Promise<Leftover> {
  try {
    const { refusal } = await call()
    // Revoking a revoked token succeeds; LINE refuses only what never was one of its tokens.
    return refusal
      ? { ...leftover, action: 'kept', reason: `LINE refused to revoke it (${refusal.status})` }
      : { ...leftover, action: 'removed' }
  } catch (error) {
    if (!isUnavailable(error)) throw error
    return { ...leftover, action: 'failed', reason: error.message }
  }
}

function notNow(leftover: Leftover, dryRun: boolean, reason?: string): Leftover {
  if (!dryRun) return { ...leftover, action: 'kept', reason: 'it is revoked last, and something remains to be done' }
  return { ...leftover, action: 'would-remove', ...(reason !== undefined && { reason }) }
}

async function revokeHeld(calls: Calls, { parsed, held, act, dryRun }: RevokeOptions): Promise<readonly Leftover[]> {
  if (!held) return []
  const leftover: Leftover = { kind: 'minted-token', id: held.kind, madeBy: 'this-tool', action: 'kept' }
  if (!act) return [notNow(leftover, dryRun)]
  const { channelId, channelSecret } = parsed.messaging
  const access_token = held.token.reveal()
  if (held.kind === 'v2.1' && (!channelId || !channelSecret)) {
    // LINE does not accept an assertion here.
    await held.forget()
    const reason = 'a channel access token v2.1 cannot be revoked without the channel secret; it expires within 30 days'
    return [{ ...leftover, reason }]
  }
  const after = await revoke(leftover, () =>
    held.kind === 'short-lived' || !channelId || !channelSecret
      ? calls(revokeChannelToken, { access_token })
      : calls(revokeChannelTokenByJWT, { client_id: channelId, client_secret: channelSecret.reveal(), access_token }),
  )
  if (after.action !== 'failed') await held.forget()
  return [after]
}

async function revokePasted(
  calls: Calls,
  { parsed, revokeLongLived, act, dryRun }: RevokeOptions,
): Promise<readonly Leftover[]> {
  const { token } = parsed.messaging
  if (!token) return []
  const leftover: Leftover = { kind: 'long-lived-token', id: 'pasted', madeBy: 'unattributed', action: 'kept' }
  if (!revokeLongLived) return [{ ...leftover, reason: shared }]
  if (!act) return [notNow(leftover, dryRun, shared)]
  return [await revoke(leftover, () => calls(revokeChannelToken, { access_token: token.reveal() }))]
}

/** Revokes the token that the SDK issued and, if requested, the long-lived one. Stateless tokens do not have to be revoked. Rule: token-is-not-reissued. */
export async function revokeTokens(calls: Calls, options: RevokeOptions): Promise<readonly Leftover[]> {
  return [...(await revokeHeld(calls, options)), ...(await revokePasted(calls, options))]
}
