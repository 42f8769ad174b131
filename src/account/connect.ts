import type { CallerOptions } from '../core/call/caller.js'
import { LineInputError } from '../core/errors.js'
import type { Secret } from '../credentials/secret.js'
import { type Identity, identify } from './check/identity.js'
import { type Endpoint, judgeOwner, readEndpoint, sameUrl, testUrl } from './check/webhook.js'
import { type Check, codesOf, found, notMade, passed, stepsLeft } from './checks.js'
import {
  askPerson,
  inspectIdentity,
  inspectSettings,
  isBlocked,
  type KnownAccount,
  knownAccount,
  needsPerson,
} from './inspect.js'
import { type AccountValues, callingOptions, type LookOptions, type Plan, readPlan } from './plan.js'
import type { Registry } from './registry/registry.js'
import type { Connection, ConnectionMode } from './registry/types.js'
import { type Held, work } from './registry/work.js'
import { type Run, startRun } from './run.js'
import { type Step, step } from './steps.js'
import { takeWebhook, undoWebhook, type WebhookChange } from './take-webhook.js'

/** A connection that is about to be tested, for a tool that keeps connections itself. */
export interface PendingConnection extends KnownAccount {
  /** What LINE's test and all deliveries are signed with. */
  readonly channelSecret: Secret
  readonly webhookUrl: string
}

/** How an account is connected. Beside it stands how LINE is called. */
export interface ConnectOptions extends AccountValues, LookOptions, CallerOptions {
  /** Whether the webhook may be taken from another address, which then gets no events any more. Default: `false`. */
  readonly takeOver?: boolean | undefined
  /** Whether only to look: nothing is changed at LINE, and nothing stored. Default: `false`. */
  readonly dryRun?: boolean | undefined
  /** Where the connection is kept. */
  readonly registry?: Registry | undefined
  /** Whose it is; with a registry. */
  readonly team?: string | undefined
  /** Is called, and waited for, before LINE tests the webhook URL, so that a receiver without a registry can learn the secret. */
  readonly onPending?: ((pending: PendingConnection) => unknown) | undefined
}

/** How connecting ended. */
export interface ConnectResult {
  /** `connected`; `needs-person`: connected as far as a program can, with `nextSteps` for a person; `refused`: something is wrong, and nothing was kept. */
  readonly verdict: 'connected' | 'needs-person' | 'refused'
  readonly mode: ConnectionMode
  readonly dryRun: boolean
  /** Missing when the credentials open no Official Account. */
  readonly account?: KnownAccount | undefined
  /** In the order in which they were made. */
  readonly checks: readonly Check[]
  /** What was changed at LINE, and whether it still is. */
  readonly change?: WebhookChange | undefined
  /** What the webhook URL was before. Keep it: it may be wanted back. */
  readonly previousWebhookUrl?: string | undefined
  /** What people can do now, each once. */
  readonly nextSteps: readonly Step[]
  /** The connection in the registry, if it was kept. */
  readonly connection?: Connection | undefined
}

interface Looked {
  readonly identity: Identity
  /** Missing for a connection that only sends. */
  readonly endpoint: Endpoint | undefined
}

// Everything that changes nothing, and before anything is changed.
async function look(run: Run, plan: Plan, options: ConnectOptions): Promise<Looked | undefined> {
  const { registry, team } = options
  const identity = await identify(run, plan.messaging)
  if (!identity) return undefined
  await inspectIdentity(run, plan, identity)
  const { bot, channelId, calls } = identity
  if (registry && team !== undefined)
    await run.check('team', async () =>
      (await registry[work].isTaken(team, channelId, bot.userId))
        ? found('failed', 'other_team', 'The account is connected to another team')
        : passed('No other team has the account'),
    )
  const { webhookUrl, mode } = plan
  let endpoint: Endpoint | undefined
  if (webhookUrl !== undefined && mode === 'full')
    await run.check('webhook-owner', async () => {
      endpoint = await readEndpoint(calls)
      return judgeOwner(endpoint, webhookUrl, options.takeOver ?? false)
    })
  await inspectSettings(run, plan, identity)
  return { identity, endpoint }
}

async function begin(
  { identity, endpoint }: Looked,
  plan: Plan,
  { registry, team }: ConnectOptions,
): Promise<Held | 'other-team' | undefined> {
  if (!registry || team === undefined) return undefined
  const { webhookUrl, mode, answering, groups, attested, messaging, login } = plan
  const { botUserId: destination, ...names } = knownAccount(identity)
  return registry[work].begin({
    connection: { team, destination, ...names, mode, answering, groups, attested },
    messaging: { ...messaging, channelId: names.channelId },
    login,
    ...(mode === 'full' && { webhookUrl }),
    ...(endpoint && !sameUrl(endpoint.url, webhookUrl) && { previousWebhookUrl: endpoint.url }),
  })
}

type Made = Pick<ConnectResult, 'change' | 'connection' | 'previousWebhookUrl'>

// Everything that changes something. What it changed is undone when it does not come to its end.
async function act(
  run: Run,
  looked: Looked,
  plan: Plan,
  options: ConnectOptions,
  calling: CallerOptions,
): Promise<Made> {
  const keeper = options.registry?.[work]
  const { endpoint, identity } = looked
  const { webhookUrl, messaging } = plan
  const begun = await begin(looked, plan, options)
  if (begun === 'other-team') {
    await run.check('team', () => found('failed', 'other_team', 'Another team was faster to connect the account'))
    return {}
  }
  let held = begun
  let change: WebhookChange | undefined
  let mayBeChanged = false
  // The caller's signal may be what ended the run; it must not end the undoing.
  const undo = async () => {
    // Another run of this team has taken over: the webhook is its affair now.
    if (held && keeper && !(await keeper.owns(held))) return
    if (mayBeChanged && endpoint && webhookUrl !== undefined)
      change = await undoWebhook(startRun(calling, undefined).with(identity.token), endpoint, webhookUrl)
    // What is not undone stays on record, so that another run knows of it.
    if (held && keeper && change?.state !== 'not-undone') await keeper.rollBack(held)
  }
  try {
    if (endpoint && webhookUrl !== undefined && messaging.channelSecret) {
      await options.onPending?.({ ...knownAccount(identity), channelSecret: messaging.channelSecret, webhookUrl })
      const test = await run.check('webhook-test', () => testUrl(identity.calls, webhookUrl))
      if (test.status === 'passed') {
        if (held && keeper) held = await keeper.setting(held)
        mayBeChanged = !sameUrl(endpoint.url, webhookUrl)
        change = await takeWebhook(run, identity.calls, endpoint, webhookUrl, plan)
        mayBeChanged = change?.state === 'made'
      }
    }
    const previousWebhookUrl = held?.content.previousWebhookUrl ?? previousUrl(looked, plan)
    if (isBlocked(run.checks)) {
      await undo()
      return { change, previousWebhookUrl }
    }
    await askPerson(run, plan)
    const verdict = needsPerson(run.checks) ? 'needs-person' : 'connected'
    const health = { verdict, codes: codesOf(run.checks), checkedAt: run.clock.now() } as const
    return { change, previousWebhookUrl, connection: held && (await keeper?.commit(held, health)) }
  } catch (error) {
    // The first error is the one to tell.
    await undo().catch(() => {})
    throw error
  }
}

const previousUrl = ({ endpoint }: Looked, { webhookUrl }: Plan): string | undefined =>
  sameUrl(endpoint?.url, webhookUrl) ? undefined : endpoint?.url

function checkOwner({ registry, team }: ConnectOptions): void {
  if (registry && (typeof team !== 'string' || team === ''))
    throw new LineInputError('connectAccount: with a registry, say whose the connection is: team')
  if (!registry && team !== undefined) throw new LineInputError('connectAccount: team is of use with a registry only')
}

/**
 * Connects an Official Account to a tool: checks what a person pasted, has LINE test the webhook URL, sets it, and says what only a person can do.
 *
 * Nothing changes before everything that can be checked without a change is well, and what was changed is undone when something after it fails.
 * What is wrong with the account, its settings or the URL comes as checks with codes; it throws only for what is no account's fault.
 * LINE has no API for the webhook switch, for greeting and auto-response, or for members: those are steps for a person.
 *
 * @throws {LineInputError} when a value cannot be what it is given as, with every problem in `problems`; nothing was sent then.
 * @throws {LineAbortedError} when the signal ended it; what was changed is undone.
 * @example
 * const { verdict, checks, nextSteps } = await connectAccount({
 *   messaging: { channelId, channelSecret },
 *   account: { lineId: '@tea-house' },
 *   webhookUrl: 'https://tool.example/line',
 *   answering: 'tool-only',
 * })
 */
export async function connectAccount(options: ConnectOptions): Promise<ConnectResult> {
  checkOwner(options)
  const calling = callingOptions(options)
  const plan = readPlan({ ...options, ...calling })
  const run = startRun(calling, options.signal)
  const dryRun = options.dryRun ?? false
  const looked = await look(run, plan, options)
  let made: Made = {}
  if (looked && !isBlocked(run.checks)) {
    if (!dryRun) made = await act(run, looked, plan, options, calling)
    else {
      const { webhookUrl } = plan
      if (looked.endpoint && webhookUrl !== undefined)
        await run.check('webhook-test', () =>
          options.registry || options.onPending
            ? notMade('A dry run makes no test: the receiver learns the secret only when the connection is stored')
            : testUrl(looked.identity.calls, webhookUrl),
        )
      await askPerson(run, plan)
    }
  }
  const { checks } = run
  const { change, connection } = made
  const refused = !looked || isBlocked(checks)
  const cannotClear = change?.state === 'not-undone' && change.from === undefined
  return {
    verdict: refused ? 'refused' : needsPerson(checks) ? 'needs-person' : 'connected',
    mode: plan.mode,
    dryRun,
    account: looked && knownAccount(looked.identity),
    checks,
    change,
    previousWebhookUrl: made.previousWebhookUrl ?? (looked && previousUrl(looked, plan)),
    nextSteps: [...stepsLeft(checks), ...(cannotClear ? [step('clear-webhook-url')] : [])],
    connection,
  }
}
