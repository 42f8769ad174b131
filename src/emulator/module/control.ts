import type { AccountState, Channel } from '../state.js'
import { keep } from '../world.js'

/** Who has taken a chat over. */
export interface ChatControl {
  readonly channel: Channel
  /** In milliseconds since 1970. */
  readonly since: number
  /** When it goes back to the account's primary channel; `Infinity` when it does not by itself. */
  readonly until: number
}

// By chat.
const controls = keep<AccountState, Map<string, ChatControl>>(() => new Map())

/** Who has taken a chat over; `undefined` while the account's primary channel has it. */
export function chatControl(account: AccountState, chatId: string, now: number): ChatControl | undefined {
  const control = controls(account).get(chatId)
  return control && now < control.until ? control : undefined
}

/** Hands a chat over, or back to the account's primary channel. */
export function setChatControl(account: AccountState, chatId: string, control: ChatControl | undefined): void {
  if (control) controls(account).set(chatId, control)
  else controls(account).delete(chatId)
}

/** Gives all chats of a channel back that is detached. */
export function dropChatControls(account: AccountState, channel: Channel): void {
  for (const [chatId, control] of controls(account)) if (control.channel === channel) controls(account).delete(chatId)
}
