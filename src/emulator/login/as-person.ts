import { LineInputError } from '../../core/errors.js'
import type { LoginChannel } from '../login-channel.js'
import type { PersonState } from '../state.js'
import type { World } from '../world.js'
import { type Callback, callbackRequest, Denied, LoginPageError } from './callback.js'
import {
  cancel,
  checkRole,
  checkSilent,
  failedAutoLogin,
  finishLogin,
  type LoggedIn,
  type LoginWay,
  needsConsent,
  offersFriend,
} from './flow.js'
import { withdrawConsent } from './ledger.js'
import { hasPages } from './origin.js'
import { type LoginRequest, readLoginRequest } from './request.js'

/** How a person goes through LINE's login pages. A screen that is not shown is not answered. */
export interface LoginAnswers {
  /**
   * How the person logs in: by e-mail address and password (`pwd`, the default), by QR code, by the LINE app of the phone, or by the login that
   * the browser has from before (`linesso`). Where auto login is turned off, `lineautologin` becomes `pwd`, and so does `failed-autologin`;
   * otherwise that sends the person back with a code that is none and a foreign state, as LINE does in private browsing.
   */
  readonly by?: LoginWay | 'failed-autologin' | undefined
  /** Default: `true`. `false` cancels on the consent screen. */
  readonly consent?: boolean | undefined
  /** Whether the channel gets the e-mail address, where it asks for it. Default: `true`. */
  readonly email?: boolean | undefined
  /** Whether to add the linked account, where it is offered. Default: `false`. */
  readonly addFriend?: boolean | undefined
}

const knownBefore: readonly string[] = ['lineautologin', 'linesso'] satisfies LoginWay[]

async function answer(
  world: World,
  person: PersonState,
  request: LoginRequest,
  answers: LoginAnswers,
): Promise<Callback> {
  const { by = 'pwd', consent = true, email = true, addFriend = false } = answers
  if (by === 'failed-autologin' && request.autoLogin) return failedAutoLogin(world, request)
  const isOff = by === 'failed-autologin' || (by === 'lineautologin' && !request.autoLogin)
  const loggedIn: LoggedIn = { person, amr: isOff ? 'pwd' : by, at: world.clock.now() }
  checkSilent(world, request, knownBefore.includes(loggedIn.amr) ? loggedIn : undefined)
  checkRole(request, person)
  if (!needsConsent(request, person)) return finishLogin(world, request, loggedIn, {}).callback
  if (!consent) return cancel(request)
  const answered = { email, addFriend: offersFriend(request, person) ? addFriend : undefined }
  const { callback, delivered } = finishLogin(world, request, loggedIn, answered)
  await delivered
  return callback
}

/** Goes through LINE's login pages as a person does. */
export async function loginAs(
  world: World,
  person: PersonState,
  url: string | URL,
  answers: LoginAnswers = {},
): Promise<Request> {
  const target = new URL(url)
  if (!hasPages(target) || target.pathname !== '/oauth2/v2.1/authorize')
    throw new LineInputError('login: this is not the address of the login page; give the URL that start made')
  try {
    return callbackRequest(await answer(world, person, readLoginRequest(world, target.searchParams), answers))
  } catch (error) {
    if (error instanceof Denied) return callbackRequest(error.callback)
    if (error instanceof LoginPageError) throw new LineInputError(`login: LINE shows an error page: ${error.message}`)
    throw error
  }
}

/** Takes back what a person granted to a channel. */
export function takeConsentBack(world: World, person: PersonState, { channelId }: LoginChannel): void {
  const channel = world.channels.get(channelId)
  if (channel?.kind !== 'login')
    throw new LineInputError('revokeConsent: this Login channel belongs to another emulator')
  withdrawConsent(world, channel, person)
}
