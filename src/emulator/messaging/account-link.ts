import * as operations from '../../messaging/account-link/operations.js'
import { ExpiringMap } from '../expiring-map.js'
import { errorMessages } from '../platform/error-messages.js'
import { type Handlers, type Route, route } from '../platform/handler.js'
import { checkParameter, refuse } from '../platform/refusal.js'
import type { AccountState, PersonState } from '../state.js'
import { personBehind, stateOf, unused, type World } from '../world.js'

/** Issues the tokens by which accounts are linked. */
const handlers: Handlers<typeof operations> = {
  issueLinkToken({ userId }, { world, account }) {
    checkParameter('userId', userId)
    const person = personBehind(world, userId, account.channel.provider) ?? refuse(404, errorMessages.notFound)
    return { linkToken: issueLinkToken(world, account, person) }
  },
}

const tenMinutes = 10 * 60 * 1000

interface LinkToken {
  readonly account: AccountState
  readonly person: PersonState
  readonly until: number
}

// The link tokens that have not been used.
const tokens = stateOf<World, ExpiringMap<LinkToken>>(() => new ExpiringMap(({ until }, now) => now >= until))

/** Issues a link token for a person. */
export function issueLinkToken(world: World, account: AccountState, person: PersonState): string {
  const token = unused(() => world.ids.opaque(32), tokens(world))
  const now = world.clock.now()
  tokens(world).set(token, { account, person, until: now + tenMinutes }, now)
  return token
}

/** Takes a link token, which works once; `undefined` when it is used, expired or unknown, which LINE does not distinguish. */
export function takeLinkToken(world: World, token: string): LinkToken | undefined {
  const link = tokens(world).get(token, world.clock.now())
  tokens(world).delete(token)
  return link
}

/** What LINE does at the operations of this topic. */
export const routes: readonly Route[] = /* @__PURE__ */ route('channel', operations, handlers)
