// Every TypeScript block of docs/login.md compiles and runs against the emulator unchanged.

import { createEmulator } from 'line-oa/emulator'
import type { LoginAttempt, LoginBackend, LoginSession } from 'line-oa/login'
import { afterEach, expect, test, vi } from 'vitest'
import { codeBlocks, compileBlocks, runBlock } from './code-blocks.js'

const blocks = codeBlocks('docs/login.md')
const codeOf = (title: string, at = 0) =>
  blocks.filter((block) => block.title === title)[at]?.code ?? expect.unreachable(title)

const redirectUri = 'https://example.com/callback'
const sealKey = 'a random text of 32 characters and more'

afterEach(() => {
  vi.unstubAllGlobals()
})

function setup(callbackUrls = [redirectUri]) {
  const emulator = createEmulator()
  const account = emulator.createAccount({ name: 'Tea House' })
  const channel = emulator.createLoginChannel({ published: true, linkedAccount: account, settings: { callbackUrls } })
  const person = emulator.createPerson({ displayName: 'Mika' })
  vi.stubGlobal('fetch', emulator.fetch)
  const { channelId, channelSecret } = channel
  return {
    emulator,
    account,
    channel,
    person,
    userId: person.userIdFor(channel),
    given: { channelId, channelSecret, sealKey },
  }
}

/** Records what a block prints. */
function listen(): unknown[][] {
  const told: unknown[][] = []
  vi.stubGlobal('console', { ...console, log: (...words: unknown[]) => told.push(words) })
  return told
}

type Handler = (request: Request) => Promise<Response>

test('the page has these blocks, each with a test below', () => {
  expect(blocks.map(({ title }) => title)).toEqual([
    'Web apps without sessions',
    'form_post and cookies',
    'Multiple LINE Login channels',
    'LIFF and native apps',
    'LIFF and native apps',
    'Tokens and account deletion',
    'Account linking',
    'Assertion signing keys',
    'Testing',
  ])
})

test('the blocks compile against the types of the package', { timeout: 60_000 }, () => {
  const given = {
    channelId: 'string',
    channelSecret: 'string',
    sealKey: 'string',
    accessToken: 'string',
    idToken: 'string',
    nonce: 'string',
    channels: "Record<'japan' | 'thailand', { channelId: string; channelSecret: string }>",
  }
  expect(compileBlocks(blocks, given)).toEqual([])
  expect(compileBlocks([{ title: '', code: 'const wrong: number = channelId' }], given)).toHaveLength(1)
})

test('a web app without sessions logs in, and retries once when auto login fails', async () => {
  const { emulator, person, userId, given } = setup()
  const told = listen()
  const handle = (await runBlock(codeOf('Web apps without sessions'), given))['handle'] as Handler // made by the block
  let cookie = ''
  const visit = async (request: Request) => {
    if (cookie) request.headers.set('cookie', cookie)
    const response = await handle(request)
    const [kept = ''] = response.headers.get('set-cookie')?.split(';') ?? []
    if (kept) cookie = kept.endsWith('=') ? '' : kept
    return { response, location: response.headers.get('location') ?? '' }
  }
  const begin = async () => (await visit(new Request('https://example.com/login'))).location

  const first = await begin()
  expect(cookie).toMatch(/^__Host-login=\S{100,}$/)
  expect((await visit(await person.login(first))).location).toBe('/shop')
  expect([told, cookie]).toEqual([[['logged in', userId]], ''])

  const failing = await visit(await person.login(await begin(), { by: 'failed-autologin' }))
  expect(new URL(failing.location).searchParams.get('disable_auto_login')).toBe('true')
  expect((await visit(await person.login(failing.location, { by: 'failed-autologin' }))).location).toBe('/shop')

  const forged = `${redirectUri}?code=c&state=foreign`
  await begin()
  expect((await visit(new Request(forged))).location).toContain('disable_auto_login=true')
  expect((await visit(new Request(forged))).response.status).toBe(400)

  const stranger = emulator.createPerson({ displayName: 'Ren' })
  const { response } = await visit(await stranger.login(await begin(), { consent: false }))
  expect([response.status, await response.text(), cookie]).toEqual([400, expect.any(String), ''])
})

test('form_post is a POST, and its cookie is sent with it', async () => {
  const { person, userId, given } = setup()
  const { login, attemptCookie, finish } = (await runBlock(codeOf('form_post and cookies'), given)) as {
    login: { start(): Promise<LoginAttempt> }
    attemptCookie: (attempt: LoginAttempt) => Promise<string>
    finish: (request: Request, sealed: string | undefined) => Promise<LoginSession>
  } // made by the block
  const attempt = await login.start()
  const cookie = await attemptCookie(attempt)
  expect(cookie).toMatch(/; Secure; SameSite=None; /)
  const request = await person.login(attempt.url)
  expect(request.method).toBe('POST')
  expect(await finish(request, /=([^;]*)/.exec(cookie)?.[1])).toMatchObject({ userId })
})

test('each provider has its own client and its own user IDs', async () => {
  const { emulator, person, channel: japan } = setup([`${redirectUri}/japan`])
  const thailand = emulator.createLoginChannel({
    provider: emulator.createProvider({ name: 'Thailand' }),
    published: true,
    settings: { callbackUrls: [`${redirectUri}/thailand`] },
  })
  const { accessToken } = await emulator.issueLiffTokens(person, thailand)
  const { clients, callback, userId } = (await runBlock(codeOf('Multiple LINE Login channels'), {
    channels: { japan, thailand },
    accessToken,
  })) as {
    clients: { readonly [country: string]: { start(): Promise<LoginAttempt> } }
    callback: (request: Request, attempt: LoginAttempt | undefined) => Promise<string | undefined>
    userId: string
  } // made by the block
  expect(userId).toBe(person.userIdFor(thailand))
  const users: (string | undefined)[] = []
  for (const country of ['japan', 'thailand']) {
    const attempt = await clients[country]?.start()
    if (attempt) users.push(await callback(await person.login(attempt.url), attempt))
  }
  expect(users).toEqual([`japan:${person.userIdFor(japan)}`, `thailand:${person.userIdFor(thailand)}`])
  expect(await callback(new Request(`${redirectUri}/constructor`), undefined)).toBeUndefined()
  const attempt = await clients['japan']?.start()
  await expect(callback(new Request(`${redirectUri}/thailand?code=c&state=s`), attempt)).rejects.toMatchObject({
    code: 'LINE_INPUT',
  })
})

test('a LIFF app is authorized by its tokens, and refused without', async () => {
  const { emulator, person, channel, userId, given } = setup()
  const { channelId } = given
  const api = (await runBlock(codeOf('LIFF and native apps'), { channelId }))['api'] as Handler // made by the block
  const { idToken, accessToken } = await emulator.issueLiffTokens(person, channel)
  for (const token of [idToken, accessToken]) {
    const response = await api(
      new Request('https://example.com/api', { headers: { authorization: `Bearer ${token}` } }),
    )
    expect(await response.json()).toEqual({ userId, name: 'Mika' })
  }
  expect((await api(new Request('https://example.com/api'))).status).toBe(401)
})

test('the nonce of a native app is verified', async () => {
  const { emulator, person, channel, userId, given } = setup()
  const { channelId } = given
  const { idToken } = await emulator.issueNativeTokens(person, channel, { nonce: 'n1' })
  const code = codeOf('LIFF and native apps', 1)
  expect(await runBlock(code, { channelId, idToken, nonce: 'n1' })).toMatchObject({ sub: userId, name: 'Mika' })
  await expect(runBlock(code, { channelId, idToken, nonce: 'n2' })).rejects.toMatchObject({ reason: 'nonce' })
})

test('tokens are refreshed, revoked, and end with the consent', async () => {
  const { emulator, person, channel, given } = setup()
  const { nameOf, logOut, leave, login } = (await runBlock(codeOf('Tokens and account deletion'), given)) as {
    nameOf: (user: object) => Promise<string | undefined>
    logOut: (accessToken: string) => Promise<void>
    leave: (accessToken: string) => Promise<void>
    login: LoginBackend
  } // made by the block
  const user = await emulator.issueNativeTokens(person, channel)
  expect(await nameOf(user)).toBe('Mika')
  await logOut(user.accessToken)
  await expect(login.verifyAccessToken(user.accessToken)).rejects.toMatchObject({ reason: 'access-token' })
  expect(await nameOf(user)).toBe('Mika')
  await leave((await login.refresh(user.refreshToken)).accessToken)
  expect(await nameOf(user)).toBeUndefined()
})

test('an account is linked', async () => {
  const { account, person } = setup()
  const { channelId, channelSecret } = account
  const { receiver, continueAtLine, links } = (await runBlock(codeOf('Account linking'), {
    channelId,
    channelSecret,
  })) as {
    receiver: Parameters<typeof account.connect>[0]
    continueAtLine: (linkToken: string, accountId: string) => Promise<Response>
    links: Map<string, string>
  } // made by the block
  account.connect(receiver)
  await person.addFriend(account)
  await person.send(account, 'link')
  const [reply] = person.chatWith(account).slice(-1)
  const page = new URL(reply?.message.type === 'text' ? reply.message.text : '')
  const { headers } = await continueAtLine(page.searchParams.get('linkToken') ?? '', 'account-42')
  await person.linkAccount(headers.get('location') ?? '')
  expect([...links]).toEqual([[person.userIdFor(account), 'account-42']])
})

test('a key replaces the secret', async () => {
  const { emulator, channel, person, given } = setup()
  const told = listen()
  const { finishExchange } = (await runBlock(codeOf('Assertion signing keys'), {})) as {
    finishExchange: (typed: { channelId: string; kid: string }) => Promise<LoginBackend | string>
  } // made by the block
  const kid = emulator.console.registerAssertionKey(channel, told[0]?.[0])
  const { channelId } = given
  // The block gives a text for the user where the key does not fit.
  expect(await finishExchange({ channelId: emulator.createLoginChannel().channelId, kid })).toEqual(expect.any(String))
  const client = await finishExchange({ channelId, kid })
  if (typeof client === 'string') return expect.unreachable(client)
  const { accessToken } = await emulator.issueLiffTokens(person, channel)
  await client.deauthorize(accessToken)
  await expect(client.verifyAccessToken(accessToken)).rejects.toMatchObject({ reason: 'access-token' })
})

test('the emulator tests a login', async () => {
  const { session } = await runBlock(codeOf('Testing'), {})
  expect(session).toMatchObject({ claims: { name: 'Mika', amr: ['pwd'] } })
})
