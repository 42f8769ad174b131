// A web app with "Log in with LINE", a profile page, a friendship badge and a logout. It runs on the emulator, or on a channel of your own:
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
  answer(incoming, outgoing).catch((error: unknown) => {
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

// With several servers the key comes from the environment, and sessions live in a database.
const sealKey = randomBytes(32)
const sessions = new Map<string, LoginSession>()

console.log(`Log in at ${appUrl}/`)

async function answer(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const { pathname } = new URL(incoming.url ?? '/', appUrl)
  switch (`${incoming.method} ${pathname}`) {
    case 'GET /':
      return home(incoming, outgoing)
    case 'GET /login':
      return goTo(outgoing, await login.start())
    case 'GET /callback':
      return callback(incoming, outgoing)
    case 'POST /logout':
      return logout(incoming, outgoing)
    default:
      return send(outgoing, 404, '<h1>There is no such page</h1>')
  }
}

async function home(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const id = cookie(incoming, 'session') ?? ''
  const person = await whoIs(id)
  if (!person) {
    sessions.delete(id)
    return send(outgoing, 200, '<h1>Tea Shop</h1><p><a href="/login">Log in with LINE</a></p>')
  }
  const { profile, isFriend } = person
  const picture = profile.pictureUrl ? `<img alt="" width="51" src="${escaped(`${profile.pictureUrl}/small`)}">` : ''
  send(
    outgoing,
    200,
    `<h1>${picture} ${escaped(profile.displayName)}</h1>
<p>${escaped(profile.statusMessage ?? '')}</p>
<p>${isFriend ? 'Friend of our account' : 'Not a friend of our account yet'}</p>
<form method="post" action="/logout"><button>Log out</button></form>`,
  )
}

/** Asks LINE who has logged in; nobody once the token is over, or the user took the consent back. */
async function whoIs(id: string) {
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

/** Sends the browser to LINE, and has it keep the attempt. */
async function goTo(outgoing: ServerResponse, attempt: LoginAttempt): Promise<void> {
  keep(outgoing, 'attempt', await sealAttempt(attempt, sealKey), 1800)
  outgoing.writeHead(303, { location: attempt.url }).end()
}

async function callback(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  keep(outgoing, 'attempt', '', 0)
  try {
    const session = await login.finish(incoming.url ?? '', await openAttempt(cookie(incoming, 'attempt'), sealKey))
    const id = randomBytes(32).toString('base64url')
    sessions.set(id, session)
    keep(outgoing, 'session', id, 86_400)
    outgoing.writeHead(303, { location: '/' }).end()
  } catch (error) {
    if (!(error instanceof LineLoginError)) throw error
    // Auto login may have failed; the attempt without it takes the place of the old one.
    if (error.retryAttempt) return goTo(outgoing, error.retryAttempt)
    const words = error.reason === 'cancelled' ? 'You did not log in.' : 'The login failed.'
    send(outgoing, 400, `<h1>${words}</h1><p><a href="/login">Try again</a></p>`)
  }
}

async function logout(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const id = cookie(incoming, 'session') ?? ''
  const session = sessions.get(id)
  sessions.delete(id)
  keep(outgoing, 'session', '', 0)
  if (session) await login.revoke(session.tokens.accessToken)
  outgoing.writeHead(303, { location: '/' }).end()
}

function cookie(incoming: IncomingMessage, name: string): string | undefined {
  const pairs = (incoming.headers.cookie ?? '').split(/; */).map((pair) => pair.split('='))
  return pairs.find(([key]) => key === name)?.[1]
}

function keep(outgoing: ServerResponse, name: string, value: string, seconds: number): void {
  const secure = appUrl.startsWith('https:') ? '; Secure' : ''
  outgoing.appendHeader('set-cookie', `${name}=${value}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${seconds}${secure}`)
}

function send(outgoing: ServerResponse, status: number, body: string): void {
  const head = '<!DOCTYPE html><html lang="en"><meta charset="utf-8"><title>Tea Shop</title>'
  outgoing
    .writeHead(status, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' })
    .end(head + body)
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
}

process.once('SIGTERM', () => process.exit(0))
