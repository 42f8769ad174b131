import type { RegistryStorage } from 'line-oa/account'
import { redisRegistryStorage } from 'line-oa/account/redis'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { eachStorage, row, type StorageSubject } from './storages.js'

eachStorage('a storage', (open) => {
  let subject: StorageSubject
  let storage: RegistryStorage
  let other: RegistryStorage
  beforeEach(async () => {
    subject = await open()
    storage = subject.storage
    other = subject.other
  })
  afterEach(() => subject.close())

  test('returns what was inserted unchanged', async () => {
    const one = row('a', {
      premiumId: '@tea',
      name: 'Tea "House" 茶 🍵',
      health: { verdict: 'connected', codes: [], checkedAt: 5 },
    })
    expect(await storage.insert(one)).toBe('done')
    expect(await other.get('a')).toEqual(one)
    expect(await other.findByChannelId(one.connection.channelId ?? '')).toEqual(one)
    expect(await other.findByDestination(one.connection.destination)).toEqual(one)
    expect(await other.get('b')).toBeUndefined()
    expect(await other.findByChannelId('1')).toBeUndefined()
    expect(await other.findByDestination('1')).toBeUndefined()
  })

  test('refuses a second connection with the same ID, channel ID or destination', async () => {
    const { connection } = row('a')
    await storage.insert(row('a'))
    expect(await other.insert(row('a', { channelId: '5', destination: 'U5' }))).toBe('taken')
    expect(await other.insert(row('b', { channelId: connection.channelId }))).toBe('taken')
    expect(await other.insert(row('b', { destination: connection.destination }))).toBe('taken')
    expect(await other.get('b')).toBeUndefined()
    expect(await other.insert(row('b'))).toBe('done')
  })

  test('a connection without a channel ID holds only its destination', async () => {
    const one = row('a', { channelId: undefined })
    await storage.insert(one)
    expect((await other.get('a'))?.holds).toEqual({ destination: one.connection.destination })
    expect(await other.insert(row('b', { channelId: undefined }))).toBe('done')
  })

  test('one of twenty concurrent inserts for the same account wins', async () => {
    const results = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        (index % 2 ? storage : other).insert(row(`row ${index}`, { channelId: '7', destination: 'U7' })),
      ),
    )
    expect(results.filter((result) => result === 'done')).toHaveLength(1)
    expect(await storage.page({ limit: 100 })).toHaveLength(1)
  })

  test('updates only at the expected revision', async () => {
    await storage.insert(row('a'))
    expect(await other.update(row('a', { revision: 2, name: 'New' }, 'new'), 1)).toBe('done')
    expect(await storage.update(row('a', { revision: 2, name: 'Old' }, 'old'), 1)).toBe('changed')
    expect(await storage.get('a')).toMatchObject({ connection: { name: 'New', revision: 2 }, sealed: 'new' })
    expect(await storage.update(row('b', { revision: 2 }), 1)).toBe('changed')
    expect(await storage.get('b')).toBeUndefined()
  })

  test('one of ten concurrent updates wins', async () => {
    await storage.insert(row('a'))
    const results = await Promise.all(
      Array.from({ length: 10 }, (_, index) => (index % 2 ? storage : other).update(row('a', { revision: 2 }), 1)),
    )
    expect(results.filter((result) => result === 'done')).toHaveLength(1)
  })

  test('an update can change the channel ID unless another connection holds it, and releases the previous one', async () => {
    const [one, two] = [row('a'), row('b')]
    await storage.insert(one)
    await storage.insert(two)
    expect(await storage.update(row('a', { revision: 2, channelId: two.connection.channelId }), 1)).toBe('taken')
    expect(await storage.findByChannelId(two.connection.channelId ?? '')).toEqual(two)
    expect(await storage.update(row('a', { revision: 2, channelId: '9' }), 1)).toBe('done')
    expect(await other.findByChannelId(one.connection.channelId ?? '')).toBeUndefined()
    expect((await other.findByChannelId('9'))?.connection.id).toBe('a')
  })

  test('a connection that releases its account stays, and the account can be inserted again', async () => {
    const one = row('a')
    await storage.insert(one)
    expect(await storage.update({ ...row('a', { revision: 2, state: 'disconnected' }, ''), holds: {} }, 1)).toBe('done')
    expect(await other.get('a')).toMatchObject({ sealed: '', holds: {}, connection: { state: 'disconnected' } })
    expect(await other.findByDestination(one.connection.destination)).toBeUndefined()
    expect(
      await other.insert(row('b', { channelId: one.connection.channelId, destination: one.connection.destination })),
    ).toBe('done')
  })

  test('removes a connection with all its data at the expected revision', async () => {
    const one = row('a')
    await storage.insert(one)
    await storage.putResource('a', { kind: 'audience', id: '1', at: 1 })
    await storage.append({ connectionId: 'a', team: 'tea', event: 'begun', at: 1 })
    expect(await other.remove('a', 2)).toBe(false)
    expect(await other.remove('a', 1)).toBe(true)
    expect(await other.remove('a', 1)).toBe(false)
    expect(await storage.get('a')).toBeUndefined()
    expect(await storage.resources('a')).toEqual([])
    expect(await storage.trail('a', 0, 10)).toEqual([])
    expect(await storage.page({ limit: 10 })).toEqual([])
    expect(await storage.page({ team: 'tea', limit: 10 })).toEqual([])
    expect(await storage.insert(one)).toBe('done')
  })

  test('lists in the order of IDs, after an ID, of all teams or one, without sealed values', async () => {
    for (const id of ['c', 'a', 'e', 'b', 'd']) await storage.insert(row(id, { team: id < 'c' ? 'tea' : 'coffee' }))
    const ids = async (options: Parameters<RegistryStorage['page']>[0]) =>
      (await other.page(options)).map(({ id }) => id)
    expect(await ids({ limit: 10 })).toEqual(['a', 'b', 'c', 'd', 'e'])
    expect(await ids({ limit: 2 })).toEqual(['a', 'b'])
    expect(await ids({ limit: 2, after: 'b' })).toEqual(['c', 'd'])
    expect(await ids({ limit: 2, after: 'bb' })).toEqual(['c', 'd'])
    expect(await ids({ limit: 10, after: 'e' })).toEqual([])
    expect(await ids({ limit: 10, team: 'coffee' })).toEqual(['c', 'd', 'e'])
    expect(await ids({ limit: 10, team: 'coffee', after: 'c' })).toEqual(['d', 'e'])
    expect(await ids({ limit: 10, team: 'unknown' })).toEqual([])
    expect(JSON.stringify(await other.page({ limit: 10 }))).not.toContain('sealed')
  })

  test('lists a connection under its new team', async () => {
    await storage.insert(row('a'))
    await storage.update(row('a', { team: 'coffee', revision: 2 }), 1)
    expect(await other.page({ team: 'tea', limit: 10 })).toEqual([])
    expect((await other.page({ team: 'coffee', limit: 10 })).map(({ id }) => id)).toEqual(['a'])
  })

  test('keeps resources in the order they were recorded, each once', async () => {
    await storage.insert(row('a'))
    await storage.putResource('a', { kind: 'rich-menu', id: '2', at: 1 })
    await storage.putResource('a', { kind: 'audience', id: '1', at: 1 })
    await storage.putResource('a', { kind: 'rich-menu', id: '2', at: 2, name: 'again' })
    await storage.putResource('b', { kind: 'audience', id: '1', at: 3 })
    expect(await other.resources('a')).toEqual([
      { kind: 'rich-menu', id: '2', at: 2, name: 'again' },
      { kind: 'audience', id: '1', at: 1 },
    ])
    await other.dropResource('a', 'rich-menu', '2')
    await other.dropResource('a', 'rich-menu', 'none')
    expect(await storage.resources('a')).toEqual([{ kind: 'audience', id: '1', at: 1 }])
    expect(await storage.resources('b')).toHaveLength(1)
  })

  test('appends to the history concurrently and reads it page by page', async () => {
    await Promise.all(
      Array.from({ length: 30 }, (_, at) =>
        (at % 2 ? storage : other).append({ connectionId: 'a', team: 'tea', event: 'health', at }),
      ),
    )
    const whole = await storage.trail('a', 0, 100)
    expect(whole.map(({ at }) => at).sort((one, two) => one - two)).toEqual(Array.from({ length: 30 }, (_, at) => at))
    expect(await other.trail('a', 10, 5)).toEqual(whole.slice(10, 15))
    expect(await other.trail('a', 30, 5)).toEqual([])
    expect(await other.trail('b', 0, 5)).toEqual([])
  })

  test('keeps copies of the objects that are written and read', async () => {
    const given = row('a')
    await storage.insert(given)
    Reflect.set(given.connection, 'name', 'changed')
    const read = await storage.get('a')
    try {
      Reflect.set(read?.connection ?? {}, 'name', 'changed')
    } catch {
      // A frozen object cannot change either.
    }
    expect((await storage.get('a'))?.connection.name).toBe('Tea House a')
  })
})

describe('a storage in Redis', () => {
  test('refuses a value that is not a client', () => {
    for (const client of [{}, { call: 'no' }])
      expect(() => redisRegistryStorage(client as never)).toThrow(expect.objectContaining({ code: 'LINE_INPUT' }))
  })
})
