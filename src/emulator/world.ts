import { LineInputError } from '../core/errors.js'
import { type ClockChoice, createTimekeeper, type Timekeeper } from './clock.js'
import { isLoopback } from './delivery/webhook-url.js'
import { createFaultBox, type FaultBox } from './faults.js'
import { createIds, type Ids, randomFrom } from './ids.js'
import type {
  Channel,
  GroupState,
  MessageReference,
  PersonState,
  Provider,
  Receiver,
  ReplyToken,
  Token,
} from './state.js'

/** What an emulator may be told. All of it has a default. */
export interface WorldOptions {
  /** Default: the runtime's time, which `advance` moves forward from there. `manual` stands still between calls of `advance`. */
  readonly clock?: ClockChoice | undefined
  /** Numbers from 0 to below 1. Default: the same sequence in every run, so that IDs are the same too. */
  readonly random?: (() => number) | undefined
  /** Sends webhook deliveries to URLs that no receiver is connected under. Default: the runtime's fetch, to loopback addresses only. */
  readonly deliver?: ((request: Request) => Promise<Response>) | undefined
}

/** People who are made up when they are asked for. */
export interface CrowdOfWorld {
  /** The one behind a user ID, where the ID is of this crowd. */
  personBehind(userId: string, provider: Provider): PersonState | undefined
}

/** Everything that LINE holds. */
export interface World {
  readonly clock: Timekeeper
  readonly ids: Ids
  readonly random: () => number
  readonly faults: FaultBox
  readonly deliver: (request: Request) => Promise<Response>
  /** By provider ID. */
  readonly providers: Map<string, Provider>
  /** By channel ID. */
  readonly channels: Map<string, Channel>
  readonly people: Set<PersonState>
  /** By user ID, which differs from provider to provider. */
  readonly users: Map<string, { readonly person: PersonState; readonly provider: Provider }>
  readonly crowds: CrowdOfWorld[]
  /** By group ID or room ID. */
  readonly groups: Map<string, GroupState>
  /** By the token itself, as are all maps of tokens. */
  readonly tokens: Map<string, Token>
  readonly replyTokens: Map<string, ReplyToken>
  readonly quoteTokens: Map<string, MessageReference>
  readonly readTokens: Map<string, MessageReference>
  /** By webhook URL, as URLs write themselves. */
  readonly receivers: Map<string, Receiver>
}

/**
 * Declares what a topic keeps about an owner, such as the world or one account, so that a new topic changes no other file.
 * It is made when it is first asked for, and goes with its owner.
 */
export function keep<Owner extends object, Kept>(make: (owner: Owner) => Kept): (owner: Owner) => Kept {
  const kept = new WeakMap<Owner, Kept>()
  return (owner) => {
    let own = kept.get(owner)
    if (own === undefined) kept.set(owner, (own = make(owner)))
    return own
  }
}

// The runtime's fetch as it is now: tests put the emulator's own in its place, which would deliver to the emulator itself.
function toLoopback(): (request: Request) => Promise<Response> {
  const send = globalThis.fetch
  return async (request) => {
    if (isLoopback(new URL(request.url))) return send(request)
    throw Object.assign(
      new Error('The emulator delivers to loopback addresses only, unless createEmulator is given `deliver`'),
      {
        code: 'ECONNREFUSED',
      },
    )
  }
}

/** Makes an empty world. */
export function createWorld(options: WorldOptions): World {
  const clock = createTimekeeper(options.clock)
  const random = options.random ?? randomFrom('line-oa')
  return {
    clock,
    ids: createIds(random),
    random,
    faults: createFaultBox(),
    deliver: options.deliver ?? toLoopback(),
    providers: new Map(),
    channels: new Map(),
    people: new Set(),
    users: new Map(),
    crowds: [],
    groups: new Map(),
    tokens: new Map(),
    replyTokens: new Map(),
    quoteTokens: new Map(),
    readTokens: new Map(),
    receivers: new Map(),
  }
}

/** The user ID of a person at a provider. */
export function userIdOf(person: PersonState, provider: Provider): string {
  const userId = person.userIds.get(provider.providerId)
  if (!userId) throw new LineInputError('This person and this account belong to different emulators')
  return userId
}

/** The person behind a user ID, where the provider is the one that the ID is for. */
export function personBehind(world: World, userId: string, provider: Provider): PersonState | undefined {
  const user = world.users.get(userId)
  if (user) return user.provider === provider ? user.person : undefined
  for (const crowd of world.crowds) {
    const person = crowd.personBehind(userId, provider)
    if (person) return person
  }
  return undefined
}

function introduce(world: World, person: PersonState, provider: Provider, number: number): void {
  const userId = world.ids.userOf(provider.providerId, String(number))
  person.userIds.set(provider.providerId, userId)
  world.users.set(userId, { person, provider })
}

/** Adds a provider. Everyone has a user ID there from the start, so that it depends on nothing that happens later. */
export function addProvider(world: World, name: string): Provider {
  const provider: Provider = { providerId: unused(world.ids.channel, world.providers), name }
  world.providers.set(provider.providerId, provider)
  for (const [number, person] of [...world.people].entries()) introduce(world, person, provider, number)
  return provider
}

/** Adds a person. */
export function addPerson(world: World, person: PersonState): void {
  for (const provider of world.providers.values()) introduce(world, person, provider, world.people.size)
  world.people.add(person)
}

/** An ID that nothing has yet. */
export function unused(make: () => string, taken: { has(id: string): boolean }): string {
  let id = make()
  while (taken.has(id)) id = make()
  return id
}
