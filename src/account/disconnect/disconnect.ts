import type { CallerOptions } from '../../core/call/caller.js'
import { identify } from '../check/channel.js'
import { type CheckRun, startRun } from '../check/check-run.js'
import type { FailureCode } from '../check/findings.js'
import { checkLoginCredentials } from '../check/login.js'
import { type AccountSource, callerOptions, type ParsedOptions, parseSource } from '../check/parse-options.js'
import { type Step, type StepId, step } from '../guide/steps.js'
import type { Connection, Resource } from '../registry/types.js'
import { work } from '../registry/work.js'
import {
  type Inventory,
  isSelected,
  type Leftover,
  type OpenChannels,
  type Removal,
  remove,
  takeInventory,
  type Unread,
} from './inventory.js'
import { restoreWebhook, revokeTokens } from './release.js'

/** The account to disconnect, and the options of disconnecting and its calls. */
export type DisconnectOptions = AccountSource &
  CallerOptions & {
    /** Which resources of this tool to remove. Resources that are not recorded are always kept. Default: `'none'`. */
    readonly remove?: Removal | undefined
    /** The resources that the tool created at LINE. Use it without a registry; a registry has its own record. Default: none. */
    readonly resources?: readonly Omit<Resource, 'at'>[] | undefined
    /** Whether to restore the previous webhook URL. Default: `false`. */
    readonly restoreWebhookUrl?: boolean | undefined
    /** The webhook URL before the tool was connected. Use it without a registry; a registry has stored it. */
    readonly previousWebhookUrl?: string | undefined
    /** Whether to revoke the long-lived channel access token that was entered. Other tools may use the same token. Default: `false`. */
    readonly revokeLongLived?: boolean | undefined
    /** Whether to only report what would be done. Default: `false`. */
    readonly dryRun?: boolean | undefined
    /** Aborts the run; another run can complete it. */
    readonly signal?: AbortSignal | undefined
  }

/** The result of disconnecting. */
export interface DisconnectResult {
  /**
   * - `disconnected`: every step that a program can do is done.
   * - `incomplete`: a step failed; run it again. Completed steps are not repeated.
   * - `dry-run`: nothing was changed.
   */
  readonly verdict: 'disconnected' | 'incomplete' | 'dry-run'
  /** The leftovers at LINE, each with the action that was taken. */
  readonly leftovers: readonly Leftover[]
  /** The kinds of leftovers that could not be read. */
  readonly unread: readonly Unread[]
  /** Why the credentials do not open one of the channels; they may have been reissued. Recorded resources of that channel could not be read. */
  readonly code?: FailureCode | undefined
  /** `shared-token`: the long-lived channel access token was revoked (or would be, in a dry run), and other tools may use it. */
  readonly warnings: readonly 'shared-token'[]
  /** The next steps that only a person can do. */
  readonly nextSteps: readonly Step[]
  /** The connection in the registry. Once it is disconnected it contains no secrets. */
  readonly connection?: Connection | undefined
}

interface Opened extends OpenChannels {
  readonly code: FailureCode | undefined
  readonly unavailable: boolean
}

// A channel that no longer opens, for example because its token was revoked, must not prevent disconnecting.
async function openChannels(run: CheckRun, { messaging, login }: ParsedOptions): Promise<Opened> {
  // A token that was entered in addition to a secret is not used to open the channel.
  const access = messaging.channelSecret || messaging.key ? { ...messaging, token: undefined } : messaging
  const identity = await identify(run, access)
  return {
    account: identity?.calls,
    login: login && (await checkLoginCredentials(run, login)),
    code: run.checks.find(({ status }) => status === 'failed' || status === 'unknown')?.code,
    unavailable: run.checks.some(({ code }) => code === 'line_unavailable'),
  }
}

const recorded = ({ kind, id, name }: Resource, rest: Pick<Leftover, 'action' | 'reason'>): Leftover => ({
  kind,
  id,
  ...(name !== undefined && { name }),
  madeBy: 'this-tool',
  ...rest,
})

async function removeSelected(
  { found, gone }: Inventory,
  channels: OpenChannels,
  removal: Removal,
  forget: (resource: Pick<Resource, 'kind' | 'id'>) => Promise<void>,
): Promise<readonly Leftover[]> {
  const done: Leftover[] = []
  for (const leftover of found) {
    if (!isSelected(removal, leftover)) {
      done.push(leftover)
      continue
    }
    const after = await remove(leftover, channels)
    done.push(after)
    // Immediately, so that the record is correct if the run ends here.
    if (after.action !== 'failed') await forget({ kind: leftover.kind as Resource['kind'], id: leftover.id }) // an inventory contains resources only
  }
  for (const resource of gone) {
    await forget(resource)
    done.push(recorded(resource, { action: 'gone' }))
  }
  return done
}

function stepsAfter(parsed: ParsedOptions, webhookKept: boolean, tokenKept: boolean): readonly Step[] {
  const ids: StepId[] = []
  if (webhookKept) ids.push('switch-webhook-off', 'clear-webhook-url')
  if (parsed.answering !== undefined) ids.push('switch-greeting-on')
  if (tokenKept) ids.push('end-long-lived-token')
  if (parsed.messaging.key || parsed.login?.key) ids.push('delete-public-key')
  return [...ids, 'remove-tool-members' as const].map(step)
}

/**
 * Disconnects an account: lists what would remain at LINE, removes the selected resources of this tool, restores the webhook URL if requested,
 * and finally revokes the tokens that the SDK issued.
 *
 * Resources that are not recorded as created by this tool are never removed. It can run repeatedly; after a failure, the result lists what remains. With a registry,
 * the secrets are deleted at the end, and another team can connect the account.
 * LINE has no API to turn the webhook off or to remove its URL; those are steps for a person.
 *
 * @throws {LineInputError} when a value is not valid, or the registry does not have the connection.
 * @example
 * const plan = await disconnectAccount({ registry, connectionId, remove: 'all', dryRun: true })
 * const { verdict, leftovers, nextSteps } = await disconnectAccount({ registry, connectionId, remove: 'all', restoreWebhookUrl: true })
 */
export async function disconnectAccount(options: DisconnectOptions): Promise<DisconnectResult> {
  const merged = callerOptions('disconnectAccount', options)
  const { registry, connectionId = '', remove: removal = 'none', dryRun = false } = options
  const known = await registry?.get(connectionId)
  if (known?.state === 'disconnected')
    return { verdict: 'disconnected', leftovers: [], unread: [], warnings: [], nextSteps: [], connection: known }

  const read = await parseSource(merged)
  const parsed: ParsedOptions = { ...read, previousWebhookUrl: read.previousWebhookUrl ?? options.previousWebhookUrl }
  const connections = registry?.[work]
  const run = startRun(merged, options.signal)
  const channels = await openChannels(run, parsed)
  const record = registry
    ? await registry.resources(connectionId)
    : (options.resources ?? []).map((resource) => ({ ...resource, at: run.clock.now() }))
  const inventory = await takeInventory(channels, record)
  if (!dryRun) await connections?.leave(connectionId)

  const forget = async ({ kind, id }: Pick<Resource, 'kind' | 'id'>) =>
    connections?.dropResource(connectionId, kind, id)
  const resources = dryRun
    ? inventory.found.map((one): Leftover => (isSelected(removal, one) ? { ...one, action: 'would-remove' } : one))
    : await removeSelected(inventory, channels, removal, forget)
  const unseen = inventory.unseen.map((one) => recorded(one, { action: 'kept', reason: 'it could not be read' }))
  const webhook = await restoreWebhook(channels.account, parsed, options.restoreWebhookUrl ?? false, dryRun)
  const before = [...resources, ...unseen, ...(webhook.leftover ? [webhook.leftover] : [])]
  const unread = [...inventory.unread, ...(webhook.unread ? [webhook.unread] : [])]
  const failed =
    channels.unavailable ||
    before.some(({ action }) => action === 'failed') ||
    unread.some(({ reason }) => reason === 'unavailable')
  // Another run needs the tokens, so they are revoked only when nothing else remains to be done.
  const tokens = await revokeTokens(run.with(undefined), {
    parsed,
    held: await connections?.heldToken(connectionId),
    revokeLongLived: options.revokeLongLived ?? false,
    act: !dryRun && !failed,
    dryRun,
  })
  const leftovers = [...before, ...tokens]
  const incomplete = failed || tokens.some(({ action }) => action === 'failed')
  const webhookKept = webhook.leftover?.madeBy === 'this-tool' && webhook.leftover.action === 'kept'
  const longLived = tokens.find(({ kind }) => kind === 'long-lived-token')?.action
  return {
    verdict: dryRun ? 'dry-run' : incomplete ? 'incomplete' : 'disconnected',
    leftovers,
    unread,
    code: channels.code,
    warnings: longLived === 'removed' || longLived === 'would-remove' ? ['shared-token'] : [],
    nextSteps: stepsAfter(parsed, webhookKept, longLived === 'kept'),
    connection: dryRun || incomplete ? await registry?.get(connectionId) : await connections?.left(connectionId),
  }
}
