import { LineInputError } from '../../core/errors.js'
import { irreversible, stepTables } from './step-tables.js'

/** The person who takes a step. `tool-operator` runs the tool that connects the account. */
export type Actor =
  | 'business-id-owner'
  | 'account-administrator'
  | 'provider-admin'
  | 'channel-admin'
  | 'line-user'
  | 'tool-operator'

/** The system in which a step is taken: the pages of the Business ID, LINE Official Account Manager, the LINE Developers Console, the LINE app, or the tool. */
export type StepSystem = 'business-id' | 'manager' | 'console' | 'line-app' | 'tool'

/** How completion of a step is verified: read from an API (`api`), inferred from LINE's behavior (`probe`), or confirmed by a person (`person`). */
export type ProvenBy = 'api' | 'probe' | 'person'

/** A step that only a person can take, because LINE has no API for it. */
export interface Step {
  /** The ID of the step. */
  readonly id: StepId
  /** The system in which it is taken. */
  readonly system: StepSystem
  /** The person who takes it. */
  readonly actor: Actor
  /** How its completion is verified. */
  readonly provenBy: ProvenBy
  /** Whether it cannot be undone. */
  readonly irreversible: boolean
  /** The instruction, in one sentence. */
  readonly summary: string
}

/** Identifies a step. */
export type StepId =
  // Signing in and permissions.
  | 'use-login-link'
  | 'try-other-login-method'
  | 'set-line-email'
  | 'change-line-password'
  | 'reset-business-password'
  | 'type-code-in-line-app'
  | 'check-mailbox'
  | 'move-line-account'
  | 'review-devices'
  | 'be-made-administrator'
  | 'invite-administrator'
  | 'invite-again'
  | 'free-a-member-place'
  | 'change-member-role'
  | 'confirm-member-list'
  | 'be-given-channel-role'
  | 'find-channel-owner'
  | 'keep-access-records'
  | 'appoint-partner'
  | 'make-new-account'
  | 'contact-support'
  // Creating an account and its channels.
  | 'create-account'
  | 'set-profile'
  | 'request-verification'
  | 'register-developer'
  | 'enable-messaging-api'
  | 'choose-provider'
  | 'give-policy-urls'
  | 'open-channel'
  | 'create-login-channel'
  | 'register-public-key'
  | 'publish-login-channel'
  | 'link-account'
  | 'use-one-provider'
  | 'sign-up-for-tool'
  // Values that are copied from LINE into the tool.
  | 'copy-channel-id'
  | 'copy-channel-secret'
  | 'copy-messaging-values'
  | 'copy-login-values'
  | 'copy-channel-access-token'
  | 'issue-long-lived-token'
  | 'copy-kid'
  | 'copy-line-id'
  | 'compare-account'
  | 'allow-address'
  | 'set-clock'
  // Webhook and replies.
  | 'say-take-over'
  | 'disconnect-there-first'
  | 'paste-webhook-url'
  | 'mend-webhook-server'
  | 'mend-signature-check'
  | 'let-line-through'
  | 'lead-url-to-receiver'
  | 'switch-webhook-on'
  | 'switch-webhook-off'
  | 'clear-webhook-url'
  | 'switch-chat-on'
  | 'switch-chat-off'
  | 'reload-later'
  | 'switch-greeting-off'
  | 'switch-greeting-on'
  | 'switch-auto-response-off'
  | 'switch-response-hours-off'
  | 'set-manual-chat'
  | 'forbid-groups'
  | 'allow-groups'
  | 'send-test-message'
  | 'raise-quota'
  | 'log-in-as-outsider'
  | 'try-again'
  // After a tool was disconnected.
  | 'remove-tool-members'
  | 'delete-public-key'
  | 'end-long-lived-token'

/** Lists the IDs of all steps. */
export function stepIds(): readonly StepId[] {
  return stepTables.flatMap(({ steps }) => Object.keys(steps) as StepId[]) // the type of the tables allows no other keys
}

/**
 * Looks up a step.
 *
 * @throws {LineInputError} when the step does not exist.
 */
export function step(id: StepId): Step {
  if (typeof id !== 'string') throw new LineInputError('step: id must be the ID of a step, a string')
  const table = stepTables.find(({ steps }) => Object.hasOwn(steps, id))
  if (!table) throw new LineInputError(`Unknown step "${id}"`)
  const { system, actor, provenBy, steps } = table
  return { id, system, actor, provenBy, irreversible: irreversible.includes(id), summary: steps[id] ?? '' }
}
