import { LineInputError } from '../../core/errors.js'
import { checkOptions } from '../check-options.js'
import { type Person, personState } from '../people/person.js'
import type { World } from '../world.js'
import { grantable, type LoginChannel, loginChannelState } from './channel.js'
import { checkRole } from './flow.js'
import { signIdToken } from './id-token.js'
import { LoginPageError } from './request.js'
import { type Grant, giveConsent, issueRefreshToken, issueUserToken } from './state.js'

/** Options of the tokens of a LIFF or native app. */
export interface AppTokenOptions {
  /** The scopes that the user grants. Default: `profile` and `openid`. */
  readonly scope?: readonly string[] | undefined
  /** The nonce in the ID token. Default: none. */
  readonly nonce?: string | undefined
}

/** What `liff.getAccessToken()` and `liff.getIDToken()` return. */
export interface LiffTokens {
  /** The access token, valid for 12 hours. */
  readonly accessToken: string
  /** The ID token, signed with ES256 and valid for 1 hour; `undefined` without the scope `openid`. */
  readonly idToken: string | undefined
}

/** What LINE's SDKs for iOS and Android return. */
export interface NativeTokens extends LiffTokens {
  /** The refresh token, valid for 90 days. */
  readonly refreshToken: string
}

async function issue(
  world: World,
  person: Person,
  loginChannel: LoginChannel,
  options: AppTokenOptions,
  kind: 'liff' | 'web',
) {
  checkOptions('issueTokens', options, {}, { scope: 'list', nonce: 'text' })
  const { scope = ['profile', 'openid'], nonce } = options
  const channel = loginChannelState(world, loginChannel)
  const scopes = grantable(channel, scope)
  const grant: Grant = { person: personState(world, person), channel, scopes }
  try {
    checkRole(grant, grant.person)
  } catch (error) {
    if (error instanceof LoginPageError)
      throw new LineInputError(`LINE did not allow this user into the app: ${error.message}`)
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
