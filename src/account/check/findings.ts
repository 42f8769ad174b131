import { type Step, type StepId, step } from '../guide/steps.js'

/** Identifies a check. A run makes each check at most once, and skips checks that do not apply. */
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
 * The result of a check:
 *
 * - `passed`: nothing to do.
 * - `failed`: a problem that blocks the connection.
 * - `warning`: a problem that does not block the connection.
 * - `needs-person`: only a person can do or confirm this.
 * - `unknown`: the check could not be run; see `code`, or an earlier check that failed.
 */
export type CheckStatus = 'passed' | 'failed' | 'warning' | 'needs-person' | 'unknown'

/** The data that a check read. It contains no secret and no token, and only the host of a URL. */
export interface Evidence {
  readonly [name: string]: string | number | boolean
}

/** A check and its result. */
export interface Check {
  /** The ID of the check. */
  readonly id: CheckId
  /** The result of the check. */
  readonly status: CheckStatus
  /** The failure. Missing when the check passed, when it only asks a person, and when an earlier check prevented it. */
  readonly code?: FailureCode | undefined
  /** The result in one sentence. */
  readonly message: string
  /** The data that the check read. */
  readonly evidence: Evidence
  /** The step that solves the problem. Missing when there is nothing to do. */
  readonly remedy?: Step | undefined
}

/** The result of a check without its ID. `value` is passed to later checks and is not part of the result. */
export interface Finding<Value = undefined> extends Omit<Check, 'id'> {
  readonly value?: Value | undefined
}

type Facts = { readonly [name: string]: string | number | boolean | undefined }

function evidenceOf(facts: Facts): Evidence {
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined)) as Evidence // undefined was filtered out
}

/** A check that passed. */
export function passed(message: string, facts: Facts = {}): Finding<never> {
  return { status: 'passed', message, evidence: evidenceOf(facts) }
}

/** A problem. Its remedy is the step of its code, unless another step is given. */
export function found(
  status: Exclude<CheckStatus, 'passed'>,
  code: FailureCode,
  message: string,
  facts: Facts = {},
  remedy: StepId = failures[code].step,
): Finding<never> {
  return { status, code, message, evidence: evidenceOf(facts), remedy: step(remedy) }
}

/** A question for a person; nothing is known to be wrong. */
export function asked(message: string, remedy: StepId): Finding<never> {
  return { status: 'needs-person', message, evidence: {}, remedy: step(remedy) }
}

/** A check that could not be run. */
export function notMade(message: string): Finding<never> {
  return { status: 'unknown', message, evidence: {} }
}

/** Lists the steps that remain, each once, in the order of the checks. */
export function stepsLeft(checks: readonly Check[]): readonly Step[] {
  const steps = new Map<StepId, Step>()
  for (const { status, remedy } of checks) if (status !== 'passed' && remedy) steps.set(remedy.id, remedy)
  return [...steps.values()]
}

/** Lists the failure codes of the checks, each once. */
export function codesOf(checks: readonly Check[]): readonly FailureCode[] {
  return [...new Set(checks.flatMap(({ code }) => code ?? []))]
}

const has = (checks: readonly Check[], status: CheckStatus) => checks.some((check) => check.status === status)

/** Returns whether a failure, or an outage of LINE, prevents connecting. */
export function isBlocked(checks: readonly Check[]): boolean {
  return has(checks, 'failed') || checks.some(({ status, code }) => status === 'unknown' && code !== undefined)
}

/** Returns whether a step or a confirmation of a person remains. A webhook URL that leads to another program counts, because no event would arrive. */
export function needsPerson(checks: readonly Check[]): boolean {
  return has(checks, 'needs-person') || checks.some(({ code }) => code === 'webhook_not_ours')
}

/**
 * The possible failures of the connection of an Official Account. The list is closed.
 *
 * No check reports failures that only a person can see; {@link failures} names the step that asks about them.
 */
export type FailureCode =
  // Signing in and permissions, which no API reports.
  | 'wrong_login_method'
  | 'line_code_not_shown'
  | 'line_email_missing'
  | 'email_code_missing'
  | 'no_oam_permission'
  | 'no_console_permission'
  | 'channel_owned_by_other'
  | 'invite_expired'
  | 'invite_used'
  | 'member_limit'
  // Credentials.
  | 'bad_channel_id'
  | 'bad_channel_secret'
  | 'login_channel_given'
  | 'messaging_channel_given'
  | 'token_mismatch'
  | 'token_invalidated'
  | 'token_expired'
  | 'token_expires'
  | 'unknown_kid'
  | 'key_mismatch'
  | 'key_refused'
  | 'clock_skew'
  | 'ip_denied'
  | 'no_channel_secret'
  // The account.
  | 'basic_id_mismatch'
  | 'name_differs'
  | 'account_suspended'
  | 'unverified_account'
  | 'other_team'
  | 'no_spare_admin'
  | 'quota_reached'
  | 'quota_low'
  // Webhook and replies.
  | 'webhook_unset'
  | 'webhook_elsewhere'
  | 'webhook_off'
  | 'webhook_unreachable'
  | 'webhook_not_ours'
  | 'webhook_blocked'
  | 'webhook_test_limit'
  | 'signature_mismatch'
  | 'double_replies'
  | 'chat_mode_conflict'
  | 'settings_lag'
  | 'groups_allowed'
  | 'groups_forbidden'
  // LINE Login.
  | 'login_not_published'
  | 'linked_oa_missing'
  | 'provider_split'
  // LINE itself.
  | 'line_refused'
  | 'line_unavailable'

/** How a failure is detected: read from an API (`api`), inferred from LINE's behavior (`probe`), or reported by a person because no API shows it (`person`). */
export type FoundBy = 'api' | 'probe' | 'person'

/** How a failure is detected and solved. */
export interface Failure {
  /** How it is detected. */
  readonly foundBy: FoundBy
  /** The step that solves it or, for a failure that only a person can see, the step that asks about it. */
  readonly step: StepId
}

/** Every failure: how it is found, and the step that solves it. */
export const failures: { readonly [code in FailureCode]: Failure } = {
  wrong_login_method: { foundBy: 'person', step: 'try-other-login-method' },
  line_code_not_shown: { foundBy: 'person', step: 'type-code-in-line-app' },
  line_email_missing: { foundBy: 'person', step: 'set-line-email' },
  email_code_missing: { foundBy: 'person', step: 'check-mailbox' },
  no_oam_permission: { foundBy: 'person', step: 'be-made-administrator' },
  no_console_permission: { foundBy: 'person', step: 'be-given-channel-role' },
  channel_owned_by_other: { foundBy: 'person', step: 'find-channel-owner' },
  invite_expired: { foundBy: 'person', step: 'invite-again' },
  invite_used: { foundBy: 'person', step: 'invite-again' },
  member_limit: { foundBy: 'person', step: 'free-a-member-place' },
  bad_channel_id: { foundBy: 'api', step: 'copy-channel-id' },
  bad_channel_secret: { foundBy: 'api', step: 'copy-channel-secret' },
  login_channel_given: { foundBy: 'probe', step: 'copy-messaging-values' },
  messaging_channel_given: { foundBy: 'probe', step: 'copy-login-values' },
  token_mismatch: { foundBy: 'api', step: 'copy-channel-access-token' },
  token_invalidated: { foundBy: 'api', step: 'copy-channel-access-token' },
  token_expired: { foundBy: 'api', step: 'issue-long-lived-token' },
  token_expires: { foundBy: 'api', step: 'issue-long-lived-token' },
  unknown_kid: { foundBy: 'api', step: 'copy-kid' },
  key_mismatch: { foundBy: 'api', step: 'copy-kid' },
  key_refused: { foundBy: 'api', step: 'register-public-key' },
  clock_skew: { foundBy: 'api', step: 'set-clock' },
  ip_denied: { foundBy: 'probe', step: 'allow-address' },
  no_channel_secret: { foundBy: 'api', step: 'copy-channel-secret' },
  basic_id_mismatch: { foundBy: 'api', step: 'compare-account' },
  name_differs: { foundBy: 'api', step: 'compare-account' },
  account_suspended: { foundBy: 'probe', step: 'contact-support' },
  unverified_account: { foundBy: 'probe', step: 'request-verification' },
  other_team: { foundBy: 'api', step: 'disconnect-there-first' },
  no_spare_admin: { foundBy: 'person', step: 'invite-administrator' },
  quota_reached: { foundBy: 'api', step: 'raise-quota' },
  quota_low: { foundBy: 'api', step: 'raise-quota' },
  webhook_unset: { foundBy: 'api', step: 'paste-webhook-url' },
  webhook_elsewhere: { foundBy: 'api', step: 'say-take-over' },
  webhook_off: { foundBy: 'api', step: 'switch-webhook-on' },
  webhook_unreachable: { foundBy: 'api', step: 'mend-webhook-server' },
  webhook_not_ours: { foundBy: 'probe', step: 'lead-url-to-receiver' },
  webhook_blocked: { foundBy: 'probe', step: 'let-line-through' },
  webhook_test_limit: { foundBy: 'api', step: 'try-again' },
  signature_mismatch: { foundBy: 'probe', step: 'mend-signature-check' },
  double_replies: { foundBy: 'person', step: 'send-test-message' },
  chat_mode_conflict: { foundBy: 'api', step: 'switch-chat-off' },
  settings_lag: { foundBy: 'probe', step: 'reload-later' },
  groups_allowed: { foundBy: 'person', step: 'forbid-groups' },
  groups_forbidden: { foundBy: 'person', step: 'allow-groups' },
  login_not_published: { foundBy: 'probe', step: 'publish-login-channel' },
  linked_oa_missing: { foundBy: 'probe', step: 'link-account' },
  provider_split: { foundBy: 'probe', step: 'use-one-provider' },
  line_refused: { foundBy: 'api', step: 'contact-support' },
  line_unavailable: { foundBy: 'api', step: 'try-again' },
}
