import type { AccountState, ModuleChannelState } from '../state.js'
import { stateOf, type World } from '../world.js'

/** The accounts that a module channel is attached to, in the order in which that was done, each with the scopes that its administrator granted. */
export const attachments: (channel: ModuleChannelState) => Map<AccountState, readonly string[]> = stateOf(
  () => new Map(),
)

/** The module channels that are attached to an account. */
export function modulesOf(world: World, account: AccountState): readonly ModuleChannelState[] {
  return [...world.channels.values()].flatMap((channel) =>
    channel.kind === 'module' && attachments(channel).has(account) ? [channel] : [],
  )
}

/** Returns whether an administrator has granted a scope to a module channel. */
export function hasScope(channel: ModuleChannelState, account: AccountState, scope: string): boolean {
  return attachments(channel).get(account)?.includes(scope) === true
}
