import { expect, test } from 'vitest'
import { busyWith } from '../busy.js'
import { allAttested, otherUrl, toolUrl } from '../setup.js'
import { registriesOver } from './registries.js'
import { eachStorage } from './storages.js'

eachStorage('one team per account', (open) => {
  const own = registriesOver(open)

  test('a second team is refused, and nothing changes', async () => {
    const registry = own.registry()
    const { id } = await own.connectTo(registry)
    const before = own.line.changes().length
    expect(await own.connectTo(own.elsewhere(), 'coffee')).toMatchObject({
      verdict: 'refused',
      nextSteps: [{ id: 'disconnect-there-first' }],
    })
    expect(own.line.changes()).toHaveLength(before)
    expect(await registry.get(id)).toMatchObject({ team: 'tea', state: 'connected' })
  })

  test('one of two teams that connect an account at the same time wins', async () => {
    for (let round = 0; round < 5; round++) {
      const account = own.line.emulator.createAccount({ name: `House ${round}` })
      const both = await Promise.all([
        own.connectTo(own.registry(), 'tea', account),
        own.connectTo(own.elsewhere(), 'coffee', account),
      ])
      expect(both.map(({ verdict }) => verdict === 'refused').sort()).toEqual([false, true])
      expect(both.find(({ verdict }) => verdict === 'refused')?.checks.find(({ id }) => id === 'team')).toMatchObject({
        code: 'other_team',
      })
      expect(account.settings.webhookUrl).toBe(toolUrl)
    }
    expect((await own.registry().list()).connections).toHaveLength(5)
  })

  test('the same team can connect again, which keeps the connection', async () => {
    const registry = own.registry()
    const first = await own.connectTo(registry)
    expect((await own.connectTo(own.elsewhere())).id).toBe(first.id)
    expect((await registry.list()).connections).toHaveLength(1)
  })

  test('two concurrent runs of one team leave one complete connection', async () => {
    const both = await Promise.allSettled([own.connectTo(own.registry()), own.connectTo(own.elsewhere())])
    expect(both.some(({ status }) => status === 'fulfilled')).toBe(true)
    // A run that was overtaken is rejected.
    for (const run of both) if (run.status === 'rejected') expect(run.reason).toMatchObject({ code: 'LINE_INPUT' })
    const { connections } = await own.registry().list()
    expect(connections).toMatchObject([{ team: 'tea', state: 'connected' }])
    expect(own.line.account.settings.webhookUrl).toBe(toolUrl)
  })

  test('a run that another run of its team has overtaken is refused and does not undo the other', async () => {
    const registry = own.registry()
    own.line.account.settings.webhookUrl = otherUrl
    let resume = () => {}
    const paused = new Promise<void>((go) => {
      resume = go
    })
    let set = () => {}
    const isSet = new Promise<void>((done) => {
      set = done
    })
    let hasSet = false
    // The first run pauses after its change; then its reading back is refused.
    const slow: typeof fetch = async (input, init) => {
      if (!hasSet) {
        const response = await own.line.fetch(input, init)
        hasSet = init?.method === 'PUT'
        return response
      }
      set()
      await busyWith(() => paused)
      return refusals-- > 0 ? new Response('{}', { status: 400 }) : own.line.fetch(input, init)
    }
    let refusals = 1
    const options = { ...own.line.values, registry, team: 'tea', takeOver: true, confirmations: allAttested }
    const first = own.line.connect({ ...options, fetch: slow }).catch((error: unknown) => error)
    await isSet
    expect((await own.line.connect({ ...options, registry: own.elsewhere() })).verdict).toBe('connected')
    resume()
    expect(await first).toMatchObject({ verdict: 'refused', connection: undefined, change: { state: 'made' } })
    expect(own.line.account.settings.webhookUrl).toBe(toolUrl)
    expect((await registry.list()).connections).toMatchObject([{ state: 'connected' }])
  })

  test('a connection that has been pending for an hour does not block another team', async () => {
    const registry = own.registry()
    own.line.servers.set(toolUrl, (request) => {
      own.line.emulator.faults.add({ operation: 'getWebhookEndpoint', answer: 500, times: 50 })
      return own.answer(request)
    })
    expect((await own.connectTo(registry)).change?.state).toBe('not-undone')
    own.line.servers.set(toolUrl, own.answer)
    own.line.emulator.faults.clear()
    own.line.clock.jump(59 * 60_000)
    expect((await own.connectTo(registry, 'coffee')).verdict).toBe('refused')
    own.line.clock.jump(2 * 60_000)
    expect(await own.connectTo(registry, 'coffee')).toMatchObject({
      connection: { team: 'coffee', state: 'connected' },
    })
  })

  test('a connection that was connected before keeps its team, although a later run never ended', async () => {
    const registry = own.registry()
    const { connection } = await own.connectTo(registry)
    expect(connection?.connectedAt).toBe(own.line.clock.now())
    own.line.account.settings.webhookUrl = otherUrl
    own.line.servers.set(toolUrl, (request) => {
      own.line.emulator.faults.add({ operation: 'getWebhookEndpoint', answer: 500, times: 50 })
      own.line.emulator.faults.add({ operation: 'setWebhookEndpoint', answer: 500, times: 50 })
      return own.answer(request)
    })
    const options = { ...own.line.values, registry, takeOver: true }
    expect((await own.line.connect({ ...options, team: 'tea' })).change?.state).toBe('not-undone')
    own.line.emulator.faults.clear()
    own.line.clock.jump(2 * 60 * 60_000)
    expect((await own.line.connect({ ...options, team: 'coffee' })).verdict).toBe('refused')
    expect((await registry.list()).connections).toMatchObject([{ team: 'tea', state: 'pending' }])
  })
})
