import { keep, unused, type World } from '../world.js'
import type { LoggedIn } from './flow.js'

const cookie = 'line-session'

// Who is logged in to LINE in which browser.
const sessions = keep<World, Map<string, LoggedIn>>(() => new Map())

/** Who is logged in to LINE in the browser that a request comes from. */
export function sessionOf(world: World, request: Request): LoggedIn | undefined {
  const id = new RegExp(`(?:^|; *)${cookie}=([^;]*)`).exec(request.headers.get('cookie') ?? '')?.[1]
  return sessions(world).get(id ?? '')
}

/** Logs a browser in to LINE, and gives the cookie that it keeps. */
export function startSession(world: World, loggedIn: LoggedIn): string {
  const id = unused(() => world.ids.opaque(43), sessions(world))
  sessions(world).set(id, loggedIn)
  // Only the login pages get it: cookies do not tell the ports of one host apart.
  return `${cookie}=${id}; Path=/oauth2/v2.1/; HttpOnly; SameSite=Lax`
}
