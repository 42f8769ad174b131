import type { CallerOptions } from '../../core/call/caller.js'
import type { Step } from '../guide/steps.js'
import type { ConnectionMode, Health } from '../registry/types.js'
import { work } from '../registry/work.js'
import { checkConfirmations, checkIdentity, checkSettings, type KnownAccount, knownAccount } from './account-checks.js'
import { type Identity, identify } from './channel.js'
import { type CheckRun, startRun } from './check-run.js'
import { type Check, codesOf, type Finding, isBlocked, needsPerson, stepsLeft } from './findings.js'
import {
  type AccountSource,
  type CommonCheckOptions,
  callerOptions,
  type ParsedOptions,
  parseSource,
} from './parse-options.js'
import { checkEndpoint, testUrl } from './webhook.js'

/** The account to check, and the options of the check and its calls. */
export type CheckOptions = AccountSource &
  CommonCheckOptions &
  CallerOptions & {
    /** Whether LINE tests the webhook URL. LINE allows 60 tests an hour for each channel. Default: `true`. */
    readonly testWebhook?: boolean | undefined
  }

/** The state of an account. */
export interface CheckResult {
  /**
   * - `connected`: no problem was found.
   * - `needs-person`: `nextSteps` lists what a person has to do or confirm.
   * - `broken`: a check failed.
   * - `unknown`: LINE is unavailable, and nothing else is wrong.
   */
  readonly verdict: 'connected' | 'needs-person' | 'broken' | 'unknown'
  /** Whether the connection receives events (`full`) or only sends (`send-only`). */
  readonly mode: ConnectionMode
  /** The account. Missing when the credentials do not open an Official Account. */
  readonly account?: KnownAccount | undefined
  /** The checks, in the order in which they were made. */
  readonly checks: readonly Check[]
  /** The next steps for people, each listed once. */
  readonly nextSteps: readonly Step[]
}

// Makes LINE test the webhook URL, and watches whether a receiver in this process asks the registry then.
async function testWatched(
  identity: Identity,
  webhookUrl: string,
  { registry, connectionId }: CheckOptions,
): Promise<Finding<never>> {
  const connection = registry && (await registry.get(connectionId))
  if (!registry || !connection) return testUrl(identity.calls, webhookUrl)
  return registry[work].watch(connection, (asked) => testUrl(identity.calls, webhookUrl, asked))
}

async function checkAll(
  run: CheckRun,
  parsed: ParsedOptions,
  options: CheckOptions,
): Promise<KnownAccount | undefined> {
  const { webhookUrl, mode, confirmations } = parsed
  const identity = await identify(run, parsed.messaging)
  if (!identity) return undefined
  await checkIdentity(run, parsed, identity)
  await checkSettings(run, parsed, identity)
  if (webhookUrl !== undefined && mode === 'full') {
    await checkEndpoint(run, identity.calls, webhookUrl, confirmations)
    if (options.testWebhook ?? true) await run.check('webhook-test', () => testWatched(identity, webhookUrl, options))
  }
  await checkConfirmations(run, parsed)
  return knownAccount(identity)
}

function verdictOf(checks: readonly Check[]): CheckResult['verdict'] {
  if (checks.some(({ status }) => status === 'failed')) return 'broken'
  if (isBlocked(checks)) return 'unknown'
  return needsPerson(checks) ? 'needs-person' : 'connected'
}

/**
 * Checks an account at any time: credentials, account, settings and webhook. Nothing is changed at LINE.
 *
 * With a registry, the result is stored as the health of the connection.
 *
 * @throws {LineInputError} when a value is not valid, when the registry does not have the connection, and when the connection is disconnected.
 * @example
 * const { verdict, checks } = await checkAccount({ registry, connectionId })
 */
export async function checkAccount(options: CheckOptions): Promise<CheckResult> {
  const merged = callerOptions('checkAccount', options)
  const parsed = await parseSource(merged)
  const run = startRun(merged, merged.signal)
  const account = await checkAll(run, parsed, merged)
  const { checks } = run
  const verdict = verdictOf(checks)
  // An outage of LINE does not change the health of the connection.
  if (merged.registry && verdict !== 'unknown') {
    const health: Health = { verdict, codes: codesOf(checks), checkedAt: run.clock.now() }
    const names = account && { name: account.name, premiumId: account.premiumId, pictureUrl: account.pictureUrl }
    const seen = { ...names, confirmations: parsed.confirmations }
    await merged.registry[work].saveHealth(merged.connectionId, health, seen)
  }
  return { verdict, mode: parsed.mode, account, checks, nextSteps: stepsLeft(checks) }
}
