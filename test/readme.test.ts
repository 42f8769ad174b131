// Every TypeScript block of the README compiles as it stands, and runs against the emulator unchanged.

import * as crypto from 'node:crypto'
import { readFileSync } from 'node:fs'
import { type RequestListener, createServer as realServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createEmulator } from 'line-oa/emulator'
import type { LoginAttempt } from 'line-oa/login'
import type { Receiver } from 'line-oa/webhook'
import { afterEach, expect, test, vi } from 'vitest'
import { codeBlocks, compileBlocks, runBlock } from './code-blocks.js'

const readme = readFileSync('README.md', 'utf8')
const blocks = codeBlocks('README.md')

// A server takes any free port, and closes after its test.
const http = {
  createServer: (listener: RequestListener) => {
    const server = realServer(listener)
    servers.push(server)
    return { listen: () => server.listen(0, '127.0.0.1') }
  },
}
const servers: Server[] = []
afterEach(() => {
  for (const server of servers.splice(0)) server.close()
  vi.unstubAllEnvs()
})

function setup() {
  const emulator = createEmulator()
  const account = emulator.createAccount({ name: 'Tea House', kind: 'verified' })
  const person = emulator.createPerson({ displayName: 'Mika' })
  vi.stubGlobal('fetch', emulator.fetch)
  vi.stubEnv('LINE_CHANNEL_ID', account.channelId)
  vi.stubEnv('LINE_CHANNEL_SECRET', account.channelSecret)
  return { emulator, account, person }
}

// The tests that a block declares, which run here.
const declared: (() => Promise<void>)[] = []
const vitest = { expect, test: (_: string, body: () => Promise<void>) => declared.push(body) }

const run = (code: string, values: { readonly [name: string]: unknown } = {}) =>
  runBlock(code, values, { 'node:http': http, 'node:crypto': crypto, vitest })

test('the README has these examples, each with a test below', () => {
  expect(blocks.map(({ title }) => title)).toEqual([
    'A first conversation',
    'Create a bot',
    'Send messages',
    'Send to many users',
    'Assertion signing keys',
    'LINE Login',
    'Connect Official Accounts',
    'Test your bot',
  ])
})

test('the blocks compile against the types of the package', { timeout: 60_000 }, () =>
  expect(compileBlocks(blocks, {})).toEqual([]),
)

const codeOf = (title: string) => blocks.find((block) => block.title === title)?.code ?? ''

test('the first conversation is printed as the README says', async () => {
  const told: unknown[][] = []
  vi.stubGlobal('console', { ...console, log: (...words: unknown[]) => told.push(words) })
  await run(codeOf('A first conversation'))
  vi.unstubAllGlobals()
  expect(told).toEqual([
    ['account', { type: 'text', text: 'Welcome!' }],
    ['person', { type: 'text', text: 'Menu' }],
    ['account', { type: 'text', text: 'Sencha, matcha, hojicha' }],
  ])
  for (const [from, message] of told) {
    const { type, text } = message as { type: string; text: string } // checked above
    expect(readme).toContain(`${from} { type: '${type}', text: '${text}' }`)
  }
})

test('a bot answers', async () => {
  const { account, person } = setup()
  await run(codeOf('Create a bot'))
  const [server] = servers
  if (!server) return expect.unreachable('the block starts no server')
  if (!server.listening) await new Promise((listening) => server.once('listening', listening))
  const { port } = server.address() as AddressInfo // it listens on a port
  account.settings.webhookUrl = `http://127.0.0.1:${port}/`
  account.settings.webhook = true
  const texts = () => person.chatWith(account).map(({ message }) => 'text' in message && message.text)
  // The server acknowledges a delivery before its handler has finished.
  const poll = { timeout: 20_000 }
  await person.addFriend(account)
  await expect.poll(texts, poll).toEqual(['Welcome!'])
  await person.send(account, 'tea')
  await expect.poll(texts, poll).toEqual(['Welcome!', 'tea', 'You said: tea'])
})

test('sending gives an outcome, lists followers and explains a refusal', async () => {
  const { account, person } = setup()
  await person.addFriend(account)
  const told: unknown[][] = []
  vi.stubGlobal('console', { ...console, log: (...words: unknown[]) => told.push(words) })
  const userId = person.userIdFor(account)
  vi.stubEnv('LINE_USER_ID', userId)
  await run(codeOf('Send messages'))
  vi.unstubAllGlobals()
  expect(told).toEqual([
    ['accepted', expect.any(String), expect.any(String)],
    [userId],
    ['LINE_API', 'rejected', expect.any(String)],
  ])
})

test('a text is sent to many users', async () => {
  const { account, person } = setup()
  await person.addFriend(account)
  const told: unknown[][] = []
  vi.stubGlobal('console', { ...console, log: (...words: unknown[]) => told.push(words) })
  await run(codeOf('Send to many users').replace("'jobs.sqlite'", "':memory:'"))
  vi.unstubAllGlobals()
  expect(told).toEqual([[1, [], []]])
  expect(person.chatWith(account).at(-1)).toMatchObject({ message: { text: 'Spring is here' } })
})

test('a key replaces the secret', async () => {
  const { account, emulator } = setup()
  const told: object[] = []
  const code = codeOf('Assertion signing keys')
  // The console shows the kid once the first half of the block has printed the public key.
  const log = (value: object) => {
    if (told.push(value) === 1) vi.stubEnv('LINE_ASSERTION_KID', emulator.console.registerAssertionKey(account, value))
  }
  vi.stubGlobal('console', { ...console, log })
  await run(code)
  vi.unstubAllGlobals()
  expect(told[1]).toMatchObject({ basicId: account.basicId })
})

test('a login finishes, and is retried when auto login failed', async () => {
  const { emulator, person } = setup()
  const callbackUrls = ['https://example.com/callback']
  const channel = emulator.createLoginChannel({ published: true, settings: { callbackUrls } })
  vi.stubEnv('LINE_LOGIN_CHANNEL_ID', channel.channelId)
  vi.stubEnv('LINE_LOGIN_CHANNEL_SECRET', channel.channelSecret)
  const { attempt, callback } = (await run(codeOf('LINE Login'))) as {
    attempt: LoginAttempt
    callback: (request: Request, kept: LoginAttempt | undefined) => Promise<unknown>
  } // made by the block
  const retry = (await callback(await person.login(attempt.url, { by: 'failed-autologin' }), attempt)) as LoginAttempt // what the block returns then
  expect(await callback(await person.login(retry.url), retry)).toMatchObject({
    userId: person.userIdFor(channel),
    name: 'Mika',
  })
})

test('an account is connected, with one step left for a person', async () => {
  let receiver: Receiver<unknown> | undefined
  const emulator = createEmulator({
    deliver: async (request) => receiver?.fetch(request) ?? new Response(null, { status: 503 }),
  })
  const account = emulator.createAccount({ name: 'Tea House', settings: { webhook: false } })
  vi.stubGlobal('fetch', emulator.fetch)
  const told: unknown[][] = []
  vi.stubGlobal('console', { ...console, log: (...words: unknown[]) => told.push(words) })
  const code = codeOf('Connect Official Accounts').replace("'accounts.sqlite'", "':memory:'")
  // LINE calls the URL while the account is connected, before the block ends.
  vi.stubEnv('LINE_CHANNEL_ID', account.channelId)
  vi.stubEnv('LINE_CHANNEL_SECRET', account.channelSecret)
  const serve = (made: Receiver<unknown>) => (receiver = made)
  await run(code.replace("receiver.on('", "serve(receiver)\nreceiver.on('"), {
    serve,
  })
  expect(told).toContainEqual(['webhook-test', 'passed', expect.any(String)])
  expect(told).toContainEqual(['needs-person', expect.any(String)])
  const person = emulator.createPerson({ displayName: 'Mika' })
  account.settings.webhook = true
  await person.addFriend(account)
  await person.send(account, 'hello')
  expect(person.chatWith(account).at(-1)).toMatchObject({ from: 'account', message: { text: 'We answer soon' } })
})

test('the emulator tests a bot', async () => {
  await run(codeOf('Test your bot'))
  expect(declared).toHaveLength(1)
  await declared[0]?.()
})
