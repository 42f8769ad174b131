import { inspect } from 'node:util'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Registry, RegistryOptions, RegistryStorage } from '../../../src/account/index.js'
import { generateAssertionKey } from '../../../src/keys/index.js'
import { memoryStore } from '../../../src/store/index.js'
import { createReceiver, signBody } from '../../../src/webhook/index.js'
import { allAttested, otherUrl, type Setup, sealingKey, setup, toolUrl } from '../setup.js'
import { eachStorage, type StorageSubject } from './storages.js'

const nextKey = { id: 'second', key: new Uint8Array(32).fill(7) }

eachStorage('a registry', (open) => {
  let subject: StorageSubject
  let line: Setup
  beforeEach(async () => {
    subject = await open()
    line = setup({ settings: { webhook: true } })
    line.servers.set(toolUrl, () => new Response('ok'))
  })
  afterEach(() => subject.close())

  const registryOn = (storage: RegistryStorage, options: Partial<RegistryOptions> = {}): Registry =>
    line.createRegistry({ storage, ...options })
  const connectTo = async (registry: Registry, team = 'tea', account = line.account) => {
    const { channelId, channelSecret } = account
    const result = await line.connect({
      messaging: { channelId, channelSecret },
      webhookUrl: toolUrl,
      registry,
      team,
      attested: allAttested,
    })
    return { ...result, id: result.connection?.id ?? '' }
  }

  describe('who has which account', () => {
    test('one team at a time: the other is told, and nothing changes', async () => {
      const registry = registryOn(subject.storage)
      const { id } = await connectTo(registry)
      const before = line.changes().length
      expect(await connectTo(registryOn(subject.other), 'coffee')).toMatchObject({
        verdict: 'refused',
        nextSteps: [{ id: 'disconnect-there-first' }],
      })
      expect(line.changes()).toHaveLength(before)
      expect(await registry.get(id)).toMatchObject({ team: 'tea', state: 'connected' })
    })

    test('of two teams that connect it at the same time, one wins and the other is refused', async () => {
      for (let round = 0; round < 5; round++) {
        const account = line.emulator.createAccount({ name: `House ${round}` })
        const both = await Promise.all([
          connectTo(registryOn(subject.storage), 'tea', account),
          connectTo(registryOn(subject.other), 'coffee', account),
        ])
        expect(both.map(({ verdict }) => verdict === 'refused').sort()).toEqual([false, true])
        expect(both.find(({ verdict }) => verdict === 'refused')?.checks.find(({ id }) => id === 'team')).toMatchObject({
          code: 'other_team',
        })
        expect(account.settings.webhookUrl).toBe(toolUrl)
      }
      expect((await registryOn(subject.storage).list()).connections).toHaveLength(5)
    })

    test('the same team may connect again: the connection stays, with the new credentials', async () => {
      const registry = registryOn(subject.storage)
      const first = await connectTo(registry)
      expect((await connectTo(registryOn(subject.other))).id).toBe(first.id)
      expect((await registry.list()).connections).toHaveLength(1)
    })

    test('two runs of one team at the same time leave one whole connection', async () => {
      const both = await Promise.allSettled([connectTo(registryOn(subject.storage)), connectTo(registryOn(subject.other))])
      expect(both.some(({ status }) => status === 'fulfilled')).toBe(true)
      // One that was overtaken says so.
      for (const run of both) if (run.status === 'rejected') expect(run.reason).toMatchObject({ code: 'LINE_INPUT' })
      const { connections } = await registryOn(subject.storage).list()
      expect(connections).toMatchObject([{ team: 'tea', state: 'connected' }])
      expect(line.account.settings.webhookUrl).toBe(toolUrl)
    })

    test('a run that another one of its team has taken over neither undoes what that one did nor ends whole', async () => {
      const registry = registryOn(subject.storage)
      line.account.settings.webhookUrl = otherUrl
      let resume = () => {}
      const paused = new Promise<void>((go) => {
        resume = go
      })
      let set = () => {}
      const isSet = new Promise<void>((done) => {
        set = done
      })
      let hasSet = false
      // The first run stands still behind its change, and then its reading back is refused.
      const slow: typeof fetch = async (input, init) => {
        if (!hasSet) {
          const response = await line.fetch(input, init)
          hasSet = init?.method === 'PUT'
          return response
        }
        set()
        await paused
        return refusals-- > 0 ? new Response('{}', { status: 400 }) : line.fetch(input, init)
      }
      let refusals = 1
      const options = { ...line.values, registry, team: 'tea', takeOver: true, attested: allAttested }
      const first = line.connect({ ...options, fetch: slow }).catch((error: unknown) => error)
      await isSet
      expect((await line.connect({ ...options, registry: registryOn(subject.other) })).verdict).toBe('connected')
      resume()
      expect(await first).not.toMatchObject({ verdict: 'connected' })
      expect(line.account.settings.webhookUrl).toBe(toolUrl)
      expect((await registry.list()).connections).toMatchObject([{ state: 'connected' }])
    })

    test('a connection that was begun an hour ago, and never ended, keeps nobody away', async () => {
      const registry = registryOn(subject.storage)
      line.servers.set(toolUrl, () => {
        line.emulator.faults.add({ operation: 'getWebhookEndpoint', answer: 500, times: 50 })
        return new Response('ok')
      })
      expect((await connectTo(registry)).change?.state).toBe('not-undone')
      line.servers.set(toolUrl, () => new Response('ok'))
      line.emulator.faults.clear()
      line.clock.jump(59 * 60_000)
      expect((await connectTo(registry, 'coffee')).verdict).toBe('refused')
      line.clock.jump(2 * 60_000)
      expect(await connectTo(registry, 'coffee')).toMatchObject({ connection: { team: 'coffee', state: 'connected' } })
    })

    test('but one that was connected before stays its team’s, though a later run never ended', async () => {
      const registry = registryOn(subject.storage)
      const { connection } = await connectTo(registry)
      expect(connection?.connectedAt).toBe(line.clock.now())
      line.account.settings.webhookUrl = otherUrl
      line.servers.set(toolUrl, () => {
        line.emulator.faults.add({ operation: 'getWebhookEndpoint', answer: 500, times: 50 })
        line.emulator.faults.add({ operation: 'setWebhookEndpoint', answer: 500, times: 50 })
        return new Response('ok')
      })
      const options = { ...line.values, registry, takeOver: true }
      expect((await line.connect({ ...options, team: 'tea' })).change?.state).toBe('not-undone')
      line.emulator.faults.clear()
      line.clock.jump(2 * 60 * 60_000)
      expect((await line.connect({ ...options, team: 'coffee' })).verdict).toBe('refused')
      expect((await registry.list()).connections).toMatchObject([{ team: 'tea', state: 'pending' }])
    })
  })

  describe('secrets', () => {
    test('are nowhere in what the storage gets, in listings, in the trail or in errors', async () => {
      const seen: string[] = []
      const storage = new Proxy(subject.storage, {
        get(target, name) {
          const method: unknown = Reflect.get(target, name)
          if (typeof method !== 'function') return method
          return (...input: unknown[]) => {
            seen.push(JSON.stringify(input))
            return Reflect.apply(method, target, input)
          }
        },
      })
      const registry = registryOn(storage)
      const { account, connect, disconnect, emulator, values } = line
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
        JSON.stringify(await subject.storage.get(id)),
        inspect(await registry.client(id).catch((error: unknown) => error)),
      )
      for (const secret of [account.channelSecret, login.channelSecret, channelAccessToken, 'sesame', sealingKey.key])
        expect(shown.filter((text) => text.includes(secret))).toEqual([])
      // Its names, IDs, team and health are in the clear.
      expect(seen.some((text) => text.includes('Tea House') && text.includes(account.basicId) && text.includes('"team":"tea"'))).toBe(true)
    })

    test('a listing opens nothing: it works without the key', async () => {
      const { id } = await connectTo(registryOn(subject.storage))
      const stranger = registryOn(subject.other, { keys: [nextKey] })
      expect((await stranger.list()).connections.map((connection) => connection.id)).toEqual([id])
      await expect(stranger.client(id)).rejects.toThrow(/another key/)
      await expect(stranger.channel(line.account.userId)).rejects.toMatchObject({ code: 'LINE_INPUT' })
    })

    test('rotation: a new key takes over while others work, and the old one is no longer needed', async () => {
      const before = registryOn(subject.storage)
      const { id } = await connectTo(before)
      const rotated = registryOn(subject.other, { keys: [nextKey, sealingKey] })
      expect((await line.settle((await rotated.client(id)).messaging.getBotInfo())).displayName).toBe('Tea House')
      expect(await rotated.reseal()).toBe(1)
      expect(await rotated.reseal()).toBe(0)
      await expect(before.client(id)).rejects.toMatchObject({ code: 'LINE_INPUT' })
      const alone = registryOn(subject.storage, { keys: [nextKey] })
      expect((await line.settle((await alone.client(id)).messaging.getBotInfo())).displayName).toBe('Tea House')
      expect((await alone.history(id)).at(-1)).toMatchObject({ event: 'resealed', about: 'key second' })
    })

    test('what was exchanged between two connections opens for neither', async () => {
      const registry = registryOn(subject.storage)
      const [one, two] = [
        await connectTo(registry),
        await connectTo(registry, 'tea', line.emulator.createAccount({ name: 'Coffee House' })),
      ]
      const rows = [await subject.storage.get(one.id), await subject.storage.get(two.id)] as const
      for (const [own, foreign] of [rows, [rows[1], rows[0]] as const]) {
        if (!own || !foreign) throw new Error('both are there')
        const { connection } = own
        await subject.storage.update(
          { ...own, sealed: foreign.sealed, connection: { ...connection, revision: connection.revision + 1 } },
          connection.revision,
        )
        await expect(registryOn(subject.storage).client(connection.id)).rejects.toThrow(/does not open/)
      }
    })
  })

  describe('clients and receivers', () => {
    test('each connection has its own client, made once', async () => {
      const registry = registryOn(subject.storage)
      const coffee = line.emulator.createAccount({ name: 'Coffee House' })
      const [one, two] = [await connectTo(registry), await connectTo(registry, 'coffee', coffee)]
      const [tea, other] = [await registry.client(one.id), await registry.client(two.id)]
      expect((await line.settle(tea.messaging.getBotInfo())).displayName).toBe('Tea House')
      expect((await line.settle(other.messaging.getBotInfo())).displayName).toBe('Coffee House')
      expect(await registry.client(one.id)).toBe(tea)
      // A check writes, and changes no credentials: the client with its token stays.
      await line.check({ registry, connectionId: one.id })
      expect(await registry.client(one.id)).toBe(tea)
    })

    test('one receiver serves all of them, and a delivery of an account that is not there is refused', async () => {
      const registry = registryOn(subject.storage)
      const coffee = line.emulator.createAccount({ name: 'Coffee House', settings: { webhook: true } })
      const receiver = createReceiver({ channel: registry.channel, onError: () => {} })
      line.servers.set(toolUrl, (request) => receiver.fetch(request))
      receiver.on('message:text', async ({ client, reply }) => {
        const { displayName } = await client.messaging.getBotInfo()
        await reply(`This is ${displayName}`)
      })
      await connectTo(registry)
      await connectTo(registry, 'coffee', coffee)
      const person = line.emulator.createPerson({ displayName: 'Mika' })
      for (const account of [line.account, coffee]) {
        await line.settle(person.send(account, 'Who is this?'))
        expect(person.chatWith(account).at(-1)?.message).toEqual({ type: 'text', text: `This is ${account.name}` })
      }
      const body = JSON.stringify({ destination: `U${'0'.repeat(32)}`, events: [] })
      const foreign = await receiver.handle({ body, signature: await signBody(body, line.account.channelSecret) })
      expect(foreign.status).toBe(401)
    })

    test('a delivery that was signed with the old secret is taken while the new one is being connected', async () => {
      const registry = registryOn(subject.storage)
      await connectTo(registry)
      const { account, emulator } = line
      const oldSecret = account.channelSecret
      const admin = emulator.businessId.register({ email: 'mika@tea.example', password: 'secret' })
      emulator.console.appointAtChannel(account, admin)
      const console = emulator.console.as(emulator.businessId.signIn(admin))
      console.registerDeveloper({ name: 'Mika', email: 'mika@tea.example' })
      const newSecret = console.reissueChannelSecret(account)
      let meanwhile: readonly string[] | undefined
      line.servers.set(toolUrl, async () => {
        meanwhile = (await registry.channel(account.userId))?.channelSecret
        return new Response('ok')
      })
      await connectTo(registry)
      expect(meanwhile).toEqual([newSecret, oldSecret])
      expect((await registry.channel(account.userId))?.channelSecret).toEqual([newSecret])
    })

    test('keys are kept too, and those that are held elsewhere are found', async () => {
      const { account, emulator } = line
      const pair = await generateAssertionKey()
      const kid = emulator.console.registerAssertionKey(account, pair.publicJwk)
      const kept = registryOn(subject.storage)
      const { connection } = await line.connect({
        messaging: { channelId: account.channelId, assertionKey: { kid, privateKey: pair } },
        registry: kept,
        team: 'tea',
      })
      const id = connection?.id ?? ''
      expect((await line.settle((await registryOn(subject.other).client(id)).messaging.getBotInfo())).displayName).toBe('Tea House')

      const { assertionKey } = await import('../../../src/keys/index.js')
      const key = assertionKey({ kid, privateKey: pair })
      const asked: object[] = []
      const finding = registryOn(subject.storage, {
        assertionKey: (about) => {
          asked.push(about)
          return key
        },
      })
      await line.connect({ messaging: { channelId: account.channelId, assertionKey: key }, registry: finding, team: 'tea' })
      expect((await line.settle((await finding.client(id)).messaging.getBotInfo())).displayName).toBe('Tea House')
      expect(asked).toContainEqual({ channelId: account.channelId, kid })
      await expect(kept.client(id)).rejects.toThrow(/held elsewhere/)
    })

    test('tokens that LINE counts are shared by all processes, sealed', async () => {
      const values: string[] = []
      const store = memoryStore()
      const watched = {
        ...store,
        set(key: string, value: string, ttl?: number) {
          values.push(value)
          return store.set(key, value, ttl)
        },
      }
      const tokens = { kind: 'short-lived', store: watched } as const
      const [one, two] = [registryOn(subject.storage, { tokens }), registryOn(subject.other, { tokens })]
      const { id } = await connectTo(one)
      for (const registry of [one, two, one]) await line.settle((await registry.client(id)).messaging.getBotInfo())
      expect(line.calls.filter(({ call }) => call === 'POST /v2/oauth/accessToken')).toHaveLength(1)
      expect(values).toHaveLength(1)
      expect(values[0]).toMatch(/^eyJ/)
    })
  })

  describe('record and trail', () => {
    test('what happened is told in order', async () => {
      const registry = registryOn(subject.storage)
      const { id } = await connectTo(registry)
      await registry.recordResource(id, { kind: 'rich-menu', id: 'richmenu-1', name: 'Menu' })
      await registry.forgetResource(id, { kind: 'rich-menu', id: 'richmenu-1' })
      line.account.settings.webhook = false
      await line.check({ registry, connectionId: id })
      await line.check({ registry, connectionId: id })
      await line.disconnect({ registry, connectionId: id })
      const history = await registry.history(id)
      expect(history.map(({ event, about, codes }) => [event, about, codes])).toEqual([
        ['begun', undefined, undefined],
        ['connected', undefined, []],
        ['resource-recorded', 'rich-menu richmenu-1', undefined],
        ['resource-removed', 'rich-menu richmenu-1', undefined],
        ['health', undefined, ['webhook_off']],
        ['disconnecting', undefined, undefined],
        ['disconnected', undefined, undefined],
      ])
      expect(await registry.history(id, { from: 5, limit: 1 })).toEqual([history[5]])
    })

    test('a refused reconnect puts back what was there', async () => {
      const registry = registryOn(subject.storage)
      const { id } = await connectTo(registry)
      const before = await registry.get(id)
      line.servers.set(toolUrl, () => new Response('', { status: 500 }))
      expect((await connectTo(registry)).verdict).toBe('refused')
      const after = await registry.get(id)
      expect({ ...after, revision: 0, updatedAt: 0 }).toEqual({ ...before, revision: 0, updatedAt: 0 })
      expect((await line.settle((await registry.client(id)).messaging.getBotInfo())).displayName).toBe('Tea House')
      expect((await registry.history(id)).at(-1)?.event).toBe('rolled-back')
    })

    test('connections are found by channel ID and destination, listed page by page and walked over', async () => {
      const registry = registryOn(subject.storage)
      const ids: string[] = []
      for (let at = 0; at < 5; at++) {
        ids.push((await connectTo(registry, at % 2 ? 'coffee' : 'tea', line.emulator.createAccount({ name: `House ${at}` }))).id)
        line.clock.jump(1)
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
  })

  describe('a team that moves to another registry', () => {
    const travelKey = { id: 'travel', key: 't'.repeat(32) }

    test('takes accounts, credentials, record and trail along, and nothing of others', async () => {
      const registry = registryOn(subject.storage)
      const { id } = await connectTo(registry)
      await connectTo(registry, 'coffee', line.emulator.createAccount({ name: 'Coffee House' }))
      await registry.recordResource(id, { kind: 'audience', id: '7' })
      const exported = await registry.exportTeam('tea', travelKey)
      for (const secret of [line.account.channelSecret, 'Tea House']) expect(exported).not.toContain(secret)

      const target = line.createRegistry({ keys: [nextKey] })
      expect(await target.importTeam(exported, travelKey)).toEqual([{ id, name: 'Tea House', result: 'imported' }])
      expect(await target.importTeam(exported, travelKey)).toEqual([{ id, name: 'Tea House', result: 'known' }])
      expect((await target.list()).connections).toMatchObject([{ id, team: 'tea', state: 'connected' }])
      expect((await line.settle((await target.client(id)).messaging.getBotInfo())).displayName).toBe('Tea House')
      expect(await target.resources(id)).toMatchObject([{ kind: 'audience', id: '7' }])
      expect((await target.history(id)).map(({ event }) => event)).toEqual(['begun', 'connected', 'resource-recorded', 'imported'])
      expect((await registry.history(id)).at(-1)?.event).toBe('exported')
    })

    test('may take another name, and does not take an account from anybody', async () => {
      const registry = registryOn(subject.storage)
      await connectTo(registry)
      const exported = await registry.exportTeam('tea', travelKey)
      const target = line.createRegistry()
      await connectTo(target, 'somebody')
      expect(await target.importTeam(exported, travelKey, { team: 'tea' })).toMatchObject([{ result: 'other_team' }])
      const empty = line.createRegistry()
      await empty.importTeam(exported, travelKey, { team: 'new name' })
      expect((await empty.list()).connections).toMatchObject([{ team: 'new name' }])
    })

    test('with another key, altered, or of another kind nothing is imported', async () => {
      const registry = registryOn(subject.storage)
      const { id } = await connectTo(registry)
      const exported = await registry.exportTeam('tea', travelKey)
      const target = line.createRegistry()
      const at = Math.floor(exported.length / 2)
      const altered = `${exported.slice(0, at)}${exported[at] === 'A' ? 'B' : 'A'}${exported.slice(at + 1)}`
      const other = (await subject.storage.get(id))?.sealed ?? ''
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
  })
})
