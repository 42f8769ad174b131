import { disconnectAccount } from 'line-oa/account'
import { describe, expect, test } from 'vitest'
import { otherUrl, setup, toolUrl } from '../setup.js'
import { connected, furnish, listed } from './connected.js'

describe('disconnectAccount can be run again', () => {
  test('and a second run does nothing', async () => {
    const { calls, connectionId, disconnect, registry } = await connected()
    await disconnect({ registry, connectionId })
    calls.length = 0
    expect(await disconnect({ registry, connectionId, remove: 'all' })).toMatchObject({
      verdict: 'disconnected',
      leftovers: [],
    })
    expect(calls).toEqual([])
  })

  test('and another team can connect the account afterwards', async () => {
    const { connect, connectionId, disconnect, registry, values } = await connected()
    expect((await connect({ ...values, registry, team: 'coffee' })).verdict).toBe('refused')
    await disconnect({ registry, connectionId })
    expect(await connect({ ...values, registry, team: 'coffee' })).toMatchObject({
      connection: { team: 'coffee', state: 'connected' },
    })
    expect(await registry.get(connectionId)).toMatchObject({ state: 'disconnected', team: 'tea' })
    await registry.remove(connectionId)
    expect(await registry.get(connectionId)).toBeUndefined()
  })

  test('with an invalid pasted token when the channel secret works', async () => {
    const subject = await connected()
    const { account, connect, connectionId, disconnect, registry, values } = subject
    const channelAccessToken = account.issueLongLivedToken()
    const again = await connect({
      ...values,
      messaging: { ...values.messaging, channelAccessToken },
      registry,
      team: 'tea',
    })
    expect(again.connection?.id).toBe(connectionId)
    account.issueLongLivedToken()
    await furnish(subject)
    const result = await disconnect({ registry, connectionId, remove: 'all' })
    expect(result).toMatchObject({ verdict: 'disconnected', code: undefined })
    expect(listed(result).filter((line) => line.endsWith('removed'))).toHaveLength(4)
  })

  test('and reports recorded resources that it cannot look up', async () => {
    const { account, connect, disconnect, registry } = setup()
    const channelAccessToken = account.issueLongLivedToken()
    const { connection } = await connect({ messaging: { channelAccessToken }, registry, team: 'tea' })
    const connectionId = connection?.id ?? ''
    await registry.recordResource(connectionId, { kind: 'rich-menu', id: 'richmenu-1', name: 'Menu' })
    account.issueLongLivedToken()
    const result = await disconnect({ registry, connectionId, remove: 'all' })
    expect(result.verdict).toBe('disconnected')
    expect(result.leftovers).toContainEqual({
      kind: 'rich-menu',
      id: 'richmenu-1',
      name: 'Menu',
      madeBy: 'this-tool',
      action: 'kept',
      reason: expect.any(String),
    })
  })

  test('while the account is being connected, which ends that run', async () => {
    const { account, connect, disconnect, registry, servers, values } = setup({ settings: { webhookUrl: otherUrl } })
    servers.set(toolUrl, async () => {
      const [pending] = (await registry.list()).connections
      await disconnectAccount({ registry, connectionId: pending?.id ?? '' })
      return new Response('ok')
    })
    await expect(connect({ ...values, takeOver: true, registry, team: 'tea' })).rejects.toMatchObject({
      code: 'LINE_INPUT',
    })
    const [connection] = (await registry.list()).connections
    expect(connection?.state).toBe('disconnected')
    expect(account.settings.webhookUrl).toBe(otherUrl)
    expect((await disconnect({ registry, connectionId: connection?.id ?? '' })).verdict).toBe('disconnected')
  })

  test('with credentials that no longer work', async () => {
    const { account, connect, disconnect, registry } = setup()
    const channelAccessToken = account.issueLongLivedToken()
    const { connection } = await connect({ messaging: { channelAccessToken }, registry, team: 'tea' })
    account.issueLongLivedToken()
    const result = await disconnect({ registry, connectionId: connection?.id ?? '', remove: 'all' })
    expect(result).toMatchObject({
      verdict: 'disconnected',
      code: 'token_invalidated',
      connection: { state: 'disconnected' },
    })
  })

  test('and reports a webhook URL that it cannot look up, with the steps for a person', async () => {
    const { account, connectionId, disconnect, emulator, registry } = await connected()
    const admin = emulator.businessId.register({ email: 'mika@tea.example', password: 'secret' })
    emulator.console.appointAtChannel(account, admin)
    const console = emulator.console.as(emulator.businessId.signIn(admin))
    console.registerDeveloper({ name: 'Mika', email: 'mika@tea.example' })
    console.reissueChannelSecret(account)
    const result = await disconnect({ registry, connectionId, restoreWebhookUrl: true })
    expect(result).toMatchObject({ verdict: 'disconnected', code: 'bad_channel_secret' })
    expect(result.leftovers).toEqual([
      {
        kind: 'webhook-url',
        id: 'tool.example',
        madeBy: 'this-tool',
        action: 'kept',
        reason: expect.any(String),
      },
    ])
    expect(result.nextSteps.map(({ id }) => id)).toEqual([
      'switch-webhook-off',
      'clear-webhook-url',
      'switch-greeting-on',
      'remove-tool-members',
    ])
  })

  test('and reports the recorded resources of a LINE Login channel whose credentials no longer work', async () => {
    const { account, connect, disconnect, emulator, registry, values } = setup()
    const { channelId, channelSecret } = emulator.createLoginChannel({ linkedAccount: account })
    const { connection } = await connect({ ...values, login: { channelId, channelSecret }, registry, team: 'tea' })
    const connectionId = connection?.id ?? ''
    await registry.recordResource(connectionId, { kind: 'liff-app', id: 'liff-1' })
    const admin = emulator.businessId.register({ email: 'mika@tea.example', password: 'secret' })
    emulator.console.appointAtChannel({ channelId }, admin)
    const console = emulator.console.as(emulator.businessId.signIn(admin))
    console.registerDeveloper({ name: 'Mika', email: 'mika@tea.example' })
    console.reissueChannelSecret({ channelId })
    const result = await disconnect({ registry, connectionId, remove: 'all' })
    expect(result).toMatchObject({ verdict: 'disconnected', code: 'bad_channel_secret' })
    expect(result.leftovers).toContainEqual({
      kind: 'liff-app',
      id: 'liff-1',
      madeBy: 'this-tool',
      action: 'kept',
      reason: expect.any(String),
    })
  })
})

describe('disconnectAccount that is interrupted', () => {
  const whole = async () => {
    const subject = await connected()
    await furnish(subject)
    subject.calls.length = 0
    await subject.disconnect({
      registry: subject.registry,
      connectionId: subject.connectionId,
      remove: 'all',
      restoreWebhookUrl: true,
    })
    return subject.calls.length
  }

  test('by an outage from any call on reports what is left, keeps the record correct and completes in another run', async () => {
    const total = await whole()
    expect(total).toBeGreaterThan(8)
    for (let from = 0; from < total; from++) {
      const subject = await connected()
      await furnish(subject)
      const { account, connectionId, disconnect, registry } = subject
      let count = 0
      let healed = false
      const fetch: typeof globalThis.fetch = (input, init) =>
        !healed && count++ >= from ? Promise.resolve(new Response('{}', { status: 500 })) : subject.fetch(input, init)
      const options = { registry, connectionId, remove: 'all', restoreWebhookUrl: true, fetch } as const
      const first = await disconnect(options)
      expect(first.verdict, `from call ${from}`).toBe('incomplete')
      expect(first.connection?.state).toBe('disconnecting')
      const onRecord = (await registry.resources(connectionId)).length
      const removed = first.leftovers.filter(
        ({ action, kind }) => action === 'removed' && kind !== 'default-rich-menu',
      ).length
      expect(onRecord + removed, `from call ${from}`).toBe(3)
      healed = true
      expect((await disconnect(options)).verdict).toBe('disconnected')
      expect(await registry.resources(connectionId)).toEqual([])
      expect(account.settings.webhookUrl).toBe(otherUrl)
    }
  })

  test('by a killed process at any call leaves a consistent state and completes in another run', async () => {
    const total = await whole()
    for (let at = 0; at < total; at++) {
      const subject = await connected()
      await furnish(subject)
      const { account, clock, connectionId, disconnect, registry } = subject
      let count = 0
      const killed: typeof fetch = (input, init) =>
        count++ === at ? new Promise(() => {}) : subject.fetch(input, init)
      const gone = { now: () => clock.now(), setTimeout: () => 0, clearTimeout: () => {} }
      const options = { registry, connectionId, remove: 'all', restoreWebhookUrl: true } as const
      void disconnectAccount({ ...options, clock: gone, fetch: killed }).catch(() => {})
      for (let turn = 0; turn < 500 && count <= at; turn++) await new Promise((next) => setTimeout(next, 0))
      expect(count).toBe(at + 1)
      expect(['connected', 'disconnecting']).toContain((await registry.get(connectionId))?.state)
      expect((await disconnect(options)).verdict).toBe('disconnected')
      expect(await registry.resources(connectionId)).toEqual([])
      expect(account.settings.webhookUrl).toBe(otherUrl)
    }
  })
})

test('a pending connection can be disconnected, and its previous URL is restored', async () => {
  const subject = setup({ settings: { webhookUrl: otherUrl } })
  const { account, clock, connect, disconnect, emulator, registry, servers, values } = subject
  servers.set(toolUrl, () => {
    emulator.faults.add({ operation: 'getWebhookEndpoint', answer: 500, times: 100 })
    emulator.faults.add({ operation: 'setWebhookEndpoint', answer: 'slow', delay: 0 })
    emulator.faults.add({ operation: 'setWebhookEndpoint', answer: 500, times: 100 })
    return new Response('ok')
  })
  const result = await connect({ ...values, takeOver: true, registry, team: 'tea' })
  expect(result).toMatchObject({ verdict: 'refused', change: { state: 'not-undone' } })
  emulator.faults.clear()
  const [pending] = (await registry.list()).connections
  expect(pending).toMatchObject({ state: 'pending', step: 'setting' })
  expect(await disconnect({ registry, connectionId: pending?.id ?? '', restoreWebhookUrl: true })).toMatchObject({
    verdict: 'disconnected',
  })
  expect(account.settings.webhookUrl).toBe(otherUrl)
  expect(clock.pending).toBe(0)
})
