import type { CallerOptions } from '../../core/call/caller.js'
import { LineInputError } from '../../core/errors.js'
import { checkOptions } from '../../core/read-options.js'
import type { Secret } from '../../credentials/secret.js'
import {
  checkConfirmations,
  checkIdentity,
  checkSettings,
  type KnownAccount,
  knownAccount,
} from '../check/account-checks.js'
import { type Identity, identify } from '../check/channel.js'
import { type CheckRun, startRun } from '../check/check-run.js'
import {
  type Check,
  codesOf,
  type Finding,
  found,
  isBlocked,
  needsPerson,
  notMade,
  passed,
  stepsLeft,
} from '../check/findings.js'
import {
  type AccountValues,
  type CommonCheckOptions,
  callerOptions,
  type ParsedOptions,
  parseOptions,
} from '../check/parse-options.js'
import { checkOwner, sameUrl, testUrl, type WebhookEndpoint } from '../check/webhook.js'
import { type Step, step } from '../guide/steps.js'
import type { Registry } from '../registry/registry.js'
import type { Connection, ConnectionMode } from '../registry/types.js'
import { type Held, work } from '../registry/work.js'
import { setWebhook, undoWebhook, type WebhookChange } from './set-webhook.js'

/** A connection before its webhook URL is tested, for tools that store connections themselves. */
export interface PendingConnection extends KnownAccount {
  /** The channel secret, with which LINE signs its webhook test and all deliveries. */
  readonly channelSecret: Secret
  /** The URL that LINE will test. */
  readonly webhookUrl: string
}

/** The account to connect, and the options of connecting and its calls. */
export interface ConnectOptions extends AccountValues, CommonCheckOptions, CallerOptions {
  /** Whether to replace a webhook URL of another tool, which then receives no more events. Default: `false`. */
  readonly takeOver?: boolean | undefined
  /** Whether to only check: nothing is changed at LINE, and nothing is stored. Default: `false`. */
  readonly dryRun?: boolean | undefined
  /** The registry that stores the connection. Default: the connection is not stored. */
  readonly registry?: Registry | undefined
  /** The team that owns the connection. Required with `registry`, and not allowed without it. */
  readonly team?: string | undefined
  /** Called and awaited before LINE tests the webhook URL, so that a receiver without a registry can learn the channel secret. */
  readonly onPending?: ((pending: PendingConnection) => unknown) | undefined
}

/** The result of connecting. */
export interface ConnectResult {
  /**
   * - `connected`: the account is connected.
   * - `needs-person`: the account is connected, except for the steps in `nextSteps` that only a person can do.
   * - `refused`: a check failed, and nothing was stored.
   */
  readonly verdict: 'connected' | 'needs-person' | 'refused'
  /** Whether the connection receives events (`full`) or only sends (`send-only`). */
  readonly mode: ConnectionMode
  /** Whether this was a dry run. */
  readonly dryRun: boolean
  /** The account. Missing when the credentials do not open an Official Account. */
  readonly account?: KnownAccount | undefined
  /** The checks, in the order in which they were made. */
  readonly checks: readonly Check[]
  /** The change of the webhook URL at LINE. Missing when nothing was changed. */
  readonly change?: WebhookChange | undefined
  /** The previous webhook URL. Store it, so that you can restore it later. */
  readonly previousWebhookUrl?: string | undefined
  /** The next steps for people, each listed once. */
  readonly nextSteps: readonly Step[]
  /** The connection in the registry. Missing when it was not stored. */
  readonly connection?: Connection | undefined
}

/** The facts that were read before anything is changed. */
interface Inspected {
  readonly identity: Identity
  /** The webhook before. `undefined` for a connection that only sends. */
  readonly endpoint: WebhookEndpoint | undefined
  /** The webhook URL of another tool. */
  readonly previousWebhookUrl: string | undefined
}

async function teamFinding(registry: Registry, team: string, { channelId, bot }: Identity): Promise<Finding<never>> {
  return (await registry[work].isTaken(team, channelId, bot.userId))
    ? found('failed', 'other_team', 'The account is connected to another team')
    : passed('No other team has connected the account')
}

// Runs all checks that change nothing.
async function inspect(run: CheckRun, parsed: ParsedOptions, options: ConnectOptions): Promise<Inspected | undefined> {
  const { registry, team, takeOver = false } = options
  const { webhookUrl, mode } = parsed
  const identity = await identify(run, parsed.messaging)
  if (!identity) return undefined
  await checkIdentity(run, parsed, identity)
  if (registry && team !== undefined) await run.check('team', () => teamFinding(registry, team, identity))
  const { value: endpoint } =
    webhookUrl !== undefined && mode === 'full'
      ? await run.check('webhook-owner', () => checkOwner(identity.calls, webhookUrl, takeOver))
      : {}
  await checkSettings(run, parsed, identity)
  const previousWebhookUrl = sameUrl(endpoint?.url, webhookUrl) ? undefined : endpoint?.url
  return { identity, endpoint, previousWebhookUrl }
}

function begin(
  { identity, previousWebhookUrl }: Inspected,
  parsed: ParsedOptions,
  { registry, team }: ConnectOptions,
): Promise<Held | 'other-team'> | undefined {
  if (!registry || team === undefined) return undefined
  const { webhookUrl, mode, answering, groups, confirmations, messaging, login } = parsed
  const { botUserId: destination, ...names } = knownAccount(identity)
  return registry[work].begin({
    connection: { team, destination, ...names, mode, answering, groups, confirmations },
    messaging: { ...messaging, channelId: names.channelId },
    login,
    ...(mode === 'full' && { webhookUrl }),
    ...(previousWebhookUrl !== undefined && { previousWebhookUrl }),
  })
}

/** The changes at LINE and in the registry. */
type Changed = Pick<ConnectResult, 'change' | 'connection' | 'previousWebhookUrl'>

// Undoes the change at LINE, if there may be one, and then the pending connection.
async function undo(
  { identity, endpoint }: Inspected,
  { webhookUrl }: ParsedOptions,
  options: ConnectOptions,
  held: Held | undefined,
  mayBeSet: boolean,
): Promise<WebhookChange | undefined> {
  const connections = options.registry?.[work]
  // Another run of this team has taken over and is responsible for the webhook now.
  if (held && connections && !(await connections.owns(held))) return undefined
  // The caller's signal may have ended the run; it must not abort the rollback too.
  const calls = startRun(options, undefined).with(identity.token)
  const undone =
    mayBeSet && endpoint && webhookUrl !== undefined ? await undoWebhook(calls, endpoint, webhookUrl) : undefined
  // A change that could not be undone stays recorded for another run.
  if (held && connections && undone?.state !== 'not-undone') await connections.rollBack(held)
  return undone
}

// Tells the receiver about the connection and makes LINE test the webhook URL. Returns the webhook to set; `undefined` when there is nothing to set.
async function testPending(
  run: CheckRun,
  { identity, endpoint }: Inspected,
  { webhookUrl, messaging: { channelSecret } }: ParsedOptions,
  { onPending, registry }: ConnectOptions,
  begun: Held | undefined,
): Promise<{ readonly endpoint: WebhookEndpoint; readonly webhookUrl: string } | undefined> {
  if (!endpoint || webhookUrl === undefined || !channelSecret) return undefined
  await onPending?.({ ...knownAccount(identity), channelSecret, webhookUrl })
  const { check } = await run.check('webhook-test', () => {
    // A receiver that learns the channel secret from onPending asks no registry.
    if (!registry || !begun || onPending) return testUrl(identity.calls, webhookUrl)
    return registry[work].watch(begun.row.connection, (asked) => testUrl(identity.calls, webhookUrl, asked))
  })
  return check.status === 'passed' || check.status === 'warning' ? { endpoint, webhookUrl } : undefined
}

// Makes all changes. They are undone unless every step succeeds.
async function change(
  run: CheckRun,
  inspected: Inspected,
  parsed: ParsedOptions,
  options: ConnectOptions,
): Promise<Changed> {
  const connections = options.registry?.[work]
  const begun = await begin(inspected, parsed, options)
  if (begun === 'other-team') {
    await run.check('team', () => found('failed', 'other_team', 'Another team connected the account first'))
    return {}
  }
  // Runs a step, and undoes everything when it throws. `mayBeSet` tells whether the webhook URL may already be set.
  const orUndo = async <Value>(mayBeSet: boolean, step: () => Promise<Value>): Promise<Value> => {
    try {
      return await step()
    } catch (error) {
      // The first error is the one that is thrown.
      await undo(inspected, parsed, options, begun, mayBeSet).catch(() => {})
      throw error
    }
  }
  const target = await orUndo(false, () => testPending(run, inspected, parsed, options, begun))
  const held = await orUndo(false, async () => (target && begun ? connections?.setting(begun) : begun))
  const made =
    target &&
    (await orUndo(!sameUrl(target.endpoint.url, target.webhookUrl), () =>
      setWebhook(run, inspected.identity.calls, target.endpoint, target.webhookUrl, parsed),
    ))
  const previousWebhookUrl = held?.content.previousWebhookUrl ?? inspected.previousWebhookUrl
  const isSet = made?.state === 'made'
  return orUndo(isSet, async () => {
    if (isBlocked(run.checks)) {
      const undone = await undo(inspected, parsed, options, begun, isSet)
      return { change: undone ?? made, previousWebhookUrl }
    }
    await checkConfirmations(run, parsed)
    const verdict = needsPerson(run.checks) ? 'needs-person' : 'connected'
    const health = { verdict, codes: codesOf(run.checks), checkedAt: run.clock.now() } as const
    return { change: made, previousWebhookUrl, connection: held && (await connections?.commit(held, health)) }
  })
}

// Makes the checks of a dry run that would otherwise come with the changes.
async function rehearse(
  run: CheckRun,
  { identity, endpoint }: Inspected,
  parsed: ParsedOptions,
  { registry, onPending }: ConnectOptions,
): Promise<Changed> {
  const { webhookUrl } = parsed
  if (endpoint && webhookUrl !== undefined)
    await run.check('webhook-test', () =>
      registry || onPending
        ? notMade(
            'A dry run does not test the webhook URL: the receiver learns the channel secret only when the connection is stored',
          )
        : testUrl(identity.calls, webhookUrl),
    )
  await checkConfirmations(run, parsed)
  return {}
}

function checkTeam({ registry, team }: ConnectOptions): void {
  if (registry && (typeof team !== 'string' || team === ''))
    throw new LineInputError('team is required when registry is given')
  if (!registry && team !== undefined) throw new LineInputError('team requires registry; pass both or neither')
}

/**
 * Connects an Official Account to a tool: checks the values that a person entered, makes LINE test the webhook URL, sets it, and lists the steps that only a
 * person can do.
 *
 * Nothing is changed until every check that changes nothing has passed, and a change is undone when a later step fails.
 * Problems with the account, its settings or the URL are returned as checks with codes; errors are thrown only for other causes.
 * LINE has no API to turn the webhook on, to change the greeting message and auto-response, or to manage members; those are steps for a person.
 *
 * @throws {LineInputError} when a value is not valid; `problems` lists every problem, and nothing was sent.
 * @throws {LineAbortedError} when the signal aborted the run; what was changed is undone.
 * @example
 * const { verdict, checks, nextSteps } = await connectAccount({
 *   messaging: { channelId, channelSecret },
 *   account: { lineId: '@tea-house' },
 *   webhookUrl: 'https://tool.example/line',
 *   answering: 'tool-only',
 * })
 */
export async function connectAccount(options: ConnectOptions): Promise<ConnectResult> {
  checkOptions('connectAccount', options, {})
  checkTeam(options)
  const merged = callerOptions('connectAccount', options)
  const { dryRun = false } = merged
  const parsed = parseOptions(merged)
  const run = startRun(merged, merged.signal)
  const inspected = await inspect(run, parsed, merged)
  const ready = inspected && !isBlocked(run.checks)
  const changed: Changed = !ready
    ? {}
    : dryRun
      ? await rehearse(run, inspected, parsed, merged)
      : await change(run, inspected, parsed, merged)
  const { checks } = run
  const refused = !inspected || isBlocked(checks)
  const notCleared = changed.change?.state === 'not-undone' && changed.change.from === undefined
  return {
    verdict: refused ? 'refused' : needsPerson(checks) ? 'needs-person' : 'connected',
    mode: parsed.mode,
    dryRun,
    account: inspected && knownAccount(inspected.identity),
    checks,
    change: changed.change,
    previousWebhookUrl: changed.previousWebhookUrl ?? inspected?.previousWebhookUrl,
    nextSteps: [...stepsLeft(checks), ...(notCleared ? [step('clear-webhook-url')] : [])],
    connection: changed.connection,
  }
}
