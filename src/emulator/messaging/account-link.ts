import type * as operations from '../../messaging/account-link/operations.js'
import type { Handlers } from '../handler.js'
import { checkParameter } from '../identifiers.js'
import { issueLinkToken } from '../link-tokens.js'
import { refuse } from '../refusal.js'
import { words } from '../words.js'
import { personBehind } from '../world.js'

/** Issues the tokens by which accounts are linked. */
export const handlers: Handlers<typeof operations> = {
  issueLinkToken({ userId }, { world, account }) {
    checkParameter('userId', userId)
    const person = personBehind(world, userId, account.channel.provider) ?? refuse(404, words.notFound)
    return { linkToken: issueLinkToken(world, account, person) }
  },
}
