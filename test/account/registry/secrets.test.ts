import { inspect } from 'node:util'
import type { Registry } from 'line-oa/account'
import { memoryStore } from 'line-oa/store'
import { expect, test, vi } from 'vitest'
import { otherUrl, sealingKey } from '../setup.js'
import { registriesOver } from './registries.js'
import { eachStorage } from './storages.js'

const nextKey = { id: 'second', key: new Uint8Array(32).fill(7) }

eachStorage('secrets of a registry', (open) => {
  const own = registriesOver(open)

  test('are not in the data that the storage receives, in lists, in the history or in errors', async () => {
    const seen: string[] = []
    const prints = (['debug', 'error', 'info', 'log', 'warn'] as const).map((name) => vi.spyOn(console, name))
    const storage = new Proxy(own.storage, {
      get(target, name) {
        const method: unknown = Reflect.get(target, name)
        if (typeof method !== 'function') return method
        return (...input: unknown[]) => {
          seen.push(JSON.stringify(input))
          return Reflect.apply(method, target, input)
        }
      },
    })
    const registry = own.registry({ storage })
    const { account, connect, disconnect, emulator, values } = own.line
    account.settings.webhookUrl = otherUrl
    const channelAccessToken = account.issueLongLivedToken()
    const login = emulator.createLoginChannel({ linkedAccount: account })
    const { connection } = await connect({
      ...values,
      messaging: { ...values.messaging, channelAccessToken },
      login: { channelId: login.channelId, channelSecret: login.channelSecret },
      takeOver: true,
      registry,
      team: 'tea',
    })
    const id = connection?.id ?? ''
    await registry.recordResource(id, { kind: 'rich-menu', id: 'richmenu-1' })
    const shown = [
      ...seen,
      JSON.stringify(await registry.list()),
      JSON.stringify(await registry.history(id)),
      inspect(registry, { depth: 9 }),
    ]
    await disconnect({ registry, connectionId: id })
    shown.push(
      ...seen,
      JSON.stringify(await own.storage.get(id)),
      inspect(await registry.client(id).catch((error: unknown) => error)),
    )
    for (const secret of [account.channelSecret, login.channelSecret, channelAccessToken, 'sesame', sealingKey.key])
      expect(shown.filter((text) => text.includes(secret))).toEqual([])
    // Nothing is logged.
    for (const spy of prints) {
      expect(spy).not.toHaveBeenCalled()
      spy.mockRestore()
    }
    // Names, IDs and team are not sealed.
    expect(
      seen.some(
        (text) => text.includes('Tea House') && text.includes(account.basicId) && text.includes('"team":"tea"'),
      ),
    ).toBe(true)
  })

  test('are not needed for a list, which works without the key', async () => {
    const { id } = await own.connectTo(own.registry())
    const stranger = own.elsewhere({ keys: [nextKey] })
    expect((await stranger.list()).connections.map((connection) => connection.id)).toEqual([id])
    await expect(stranger.client(id)).rejects.toMatchObject({ code: 'LINE_INPUT' })
    await expect(stranger.channel(own.line.account.userId)).rejects.toMatchObject({ code: 'LINE_INPUT' })
  })

  test('can be resealed with a new key while others work, after which the old key is not needed', async () => {
    const before = own.registry()
    const { id } = await own.connectTo(before)
    const rotated = own.elsewhere({ keys: [nextKey, sealingKey] })
    expect((await own.line.settle((await rotated.client(id)).messaging.getBotInfo())).displayName).toBe('Tea House')
    expect(await rotated.reseal()).toBe(1)
    expect(await rotated.reseal()).toBe(0)
    await expect(before.client(id)).rejects.toMatchObject({ code: 'LINE_INPUT' })
    const alone = own.registry({ keys: [nextKey] })
    expect((await own.line.settle((await alone.client(id)).messaging.getBotInfo())).displayName).toBe('Tea House')
    expect((await alone.history(id)).at(-1)).toMatchObject({ event: 'resealed', about: 'key second' })
  })

  test('are resealed with the stored tokens, which stay in use and are revoked at the end', async () => {
    const store = memoryStore()
    const tokens = { kind: 'short-lived', store } as const
    const before = own.registry({ tokens })
    const { id } = await own.connectTo(before)
    const infoBy = async (registry: Registry) => own.line.settle((await registry.client(id)).messaging.getBotInfo())
    await infoBy(before)
    await own.elsewhere({ tokens, keys: [nextKey, sealingKey] }).reseal()
    const alone = own.registry({ tokens, keys: [nextKey] })
    expect((await infoBy(alone)).displayName).toBe('Tea House')
    expect(own.line.calls.filter(({ call }) => call === 'POST /v2/oauth/accessToken')).toHaveLength(1)
    const result = await own.line.disconnect({ registry: alone, connectionId: id })
    expect(result.leftovers).toContainEqual({
      kind: 'minted-token',
      id: 'short-lived',
      madeBy: 'this-tool',
      action: 'removed',
    })
  })

  test('a stored token that does not open is replaced, and the connection can be disconnected', async () => {
    const store = memoryStore()
    const tokens = { kind: 'short-lived', store } as const
    const registry = own.registry({ tokens })
    const { id } = await own.connectTo(registry)
    const name = `line-oa:token:short-lived:${own.line.account.channelId}`
    await own.line.settle((await registry.client(id)).messaging.getBotInfo())
    const sealed = (await store.get(name)) ?? ''
    await store.set(name, `${sealed.slice(0, -9)}${sealed.at(-9) === 'A' ? 'B' : 'A'}${sealed.slice(-8)}`)
    const restarted = own.registry({ tokens })
    expect((await own.line.settle((await restarted.client(id)).messaging.getBotInfo())).displayName).toBe('Tea House')
    await store.set(name, 'not sealed')
    expect((await own.line.disconnect({ registry: restarted, connectionId: id })).verdict).toBe('disconnected')
  })

  test('do not open when they are exchanged between two connections', async () => {
    const registry = own.registry()
    const [one, two] = [
      await own.connectTo(registry),
      await own.connectTo(registry, 'tea', own.line.emulator.createAccount({ name: 'Coffee House' })),
    ]
    const rows = [await own.storage.get(one.id), await own.storage.get(two.id)] as const
    for (const [one, foreign] of [rows, [rows[1], rows[0]] as const]) {
      if (!one || !foreign) throw new Error('both are there')
      const { connection } = one
      await own.storage.update(
        { ...one, sealed: foreign.sealed, connection: { ...connection, revision: connection.revision + 1 } },
        connection.revision,
      )
      await expect(own.registry().client(connection.id)).rejects.toMatchObject({ code: 'LINE_INPUT' })
    }
  })
})
