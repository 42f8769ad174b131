import { reachesFriend } from '../chat.js'
import { mayLogIn } from '../consoles/developers/roles.js'
import { addFriend } from '../people/friendship.js'
import type { DeliveryReport, PersonState } from '../state.js'
import { userIdOf, type World } from '../world.js'
import { loginSettings } from './channel.js'
import { callbackMessages, pageMessages } from './error-messages.js'
import type { LoginRequest } from './request.js'
import { type Callback, Denied, LoginPageError } from './request.js'
import { consentOf, giveConsent, issueCode } from './state.js'

/** The login methods that the emulator supports, as in the `amr` claim. */
export type LoginWay = 'pwd' | 'lineqr' | 'lineautologin' | 'linesso'

/** Who has logged in, how and when. */
export interface LoggedIn {
  readonly person: PersonState
  readonly amr: LoginWay
  /** In milliseconds since 1970: when the person last proved who they are. */
  readonly at: number
}

/** What the person answered on LINE's screens. What was not shown is `undefined`. */
export interface Answers {
  /** Whether the channel gets the email address. */
  readonly email?: boolean | undefined
  /** Whether to add the account. */
  readonly addFriend?: boolean | undefined
}

/** Refuses users who are not admins or testers while the channel is in development. */
export function checkRole({ channel }: Pick<LoginRequest, 'channel'>, person: PersonState): void {
  const { testers } = loginSettings(channel)
  const userId = userIdOf(person, channel.provider)
  if (!mayLogIn(channel, person) && !testers.some((tester) => tester.userIdFor(channel) === userId))
    throw new LoginPageError(pageMessages.developing)
}

/** Whether a login at a given time is too old for the request. */
export function isTooOld(world: World, { maxAge }: LoginRequest, at: number): boolean {
  return maxAge !== undefined && world.clock.now() - at > maxAge * 1000
}

/** Whether the consent screen is shown: at the first time, for more than was granted, and on request. */
export function needsConsent({ channel, scopes, prompt }: LoginRequest, person: PersonState): boolean {
  const consent = consentOf(channel, person)
  // A user who withheld the address is not asked again at every login.
  return prompt === 'consent' || scopes.some((scope) => !consent.has(scope))
}

/** Whether the linked account is offered, on the consent screen or after it. */
export function offersFriend({ channel, botPrompt }: LoginRequest, person: PersonState): boolean {
  return botPrompt !== undefined && channel.linkedAccount !== undefined && !reachesFriend(channel.linkedAccount, person)
}

/** Refuses `prompt=none` when a screen would be needed. */
export function checkSilent(world: World, request: LoginRequest, known: LoggedIn | undefined): void {
  if (request.prompt !== 'none') return
  // LINE only skips its screens with auto login.
  if (!known || !request.autoLogin || isTooOld(world, request, known.at))
    throw new Denied(request, request.state, 'LOGIN_REQUIRED', callbackMessages.login)
  if (needsConsent(request, known.person))
    throw new Denied(request, request.state, 'INTERACTION_REQUIRED', callbackMessages.interaction)
}

/** The person does not consent. */
export function cancel(request: LoginRequest): Callback {
  return new Denied(request, request.state, 'ACCESS_DENIED', callbackMessages.denied).callback
}

/** The result of a failed auto login: a callback with an invalid code and a wrong state. */
export function failedAutoLogin(world: World, { redirectUri, responseMode }: LoginRequest): Callback {
  return { redirectUri, responseMode, fields: { code: world.ids.opaque(20), state: world.ids.hex(32) } }
}

/** The end of a login: where the person is sent, and the event of a friendship that came of it. */
export interface Finished {
  readonly callback: Callback
  readonly delivered: Promise<DeliveryReport | undefined>
}

/** Finishes a login with all that the person answered. */
export function finishLogin(
  world: World,
  request: LoginRequest,
  { person, amr, at }: LoggedIn,
  answers: Answers,
): Finished {
  const { channel, redirectUri, responseMode, state, nonce, codeChallenge, maxAge } = request
  const sharesEmail = answers.email ?? consentOf(channel, person).get('email')
  const scopes = request.scopes.filter((scope) => scope !== 'email' || sharesEmail)
  giveConsent({ person, channel, scopes }, request.scopes)
  const authTime = maxAge === undefined ? undefined : Math.floor(at / 1000)
  const code = issueCode(world, { person, channel, scopes, redirectUri, codeChallenge, nonce, amr, authTime })
  const { linkedAccount } = channel
  const delivered =
    linkedAccount && answers.addFriend ? addFriend(world, linkedAccount, person) : Promise.resolve(undefined)
  const changed = answers.addFriend === undefined ? {} : { friendship_status_changed: String(answers.addFriend) }
  return { callback: { redirectUri, responseMode, fields: { code, state, ...changed } }, delivered }
}
