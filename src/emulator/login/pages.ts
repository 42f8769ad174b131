import { readBody } from '../../core/call/read-body.js'
import { BoundedMap } from '../expiring-map.js'
import type { Incoming } from '../platform/exchange.js'
import { personBehind, stateOf, unused, type World } from '../world.js'
import { pageMessages } from './error-messages.js'
import {
  cancel,
  checkRole,
  checkSilent,
  failedAutoLogin,
  finishLogin,
  isTooOld,
  type LoggedIn,
  needsConsent,
  offersFriend,
} from './flow.js'
import {
  type Callback,
  callbackUrl,
  Denied,
  hasPages,
  LoginPageError,
  type LoginRequest,
  readLoginRequest,
} from './request.js'
import {
  actions,
  consentScreen,
  errorScreen,
  formPostScreen,
  friendScreen,
  loginScreen,
  sessionScreen,
} from './screens.js'

interface Login {
  readonly id: string
  readonly request: LoginRequest
  loggedIn: LoggedIn | undefined
  /** What was answered on the consent screen, while the account is offered after it. */
  allowed: { readonly email: boolean } | undefined
}

/** One request of a browser. */
interface Visit {
  readonly world: World
  readonly request: Request
  readonly form: URLSearchParams
}

// The unfinished logins. LINE does not publish when one expires; the last 1,000 are kept here.
const logins = stateOf<World, BoundedMap<Login>>(() => new BoundedMap())

const authorize = '/oauth2/v2.1/authorize'
const largestForm = 64 * 1024

function sendBack(callback: Callback): Response {
  if (callback.responseMode === 'form_post') return formPostScreen(callback)
  return new Response(null, { status: 303, headers: { location: callbackUrl(callback), 'cache-control': 'no-store' } })
}

function end(
  { world }: Visit,
  { id, request }: Login,
  loggedIn: LoggedIn,
  answers: Parameters<typeof finishLogin>[3],
): Response {
  logins(world).delete(id)
  const { callback, delivered } = finishLogin(world, request, loggedIn, answers)
  // The login does not wait for a bot that is slow to answer its event.
  void world.clock.busy(delivered)
  return sendBack(callback)
}

function proceed(visit: Visit, login: Login, loggedIn: LoggedIn): Response {
  const { request } = login
  const { person } = loggedIn
  checkRole(request, person)
  login.loggedIn = loggedIn
  if (!needsConsent(request, person)) return end(visit, login, loggedIn, {})
  return consentScreen(login, person, request.botPrompt === 'normal' && offersFriend(request, person))
}

function begin(visit: Visit): Response {
  const { world } = visit
  const request = readLoginRequest(world, new URL(visit.request.url).searchParams)
  const login: Login = {
    id: unused(() => world.ids.opaque(43), logins(world)),
    request,
    loggedIn: undefined,
    allowed: undefined,
  }
  const session = sessionOf(world, visit.request)
  checkSilent(world, request, session)
  if (request.prompt === 'none' && session) return proceed(visit, login, { ...session, amr: 'linesso' })
  logins(world).set(login.id, login)
  if (session && request.prompt !== 'login' && !isTooOld(world, request, session.at))
    return sessionScreen(login, session.person)
  return loginScreen(login, [...world.people], request.qrFirst ? 'lineqr' : 'pwd')
}

function bySession(visit: Visit, login: Login): Response {
  const session = sessionOf(visit.world, visit.request)
  const { request } = login
  if (!session || request.prompt === 'login' || isTooOld(visit.world, request, session.at))
    throw new LoginPageError(pageMessages.form)
  return proceed(visit, login, { ...session, amr: 'linesso' })
}

function logIn(visit: Visit, login: Login): Response {
  const { world, form } = visit
  const { request } = login
  const show = form.get('show')
  if (show === 'pwd' || show === 'lineqr') return loginScreen(login, [...world.people], show)
  const by = form.get('by')
  if (by === 'linesso') return bySession(visit, login)
  const isAutomatic = by === 'lineautologin' || by === 'failed-autologin'
  if (isAutomatic && !request.autoLogin) throw new LoginPageError(pageMessages.form)
  if (by === 'failed-autologin') {
    logins(world).delete(login.id)
    return sendBack(failedAutoLogin(world, request))
  }
  const person = personBehind(world, form.get('person') ?? '', request.channel.provider)
  if (!person || !(by === 'pwd' || by === 'lineqr' || by === 'lineautologin'))
    throw new LoginPageError(pageMessages.form)
  const loggedIn: LoggedIn = { person, amr: by, at: world.clock.now() }
  const response = proceed(visit, login, loggedIn)
  response.headers.append('set-cookie', startSession(visit, loggedIn))
  return response
}

function consent(visit: Visit, login: Login): Response {
  const { world, form } = visit
  const { request, loggedIn } = login
  if (!loggedIn) throw new LoginPageError(pageMessages.form)
  if (form.get('answer') !== 'allow') {
    logins(world).delete(login.id)
    return sendBack(cancel(request))
  }
  const email = form.has('email')
  if (!offersFriend(request, loggedIn.person)) return end(visit, login, loggedIn, { email })
  if (request.botPrompt === 'normal') return end(visit, login, loggedIn, { email, addFriend: form.has('friend') })
  login.allowed = { email }
  return friendScreen(login)
}

function friend(visit: Visit, login: Login): Response {
  const { loggedIn, allowed } = login
  if (!loggedIn || !allowed) throw new LoginPageError(pageMessages.form)
  return end(visit, login, loggedIn, { ...allowed, addFriend: visit.form.get('answer') === 'add' })
}

const steps: { readonly [path: string]: (visit: Visit, login: Login) => Response } = {
  [actions.login]: logIn,
  [actions.consent]: consent,
  [actions.friend]: friend,
}

async function visit(world: World, request: Request, step: (typeof steps)[string] | undefined): Promise<Response> {
  try {
    if (!step) return begin({ world, request, form: new URLSearchParams() })
    const body = await readBody(request, largestForm)
    if (typeof body !== 'object') throw new LoginPageError(pageMessages.form)
    const form = new URLSearchParams(new TextDecoder().decode(body))
    const login = logins(world).get(form.get('login') ?? '')
    if (!login) throw new LoginPageError(pageMessages.attempt)
    return step({ world, request, form }, login)
  } catch (error) {
    if (error instanceof Denied) return sendBack(error.callback)
    if (error instanceof LoginPageError) return errorScreen(error.message)
    throw error
  }
}

/** Answers a browser that asks for a page of LINE's login; `undefined` for every other request. */
export function loginPage(world: World, request: Incoming): Promise<Response> | undefined {
  const { method, url } = request
  const step = method === 'POST' ? steps[url.pathname] : undefined
  if (!(step || (method === 'GET' && url.pathname === authorize)) || !hasPages(url)) return undefined
  return visit(world, request.toRequest(), step)
}

const cookie = 'line-session'

// The users who are logged in to LINE, by the session of their browser. LINE does not publish when one expires; the last 1,000 are kept here.
const sessions = stateOf<World, BoundedMap<LoggedIn>>(() => new BoundedMap())

const sessionId = (request: Request) =>
  new RegExp(`(?:^|; *)${cookie}=([^;]*)`).exec(request.headers.get('cookie') ?? '')?.[1] ?? ''

/** The user who is logged in to LINE in the browser that a request comes from. */
function sessionOf(world: World, request: Request): LoggedIn | undefined {
  return sessions(world).get(sessionId(request))
}

/** Logs a browser in to LINE, which ends its previous session, and returns the cookie for it. */
function startSession({ world, request }: Visit, loggedIn: LoggedIn): string {
  const id = unused(() => world.ids.opaque(43), sessions(world))
  sessions(world).delete(sessionId(request))
  sessions(world).set(id, loggedIn)
  // Sent to the login pages only, because cookies do not distinguish the ports of a host.
  return `${cookie}=${id}; Path=/oauth2/v2.1/; HttpOnly; SameSite=Lax`
}
