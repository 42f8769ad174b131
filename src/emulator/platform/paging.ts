import { keep } from '../world.js'
import type { BotCall, OpenCall } from './handler.js'
import { refuse } from './refusal.js'
import { words } from './words.js'

const day = 24 * 60 * 60 * 1000

/** A list as it stands: an array, or what knows its entries without holding them. */
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

// What is left of each list that somebody is going through, by its continuation token, the oldest first.
const rests = keep<object, Map<string, Rest>>(() => new Map())

/** Which page of a list. */
export interface PageChoice {
  /** Which list it is: a token of one is no good for another. */
  readonly list: string
  readonly start: string | undefined
  readonly limit: number
}

/** One page. */
export interface Page {
  readonly items: readonly string[]
  readonly next?: string
}

/** Cuts a list into pages. It is taken as it stands at its first page; a token goes on with it for 24 hours, as often as one likes. */
export function turnPage(call: BotCall, choice: PageChoice, listAll: () => Listing): Page {
  return turnPageOf(call.account, call, choice, listAll)
}

/** Cuts a list into pages as {@link turnPage} does, for whoever the list is about. */
export function turnPageOf(
  owner: object,
  { world, now }: OpenCall,
  { list, start, limit }: PageChoice,
  listAll: () => Listing,
): Page {
  const known = rests(owner)
  const rest = start === undefined ? { list, all: listAll(), from: 0, until: now + day } : known.get(start)
  if (!rest || rest.list !== list || now >= rest.until) return refuse(400, words.startParam)
  const { all, from } = rest
  const to = from + limit
  const items = all.slice(from, to)
  if (to >= all.length) return { items }
  for (const [token, { until }] of known) {
    if (now < until) break
    known.delete(token)
  }
  const next = world.ids.opaque(40)
  known.set(next, { list, all, from: to, until: now + day })
  return { items, next }
}
