import { LineInputError } from '../../core/errors.js'
import { guard } from '../handle.js'
import type { Listing } from '../platform/paging.js'
import type { AccountState, PersonState, ProviderState } from '../state.js'
import { type BulkFriendSource, stateOf, type World } from '../world.js'

/** The number of user IDs in one list. */
const most = 2 ** 32
// Two numbers that are inverse modulo 2^32: one turns a position in the list into scattered digits, the other turns them back.
const scatter = 2_654_435_761
const gather = 244_002_641

/** Friends of an account who never act. A friend takes memory only once a request or message concerns that friend. */
interface BulkFriends extends BulkFriendSource {
  /** Their user IDs, in the order of the list of followers. */
  readonly userIds: Listing
  readonly since: number
  /** The friends that have been created, by position. */
  readonly met: Map<number, PersonState>
  meetAll(): void
}

const bulkFriendsOf = stateOf<AccountState, BulkFriends[]>(() => [])

function createBulkFriendList(world: World, account: AccountState, size: number): BulkFriends {
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
      topics: new Map(),
      displayName: `Friend ${place + 1}`,
      ...nothing,
      attributes: {},
      notificationConsent: 'agreed',
      profileConsent: true,
      isDeleted: false,
      userIds,
      isBulkFriend: true,
    }
    met.set(place, person)
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
    personBehind(userId: string, provider: ProviderState) {
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
 * Adds many friends to an account.
 *
 * @returns their user IDs, in the order of the list of followers. They can be iterated any number of times.
 */
export function addBulkFriends(world: World, account: AccountState, size: number): Iterable<string> {
  if (!Number.isInteger(size) || size < 1 || size > most)
    throw new LineInputError(`addBulkFriends: size must be an integer from 1 to ${most}`)
  const bulk = createBulkFriendList(world, account, size)
  world.bulkFriends.push(bulk)
  bulkFriendsOf(account).push(bulk)
  return guard<Iterable<string>>(world, {
    *[Symbol.iterator]() {
      for (let from = 0; from < size; from += 1000) yield* bulk.userIds.slice(from, from + 1000)
    },
  })
}

/** The user IDs of the bulk friends of an account. */
export function bulkFriendLists(account: AccountState): readonly Listing[] {
  return bulkFriendsOf(account).map(({ userIds }) => userIds)
}

/** The number of bulk friends without an entry in memory, of those who became friends before a time. */
export function pendingBulkFriends(account: AccountState, before = Number.POSITIVE_INFINITY): number {
  return bulkFriendsOf(account).reduce(
    (sum, { since, met, userIds }) => (since < before ? sum + userIds.length - met.size : sum),
    0,
  )
}

/** Creates an entry for every bulk friend of the account, for what concerns all of them. */
export function createBulkFriends(account: AccountState): void {
  for (const bulk of bulkFriendsOf(account)) bulk.meetAll()
}
