// Every message of line-oa/account, whole: of errors, checks, steps and leftovers. No other test asserts one.

import {
  type Confirmation,
  type ConnectOptions,
  connectAccount,
  createRegistry,
  memoryRegistryStorage,
  type RegistryKey,
  type Resource,
  type Step,
  watchAccount,
} from 'line-oa/account'
import { redisRegistryStorage } from 'line-oa/account/redis'
import { assertionKey, generateAssertionKey } from 'line-oa/keys'
import { createAudienceGroup } from 'line-oa/operations'
import { memoryStore } from 'line-oa/store'
import { expect, test } from 'vitest'
import { connected } from '../account/disconnect/connected.js'
import { ofAccount } from '../account/failures/account.js'
import { ofCredentials } from '../account/failures/credentials.js'
import { ofWebhook } from '../account/failures/webhook.js'
import { allAttested, sealingKey, setup, toolUrl } from '../account/setup.js'
import { type ErrorRow, errorOf } from './error-of.js'

type Row = readonly [what: string, call: () => unknown, ...ErrorRow]

const secret = '0123456789abcdef0123456789abcdef'
const messaging = { channelId: '1234567890', channelSecret: secret }
const registry = () => createRegistry({ storage: memoryRegistryStorage(), keys: [sealingKey] })
const connect = (options: object) => () => connectAccount({ messaging, ...options } as ConnectOptions) // values of a form
const confirmations = (answer: object) => connect({ confirmations: [answer as Confirmation] })
const keys =
  (...given: readonly unknown[]) =>
  () =>
    createRegistry({ storage: memoryRegistryStorage(), keys: given as unknown as [RegistryKey] }) // the types forbid some
const resource = (given: object) => () => registry().recordResource('x', given as Resource)

/** A registry with one connection, whose sealed credentials can be replaced. */
const stored = async (sealed?: string, state: 'connected' | 'disconnected' = 'connected') => {
  const storage = memoryRegistryStorage()
  const line = setup()
  const own = line.createRegistry({ storage })
  const { connection } = await line.connect({ ...line.values, registry: own, team: 'tea' })
  const found = await storage.get(connection?.id ?? '')
  if (!found) throw new Error('the connection is not stored')
  const target = memoryRegistryStorage()
  await target.insert({ ...found, sealed: sealed ?? found.sealed, connection: { ...found.connection, id: 'a', state } })
  return {
    exported: () => own.exportTeam('tea', sealingKey),
    registry: line.createRegistry({ storage: target }),
    target,
    line,
  }
}
/** An account with a key from assertionKey(), whose private half is not given. */
const withMadeKey = async () => {
  const line = setup()
  const { channelId } = line.account
  const privateKey = await generateAssertionKey()
  const kid = line.emulator.console.registerAssertionKey(line.account, privateKey.publicJwk)
  return { access: { channelId, assertionKey: assertionKey({ kid, privateKey }) }, line }
}
const opened = (sealed?: string) => async () => (await stored(sealed)).registry.client('a')

const errors: readonly Row[] = [
  [
    'messaging: nothing',
    connect({ messaging: undefined }),
    'LINE_INPUT',
    'messaging, messaging.channelId, messaging.channelSecret',
    '3 problems\n- messaging is missing; access to a channel is an object with one member for each value\n- messaging.channelId is missing; a channel ID is 5 to 15 digits (10 in all known ones)\n- messaging.channelSecret is missing; a channel secret is 32 hex characters (0 to 9, a to f)',
  ],
  [
    'messaging: a string',
    connect({ messaging: 'text' }),
    'LINE_INPUT',
    'messaging, messaging.channelId, messaging.channelSecret',
    '3 problems\n- messaging: found a string; access to a channel is an object with one member for each value\n- messaging.channelId is missing; a channel ID is 5 to 15 digits (10 in all known ones)\n- messaging.channelSecret is missing; a channel secret is 32 hex characters (0 to 9, a to f)',
  ],
  [
    'messaging: an ID without a secret',
    connect({ messaging: { channelId: '1234567890' } }),
    'LINE_INPUT',
    'messaging.channelSecret',
    'messaging.channelSecret is missing; a channel secret is 32 hex characters (0 to 9, a to f)',
  ],
  [
    'messaging: ID and secret swapped',
    connect({ messaging: { channelId: secret, channelSecret: '1234567890' } }),
    'LINE_INPUT',
    'messaging.channelId, messaging.channelSecret',
    '2 problems\n- messaging.channelId: found 32 hex characters, the form of a channel secret; a channel ID is 5 to 15 digits (10 in all known ones). It goes where the channel secret is asked for\n- messaging.channelSecret: found 10 digits, the form of a channel ID; a channel secret is 32 hex characters (0 to 9, a to f). It goes where the channel ID is asked for',
  ],
  [
    'messaging: a key that is a string',
    connect({ messaging: { channelId: '1234567890', assertionKey: 'kid' } }),
    'LINE_INPUT',
    'messaging.assertionKey',
    'messaging.assertionKey: found a string; an assertion key is what assertionKey() takes or made: a kid and its private key',
  ],
  [
    'login: the Messaging API channel',
    connect({ login: messaging }),
    'LINE_INPUT',
    'login.channelId',
    'login.channelId: found the ID of a Messaging API channel; what is wanted here is the ID of a LINE Login channel. It stands in the LINE Developers Console, in the basic settings of the LINE Login channel',
  ],
  [
    'account: a LINE ID that is a channel ID',
    connect({ account: { lineId: '1234567890' } }),
    'LINE_INPUT',
    'account.lineId',
    'account.lineId: found 10 digits, the form of a channel ID; a LINE ID is @ and 1 to 20 letters, digits, dots, underscores or hyphens. If it is the LINE ID, write it with its @',
  ],
  [
    'webhookUrl: http',
    connect({ webhookUrl: 'http://tool.example/line' }),
    'LINE_INPUT',
    'webhookUrl',
    'webhookUrl: found an http URL; a webhook URL is an https URL of at most 500 characters. LINE delivers over https only, with a certificate of a public authority',
  ],
  [
    'team without a registry',
    connect({ team: 'tea' }),
    'LINE_INPUT',
    undefined,
    'connectAccount: team is of use with a registry only',
  ],
  [
    'a registry without a team',
    connect({ registry: registry() }),
    'LINE_INPUT',
    undefined,
    'connectAccount: with a registry, say whose the connection is: team',
  ],
  [
    'answering: an unknown value',
    connect({ answering: 'none' }),
    'LINE_INPUT',
    undefined,
    "answering is 'tool-only' or 'tool-and-manager'",
  ],
  [
    'confirmations: an unknown ID',
    confirmations({ id: 'weather', holds: true }),
    'LINE_INPUT',
    undefined,
    'confirmations: an entry is { id, holds } with one of the ids greeting, auto-response, response-hours, chat-response-method, group-joining, second-administrator, login-published, login-linked, webhook-switch, chat',
  ],
  [
    'confirmations: an answer that is not a boolean',
    confirmations({ id: 'greeting', holds: 'yes' }),
    'LINE_INPUT',
    undefined,
    'confirmations: an entry is { id, holds } with one of the ids greeting, auto-response, response-hours, chat-response-method, group-joining, second-administrator, login-published, login-linked, webhook-switch, chat',
  ],
  [
    'confirmations: an invalid time',
    confirmations({ id: 'greeting', holds: true, at: Number.NaN }),
    'LINE_INPUT',
    undefined,
    'confirmations: greeting: at is a time in milliseconds since 1970',
  ],
  [
    'watchAccount: an interval below 10 seconds',
    () => watchAccount({ messaging, interval: 9_999 }).next(),
    'LINE_INPUT',
    undefined,
    'watchAccount: interval is in milliseconds, and at least 10,000',
  ],
  ['keys: none', keys(), 'LINE_INPUT', undefined, 'A registry needs a key to seal credentials with'],
  [
    'keys: a short text',
    keys({ id: 'a', key: 'short' }),
    'LINE_INPUT',
    undefined,
    'The sealing key a is 32 bytes, or a text of 32 random characters and more, such as openssl rand -base64 32 prints',
  ],
  [
    'keys: 31 bytes',
    keys({ id: 'a', key: new Uint8Array(31) }),
    'LINE_INPUT',
    undefined,
    'The sealing key a has 31 bytes; it needs 32',
  ],
  ['keys: two with one ID', keys(sealingKey, sealingKey), 'LINE_INPUT', undefined, 'Two sealing keys have the same id'],
  [
    'keys: an ID with a space',
    keys({ id: 'a b', key: 'k'.repeat(32) }),
    'LINE_INPUT',
    undefined,
    'A sealing key has an id of 1 to 64 letters, digits and - . _',
  ],
  [
    'redisRegistryStorage: no client',
    () => redisRegistryStorage({} as never),
    'LINE_INPUT',
    undefined,
    'redisRegistryStorage: give it a connected client of the package redis or ioredis',
  ],
  [
    'an unknown connection',
    () => registry().client('unknown'),
    'LINE_INPUT',
    undefined,
    'The registry has no connection "unknown"',
  ],
  [
    'list: a limit of 0',
    () => registry().list({ limit: 0 }),
    'LINE_INPUT',
    undefined,
    'limit is a whole number from 1 to 10000',
  ],
  [
    'history: a negative start',
    () => registry().history('id', { from: -1 }),
    'LINE_INPUT',
    undefined,
    'history: from is the number of a line, from 0',
  ],
  [
    'recordResource: an unknown kind',
    resource({ kind: 'cloud', id: '1' }),
    'LINE_INPUT',
    undefined,
    'A resource is of one of the kinds rich-menu, rich-menu-alias, default-rich-menu, audience, liff-app',
  ],
  [
    'recordResource: an empty ID',
    resource({ kind: 'audience', id: '' }),
    'LINE_INPUT',
    undefined,
    'A resource of kind audience has the ID that LINE gave it, as a text',
  ],
  [
    'remove: a connected account',
    async () => (await stored()).registry.remove('a'),
    'LINE_INPUT',
    undefined,
    'The connection a is connected; disconnectAccount it first',
  ],
  [
    'client: credentials of another connection',
    opened(),
    'LINE_INPUT',
    undefined,
    'What is kept for connection a does not open: it was altered, belongs to another connection, or the key first is not the one that it was',
  ],
  [
    'client: credentials that are not sealed',
    opened('text'),
    'LINE_INPUT',
    undefined,
    'What is kept for connection a is nothing that a registry sealed',
  ],
  [
    'client: a disconnected connection',
    opened(''),
    'LINE_INPUT',
    undefined,
    'The connection a is disconnected, and its credentials are gone: connect the account again',
  ],
  [
    'client: credentials of an unknown key',
    async () => {
      const { target } = await stored()
      return createRegistry({ storage: target, keys: [{ id: 'second', key: 'k'.repeat(48) }] }).client('a')
    },
    'LINE_INPUT',
    undefined,
    'What is kept for connection a was sealed with another key than those given (id "first")',
  ],
  [
    'client: a key that is found elsewhere',
    async () => {
      const { access, line } = await withMadeKey()
      const storage = memoryRegistryStorage()
      const finding = line.createRegistry({ storage, assertionKey: () => access.assertionKey })
      const { connection } = await line.connect({ messaging: access, registry: finding, team: 'tea' })
      return line.createRegistry({ storage }).client(connection?.id ?? '')
    },
    'LINE_INPUT',
    undefined,
    'The assertion key UUID is held elsewhere: give createRegistry `assertionKey` to find it',
  ],
  [
    'connectAccount: a key that the registry cannot store',
    async () => {
      const { access, line } = await withMadeKey()
      return line.connect({ messaging: access, registry: line.registry, team: 'tea' })
    },
    'LINE_INPUT',
    undefined,
    'A registry keeps the private half of an assertion key: give { kid, privateKey }, or let createRegistry find the key with `assertionKey`',
  ],
  [
    'exportTeam: no team',
    () => registry().exportTeam('', sealingKey),
    'LINE_INPUT',
    undefined,
    'exportTeam: say which team, as a text',
  ],
  [
    'importTeam: no team',
    async () => registry().importTeam(await (await stored()).exported(), sealingKey, { team: '' }),
    'LINE_INPUT',
    undefined,
    'importTeam: say which team, as a text',
  ],
  [
    'importTeam: not an export',
    () => registry().importTeam('', sealingKey),
    'LINE_INPUT',
    undefined,
    'What is kept for line-oa team 1 is nothing that a registry sealed',
  ],
  [
    'importTeam: another key',
    async () => registry().importTeam(await (await stored()).exported(), { ...sealingKey, key: 'u'.repeat(32) }),
    'LINE_INPUT',
    undefined,
    'What is kept for line-oa team 1 does not open: it was altered, belongs to another connection, or the key first is not the one that it was',
  ],
]

const uuid = /[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}/

test.each(errors)('%s', async (_what, call, ...expected) => {
  const [code, path, message] = await errorOf(call)
  expect([code, path, message.replace(uuid, 'UUID')]).toEqual(expected)
})

const produced = [...ofCredentials, ...ofWebhook, ...ofAccount]
const failures: readonly (readonly [
  how: string,
  code: string,
  check: string,
  message: string,
  step: string,
  summary: string,
])[] = [
  [
    'an ID that no channel has',
    'bad_channel_id',
    'credentials',
    'LINE knows no channel with this ID',
    'copy-channel-id',
    'Copy the channel ID from the basic settings of the channel',
  ],
  [
    'the secret of another channel',
    'bad_channel_secret',
    'credentials',
    'The channel secret is not that of this channel; it may be of another one, or reissued',
    'copy-channel-secret',
    'Copy the channel secret from the basic settings of the same channel as the channel ID',
  ],
  [
    'a secret that the console has reissued',
    'bad_channel_secret',
    'credentials',
    'The channel secret is not that of this channel; it may be of another one, or reissued',
    'copy-channel-secret',
    'Copy the channel secret from the basic settings of the same channel as the channel ID',
  ],
  [
    'a wrong secret with a correct key',
    'bad_channel_secret',
    'credentials',
    'The channel secret is not that of this channel; it may be of another one, or reissued',
    'copy-channel-secret',
    'Copy the channel secret from the basic settings of the same channel as the channel ID',
  ],
  [
    'ID and secret of a LINE Login channel',
    'login_channel_given',
    'channel-kind',
    'It is a LINE Login channel, not a Messaging API channel',
    'copy-messaging-values',
    'Copy the values of the Messaging API channel: these are of a LINE Login channel',
  ],
  [
    'ID and secret of a Messaging API channel for the LINE Login channel',
    'messaging_channel_given',
    'login-channel-kind',
    'It is a Messaging API channel, not a LINE Login channel',
    'copy-login-values',
    'Copy the values of the LINE Login channel: these are of a Messaging API channel',
  ],
  [
    'the token of another account with ID and secret',
    'token_mismatch',
    'token',
    'The token belongs to another channel',
    'copy-channel-access-token',
    'Copy the long-lived token of this channel; if there is one do not reissue it, which would end it for every tool',
  ],
  [
    'the token of another channel than that of the ID',
    'token_mismatch',
    'credentials',
    'The token belongs to another channel',
    'copy-channel-access-token',
    'Copy the long-lived token of this channel; if there is one do not reissue it, which would end it for every tool',
  ],
  [
    'a token that was reissued',
    'token_invalidated',
    'credentials',
    'LINE does not take the token: it was reissued or revoked, or not copied whole',
    'copy-channel-access-token',
    'Copy the long-lived token of this channel; if there is one do not reissue it, which would end it for every tool',
  ],
  [
    'a token that was reissued, with ID and secret',
    'token_invalidated',
    'token',
    'LINE does not take the token: it was reissued or revoked, or not copied whole',
    'copy-channel-access-token',
    'Copy the long-lived token of this channel; if there is one do not reissue it, which would end it for every tool',
  ],
  [
    'an expired v2.1 token',
    'token_expired',
    'credentials',
    'The token has come to its end',
    'issue-long-lived-token',
    'Issue a long-lived token; a reissue ends the one before for every tool',
  ],
  [
    'a stateless token, which LINE cannot verify',
    'token_expires',
    'credentials',
    'It is a stateless token, which ends within 15 minutes; paste a long-lived one',
    'issue-long-lived-token',
    'Issue a long-lived token; a reissue ends the one before for every tool',
  ],
  [
    'a kid that no channel has',
    'unknown_kid',
    'credentials',
    'LINE knows no key of this kid: it was mistyped, not registered, or deleted',
    'copy-kid',
    'Copy the kid that the Console showed for the key, and the ID of the channel on which the key is registered',
  ],
  [
    'a key that is registered on another channel',
    'key_mismatch',
    'credentials',
    'The key is registered on another channel than this one',
    'copy-kid',
    'Copy the kid that the Console showed for the key, and the ID of the channel on which the key is registered',
  ],
  [
    'the kid of another key of the channel',
    'key_refused',
    'credentials',
    'LINE does not take what the key signs: the registered public key is not its other half',
    'register-public-key',
    'Register the public key of the tool in the basic settings of the channel, under Assertion signing key',
  ],
  [
    'a clock that is an hour behind',
    'clock_skew',
    'credentials',
    'LINE takes the assertion for expired: the clock of this machine differs from LINE’s',
    'set-clock',
    "Set the clock of the tool's machine right: assertions are good for 30 minutes only",
  ],
  [
    'a long-lived token that LINE refuses although it accepts a stateless one',
    'ip_denied',
    'token',
    'LINE refuses this token where it takes another one of the same channel: its allow list lacks this address',
    'allow-address',
    "Add the tool's addresses to the allow list of the long-lived token, in the Security tab of the channel",
  ],
  [
    'a webhook URL with a pasted token alone',
    'no_channel_secret',
    'webhook-url',
    'Without the channel secret no signature can be checked, so no webhook is set: the connection only sends',
    'copy-channel-secret',
    'Copy the channel secret from the basic settings of the same channel as the channel ID',
  ],
  [
    'a webhook URL that was deleted',
    'webhook_unset',
    'webhook-url',
    'LINE has no webhook URL',
    'paste-webhook-url',
    'Paste the webhook URL of the tool into the Messaging API tab, and have it verified',
  ],
  [
    'a webhook of another tool',
    'webhook_elsewhere',
    'webhook-owner',
    'Events go to another address, which would get none any more',
    'say-take-over',
    'Decide whether this tool is to take the webhook from the one that has it now, and say so',
  ],
  [
    'a webhook that another tool has taken over',
    'webhook_elsewhere',
    'webhook-url',
    'The webhook URL was replaced by another',
    'say-take-over',
    'Decide whether this tool is to take the webhook from the one that has it now, and say so',
  ],
  [
    'a switch that LINE has turned off',
    'webhook_off',
    'webhook-switch',
    'The webhook is switched off: no events are sent',
    'switch-webhook-on',
    'Switch Use webhook on in the response settings, reload, and look again: it can fall back',
  ],
  [
    'a webhook URL without a server',
    'webhook_unreachable',
    'webhook-test',
    'The webhook URL does not work: LINE gets no connection to it',
    'mend-webhook-server',
    'Let the webhook URL answer with a 2xx within 2 seconds, over https with a full chain from a public authority, and without a redirect',
  ],
  [
    'a rate limit for webhook tests',
    'webhook_test_limit',
    'webhook-test',
    'The 60 tests that LINE allows in an hour are used up',
    'try-again',
    'Try again: LINE could not be asked',
  ],
  [
    'a receiver with another secret',
    'signature_mismatch',
    'webhook-test',
    'The webhook URL answers 401: its receiver does not take the signature of this channel',
    'mend-signature-check',
    'Give the receiver the secret of this channel, and the body as it came: it refuses the signature',
  ],
  [
    'a person who received two greetings',
    'double_replies',
    'greeting',
    'Not so, as a person says',
    'switch-greeting-off',
    'Switch the greeting message off, or people are greeted twice',
  ],
  [
    'Chat on, where only the tool answers',
    'chat_mode_conflict',
    'chat-mode',
    'Chat is on: people may answer beside the tool',
    'switch-chat-off',
    'Switch Chat off in the response settings, so that only the tool answers',
  ],
  [
    'Chat off, where people answer too',
    'chat_mode_conflict',
    'chat-mode',
    'Chat is off: people cannot answer in LINE',
    'switch-chat-on',
    'Switch Chat on in the response settings, so that people can answer in LINE too',
  ],
  [
    'a switch that a person has just turned on',
    'settings_lag',
    'webhook-switch',
    'The webhook was just switched on, and LINE does not show it yet',
    'reload-later',
    'Wait a minute and look again; where the Console shows another state, the Manager is right',
  ],
  [
    'Chat that a person has just turned off',
    'settings_lag',
    'chat-mode',
    'Chat was just switched, and LINE does not show it yet',
    'reload-later',
    'Wait a minute and look again; where the Console shows another state, the Manager is right',
  ],
  [
    'a person who says that groups are allowed',
    'groups_allowed',
    'group-joining',
    'Not so, as a person says',
    'forbid-groups',
    'Forbid the account to join group chats, unless the tool serves them',
  ],
  [
    'a tool for groups, in an account that may not join groups',
    'groups_forbidden',
    'group-joining',
    'Not so, as a person says',
    'allow-groups',
    'Allow the account to join group chats',
  ],
  [
    'a valid token that LINE refuses',
    'account_suspended',
    'channel-kind',
    'The token is good, and LINE refuses it all the same: the account may be suspended',
    'contact-support',
    "Write to LINE's support with the account, its administrators, the time, the device and the words of the error, and keep the case number",
  ],
  [
    'the LINE ID of another account',
    'basic_id_mismatch',
    'account',
    'The channel belongs to another account than the LINE ID',
    'compare-account',
    'Compare picture, name and basic ID with the account that you mean',
  ],
  [
    'another account name',
    'name_differs',
    'account-name',
    'The account has another name',
    'compare-account',
    'Compare picture, name and basic ID with the account that you mean',
  ],
  [
    'a tool that lists followers',
    'unverified_account',
    'followers',
    'The account may not list its followers: it is not verified',
    'request-verification',
    'Apply for verification: only verified and premium accounts may list their followers',
  ],
  [
    'an account of another team',
    'other_team',
    'team',
    'The account is connected to another team',
    'disconnect-there-first',
    'Disconnect the account from the other team first',
  ],
  [
    'a person who says that there is no second administrator',
    'no_spare_admin',
    'second-administrator',
    'Not so, as a person says',
    'invite-administrator',
    'Invite a second administrator, so that the account is not lost with one person',
  ],
  [
    'a month with no messages left',
    'quota_reached',
    'quota',
    'The messages of this month are used up; replies still work',
    'raise-quota',
    'Raise the plan or the additional messages, or wait for the next month',
  ],
  [
    'less than a tenth of the messages left',
    'quota_low',
    'quota',
    'Less than a tenth of the messages of this month is left',
    'raise-quota',
    'Raise the plan or the additional messages, or wait for the next month',
  ],
  [
    'a person who saw the page about the developing status',
    'login_not_published',
    'login-published',
    'The LINE Login channel is being developed: only its admins and testers can log in',
    'publish-login-channel',
    'Publish the LINE Login channel, so that people without a role in it can log in',
  ],
  [
    'a channel without a linked account',
    'linked_oa_missing',
    'login-linked',
    'No Official Account is linked to the LINE Login channel',
    'link-account',
    'Link the Official Account to the LINE Login channel, in its basic settings',
  ],
  [
    'a LINE Login channel of another provider, linked to another account',
    'provider_split',
    'login-provider',
    'The user is a friend of the linked account and unknown to this one: another provider, or another account',
    'use-one-provider',
    'Use a LINE Login channel of the provider that holds the Messaging API channel: user IDs differ between providers',
  ],
  [
    'a user whom the account does not know, who may not be a friend',
    'provider_split',
    'login-provider',
    'The user of the login is unknown to the account: no friend of it, or of another provider',
    'use-one-provider',
    'Use a LINE Login channel of the provider that holds the Messaging API channel: user IDs differ between providers',
  ],
  [
    'a refusal without a known cause',
    'line_refused',
    'webhook-owner',
    'LINE refuses what it takes from every channel',
    'contact-support',
    "Write to LINE's support with the account, its administrators, the time, the device and the words of the error, and keep the case number",
  ],
  [
    'a call that LINE answers with 500',
    'line_unavailable',
    'quota',
    'LINE could not be asked',
    'try-again',
    'Try again: LINE could not be asked',
  ],
]

test('the table has every failure', () => {
  expect(failures.map(([how]) => how)).toEqual(produced.map(([, , , how]) => how))
})

test.each(failures)('failure: %s', async (how, ...expected) => {
  const [code, id, , , produce] = produced.find((one) => one[3] === how) ?? []
  const { checks } = (await produce?.()) ?? { checks: [] }
  const { message, remedy } = checks.find((check) => check.id === id) ?? {}
  expect([code, id, message, remedy?.id, remedy?.summary]).toEqual(expected)
})

// The other checks: those that pass, those that ask a person and those that were not made.
const everything = async () => {
  const subject = setup({ settings: { webhook: true } })
  const { account, emulator, values } = subject
  const { channelId, channelSecret } = emulator.createLoginChannel({ linkedAccount: account })
  const channelAccessToken = account.issueLongLivedToken()
  const access = { messaging: { ...values.messaging, channelAccessToken }, login: { channelId, channelSecret } }
  return { subject, options: { ...values, ...access, account: { name: 'Tea House', lineId: account.basicId } } }
}
type Findings = readonly (readonly [id: string, status: string, message: string])[]
const findings = ({ checks }: { readonly checks: readonly { id: string; status: string; message: string }[] }) =>
  checks.map(({ id, status, message }) => [id, status, message])

test.each<readonly [what: string, run: () => Promise<ReturnType<typeof findings>>, checks: Findings]>([
  [
    'connecting, everything answered by a person',
    async () => {
      const { subject, options } = await everything()
      return findings(
        await subject.connect({
          ...options,
          answering: 'tool-only',
          confirmations: allAttested,
          registry: subject.registry,
          team: 'tea',
        }),
      )
    },
    [
      ['credentials', 'passed', 'Channel ID and channel secret belong together'],
      ['channel-kind', 'passed', 'It is the Messaging API channel of an Official Account'],
      ['token', 'passed', 'The token is a long-lived one of this channel'],
      ['account', 'passed', 'The LINE ID is that of the account'],
      ['account-name', 'passed', 'The name is that of the account'],
      ['team', 'passed', 'No other team has the account'],
      ['webhook-owner', 'passed', 'The webhook is free'],
      ['chat-mode', 'passed', 'Chat is off: only the tool answers'],
      ['quota', 'passed', 'There is no limit to the messages of this month'],
      ['login-credentials', 'passed', 'Channel ID and channel secret belong together'],
      ['login-channel-kind', 'passed', 'It is a LINE Login channel'],
      [
        'login-published',
        'needs-person',
        'Only a login by somebody without a role shows whether the channel is published',
      ],
      [
        'login-linked',
        'needs-person',
        'Only a login that asks for the friendship (bot_prompt) shows whether the account is linked',
      ],
      ['login-provider', 'unknown', 'No user ID of a login was given to compare the providers by'],
      ['webhook-test', 'passed', 'The webhook URL answers'],
      ['webhook-url', 'passed', 'The webhook URL is ours'],
      ['webhook-switch', 'passed', 'The webhook is switched on'],
      ['greeting', 'passed', 'The greeting message is off, as a person says'],
      ['auto-response', 'passed', 'Auto-response is off, as a person says'],
      ['group-joining', 'passed', 'The account may not join group chats, as a person says'],
      ['second-administrator', 'passed', 'A second person is administrator, as a person says'],
    ],
  ],
  [
    'connecting for the tool and the Manager, nothing answered',
    async () => {
      const { subject, options } = await everything()
      return findings(await subject.connect({ ...options, answering: 'tool-and-manager', groups: true }))
    },
    [
      ['credentials', 'passed', 'Channel ID and channel secret belong together'],
      ['channel-kind', 'passed', 'It is the Messaging API channel of an Official Account'],
      ['token', 'passed', 'The token is a long-lived one of this channel'],
      ['account', 'passed', 'The LINE ID is that of the account'],
      ['account-name', 'passed', 'The name is that of the account'],
      ['webhook-owner', 'passed', 'The webhook is free'],
      ['chat-mode', 'needs-person', 'Chat is off: people cannot answer in LINE'],
      ['quota', 'passed', 'There is no limit to the messages of this month'],
      ['login-credentials', 'passed', 'Channel ID and channel secret belong together'],
      ['login-channel-kind', 'passed', 'It is a LINE Login channel'],
      [
        'login-published',
        'needs-person',
        'Only a login by somebody without a role shows whether the channel is published',
      ],
      [
        'login-linked',
        'needs-person',
        'Only a login that asks for the friendship (bot_prompt) shows whether the account is linked',
      ],
      ['login-provider', 'unknown', 'No user ID of a login was given to compare the providers by'],
      ['webhook-test', 'passed', 'The webhook URL answers'],
      ['webhook-url', 'passed', 'The webhook URL is ours'],
      ['webhook-switch', 'passed', 'The webhook is switched on'],
      ['greeting', 'needs-person', 'Is the greeting message off? No API tells'],
      ['auto-response', 'needs-person', 'Is auto-response off? No API tells'],
      ['response-hours', 'needs-person', 'Are response hours off? No API tells'],
      ['chat-response-method', 'needs-person', 'Is the chat response method manual? No API tells'],
      ['group-joining', 'needs-person', 'May the account join group chats? No API tells'],
      ['second-administrator', 'needs-person', 'Is a second person administrator of the account? No API tells'],
    ],
  ],
  [
    'a dry run with a registry',
    async () => {
      const { connect: connecting, registry: own, values } = setup()
      return findings(await connecting({ ...values, dryRun: true, registry: own, team: 'tea' }))
    },
    [
      ['credentials', 'passed', 'Channel ID and channel secret belong together'],
      ['channel-kind', 'passed', 'It is the Messaging API channel of an Official Account'],
      ['account', 'passed', 'No LINE ID was given to compare the account with'],
      ['team', 'passed', 'No other team has the account'],
      ['webhook-owner', 'passed', 'The webhook is free'],
      ['chat-mode', 'passed', 'Chat is off'],
      ['quota', 'passed', 'There is no limit to the messages of this month'],
      [
        'webhook-test',
        'unknown',
        'A dry run makes no test: the receiver learns the secret only when the connection is stored',
      ],
      ['second-administrator', 'needs-person', 'Is a second person administrator of the account? No API tells'],
    ],
  ],
  [
    'a check after connecting',
    async () => {
      const { check, connect: connecting, values } = setup({ settings: { webhook: true } })
      await connecting(values)
      return findings(await check({ ...values, confirmations: allAttested }))
    },
    [
      ['credentials', 'passed', 'Channel ID and channel secret belong together'],
      ['channel-kind', 'passed', 'It is the Messaging API channel of an Official Account'],
      ['account', 'passed', 'No LINE ID was given to compare the account with'],
      ['chat-mode', 'passed', 'Chat is off'],
      ['quota', 'passed', 'There is no limit to the messages of this month'],
      ['webhook-url', 'passed', 'The webhook URL is ours'],
      ['webhook-switch', 'passed', 'The webhook is switched on'],
      ['webhook-test', 'passed', 'The webhook URL answers'],
      ['second-administrator', 'passed', 'A second person is administrator, as a person says'],
    ],
  ],
  [
    'a failed first check',
    async () => {
      const { connect: connecting, account } = setup()
      return findings(
        await connecting({
          messaging: { channelId: account.channelId, channelSecret: secret },
          webhookUrl: toolUrl,
          account: { lineId: account.basicId },
        }),
      )
    },
    [
      [
        'credentials',
        'failed',
        'The channel secret is not that of this channel; it may be of another one, or reissued',
      ],
    ],
  ],
])('checks: %s', async (_what, run, expected) => {
  expect(await run()).toEqual(expected)
})

const summaries = (steps: readonly Step[]) => steps.map(({ id, summary }) => [id, summary])

test.each<
  readonly [
    what: string,
    run: () => Promise<ReturnType<typeof summaries>>,
    steps: readonly (readonly [id: string, summary: string])[],
  ]
>([
  [
    'after connecting with an unpublished LINE Login channel',
    async () => {
      const { subject, options } = await everything()
      return summaries((await subject.connect({ ...options, answering: 'tool-and-manager', groups: true })).nextSteps)
    },
    [
      ['switch-chat-on', 'Switch Chat on in the response settings, so that people can answer in LINE too'],
      [
        'log-in-as-outsider',
        'Log in with a LINE account that has no role in the LINE Login channel, and is a friend of the account',
      ],
      ['switch-greeting-off', 'Switch the greeting message off, or people are greeted twice'],
      ['switch-auto-response-off', 'Switch auto-response off, or people are answered twice'],
      ['switch-response-hours-off', 'Switch response hours off, or people are told twice that nobody is there'],
      ['set-manual-chat', 'Set the chat response method to manual, or keywords are answered twice'],
      ['allow-groups', 'Allow the account to join group chats'],
      ['invite-administrator', 'Invite a second administrator, so that the account is not lost with one person'],
    ],
  ],
  [
    'after connecting for the tool only',
    async () => {
      const { connect: connecting, values } = setup()
      return summaries((await connecting({ ...values, answering: 'tool-only' })).nextSteps)
    },
    [
      ['switch-webhook-on', 'Switch Use webhook on in the response settings, reload, and look again: it can fall back'],
      ['switch-greeting-off', 'Switch the greeting message off, or people are greeted twice'],
      ['switch-auto-response-off', 'Switch auto-response off, or people are answered twice'],
      ['forbid-groups', 'Forbid the account to join group chats, unless the tool serves them'],
      ['invite-administrator', 'Invite a second administrator, so that the account is not lost with one person'],
    ],
  ],
  [
    'after disconnecting',
    async () => {
      const { connectionId, disconnect, registry: own } = await connected()
      return summaries((await disconnect({ registry: own, connectionId })).nextSteps)
    },
    [
      ['switch-webhook-off', 'Switch Use webhook off in the response settings'],
      ['clear-webhook-url', 'Delete the webhook URL in the Messaging API tab: no API can'],
      ['switch-greeting-on', 'Switch greeting and auto-response on again, if you want LINE to answer'],
      ['remove-tool-members', "Remove the tool's people from the account, the provider and the channels"],
    ],
  ],
  [
    'after disconnecting with a long-lived token',
    async () => {
      const { account, connect: connecting, disconnect, registry: own } = setup()
      const channelAccessToken = account.issueLongLivedToken()
      const { connection } = await connecting({ messaging: { channelAccessToken }, registry: own, team: 'tea' })
      return summaries((await disconnect({ registry: own, connectionId: connection?.id ?? '' })).nextSteps)
    },
    [
      [
        'end-long-lived-token',
        'End the long-lived token that the tool was given: reissue it, or have the tool revoke it',
      ],
      ['remove-tool-members', "Remove the tool's people from the account, the provider and the channels"],
    ],
  ],
  [
    'after disconnecting with an assertion key',
    async () => {
      const { account, connect: connecting, disconnect, emulator, registry: own } = setup()
      const privateKey = await generateAssertionKey()
      const kid = emulator.console.registerAssertionKey(account, privateKey.publicJwk)
      const access = { channelId: account.channelId, assertionKey: { kid, privateKey } }
      const { connection } = await connecting({ messaging: access, registry: own, team: 'tea' })
      return summaries((await disconnect({ registry: own, connectionId: connection?.id ?? '' })).nextSteps)
    },
    [
      ['delete-public-key', "Delete the tool's public key from the channel"],
      ['remove-tool-members', "Remove the tool's people from the account, the provider and the channels"],
    ],
  ],
])('steps: %s', async (_what, run, expected) => {
  expect(await run()).toEqual(expected)
})

/** Connects an account, and disconnects it after its credentials stopped working. */
const lockedOut = async () => {
  const { account, connect: connecting, disconnect, registry: own } = setup()
  const channelAccessToken = account.issueLongLivedToken()
  const { connection } = await connecting({ messaging: { channelAccessToken }, registry: own, team: 'tea' })
  const connectionId = connection?.id ?? ''
  await own.recordResource(connectionId, { kind: 'rich-menu', id: 'richmenu-1' })
  account.issueLongLivedToken()
  return disconnect({ registry: own, connectionId, remove: 'all' })
}

/** Disconnects after a call failed with a status. */
const failing = (operation: 'deleteAudienceGroup' | 'setWebhookEndpoint', answer: number) => async () => {
  const { api, connectionId, disconnect, emulator, registry: own, settle } = await connected()
  const { audienceGroupId } = await settle(api.call(createAudienceGroup, { description: 'Ours' }))
  await own.recordResource(connectionId, { kind: 'audience', id: String(audienceGroupId) })
  emulator.faults.add({ operation, answer, times: 50 })
  return disconnect({ registry: own, connectionId, remove: 'all', restoreWebhookUrl: true })
}

/** Disconnects an account whose tokens of a kind are stored. */
const withTokens = (kind: 'short-lived' | 'v2.1') => async () => {
  const { account, connect: connecting, createRegistry: create, disconnect, emulator, settle } = setup()
  const own = create({ tokens: { kind, store: memoryStore() } })
  const privateKey = await generateAssertionKey()
  const kid = emulator.console.registerAssertionKey(account, privateKey.publicJwk)
  const { channelId, channelSecret } = account
  const access = kind === 'v2.1' ? { channelId, assertionKey: { kid, privateKey } } : { channelId, channelSecret }
  const { connection } = await connecting({ messaging: access, registry: own, team: 'tea' })
  const connectionId = connection?.id ?? ''
  await settle((await own.client(connectionId)).messaging.getBotInfo())
  if (kind === 'v2.1') return disconnect({ registry: own, connectionId })
  emulator.faults.add({ operation: 'revokeChannelToken', answer: 400, times: 50 })
  return disconnect({ registry: own, connectionId })
}

type Left = Awaited<ReturnType<typeof lockedOut>>

test.each<
  readonly [
    what: string,
    run: () => Promise<Left>,
    left: readonly (readonly [kind: string, action: string, reason: string])[],
  ]
>([
  [
    'credentials that no longer work',
    lockedOut,
    [
      ['rich-menu', 'kept', 'it could not be looked for'],
      ['long-lived-token', 'kept', 'other tools may use it'],
    ],
  ],
  [
    'no previous webhook URL',
    async () => {
      const { connect: connecting, disconnect, registry: own, values } = setup()
      const { connection } = await connecting({ ...values, registry: own, team: 'tea' })
      return disconnect({ registry: own, connectionId: connection?.id ?? '', restoreWebhookUrl: true })
    },
    [['webhook-url', 'kept', 'nothing stood there before']],
  ],
  [
    'LINE refuses to delete an audience',
    failing('deleteAudienceGroup', 400),
    [
      [
        'audience',
        'failed',
        'DELETE /v2/bot/audienceGroup/{audienceGroupId} -> 400 Internal server error (request ID)',
      ],
    ],
  ],
  [
    'LINE refuses the previous webhook URL',
    failing('setWebhookEndpoint', 400),
    [['webhook-url', 'kept', 'LINE does not take the previous URL (400)']],
  ],
  [
    'a long-lived token',
    async () => {
      const { account, connect: connecting, disconnect, registry: own } = setup()
      const channelAccessToken = account.issueLongLivedToken()
      const { connection } = await connecting({ messaging: { channelAccessToken }, registry: own, team: 'tea' })
      return disconnect({ registry: own, connectionId: connection?.id ?? '' })
    },
    [['long-lived-token', 'kept', 'other tools may use it']],
  ],
  [
    'a v2.1 token without the channel secret',
    withTokens('v2.1'),
    [['minted-token', 'kept', 'without the channel secret LINE revokes no v2.1 token; it ends within 30 days']],
  ],
  [
    'LINE refuses to revoke a token',
    withTokens('short-lived'),
    [['minted-token', 'kept', 'LINE does not revoke it (400)']],
  ],
])('leftovers: %s', async (_what, run, expected) => {
  const { leftovers } = await run()
  expect(
    leftovers.flatMap(({ kind, action, reason }) =>
      reason === undefined ? [] : [[kind, action, reason.replace(/request [\da-f-]+/, 'request ID')]],
    ),
  ).toEqual(expected)
})
