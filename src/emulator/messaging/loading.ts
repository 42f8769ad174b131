import * as operations from '../../messaging/loading/operations.js'
import { chatOf, reachesFriend } from '../chat.js'
import { errorMessages, type InputMessages, mistakes } from '../platform/error-messages.js'
import { type Handlers, Reply, type Route, route } from '../platform/handler.js'
import { isOfForm, refuse } from '../platform/refusal.js'
import type { AccountState, ChatEntry, PersonState } from '../state.js'
import { personBehind, stateOf, userIdOf, type World } from '../world.js'

/** Shows the loading animation. LINE accepts it for every user, and shows it to friends. */
const handlers: Handlers<typeof operations> = {
  showLoadingAnimation({ chatId, loadingSeconds = 20 }, { world, account }) {
    if (!isOfForm('userId', chatId)) refuse(400, mistakes({ message: errorMessages.onlyUserId, property: 'chatId' }))
    const person = personBehind(world, chatId, account.channel.provider)
    if (person) showLoading(world, account, person, loadingSeconds)
    return new Reply({}, { status: 202 })
  },
}

/** LINE's texts for a time that is not allowed. */
const inputMessages: InputMessages = ({ rule, path }) => {
  if (path !== 'loadingSeconds') return undefined
  if (rule === 'range') return { message: errorMessages.seconds, property: path }
  return rule === 'other' ? { message: errorMessages.fiveSeconds, property: path } : undefined
}

interface Loading {
  readonly until: number
  /** The account's last message before it. */
  readonly after: ChatEntry | undefined
}

const shown = stateOf<AccountState, Map<PersonState, Loading>>(() => new Map())

function lastFromAccount(account: AccountState, person: PersonState): ChatEntry | undefined {
  return chatOf(account, userIdOf(person, account.channel.provider)).entries.findLast(({ from }) => from === 'account')
}

/** Shows a friend the loading animation for some seconds, or extends it when it is already shown. */
export function showLoading(world: World, account: AccountState, person: PersonState, seconds: number): void {
  if (!reachesFriend(account, person)) return
  shown(account).set(person, { until: world.clock.now() + seconds * 1000, after: lastFromAccount(account, person) })
}

/** Returns whether a user who looks at the chat sees the loading animation. It ends after its time, or with the account's next message. */
export function seesLoading(world: World, account: AccountState, person: PersonState): boolean {
  const loading = shown(account).get(person)
  return (
    loading !== undefined && world.clock.now() < loading.until && lastFromAccount(account, person) === loading.after
  )
}

/** What LINE does at the operations of this topic. */
export const routes: readonly Route[] = /* @__PURE__ */ route('channel', operations, handlers, {
  messages: inputMessages,
})
