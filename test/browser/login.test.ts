// Drives a real browser through examples/login-web.ts and the login pages of the emulator. Screenshots are written to .tmp/screenshots.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync } from 'node:fs'
import { createServer } from 'node:http'
import { createEmulator } from 'line-oa/emulator'
import { createLoginClient } from 'line-oa/login'
import { type Browser, type BrowserContextOptions, chromium } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'

const screenshots = '.tmp/screenshots'
let browser: Browser

beforeAll(async () => {
  mkdirSync(screenshots, { recursive: true })
  browser = await chromium.launch({ executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium' })
})
afterAll(() => browser.close())

/** Opens a page in a new browser context, and records the errors of the page. */
async function open(options: BrowserContextOptions = {}) {
  const context = await browser.newContext(options)
  const page = await context.newPage()
  page.setDefaultTimeout(10_000)
  const problems: string[] = []
  page.on('pageerror', ({ message }) => problems.push(message))
  page.on('console', (message) => {
    if (message.type() === 'error' && !/favicon|status of 400/.test(message.text() + message.location().url))
      problems.push(message.text())
  })
  return {
    page,
    problems,
    heading: () => page.getByRole('heading', { level: 1 }).textContent(),
    press: (name: string) => page.getByRole('button', { name, exact: true }).click(),
    keep: (name: string) => page.screenshot({ path: `${screenshots}/${name}.png` }),
    close: () => context.close(),
  }
}

/** Starts the example on a free port. */
async function startExample(env: { readonly [name: string]: string } = {}) {
  const app = spawn(process.execPath, ['examples/login-web.ts'], {
    env: { ...process.env, PORT: '0', ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [line] = await once(app.stdout, 'data')
  return { app, url: /http:\S+/.exec(String(line))?.[0] ?? '' }
}

describe.each([
  ['with JavaScript', true],
  ['without JavaScript', false],
])('the example %s', (mode, javaScriptEnabled) => {
  let app: ChildProcess
  let url: string
  beforeEach(async () => {
    const example = await startExample()
    app = example.app
    url = example.url
  })
  afterEach(() => app.kill())

  const start = async () => {
    const person = await open({
      javaScriptEnabled,
      ...(mode === 'with JavaScript' ? {} : { viewport: { width: 360, height: 640 } }),
    })
    await person.page.goto(url)
    await person.page.getByRole('link', { name: 'Log in with LINE' }).click()
    return person
  }
  const shot = (name: string) => `${name} ${mode}`.replaceAll(' ', '-')

  test('logs a user in, adds a friend and logs the user out', async () => {
    const { page, press, heading, keep, problems, close } = await start()
    expect(await heading()).toBe('Log in with your e-mail address')
    await page.getByLabel('Account').selectOption('Ren')
    await keep(shot('login'))
    await press('Log in')
    expect(await heading()).toBe('Tea Shop asks for your permission')
    await page.getByLabel('Add Tea House as a friend').check()
    await keep(shot('consent'))
    await press('Allow')
    expect((await heading())?.trim()).toBe('Ren')
    expect(await page.getByText('Friend of our account').isVisible()).toBe(true)
    await keep(shot('profile'))
    await press('Log out')
    expect(await heading()).toBe('Tea Shop')
    await page.reload()
    expect(await page.getByRole('link', { name: 'Log in with LINE' }).isVisible()).toBe(true)
    await page.getByRole('link', { name: 'Log in with LINE' }).click()
    expect(await page.getByText('You are logged in to LINE as Ren').isVisible()).toBe(true)
    await press('Log in')
    expect((await heading())?.trim()).toBe('Ren')
    expect(problems).toEqual([])
    await close()
  })

  test('logs a user in by QR code without adding a friend', async () => {
    const { page, press, heading, keep, close } = await start()
    await press('Use a QR code')
    await page.getByLabel('Whose phone scans it?').selectOption('Mika')
    await keep(shot('qr'))
    await press('Scan')
    await press('Allow')
    expect((await heading())?.trim()).toBe('Mika')
    expect(await page.getByText('Not a friend of our account yet').isVisible()).toBe(true)
    await close()
  })

  test('logs a user in after a canceled attempt', async () => {
    const { page, press, heading, keep, close } = await start()
    await press('Log in')
    await press('Cancel')
    expect(await heading()).toBe('You did not log in.')
    await keep(shot('cancelled'))
    await page.getByRole('link', { name: 'Try again' }).click()
    await press('Log in')
    await press('Allow')
    expect((await heading())?.trim()).toBe('Mika')
    await close()
  })

  test('logs a user in after a failed auto login', async () => {
    const { page, press, heading, keep, close } = await start()
    const first = new URL(page.url())
    expect(first.searchParams.get('disable_auto_login')).toBeNull()
    await press('Let auto login fail')
    expect(new URL(page.url()).searchParams.get('disable_auto_login')).toBe('true')
    expect(await page.getByRole('button', { name: 'Let auto login fail' }).count()).toBe(0)
    await keep(shot('retry'))
    await page.getByLabel('Account').selectOption('Ren')
    await press('Log in')
    await press('Allow')
    expect((await heading())?.trim()).toBe('Ren')
    await close()
  })
})

describe('the login pages of the emulator', () => {
  async function world(redirectUri: string, published = true) {
    const emulator = createEmulator()
    const server = await emulator.listen()
    const linkedAccount = emulator.createAccount({ name: 'Tea House' })
    const channel = emulator.createLoginChannel({
      linkedAccount,
      published,
      settings: { name: 'Tea Shop', callbackUrls: [redirectUri], emailPermission: true },
    })
    const person = emulator.createPerson({ displayName: 'Mika', email: 'mika@example.com' })
    const { channelId, channelSecret } = channel
    const login = createLoginClient({ channelId, channelSecret, redirectUri, baseUrl: server.url })
    return { server, login, channel, person, userId: person.userIdFor(channel) }
  }

  /**
   * Starts an app that records the requests to its callback URL. `/start` sets a cookie of each SameSite kind and redirects to `to.href`.
   * The app is a different site than the login pages, because it is reached as localhost and they are reached by an IP address.
   */
  async function app() {
    const arrived: Request[] = []
    const cookies: (string | undefined)[] = []
    const to = { href: '' }
    const server = createServer(async (incoming, outgoing) => {
      const { method = '', url = '', headers } = incoming
      const body = method === 'POST' && { body: Buffer.concat(await Array.fromAsync(incoming)) }
      const type = headers['content-type']
      if (url === '/start') {
        const kinds = ['strict=1; SameSite=Strict', 'lax=1; SameSite=Lax', 'none=1; SameSite=None; Secure']
        outgoing
          .writeHead(303, { location: to.href, 'set-cookie': kinds.map((kind) => `${kind}; Path=/; HttpOnly`) })
          .end()
        return
      }
      if (url.startsWith('/callback')) {
        arrived.push(
          new Request(new URL(url, origin), { method, ...body, headers: { ...(type && { 'content-type': type }) } }),
        )
        cookies.push(headers.cookie)
      }
      outgoing.writeHead(200, { 'content-type': 'text/html' }).end('<h1>Welcome</h1>')
    })
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
    const address = server.address()
    const origin = `http://localhost:${typeof address === 'object' ? address?.port : ''}`
    return { arrived, cookies, to, origin, redirectUri: `${origin}/callback`, close: () => server.close() }
  }

  test.each(['query', 'form_post'] as const)(
    'show a screen for the friend, let the user withhold the email address, and return by %s',
    async (responseMode) => {
      const { arrived, cookies, to, origin, redirectUri, close: closeApp } = await app()
      const { server, login, userId } = await world(redirectUri)
      const { page, press, heading, keep, problems, close } = await open()
      const attempt = await login.start({
        scope: ['profile', 'openid', 'email'],
        botPrompt: 'aggressive',
        responseMode,
      })
      to.href = attempt.url
      await page.goto(`${origin}/start`)
      await press('Log in')
      await page.getByLabel('E-mail address (mika@example.com)').uncheck()
      await press('Allow')
      expect(await heading()).toBe('Add Tea House as a friend?')
      await keep(`friend-${responseMode}`)
      await press('Add')
      if (responseMode === 'form_post') await press('Continue')
      expect(await heading()).toBe('Welcome')
      expect(arrived.map(({ method }) => method)).toEqual([responseMode === 'query' ? 'GET' : 'POST'])
      const session = await login.finish(arrived[0] ?? '', attempt)
      expect(session).toMatchObject({ userId, friendshipStatusChanged: true })
      expect(session.claims).not.toHaveProperty('email')
      // docs/login.md documents which cookies arrive.
      expect(cookies).toEqual([responseMode === 'query' ? 'lax=1; none=1' : 'none=1'])
      expect(problems).toEqual([])
      await close()
      await server.close()
      closeApp()
    },
  )

  test('end the session of the example when the user revokes consent in LINE', async () => {
    const { server, channel, person } = await world('https://app.example/callback')
    const { app: example, url } = await startExample({
      LINE_LOGIN_CHANNEL_ID: channel.channelId,
      LINE_LOGIN_CHANNEL_SECRET: channel.channelSecret,
      LINE_BASE_URL: server.url,
    })
    channel.settings.callbackUrls = [`${url}callback`]
    const { page, press, heading, close } = await open()
    await page.goto(`${url}login`)
    await press('Log in')
    await press('Allow')
    expect((await heading())?.trim()).toBe('Mika')
    person.revokeConsent(channel)
    await page.reload()
    expect(await page.getByRole('link', { name: 'Log in with LINE' }).isVisible()).toBe(true)
    await close()
    example.kill()
    await server.close()
  })

  test('show an error page to a user without a role in an unpublished channel', async () => {
    const { server, login } = await world('https://app.example/callback', false)
    const { page, press, heading, keep, close } = await open()
    await page.goto((await login.start()).url)
    await press('Log in')
    expect(await heading()).toBe('400 Bad Request')
    await keep('refused')
    await close()
    await server.close()
  })
})
