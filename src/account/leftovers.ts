import { getAudienceGroups } from '../audience/group/operations.js'
import type { LineApiError } from '../core/errors.js'
import { getAllLIFFApps } from '../liff/operations.js'
import { getDefaultRichMenuId, getRichMenuList } from '../messaging/rich-menu/operations.js'
import { getRichMenuAliasList } from '../messaging/rich-menu-alias/operations.js'
import { type Answer, aboutError, ask, isUnavailable } from './ask.js'
import type { Resource, ResourceKind } from './registry/types.js'
import type { Calls } from './run.js'

/** Kinds of what may stay behind at LINE. */
export type LeftoverKind = ResourceKind | 'webhook-url' | 'minted-token' | 'long-lived-token'

/** Something that may stay behind at LINE when a tool leaves. */
export interface Leftover {
  readonly kind: LeftoverKind
  /** Its ID at LINE; of a webhook URL its host, and of a token its kind. */
  readonly id: string
  readonly name?: string | undefined
  /** `this-tool` when it is on the tool's record; `unattributed` when somebody else may have made it. That is never removed. */
  readonly madeBy: 'this-tool' | 'unattributed'
  /**
   * `removed` and `restored` now; `gone` before; `kept`, because it is not ours, or nobody chose to remove it; `would-remove` and `would-restore` in a
   * dry run; `failed`, to be tried again.
   */
  readonly action: 'removed' | 'restored' | 'gone' | 'kept' | 'would-remove' | 'would-restore' | 'failed'
  /** Why it failed, or was kept where it was to be removed. */
  readonly reason?: string | undefined
}

/** What could not be looked for. */
export interface Unread {
  readonly kind: LeftoverKind
  /** `refused` when LINE does not tell it to this channel; `unavailable` when LINE could not be asked. */
  readonly reason: 'refused' | 'unavailable'
  readonly status?: number | undefined
}

/** What was found at LINE. */
export interface Inventory {
  readonly found: readonly Leftover[]
  readonly unread: readonly Unread[]
  /** What is on record and is at LINE no longer. */
  readonly gone: readonly Resource[]
  /** What is on record and could not be looked for. */
  readonly unseen: readonly Resource[]
}

interface Seen {
  readonly id: string
  readonly name?: string | undefined
}

/** A 404 is LINE's way to say that there is none. */
function listed<Data>(
  { data, refusal }: Answer<Data>,
  list: (data: Data) => readonly Seen[],
): readonly Seen[] | LineApiError {
  if (!refusal) return list(data)
  return refusal.status === 404 ? [] : refusal
}

async function audiences(calls: Calls): Promise<readonly Seen[] | LineApiError> {
  const seen: Seen[] = []
  for (let page = 1; ; page++) {
    const { data, refusal } = await ask(
      calls(getAudienceGroups, { page, size: 40, includesExternalPublicGroups: false }),
    )
    if (refusal) return refusal
    seen.push(
      ...data.audienceGroups.map(({ audienceGroupId, description: name }) => ({ id: String(audienceGroupId), name })),
    )
    if (!data.hasNextPage || data.audienceGroups.length === 0) return seen
  }
}

type Reader = readonly [kind: ResourceKind, read: () => Promise<readonly Seen[] | LineApiError>]

function readers(account: Calls | undefined, login: Calls | undefined): readonly Reader[] {
  const ofAccount: readonly Reader[] = account
    ? [
        [
          'rich-menu-alias',
          async () =>
            listed(await ask(account(getRichMenuAliasList, {})), ({ aliases }) =>
              aliases.map(({ richMenuAliasId: id }) => ({ id })),
            ),
        ],
        [
          'default-rich-menu',
          async () => listed(await ask(account(getDefaultRichMenuId, {})), ({ richMenuId: id }) => [{ id }]),
        ],
        [
          'rich-menu',
          async () =>
            listed(await ask(account(getRichMenuList, {})), ({ richmenus }) =>
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
            listed(await ask(login(getAllLIFFApps, {})), ({ apps }) =>
              apps.map(({ liffId: id, description: name }) => ({ id, name })),
            ),
        ],
      ]
    : []
  return [...ofAccount, ...ofLogin]
}

/** Tells whether something is on the tool's record. A default rich menu is ours too when the menu is. */
function isOurs(ledger: readonly Resource[], kind: ResourceKind, id: string): boolean {
  return ledger.some(
    (one) => one.id === id && (one.kind === kind || (kind === 'default-rich-menu' && one.kind === 'rich-menu')),
  )
}

/** Looks for all that may stay behind, in the order in which it is to be removed: an alias before its menu. It changes nothing. */
export async function takeInventory(
  account: Calls | undefined,
  login: Calls | undefined,
  ledger: readonly Resource[],
): Promise<Inventory> {
  const found: Leftover[] = []
  const unread: Unread[] = []
  const read = new Set<ResourceKind>()
  for (const [kind, look] of readers(account, login)) {
    try {
      const seen = await look()
      if (!('length' in seen)) {
        unread.push({ kind, reason: 'refused', status: seen.status })
        continue
      }
      read.add(kind)
      for (const { id, name } of seen) {
        const madeBy = isOurs(ledger, kind, id) ? 'this-tool' : 'unattributed'
        found.push({ kind, id, ...(name !== undefined && { name }), madeBy, action: 'kept' })
      }
    } catch (error) {
      if (!isUnavailable(error)) throw error
      const { status } = aboutError(error)
      unread.push({ kind, reason: 'unavailable', ...(status !== undefined && { status }) })
    }
  }
  const isThere = ({ kind, id }: Resource) => found.some((one) => one.kind === kind && one.id === id)
  return {
    found,
    unread,
    gone: ledger.filter((one) => read.has(one.kind) && !isThere(one)),
    unseen: ledger.filter((one) => !read.has(one.kind)),
  }
}
