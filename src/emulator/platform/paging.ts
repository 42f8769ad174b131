import { ExpiringMap } from '../expiring-map.js'
import { type Owner, stateOf } from '../world.js'
import { errorMessages } from './error-messages.js'
import type { BotCall, OpenCall } from './handler.js'
import { refuse } from './refusal.js'

const day = 24 * 60 * 60 * 1000

/** A list: an array, or an object that computes its entries. */
export interface Listing {
  readonly length: number
  slice(from: number, to: number): readonly string[]
}

interface Rest {
  readonly list: string
  readonly all: Listing
  readonly from: number
  readonly until: number
}

// The rest of each list that is being paginated, by its continuation token.
const rests = stateOf<Owner, ExpiringMap<Rest>>(() => new ExpiringMap(({ until }, now) => now >= until))

/** Which page of a list. */
export interface PageChoice {
  /** The name of the list. A token of one list is not valid for another. */
  readonly list: string
  readonly start: string | undefined
  readonly limit: number
}

/** One page. */
export interface Page {
  readonly items: readonly string[]
  readonly next?: string
}

/** Returns one page of a list. The list is fixed at its first page; a token is valid for 24 hours, any number of times. */
export function nextPage(call: BotCall, choice: PageChoice, listAll: () => Listing): Page {
  return nextPageOf(call.account, call, choice, listAll)
}

/** Returns one page like {@link nextPage}, for a list of any owner. */
export function nextPageOf(
  owner: Owner,
  { world, now }: OpenCall,
  { list, start, limit }: PageChoice,
  listAll: () => Listing,
): Page {
  const known = rests(owner)
  const rest = start === undefined ? { list, all: listAll(), from: 0, until: now + day } : known.get(start, now)
  if (rest?.list !== list) return refuse(400, errorMessages.startParam)
  const { all, from } = rest
  const to = from + limit
  const items = all.slice(from, to)
  if (to >= all.length) return { items }
  const next = world.ids.opaque(40)
  known.set(next, { list, all, from: to, until: now + day }, now)
  return { items, next }
}
