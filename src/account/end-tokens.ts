import { revokeChannelToken, revokeChannelTokenByJWT } from '../tokens/operations.js'
import { ask, isUnavailable } from './ask.js'
import type { Leftover } from './leftovers.js'
import type { Plan } from './plan.js'
import type { HeldToken } from './registry/tokens.js'
import type { Calls } from './run.js'

/** Which tokens there are, and what is to become of them. */
export interface EndTokensOptions {
  readonly plan: Plan
  /** The token that was minted and is kept. */
  readonly held: HeldToken | undefined
  readonly revokeLongLived: boolean
  /** Whether to revoke anything now; else it is a dry run, or a run that did not get so far. */
  readonly act: boolean
  readonly dryRun: boolean
}

async function revoked(leftover: Leftover, revoke: () => Promise<object>): Promise<Leftover> {
  try {
    const { refusal } = await ask(revoke())
    // To revoke what is gone changes nothing; LINE refuses only what is no token of its own.
    return refusal
      ? { ...leftover, action: 'kept', reason: `LINE does not revoke it (${refusal.status})` }
      : { ...leftover, action: 'removed' }
  } catch (error) {
    if (!isUnavailable(error)) throw error
    return { ...leftover, action: 'failed', reason: error.message }
  }
}

function notNow(leftover: Leftover, dryRun: boolean, reason?: string): Leftover {
  if (!dryRun) return { ...leftover, action: 'kept', reason: 'it goes last, and something is left to do' }
  return { ...leftover, action: 'would-remove', ...(reason !== undefined && { reason }) }
}

async function endHeld(calls: Calls, { plan, held, act, dryRun }: EndTokensOptions): Promise<readonly Leftover[]> {
  if (!held) return []
  const leftover: Leftover = { kind: 'minted-token', id: held.kind, madeBy: 'this-tool', action: 'kept' }
  if (!act) return [notNow(leftover, dryRun)]
  const { channelId, channelSecret } = plan.messaging
  const access_token = held.token.reveal()
  if (held.kind === 'v2.1' && (!channelId || !channelSecret)) {
    // LINE takes no key here; the token ends by itself.
    await held.forget()
    return [{ ...leftover, reason: 'without the channel secret LINE revokes no v2.1 token; it ends within 30 days' }]
  }
  const after = await revoked(leftover, () =>
    held.kind === 'short-lived' || !channelId || !channelSecret
      ? calls(revokeChannelToken, { access_token })
      : calls(revokeChannelTokenByJWT, { client_id: channelId, client_secret: channelSecret.reveal(), access_token }),
  )
  if (after.action !== 'failed') await held.forget()
  return [after]
}

async function endPasted(
  calls: Calls,
  { plan, revokeLongLived, act, dryRun }: EndTokensOptions,
): Promise<readonly Leftover[]> {
  const { token } = plan.messaging
  if (!token) return []
  const leftover: Leftover = { kind: 'long-lived-token', id: 'pasted', madeBy: 'unattributed', action: 'kept' }
  if (!revokeLongLived) return [{ ...leftover, reason: 'other tools may use it' }]
  if (!act) return [notNow(leftover, dryRun, 'other tools may use it')]
  return [await revoked(leftover, () => calls(revokeChannelToken, { access_token: token.reveal() }))]
}

/** Revokes tokens: those that were minted, and the pasted one when that was said. A stateless one needs no revoking. Rule: token-is-not-reissued. */
export async function endTokens(calls: Calls, options: EndTokensOptions): Promise<readonly Leftover[]> {
  return [...(await endHeld(calls, options)), ...(await endPasted(calls, options))]
}
