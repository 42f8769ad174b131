import type { AccountState, ChatEntry, PersonState } from '../state.js'
import { keep, userIdOf, type World } from '../world.js'
import { chatOf, reachesFriend } from './chat.js'

interface Loading {
  readonly until: number
  /** The account's last message before it. */
  readonly after: ChatEntry | undefined
}

const shown = keep<AccountState, Map<PersonState, Loading>>(() => new Map())

function lastFromAccount(account: AccountState, person: PersonState): ChatEntry | undefined {
  return chatOf(account, userIdOf(person, account.channel.provider)).entries.findLast(({ from }) => from === 'account')
}

/** Shows a friend the loading animation for so many seconds, or as many from now when it is shown already. */
export function showLoading(world: World, account: AccountState, person: PersonState, seconds: number): void {
  if (!reachesFriend(account, person)) return
  shown(account).set(person, { until: world.clock.now() + seconds * 1000, after: lastFromAccount(account, person) })
}

/** Tells whether a person sees the loading animation, given that they look at the chat: it ends by itself, and with the account's next message. */
export function seesLoading(world: World, account: AccountState, person: PersonState): boolean {
  const loading = shown(account).get(person)
  return (
    loading !== undefined && world.clock.now() < loading.until && lastFromAccount(account, person) === loading.after
  )
}
