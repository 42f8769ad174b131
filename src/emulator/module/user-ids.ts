import type { AccountState } from '../state.js'
import { personBehind, stateOf, type World } from '../world.js'

/** The form of user IDs that a module channel sees. */
export const moduleUserIdPattern: RegExp = /^LU[0-9a-f]{32}-U[0-9a-f]{32}$/

// An ID that no user has. It stands for IDs of the other kind of channel.
const unusedId = `U${'0'.repeat(32)}`

// The IDs of the provider, by the IDs that module channels see.
const known = stateOf<AccountState, Map<string, string>>(() => new Map())

/** The ID of a user as module channels see it. It is another one for each account. */
export function moduleUserId(world: World, account: AccountState, userId: string): string {
  const own = `L${world.ids.userOf('module', account.userId, userId)}-${account.userId}`
  known(account).set(own, userId)
  return own
}

/** The user ID of the provider behind one that a module channel uses. */
export function primaryUserId(account: AccountState, moduleId: string): string {
  return known(account).get(moduleId) ?? unusedId
}

type Translate = (text: string) => string

// Where calls, answers and events have user IDs.
const names: readonly string[] = ['to', 'userId', 'userIds', 'chatId', 'memberIds', 'id']

function translate(value: unknown, name: string, change: Translate): unknown {
  if (typeof value === 'string') return names.includes(name) ? change(value) : value
  if (Array.isArray(value)) return value.map((item: unknown) => translate(item, name, change))
  if (typeof value !== 'object' || value === null) return value
  // Files and the like stay what they are.
  const kind: unknown = Object.getPrototypeOf(value)
  if (kind !== Object.prototype && kind !== null) return value
  return Object.fromEntries(Object.entries(value).map(([key, of]) => [key, translate(of, key, change)]))
}

/** Turns the user IDs of a call of a module channel into those of the provider. The IDs that the primary channel sees belong to no user for it. */
export function fromModule<Value extends object>(account: AccountState, value: Value): Value {
  const change: Translate = (text) => {
    if (moduleUserIdPattern.test(text)) return primaryUserId(account, text)
    // The bot's own ID stays what it is.
    return /^U[0-9a-f]{32}$/.test(text) && text !== account.userId ? unusedId : text
  }
  return translate(value, '', change) as Value // only texts have changed
}

/** Turns the user IDs of an answer or event into those that module channels see. */
export function forModule<Value extends object>(world: World, account: AccountState, value: Value): Value {
  const change: Translate = (text) =>
    personBehind(world, text, account.channel.provider) ? moduleUserId(world, account, text) : text
  return translate(value, '', change) as Value // only texts have changed
}
