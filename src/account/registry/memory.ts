import type { AuditEntry, Connection, RegistryStorage, Resource, StoredConnection } from './types.js'

// A stored value must not change through an object that the caller still has.
function own<T>(value: T): T {
  const copy = structuredClone(value)
  const freeze = (inner: unknown): void => {
    if (typeof inner !== 'object' || inner === null) return
    for (const member of Object.values(inner)) freeze(member)
    Object.freeze(inner)
  }
  freeze(copy)
  return copy
}

/** Creates a registry storage in memory. Its contents are lost when the process ends, and are not shared with other processes. */
export function memoryRegistryStorage(): RegistryStorage {
  const rows = new Map<string, StoredConnection>()
  const holders = new Map<string, string>()
  const resources = new Map<string, Map<string, Resource>>()
  const trails = new Map<string, AuditEntry[]>()
  let order: string[] = [] // sorted

  const keysOf = ({ holds }: StoredConnection): string[] => [
    ...(holds.channelId === undefined ? [] : [`channel ${holds.channelId}`]),
    ...(holds.destination === undefined ? [] : [`destination ${holds.destination}`]),
  ]
  const isTaken = (row: StoredConnection) =>
    keysOf(row).some((key) => (holders.get(key) ?? row.connection.id) !== row.connection.id)
  const release = (row: StoredConnection): void => {
    for (const key of keysOf(row)) holders.delete(key)
  }
  const hold = (row: StoredConnection): void => {
    for (const key of keysOf(row)) holders.set(key, row.connection.id)
  }

  // The index of an ID in the order, or where it would be inserted.
  const placeOf = (id: string): number => {
    let low = 0
    let high = order.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((order[middle] ?? '') < id) low = middle + 1
      else high = middle
    }
    return low
  }

  const held = (key: string): StoredConnection | undefined => {
    const id = holders.get(key)
    return id === undefined ? undefined : rows.get(id)
  }

  return {
    async insert(row) {
      const { id } = row.connection
      if (rows.has(id) || isTaken(row)) return 'taken'
      const kept = own(row)
      rows.set(id, kept)
      hold(kept)
      order.splice(placeOf(id), 0, id)
      return 'done'
    },
    async update(row, revision) {
      const before = rows.get(row.connection.id)
      if (before?.connection.revision !== revision) return 'changed'
      if (isTaken(row)) return 'taken'
      const kept = own(row)
      release(before)
      hold(kept)
      rows.set(row.connection.id, kept)
      return 'done'
    },
    async remove(id, revision) {
      const row = rows.get(id)
      if (row?.connection.revision !== revision) return false
      release(row)
      rows.delete(id)
      resources.delete(id)
      trails.delete(id)
      order = order.filter((other) => other !== id)
      return true
    },
    async get(id) {
      return rows.get(id)
    },
    async findByChannelId(channelId) {
      return held(`channel ${channelId}`)
    },
    async findByDestination(destination) {
      return held(`destination ${destination}`)
    },
    async page({ team, after, limit }) {
      const found: Connection[] = []
      for (let at = after === undefined ? 0 : placeOf(after); at < order.length && found.length < limit; at++) {
        const row = rows.get(order[at] ?? '')
        if (row && row.connection.id !== after && (team === undefined || row.connection.team === team))
          found.push(row.connection)
      }
      return found
    },
    async putResource(connectionId, resource) {
      const of = resources.get(connectionId) ?? new Map<string, Resource>()
      resources.set(connectionId, of.set(`${resource.kind} ${resource.id}`, own(resource)))
    },
    async dropResource(connectionId, kind, id) {
      resources.get(connectionId)?.delete(`${kind} ${id}`)
    },
    async resources(connectionId) {
      return [...(resources.get(connectionId)?.values() ?? [])]
    },
    async append(entry) {
      const trail = trails.get(entry.connectionId)
      if (trail) trail.push(own(entry))
      else trails.set(entry.connectionId, [own(entry)])
    },
    async trail(connectionId, from, limit) {
      return (trails.get(connectionId) ?? []).slice(from, from + limit)
    },
  }
}
