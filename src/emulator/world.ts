import { LineInputError } from '../core/errors.js'
import { type ClockChoice, createTimekeeper, type Timekeeper } from './clock.js'
import { isLoopback } from './delivery/post.js'
import { createFaultBox, type FaultBox } from './faults.js'
import { createLifetime, type HandleKind, handleKind, type Lifetime } from './handle.js'
import { readHistoryLimit } from './history.js'
import { createIds, type Ids, randomFrom } from './ids.js'
import type { Channel, GroupState, PersonState, Provider, ProviderState, WebhookTarget } from './state.js'

/** Options of an emulator. */
export interface WorldOptions {
  /** The clock. Default: the runtime's time, which `advance` can move forward. `manual` only moves with `advance`. */
  readonly clock?: ClockChoice | undefined
  /**
   * Where random numbers, and with them all IDs, come from: a seed, or a function that returns numbers from 0 to below 1.
   * Default: one fixed seed, so that IDs are the same in every run. `reset` starts a seed again; it cannot rewind a function.
   */
  readonly random?: (() => number) | string | number | undefined
  /** Sends webhook deliveries to URLs without a connected receiver. Default: the runtime's `fetch`, to loopback addresses only. */
  readonly deliver?: ((request: Request) => Promise<Response>) | undefined
  /**
   * How many entries each history keeps: the entries of a chat, the messages that can be quoted, marked as read, edited and unsent, the delivery
   * reports, broadcasts and narrowcasts of an account, and the mails. Older entries are dropped, so that a long run does not fill the memory.
   * Default: 10,000.
   */
  readonly historyLimit?: number | undefined
  /**
   * How long LINE keeps the files that users send, in milliseconds. LINE deletes them after a time that it does not disclose. Default: 1,209,600,000
   * (14 days).
   */
  readonly contentLife?: number | undefined
}

/** A source of users that are created when they are needed. */
export interface BulkFriendSource {
  /** The user with an ID, if the source has it. */
  personBehind(userId: string, provider: ProviderState): PersonState | undefined
}

/** Something that topics keep state about, such as an account. */
export interface Owner {
  /** What {@link stateOf} keeps about it, and its handle, each under a separate key. */
  readonly topics: Map<symbol, unknown>
}

/** The whole state of an emulator. */
export interface World extends Owner {
  readonly life: Lifetime
  readonly clock: Timekeeper
  readonly ids: Ids
  readonly random: () => number
  readonly faults: FaultBox
  /** How many entries each history keeps. */
  readonly historyLimit: number
  /** How long the files of users are kept, in milliseconds. */
  readonly contentLife: number
  /** Sends a delivery to a URL without a connected receiver; `undefined` stands for a refused connection. */
  readonly deliver: (request: Request) => Promise<Response | undefined>
  /** By provider ID. */
  readonly providers: Map<string, ProviderState>
  /** By channel ID. */
  readonly channels: Map<string, Channel>
  readonly people: Set<PersonState>
  /** By user ID, which differs from provider to provider. */
  readonly users: Map<string, { readonly person: PersonState; readonly provider: ProviderState }>
  readonly bulkFriends: BulkFriendSource[]
  /** By group ID or room ID. */
  readonly groups: Map<string, GroupState>
  /** By normalized webhook URL. */
  readonly receivers: Map<string, WebhookTarget>
}

/**
 * Declares the state that a topic keeps about an owner, such as the world or one account, so that a new topic changes no other file.
 * It is created on first use, and stored in its owner.
 */
export function stateOf<Of extends Owner, State>(make: (owner: Of) => State): (owner: Of) => State {
  const slot = Symbol('state')
  return (owner) => {
    if (!owner.topics.has(slot)) owner.topics.set(slot, make(owner))
    return owner.topics.get(slot) as State // nothing else knows the slot
  }
}

/**
 * Sends a delivery by the runtime's fetch, to loopback addresses only; `undefined` stands for a refused connection.
 * It keeps the fetch of now: tests may put the emulator's own in its place later, which would deliver to the emulator itself.
 */
export function toLoopback(): World['deliver'] {
  const send = globalThis.fetch
  return async (request) => (isLoopback(new URL(request.url)) ? send(request) : undefined)
}

function readContentLife(life = 14 * 24 * 60 * 60 * 1000): number {
  if (!(typeof life === 'number' && life >= 0))
    throw new LineInputError('createEmulator: contentLife must be 0 or more milliseconds')
  return life
}

/** Creates an empty world. */
export function createWorld(options: WorldOptions, deliver: World['deliver'] = toLoopback()): World {
  const clock = createTimekeeper(options.clock)
  const { random: source = 'line-oa' } = options
  const random = typeof source === 'function' ? source : randomFrom(String(source))
  const life = createLifetime()
  life.onEnd(clock.close)
  return {
    topics: new Map(),
    life,
    clock,
    ids: createIds(random),
    random,
    faults: createFaultBox(),
    historyLimit: readHistoryLimit(options.historyLimit),
    contentLife: readContentLife(options.contentLife),
    deliver,
    providers: new Map(),
    channels: new Map(),
    people: new Set(),
    users: new Map(),
    bulkFriends: [],
    groups: new Map(),
    receivers: new Map(),
  }
}

/** The user ID of a person at a provider. */
export function userIdOf(person: PersonState, provider: Pick<Provider, 'providerId'>): string {
  const userId = person.userIds.get(provider.providerId)
  if (!userId) throw new LineInputError('This person and this provider belong to different emulators')
  return userId
}

/** Returns whether LINE tells accounts about a person: the person has agreed to it, and the LINE account exists. */
export function tellsProfile({ profileConsent, isDeleted }: PersonState): boolean {
  return profileConsent && !isDeleted
}

/** The person with a user ID of the given provider. */
export function personBehind(world: World, userId: string, provider: ProviderState): PersonState | undefined {
  const user = world.users.get(userId)
  if (user) return user.provider === provider ? user.person : undefined
  for (const bulk of world.bulkFriends) {
    const person = bulk.personBehind(userId, provider)
    if (person) return person
  }
  return undefined
}

function introduce(world: World, person: PersonState, provider: ProviderState, number: number): void {
  const userId = world.ids.userOf(provider.providerId, String(number))
  person.userIds.set(provider.providerId, userId)
  world.users.set(userId, { person, provider })
}

/** Adds a provider. Every person gets a user ID there at once, so that it does not depend on later calls. */
export function addProvider(world: World, name: string): ProviderState {
  const provider: ProviderState = { topics: new Map(), providerId: unused(world.ids.channel, world.providers), name }
  world.providers.set(provider.providerId, provider)
  for (const [number, person] of [...world.people].entries()) introduce(world, person, provider, number)
  return provider
}

/** Adds a person. */
export function addPerson(world: World, person: PersonState): void {
  for (const provider of world.providers.values()) introduce(world, person, provider, world.people.size)
  world.people.add(person)
}

/** An ID that is not in use. */
export function unused(make: () => string, taken: { has(id: string): boolean }): string {
  let id = make()
  while (taken.has(id)) id = make()
  return id
}

const providerHandles: HandleKind<Provider, ProviderState> = handleKind('provider')

/** The provider as it is given out. */
export function providerOf(world: World, state: ProviderState): Provider {
  const { providerId } = state
  const members = {
    providerId,
    get name() {
      return state.name
    },
  }
  return providerHandles.handleOf(state) ?? providerHandles.create(world, state, members)
}

/**
 * The state behind a provider.
 *
 * @throws {LineInputError} when it belongs to another emulator, or to this one before its last `reset`.
 */
export function providerState(world: World, provider: Provider): ProviderState {
  return providerHandles.stateBehind(world, provider)
}
