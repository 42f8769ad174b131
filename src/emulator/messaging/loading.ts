import type * as operations from '../../messaging/loading/operations.js'
import { showLoading } from '../chat/loading.js'
import { type Handlers, Reply } from '../platform/handler.js'
import { isOfForm } from '../platform/identifiers.js'
import { refuse } from '../platform/refusal.js'
import { words } from '../platform/words.js'
import { personBehind } from '../world.js'

/** Shows the loading animation. LINE accepts it for everybody, and shows it to friends. */
export const handlers: Handlers<typeof operations> = {
  showLoadingAnimation({ chatId, loadingSeconds = 20 }, { world, account }) {
    if (!isOfForm('userId', chatId)) refuse(400, words.property('chatId'))
    const person = personBehind(world, chatId, account.channel.provider)
    if (person) showLoading(world, account, person, loadingSeconds)
    return new Reply({}, { status: 202 })
  },
}
