// Every failure code is either produced in the emulator and found by a check, or only a person can see it and a step asks for it.

import { type FailureCode, failures } from 'line-oa/account'
import { describe, expect, test } from 'vitest'
import { allAttested, of, setup } from '../setup.js'
import { stepIds } from '../step-ids.js'
import { ofAccount } from './account.js'
import { ofCredentials } from './credentials.js'
import { loggedIn, withLogin } from './row.js'
import { ofWebhook } from './webhook.js'

const rows = [...ofCredentials, ...ofWebhook, ...ofAccount]

describe('a check finds', () => {
  test.each(rows)('%s by %s (%s): %s', async (code, id, status, _, produce) => {
    const result = await produce()
    expect(of(result, id)).toEqual({ status, code })
    const { remedy, message } = result.checks.find((check) => check.id === id) ?? {}
    expect(stepIds).toContain(remedy?.id)
    expect(message).not.toBe('')
    // No other check fails.
    expect(result.checks.filter((check) => check.status === 'failed' && check.id !== id)).toEqual([])
  })
})

describe('only a person can see', () => {
  const person = Object.entries(failures).filter(([, { foundBy }]) => foundBy === 'person')

  test.each(person)('%s, and a step asks for it', (_, { step }) => {
    expect(stepIds).toContain(step)
  })

  test('what no check reports, because LINE has no API for it', () => {
    const claimed = new Set(rows.map(([code]) => code))
    // These come from the answer of a person.
    const answers = ['double_replies', 'no_spare_admin', 'groups_allowed', 'groups_forbidden']
    expect(
      person.map(([code]) => code).filter((code) => claimed.has(code as FailureCode) && !answers.includes(code)),
    ).toEqual([])
  })
})

test('every code is found by a check or only a person can see it', () => {
  const claimed = new Set<string>(rows.map(([code]) => code))
  expect(
    Object.keys(failures).filter((code) => !claimed.has(code) && failures[code as FailureCode].foundBy !== 'person'),
  ).toEqual([])
})

test('the list of failures is complete', () => {
  // Failures of LINE's setup, of credentials and of teams.
  const wanted =
    'wrong_login_method line_code_not_shown line_email_missing email_code_missing no_oam_permission no_console_permission channel_owned_by_other ' +
    'invite_expired invite_used member_limit bad_channel_id bad_channel_secret login_channel_given token_mismatch token_invalidated basic_id_mismatch ' +
    'ip_denied webhook_unset webhook_elsewhere webhook_off webhook_unreachable signature_mismatch double_replies chat_mode_conflict settings_lag ' +
    'login_not_published linked_oa_missing provider_split unverified_account quota_reached account_suspended ' +
    'unknown_kid key_mismatch other_team no_spare_admin token_expired'
  expect(Object.keys(failures)).toEqual(expect.arrayContaining(wanted.split(' ')))
})

test('a login by a friend without a role proves that the channel is published, linked and of the same provider', async () => {
  const subject = setup({ settings: { webhook: true } })
  const channel = subject.emulator.createLoginChannel({ linkedAccount: subject.account, published: true })
  const observedLogin = await loggedIn(subject, channel, subject.account)
  const result = await subject.connect({ ...withLogin(subject, channel), observedLogin, confirmations: allAttested })
  expect(result.verdict).toBe('connected')
  for (const id of ['login-credentials', 'login-channel-kind', 'login-published', 'login-linked', 'login-provider'])
    expect(of(result, id), id).toEqual({ status: 'passed' })
})

test('a login at another channel proves nothing about this channel', async () => {
  const subject = setup({ settings: { webhook: true } })
  const channel = subject.emulator.createLoginChannel({ linkedAccount: subject.account })
  const other = subject.emulator.createLoginChannel({ linkedAccount: subject.account, published: true })
  const { accessToken } = await loggedIn(subject, other, subject.account)
  const result = await subject.connect({
    ...withLogin(subject, channel),
    observedLogin: { accessToken, hasRole: false },
  })
  for (const id of ['login-published', 'login-linked']) expect(of(result, id), id).toEqual({ status: 'needs-person' })
  expect(of(result, 'login-provider')).toEqual({ status: 'unknown' })
})
