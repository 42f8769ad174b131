import type { AccountState, Channel } from '../state.js'
import { stateOf, type World } from '../world.js'
import { modulesOf } from './attachments.js'

/** Which channel has taken control of a chat. */
export interface ChatControl {
  readonly channel: Channel
  /** In milliseconds since 1970. */
  readonly since: number
  /** When the chat goes back to its default channel; `Infinity` when it does not. */
  readonly until: number
}

// By chat.
const controls = stateOf<AccountState, Map<string, ChatControl>>(() => new Map())

/** Who has taken a chat over; `undefined` while its default channel has it. */
export function chatControl(account: AccountState, chatId: string, now: number): ChatControl | undefined {
  const control = controls(account).get(chatId)
  return control && now < control.until ? control : undefined
}

/** The channel that may answer in a chat: the one that has taken it over, else a default active module channel, else the primary channel. */
export function activeChannel(world: World, account: AccountState, chatId: string): Channel {
  const byDefault = modulesOf(world, account).find(({ defaultActive }) => defaultActive)
  return chatControl(account, chatId, world.clock.now())?.channel ?? byDefault ?? account.channel
}

/** Gives control of a chat to a channel, or back to its default channel. */
export function setChatControl(account: AccountState, chatId: string, control: ChatControl | undefined): void {
  if (control) controls(account).set(chatId, control)
  else controls(account).delete(chatId)
}

/** Returns all chats of a detached channel to their default channel. */
export function dropChatControls(account: AccountState, channel: Channel): void {
  for (const [chatId, control] of controls(account)) if (control.channel === channel) controls(account).delete(chatId)
}
