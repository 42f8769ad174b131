import type { AccountState, Channel, ModuleChannelState } from '../state.js'
import type { World } from '../world.js'
import { attachments, modulesOf } from './attachments.js'
import { activeChannel, chatControl, dropChatControls, setChatControl } from './control.js'
import { tellModule } from './webhook.js'

/** How long after an account was deleted LINE detaches its module channels, in milliseconds. LINE says three months. */
const detachedAfter = 90 * 24 * 60 * 60 * 1000

/** The longest time for which control of a chat can be taken, in milliseconds. */
const longestControl = 31_536_000 * 1000

/** Attaches a module channel to an account with the scopes that were granted. */
export function attach(
  world: World,
  channel: ModuleChannelState,
  account: AccountState,
  scopes: readonly string[],
): void {
  attachments(channel).set(account, scopes)
  if (scopes.includes('message:receive'))
    tellModule(world, channel, account, {
      type: 'module',
      module: { type: 'attached', botId: account.userId, scopes: [...scopes] },
    })
}

/** Detaches a module channel from an account. Its chats go back to their default channel. */
export function detach(world: World, channel: ModuleChannelState, account: AccountState, reason?: 'bot_deleted'): void {
  const scopes = attachments(channel).get(account)
  if (!scopes) return
  dropChatControls(account, channel)
  attachments(channel).delete(account)
  if (!scopes.includes('message:receive')) return
  const module = { type: 'detached', botId: account.userId, ...(reason && { reason }) } as const
  tellModule(world, channel, account, { type: 'module', module })
}

function tellAll(world: World, account: AccountState, type: 'botSuspended' | 'botResumed'): void {
  for (const channel of modulesOf(world, account))
    if (attachments(channel).get(account)?.includes('message:receive')) tellModule(world, channel, account, { type })
}

/** LINE suspends an account, or resumes it. Only module channels are told. */
export function suspend(world: World, account: AccountState, suspended: boolean): void {
  tellAll(world, account, suspended ? 'botSuspended' : 'botResumed')
}

/** Returns whether module channels are attached to an account that is being deleted. LINE suspends it, and detaches them later. */
export function endAttachments(world: World, account: AccountState): boolean {
  const channels = modulesOf(world, account)
  tellAll(world, account, 'botSuspended')
  if (channels.length > 0)
    world.clock.later(() => {
      for (const channel of channels) detach(world, channel, account, 'bot_deleted')
    }, detachedAfter)
  return channels.length > 0
}

function tellControl(world: World, channel: Channel, account: AccountState, chatId: string, until?: number): void {
  if (channel.kind !== 'module' || !attachments(channel).get(account)?.includes('message:receive')) return
  const group = world.groups.get(chatId)
  const source =
    group === undefined
      ? ({ type: 'user', userId: chatId } as const)
      : group.kind === 'group'
        ? ({ type: 'group', groupId: chatId } as const)
        : ({ type: 'room', roomId: chatId } as const)
  if (until === undefined) {
    tellModule(world, channel, account, { type: 'deactivated', source })
    return
  }
  // LINE does not say what it sends for control that does not expire.
  const expireAt = Math.min(until, world.clock.now() + longestControl)
  tellModule(world, channel, account, { type: 'activated', chatControl: { expireAt }, source })
}

/** A channel takes control of a chat. The module channels that gain and lose it are told. */
export function takeControl(
  world: World,
  account: AccountState,
  chatId: string,
  channel: Channel,
  until: number,
): void {
  const now = world.clock.now()
  const before = activeChannel(world, account, chatId)
  setChatControl(account, chatId, { channel, since: now, until })
  if (before !== channel) tellControl(world, before, account, chatId)
  tellControl(world, channel, account, chatId, until)
}

/** A channel gives control of a chat back. It does nothing for a channel that does not have it. */
export function giveControlBack(world: World, account: AccountState, chatId: string, channel: Channel): void {
  if (chatControl(account, chatId, world.clock.now())?.channel !== channel) return
  setChatControl(account, chatId, undefined)
  if (activeChannel(world, account, chatId) !== channel) tellControl(world, channel, account, chatId)
}
