import type { AccountState, PersonState } from '../state.js'
import { keep, unused, type World } from '../world.js'

const tenMinutes = 10 * 60 * 1000

interface LinkToken {
  readonly account: AccountState
  readonly person: PersonState
  readonly until: number
}

// Those that nobody has used yet.
const tokens = keep<World, Map<string, LinkToken>>(() => new Map())

/** Issues a link token for a person. */
export function issueLinkToken(world: World, account: AccountState, person: PersonState): string {
  const token = unused(() => world.ids.opaque(32), tokens(world))
  tokens(world).set(token, { account, person, until: world.clock.now() + tenMinutes })
  return token
}

/** Uses a link token up; `undefined` when it has been used, is too old, or never was. */
export function takeLinkToken(world: World, token: string): LinkToken | undefined {
  const link = tokens(world).get(token)
  tokens(world).delete(token)
  return link && world.clock.now() < link.until ? link : undefined
}
