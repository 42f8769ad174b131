import type { LineClient } from 'line-oa'
import { createLineClient } from 'line-oa'
import {
  type Account,
  createEmulator,
  type Emulator,
  type LoginChannel,
  type ModuleChannel,
  type Person,
} from 'line-oa/emulator'

/** A LINE platform on a port, with somebody for every kind of channel. */
export interface PeerWorld {
  readonly emulator: Emulator
  /** The address of all of LINE's hosts. */
  readonly url: string
  readonly account: Account
  readonly person: Person
  /** Of the person, for the account. */
  readonly userId: string
  readonly loginChannel: LoginChannel
  readonly moduleChannel: ModuleChannel
  /** Our own clients, of the account, the Login channel and the module channel. */
  readonly line: LineClient
  readonly login: LineClient
  readonly module: LineClient
}

/** Where the module channel's codes go. */
export const redirectUri = 'https://module.example/callback'

type Names<Client> = {
  [K in keyof Client]: K extends `${string}WithHttpInfo`
    ? never
    : Client[K] extends (...input: never[]) => Promise<unknown>
      ? K
      : never
}[keyof Client]

/** What calls each method of a client of the peer once, and looks with our client at what came of it. Complete by type. */
export type MethodTable<Client> = { readonly [K in Names<Client>]-?: (peer: Client, world: PeerWorld) => Promise<void> }

/** A client of the peer with the calls of its methods. */
export interface PeerClient {
  /** Its class, whose methods are counted. */
  readonly type: { readonly name: string; readonly prototype: object }
  /** The names of the methods in the table. */
  readonly names: readonly string[]
  run(name: string, world: PeerWorld): Promise<void>
}

/** Puts a table under a client of the peer. */
export function peerClient<Client extends object>(
  type: { readonly name: string; readonly prototype: Client },
  make: (world: PeerWorld) => Promise<Client> | Client,
  methods: MethodTable<Client>,
): PeerClient {
  const calls = new Map<string, (peer: Client, world: PeerWorld) => Promise<void>>(Object.entries(methods))
  return {
    type,
    names: [...calls.keys()],
    run: async (name, world) => {
      const call = calls.get(name)
      if (!call) throw new Error(`${type.name}.${name} is not in the table`)
      await call(await make(world), world)
    },
  }
}

/** The methods of a client of the peer, but for those that give the same with what came around it. */
export function methodsOf(type: { readonly prototype: object }): readonly string[] {
  return Object.getOwnPropertyNames(type.prototype).filter(
    (name) => name !== 'constructor' && !name.endsWith('WithHttpInfo'),
  )
}

/** Makes a world and its server. The time stands still. */
export async function createPeerWorld(): Promise<PeerWorld & { close(): Promise<void> }> {
  const emulator = createEmulator({ clock: 'manual' })
  const { url, close } = await emulator.listen()
  const account = emulator.createAccount({ name: 'Tea House', kind: 'verified' })
  const loginChannel = emulator.createLoginChannel({ published: true })
  const moduleChannel = emulator.createModuleChannel({ redirectUris: [redirectUri] })
  const person = emulator.createPerson({ displayName: 'Mika' })
  await person.addFriend(account)
  const client = ({ channelId, channelSecret }: { readonly channelId: string; readonly channelSecret: string }) =>
    createLineClient({ channelId, channelSecret, fetch: emulator.fetch, clock: emulator.clock })
  return {
    ...{ emulator, url, account, person, loginChannel, moduleChannel, close },
    userId: person.userIdFor(account),
    line: client(account),
    login: client(loginChannel),
    module: client(moduleChannel),
  }
}

/** A short-lived token of a channel: one kind that all channels have, and that outlives the days that pass in a test. */
async function tokenOf(
  world: PeerWorld,
  channel: { readonly channelId: string; readonly channelSecret: string },
): Promise<string> {
  const issued = await world.line.tokens.issueChannelToken({
    grant_type: 'client_credentials',
    client_id: channel.channelId,
    client_secret: channel.channelSecret,
  })
  return issued.access_token
}

/** What the peer's configuration takes, for a channel. */
export async function configOf(
  world: PeerWorld,
  channel: { readonly channelId: string; readonly channelSecret: string },
): Promise<{ readonly baseURL: string; readonly channelAccessToken: string }> {
  return { baseURL: world.url, channelAccessToken: await tokenOf(world, channel) }
}
