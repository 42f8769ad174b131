import { contracts } from '../contracts.js'
import { LineInputError } from '../core/errors.js'
import { type Account, type CreateAccountOptions, createAccount } from './account.js'
import type { EmulatorClock } from './clock.js'
import { type Console, createConsole } from './console.js'
import type { Faults } from './faults.js'
import { createFetch, respond } from './front.js'
import { type CreateGroupOptions, createGroup, type Group } from './group.js'
import { type CreateLoginChannelOptions, createLoginChannel, type LoginChannel } from './login-channel.js'
import { type CreatePersonOptions, createPerson, type Person } from './person.js'
import { createPlatform } from './platform.js'
import { allRecords } from './records.js'
import { allRooms } from './rooms.js'
import type { EmulatorServer } from './server.js'
import type { Provider } from './state.js'
import { addProvider, createWorld, type World, type WorldOptions } from './world.js'

/** What an emulator may be told. All of it has a default. */
export interface EmulatorOptions extends WorldOptions {
  /** Whether LINE's rate limits are kept, per channel and endpoint, on the emulator's clock. Default: `false`. */
  readonly enforceRateLimits?: boolean | undefined
}

/** A LINE platform in memory. */
export interface Emulator {
  /** Answers as LINE's hosts do. Any other address counts as all hosts in one. It is bound: give it to a client, or put it in the place of the global one. */
  readonly fetch: typeof fetch
  readonly clock: EmulatorClock
  readonly faults: Faults
  /** What a person does in the LINE Developers Console. */
  readonly console: Console
  createProvider(options?: { readonly name?: string | undefined }): Provider
  createAccount(options: CreateAccountOptions): Account
  createLoginChannel(options?: CreateLoginChannelOptions): LoginChannel
  createPerson(options: CreatePersonOptions): Person
  createGroup(options: CreateGroupOptions): Group
  /**
   * Puts the emulator on a port of 127.0.0.1, over http. Node, Bun and Deno only.
   *
   * @param options.port default: any that is free.
   */
  listen(options?: { readonly port?: number | undefined }): Promise<EmulatorServer>
}

function createFaults({ faults }: World): Faults {
  const records = allRecords()
  return {
    add: (fault) => {
      const { operation } = fault
      const record = typeof operation === 'string' ? records.get(operation) : operation
      if (operation !== undefined && !record) throw new LineInputError(`faults.add: there is no operation ${operation}`)
      faults.add(fault, record)
    },
    delivery: faults.setDelivery,
    clear: faults.clear,
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
    if (world.providers.get(provider.providerId) !== provider) throw new LineInputError('This provider belongs to another emulator')
    return provider
  }
  const { now, setTimeout, clearTimeout, advance } = world.clock
  return {
    fetch: createFetch(world, platform),
    clock: { now, setTimeout, clearTimeout, advance },
    faults: createFaults(world),
    console: createConsole(world),
    createProvider: ({ name = 'Provider' } = {}) => addProvider(world, name),
    createAccount: (account) => createAccount(world, account, account.provider ? known(account.provider) : sharedProvider()),
    createLoginChannel: (channel = {}) =>
      createLoginChannel(world, channel, known(channel.provider ?? channel.linkedAccount?.provider ?? sharedProvider())),
    createPerson: (person) => createPerson(world, person),
    createGroup: (group) => createGroup(world, group),
    async listen({ port = 0 } = {}) {
      const server = await import('./server.js')
      return server.listen((request) => world.clock.busy(respond(world, platform, request)), port)
    },
  }
}
