import type { CallerOptions } from '../core/call/caller.js'
import { systemClock } from '../core/clock.js'
import { identify } from './check/identity.js'
import { type Endpoint, judgeSwitch, judgeUrl, readEndpoint, testUrl } from './check/webhook.js'
import { type Check, codesOf, stepsLeft } from './checks.js'
import {
  askPerson,
  inspectIdentity,
  inspectSettings,
  isBlocked,
  type KnownAccount,
  knownAccount,
  needsPerson,
} from './inspect.js'
import {
  type AccountValues,
  callingOptions,
  type LookOptions,
  type Plan,
  type RegisteredAccount,
  readPlan,
  registeredPlan,
} from './plan.js'
import type { ConnectionMode, Health } from './registry/types.js'
import { work } from './registry/work.js'
import { type Run, startRun } from './run.js'
import type { Step } from './steps.js'

/** Whose account it is: values, or a connection of a registry. */
export type AccountSource =
  | (AccountValues & { readonly registry?: undefined; readonly connectionId?: undefined })
  | (RegisteredAccount & { readonly [K in keyof AccountValues]?: undefined })

/** How an account is checked. Beside it stands how LINE is called. */
export type CheckOptions = AccountSource &
  LookOptions &
  CallerOptions & {
    /** Whether LINE is to test the webhook URL. It allows 60 tests an hour, of all tools together. Default: `true`. */
    readonly testWebhook?: boolean | undefined
  }

/** How an account is. */
export interface CheckResult {
  /** `connected`; `needs-person`, with `nextSteps`; `broken`; `unknown` when LINE could not be asked and nothing else is wrong. */
  readonly verdict: 'connected' | 'needs-person' | 'broken' | 'unknown'
  readonly mode: ConnectionMode
  /** Missing when the credentials open no Official Account. */
  readonly account?: KnownAccount | undefined
  readonly checks: readonly Check[]
  readonly nextSteps: readonly Step[]
}

/** Reads whose account it is, from either source. */
export async function planOf(
  source: AccountSource & LookOptions & CallerOptions,
): Promise<{ readonly plan: Plan; readonly calling: CallerOptions }> {
  if (source.registry) {
    const calling = callingOptions(source)
    return { plan: await registeredPlan(source, (calling.clock ?? systemClock).now()), calling }
  }
  return { plan: readPlan(source), calling: callingOptions(source) }
}

async function look(run: Run, plan: Plan, testWebhook: boolean): Promise<KnownAccount | undefined> {
  const identity = await identify(run, plan.messaging)
  if (!identity) return undefined
  await inspectIdentity(run, plan, identity)
  await inspectSettings(run, plan, identity)
  const { webhookUrl, mode } = plan
  if (webhookUrl !== undefined && mode === 'full') {
    let endpoint: Endpoint | undefined
    const url = await run.check('webhook-url', async () =>
      judgeUrl((endpoint = await readEndpoint(identity.calls)), webhookUrl),
    )
    if (endpoint && url.status === 'passed') {
      const read = endpoint
      await run.check('webhook-switch', () => judgeSwitch(read, plan.attested, run.clock.now()))
    }
    if (testWebhook) await run.check('webhook-test', () => testUrl(identity.calls, webhookUrl))
  }
  await askPerson(run, plan)
  return knownAccount(identity)
}

function verdictOf(checks: readonly Check[]): CheckResult['verdict'] {
  if (checks.some(({ status }) => status === 'failed')) return 'broken'
  if (isBlocked(checks)) return 'unknown'
  return needsPerson(checks) ? 'needs-person' : 'connected'
}

/**
 * Checks a connection at any time: credentials, account, settings, webhook. It changes nothing at LINE.
 *
 * With a registry, what was found is kept as the connection's health.
 *
 * @throws {LineInputError} when a value cannot be what it is given as, or the registry has no such connection that is still connected.
 * @example
 * const { verdict, checks } = await checkAccount({ registry, connectionId })
 */
export async function checkAccount(options: CheckOptions): Promise<CheckResult> {
  const { plan, calling } = await planOf(options)
  const run = startRun(calling, options.signal)
  const account = await look(run, plan, options.testWebhook ?? true)
  const { checks } = run
  const verdict = verdictOf(checks)
  // That LINE could not be asked says nothing about the connection.
  if (options.registry && verdict !== 'unknown') {
    const health: Health = { verdict, codes: codesOf(checks), checkedAt: run.clock.now() }
    const names = account && { name: account.name, premiumId: account.premiumId, pictureUrl: account.pictureUrl }
    await options.registry[work].saveHealth(options.connectionId, health, { ...names, attested: plan.attested })
  }
  return { verdict, mode: plan.mode, account, checks, nextSteps: stepsLeft(checks) }
}
