import { expect, test } from 'vitest'
import { toolUrl } from '../setup.js'
import { registriesOver } from './registries.js'
import { eachStorage } from './storages.js'

eachStorage('the history of a registry', (open) => {
  const own = registriesOver(open)

  test('lists the events of a connection in order', async () => {
    const registry = own.registry()
    const { id } = await own.connectTo(registry)
    await registry.recordResource(id, { kind: 'rich-menu', id: 'richmenu-1', name: 'Menu' })
    await registry.forgetResource(id, { kind: 'rich-menu', id: 'richmenu-1' })
    own.line.account.settings.webhook = false
    await own.line.check({ registry, connectionId: id })
    await own.line.check({ registry, connectionId: id })
    await own.line.disconnect({ registry, connectionId: id })
    const history = await registry.history(id)
    expect(history.map(({ event, about, codes }) => [event, about, codes])).toEqual([
      ['begun', undefined, undefined],
      ['looked-up', undefined, undefined],
      ['connected', undefined, []],
      ['resource-recorded', 'rich-menu richmenu-1', undefined],
      ['resource-removed', 'rich-menu richmenu-1', undefined],
      ['health', undefined, ['webhook_off']],
      ['disconnecting', undefined, undefined],
      ['disconnected', undefined, undefined],
    ])
    expect(await registry.history(id, { from: 5, limit: 1 })).toEqual([history[5]])
  })

  test('shows a refused reconnect, which restores the connection', async () => {
    const registry = own.registry()
    const { id } = await own.connectTo(registry)
    const before = await registry.get(id)
    own.line.servers.set(toolUrl, () => new Response('', { status: 500 }))
    expect((await own.connectTo(registry)).verdict).toBe('refused')
    const after = await registry.get(id)
    expect({ ...after, revision: 0, updatedAt: 0 }).toEqual({ ...before, revision: 0, updatedAt: 0 })
    expect((await own.line.settle((await registry.client(id)).messaging.getBotInfo())).displayName).toBe('Tea House')
    expect((await registry.history(id)).at(-1)?.event).toBe('rolled-back')
  })

  test('belongs to connections that are found by channel ID and destination, paginated and iterated', async () => {
    const registry = own.registry()
    const ids: string[] = []
    for (let at = 0; at < 5; at++) {
      ids.push(
        (
          await own.connectTo(
            registry,
            at % 2 ? 'coffee' : 'tea',
            own.line.emulator.createAccount({ name: `House ${at}` }),
          )
        ).id,
      )
      own.line.clock.jump(1)
    }
    const page = await registry.list({ limit: 2 })
    expect(page.connections.map(({ name }) => name)).toEqual(['House 0', 'House 1'])
    const rest = await registry.list({ limit: 3, after: page.next })
    expect(rest).toMatchObject({ connections: [{ name: 'House 2' }, { name: 'House 3' }, { name: 'House 4' }] })
    expect(rest.next).toBeUndefined()
    expect((await registry.list({ team: 'coffee' })).connections.map(({ id }) => id)).toEqual([ids[1], ids[3]])
    const ofTeam: string[] = []
    for await (const { id } of registry.each({ team: 'coffee' })) ofTeam.push(id)
    expect(ofTeam).toEqual([ids[1], ids[3]])
    const walked: string[] = []
    for await (const { name } of registry.each({ state: 'connected' })) walked.push(name)
    expect(walked).toHaveLength(5)
    const [first] = page.connections
    expect(await registry.find({ channelId: first?.channelId ?? '' })).toEqual(first)
    expect(await registry.find({ destination: first?.destination ?? '' })).toEqual(first)
  })

  test.each([-1, 0.5, Number.NaN])('refuses to start at entry %d', async (from) => {
    await expect(own.registry().history('id', { from })).rejects.toMatchObject({ code: 'LINE_INPUT' })
  })
})
