import { deleteAudienceGroup, getAudienceGroups } from '../../audience/group/operations.js'
import { refusalReason } from '../../core/call/api-error.js'
import { deleteLIFFApp, getAllLIFFApps } from '../../liff/operations.js'
import {
  cancelDefaultRichMenu,
  deleteRichMenu,
  getDefaultRichMenuId,
  getRichMenuList,
} from '../../messaging/rich-menu/operations.js'
import { deleteRichMenuAlias, getRichMenuAliasList } from '../../messaging/rich-menu-alias/operations.js'
import { type Calls, type DataOrRefusal, errorFacts, isUnavailable } from '../check/check-run.js'
import type { Resource, ResourceKind } from '../registry/types.js'

/** The kinds of leftovers: what can remain at LINE after a tool is disconnected. */
export type LeftoverKind = ResourceKind | 'webhook-url' | 'minted-token' | 'long-lived-token'

/** A resource, token or webhook URL that can remain at LINE after a tool is disconnected. */
export interface Leftover {
  /** The kind. */
  readonly kind: LeftoverKind
  /** Its ID at LINE; for a webhook URL its host, and for a token its kind. */
  readonly id: string
  /** Its name at LINE. Missing when it has none. */
  readonly name?: string | undefined
  /** `this-tool` if it is recorded as created by this tool; `unattributed` if others may have created it. Unattributed leftovers are never removed. */
  readonly madeBy: 'this-tool' | 'unattributed'
  /**
   * - `removed`, `restored`: done now.
   * - `gone`: it was removed earlier.
   * - `kept`: this tool did not create it, or it was not selected.
   * - `would-remove`, `would-restore`: what would be done without `dryRun`.
   * - `failed`: try again.
   */
  readonly action: 'removed' | 'restored' | 'gone' | 'kept' | 'would-remove' | 'would-restore' | 'failed'
  /** Why it failed, or why it was kept although it was selected. */
  readonly reason?: string | undefined
}

/** A kind of leftovers that could not be read. */
export interface Unread {
  /** The kind that could not be read. */
  readonly kind: LeftoverKind
  /** `refused` when LINE does not show it to this channel; `unavailable` when LINE was unavailable. */
  readonly reason: 'refused' | 'unavailable'
  /** The HTTP status of LINE's response. Missing if LINE did not respond. */
  readonly status?: number | undefined
}

/** The leftovers at LINE, and the recorded resources that were not found. */
export interface Inventory {
  readonly found: readonly Leftover[]
  readonly unread: readonly Unread[]
  /** Recorded resources that no longer exist at LINE. */
  readonly gone: readonly Resource[]
  /** Recorded resources that could not be read. */
  readonly unseen: readonly Resource[]
}

/** The channels of an account that are open. */
export interface OpenChannels {
  /** Calls for the Messaging API channel; `undefined` when it did not open. */
  readonly account: Calls | undefined
  /** Calls for the LINE Login channel; `undefined` when the tool has no such channel, or it did not open. */
  readonly login: Calls | undefined
}

interface Item {
  readonly id: string
  readonly name?: string | undefined
}

// LINE responds 404 when the list is empty or no default is set.
function items<Data>(
  { data, refusal }: DataOrRefusal<Data>,
  list: (data: Data) => readonly Item[],
): DataOrRefusal<readonly Item[]> {
  if (!refusal) return { data: list(data) }
  return refusal.status === 404 ? { data: [] } : { refusal }
}

async function audiences(calls: Calls): Promise<DataOrRefusal<readonly Item[]>> {
  const seen: Item[] = []
  for (let page = 1; ; page++) {
    const { data, refusal } = await calls(getAudienceGroups, { page, size: 40, includesExternalPublicGroups: false })
    if (refusal) return { refusal }
    seen.push(
      ...data.audienceGroups.map(({ audienceGroupId, description: name }) => ({ id: String(audienceGroupId), name })),
    )
    if (!data.hasNextPage || data.audienceGroups.length === 0) return { data: seen }
  }
}

type Reader = readonly [kind: ResourceKind, read: () => Promise<DataOrRefusal<readonly Item[]>>]

function readers({ account, login }: OpenChannels): readonly Reader[] {
  const ofAccount: readonly Reader[] = account
    ? [
        [
          'rich-menu-alias',
          async () =>
            items(await account(getRichMenuAliasList, {}), ({ aliases }) =>
              aliases.map(({ richMenuAliasId: id }) => ({ id })),
            ),
        ],
        [
          'default-rich-menu',
          async () => items(await account(getDefaultRichMenuId, {}), ({ richMenuId: id }) => [{ id }]),
        ],
        [
          'rich-menu',
          async () =>
            items(await account(getRichMenuList, {}), ({ richmenus }) =>
              richmenus.map(({ richMenuId: id, name }) => ({ id, name })),
            ),
        ],
        ['audience', () => audiences(account)],
      ]
    : []
  const ofLogin: readonly Reader[] = login
    ? [
        [
          'liff-app',
          async () =>
            items(await login(getAllLIFFApps, {}), ({ apps }) =>
              apps.map(({ liffId: id, description: name }) => ({ id, name })),
            ),
        ],
      ]
    : []
  return [...ofAccount, ...ofLogin]
}

// A default rich menu belongs to this tool if the tool created the menu.
function isRecorded(record: readonly Resource[], kind: ResourceKind, id: string): boolean {
  return record.some(
    (one) => one.id === id && (one.kind === kind || (kind === 'default-rich-menu' && one.kind === 'rich-menu')),
  )
}

/** Lists what can remain at LINE, in the order of removal: an alias before its menu. Nothing is changed. */
export async function takeInventory(channels: OpenChannels, record: readonly Resource[]): Promise<Inventory> {
  const found: Leftover[] = []
  const unread: Unread[] = []
  const readKinds = new Set<ResourceKind>()
  for (const [kind, read] of readers(channels)) {
    try {
      const { data, refusal } = await read()
      if (refusal) {
        unread.push({ kind, reason: 'refused', status: refusal.status })
        continue
      }
      readKinds.add(kind)
      for (const { id, name } of data) {
        const madeBy = isRecorded(record, kind, id) ? 'this-tool' : 'unattributed'
        found.push({ kind, id, ...(name !== undefined && { name }), madeBy, action: 'kept' })
      }
    } catch (error) {
      if (!isUnavailable(error)) throw error
      const { status } = errorFacts(error)
      unread.push({ kind, reason: 'unavailable', ...(status !== undefined && { status }) })
    }
  }
  const exists = ({ kind, id }: Resource) => found.some((one) => one.kind === kind && one.id === id)
  return {
    found,
    unread,
    gone: record.filter((one) => readKinds.has(one.kind) && !exists(one)),
    unseen: record.filter((one) => !readKinds.has(one.kind)),
  }
}

/** The recorded resources to remove: none, all, some kinds, or those that a function selects. */
export type Removal = 'none' | 'all' | readonly LeftoverKind[] | ((leftover: Leftover) => boolean)

/** Returns whether a leftover is selected for removal. Unattributed leftovers never are. Rule: clean-up-first. */
export function isSelected(removal: Removal, leftover: Leftover): boolean {
  if (leftover.madeBy !== 'this-tool') return false
  if (typeof removal === 'function') return removal(leftover)
  return typeof removal === 'string' ? removal === 'all' : removal.includes(leftover.kind)
}

function removing(
  { kind, id }: Leftover,
  { account, login }: OpenChannels,
): Promise<DataOrRefusal<object>> | undefined {
  if (kind === 'liff-app') return login?.(deleteLIFFApp, { liffId: id })
  if (kind === 'rich-menu-alias') return account?.(deleteRichMenuAlias, { richMenuAliasId: id })
  if (kind === 'default-rich-menu') return account?.(cancelDefaultRichMenu, {})
  if (kind === 'rich-menu') return account?.(deleteRichMenu, { richMenuId: id })
  if (kind === 'audience') return account?.(deleteAudienceGroup, { audienceGroupId: Number(id) })
  return undefined
}

/** Removes one leftover and returns the result. It throws only if the cause is neither LINE nor the connection to LINE. */
export async function remove(leftover: Leftover, channels: OpenChannels): Promise<Leftover> {
  const call = removing(leftover, channels)
  if (!call) return { ...leftover, action: 'failed', reason: 'the channel is not open' }
  try {
    const { refusal } = await call
    if (!refusal) return { ...leftover, action: 'removed' }
    return refusal.status === 404 || refusalReason(refusal) === 'not-found'
      ? { ...leftover, action: 'gone' }
      : { ...leftover, action: 'failed', reason: refusal.message }
  } catch (error) {
    if (!isUnavailable(error)) throw error
    return { ...leftover, action: 'failed', reason: error.message }
  }
}
