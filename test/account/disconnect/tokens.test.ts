import { memoryStore } from 'line-oa/store'
import { describe, expect, test } from 'vitest'
import { testPair } from '../../keys/fixed-key.js'
import { setup } from '../setup.js'
import { connected, furnish, listed } from './connected.js'

describe('tokens', () => {
  test('of the stateless kind are not revoked', async () => {
    const { changes, connectionId, disconnect, registry } = await connected()
    await disconnect({ registry, connectionId })
    expect(changes().filter((call) => call.includes('revoke'))).toEqual([])
  })

  test('that are stored are revoked as the last call', async () => {
    const store = memoryStore()
    const subject = await connected({
      registry: (own) => own.createRegistry({ tokens: { kind: 'short-lived', store } }),
    })
    await furnish(subject)
    const { calls, connectionId, disconnect, emulator, registry, settle } = subject
    const line = await registry.client(connectionId)
    await settle(line.messaging.getBotInfo())
    calls.length = 0
    const result = await disconnect({ registry, connectionId, remove: 'all', restoreWebhookUrl: true })
    expect(listed(result).at(-1)).toBe('minted-token short-lived this-tool removed')
    expect(calls.at(-1)?.call).toBe('POST /v2/oauth/revoke')
    // The token is revoked, and the secret that could issue another is no longer in the registry.
    await expect(settle(emulator.fetch('https://api.line.me/v2/bot/info'))).resolves.toMatchObject({ status: 401 })
    await expect(registry.client(connectionId)).rejects.toMatchObject({ code: 'LINE_INPUT' })
    expect(await store.get(`line-oa:token:short-lived:${subject.account.channelId}`)).toBeUndefined()
  })

  test('of kind v2.1 are revoked with the channel secret and kept until they expire without it', async () => {
    for (const withSecret of [true, false]) {
      const subject = setup()
      const { account, connect, createRegistry, disconnect, emulator, settle } = subject
      const registry = createRegistry({ tokens: { kind: 'v2.1', store: memoryStore() } })
      const pair = await testPair()
      const kid = emulator.console.registerAssertionKey(account, pair.publicJwk)
      const { channelId, channelSecret } = account
      const messaging = { channelId, assertionKey: { kid, privateKey: pair }, ...(withSecret && { channelSecret }) }
      const { connection } = await connect({ messaging, registry, team: 'tea' })
      const connectionId = connection?.id ?? ''
      await settle((await registry.client(connectionId)).messaging.getBotInfo())
      const result = await disconnect({ registry, connectionId })
      expect(result.verdict).toBe('disconnected')
      expect(result.leftovers.find(({ kind }) => kind === 'minted-token')?.action).toBe(withSecret ? 'removed' : 'kept')
      expect(result.nextSteps.map(({ id }) => id)).toContain('delete-public-key')
    }
  })

  test('of the long-lived kind are kept, and revoked with revokeLongLived and a warning', async () => {
    for (const revokeLongLived of [false, true]) {
      const { account, connect, disconnect, emulator, registry, settle } = setup()
      const channelAccessToken = account.issueLongLivedToken()
      const { connection } = await connect({ messaging: { channelAccessToken }, registry, team: 'tea' })
      const preview = await disconnect({ registry, connectionId: connection?.id ?? '', revokeLongLived, dryRun: true })
      expect(preview.warnings).toEqual(revokeLongLived ? ['shared-token'] : [])
      const result = await disconnect({ registry, connectionId: connection?.id ?? '', revokeLongLived })
      expect(result.warnings).toEqual(revokeLongLived ? ['shared-token'] : [])
      expect(result.nextSteps.map(({ id }) => id).includes('end-long-lived-token')).toBe(!revokeLongLived)
      const use = emulator.fetch('https://api.line.me/v2/bot/info', {
        headers: { authorization: `Bearer ${channelAccessToken}` },
      })
      expect((await settle(use)).status).toBe(revokeLongLived ? 401 : 200)
    }
  })
})

test('an incomplete run keeps the token that the next run needs', async () => {
  const subject = await connected({
    registry: (own) => own.createRegistry({ tokens: { kind: 'short-lived', store: memoryStore() } }),
  })
  await furnish(subject)
  const { connectionId, disconnect, emulator, registry, settle } = subject
  await settle((await registry.client(connectionId)).messaging.getBotInfo())
  emulator.faults.add({ operation: 'deleteRichMenu', answer: 429, times: 20 })
  const result = await disconnect({ registry, connectionId, remove: 'all' })
  expect(result.verdict).toBe('incomplete')
  expect(listed(result)).toContain('rich-menu Ours this-tool failed')
  expect(listed(result).at(-1)).toBe('minted-token short-lived this-tool kept')
  emulator.faults.clear()
  expect(listed(await disconnect({ registry, connectionId, remove: 'all' })).at(-1)).toBe(
    'minted-token short-lived this-tool removed',
  )
})
