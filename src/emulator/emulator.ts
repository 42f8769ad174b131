import { contracts } from '../contracts/index.js'
import { LineInputError } from '../core/errors.js'
import { type Account, type CreateAccountOptions, createAccount } from './account.js'
import { type Admin, createAdmin } from './admin.js'
import { checkOptions } from './check-options.js'
import type { EmulatorClock } from './clock.js'
import { type BusinessIds, createBusinessIds } from './consoles/business-id/business-id.js'
import { type ConsoleOptions, type ConsoleState, createConsoleState } from './consoles/console-state.js'
import { type Console, createConsole } from './consoles/developers/console.js'
import { createManager, type Manager } from './consoles/manager/manager.js'
import type { Faults } from './faults.js'
import {
  type AppTokenOptions,
  issueLiffTokens,
  issueNativeTokens,
  type LiffTokens,
  type NativeTokens,
} from './login/app-tokens.js'
import { type CreateLoginChannelOptions, createLoginChannel, type LoginChannel } from './login/channel.js'
import { type CreateModuleChannelOptions, createModuleChannel, type ModuleChannel } from './module/channels.js'
import {
  type CreateGroupOptions,
  type CreateRoomOptions,
  createGroup,
  createRoom,
  type Group,
  type Room,
} from './people/group.js'
import { type CreatePersonOptions, createPerson, type Person } from './people/person.js'
import { callsOf, type EmulatorCall } from './platform/calls.js'
import type { Answer, Incoming } from './platform/exchange.js'
import { createFetch, respond } from './platform/fetch.js'
import { allRecords, createPlatform } from './platform/platform.js'
import { allRoutes } from './platform/routes.js'
import type { EmulatorServer } from './platform/server.js'
import type { Provider, ProviderState } from './state.js'
import {
  addProvider,
  createWorld,
  providerOf,
  providerState,
  toLoopback,
  type World,
  type WorldOptions,
} from './world.js'

/** Options of an emulator. */
export interface EmulatorOptions extends WorldOptions {
  /** Whether LINE's rate limits are enforced, per channel and endpoint, on the emulator's clock. Default: `false`. */
  readonly enforceRateLimits?: boolean | undefined
  /** Details of the consoles that LINE does not publish, such as how long a code is valid. */
  readonly consoles?: ConsoleOptions | undefined
}

/** An in-memory LINE platform. */
export interface Emulator {
  /** Answers requests like LINE's hosts. Any other origin serves the endpoints of all hosts. It needs no `this`: pass it to a client, or replace the global `fetch` with it. */
  readonly fetch: typeof fetch
  /** The emulator's time. Give it to clients and receivers, so that both have the same time. */
  readonly clock: EmulatorClock
  /** Makes LINE fail on demand. */
  readonly faults: Faults
  /** Business ID: registration, and signing in to the consoles. */
  readonly businessId: BusinessIds
  /** LINE Official Account Manager. */
  readonly manager: Manager
  /** The LINE Developers Console. */
  readonly console: Console
  /** What LINE knows and sets up itself. */
  readonly admin: Admin
  /**
   * The calls of LINE's API that were answered, oldest first, as many as {@link EmulatorOptions.historyLimit} keeps.
   *
   * @example
   * expect(emulator.calls.map(({ operation, status }) => [operation, status])).toEqual([['replyMessage', 200]])
   */
  readonly calls: readonly EmulatorCall[]
  /**
   * Waits until no call is being answered and no delivery is being handled, also not after its response. It does not wait for timers, so advance a `manual`
   * clock for work that needs time.
   */
  idle(): Promise<void>
  /** Creates a provider. */
  createProvider(options?: {
    /** The name that users see on consent screens. Default: `Provider`. */
    readonly name?: string | undefined
  }): Provider
  /**
   * Creates a LINE Official Account with a Messaging API channel.
   *
   * @throws {LineInputError} when the provider belongs to another emulator.
   */
  createAccount(options: CreateAccountOptions): Account
  /**
   * Creates a LINE Login channel.
   *
   * @throws {LineInputError} when the linked account belongs to another provider.
   */
  createLoginChannel(options?: CreateLoginChannelOptions): LoginChannel
  /** Creates a module channel. */
  createModuleChannel(options: CreateModuleChannelOptions): ModuleChannel
  /**
   * Creates a LINE user.
   *
   * @throws {LineInputError} when the phone number is invalid or already in use.
   */
  createPerson(options: CreatePersonOptions): Person
  /** Creates a group chat. */
  createGroup(options: CreateGroupOptions): Group
  /** Creates a multi-person chat. */
  createRoom(options: CreateRoomOptions): Room
  /** Issues the tokens of a user who opens a LIFF app of the channel and consents. */
  issueLiffTokens(person: Person, channel: LoginChannel, options?: AppTokenOptions): Promise<LiffTokens>
  /** Issues the tokens of a user who logs in to a native app of the channel and consents. */
  issueNativeTokens(person: Person, channel: LoginChannel, options?: AppTokenOptions): Promise<NativeTokens>
  /** Serves the emulator over http on a port of 127.0.0.1. Node, Bun and Deno only. */
  listen(options?: {
    /** The port, from 0 to 65535. Default: 0, which takes any free port. */
    readonly port?: number | undefined
  }): Promise<EmulatorServer>
  /**
   * Resets the emulator, as if `createEmulator` had just been called with the same options. It takes effect at once, even in a
   * webhook handler and while requests are in flight.
   *
   * - Accounts, users, channels, providers, sessions, console pages and every other object that the emulator gave out before refuse with a
   *   {@link LineInputError}. Calls on them that are waiting, such as `person.send`, are rejected with one, and so is `clock.advance`.
   *   This includes settings and the figures of `admin`. Lists and values that were read before, such as a chat or `account.deliveries`,
   *   keep what they had.
   * - Open deliveries are aborted, requests in flight fail like a lost connection, and timers on `emulator.clock` are dropped without being run.
   * - The `manual` clock starts again at 2026-01-01T00:00:00Z. Another clock cannot be rewound: only what `advance` added to it is taken back.
   * - IDs and tokens are the same as after the first start. This does not hold when `random` is a function, which cannot be rewound;
   *   give a seed instead. The key and the signatures of ES256 ID tokens differ each time, because Web Crypto creates them.
   * - Faults and connected receivers are removed.
   * - `emulator.fetch`, `clock`, `faults`, `businessId`, `manager`, `console`, `admin` and a server that `listen` opened continue with the new state.
   */
  reset(): void
}

function createFaults({ faults }: World, consoles: ConsoleState): Faults {
  const records = allRecords()
  return {
    add: (fault) => {
      checkOptions('faults.add', fault)
      const { operation } = fault
      const record = typeof operation === 'string' ? records.get(operation) : operation
      if (operation !== undefined && !record) throw new LineInputError(`faults.add: unknown operation ${operation}`)
      faults.add(fault, record)
    },
    delivery: faults.setDelivery,
    consoles: consoles.faults.set,
    clear: () => {
      faults.clear()
      consoles.faults.clear()
    },
  }
}

/** Everything that belongs to one state of an emulator; `reset` replaces it as a whole. */
interface Running {
  readonly world: World
  readonly fetch: typeof fetch
  readonly respond: (request: Incoming) => Promise<Answer>
  readonly clock: EmulatorClock
  readonly faults: Faults
  readonly businessId: BusinessIds
  readonly manager: Manager
  readonly console: Console
  readonly admin: Admin
  /** The provider that an option names, or the shared default provider. */
  readonly providerFor: (provider: Provider | undefined) => ProviderState
}

function start(options: EmulatorOptions, deliver: World['deliver']): Running {
  const world = createWorld(options, deliver)
  const consoles = createConsoleState(world, options.consoles)
  const platform = createPlatform({
    world,
    records: allRecords(),
    routes: allRoutes(),
    validator: contracts(),
    enforceRateLimits: options.enforceRateLimits ?? false,
  })
  let shared: ProviderState | undefined
  const { now, setTimeout, clearTimeout, advance } = world.clock
  return {
    world,
    fetch: createFetch(world, platform),
    respond: (request) => respond(world, platform, request),
    clock: { now, setTimeout, clearTimeout, advance: (ms) => world.life.untilEnd(advance(ms)) },
    faults: createFaults(world, consoles),
    businessId: createBusinessIds(consoles),
    manager: createManager(consoles),
    console: createConsole(consoles),
    admin: createAdmin(world),
    providerFor: (provider) => {
      if (!provider) return (shared ??= addProvider(world, 'Provider'))
      const state = providerState(world, provider)
      if (world.providers.get(state.providerId) !== state) throw new LineInputError('This provider has been deleted')
      return state
    },
  }
}

/** Creates an object whose methods call those of the current object. */
function follow<Members extends object>(current: () => Members): Members {
  const method =
    (name: string) =>
    (...args: unknown[]): unknown => {
      const members = current()
      return (Reflect.get(members, name) as (...args: unknown[]) => unknown).apply(members, args) // it has methods only
    }
  return Object.fromEntries(Object.keys(current()).map((name) => [name, method(name)])) as Members // the same names
}

/**
 * Creates an in-memory LINE platform without any account or user.
 *
 * Tokens and codes are dropped when they can no longer be used. LINE answers differently for an access token that has expired or was revoked
 * than for an unknown one, and its consoles for a link that was used or has expired. The emulator does so for the last 1,000 channel access
 * tokens, access tokens of users, reset links and invitations each; older ones count as unknown. Of LINE Login's pages, which LINE does not
 * say how long they can be used, it keeps the last 1,000 unfinished logins and the last 1,000 logged-in browsers.
 *
 * @example
 * const emulator = createEmulator()
 * const account = emulator.createAccount({ name: 'Tea House' })
 * const line = createLineClient({ channelId: account.channelId, channelSecret: account.channelSecret, fetch: emulator.fetch })
 *
 * @throws {LineInputError} when an option is out of bounds.
 */
export function createEmulator(options: EmulatorOptions = {}): Emulator {
  checkOptions('createEmulator', options)
  const deliver = options.deliver ?? toLoopback()
  let current = start(options, deliver)
  return {
    fetch: (input, init) => current.fetch(input, init),
    clock: follow(() => current.clock),
    faults: follow(() => current.faults),
    businessId: follow(() => current.businessId),
    manager: follow(() => current.manager),
    console: follow(() => current.console),
    admin: follow(() => current.admin),
    get calls() {
      return [...callsOf(current.world)]
    },
    async idle() {
      const { world } = current
      return world.life.untilEnd(world.clock.idle())
    },
    createProvider(provider = {}) {
      checkOptions('createProvider', provider)
      return providerOf(current.world, addProvider(current.world, provider.name ?? 'Provider'))
    },
    createAccount(account) {
      checkOptions('createAccount', account, { name: 'name' })
      return createAccount(current.world, account, current.providerFor(account.provider))
    },
    createLoginChannel(channel = {}) {
      checkOptions('createLoginChannel', channel)
      const provider = current.providerFor(channel.provider ?? channel.linkedAccount?.provider)
      return createLoginChannel(current.world, channel, provider)
    },
    createModuleChannel(channel) {
      checkOptions('createModuleChannel', channel, { redirectUris: 'list' })
      return createModuleChannel(current.world, channel, current.providerFor(channel.provider))
    },
    createPerson(person) {
      checkOptions('createPerson', person, { displayName: 'name' })
      return createPerson(current.world, person)
    },
    createGroup(group) {
      checkOptions('createGroup', group, { name: 'name', members: 'list' })
      return createGroup(current.world, group)
    },
    createRoom(room) {
      checkOptions('createRoom', room, { members: 'list' })
      return createRoom(current.world, room)
    },
    async issueLiffTokens(person, channel, tokens) {
      const { world } = current
      return world.life.untilEnd(issueLiffTokens(world, person, channel, tokens))
    },
    async issueNativeTokens(person, channel, tokens) {
      const { world } = current
      return world.life.untilEnd(issueNativeTokens(world, person, channel, tokens))
    },
    async listen({ port = 0 } = {}) {
      const server = await import('./platform/server.js')
      return server.listen((request) => current.respond(request), port)
    },
    reset() {
      const old = current
      // The new state exists before the old one ends, because listeners of abort signals may use the emulator.
      current = start(options, deliver)
      old.world.life.end()
    },
  }
}
