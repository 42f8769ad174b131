import type { AccountState, Channel, ModuleChannelState } from '../state.js'
import { stateOf } from '../world.js'

/** Which channel has taken control of a chat. */
export interface ChatControl {
  readonly channel: Channel
  /** In milliseconds since 1970. */
  readonly since: number
  /** When it goes back to the account's primary channel; `Infinity` when it does not expire. */
  readonly until: number
}

// By chat.
const controls = stateOf<AccountState, Map<string, ChatControl>>(() => new Map())

/** Who has taken a chat over; `undefined` while the account's primary channel has it. */
export function chatControl(account: AccountState, chatId: string, now: number): ChatControl | undefined {
  const control = controls(account).get(chatId)
  return control && now < control.until ? control : undefined
}

/** Gives control of a chat to a channel, or back to the account's primary channel. */
export function setChatControl(account: AccountState, chatId: string, control: ChatControl | undefined): void {
  if (control) controls(account).set(chatId, control)
  else controls(account).delete(chatId)
}

/** Returns all chats of a detached channel to the primary channel. */
export function dropChatControls(account: AccountState, channel: Channel): void {
  for (const [chatId, control] of controls(account)) if (control.channel === channel) controls(account).delete(chatId)
}

/** The accounts that a module channel is attached to, in the order in which that was done. */
export const attachedTo: (channel: ModuleChannelState) => Set<AccountState> = stateOf(() => new Set())
