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

/** An emulator on a port, with a channel of each kind and a person. */
export interface PeerWorld {
  readonly emulator: Emulator
  /** The base URL of all of LINE's hosts. */
  readonly url: string
  readonly account: Account
  readonly person: Person
  /** The user ID of the person for the account. */
  readonly userId: string
  readonly loginChannel: LoginChannel
  readonly moduleChannel: ModuleChannel
  /** Clients of this SDK for the account, the LINE Login channel and the module channel. */
  readonly line: LineClient
  readonly login: LineClient
  readonly module: LineClient
}

/** The redirect URI of the module channel. */
export const redirectUri = 'https://module.example/callback'

type Names<Client> = {
  [K in keyof Client]: K extends `${string}WithHttpInfo`
    ? never
    : Client[K] extends (...input: never[]) => Promise<unknown>
      ? K
      : never
}[keyof Client]

/** Calls each method of a client of the official SDK once, and checks the result with the client of this SDK. Complete by type. */
export type MethodTable<Client> = { readonly [K in Names<Client>]-?: (peer: Client, world: PeerWorld) => Promise<void> }

/** A client of the official SDK with the calls of its methods. */
export interface PeerClient {
  /** The class of the client. */
  readonly type: { readonly name: string; readonly prototype: object }
  /** The names of the methods in the table. */
  readonly names: readonly string[]
  run(name: string, world: PeerWorld): Promise<void>
}

/** Combines a client of the official SDK with its table. */
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

/** The methods of a client of the official SDK, without the variants WithHttpInfo. */
export function methodsOf(type: { readonly prototype: object }): readonly string[] {
  return Object.getOwnPropertyNames(type.prototype).filter(
    (name) => name !== 'constructor' && !name.endsWith('WithHttpInfo'),
  )
}

/** Creates an emulator with a manual clock and its server. */
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

/** Issues a short-lived channel access token, which all channels support and which outlives the days that pass in a test. */
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

/** The configuration of a client of the official SDK for a channel. */
export async function configOf(
  world: PeerWorld,
  channel: { readonly channelId: string; readonly channelSecret: string },
): Promise<{ readonly baseURL: string; readonly channelAccessToken: string }> {
  return { baseURL: world.url, channelAccessToken: await tokenOf(world, channel) }
}
