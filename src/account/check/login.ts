import { isSecret, type Secret } from '../../credentials/secret.js'
import { getFriendshipStatus, verifyUserToken } from '../../login/operations.js'
import { getBotInfo } from '../../messaging/bot/operations.js'
import { getProfile } from '../../messaging/profile/operations.js'
import type { Confirmation } from '../guide/confirmations.js'
import { isLoginChannel, openChannel } from './channel.js'
import type { Calls, CheckRun } from './check-run.js'
import { asked, type Finding, found, notMade, passed } from './findings.js'
import type { ParsedAccess } from './parse-options.js'

/**
 * The result of a login. LINE has no API that describes a LINE Login channel, so a person logs in once, ideally a friend of the account without a
 * role in the channel, and the tool passes the values that its callback received.
 */
export interface ObservedLogin {
  /** The user ID: `sub` of the ID token. */
  readonly userId?: string | undefined
  /** The user's access token, with the scope `profile`. It is used for one call and not stored. */
  readonly accessToken?: string | Secret | undefined
  /** `friendship_status_changed` of the callback. Omit it if the callback did not have it. */
  readonly friendshipStatusChanged?: boolean | undefined
  /** Whether the user is an admin or a tester of the channel; those can log in before the channel is published. */
  readonly hasRole?: boolean | undefined
}

const confirmed = (id: Confirmation['id'], confirmations: readonly Confirmation[]) =>
  confirmations.find((one) => one.id === id)?.holds

function publishedFinding(login: ObservedLogin | undefined, confirmations: readonly Confirmation[]): Finding<never> {
  const loggedIn =
    login?.userId !== undefined || login?.accessToken !== undefined || login?.friendshipStatusChanged !== undefined
  if (loggedIn && login?.hasRole === false)
    return passed('A user without a role in the channel logged in', { strength: 'strong' })
  const answer = confirmed('login-published', confirmations)
  if (answer === false)
    return found(
      'needs-person',
      'login_not_published',
      'The LINE Login channel is not published; only its admins and testers can log in',
      { confirmed: false },
    )
  if (answer) return passed('A person confirmed that the channel is published', { confirmed: true })
  return asked(
    'Only a login by a user without a role in the channel shows whether the channel is published',
    'log-in-as-outsider',
  )
}

// A token of another channel would also be accepted, and would prove nothing about this channel.
async function withoutForeignToken(
  run: CheckRun,
  channelId: string | undefined,
  login: ObservedLogin | undefined,
): Promise<ObservedLogin | undefined> {
  if (login?.accessToken === undefined) return login
  const accessToken = isSecret(login.accessToken) ? login.accessToken.reveal() : login.accessToken
  const { data } = await run.with(undefined)(verifyUserToken, { access_token: accessToken })
  return { ...login, accessToken: data?.client_id === channelId ? accessToken : undefined }
}

async function linkedFinding(
  run: CheckRun,
  login: ObservedLogin | undefined,
  confirmations: readonly Confirmation[],
): Promise<Finding<boolean>> {
  const token = login?.accessToken
  const friendship = typeof token === 'string' ? await run.with(token)(getFriendshipStatus, {}) : undefined
  const friend = friendship?.data?.friendFlag
  if (login?.friendshipStatusChanged !== undefined) {
    const facts = { friendshipStatusChanged: login.friendshipStatusChanged, strength: 'strong' }
    return { ...passed('The login offered to add the account as a friend', facts), value: friend }
  }
  if (friend !== undefined)
    return {
      ...passed('LINE reports the friendship with a linked account', { friend, strength: 'medium' }),
      value: friend,
    }
  const answer = confirmed('login-linked', confirmations)
  if (answer) return passed('A person confirmed that the account is linked', { confirmed: true })
  if (friendship?.refusal || answer === false)
    return found('needs-person', 'linked_oa_missing', 'No Official Account is linked to the LINE Login channel', {
      line: friendship?.refusal?.lineMessage,
      confirmed: answer,
      strength: 'medium',
    })
  return asked(
    'Only a login with the add friend option (bot_prompt) shows whether the account is linked',
    'log-in-as-outsider',
  )
}

// A user ID is valid within the provider that issued it, and LINE shows profiles of friends only.
async function providerFinding(
  calls: Calls,
  login: ObservedLogin | undefined,
  friend: boolean | undefined,
): Promise<Finding<never>> {
  if (login?.userId === undefined) return notMade('The providers cannot be compared without the user ID of a login')
  const { refusal } = await calls(getProfile, { userId: login.userId })
  if (!refusal)
    return passed('Both channels belong to the same provider: the account knows the user of the login', {
      strength: 'strong',
    })
  const facts = { status: refusal.status, friend }
  if (friend)
    return found(
      'failed',
      'provider_split',
      'The user is a friend of the linked account, but this account does not know the user: the channels belong to different providers, or another account is linked',
      { ...facts, strength: 'strong' },
    )
  return found(
    'warning',
    'provider_split',
    'The account does not know the user of the login: the user is not a friend, or the channels belong to different providers',
    { ...facts, strength: 'weak' },
  )
}

/** Opens the LINE Login channel: the check `login-credentials`. Returns `undefined` when it does not open. */
export async function checkLoginCredentials(run: CheckRun, access: ParsedAccess): Promise<Calls | undefined> {
  const { value: token } = await run.check('login-credentials', () => openChannel(run, access))
  return token === undefined ? undefined : run.with(token)
}

/** Checks the LINE Login channel: the checks whose IDs begin with `login-`. Rules: login-is-published, login-links-account, provider-is-final. */
export async function checkLogin(
  run: CheckRun,
  access: ParsedAccess,
  observedLogin: ObservedLogin | undefined,
  confirmations: readonly Confirmation[],
  callsOfAccount: Calls,
): Promise<void> {
  const calls = await checkLoginCredentials(run, access)
  if (!calls) return
  const { channelId } = access
  const { check: kind } = await run.check('login-channel-kind', async () => {
    if (await isLoginChannel(calls)) return passed('This is a LINE Login channel', { channelId })
    const { refusal } = await calls(getBotInfo, {})
    if (refusal) return notMade('LINE does not show what kind of channel this is')
    return found(
      'failed',
      'messaging_channel_given',
      'This is a Messaging API channel; a LINE Login channel is required',
      { channelId },
    )
  })
  if (kind.status === 'failed') return
  const { value: login } = await run.check('login-published', async () => {
    const value = await withoutForeignToken(run, channelId, observedLogin)
    return { ...publishedFinding(value, confirmations), value }
  })
  const { value: friend } = await run.check('login-linked', () => linkedFinding(run, login, confirmations))
  await run.check('login-provider', () => providerFinding(callsOfAccount, login, friend))
}
