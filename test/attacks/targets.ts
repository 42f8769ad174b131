// Every exported function of every entry with valid arguments, and the handles that they return.
import { join } from 'node:path'
import { createLineClient } from 'line-oa'
import { createRegistry, memoryRegistryStorage } from 'line-oa/account'
import { createEmulator } from 'line-oa/emulator'
import { assertionKey, generateAssertionKey } from 'line-oa/keys'
import { createLoginClient } from 'line-oa/login'
import { memoryStore } from 'line-oa/store'
import { events, signedDelivery, signedRequest } from 'line-oa/testing'
import { createReceiver } from 'line-oa/webhook'
import manifest from '../../package.json' with { type: 'json' }
import { isGiven } from './hostile-values.ts'

/** A function under attack. */
export interface Target {
  /** Entry and name, such as `line-oa/webhook createReceiver`. */
  readonly name: string
  readonly call: (...args: unknown[]) => unknown
  /** Valid arguments, from which inputs with one mistake are made. */
  readonly args: readonly unknown[]
}

type Callable = (...args: unknown[]) => unknown

/** A clock whose timers run at once, up to a number of them. Time passes as they ask for it. */
export function hastyClock(timers = 200) {
  let [now, left] = [Date.UTC(2026, 0, 1), timers]
  const set = new Map<object, () => void>()
  return {
    now: () => now,
    setTimeout: (run: () => void, ms: number) => {
      const timer = {}
      set.set(timer, run)
      if (left-- > 0)
        setImmediate(() => {
          if (!set.delete(timer)) return
          now += Math.min(Math.max(ms, 0) || 0, 86_400_000)
          run()
        })
      return timer
    },
    clearTimeout: (timer: unknown) => {
      if (typeof timer === 'object' && timer !== null) set.delete(timer)
    },
  }
}

/** A fetch that never leaves the process: LINE's emulator, or an answer that is broken in one of several ways. */
export function createStubFetch(emulatorFetch: typeof fetch): typeof fetch {
  let calls = 0
  return async (input, init) => {
    calls += 1
    if (calls % 8 === 1) return Response.json({})
    if (calls % 8 === 2) return new Response('{"a":', { headers: { 'content-type': 'application/json' } })
    if (calls % 8 === 3) return Response.json({ message: 'no' }, { status: 400 })
    if (calls % 8 === 4) throw new TypeError('fetch failed')
    if (calls % 8 === 5) return new Response('<html>', { status: 502 })
    return emulatorFetch(input, init)
  }
}

const secret = '8c570fa6dd201bb328f1c1eac23a96d8'
const token = 'x'.repeat(172)
const messages = [{ type: 'text', text: 'hello' }]

/** The fields that inputs of operations have, with valid values. An operation ignores those of others. */
const anyInput = {
  to: `U${'1'.repeat(32)}`,
  userId: `U${'1'.repeat(32)}`,
  groupId: `C${'1'.repeat(32)}`,
  roomId: `R${'1'.repeat(32)}`,
  messages,
  replyToken: 'abc',
  richMenuId: `richmenu-${'1'.repeat(32)}`,
  richMenuAliasId: 'menu',
  messageId: '500000000000000001',
  audienceGroupId: 1,
  description: 'audience',
  audiences: [{ id: `U${'1'.repeat(32)}` }],
  liffId: '1234567890-AbcdEfgh',
  endpoint: 'https://example.com/',
  date: '20260101',
  requestId: 'abc',
  limit: 10,
  page: 1,
  size: { width: 2500, height: 1686 },
  areas: [{ bounds: { x: 0, y: 0, width: 100, height: 100 }, action: { type: 'message', text: 'a' } }],
}

/** Valid arguments by the name of the function. A function that is not listed gets hostile values only. */
async function validArguments(stub: typeof fetch): Promise<{ readonly [name: string]: readonly unknown[] }> {
  const emulator = createEmulator({ clock: 'manual' })
  const account = emulator.createAccount({ name: 'Tea House' })
  const person = emulator.createPerson({ displayName: 'Mei' })
  await person.addFriend(account)
  const { channelId, channelSecret } = account
  const options = { fetch: stub, clock: hastyClock(), random: () => 0 }
  const client = createLineClient({ channelId, channelSecret, ...options, fetch: emulator.fetch })
  const pair = await generateAssertionKey()
  const privateKey = await pair.exportPrivateJwk()
  const key = assertionKey({ kid: 'a6c2c4b5-6a5e-4b41-8f6e-0c2f4a0b7c11', privateKey })
  const channel = emulator.createLoginChannel()
  const login = createLoginClient({
    channelId: channel.channelId,
    channelSecret: channel.channelSecret,
    redirectUri: 'https://example.com/callback',
    fetch: stub,
  })
  const attempt = await login.start()
  const sealing = { secrets: [secret.repeat(2)], key: secret.repeat(2) }
  const receiver = createReceiver({ channelSecret: secret, logger: silent, onError: () => {} })
  receiver.on('message', () => {})
  const event = events.text({ text: 'hello' })
  const storage = memoryRegistryStorage()
  const registry = createRegistry({
    storage,
    keys: [{ id: 'a', key: Buffer.alloc(32, 1).toString('base64') }],
  } as never)
  const account_ = { channelId, channelSecret, fetch: stub, clock: hastyClock(), registry }
  return {
    createLineClient: [
      { channelId, channelSecret, ...options, timeout: 1000, retries: 1, hooks: {}, limiter: undefined },
    ],
    createCaller: [{ channelAccessToken: token, ...options }],
    sendToMany: [client, [person.userIdFor(account)], messages, { jobId: 'job', store: memoryStore(), rate: 10 }],
    respond: [{ event, reply: () => {} }, { store: memoryStore() }, messages],
    forgetJob: [client, 'job', { store: memoryStore() }],
    waitForNarrowcast: [client, { requestId: 'abc' }, { interval: 10 }],
    waitForAudience: [client, { audienceGroupId: 1 }, { interval: 10 }],
    waitForRichMenuBatch: [client, { requestId: 'abc' }, {}],
    deployRichMenu: [client, { aliases: {}, menus: [{ richMenu: anyInput, image: new Uint8Array(8) }] }],
    text: ['hello $', { emojis: [] }],
    flex: ['alt', { type: 'bubble', body: { type: 'box', layout: 'vertical', contents: [] } }],
    mention: [{ a: { userId: anyInput.userId } }],
    limitBytes: [new Blob(['x']).stream(), 10],
    readContent: [{ stream: new Blob(['x']).stream(), contentType: 'image/png' }, { limit: 10 }],
    richMenuImage: [new Uint8Array(8), {}],
    splitText: ['hello '.repeat(900), { limit: 100 }],
    phoneHash: ['+818000001234'],
    lineDate: [new Date(0)],
    audienceFile: [[anyInput.userId]],
    moduleAuthorizeUrl: [{ channelId, redirectUri: 'https://example.com/', scope: ['message:send'], state: 'a' }],
    moduleCodeGrant: [client, { code: 'a', redirectUri: 'https://example.com/' }],
    checkMessages: [messages],
    checkNarrowcast: [{ messages, recipient: { type: 'audience', audienceGroupId: 1 }, filter: {}, limit: { max: 1 } }],
    credentialsFromEnv: [{ LINE_CHANNEL_ID: channelId, LINE_CHANNEL_SECRET: channelSecret }, {}],
    parseMessagingCredentials: [{ channelId, channelSecret, channelAccessToken: token }],
    parseLoginCredentials: [{ channelId, channelSecret }],
    parseConnectForm: [{ channelId, channelSecret, basicId: '@tea', team: 'a' }],
    parseChannelId: [channelId],
    parseAssertionPrivateKey: [JSON.stringify(privateKey)],
    parseWebhookUrl: ['https://example.com/hook'],
    assertionKey: [{ kid: key.kid, privateKey }],
    importAssertionKey: [{ kid: key.kid, privateKey }],
    checkPublicJwk: [pair.publicJwk],
    proveAssertionKey: [{ channelId, assertionKey: key, fetch: stub, clock: hastyClock(), kid: key.kid, privateKey }],
    signAssertion: [{ channelId, assertionKey: key, tokenLifetime: 86_400_000 }],
    startKeyExchange: [{ extractable: true }],
    statelessTokens: [{ channelId, channelSecret, ...options }],
    shortLivedTokens: [{ channelId, channelSecret, store: memoryStore(), ...options }],
    jwtTokens: [{ channelId, assertionKey: key, store: memoryStore(), ...options }],
    createLoginClient: [
      {
        channelId,
        channelSecret,
        redirectUri: 'https://example.com/callback',
        ...options,
        defaults: { prompt: 'consent' },
      },
    ],
    verifyIdToken: ['eyJhbGciOiJIUzI1NiJ9.e30.AAAA', { channelId, channelSecret, nonce: 'a', fetch: stub }],
    lineKeySet: [{ fetch: stub, clock: hastyClock() }],
    startAccountLink: [client, { userId: anyInput.userId, url: 'https://example.com/', store: memoryStore() }],
    finishAccountLink: [{ linkToken: 'a', nonce: 'b' }, { store: memoryStore() }],
    accountLinkUrl: [{ linkToken: 'a', nonce: 'b' }],
    sealAttempt: [attempt, sealing],
    openAttempt: ['sealed', sealing],
    createReceiver: [
      {
        channelSecret: secret,
        client,
        logger: silent,
        onError: () => {},
        deduplicate: memoryStore(),
        ack: 'after-handlers',
        concurrency: 2,
      },
    ],
    verifySignature: ['{}', 'abc=', secret],
    signBody: ['{}', secret],
    mentionsMe: [event],
    textSegments: [event.message],
    textWithoutMentions: [event.message],
    toNodeHandler: [receiver, { limit: 1000 }],
    toLambdaHandler: [receiver],
    memoryStore: [{ clock: hastyClock(), maxEntries: 10 }],
    sqliteStore: [':memory:', { durability: 'normal' }],
    sqliteRegistryStorage: [':memory:', {}],
    downloadTo: [{ stream: new Blob(['x']).stream(), contentType: 'image/png' }, join('no-such-folder', 'file')],
    connectAccount: [
      { ...account_, webhookUrl: 'https://example.com/', team: 'a', form: { channelId, channelSecret } },
    ],
    checkAccount: [account_],
    disconnectAccount: [{ ...account_, connection: 'a', id: 'a', team: 'a' }],
    watchAccount: [{ ...account_, interval: 1000, onChange: () => {} }],
    createRegistry: [{ storage, keys: [{ id: 'a', key: Buffer.alloc(32, 1).toString('base64') }], fetch: stub }],
    createEmulator: [{ clock: 'manual', seed: 'a', rateLimits: false, consoles: {} }],
    createEvents: [{ clock: hastyClock(), seed: 'a' }],
    signedDelivery: [{ channelSecret: secret, events: [event], destination: anyInput.userId }],
    signedRequest: [{ channelSecret: secret, events: [event], url: 'https://example.com/' }],
  }
}

const silent = { error: () => {}, warn: () => {}, info: () => {}, debug: () => {} }

const isClass = (value: Callable) => /^class\b/.test(Function.prototype.toString.call(value))

// The functions that write to a file, with the place of the path among their parameters.
const writing: { readonly [name: string]: number } = { sqliteStore: 0, sqliteRegistryStorage: 0, downloadTo: 1 }

/** Moves a path into a folder, so that the attack leaves no files behind. */
function inFolder(folder: string, call: Callable, at: number): Callable {
  return (...args) => {
    const path = args[at]
    // Node takes buffers and URLs too.
    const isFile = typeof path === 'string' || ArrayBuffer.isView(path) || path instanceof URL
    if (!isFile || path === '' || path === ':memory:') return call(...args)
    return call(...args.with(at, join(folder, Buffer.from(String(path)).toString('hex').slice(0, 50))))
  }
}

/** Every function that an entry exports. Classes are called with `new`. */
async function exportedFunctions(stub: typeof fetch, folder: string): Promise<Target[]> {
  const valid = await validArguments(stub)
  const targets: Target[] = []
  for (const path of Object.keys(manifest.exports)) {
    if (path === './package.json') continue
    const entry = `line-oa${path.slice(1)}`
    const exported: object = await import(/* @vite-ignore */ entry)
    for (const [name, value] of Object.entries(exported)) {
      if (typeof value !== 'function') continue
      const callable = value as Callable // a function of any parameters
      const call = isClass(callable) ? (...args: unknown[]): unknown => Reflect.construct(callable, args) : callable
      const at = writing[name]
      const safe = at === undefined ? call : inFolder(folder, call, at)
      targets.push({ name: `${entry} ${name}`, call: safe, args: valid[name] ?? [] })
    }
  }
  return targets
}

/** The methods of an object, its prototypes below Object, and its nested objects down to `depth`. */
export function* methodsOf(holder: object, name: string, depth = 2): Generator<Target> {
  const seen = new Set<string>()
  for (
    let object: object | null = holder;
    object && object !== Object.prototype && object !== Function.prototype;
    object = Object.getPrototypeOf(object)
  ) {
    for (const key of Object.getOwnPropertyNames(object)) {
      if (key === 'constructor' || seen.has(key)) continue
      seen.add(key)
      const value: unknown = Reflect.get(holder, key)
      if (isGiven(value)) continue
      if (typeof value === 'function') {
        const method = value as Callable // a function of any parameters
        yield { name: `${name}.${key}`, call: (...args) => Reflect.apply(method, holder, args), args: [anyInput, {}] }
      } else if (typeof value === 'object' && value !== null && depth > 1 && isHandle(value))
        yield* methodsOf(value, `${name}.${key}`, depth - 1)
    }
  }
}

const foreign = [
  Promise,
  Map,
  Set,
  Date,
  RegExp,
  Error,
  Request,
  Response,
  Headers,
  URL,
  Blob,
  ReadableStream,
  AbortSignal,
  ArrayBuffer,
]

/** Whether an object is one of the package with methods of its own, and not one of the runtime. */
export function isHandle(value: unknown): value is object {
  if (typeof value !== 'object' || value === null || Array.isArray(value) || ArrayBuffer.isView(value)) return false
  return (
    !foreign.some((one) => value instanceof one) &&
    !/Crypto|Iterator/.test(String(Reflect.get(value, Symbol.toStringTag) ?? ''))
  )
}

/** The handles whose methods are attacked, with arguments that fit most of them. */
async function handles(stub: typeof fetch): Promise<Target[]> {
  const valid = await validArguments(stub)
  const emulator = createEmulator({ clock: 'manual' })
  const account = emulator.createAccount({ name: 'Tea House' })
  const person = emulator.createPerson({ displayName: 'Mei' })
  const other = emulator.createPerson({ displayName: 'Ken' })
  await person.addFriend(account)
  const channel = emulator.createLoginChannel()
  const group = emulator.createGroup({ name: 'Club', members: [person] })
  const call = async (name: string, create: Callable): Promise<object> => Object(await create(...(valid[name] ?? [])))
  const { createReceiver: receive } = await import('line-oa/webhook')
  const receiver = await call('createReceiver', receive as Callable)
  const login = await call('createLoginClient', createLoginClient as Callable)
  const registry = await call('createRegistry', createRegistry as Callable)
  const client = await call('createLineClient', createLineClient as Callable)
  const delivery = await signedDelivery({ channelSecret: secret, events: [events.text({ text: 'a' })] })
  const request = await signedRequest({ channelSecret: secret, events: [events.text({ text: 'b' })] })
  const with_ = (args: readonly unknown[], from: Iterable<Target>) => [...from].map((target) => ({ ...target, args }))
  return [
    ...methodsOf(client, 'client', 3),
    ...methodsOf(login, 'login'),
    ...with_([delivery, {}], methodsOf(receiver, 'receiver')),
    ...with_([request, {}], methodsOf(receiver, 'receiver')),
    ...with_([{ ...valid['checkAccount'] }, { team: 'a' }], methodsOf(registry, 'registry')),
    ...with_([account, anyInput, {}], methodsOf(emulator, 'emulator', 3)),
    ...with_([{ name: 'Tea', displayName: 'Mei', members: [person] }, {}], methodsOf(emulator, 'emulator', 1)),
    ...with_([account, { type: 'text', text: 'a' }, {}], methodsOf(person, 'person')),
    ...with_([group, { type: 'text', text: 'a' }, {}], methodsOf(person, 'person')),
    ...with_([channel, {}], methodsOf(person, 'person')),
    ...with_([person, {}], methodsOf(account, 'account')),
    ...with_([other, {}], methodsOf(group, 'group')),
    ...with_([person, {}], methodsOf(channel, 'loginChannel')),
    ...with_([{ text: 'a', userId: anyInput.userId }, {}], methodsOf(events, 'events')),
    ...with_([{ text: 'a' }, {}], methodsOf(memoryStore(), 'memoryStore')),
  ].filter(({ name }) => !excluded.some((pattern) => pattern.test(name)))
}

/**
 * Methods that are not attacked. Fetch functions throw the TypeErrors of the web standard, `reset` ends the handles of this list, `listen` opens
 * ports, and a storage gets its rows from the registry only.
 */
export const excluded: readonly RegExp[] = [/\.(?:fetch|listen)$/, /^emulator\.reset$/, /RegistryStorage\(\)\./]

/** Everything under attack. Files go to `folder`. */
export async function targets(stub: typeof fetch, folder: string): Promise<readonly Target[]> {
  return [...(await exportedFunctions(stub, folder)), ...(await handles(stub))]
}
