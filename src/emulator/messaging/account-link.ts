import type * as operations from '../../messaging/account-link/operations.js'
import { issueLinkToken } from '../people/link-tokens.js'
import type { Handlers } from '../platform/handler.js'
import { checkParameter } from '../platform/identifiers.js'
import { refuse } from '../platform/refusal.js'
import { words } from '../platform/words.js'
import { personBehind } from '../world.js'

/** Issues the tokens by which accounts are linked. */
export const handlers: Handlers<typeof operations> = {
  issueLinkToken({ userId }, { world, account }) {
    checkParameter('userId', userId)
    const person = personBehind(world, userId, account.channel.provider) ?? refuse(404, words.notFound)
    return { linkToken: issueLinkToken(world, account, person) }
  },
}
