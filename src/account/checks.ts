import { type FailureCode, failures } from './failures.js'
import { type Step, type StepId, step } from './steps.js'

/** Names of the checks. Each is made at most once in a run, and one that does not apply is left out. */
export type CheckId =
  | 'credentials'
  | 'channel-kind'
  | 'token'
  | 'account'
  | 'account-name'
  | 'team'
  | 'followers'
  | 'quota'
  | 'chat-mode'
  | 'webhook-owner'
  | 'webhook-test'
  | 'webhook-url'
  | 'webhook-switch'
  | 'login-credentials'
  | 'login-channel-kind'
  | 'login-published'
  | 'login-linked'
  | 'login-provider'
  | 'greeting'
  | 'auto-response'
  | 'response-hours'
  | 'chat-response-method'
  | 'group-joining'
  | 'second-administrator'

/**
 * How a check ended: `passed`; `failed`; `warning`, which keeps nobody from going on; `needs-person`, which only a person can do or answer;
 * `unknown`, when it could not be made, for `code` says why, or an earlier one failed.
 */
export type CheckStatus = 'passed' | 'failed' | 'warning' | 'needs-person' | 'unknown'

/** What a check saw. It holds no secret, no token, and of a URL its host only. */
export interface Evidence {
  readonly [name: string]: string | number | boolean
}

/** One check and how it ended. */
export interface Check {
  readonly id: CheckId
  readonly status: CheckStatus
  /** What is wrong. Missing when it passed, and when it was not made because of an earlier one. */
  readonly code?: FailureCode | undefined
  /** What was found, in one sentence. */
  readonly message: string
  readonly evidence: Evidence
  /** What a person can do about it. */
  readonly remedy?: Step | undefined
}

/** A check without its name. */
export type Finding = Omit<Check, 'id'>

type Facts = { readonly [name: string]: string | number | boolean | undefined }

function evidenceOf(facts: Facts): Evidence {
  // What is undefined was not seen.
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined)) as Evidence
}

/** All is well. */
export function passed(message: string, facts: Facts = {}): Finding {
  return { status: 'passed', message, evidence: evidenceOf(facts) }
}

/** Something is not as it should be. The step that mends it is the usual one of its code, unless another is given. */
export function found(
  status: Exclude<CheckStatus, 'passed'>,
  code: FailureCode,
  message: string,
  facts: Facts = {},
  mend?: StepId,
): Finding {
  return { status, code, message, evidence: evidenceOf(facts), remedy: step(mend ?? failures[code].step) }
}

/** A person has to do or say something, and nothing is known to be wrong. */
export function asked(message: string, mend: StepId, facts: Facts = {}): Finding {
  return { status: 'needs-person', message, evidence: evidenceOf(facts), remedy: step(mend) }
}

/** The check was not made. */
export function notMade(message: string): Finding {
  return { status: 'unknown', message, evidence: {} }
}

/** The steps that are left, each once, in the order of the checks. */
export function stepsLeft(checks: readonly Check[]): readonly Step[] {
  const steps = new Map<StepId, Step>()
  for (const { status, remedy } of checks) if (status !== 'passed' && remedy) steps.set(remedy.id, remedy)
  return [...steps.values()]
}

/** The codes that were found, each once. */
export function codesOf(checks: readonly Check[]): readonly FailureCode[] {
  return [...new Set(checks.flatMap(({ code }) => code ?? []))]
}
