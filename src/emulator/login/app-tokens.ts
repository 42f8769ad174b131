import { LineInputError } from '../../core/errors.js'
import type { LoginChannel } from '../login-channel.js'
import { type Person, personState } from '../people/person.js'
import type { World } from '../world.js'
import { LoginPageError } from './callback.js'
import { checkRole } from './flow.js'
import { signIdToken } from './id-token.js'
import { type Grant, giveConsent, issueRefreshToken, issueUserToken } from './ledger.js'
import { grantable } from './settings.js'

/** What the tokens of a LIFF or native app are to be. */
export interface AppTokenOptions {
  /** What the person grants. Default: `profile` and `openid`. */
  readonly scope?: readonly string[] | undefined
  /** What the app asked the ID token to hold. Default: none. */
  readonly nonce?: string | undefined
}

/** What `liff.getAccessToken()` and `liff.getIDToken()` give. */
export interface LiffTokens {
  /** For 12 hours. */
  readonly accessToken: string
  /** Under ES256, for an hour. Missing without the scope `openid`. */
  readonly idToken: string | undefined
}

/** What LINE's SDKs for iOS and Android give. */
export interface NativeTokens extends LiffTokens {
  /** For 90 days. */
  readonly refreshToken: string
}

async function issue(
  world: World,
  person: Person,
  { channelId }: LoginChannel,
  options: AppTokenOptions,
  kind: 'liff' | 'web',
) {
  const { scope = ['profile', 'openid'], nonce } = options
  const channel = world.channels.get(channelId)
  if (channel?.kind !== 'login') throw new LineInputError('This Login channel belongs to another emulator')
  const scopes = grantable(channel, scope)
  const grant: Grant = { person: personState(world, person), channel, scopes }
  try {
    checkRole(grant, grant.person)
  } catch (error) {
    if (error instanceof LoginPageError)
      throw new LineInputError(`LINE lets this person not into the app: ${error.message}`)
    throw error
  }
  giveConsent(grant)
  const accessToken = issueUserToken(world, grant, kind).token
  const idToken = scopes.includes('openid')
    ? await signIdToken(world, grant, { nonce, amr: 'linesso' }, 'app')
    : undefined
  return { grant, accessToken, idToken }
}

/** A person opens a LIFF app of the channel and grants what it asks for. */
export async function issueLiffTokens(
  world: World,
  person: Person,
  channel: LoginChannel,
  options: AppTokenOptions = {},
): Promise<LiffTokens> {
  const { accessToken, idToken } = await issue(world, person, channel, options, 'liff')
  return { accessToken, idToken }
}

/** A person logs in to a native app of the channel and grants what it asks for. */
export async function issueNativeTokens(
  world: World,
  person: Person,
  channel: LoginChannel,
  options: AppTokenOptions = {},
): Promise<NativeTokens> {
  const { grant, accessToken, idToken } = await issue(world, person, channel, options, 'web')
  return { accessToken, idToken, refreshToken: issueRefreshToken(world, grant).token }
}
