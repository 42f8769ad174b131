import { describe, expect, test } from 'vitest'
import { allAttested, of, otherUrl, setup, toolUrl } from './setup.js'

describe('checkAccount with credentials', () => {
  test('returns `connected` when every check passes', async () => {
    const { check, values } = setup({ settings: { webhook: true, webhookUrl: toolUrl } })
    const result = await check({ ...values, answering: 'tool-only', confirmations: allAttested })
    expect(result).toMatchObject({ verdict: 'connected', mode: 'full', nextSteps: [] })
    expect(result.checks.map(({ id }) => id)).toEqual([
      'credentials',
      'channel-kind',
      'account',
      'chat-mode',
      'quota',
      'webhook-url',
      'webhook-switch',
      'webhook-test',
      'greeting',
      'auto-response',
      'group-joining',
      'second-administrator',
    ])
  })

  test('returns `needs-person` when the webhook is off, and `broken` when its URL is another', async () => {
    const { account, check, values } = setup({ settings: { webhookUrl: toolUrl } })
    expect(await check({ ...values, confirmations: allAttested })).toMatchObject({
      verdict: 'needs-person',
      nextSteps: [{ id: 'switch-webhook-on' }],
    })
    account.settings.webhookUrl = otherUrl
    expect((await check(values)).verdict).toBe('broken')
  })

  test('changes nothing, and skips the webhook test with testWebhook: false', async () => {
    const { calls, changes, check, values } = setup({ settings: { webhookUrl: toolUrl } })
    const result = await check({ ...values, testWebhook: false })
    expect(of(result, 'webhook-test')).toEqual({})
    expect(calls.some(({ call }) => call.endsWith('/webhook/test'))).toBe(false)
    await check(values)
    expect(calls.some(({ call }) => call.endsWith('/webhook/test'))).toBe(true)
    expect(changes()).toEqual([])
  })

  test('makes the other checks although a pasted token is invalid', async () => {
    const { account, check, values } = setup({ settings: { webhookUrl: toolUrl } })
    const channelAccessToken = account.issueLongLivedToken()
    account.issueLongLivedToken()
    const result = await check({ ...values, messaging: { ...values.messaging, channelAccessToken } })
    expect(result.verdict).toBe('broken')
    expect(of(result, 'token')).toEqual({ status: 'failed', code: 'token_invalidated' })
    expect(of(result, 'webhook-switch')).toEqual({ status: 'needs-person', code: 'webhook_off' })
  })

  test('returns `unknown` while LINE is unavailable', async () => {
    const { check, emulator, values } = setup()
    emulator.faults.add({ answer: 500, times: 50 })
    expect(await check(values)).toMatchObject({ verdict: 'unknown', nextSteps: [{ id: 'try-again' }] })
  })
})

describe('checkAccount with a connection of a registry', () => {
  test('requires only its ID, and stores its health unencrypted', async () => {
    const { account, check, clock, connect, registry, values } = setup({ settings: { webhook: true } })
    const { connection } = await connect({
      ...values,
      registry,
      team: 'tea',
      answering: 'tool-only',
      confirmations: allAttested,
    })
    const connectionId = connection?.id ?? ''
    expect((await check({ registry, connectionId })).verdict).toBe('connected')
    account.settings.webhook = false
    account.settings.chat = true
    expect((await check({ registry, connectionId })).verdict).toBe('needs-person')
    expect((await registry.get(connectionId))?.health).toEqual({
      verdict: 'needs-person',
      codes: ['chat_mode_conflict', 'webhook_off'],
      checkedAt: clock.now(),
    })
  })

  test('keeps the answers of people until they answer again', async () => {
    const { check, connect, registry, values } = setup({ settings: { webhook: true } })
    const { connection } = await connect({ ...values, registry, team: 'tea' })
    const connectionId = connection?.id ?? ''
    expect(
      (
        await check({
          registry,
          connectionId,
          confirmations: [{ id: 'second-administrator', holds: true, by: 'Mika' }],
        })
      ).verdict,
    ).toBe('connected')
    expect((await check({ registry, connectionId })).verdict).toBe('connected')
    expect(
      (await check({ registry, connectionId, confirmations: [{ id: 'second-administrator', holds: false }] })).verdict,
    ).toBe('needs-person')
    expect((await registry.get(connectionId))?.confirmations).toMatchObject([
      { id: 'second-administrator', holds: false },
    ])
  })

  test('keeps its health during an outage', async () => {
    const { check, connect, emulator, registry, values } = setup({ settings: { webhook: true } })
    const { connection } = await connect({ ...values, registry, team: 'tea', confirmations: allAttested })
    emulator.faults.add({ answer: 500, times: 50 })
    expect((await check({ registry, connectionId: connection?.id ?? '' })).verdict).toBe('unknown')
    expect((await registry.get(connection?.id ?? ''))?.health).toMatchObject({ verdict: 'connected', codes: [] })
  })

  test('stores a new name of the account', async () => {
    const { account, check, connect, emulator, registry, values } = setup()
    const { connection } = await connect({ ...values, registry, team: 'tea' })
    const admin = emulator.businessId.register({ email: 'mika@tea.example', password: 'secret' })
    emulator.manager.appoint(account, admin)
    emulator.manager.as(emulator.businessId.signIn(admin)).editProfile(account, { name: 'Tea Palace' })
    await check({ registry, connectionId: connection?.id ?? '' })
    expect((await registry.get(connection?.id ?? ''))?.name).toBe('Tea Palace')
  })

  test('reports a channel of another account', async () => {
    const { check, connect, emulator, registry, values } = setup()
    const { connection } = await connect({ ...values, registry, team: 'tea' })
    expect(of(await check({ registry, connectionId: connection?.id ?? '' }), 'account')).toEqual({ status: 'passed' })
    const other = emulator.createAccount({ name: 'Coffee House' })
    const result = await check({ messaging: other, account: { lineId: connection?.basicId } })
    expect(of(result, 'account')).toEqual({ status: 'failed', code: 'basic_id_mismatch' })
  })
})
