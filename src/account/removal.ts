import { deleteAudienceGroup } from '../audience/group/operations.js'
import type { LineApiError } from '../core/errors.js'
import { deleteLIFFApp } from '../liff/operations.js'
import { cancelDefaultRichMenu, deleteRichMenu } from '../messaging/rich-menu/operations.js'
import { deleteRichMenuAlias } from '../messaging/rich-menu-alias/operations.js'
import { type Answer, ask, isUnavailable } from './ask.js'
import type { Leftover, LeftoverKind } from './leftovers.js'
import type { Calls } from './run.js'

/** Which of what is on record to remove: nothing, all of it, some kinds, or what a function picks. */
export type Removal = 'none' | 'all' | readonly LeftoverKind[] | ((leftover: Leftover) => boolean)

/** Whether something is to be removed. What is not ours never is, whatever was chosen. Rule: clean-up-first. */
export function isChosen(removal: Removal, leftover: Leftover): boolean {
  if (leftover.madeBy !== 'this-tool') return false
  if (typeof removal === 'function') return removal(leftover)
  return typeof removal === 'string' ? removal === 'all' : removal.includes(leftover.kind)
}

function removing(
  { kind, id }: Leftover,
  account: Calls | undefined,
  login: Calls | undefined,
): Promise<object> | undefined {
  if (kind === 'liff-app') return login?.(deleteLIFFApp, { liffId: id })
  if (kind === 'rich-menu-alias') return account?.(deleteRichMenuAlias, { richMenuAliasId: id })
  if (kind === 'default-rich-menu') return account?.(cancelDefaultRichMenu, {})
  if (kind === 'rich-menu') return account?.(deleteRichMenu, { richMenuId: id })
  if (kind === 'audience') return account?.(deleteAudienceGroup, { audienceGroupId: Number(id) })
  return undefined
}

// Of an audience LINE says so by a 400.
const isGone = ({ status, lineMessage, details }: LineApiError) =>
  status === 404 ||
  [lineMessage, ...details.map(({ message }) => message)].some((text) => /AUDIENCE_GROUP_NOT_FOUND/.test(text ?? ''))

/**
 * Removes one thing, and tells how it went.
 *
 * @throws never for what LINE says: that stands in the answer.
 */
export async function remove(
  leftover: Leftover,
  account: Calls | undefined,
  login: Calls | undefined,
): Promise<Leftover> {
  const call = removing(leftover, account, login)
  if (!call) return { ...leftover, action: 'failed', reason: 'there is nothing to call LINE with' }
  let answer: Answer<object>
  try {
    answer = await ask(call)
  } catch (error) {
    if (!isUnavailable(error)) throw error
    return { ...leftover, action: 'failed', reason: error.message }
  }
  const { refusal } = answer
  if (!refusal) return { ...leftover, action: 'removed' }
  return isGone(refusal) ? { ...leftover, action: 'gone' } : { ...leftover, action: 'failed', reason: refusal.message }
}
