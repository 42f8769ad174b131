import { contracts } from '../contracts.js'
import { LineInputError } from '../core/errors.js'
import { type Account, type CreateAccountOptions, createAccount } from './account.js'
import { type Backstage, createBackstage } from './backstage.js'
import type { EmulatorClock } from './clock.js'
import { type Console, createConsole } from './console.js'
import { type BusinessIds, createBusinessIds } from './consoles/business-id.js'
import { createManager, type Manager } from './consoles/manager.js'
import { type ConsoleOptions, createOffice, type Office } from './consoles/office.js'
import type { Faults } from './faults.js'
import {
  type AppTokenOptions,
  issueLiffTokens,
  issueNativeTokens,
  type LiffTokens,
  type NativeTokens,
} from './login/app-tokens.js'
import { type CreateLoginChannelOptions, createLoginChannel, type LoginChannel } from './login-channel.js'
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
import { createFetch, respond } from './platform/front.js'
import { createPlatform } from './platform/platform.js'
import { allRecords } from './platform/records.js'
import { allRooms } from './platform/rooms.js'
import type { EmulatorServer } from './platform/server.js'
import type { Provider } from './state.js'
import { addProvider, createWorld, type World, type WorldOptions } from './world.js'

/** What an emulator may be told. All of it has a default. */
export interface EmulatorOptions extends WorldOptions {
  /** Whether LINE's rate limits are kept, per channel and endpoint, on the emulator's clock. Default: `false`. */
  readonly enforceRateLimits?: boolean | undefined
  /** What LINE does not publish about its consoles, such as how long a code is taken. */
  readonly consoles?: ConsoleOptions | undefined
}

/** A LINE platform in memory. */
export interface Emulator {
  /** Answers as LINE's hosts do. Any other address counts as all hosts in one. It is bound: give it to a client, or put it in the place of the global one. */
  readonly fetch: typeof fetch
  readonly clock: EmulatorClock
  readonly faults: Faults
  /** Business ID: how people register, and sign in to the consoles. */
  readonly businessId: BusinessIds
  /** What people do in the LINE Official Account Manager. */
  readonly manager: Manager
  /** What a person does in the LINE Developers Console. */
  readonly console: Console
  /** What LINE knows and sets up by itself. */
  readonly backstage: Backstage
  createProvider(options?: { readonly name?: string | undefined }): Provider
  createAccount(options: CreateAccountOptions): Account
  createLoginChannel(options?: CreateLoginChannelOptions): LoginChannel
  createModuleChannel(options: CreateModuleChannelOptions): ModuleChannel
  createPerson(options: CreatePersonOptions): Person
  createGroup(options: CreateGroupOptions): Group
  createRoom(options: CreateRoomOptions): Room
  /** A person opens a LIFF app of the channel, and grants what it asks for. */
  issueLiffTokens(person: Person, channel: LoginChannel, options?: AppTokenOptions): Promise<LiffTokens>
  /** A person logs in to a native app of the channel, and grants what it asks for. */
  issueNativeTokens(person: Person, channel: LoginChannel, options?: AppTokenOptions): Promise<NativeTokens>
  /**
   * Puts the emulator on a port of 127.0.0.1, over http. Node, Bun and Deno only.
   *
   * @param options.port default: any that is free.
   */
  listen(options?: { readonly port?: number | undefined }): Promise<EmulatorServer>
}

function createFaults({ faults }: World, office: Office): Faults {
  const records = allRecords()
  return {
    add: (fault) => {
      const { operation } = fault
      const record = typeof operation === 'string' ? records.get(operation) : operation
      if (operation !== undefined && !record) throw new LineInputError(`faults.add: there is no operation ${operation}`)
      faults.add(fault, record)
    },
    delivery: faults.setDelivery,
    consoles: office.faults.set,
    clear: () => {
      faults.clear()
      office.faults.clear()
    },
  }
}

/**
 * Makes a LINE platform in memory, which knows nobody yet.
 *
 * @example
 * const emulator = createEmulator()
 * const account = emulator.createAccount({ name: 'Tea House' })
 * const line = createLineClient({ channelId: account.channelId, channelSecret: account.channelSecret, fetch: emulator.fetch })
 */
export function createEmulator(options: EmulatorOptions = {}): Emulator {
  const world = createWorld(options)
  const office = createOffice(world, options.consoles)
  const platform = createPlatform({
    world,
    records: allRecords(),
    rooms: allRooms(),
    validator: contracts(),
    enforceRateLimits: options.enforceRateLimits ?? false,
  })
  let shared: Provider | undefined
  const sharedProvider = (): Provider => (shared ??= addProvider(world, 'Provider'))
  const known = (provider: Provider): Provider => {
    if (world.providers.get(provider.providerId) !== provider)
      throw new LineInputError('This provider belongs to another emulator')
    return provider
  }
  const { now, setTimeout, clearTimeout, advance } = world.clock
  return {
    fetch: createFetch(world, platform),
    clock: { now, setTimeout, clearTimeout, advance },
    faults: createFaults(world, office),
    businessId: createBusinessIds(office),
    manager: createManager(office),
    console: createConsole(office),
    backstage: createBackstage(world),
    createProvider: ({ name = 'Provider' } = {}) => addProvider(world, name),
    createAccount: (account) =>
      createAccount(world, account, account.provider ? known(account.provider) : sharedProvider()),
    createLoginChannel: (channel = {}) =>
      createLoginChannel(
        world,
        channel,
        known(channel.provider ?? channel.linkedAccount?.provider ?? sharedProvider()),
      ),
    createModuleChannel: (channel) => createModuleChannel(world, channel, known(channel.provider ?? sharedProvider())),
    createPerson: (person) => createPerson(world, person),
    createGroup: (group) => createGroup(world, group),
    createRoom: (room) => createRoom(world, room),
    issueLiffTokens: (person, channel, tokens) => issueLiffTokens(world, person, channel, tokens),
    issueNativeTokens: (person, channel, tokens) => issueNativeTokens(world, person, channel, tokens),
    async listen({ port = 0 } = {}) {
      const server = await import('./platform/server.js')
      return server.listen((request) => world.clock.busy(respond(world, platform, request)), port)
    },
  }
}
