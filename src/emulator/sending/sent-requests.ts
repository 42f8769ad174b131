import type { AccountState, PersonState } from '../state.js'
import { keep, type World } from '../world.js'

/** A broadcast or narrowcast, which LINE's figures and audiences go by. */
export interface SentRequest {
  readonly account: AccountState
  /** When LINE accepted it, in milliseconds since 1970. */
  readonly at: number
  /** How many bubbles it has. */
  readonly bubbles: number
  /** Whom it reached; `undefined` while it is being sent, and when it failed. */
  people(): readonly PersonState[] | undefined
  /** Who opened which of its links, in order. */
  readonly opened: { readonly person: PersonState; readonly url: string }[]
}

const byId = keep<World, Map<string, SentRequest>>(() => new Map())

/** Keeps a broadcast or narrowcast under its request ID. */
export function keepSentRequest(world: World, requestId: string, request: Omit<SentRequest, 'opened'>): void {
  byId(world).set(requestId, { ...request, opened: [] })
}

/** The broadcast or narrowcast under a request ID, whoever sent it. */
export function findSentRequest(world: World, requestId: string): SentRequest | undefined {
  return byId(world).get(requestId)
}
