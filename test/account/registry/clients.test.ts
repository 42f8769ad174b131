import { assertionKey } from 'line-oa/keys'
import { memoryStore } from 'line-oa/store'
import { createReceiver, signBody } from 'line-oa/webhook'
import { expect, test } from 'vitest'
import { testPair } from '../../keys/fixed-key.js'
import { toolUrl } from '../setup.js'
import { registriesOver } from './registries.js'
import { eachStorage } from './storages.js'

eachStorage('clients and receivers of a registry', (open) => {
  const own = registriesOver(open)

  test('each connection has one client', async () => {
    const registry = own.registry()
    const coffee = own.line.emulator.createAccount({ name: 'Coffee House' })
    const [one, two] = [await own.connectTo(registry), await own.connectTo(registry, 'coffee', coffee)]
    const [tea, other] = [await registry.client(one.id), await registry.client(two.id)]
    expect((await own.line.settle(tea.messaging.getBotInfo())).displayName).toBe('Tea House')
    expect((await own.line.settle(other.messaging.getBotInfo())).displayName).toBe('Coffee House')
    expect(await registry.client(one.id)).toBe(tea)
    // A check writes but does not change credentials, so the client with its token stays.
    await own.line.check({ registry, connectionId: one.id })
    expect(await registry.client(one.id)).toBe(tea)
  })

  test('one receiver serves all accounts and refuses a delivery of an unknown account', async () => {
    const registry = own.registry()
    const coffee = own.line.emulator.createAccount({ name: 'Coffee House', settings: { webhook: true } })
    const receiver = createReceiver({ channel: registry.channel, onError: () => {} })
    own.line.servers.set(toolUrl, (request) => receiver.fetch(request))
    receiver.on('message:text', async ({ client, reply }) => {
      const { displayName } = await client.messaging.getBotInfo()
      await reply(`This is ${displayName}`)
    })
    await own.connectTo(registry)
    await own.connectTo(registry, 'coffee', coffee)
    const person = own.line.emulator.createPerson({ displayName: 'Mika' })
    for (const account of [own.line.account, coffee]) {
      await own.line.settle(person.send(account, 'Who is this?'))
      expect(person.chatWith(account).at(-1)?.message).toEqual({ type: 'text', text: `This is ${account.name}` })
    }
    const body = JSON.stringify({ destination: `U${'0'.repeat(32)}`, events: [] })
    const foreign = await receiver.handle({ body, signature: await signBody(body, own.line.account.channelSecret) })
    expect(foreign.status).toBe(401)
  })

  test('a delivery signed with the old secret is accepted while the new one is being connected', async () => {
    const registry = own.registry()
    await own.connectTo(registry)
    const { account, emulator } = own.line
    const oldSecret = account.channelSecret
    const admin = emulator.businessId.register({ email: 'mika@tea.example', password: 'secret' })
    emulator.console.appointAtChannel(account, admin)
    const console = emulator.console.as(emulator.businessId.signIn(admin))
    console.registerDeveloper({ name: 'Mika', email: 'mika@tea.example' })
    const newSecret = console.reissueChannelSecret(account)
    let meanwhile: readonly string[] | undefined
    own.line.servers.set(toolUrl, async () => {
      meanwhile = (await registry.channel(account.userId))?.channelSecret
      return new Response('ok')
    })
    await own.connectTo(registry)
    expect(meanwhile).toEqual([newSecret, oldSecret])
    expect((await registry.channel(account.userId))?.channelSecret).toEqual([newSecret])
  })

  test('keys are stored, and keys that are stored elsewhere are looked up', async () => {
    const { account, emulator } = own.line
    const pair = await testPair()
    const kid = emulator.console.registerAssertionKey(account, pair.publicJwk)
    const kept = own.registry()
    const { connection } = await own.line.connect({
      messaging: { channelId: account.channelId, assertionKey: { kid, privateKey: pair } },
      registry: kept,
      team: 'tea',
    })
    const id = connection?.id ?? ''
    expect((await own.line.settle((await own.elsewhere().client(id)).messaging.getBotInfo())).displayName).toBe(
      'Tea House',
    )

    const key = assertionKey({ kid, privateKey: pair })
    const asked: object[] = []
    const finding = own.registry({
      assertionKey: (about) => {
        asked.push(about)
        return key
      },
    })
    await own.line.connect({
      messaging: { channelId: account.channelId, assertionKey: key },
      registry: finding,
      team: 'tea',
    })
    expect((await own.line.settle((await finding.client(id)).messaging.getBotInfo())).displayName).toBe('Tea House')
    expect(asked).toContainEqual({ channelId: account.channelId, kid })
    await expect(kept.client(id)).rejects.toMatchObject({ code: 'LINE_INPUT' })
  })

  test('tokens that LINE limits are shared by all processes and sealed', async () => {
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
    const [one, two] = [own.registry({ tokens }), own.elsewhere({ tokens })]
    const { id } = await own.connectTo(one)
    for (const registry of [one, two, one]) await own.line.settle((await registry.client(id)).messaging.getBotInfo())
    expect(own.line.calls.filter(({ call }) => call === 'POST /v2/oauth/accessToken')).toHaveLength(1)
    expect(values).toHaveLength(1)
    expect(values[0]).toMatch(/^eyJ/)
  })
})
