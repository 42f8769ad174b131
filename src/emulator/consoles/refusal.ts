import { LineError, LineInputError } from '../../core/errors.js'

/** Why a page of Business ID, LINE Official Account Manager, the LINE Developers Console or the LINE app refused. The list is closed. */
export type ConsoleReason =
  // Business ID
  | 'wrong_email'
  | 'wrong_password'
  | 'wrong_login_method'
  | 'sign_in_locked'
  | 'two_step_needs_email'
  | 'line_email_missing'
  | 'line_code_not_shown'
  | 'wrong_code'
  | 'code_expired'
  | 'code_not_entered'
  | 'email_code_missing'
  | 'signed_out'
  | 'email_taken'
  | 'email_registered'
  | 'line_account_in_use'
  | 'line_account_linked'
  | 'yahoo_japan_in_use'
  | 'unlink_needs_email'
  | 'reset_email_mismatch'
  | 'link_expired'
  | 'link_used'
  | 'link_unknown'
  // Official Account Manager
  | 'no_oam_permission'
  | 'not_administrator'
  | 'no_broadcast_permission'
  | 'no_analytics_permission'
  | 'consent_pending'
  | 'terms_not_agreed'
  | 'form_invalid'
  | 'account_limit'
  | 'name_locked'
  | 'edited_too_often'
  | 'review_unavailable'
  | 'own_role'
  | 'already_member'
  | 'member_limit'
  | 'invite_expired'
  | 'invite_used'
  | 'quota_reached'
  | 'messaging_api_off'
  | 'messaging_api_in_use'
  | 'provider_not_admin'
  // LINE Developers Console
  | 'developer_missing'
  | 'developer_registered'
  | 'developer_sole_admin'
  | 'no_console_permission'
  | 'console_admin_only'
  | 'provider_limit'
  | 'provider_not_empty'
  | 'channel_limit'
  | 'role_held'
  | 'role_missing'
  | 'admin_cannot_leave'
  | 'channel_undeletable'
  | 'channel_name_reserved'
  | 'overlap_invalid'
  | 'webhook_url_invalid'
  | 'webhook_url_missing'
  | 'switch_refused'
  | 'already_published'
  | 'linked_account_provider'
  | 'linked_account_not_administrator'

type Shown = readonly [status: number | undefined, text: string]

const credentials = 'The email address or password is incorrect.'

// Only the texts of pages with a status are LINE's own; the other texts are the emulator's.
const shown: { readonly [reason in ConsoleReason]: Shown } = {
  wrong_email: [undefined, credentials],
  wrong_password: [undefined, credentials],
  wrong_login_method: [undefined, credentials],
  sign_in_locked: [undefined, 'Too many wrong passwords. Try again later, or reset the password.'],
  two_step_needs_email: [undefined, 'Register an email address before changing two-step verification.'],
  line_email_missing: [undefined, 'No email address is registered with this LINE account.'],
  line_code_not_shown: [undefined, 'LINE does not ask for a code on this device.'],
  wrong_code: [undefined, 'The code is incorrect.'],
  code_expired: [undefined, 'The code has expired. Start again.'],
  code_not_entered: [undefined, 'Waiting for the code.'],
  email_code_missing: [undefined, 'The email with the code has not arrived.'],
  signed_out: [undefined, 'Log in to continue.'],
  email_taken: [undefined, 'This email address is already in use.'],
  email_registered: [undefined, 'An email address is already registered with this Business ID.'],
  line_account_in_use: [undefined, 'This LINE account is already in use.'],
  line_account_linked: [undefined, 'A LINE account is already linked with this Business ID.'],
  yahoo_japan_in_use: [undefined, 'This Yahoo! JAPAN ID is already in use.'],
  unlink_needs_email: [undefined, 'Register an email address and a password before unlinking.'],
  reset_email_mismatch: [undefined, 'No Business ID has this login email address.'],
  link_expired: [undefined, 'This link has expired.'],
  link_used: [undefined, 'This link has already been used.'],
  link_unknown: [404, 'Not Found'],
  no_oam_permission: [400, 'Bad Request'],
  not_administrator: [403, 'Forbidden'],
  no_broadcast_permission: [403, 'Forbidden'],
  no_analytics_permission: [403, 'Forbidden'],
  consent_pending: [undefined, 'Agree to the use of information to continue.'],
  terms_not_agreed: [undefined, 'Agree to the terms to continue.'],
  form_invalid: [undefined, 'Check what you have entered.'],
  account_limit: [undefined, 'You cannot have more than 100 accounts.'],
  name_locked: [undefined, 'The account name cannot be changed any more.'],
  edited_too_often: [undefined, 'This can be changed once an hour.'],
  review_unavailable: [undefined, 'Verification cannot be requested for this account.'],
  own_role: [undefined, 'You cannot change your own role.'],
  already_member: [undefined, 'You are a member of this account already.'],
  member_limit: [undefined, 'The account has reached its limit of 100 members.'],
  invite_expired: [undefined, 'This invitation has expired.'],
  invite_used: [undefined, 'This invitation has already been used.'],
  quota_reached: [undefined, 'The monthly limit of messages has been reached.'],
  messaging_api_off: [undefined, 'The Messaging API is not enabled.'],
  messaging_api_in_use: [undefined, 'The Messaging API is already in use.'],
  provider_not_admin: [undefined, 'Choose a provider that you are an admin of.'],
  developer_missing: [undefined, 'Enter your developer name and email address to continue.'],
  developer_registered: [undefined, 'You are registered as a developer already.'],
  developer_sole_admin: [undefined, 'You are the only admin of a provider or a channel.'],
  no_console_permission: [404, 'Not Found'],
  console_admin_only: [403, 'Forbidden'],
  provider_limit: [undefined, 'You cannot create more than 10 providers.'],
  provider_not_empty: [undefined, 'A provider with channels cannot be deleted.'],
  channel_limit: [undefined, 'This developer has the admin role on as many channels as allowed.'],
  role_held: [undefined, 'This developer has a role already.'],
  role_missing: [undefined, 'This developer has no role here.'],
  admin_cannot_leave: [undefined, 'An admin cannot leave the channel.'],
  channel_undeletable: [undefined, 'A Messaging API channel is deleted with its Official Account.'],
  channel_name_reserved: [undefined, 'The name cannot contain "LINE".'],
  overlap_invalid: [undefined, 'The previous token can stay valid for 0 to 24 hours.'],
  webhook_url_invalid: [undefined, 'Enter a valid HTTPS URL.'],
  webhook_url_missing: [undefined, 'Enter a webhook URL first.'],
  switch_refused: [undefined, 'The setting could not be changed. Try again in the Official Account Manager.'],
  already_published: [undefined, 'A published channel stays published.'],
  linked_account_provider: [undefined, 'The Official Account belongs to another provider.'],
  linked_account_not_administrator: [undefined, 'You are not an administrator of this Official Account.'],
}

function refuseReason(): never {
  throw new LineInputError('LineConsoleRefusal: reason must be one of the reasons of a console')
}

/** A console page refused an action. The message is what the page shows. Decide by {@link reason}: `code` is `LINE_INPUT` for all of them. */
export class LineConsoleRefusal extends LineError {
  /** Always `LINE_INPUT`. */
  declare readonly code: 'LINE_INPUT'
  /** The HTTP status of the page; `undefined` when a form shows the message. */
  readonly status: number | undefined
  /** The reason, for programs. Several reasons can show the same message. */
  readonly reason: ConsoleReason

  constructor(reason: ConsoleReason) {
    const [status, text] =
      (typeof reason === 'string' && Object.hasOwn(shown, reason) && shown[reason]) || refuseReason()
    super('LINE_INPUT', text)
    this.status = status
    this.reason = reason
  }
}

/** Refuses an action, as the page does. */
export function refuseAction(reason: ConsoleReason): never {
  throw new LineConsoleRefusal(reason)
}
