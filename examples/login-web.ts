// A web app with "Log in with LINE", a profile page, the friendship status and a logout. It runs on the emulator, or with your LINE Login channel:
//
//   LINE_LOGIN_CHANNEL_ID=... LINE_LOGIN_CHANNEL_SECRET=... APP_URL=https://... PORT=3000 node examples/login-web.ts
import { randomBytes } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { LineError } from 'line-oa'
import { createLoginClient, LineLoginError, type LoginAttempt, type LoginSession } from 'line-oa/login'
import { openAttempt, sealAttempt } from 'line-oa/login/seal'
import { loginSetup } from './login-emulator.ts'

const port = Number(process.env['PORT'] ?? 3000)
const server = createServer((incoming, outgoing) => {
  respond(incoming, outgoing).catch((error: unknown) => {
    console.error(error)
    send(outgoing, 500, '<h1>Something went wrong</h1><p><a href="/">Back</a></p>')
  })
})
await new Promise<void>((ready) => server.listen(port, '127.0.0.1', ready))
const address = server.address()
const appUrl = process.env['APP_URL'] ?? `http://127.0.0.1:${typeof address === 'object' ? address?.port : port}`

const redirectUri = `${appUrl}/callback`
const setup = await loginSetup(redirectUri)
const login = createLoginClient({ ...setup, redirectUri, defaults: { botPrompt: 'normal' } })

// With several servers, read the key from the environment and store sessions in a database.
const sealKey = randomBytes(32)
const sessions = new Map<string, LoginSession>()

console.log(`Log in at ${appUrl}/`)

async function respond(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const { pathname } = new URL(incoming.url ?? '/', appUrl)
  switch (`${incoming.method} ${pathname}`) {
    case 'GET /':
      return home(incoming, outgoing)
    case 'GET /login':
      return redirect(outgoing, await login.start())
    case 'GET /callback':
      return callback(incoming, outgoing)
    case 'POST /logout':
      return logout(incoming, outgoing)
    default:
      return send(outgoing, 404, '<h1>Page not found</h1>')
  }
}

async function home(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const id = cookie(incoming, 'session') ?? ''
  const user = await findUser(id)
  if (!user) {
    sessions.delete(id)
    return send(outgoing, 200, '<h1>Tea Shop</h1><p><a href="/login">Log in with LINE</a></p>')
  }
  const { profile, isFriend } = user
  const picture = profile.pictureUrl ? `<img alt="" width="51" src="${escapeHtml(`${profile.pictureUrl}/small`)}">` : ''
  send(
    outgoing,
    200,
    `<h1>${picture} ${escapeHtml(profile.displayName)}</h1>
<p>${escapeHtml(profile.statusMessage ?? '')}</p>
<p>${isFriend ? 'Friend of our account' : 'Not a friend of our account yet'}</p>
<form method="post" action="/logout"><button>Log out</button></form>`,
  )
}

/** Gets the user of a session. Returns `undefined` if the token has expired or the user has withdrawn their consent. */
async function findUser(id: string) {
  const { accessToken } = sessions.get(id)?.tokens ?? {}
  if (!accessToken) return undefined
  try {
    const [profile, isFriend] = await Promise.all([login.profile(accessToken), login.friendship(accessToken)])
    return { profile, isFriend }
  } catch (error) {
    if (error instanceof LineError && error.code === 'LINE_AUTHENTICATION') return undefined
    throw error
  }
}

/** Stores the attempt in a cookie and redirects the browser to LINE. */
async function redirect(outgoing: ServerResponse, attempt: LoginAttempt): Promise<void> {
  setCookie(outgoing, 'attempt', await sealAttempt(attempt, sealKey), 1800)
  outgoing.writeHead(303, { location: attempt.url }).end()
}

async function callback(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  setCookie(outgoing, 'attempt', '', 0)
  try {
    const session = await login.finish(incoming.url ?? '', await openAttempt(cookie(incoming, 'attempt'), sealKey))
    const id = randomBytes(32).toString('base64url')
    sessions.set(id, session)
    setCookie(outgoing, 'session', id, 86_400)
    outgoing.writeHead(303, { location: '/' }).end()
  } catch (error) {
    if (!(error instanceof LineLoginError)) throw error
    // If auto login failed, continue with an attempt without it.
    if (error.retryAttempt) return redirect(outgoing, error.retryAttempt)
    const message = error.reason === 'cancelled' ? 'You did not log in.' : 'The login failed.'
    send(outgoing, 400, `<h1>${message}</h1><p><a href="/login">Try again</a></p>`)
  }
}

async function logout(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const id = cookie(incoming, 'session') ?? ''
  const session = sessions.get(id)
  sessions.delete(id)
  setCookie(outgoing, 'session', '', 0)
  if (session) await login.revoke(session.tokens.accessToken)
  outgoing.writeHead(303, { location: '/' }).end()
}

function cookie(incoming: IncomingMessage, name: string): string | undefined {
  const pairs = (incoming.headers.cookie ?? '').split(/; */).map((pair) => pair.split('='))
  return pairs.find(([key]) => key === name)?.[1]
}

function setCookie(outgoing: ServerResponse, name: string, value: string, seconds: number): void {
  const secure = appUrl.startsWith('https:') ? '; Secure' : ''
  outgoing.appendHeader('set-cookie', `${name}=${value}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${seconds}${secure}`)
}

function send(outgoing: ServerResponse, status: number, body: string): void {
  const head = '<!DOCTYPE html><html lang="en"><meta charset="utf-8"><title>Tea Shop</title>'
  outgoing
    .writeHead(status, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' })
    .end(head + body)
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
}

process.once('SIGTERM', () => process.exit(0))
