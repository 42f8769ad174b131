import { isSecret, type Secret } from '../../credentials/secret.js'
import { getFriendshipStatus, verifyUserToken } from '../../login/operations.js'
import { getBotInfo } from '../../messaging/bot/operations.js'
import { getProfile } from '../../messaging/profile/operations.js'
import type { ReadAccess } from '../access.js'
import { ask } from '../ask.js'
import type { Attestation } from '../attestation.js'
import { asked, type Finding, found, notMade, passed } from '../checks.js'
import type { Calls, Run } from '../run.js'
import { isLoginChannel, type Opened, openByKey, openBySecret } from './channel.js'

/**
 * What a login has shown. LINE tells nothing about a LINE Login channel by itself, so somebody logs in once, best a friend of the account who has
 * no role in the channel, and the tool gives here what its callback got.
 */
export interface ObservedLogin {
  /** The user ID: `sub` of the ID token. */
  readonly userId?: string | undefined
  /** The user's access token, with the scope `profile`. It is used for one call and not kept. */
  readonly accessToken?: string | Secret | undefined
  /** `friendship_status_changed` of the callback; `undefined` when it had none. */
  readonly friendshipStatusChanged?: boolean | undefined
  /** Whether the person is an admin or a tester of the channel, who may log in before it is published. */
  readonly hasRole?: boolean | undefined
}

const said = (id: Attestation['id'], attested: readonly Attestation[]) => attested.find((one) => one.id === id)?.holds

function judgePublished(seen: ObservedLogin | undefined, attested: readonly Attestation[]): Finding {
  const loggedIn =
    seen?.userId !== undefined || seen?.accessToken !== undefined || seen?.friendshipStatusChanged !== undefined
  if (loggedIn && seen?.hasRole === false)
    return passed('Somebody without a role in the channel has logged in', { strength: 'strong' })
  const answer = said('login-published', attested)
  if (answer === false)
    return found(
      'needs-person',
      'login_not_published',
      'The LINE Login channel is being developed: only its admins and testers can log in',
      { attested: false },
    )
  if (answer) return passed('The channel is published, as a person says', { attested: true })
  return asked('Only a login by somebody without a role shows whether the channel is published', 'log-in-as-outsider')
}

interface Friendship {
  readonly friend?: boolean
  readonly refused?: string
}

// A token of another channel opens things too, and proves nothing about this one.
async function withoutForeignToken(
  run: Run,
  channelId: string | undefined,
  seen: ObservedLogin | undefined,
): Promise<ObservedLogin | undefined> {
  if (seen?.accessToken === undefined) return seen
  const token = isSecret(seen.accessToken) ? seen.accessToken.reveal() : seen.accessToken
  const { data } = await ask(run.with(undefined)(verifyUserToken, { access_token: token }))
  return { ...seen, accessToken: data?.client_id === channelId ? token : undefined }
}

async function friendshipOf(run: Run, seen: ObservedLogin): Promise<Friendship> {
  const token = isSecret(seen.accessToken) ? seen.accessToken.reveal() : seen.accessToken
  if (token === undefined) return {}
  const { data, refusal } = await ask(run.with(token)(getFriendshipStatus, {}))
  return refusal ? { refused: refusal.lineMessage } : { friend: data.friendFlag }
}

function judgeLinked(
  seen: ObservedLogin | undefined,
  friendship: Friendship,
  attested: readonly Attestation[],
): Finding {
  if (seen?.friendshipStatusChanged !== undefined)
    return passed('The login offered to add the account', {
      friendshipStatusChanged: seen.friendshipStatusChanged,
      strength: 'strong',
    })
  if (friendship.friend !== undefined)
    return passed('LINE tells about the friendship with a linked account', {
      friend: friendship.friend,
      strength: 'medium',
    })
  const answer = said('login-linked', attested)
  if (answer) return passed('The account is linked, as a person says', { attested: true })
  if (friendship.refused !== undefined || answer === false) {
    const facts = { line: friendship.refused, attested: answer, strength: 'medium' }
    return found('needs-person', 'linked_oa_missing', 'No Official Account is linked to the LINE Login channel', facts)
  }
  return asked(
    'Only a login that asks for the friendship (bot_prompt) shows whether the account is linked',
    'log-in-as-outsider',
  )
}

// A user ID is good in the provider that it was given in, and there for friends of the account alone.
async function judgeProvider(
  calls: Calls,
  seen: ObservedLogin | undefined,
  friend: boolean | undefined,
): Promise<Finding> {
  if (seen?.userId === undefined) return notMade('No user ID of a login was given to compare the providers by')
  const { refusal } = await ask(calls(getProfile, { userId: seen.userId }))
  if (!refusal)
    return passed('Both channels are of one provider: the user of the login is known to the account', {
      strength: 'strong',
    })
  const facts = { status: refusal.status, friend }
  if (friend)
    return found(
      'failed',
      'provider_split',
      'The user is a friend of the linked account and unknown to this one: another provider, or another account',
      { ...facts, strength: 'strong' },
    )
  return found(
    'warning',
    'provider_split',
    'The user of the login is unknown to the account: no friend of it, or of another provider',
    {
      ...facts,
      strength: 'weak',
    },
  )
}

/** Opens the LINE Login channel: the check `login-credentials`. `undefined` when it does not open. */
export async function checkLoginCredentials(
  run: Run,
  { channelId, channelSecret, key }: ReadAccess,
): Promise<Calls | undefined> {
  let token: string | undefined
  await run.check('login-credentials', async () => {
    let opened: Opened = { finding: notMade('There is nothing to open the channel with') }
    if (channelId && key) opened = await openByKey(run.with(undefined), channelId, key.key, run.clock.now())
    else if (channelId && channelSecret) opened = await openBySecret(run.with(undefined), channelId, channelSecret)
    token = opened.token
    return opened.finding
  })
  return token === undefined ? undefined : run.with(token)
}

/** Opens the LINE Login channel and looks what can be known of it: the checks whose names begin with `login-`. Rules: login-is-published, login-links-account, provider-is-final. */
export async function checkLogin(
  run: Run,
  access: ReadAccess,
  seen: ObservedLogin | undefined,
  attested: readonly Attestation[],
  callsOfAccount: Calls,
): Promise<void> {
  const calls = await checkLoginCredentials(run, access)
  if (!calls) return
  const { channelId } = access
  const kind = await run.check('login-channel-kind', async () => {
    if (await isLoginChannel(calls)) return passed('It is a LINE Login channel', { channelId })
    const { refusal } = await ask(calls(getBotInfo, {}))
    if (!refusal)
      return found('failed', 'messaging_channel_given', 'It is a Messaging API channel, not a LINE Login channel', {
        channelId,
      })
    return notMade('LINE tells nothing about this channel')
  })
  if (kind.status === 'failed') return
  let own: ObservedLogin | undefined
  await run.check('login-published', async () => {
    own = await withoutForeignToken(run, channelId, seen)
    return judgePublished(own, attested)
  })
  let friendship: Friendship = {}
  await run.check('login-linked', async () => {
    friendship = own ? await friendshipOf(run, own) : {}
    return judgeLinked(own, friendship, attested)
  })
  await run.check('login-provider', () => judgeProvider(callsOfAccount, own, friendship.friend))
}
