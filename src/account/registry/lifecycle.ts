import type { CallerOptions } from '../../core/call/caller.js'
import type { Clock } from '../../core/clock.js'
import { LineInputError } from '../../core/errors.js'
import { type Content, keepAccess, type Vault } from './seal.js'
import type { AuditEntry, Connection, RegistryStorage, StoredConnection } from './types.js'
import type { Draft, Held, RegistryWork } from './work.js'

/** The dependencies of the lifecycle of connections. */
export interface LifecycleOptions {
  readonly storage: RegistryStorage
  readonly vault: Vault
  readonly clock: Clock
  /** Whether keys that are stored elsewhere can be found again. */
  readonly findsKeys: boolean
  readonly calling: CallerOptions
  audit(connection: Connection, event: AuditEntry['event'], more?: Pick<AuditEntry, 'codes' | 'about'>): Promise<void>
  heldToken: RegistryWork['heldToken']
}

// A pending connection that is never completed blocks the account for other teams for this long.
const abandonedAfter = 60 * 60 * 1000
// How often a write is attempted when other processes change the same row.
const tries = 10

const overtaken = (id: string) =>
  new LineInputError(`Connection ${id} was changed by another process at the same time; try again`)
const missing = (id: string) => new LineInputError(`The registry has no connection ${JSON.stringify(id.slice(0, 64))}`)

/**
 * Gets a connection by its ID.
 *
 * @throws {LineInputError} when the registry has no such connection.
 */
export async function rowOf(storage: RegistryStorage, id: string): Promise<StoredConnection> {
  const row = typeof id === 'string' ? await storage.get(id) : undefined
  if (!row) throw missing(typeof id === 'string' ? id : typeof id)
  return row
}

const holdsOf = ({ channelId, destination }: Connection): StoredConnection['holds'] => ({
  ...(channelId !== undefined && { channelId }),
  destination,
})

const trailPage = 1000

async function trailLength(storage: RegistryStorage, id: string): Promise<number> {
  let from = 0
  for (;;) {
    const { length } = await storage.trail(id, from, trailPage)
    from += length
    if (length < trailPage) return from
  }
}

// While the webhook URL of a pending connection is tested.
const isTested = ({ state, step }: Connection) => state === 'pending' && step === 'testing'

// A row that keeps its `holds` unless it names others.
type Changed = Omit<StoredConnection, 'holds'> & Partial<Pick<StoredConnection, 'holds'>>

/** Moves connections from `pending` to `disconnected` in atomic steps that other processes see. Rules: one-team-per-account, tool-hands-out-url. */
export function createLifecycle({
  storage,
  vault,
  clock,
  findsKeys,
  calling,
  audit,
  heldToken,
}: LifecycleOptions): RegistryWork {
  // What to tell in this process when a receiver asks for a destination.
  const watches = new Map<string, Set<() => void>>()

  const holder = async (channelId: string | undefined, destination: string): Promise<StoredConnection | undefined> =>
    (await storage.findByDestination(destination)) ??
    (channelId === undefined ? undefined : storage.findByChannelId(channelId))

  // A connection that was completed before still belongs to its team, even if a later run failed.
  const isAbandoned = ({ connection: { state, connectedAt, updatedAt } }: StoredConnection) =>
    state === 'pending' && connectedAt === undefined && clock.now() - updatedAt >= abandonedAfter

  /** Changes a row, and repeats this when another process changed it at the same time. */
  const change = async (
    id: string,
    make: (connection: Connection) => Partial<Connection> | undefined,
    sealed?: string,
  ): Promise<Connection> => {
    for (let left = tries; left > 0; left--) {
      const row = await rowOf(storage, id)
      const changes = make(row.connection)
      if (!changes) return row.connection
      const { revision } = row.connection
      const connection: Connection = { ...row.connection, ...changes, updatedAt: clock.now(), revision: revision + 1 }
      const holds = connection.state === 'disconnected' ? {} : row.holds
      if ((await storage.update({ connection, sealed: sealed ?? row.sealed, holds }, revision)) === 'done')
        return connection
    }
    throw overtaken(id)
  }

  const isOf = async (row: StoredConnection, held: Held) =>
    row.connection.state === 'pending' && (await vault.content(row)).run === held.content.run

  /** Replaces the row that this run works on. Another process may have encrypted it with a new key or checked it since, but no other run may have taken over. */
  const replace = async (
    held: Held,
    make: (connection: Connection) => Promise<Changed | undefined>,
  ): Promise<StoredConnection> => {
    const { id } = held.row.connection
    let row = held.row
    for (let left = tries; left > 0; left--) {
      const { revision } = row.connection
      const made = await make(row.connection)
      if (!made) {
        if (await storage.remove(id, revision)) return row
      } else {
        const connection = { ...made.connection, updatedAt: clock.now(), revision: revision + 1 }
        const next: StoredConnection = { holds: row.holds, ...made, connection }
        if ((await storage.update(next, revision)) === 'done') return next
      }
      const now = await storage.get(id)
      if (!now || !(await isOf(now, held))) break
      row = now
    }
    throw overtaken(id)
  }

  const advance = async (held: Held, changes: Partial<Connection>, content: Content): Promise<Held> => {
    const row = await replace(held, async (connection) => vault.seal({ ...connection, ...changes }, content))
    return { ...held, row, content }
  }

  const contentOf = async (draft: Draft, before: Content | undefined): Promise<Content> => {
    const messaging = await keepAccess(draft.messaging, findsKeys)
    const login = draft.login ? await keepAccess(draft.login, findsKeys) : before?.login
    const former = [before?.messaging.channelSecret, ...(before?.formerSecrets ?? [])].flatMap((secret) => secret ?? [])
    // When the webhook URL is set already, only the first run knows the URL before it.
    const previousWebhookUrl = draft.previousWebhookUrl ?? before?.previousWebhookUrl
    const webhookUrl = draft.webhookUrl ?? before?.webhookUrl
    const formerSecrets = [...new Set(former)].filter((secret) => secret !== messaging.channelSecret)
    return {
      run: crypto.randomUUID(),
      messaging,
      ...(login && { login }),
      ...(webhookUrl !== undefined && { webhookUrl }),
      ...(previousWebhookUrl !== undefined && { previousWebhookUrl }),
      ...(formerSecrets.length > 0 && { formerSecrets }),
    }
  }

  const put = async (draft: Draft, before: StoredConnection | undefined): Promise<Held | 'taken'> => {
    const now = clock.now()
    const content = await contentOf(draft, before && (await vault.content(before)))
    const known = before?.connection
    const connection: Connection = {
      id: known?.id ?? connectionId(now),
      ...draft.connection,
      channelId: draft.connection.channelId ?? known?.channelId,
      loginChannelId: content.login?.channelId,
      state: 'pending',
      step: 'testing',
      health: known?.health,
      createdAt: known?.createdAt ?? now,
      connectedAt: known?.connectedAt,
      updatedAt: now,
      revision: (known?.revision ?? 0) + 1,
      sealVersion: known?.sealVersion,
    }
    const row: StoredConnection = { ...(await vault.seal(connection, content)), holds: holdsOf(connection) }
    const done = known ? await storage.update(row, known.revision) : await storage.insert(row)
    return done === 'done' ? { row, content, before } : 'taken'
  }

  return {
    calling,
    async isTaken(team, channelId, destination) {
      const row = await holder(channelId, destination)
      return row !== undefined && row.connection.team !== team && !isAbandoned(row)
    },

    async begin(draft) {
      const { team, channelId, destination } = draft.connection
      for (let left = tries; left > 0; left--) {
        let before = await holder(channelId, destination)
        if (before && before.connection.team !== team) {
          if (!isAbandoned(before)) return 'other-team'
          await storage.remove(before.connection.id, before.connection.revision)
          before = undefined
        }
        const held = await put(draft, before)
        if (held === 'taken') continue
        await audit(held.row.connection, 'begun')
        return held
      }
      throw new LineInputError(
        'The account could not be stored because other processes keep changing its connection; try again',
      )
    },

    async owns(held) {
      const row = await storage.get(held.row.connection.id)
      return row !== undefined && isOf(row, held)
    },

    async lookedUp(connection) {
      for (const hear of watches.get(connection.destination) ?? []) hear()
      // The process that connects the account is often another one than the receiver's.
      if (isTested(connection)) await audit(connection, 'looked-up')
    },

    async watch(connection, test) {
      const { id, destination } = connection
      const from = await trailLength(storage, id)
      let heard = false
      const hear = () => {
        heard = true
      }
      const listeners = watches.get(destination) ?? new Set()
      watches.set(destination, listeners.add(hear))
      try {
        return await test(async () => {
          if (heard) return true
          if (!isTested(connection)) return undefined
          return (await storage.trail(id, from, trailPage)).some(({ event }) => event === 'looked-up')
        })
      } finally {
        listeners.delete(hear)
        if (listeners.size === 0) watches.delete(destination)
      }
    },

    setting: (held) => advance(held, { step: 'setting' }, held.content),

    async commit(held, health) {
      const { formerSecrets: _, run: __, ...content } = held.content
      const { connectedAt = clock.now() } = held.row.connection
      const { row } = await advance(held, { state: 'connected', step: undefined, health, connectedAt }, content)
      await audit(row.connection, 'connected', { codes: health.codes })
      return row.connection
    },

    async rollBack(held) {
      const { before } = held
      const row = await replace(held, async () => before)
      if (before) await audit(row.connection, 'rolled-back')
    },

    open: async (id) => vault.open(await rowOf(storage, id)),

    async saveHealth(id, health, seen) {
      let before: Connection['health']
      const connection = await change(id, (now) => {
        before = now.health
        return now.state === 'disconnected' ? undefined : { ...seen, health }
      })
      // An entry for every check would hide the other entries.
      const told = ({ verdict, codes }: typeof health) => [verdict, ...codes].join()
      if (!before || told(before) !== told(health)) await audit(connection, 'health', { codes: health.codes })
    },

    async leave(id) {
      let first = false
      const connection = await change(id, ({ state }) =>
        (first = state !== 'disconnecting') ? { state: 'disconnecting', step: undefined } : undefined,
      )
      if (first) await audit(connection, 'disconnecting')
    },

    async left(id) {
      const connection = await change(
        id,
        ({ state }) => (state === 'disconnected' ? undefined : { state: 'disconnected', step: undefined }),
        '',
      )
      await audit(connection, 'disconnected')
      return connection
    },

    heldToken,

    async dropResource(id, kind, resourceId) {
      await storage.dropResource(id, kind, resourceId)
      await audit((await rowOf(storage, id)).connection, 'resource-removed', { about: `${kind} ${resourceId}` })
    },
  }
}

const alphabet = '0123456789abcdefghijklmnopqrstuvwxyz'

/** Creates the ID of a connection. IDs sort by time, so that a listing is in the order in which accounts were connected. */
export function connectionId(now: number): string {
  const random = crypto.getRandomValues(new Uint8Array(16))
  return `${Math.floor(now).toString(36).padStart(9, '0')}${Array.from(random, (byte) => alphabet[byte % 36]).join('')}`
}
