import { memoryRegistryStorage } from 'line-oa/account'
import { expect, test } from 'vitest'
import { sealingKey } from '../setup.js'
import { registriesOver } from './registries.js'
import { eachStorage, endingStorage } from './storages.js'

const nextKey = { id: 'second', key: new Uint8Array(32).fill(7) }

eachStorage('exporting and importing a team', (open) => {
  const own = registriesOver(open)

  const travelKey = { id: 'travel', key: 't'.repeat(32) }

  test('moves connections, credentials, resources and history of that team only', async () => {
    const registry = own.registry()
    const { id } = await own.connectTo(registry)
    await own.connectTo(registry, 'coffee', own.line.emulator.createAccount({ name: 'Coffee House' }))
    await registry.recordResource(id, { kind: 'audience', id: '7' })
    const exported = await registry.exportTeam('tea', travelKey)
    for (const secret of [own.line.account.channelSecret, 'Tea House']) expect(exported).not.toContain(secret)

    const target = own.line.createRegistry({ keys: [nextKey] })
    expect(await target.importTeam(exported, travelKey)).toEqual([{ id, name: 'Tea House', result: 'imported' }])
    expect(await target.importTeam(exported, travelKey)).toEqual([{ id, name: 'Tea House', result: 'known' }])
    expect((await target.list()).connections).toMatchObject([{ id, team: 'tea', state: 'connected' }])
    expect((await own.line.settle((await target.client(id)).messaging.getBotInfo())).displayName).toBe('Tea House')
    expect(await target.resources(id)).toMatchObject([{ kind: 'audience', id: '7' }])
    expect((await target.history(id)).map(({ event }) => event)).toEqual([
      'begun',
      'looked-up',
      'connected',
      'resource-recorded',
      'imported',
    ])
    expect((await registry.history(id)).at(-1)?.event).toBe('exported')
  })

  test('can rename the team, and imports no account that another team has', async () => {
    const registry = own.registry()
    await own.connectTo(registry)
    const exported = await registry.exportTeam('tea', travelKey)
    const target = own.line.createRegistry()
    await own.connectTo(target, 'coffee')
    expect(await target.importTeam(exported, travelKey, { team: 'tea' })).toMatchObject([{ result: 'other_team' }])
    const empty = own.line.createRegistry()
    await empty.importTeam(exported, travelKey, { team: 'new name' })
    expect((await empty.list()).connections).toMatchObject([{ team: 'new name' }])
  })

  test('imports nothing with another key, or from a text that was altered or is not an export', async () => {
    const registry = own.registry()
    const { id } = await own.connectTo(registry)
    const exported = await registry.exportTeam('tea', travelKey)
    const target = own.line.createRegistry()
    const at = Math.floor(exported.length / 2)
    const altered = `${exported.slice(0, at)}${exported[at] === 'A' ? 'B' : 'A'}${exported.slice(at + 1)}`
    const other = (await own.storage.get(id))?.sealed ?? ''
    for (const [text, key] of [
      [exported, { ...travelKey, key: 'u'.repeat(32) }],
      [exported, nextKey],
      [altered, travelKey],
      [other, sealingKey],
      ['', travelKey],
    ] as const)
      await expect(target.importTeam(text, key)).rejects.toMatchObject({ code: 'LINE_INPUT' })
    expect((await target.list()).connections).toEqual([])
  })

  test('an import that was interrupted at any write is completed by another one', async () => {
    const registry = own.registry()
    const { id } = await own.connectTo(registry)
    await registry.recordResource(id, { kind: 'audience', id: '7' })
    await registry.recordResource(id, { kind: 'rich-menu', id: 'richmenu-1' })
    const exported = await registry.exportTeam('tea', travelKey)
    const ledger = await registry.resources(id)
    const events = (await registry.history(id)).map(({ event }) => event).filter((event) => event !== 'exported')
    for (let at = 0, whole = false; !whole; at++) {
      const storage = memoryRegistryStorage()
      const killed = own.line.createRegistry({
        storage: endingStorage(storage, { at, when: 'before', by: 'refusal' }).storage,
      })
      whole = await killed.importTeam(exported, travelKey).then(
        () => true,
        () => false,
      )
      const target = own.line.createRegistry({ storage })
      const [{ result } = {}] = await target.importTeam(exported, travelKey)
      expect(result, `write ${at}`).toMatch(/imported|known/)
      expect(await target.resources(id), `write ${at}`).toEqual(ledger)
      const imported = (await target.history(id)).map(({ event }) => event)
      expect(imported.slice(0, events.length), `write ${at}`).toEqual(events)
      expect(imported.slice(events.length), `write ${at}`).toEqual(result === 'imported' || whole ? ['imported'] : [])
    }
  })

  test('an account that another team has leaves no resources or history behind', async () => {
    const registry = own.registry()
    const { id } = await own.connectTo(registry)
    await registry.recordResource(id, { kind: 'audience', id: '7' })
    const exported = await registry.exportTeam('tea', travelKey)
    const target = own.line.createRegistry()
    await own.connectTo(target, 'coffee')
    await target.importTeam(exported, travelKey)
    expect(await target.resources(id)).toEqual([])
    expect(await target.history(id)).toEqual([])
  })

  test.each([undefined, '', 7])('refuses the team %j', async (team) => {
    const registry = own.registry()
    await own.connectTo(registry)
    await expect(registry.exportTeam(team as string, travelKey)).rejects.toMatchObject({ code: 'LINE_INPUT' })
    if (team === undefined) return
    const exported = await registry.exportTeam('tea', travelKey)
    const target = own.line.createRegistry()
    await expect(target.importTeam(exported, travelKey, { team: team as string })).rejects.toMatchObject({
      code: 'LINE_INPUT',
    })
    expect((await target.list()).connections).toEqual([])
  })
})
