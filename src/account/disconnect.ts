import type { CallerOptions } from '../core/call/caller.js'
import { identify } from './check/identity.js'
import { checkLoginCredentials } from './check/login.js'
import { type AccountSource, planOf } from './check.js'
import { endTokens } from './end-tokens.js'
import type { FailureCode } from './failures.js'
import { leaveWebhook } from './leave-webhook.js'
import { type Inventory, type Leftover, takeInventory, type Unread } from './leftovers.js'
import type { Plan } from './plan.js'
import type { Connection, Resource } from './registry/types.js'
import { work } from './registry/work.js'
import { isChosen, type Removal, remove } from './removal.js'
import { type Calls, type Run, startRun } from './run.js'
import { type Step, type StepId, step } from './steps.js'

/** How a connection is ended. Beside it stands how LINE is called. */
export type DisconnectOptions = AccountSource &
  CallerOptions & {
    /** Which of what is on the tool's record to remove. Default: `none`. What is not on record stays, whatever is chosen. */
    readonly remove?: Removal | undefined
    /** What the tool has made, where there is no registry that knows. */
    readonly resources?: readonly Omit<Resource, 'at'>[] | undefined
    /** Whether to set the webhook URL back to what it was before the tool. Default: `false`. */
    readonly restoreWebhookUrl?: boolean | undefined
    /** What it was, where there is no registry that knows. */
    readonly previousWebhookUrl?: string | undefined
    /** Whether to revoke the long-lived token that was pasted. Other tools may be using the same one. Default: `false`. */
    readonly revokeLongLived?: boolean | undefined
    /** Whether only to look. Default: `false`. */
    readonly dryRun?: boolean | undefined
    /** Ends the run; what is left to do can be done by another one. */
    readonly signal?: AbortSignal | undefined
  }

/** How disconnecting ended. */
export interface DisconnectResult {
  /** `disconnected`: all that a program can do is done. `incomplete`: something failed; run it again, nothing is done twice. `dry-run`: nothing was done. */
  readonly verdict: 'disconnected' | 'incomplete' | 'dry-run'
  /** All that was found at LINE, and what became of it. */
  readonly leftovers: readonly Leftover[]
  /** What could not be looked for. */
  readonly unread: readonly Unread[]
  /** What keeps credentials from opening one of the channels; they may have been reissued. What is on record there could not be looked for. */
  readonly code?: FailureCode | undefined
  /** `shared-token`: the long-lived token was revoked, or would be in a dry run, and other tools may be using it. */
  readonly warnings: readonly 'shared-token'[]
  /** What only a person can do now. */
  readonly nextSteps: readonly Step[]
  /** The connection in the registry, which holds no secret any more once it is disconnected. */
  readonly connection?: Connection | undefined
}

interface Doors {
  readonly account: Calls | undefined
  readonly login: Calls | undefined
  readonly code: FailureCode | undefined
  readonly unavailable: boolean
}

// Doors that have closed, because a token was revoked, say, must not keep the connection from being ended.
async function openDoors(run: Run, plan: Plan): Promise<Doors> {
  const { messaging } = plan
  // A token that was pasted beside a secret is not what the channel is opened with.
  const identity = await identify(
    run,
    messaging.channelSecret || messaging.key ? { ...messaging, token: undefined } : messaging,
  )
  const login = plan.login && (await checkLoginCredentials(run, plan.login))
  const code = run.checks.find(({ status }) => status === 'failed' || status === 'unknown')?.code
  return {
    account: identity?.calls,
    login,
    code,
    unavailable: run.checks.some(({ code: one }) => one === 'line_unavailable'),
  }
}

async function removeChosen(
  { found, gone }: Inventory,
  { account, login }: Doors,
  removal: Removal,
  forget: (resource: Pick<Resource, 'kind' | 'id'>) => Promise<void>,
): Promise<readonly Leftover[]> {
  const done: Leftover[] = []
  for (const leftover of found) {
    if (!isChosen(removal, leftover)) {
      done.push(leftover)
      continue
    }
    const after = await remove(leftover, account, login)
    done.push(after)
    // At once, so that a run that ends here leaves a true record.
    if (after.action !== 'failed') await forget({ kind: leftover.kind as Resource['kind'], id: leftover.id }) // an inventory holds resources only
  }
  for (const { kind, id, name } of gone) {
    await forget({ kind, id })
    done.push({ kind, id, ...(name !== undefined && { name }), madeBy: 'this-tool', action: 'gone' })
  }
  return done
}

// What is on record and was not looked for is told, or it would be forgotten.
const notLookedFor = ({ unseen }: Inventory): readonly Leftover[] =>
  unseen.map(({ kind, id, name }) => ({
    kind,
    id,
    ...(name !== undefined && { name }),
    madeBy: 'this-tool',
    action: 'kept',
    reason: 'it could not be looked for',
  }))

function stepsOf(plan: Plan, webhookKept: boolean, tokenKept: boolean): readonly Step[] {
  const ids: StepId[] = []
  if (webhookKept) ids.push('switch-webhook-off', 'clear-webhook-url')
  if (plan.answering !== undefined) ids.push('switch-greeting-on')
  if (tokenKept) ids.push('end-long-lived-token')
  if (plan.messaging.key || plan.login?.key) ids.push('delete-public-key')
  return [...ids, 'remove-tool-members' as const].map(step)
}

/**
 * Ends a connection: looks what would stay behind at LINE, removes what is chosen of what the tool itself has made, gives the webhook back,
 * and revokes the tokens that the SDK has minted, last.
 *
 * It removes nothing that is not on the tool's record. It may be run twice, and a failure half way says what is left. With a registry the secrets
 * are deleted in the end, and another team may connect the account.
 * LINE has no API to switch the webhook off or to clear its URL: those are steps for a person.
 *
 * @throws {LineInputError} when a value cannot be what it is given as, or the registry has no such connection.
 * @example
 * const plan = await disconnectAccount({ registry, connectionId, remove: 'all', dryRun: true })
 * const { verdict, leftovers, nextSteps } = await disconnectAccount({ registry, connectionId, remove: 'all', restoreWebhookUrl: true })
 */
export async function disconnectAccount(options: DisconnectOptions): Promise<DisconnectResult> {
  const { registry, connectionId = '', remove: removal = 'none', dryRun = false } = options
  const known = await registry?.get(connectionId)
  if (known?.state === 'disconnected')
    return { verdict: 'disconnected', leftovers: [], unread: [], warnings: [], nextSteps: [], connection: known }

  const { plan: read, calling } = await planOf(options)
  const plan: Plan = { ...read, previousWebhookUrl: read.previousWebhookUrl ?? options.previousWebhookUrl }
  const keeper = registry?.[work]
  const run = startRun(calling, options.signal)
  const doors = await openDoors(run, plan)
  const ledger = registry
    ? await registry.resources(connectionId)
    : (options.resources ?? []).map((resource) => ({ ...resource, at: run.clock.now() }))
  const inventory = await takeInventory(doors.account, doors.login, ledger)
  if (!dryRun) await keeper?.leave(connectionId)

  const forget = async ({ kind, id }: Pick<Resource, 'kind' | 'id'>) => keeper?.dropResource(connectionId, kind, id)
  const resources = dryRun
    ? inventory.found.map((one): Leftover => (isChosen(removal, one) ? { ...one, action: 'would-remove' } : one))
    : await removeChosen(inventory, doors, removal, forget)
  const webhook = await leaveWebhook(doors.account, plan, options.restoreWebhookUrl ?? false, dryRun)
  const unread = [...inventory.unread, ...webhook.unread]
  const before = [...resources, ...notLookedFor(inventory), ...webhook.leftovers]
  const failed =
    doors.unavailable ||
    before.some(({ action }) => action === 'failed') ||
    unread.some(({ reason }) => reason === 'unavailable')
  // They open the doors for another run, so they go only when nothing is left to do.
  const tokens = await endTokens(run.with(undefined), {
    plan,
    held: await keeper?.heldToken(connectionId),
    revokeLongLived: options.revokeLongLived ?? false,
    act: !dryRun && !failed,
    dryRun,
  })
  const leftovers = [...before, ...tokens]
  const incomplete = failed || tokens.some(({ action }) => action === 'failed')
  const isKept = (kind: Leftover['kind']) =>
    leftovers.some((one) => one.kind === kind && one.madeBy === 'this-tool' && one.action === 'kept')
  const pastedKept = tokens.some(({ kind, action }) => kind === 'long-lived-token' && action === 'kept')
  return {
    verdict: dryRun ? 'dry-run' : incomplete ? 'incomplete' : 'disconnected',
    leftovers,
    unread,
    code: doors.code,
    warnings: tokens.some(({ kind, action }) => kind === 'long-lived-token' && action !== 'kept' && action !== 'failed')
      ? ['shared-token']
      : [],
    nextSteps: stepsOf(plan, isKept('webhook-url'), pastedKept),
    connection: dryRun || incomplete ? await registry?.get(connectionId) : await keeper?.left(connectionId),
  }
}
