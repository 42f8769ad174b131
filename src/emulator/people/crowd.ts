import { LineInputError } from '../../core/errors.js'
import type { Listing } from '../platform/paging.js'
import type { AccountState, PersonState, Provider } from '../state.js'
import { type CrowdOfWorld, keep, type World } from '../world.js'

/** As many as there are user IDs for in one crowd. */
const most = 2 ** 32
// Two numbers whose product leaves 1: by the one a place in the list becomes digits that look like nothing, by the other they become the place again.
const scatter = 2_654_435_761
const gather = 244_002_641

/** Friends of an account who do nothing by themselves. Each takes room only from when something concerns them alone. */
interface Crowd extends CrowdOfWorld {
  /** Their user IDs, in the order of the list of followers. */
  readonly userIds: Listing
  readonly since: number
  /** Those whom something has concerned, by their place. */
  readonly met: Map<number, PersonState>
  meetAll(): void
}

const crowdsOf = keep<AccountState, Crowd[]>(() => [])
const members = new WeakSet<PersonState>()

function createCrowd(world: World, account: AccountState, size: number): Crowd {
  const prefix = `U${world.ids.hex(24)}`
  const since = world.clock.now()
  const met = new Map<number, PersonState>()
  const userIdAt = (place: number) => prefix + (Math.imul(place, scatter) >>> 0).toString(16).padStart(8, '0')

  const meet = (place: number): PersonState => {
    const known = met.get(place)
    if (known) return known
    const nothing = {
      pictureUrl: undefined,
      statusMessage: undefined,
      language: undefined,
      email: undefined,
      phoneNumber: undefined,
    }
    const userIds = new Map([[account.channel.provider.providerId, userIdAt(place)]])
    const person: PersonState = {
      displayName: `Friend ${place + 1}`,
      ...nothing,
      attributes: {},
      notificationConsent: 'agreed',
      userIds,
    }
    met.set(place, person)
    members.add(person)
    account.friendships.set(person, { since, friend: true, blocked: false })
    return person
  }

  return {
    since,
    met,
    userIds: {
      length: size,
      slice: (from, to) =>
        Array.from({ length: Math.max(0, Math.min(to, size) - from) }, (_, at) => userIdAt(from + at)),
    },
    personBehind(userId: string, provider: Provider) {
      if (provider !== account.channel.provider || !userId.startsWith(prefix)) return undefined
      const place = Math.imul(Number.parseInt(userId.slice(prefix.length), 16), gather) >>> 0
      return place < size && userIdAt(place) === userId ? meet(place) : undefined
    },
    meetAll() {
      for (let place = 0; place < size; place++) meet(place)
    },
  }
}

/**
 * Adds a crowd to the friends of an account.
 *
 * @returns their user IDs, in the order of the list of followers. They can be gone through as often as one likes.
 */
export function addCrowd(world: World, account: AccountState, size: number): Iterable<string> {
  if (!Number.isInteger(size) || size < 1 || size > most)
    throw new LineInputError(`addCrowd: a crowd is of 1 to ${most} people`)
  const crowd = createCrowd(world, account, size)
  world.crowds.push(crowd)
  crowdsOf(account).push(crowd)
  return {
    *[Symbol.iterator]() {
      for (let from = 0; from < size; from += 1000) yield* crowd.userIds.slice(from, from + 1000)
    },
  }
}

/** The user IDs of the crowds of an account. */
export function crowdLists(account: AccountState): readonly Listing[] {
  return crowdsOf(account).map(({ userIds }) => userIds)
}

/** Tells whether a person is one of a crowd. */
export function isOfCrowd(person: PersonState): boolean {
  return members.has(person)
}

/** How many friends of the account's crowds have no entry of their own yet, of those who were friends before a time. */
export function unmetFriends(account: AccountState, before = Number.POSITIVE_INFINITY): number {
  return crowdsOf(account).reduce(
    (sum, { since, met, userIds }) => (since < before ? sum + userIds.length - met.size : sum),
    0,
  )
}

/** Gives everyone in the account's crowds an entry of their own, for what concerns them all. */
export function meetCrowds(account: AccountState): void {
  for (const crowd of crowdsOf(account)) crowd.meetAll()
}
