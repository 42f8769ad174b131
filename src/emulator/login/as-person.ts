import { LineInputError } from '../../core/errors.js'
import { checkOptions, readUrl } from '../check-options.js'
import type { PersonState } from '../state.js'
import type { World } from '../world.js'
import { type LoginChannel, loginChannelState } from './channel.js'
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
import {
  type Callback,
  callbackRequest,
  Denied,
  hasPages,
  LoginPageError,
  type LoginRequest,
  readLoginRequest,
} from './request.js'
import { withdrawConsent } from './state.js'

/** The answers of a user on LINE's login pages. Answers to screens that are not shown are ignored. */
export interface LoginAnswers {
  /**
   * How the user logs in: with email address and password (`pwd`, the default), a QR code, the LINE app of the phone, or the login that
   * the browser already has (`linesso`). Where auto login is turned off, `lineautologin` becomes `pwd`, and so does `failed-autologin`;
   * otherwise it redirects with an invalid code and a wrong state, as LINE does in private browsing.
   */
  readonly by?: LoginWay | 'failed-autologin' | undefined
  /** Whether the user consents. Default: `true`. `false` cancels on the consent screen. */
  readonly consent?: boolean | undefined
  /** Whether the user shares the email address when the channel asks for it. Default: `true`. */
  readonly email?: boolean | undefined
  /** Whether the user adds the linked account when it is offered. Default: `false`. */
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
  const target = readUrl(url)
  checkOptions('login', answers)
  if (!target || !hasPages(target) || target.pathname !== '/oauth2/v2.1/authorize')
    throw new LineInputError('login: url is not the address of the login page; pass the URL that start() returned')
  try {
    return callbackRequest(await answer(world, person, readLoginRequest(world, target.searchParams), answers))
  } catch (error) {
    if (error instanceof Denied) return callbackRequest(error.callback)
    if (error instanceof LoginPageError) throw new LineInputError(`login: LINE shows an error page: ${error.message}`)
    throw error
  }
}

/** Takes back what a person granted to a channel. */
export function takeConsentBack(world: World, person: PersonState, channel: LoginChannel): void {
  withdrawConsent(world, loginChannelState(world, channel), person)
}
