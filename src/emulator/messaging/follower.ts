import type * as operations from '../../messaging/follower/operations.js'
import { reachableFriends } from '../chat.js'
import type { Handlers } from '../handler.js'
import { refuse } from '../refusal.js'
import type { AccountState } from '../state.js'
import { words } from '../words.js'
import { keep, userIdOf } from '../world.js'

const day = 24 * 60 * 60 * 1000

interface Page {
  readonly rest: readonly string[]
  readonly until: number
}

// What is left of each list that somebody is going through, by its continuation token.
const pages = keep<AccountState, Map<string, Page>>(() => new Map())

/** Lists friends, page by page. */
export const handlers: Handlers<typeof operations> = {
  getFollowers({ start, limit = 300 }, { world, account, now }) {
    if (account.kind === 'unverified') refuse(403, words.notAvailable)
    const page = start === undefined ? undefined : pages(account).get(start)
    if (start !== undefined && !(page && now < page.until)) refuse(400, words.startParam)
    const all = page?.rest ?? reachableFriends(account).map((person) => userIdOf(person, account.channel.provider))
    const rest = all.slice(limit)
    if (!rest.length) return { userIds: [...all] }
    const next = world.ids.opaque(40)
    pages(account).set(next, { rest, until: now + day })
    return { userIds: all.slice(0, limit), next }
  },
}
