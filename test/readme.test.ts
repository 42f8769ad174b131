// Every TypeScript block of the README runs against the emulator unchanged.
import { type RequestListener, createServer as realServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createLineClient } from 'line-oa'
import { createEmulator } from 'line-oa/emulator'
import type { LoginAttempt } from 'line-oa/login'
import { createReceiver, type Receiver } from 'line-oa/webhook'
import { afterEach, expect, test, vi } from 'vitest'
import { codeBlocks, runBlock } from './code-blocks.js'

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
})

function setup() {
  const emulator = createEmulator()
  const account = emulator.createAccount({ name: 'Tea House', kind: 'verified' })
  const person = emulator.createPerson({ displayName: 'Mika' })
  vi.stubGlobal('fetch', emulator.fetch)
  return { emulator, account, person }
}

const run = (code: string, values: { readonly [name: string]: unknown }) =>
  runBlock(code, values, { 'node:http': http })

test('the README has these examples, each with a test below', () => {
  expect(blocks.map(({ title }) => title)).toEqual([
    'Create a bot',
    'Send messages',
    'Send to many users',
    'Assertion signing keys',
    'LINE Login',
    'Connect Official Accounts',
    'Test your bot',
  ])
})

const codeOf = (title: string) => blocks.find((block) => block.title === title)?.code ?? ''

test('a bot answers', async () => {
  const { account, person } = setup()
  await run(codeOf('Create a bot'), { channelId: account.channelId, channelSecret: account.channelSecret })
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
  await run(codeOf('Send messages'), { channelId: account.channelId, channelSecret: account.channelSecret, userId })
  vi.unstubAllGlobals()
  expect(told).toEqual([[userId], ['LINE_API', 'rejected', expect.any(String)]])
})

test('a text is sent to many users', async () => {
  const { account, person } = setup()
  await person.addFriend(account)
  const told: unknown[][] = []
  vi.stubGlobal('console', { ...console, log: (...words: unknown[]) => told.push(words) })
  const userIds = [person.userIdFor(account)]
  await run(codeOf('Send to many users').replace("'jobs.sqlite'", "':memory:'"), {
    channelId: account.channelId,
    channelSecret: account.channelSecret,
    userIds,
  })
  vi.unstubAllGlobals()
  expect(told).toEqual([[1, [], []]])
  expect(person.chatWith(account).at(-1)).toMatchObject({ message: { text: 'Spring is here' } })
})

test('a key replaces the secret', async () => {
  const { account, emulator } = setup()
  const told: JsonWebKey[] = []
  const code = codeOf('Assertion signing keys')
  expect(code).toContain('kid,')
  // The console shows the kid once the first half of the block has printed the public key.
  vi.stubGlobal('console', { ...console, log: (jwk: JsonWebKey) => told.push(jwk) })
  const kidOf = `const kid = register(pair.publicJwk)\nconst key = assertionKey`
  const { line } = await run(code.replace('const key = assertionKey', kidOf), {
    channelId: account.channelId,
    register: (jwk: JsonWebKey) => emulator.console.registerAssertionKey(account, jwk),
  })
  vi.unstubAllGlobals()
  vi.stubGlobal('fetch', emulator.fetch)
  const { messaging } = line as { messaging: { getBotInfo(): Promise<{ basicId: string }> } } // a client, made by the block
  expect((await messaging.getBotInfo()).basicId).toBe(account.basicId)
  expect(told).toHaveLength(1)
})

test('a login finishes, and is retried when auto login failed', async () => {
  const { emulator, person } = setup()
  const callbackUrls = ['https://example.com/callback']
  const channel = emulator.createLoginChannel({ published: true, settings: { callbackUrls } })
  const { attempt, callback } = (await run(codeOf('LINE Login'), channel as object as { [name: string]: unknown })) as {
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
  const { channelId, channelSecret } = account
  const sealingKey = crypto.getRandomValues(new Uint8Array(32))
  const serve = (made: Receiver<unknown>) => (receiver = made)
  await run(code.replace("receiver.on('", "serve(receiver)\nreceiver.on('"), {
    channelId,
    channelSecret,
    sealingKey,
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
  const { person, account } = await run(codeOf('Test your bot'), { createReceiver, createLineClient })
  const { chatWith } = person as { chatWith(of: unknown): { message: { text: string } }[] } // a person, made by the block
  expect(chatWith.call(person, account).at(-1)).toMatchObject({
    from: 'account',
    message: { type: 'text', text: 'You said: hello' },
  })
})
