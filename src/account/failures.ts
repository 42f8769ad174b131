import type { StepId } from './steps.js'

/**
 * What can be wrong with the connection of an Official Account, for a program to switch on.
 *
 * Those that only a person can see come from no check; {@link failures} names the step that asks for them.
 */
export type FailureCode =
  // Signing in, and who may: no API knows of it.
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
  // Webhook and answers.
  | 'webhook_unset'
  | 'webhook_elsewhere'
  | 'webhook_off'
  | 'webhook_unreachable'
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

/** How a failure is found. `person`: no API shows it, so somebody has to say it. */
export type FoundBy = 'api' | 'probe' | 'person'

/** What is known about a failure before it happens. */
export interface Failure {
  readonly foundBy: FoundBy
  /** The step that mends it, or, for what only a person can see, the step that asks. */
  readonly step: StepId
}

/** Every failure: how it is found, and which step mends it. */
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
