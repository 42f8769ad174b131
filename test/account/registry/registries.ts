import type { ConnectResult, Registry, RegistryOptions, RegistryStorage } from 'line-oa/account'
import type { Account } from 'line-oa/emulator'
import { createReceiver } from 'line-oa/webhook'
import { afterEach, beforeEach } from 'vitest'
import { allAttested, type Setup, setup, toolUrl } from '../setup.js'
import type { StorageSubject } from './storages.js'

/** Registries with one storage, new for each test. */
export interface Registries {
  readonly line: Setup
  /** Answers a delivery as the tool's receiver, which runs in another process. */
  answer(request: Request): Promise<Response>
  readonly storage: RegistryStorage
  /** The same data through a second connection, as another process has it. */
  readonly other: RegistryStorage
  /** Makes a registry, by default with {@link storage}. */
  registry(options?: Partial<RegistryOptions>): Registry
  /** Makes a registry as another process has it. */
  elsewhere(options?: Partial<RegistryOptions>): Registry
  /** Connects an account for a team, by default the account of {@link line} for `tea`. */
  connectTo(registry: Registry, team?: string, account?: Account): Promise<ConnectResult & { readonly id: string }>
}

/** Opens a storage and an account whose tool answers before each test. */
export function registriesOver(open: () => Promise<StorageSubject>): Registries {
  let subject: StorageSubject
  let line: Setup
  // Like the receiver of another process.
  const receiver = createReceiver({
    channel: (destination) => line.createRegistry({ storage: subject.other }).channel(destination),
    onError: () => {},
  })
  const answer = (request: Request) => receiver.fetch(request)
  beforeEach(async () => {
    subject = await open()
    line = setup({ settings: { webhook: true } })
    line.servers.set(toolUrl, answer)
  })
  afterEach(() => subject.close())
  return {
    answer,
    get line() {
      return line
    },
    get storage() {
      return subject.storage
    },
    get other() {
      return subject.other
    },
    registry: (options) => line.createRegistry({ storage: subject.storage, ...options }),
    elsewhere: (options) => line.createRegistry({ storage: subject.other, ...options }),
    async connectTo(registry, team = 'tea', { channelId, channelSecret } = line.account) {
      const messaging = { channelId, channelSecret }
      const result = await line.connect({ messaging, webhookUrl: toolUrl, registry, team, confirmations: allAttested })
      return { ...result, id: result.connection?.id ?? '' }
    },
  }
}
