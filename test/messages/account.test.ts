// Every message of line-oa/account, whole: of errors, checks, steps and leftovers. No other test asserts one.

import {
  type Confirmation,
  type ConnectOptions,
  can,
  checkAccount,
  connectAccount,
  createRegistry,
  disconnectAccount,
  invitationState,
  memoryRegistryStorage,
  type RegistryKey,
  type Resource,
  type Step,
  step,
  watchAccount,
} from 'line-oa/account'
import { redisRegistryStorage } from 'line-oa/account/redis'
import { assertionKey } from 'line-oa/keys'
import { createAudienceGroup } from 'line-oa/operations'
import { memoryStore } from 'line-oa/store'
import { expect, test } from 'vitest'
import { connected } from '../account/disconnect/connected.js'
import { ofAccount } from '../account/failures/account.js'
import { ofCredentials } from '../account/failures/credentials.js'
import { ofWebhook } from '../account/failures/webhook.js'
import { allAttested, sealingKey, setup, toolUrl } from '../account/setup.js'
import { testPair } from '../keys/fixed-key.js'
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
  const privateKey = await testPair()
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
    '3 problems:\n- messaging is required; it must be an object with a property for each field\n- messaging.channelId is required; it must be a string of 5 to 15 digits (all known IDs have 10)\n- messaging.channelSecret is required; it must be a string of 32 hex characters (0 to 9, a to f)',
  ],
  [
    'messaging: a string',
    connect({ messaging: 'text' }),
    'LINE_INPUT',
    'messaging, messaging.channelId, messaging.channelSecret',
    '3 problems:\n- messaging must be an object with a property for each field; found a string\n- messaging.channelId is required; it must be a string of 5 to 15 digits (all known IDs have 10)\n- messaging.channelSecret is required; it must be a string of 32 hex characters (0 to 9, a to f)',
  ],
  [
    'messaging: an ID without a secret',
    connect({ messaging: { channelId: '1234567890' } }),
    'LINE_INPUT',
    'messaging.channelSecret',
    'messaging.channelSecret is required; it must be a string of 32 hex characters (0 to 9, a to f)',
  ],
  [
    'messaging: ID and secret swapped',
    connect({ messaging: { channelId: secret, channelSecret: '1234567890' } }),
    'LINE_INPUT',
    'messaging.channelId, messaging.channelSecret',
    '2 problems:\n- messaging.channelId must be a string of 5 to 15 digits (all known IDs have 10); found 32 hex characters, the form of a channel secret. Enter it as the channel secret\n- messaging.channelSecret must be a string of 32 hex characters (0 to 9, a to f); found 10 digits, the form of a channel ID. Enter it as the channel ID',
  ],
  [
    'messaging: a key that is a string',
    connect({ messaging: { channelId: '1234567890', assertionKey: 'kid' } }),
    'LINE_INPUT',
    'messaging.assertionKey',
    'messaging.assertionKey must be the input or the result of assertionKey(): a kid and its private key; found a string',
  ],
  [
    'login: the Messaging API channel',
    connect({ login: messaging }),
    'LINE_INPUT',
    'login.channelId',
    'login.channelId must be the ID of a LINE Login channel; found the ID of a Messaging API channel. Copy it from the Basic settings tab of the LINE Login channel in the LINE Developers Console',
  ],
  [
    'account: a LINE ID that is a channel ID',
    connect({ account: { lineId: '1234567890' } }),
    'LINE_INPUT',
    'account.lineId',
    'account.lineId must be @ followed by 1 to 20 letters, digits, dots, underscores or hyphens; found 10 digits, the form of a channel ID. If it is the LINE ID, add the @',
  ],
  [
    'webhookUrl: http',
    connect({ webhookUrl: 'http://tool.example/line' }),
    'LINE_INPUT',
    'webhookUrl',
    'webhookUrl must be an https URL of at most 500 characters; found an http URL. LINE delivers webhooks only over https, with a certificate from a publicly trusted CA',
  ],
  [
    'team without a registry',
    connect({ team: 'tea' }),
    'LINE_INPUT',
    undefined,
    'team requires registry; pass both or neither',
  ],
  [
    'a registry without a team',
    connect({ registry: registry() }),
    'LINE_INPUT',
    undefined,
    'team is required when registry is given',
  ],
  [
    'answering: an unknown value',
    connect({ answering: 'none' }),
    'LINE_INPUT',
    undefined,
    "answering must be 'tool-only' or 'tool-and-manager'",
  ],
  [
    'confirmations: an unknown ID',
    confirmations({ id: 'weather', holds: true }),
    'LINE_INPUT',
    undefined,
    'confirmations: each entry must be { id, holds }, where holds is a boolean and id is one of greeting, auto-response, response-hours, chat-response-method, group-joining, second-administrator, login-published, login-linked, webhook-switch, chat',
  ],
  [
    'confirmations: an answer that is not a boolean',
    confirmations({ id: 'greeting', holds: 'yes' }),
    'LINE_INPUT',
    undefined,
    'confirmations: each entry must be { id, holds }, where holds is a boolean and id is one of greeting, auto-response, response-hours, chat-response-method, group-joining, second-administrator, login-published, login-linked, webhook-switch, chat',
  ],
  [
    'confirmations: an invalid time',
    confirmations({ id: 'greeting', holds: true, at: Number.NaN }),
    'LINE_INPUT',
    undefined,
    'confirmations: at of "greeting" must be a time in milliseconds since 1970',
  ],
  [
    'watchAccount: an interval below 10 seconds',
    () => watchAccount({ messaging, interval: 9_999 }).next(),
    'LINE_INPUT',
    undefined,
    'interval must be at least 10000 milliseconds',
  ],
  ['keys: none', keys(), 'LINE_INPUT', undefined, 'keys must contain at least one key'],
  [
    'keys: a short text',
    keys({ id: 'a', key: 'short' }),
    'LINE_INPUT',
    undefined,
    'keys: key "a" must be 32 bytes, or a string of at least 32 random characters; create one with openssl rand -base64 32',
  ],
  [
    'keys: 31 bytes',
    keys({ id: 'a', key: new Uint8Array(31) }),
    'LINE_INPUT',
    undefined,
    'keys: key "a" must have 32 bytes, but has 31',
  ],
  [
    'keys: two with one ID',
    keys(sealingKey, sealingKey),
    'LINE_INPUT',
    undefined,
    'keys must not contain two keys with the same id',
  ],
  [
    'keys: an ID with a space',
    keys({ id: 'a b', key: 'k'.repeat(32) }),
    'LINE_INPUT',
    undefined,
    'keys: each id must be 1 to 64 characters from A-Z a-z 0-9 - . _',
  ],
  [
    'redisRegistryStorage: no client',
    () => redisRegistryStorage({} as never),
    'LINE_INPUT',
    undefined,
    'redisRegistryStorage: client must be a connected client of the redis or ioredis package',
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
    'limit must be an integer from 1 to 10000',
  ],
  [
    'history: a negative start',
    () => registry().history('id', { from: -1 }),
    'LINE_INPUT',
    undefined,
    'from must be an integer of 0 or more',
  ],
  [
    'recordResource: an unknown kind',
    resource({ kind: 'cloud', id: '1' }),
    'LINE_INPUT',
    undefined,
    'recordResource: kind must be one of rich-menu, rich-menu-alias, default-rich-menu, audience, liff-app',
  ],
  [
    'recordResource: an empty ID',
    resource({ kind: 'audience', id: '' }),
    'LINE_INPUT',
    undefined,
    'recordResource: id must be a non-empty string, the ID of the audience at LINE',
  ],
  [
    'remove: a connected account',
    async () => (await stored()).registry.remove('a'),
    'LINE_INPUT',
    undefined,
    'Connection a is not disconnected; call disconnectAccount() before remove()',
  ],
  [
    'client: credentials of another connection',
    opened(),
    'LINE_INPUT',
    undefined,
    'The data of connection a cannot be decrypted: it was modified, it is of another connection or version, or key "first" is not the key that encrypted it',
  ],
  [
    'client: credentials that are not sealed',
    opened('text'),
    'LINE_INPUT',
    undefined,
    'The data of connection a was not encrypted by a registry',
  ],
  [
    'client: a disconnected connection',
    opened(''),
    'LINE_INPUT',
    undefined,
    'Connection a is disconnected and its credentials are deleted; connect the account again',
  ],
  [
    'client: credentials of an unknown key',
    async () => {
      const { target } = await stored()
      return createRegistry({ storage: target, keys: [{ id: 'second', key: 'k'.repeat(48) }] }).client('a')
    },
    'LINE_INPUT',
    undefined,
    'The data of connection a was encrypted with key "first", which is not in keys',
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
    'The registry does not store the assertion key UUID; pass the option assertionKey to createRegistry to look it up',
  ],
  [
    'connectAccount: a key that the registry cannot store',
    async () => {
      const { access, line } = await withMadeKey()
      return line.connect({ messaging: access, registry: line.registry, team: 'tea' })
    },
    'LINE_INPUT',
    undefined,
    'assertionKey must be { kid, privateKey }, so that the registry can store it. For keys that are stored elsewhere, pass the option assertionKey to createRegistry',
  ],
  [
    'exportTeam: no team',
    () => registry().exportTeam('', sealingKey),
    'LINE_INPUT',
    undefined,
    'exportTeam: team must be a non-empty string',
  ],
  [
    'importTeam: no team',
    async () => registry().importTeam(await (await stored()).exported(), sealingKey, { team: '' }),
    'LINE_INPUT',
    undefined,
    'importTeam: team must be a non-empty string',
  ],
  [
    'importTeam: not an export',
    () => registry().importTeam('', sealingKey),
    'LINE_INPUT',
    undefined,
    'The data of line-oa team 1 was not encrypted by a registry',
  ],
  [
    'importTeam: another key',
    async () => registry().importTeam(await (await stored()).exported(), { ...sealingKey, key: 'u'.repeat(32) }),
    'LINE_INPUT',
    undefined,
    'The data of line-oa team 1 cannot be decrypted: it was modified, it is of another connection or version, or key "first" is not the key that encrypted it',
  ],
]

const uuid = /[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}/

const wrong = 5 as never

// What plain JavaScript passes, where the types allow something else.
test.each<readonly [call: () => unknown, message: string]>([
  [() => connectAccount(wrong), 'connectAccount: the options must be an object'],
  [
    () => checkAccount({ messaging, clock: wrong }),
    'checkAccount: clock must be an object with now(), setTimeout(), clearTimeout()',
  ],
  [
    () => disconnectAccount({ registry: wrong, connectionId: 'a' }),
    'disconnectAccount: registry must be a registry, such as createRegistry() returns',
  ],
  [
    () => createRegistry({ keys: [sealingKey] } as never),
    'createRegistry: storage is required, such as memoryRegistryStorage()',
  ],
  [() => can(wrong, wrong), 'can: role and action must be strings'],
  [
    () => invitationState({ role: 'operator', issuedAt: wrong }, 'now' as never),
    'invitationState: issuedAt and now must be milliseconds since 1970',
  ],
  [() => step(wrong), 'step: id must be the ID of a step, a string'],
  [() => registry().find({} as never), 'find: channelId or destination must be a non-empty string'],
  [() => registry().forgetResource('a', wrong), 'forgetResource: the options must be an object'],
  [() => registry().importTeam(wrong, sealingKey), 'importTeam: exported must be the text that exportTeam() returned'],
  [() => registry().exportTeam('tea', wrong), 'keys: the options must be an object'],
])('a value of the wrong type: %s', async (call, message) => {
  expect(await errorOf(call)).toEqual(['LINE_INPUT', undefined, message])
})

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
    'No channel has this channel ID',
    'copy-channel-id',
    "Copy the channel ID from the channel's Basic settings tab",
  ],
  [
    'the secret of another channel',
    'bad_channel_secret',
    'credentials',
    'The channel secret does not match this channel ID: it belongs to another channel, or was reissued',
    'copy-channel-secret',
    'Copy the channel secret from the Basic settings tab of the same channel as the channel ID',
  ],
  [
    'a secret that the console has reissued',
    'bad_channel_secret',
    'credentials',
    'The channel secret does not match this channel ID: it belongs to another channel, or was reissued',
    'copy-channel-secret',
    'Copy the channel secret from the Basic settings tab of the same channel as the channel ID',
  ],
  [
    'a wrong secret with a correct key',
    'bad_channel_secret',
    'credentials',
    'The channel secret does not match this channel ID: it belongs to another channel, or was reissued',
    'copy-channel-secret',
    'Copy the channel secret from the Basic settings tab of the same channel as the channel ID',
  ],
  [
    'ID and secret of a LINE Login channel',
    'login_channel_given',
    'channel-kind',
    'This is a LINE Login channel; a Messaging API channel is required',
    'copy-messaging-values',
    'Copy the values of the Messaging API channel; the entered ones belong to a LINE Login channel',
  ],
  [
    'ID and secret of a Messaging API channel for the LINE Login channel',
    'messaging_channel_given',
    'login-channel-kind',
    'This is a Messaging API channel; a LINE Login channel is required',
    'copy-login-values',
    'Copy the values of the LINE Login channel; the entered ones belong to a Messaging API channel',
  ],
  [
    'the token of another account with ID and secret',
    'token_mismatch',
    'token',
    'The channel access token belongs to another channel',
    'copy-channel-access-token',
    'Copy the long-lived channel access token of this channel; do not reissue an existing one, because that revokes it for every tool',
  ],
  [
    'the token of another channel than that of the ID',
    'token_mismatch',
    'credentials',
    'The channel access token belongs to another channel',
    'copy-channel-access-token',
    'Copy the long-lived channel access token of this channel; do not reissue an existing one, because that revokes it for every tool',
  ],
  [
    'a token that was reissued',
    'token_invalidated',
    'credentials',
    'LINE does not accept the channel access token: it was reissued or revoked, or was not copied completely',
    'copy-channel-access-token',
    'Copy the long-lived channel access token of this channel; do not reissue an existing one, because that revokes it for every tool',
  ],
  [
    'a token that was reissued, with ID and secret',
    'token_invalidated',
    'token',
    'LINE does not accept the channel access token: it was reissued or revoked, or was not copied completely',
    'copy-channel-access-token',
    'Copy the long-lived channel access token of this channel; do not reissue an existing one, because that revokes it for every tool',
  ],
  [
    'an expired v2.1 token',
    'token_expired',
    'credentials',
    'The channel access token has expired',
    'issue-long-lived-token',
    'Issue a long-lived channel access token; reissuing one revokes the previous token for every tool',
  ],
  [
    'a stateless token, which LINE cannot verify',
    'token_expires',
    'credentials',
    'This is a stateless channel access token, which expires within 15 minutes; enter a long-lived one',
    'issue-long-lived-token',
    'Issue a long-lived channel access token; reissuing one revokes the previous token for every tool',
  ],
  [
    'a kid that no channel has',
    'unknown_kid',
    'credentials',
    'LINE does not know this kid: it was mistyped, is not registered yet, or was deleted',
    'copy-kid',
    'Copy the kid that the LINE Developers Console shows for the key, and the ID of the channel on which the key is registered',
  ],
  [
    'a key that is registered on another channel',
    'key_mismatch',
    'credentials',
    'The key is registered on another channel',
    'copy-kid',
    'Copy the kid that the LINE Developers Console shows for the key, and the ID of the channel on which the key is registered',
  ],
  [
    'the kid of another key of the channel',
    'key_refused',
    'credentials',
    'LINE rejected the assertion; most likely the registered public key does not match this private key',
    'register-public-key',
    "Register the tool's public key in the channel's Basic settings tab, under Assertion signing key",
  ],
  [
    'a clock that is an hour behind',
    'clock_skew',
    'credentials',
    "LINE considers the assertion expired: this machine's clock differs from LINE's",
    'set-clock',
    "Correct the clock of the tool's machine; assertions are valid for at most 30 minutes",
  ],
  [
    'a long-lived token that LINE refuses although it accepts a stateless one',
    'ip_denied',
    'token',
    "LINE refuses this channel access token, but accepts another token of the same channel: most likely this machine's IP address is not in the token's allowlist",
    'allow-address',
    "Add the tool's IP addresses to the allowlist of the long-lived channel access token, in the channel's Security tab",
  ],
  [
    'a webhook URL with a pasted token alone',
    'no_channel_secret',
    'webhook-url',
    'Without the channel secret, webhook signatures cannot be verified, so no webhook is set and the connection is send-only',
    'copy-channel-secret',
    'Copy the channel secret from the Basic settings tab of the same channel as the channel ID',
  ],
  [
    'a webhook URL that was deleted',
    'webhook_unset',
    'webhook-url',
    'No webhook URL is set',
    'paste-webhook-url',
    "Paste the tool's webhook URL in the Messaging API tab, and verify it",
  ],
  [
    'a webhook of another tool',
    'webhook_elsewhere',
    'webhook-owner',
    'Another webhook URL is set; it would no longer receive events',
    'say-take-over',
    "Decide whether this tool may replace the other tool's webhook, and allow it",
  ],
  [
    'a webhook that another tool has taken over',
    'webhook_elsewhere',
    'webhook-url',
    'Another webhook URL is set',
    'say-take-over',
    "Decide whether this tool may replace the other tool's webhook, and allow it",
  ],
  [
    'a switch that LINE has turned off',
    'webhook_off',
    'webhook-switch',
    'The webhook is off, so LINE sends no events',
    'switch-webhook-on',
    'Turn on Use webhook in the response settings, reload the page, and check it again; LINE can turn it off again',
  ],
  [
    'a webhook URL without a server',
    'webhook_unreachable',
    'webhook-test',
    'The webhook URL does not work: LINE cannot connect to it',
    'mend-webhook-server',
    'Make the webhook URL respond with a 2xx status within 2 seconds, over https with a complete certificate chain from a publicly trusted CA, and without a redirect',
  ],
  [
    'a rate limit for webhook tests',
    'webhook_test_limit',
    'webhook-test',
    'The limit of 60 webhook tests per hour is reached',
    'try-again',
    'Try again later; LINE was unavailable, or a rate limit was reached',
  ],
  [
    'a receiver with another secret',
    'signature_mismatch',
    'webhook-test',
    'The webhook URL responds with 401: either its receiver has the channel secret of another channel, or something in front of it, such as a firewall, a deployment protection or a login page, keeps LINE out',
    'mend-signature-check',
    'Configure the receiver with the channel secret of this channel, and pass it the unmodified request body; it rejected the signature',
  ],
  [
    'another program that responds with 200',
    'webhook_not_ours',
    'webhook-test',
    "The webhook URL responds, but not with a receiver of this registry: no receiver asked for the channel secret during LINE's test",
    'lead-url-to-receiver',
    'Make the webhook URL lead to the receiver of this tool, and give the receiver the same registry; another program answered the test',
  ],
  [
    'a firewall in front of the receiver',
    'webhook_blocked',
    'webhook-test',
    'The webhook URL responds with 403, and no receiver of this registry was reached: something in front of it, such as a firewall, a deployment protection or a login page, keeps LINE out, or the URL leads to another program',
    'let-line-through',
    'Exclude the webhook URL from the firewall, the deployment protection or the login page in front of the receiver, so that LINE reaches it',
  ],
  [
    'a person who received two greetings',
    'double_replies',
    'greeting',
    'A person answered no: Is the greeting message off?',
    'switch-greeting-off',
    'Turn off the greeting message; otherwise new friends are greeted twice',
  ],
  [
    'Chat on, where only the tool answers',
    'chat_mode_conflict',
    'chat-mode',
    'Chat is on: people may reply in addition to the tool',
    'switch-chat-off',
    'Turn off Chat in the response settings, so that only the tool replies',
  ],
  [
    'Chat off, where people answer too',
    'chat_mode_conflict',
    'chat-mode',
    'Chat is off: people cannot reply in LINE',
    'switch-chat-on',
    'Turn on Chat in the response settings, so that people can reply in LINE too',
  ],
  [
    'a switch that a person has just turned on',
    'settings_lag',
    'webhook-switch',
    'The webhook was just turned on, and LINE does not show it yet',
    'reload-later',
    'Wait a minute and check again; if the LINE Developers Console and LINE Official Account Manager differ, the Manager is right',
  ],
  [
    'Chat that a person has just turned off',
    'settings_lag',
    'chat-mode',
    'Chat was just changed, and LINE does not show it yet',
    'reload-later',
    'Wait a minute and check again; if the LINE Developers Console and LINE Official Account Manager differ, the Manager is right',
  ],
  [
    'a person who says that groups are allowed',
    'groups_allowed',
    'group-joining',
    'A person answered no: Is the account prevented from joining group chats?',
    'forbid-groups',
    'Do not allow the account to join group chats, unless the tool works in them',
  ],
  [
    'a tool for groups, in an account that may not join groups',
    'groups_forbidden',
    'group-joining',
    'A person answered no: May the account join group chats?',
    'allow-groups',
    'Allow the account to join group chats',
  ],
  [
    'a valid token that LINE refuses',
    'account_suspended',
    'channel-kind',
    'The channel access token is valid, but LINE refuses it; the account may be suspended',
    'contact-support',
    'Contact LINE support with the account, its administrators, the time, the device and the error text, and keep the case number',
  ],
  [
    'the LINE ID of another account',
    'basic_id_mismatch',
    'account',
    'The channel belongs to an account with another LINE ID',
    'compare-account',
    'Compare the picture, name and basic ID with those of the account that you want to connect',
  ],
  [
    'another account name',
    'name_differs',
    'account-name',
    'The account has a different name',
    'compare-account',
    'Compare the picture, name and basic ID with those of the account that you want to connect',
  ],
  [
    'a tool that lists followers',
    'unverified_account',
    'followers',
    'The account may not list its followers, because it is not verified',
    'request-verification',
    'Request verification; only verified and premium accounts may list their followers',
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
    'A person answered no: Does the account have a second administrator?',
    'invite-administrator',
    'Invite a second administrator, so that the account is not lost when one person leaves',
  ],
  [
    'a month with no messages left',
    'quota_reached',
    'quota',
    'The monthly message limit is reached; replies still work',
    'raise-quota',
    'Upgrade the plan, raise the limit for additional messages, or wait until next month',
  ],
  [
    'less than a tenth of the messages left',
    'quota_low',
    'quota',
    'Less than 10% of the monthly message limit is left',
    'raise-quota',
    'Upgrade the plan, raise the limit for additional messages, or wait until next month',
  ],
  [
    'a person who saw the page about the developing status',
    'login_not_published',
    'login-published',
    'The LINE Login channel is not published; only its admins and testers can log in',
    'publish-login-channel',
    'Publish the LINE Login channel, so that users without a role in it can log in',
  ],
  [
    'a channel without a linked account',
    'linked_oa_missing',
    'login-linked',
    'No Official Account is linked to the LINE Login channel',
    'link-account',
    'Link the Official Account in the Basic settings tab of the LINE Login channel',
  ],
  [
    'a LINE Login channel of another provider, linked to another account',
    'provider_split',
    'login-provider',
    'The user is a friend of the linked account, but this account does not know the user: the channels belong to different providers, or another account is linked',
    'use-one-provider',
    'Use a LINE Login channel of the same provider as the Messaging API channel; user IDs differ between providers',
  ],
  [
    'a user whom the account does not know, who may not be a friend',
    'provider_split',
    'login-provider',
    'The account does not know the user of the login: the user is not a friend, or the channels belong to different providers',
    'use-one-provider',
    'Use a LINE Login channel of the same provider as the Messaging API channel; user IDs differ between providers',
  ],
  [
    'a refusal without a known cause',
    'line_refused',
    'webhook-owner',
    'LINE refused a call that is available to every channel',
    'contact-support',
    'Contact LINE support with the account, its administrators, the time, the device and the error text, and keep the case number',
  ],
  [
    'a call that LINE answers with 500',
    'line_unavailable',
    'quota',
    'LINE is unavailable',
    'try-again',
    'Try again later; LINE was unavailable, or a rate limit was reached',
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
      ['credentials', 'passed', 'The channel ID and the channel secret match'],
      ['channel-kind', 'passed', 'This is the Messaging API channel of an Official Account'],
      ['token', 'passed', 'The channel access token is a long-lived token of this channel'],
      ['account', 'passed', 'The LINE ID matches the account'],
      ['account-name', 'passed', 'The name matches the account'],
      ['team', 'passed', 'No other team has connected the account'],
      ['webhook-owner', 'passed', 'No webhook URL is set'],
      ['chat-mode', 'passed', 'Chat is off: only the tool replies'],
      ['quota', 'passed', 'There is no monthly message limit'],
      ['login-credentials', 'passed', 'The channel ID and the channel secret match'],
      ['login-channel-kind', 'passed', 'This is a LINE Login channel'],
      [
        'login-published',
        'needs-person',
        'Only a login by a user without a role in the channel shows whether the channel is published',
      ],
      [
        'login-linked',
        'needs-person',
        'Only a login with the add friend option (bot_prompt) shows whether the account is linked',
      ],
      ['login-provider', 'unknown', 'The providers cannot be compared without the user ID of a login'],
      ['webhook-test', 'passed', 'The webhook URL responds'],
      ['webhook-url', 'passed', "This tool's webhook URL is set"],
      ['webhook-switch', 'passed', 'The webhook is on'],
      ['greeting', 'passed', 'A person confirmed that the greeting message is off'],
      ['auto-response', 'passed', 'A person confirmed that auto-response is off'],
      ['group-joining', 'passed', 'A person confirmed that the account may not join group chats'],
      ['second-administrator', 'passed', 'A person confirmed that the account has a second administrator'],
    ],
  ],
  [
    'connecting for the tool and the Manager, nothing answered',
    async () => {
      const { subject, options } = await everything()
      return findings(await subject.connect({ ...options, answering: 'tool-and-manager', groups: true }))
    },
    [
      ['credentials', 'passed', 'The channel ID and the channel secret match'],
      ['channel-kind', 'passed', 'This is the Messaging API channel of an Official Account'],
      ['token', 'passed', 'The channel access token is a long-lived token of this channel'],
      ['account', 'passed', 'The LINE ID matches the account'],
      ['account-name', 'passed', 'The name matches the account'],
      ['webhook-owner', 'passed', 'No webhook URL is set'],
      ['chat-mode', 'needs-person', 'Chat is off: people cannot reply in LINE'],
      ['quota', 'passed', 'There is no monthly message limit'],
      ['login-credentials', 'passed', 'The channel ID and the channel secret match'],
      ['login-channel-kind', 'passed', 'This is a LINE Login channel'],
      [
        'login-published',
        'needs-person',
        'Only a login by a user without a role in the channel shows whether the channel is published',
      ],
      [
        'login-linked',
        'needs-person',
        'Only a login with the add friend option (bot_prompt) shows whether the account is linked',
      ],
      ['login-provider', 'unknown', 'The providers cannot be compared without the user ID of a login'],
      ['webhook-test', 'passed', 'The webhook URL responds'],
      ['webhook-url', 'passed', "This tool's webhook URL is set"],
      ['webhook-switch', 'passed', 'The webhook is on'],
      ['greeting', 'needs-person', 'Is the greeting message off? No API shows this'],
      ['auto-response', 'needs-person', 'Is auto-response off? No API shows this'],
      ['response-hours', 'needs-person', 'Are response hours off? No API shows this'],
      ['chat-response-method', 'needs-person', 'Is the chat response method manual? No API shows this'],
      ['group-joining', 'needs-person', 'May the account join group chats? No API shows this'],
      ['second-administrator', 'needs-person', 'Does the account have a second administrator? No API shows this'],
    ],
  ],
  [
    'a dry run with a registry',
    async () => {
      const { connect: connecting, registry: own, values } = setup()
      return findings(await connecting({ ...values, dryRun: true, registry: own, team: 'tea' }))
    },
    [
      ['credentials', 'passed', 'The channel ID and the channel secret match'],
      ['channel-kind', 'passed', 'This is the Messaging API channel of an Official Account'],
      ['account', 'passed', 'No LINE ID was given to compare the account with'],
      ['team', 'passed', 'No other team has connected the account'],
      ['webhook-owner', 'passed', 'No webhook URL is set'],
      ['chat-mode', 'passed', 'Chat is off'],
      ['quota', 'passed', 'There is no monthly message limit'],
      [
        'webhook-test',
        'unknown',
        'A dry run does not test the webhook URL: the receiver learns the channel secret only when the connection is stored',
      ],
      ['second-administrator', 'needs-person', 'Does the account have a second administrator? No API shows this'],
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
      ['credentials', 'passed', 'The channel ID and the channel secret match'],
      ['channel-kind', 'passed', 'This is the Messaging API channel of an Official Account'],
      ['account', 'passed', 'No LINE ID was given to compare the account with'],
      ['chat-mode', 'passed', 'Chat is off'],
      ['quota', 'passed', 'There is no monthly message limit'],
      ['webhook-url', 'passed', "This tool's webhook URL is set"],
      ['webhook-switch', 'passed', 'The webhook is on'],
      ['webhook-test', 'passed', 'The webhook URL responds'],
      ['second-administrator', 'passed', 'A person confirmed that the account has a second administrator'],
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
        'The channel secret does not match this channel ID: it belongs to another channel, or was reissued',
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
      ['switch-chat-on', 'Turn on Chat in the response settings, so that people can reply in LINE too'],
      [
        'log-in-as-outsider',
        'Log in with a LINE account that has no role in the LINE Login channel and is a friend of the account',
      ],
      ['switch-greeting-off', 'Turn off the greeting message; otherwise new friends are greeted twice'],
      ['switch-auto-response-off', 'Turn off auto-response; otherwise users receive two replies'],
      [
        'switch-response-hours-off',
        'Turn off response hours; otherwise users receive two messages outside these hours',
      ],
      ['set-manual-chat', 'Set the chat response method to manual; otherwise keywords receive two replies'],
      ['allow-groups', 'Allow the account to join group chats'],
      ['invite-administrator', 'Invite a second administrator, so that the account is not lost when one person leaves'],
    ],
  ],
  [
    'after connecting for the tool only',
    async () => {
      const { connect: connecting, values } = setup()
      return summaries((await connecting({ ...values, answering: 'tool-only' })).nextSteps)
    },
    [
      [
        'switch-webhook-on',
        'Turn on Use webhook in the response settings, reload the page, and check it again; LINE can turn it off again',
      ],
      ['switch-greeting-off', 'Turn off the greeting message; otherwise new friends are greeted twice'],
      ['switch-auto-response-off', 'Turn off auto-response; otherwise users receive two replies'],
      ['forbid-groups', 'Do not allow the account to join group chats, unless the tool works in them'],
      ['invite-administrator', 'Invite a second administrator, so that the account is not lost when one person leaves'],
    ],
  ],
  [
    'after disconnecting',
    async () => {
      const { connectionId, disconnect, registry: own } = await connected()
      return summaries((await disconnect({ registry: own, connectionId })).nextSteps)
    },
    [
      ['switch-webhook-off', 'Turn off Use webhook in the response settings'],
      ['clear-webhook-url', 'Delete the webhook URL in the Messaging API tab; no API can do this'],
      [
        'switch-greeting-on',
        'Turn the greeting message and auto-response on again, if the account should respond without the tool',
      ],
      ['remove-tool-members', "Remove the members of the tool's team from the account, the provider and the channels"],
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
        'Revoke the long-lived channel access token that the tool received: reissue it, or have the tool revoke it',
      ],
      ['remove-tool-members', "Remove the members of the tool's team from the account, the provider and the channels"],
    ],
  ],
  [
    'after disconnecting with an assertion key',
    async () => {
      const { account, connect: connecting, disconnect, emulator, registry: own } = setup()
      const privateKey = await testPair()
      const kid = emulator.console.registerAssertionKey(account, privateKey.publicJwk)
      const access = { channelId: account.channelId, assertionKey: { kid, privateKey } }
      const { connection } = await connecting({ messaging: access, registry: own, team: 'tea' })
      return summaries((await disconnect({ registry: own, connectionId: connection?.id ?? '' })).nextSteps)
    },
    [
      ['delete-public-key', "Delete the tool's public key from the channel"],
      ['remove-tool-members', "Remove the members of the tool's team from the account, the provider and the channels"],
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
  const privateKey = await testPair()
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
      ['rich-menu', 'kept', 'it could not be read'],
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
    [['webhook-url', 'kept', 'no webhook URL was set before']],
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
    [['webhook-url', 'kept', 'LINE does not accept the previous URL (400)']],
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
    [
      [
        'minted-token',
        'kept',
        'a channel access token v2.1 cannot be revoked without the channel secret; it expires within 30 days',
      ],
    ],
  ],
  [
    'LINE refuses to revoke a token',
    withTokens('short-lived'),
    [['minted-token', 'kept', 'LINE refused to revoke it (400)']],
  ],
])('leftovers: %s', async (_what, run, expected) => {
  const { leftovers } = await run()
  expect(
    leftovers.flatMap(({ kind, action, reason }) =>
      reason === undefined ? [] : [[kind, action, reason.replace(/request [\da-f-]+/, 'request ID')]],
    ),
  ).toEqual(expected)
})
