// A process is killed or loses its storage at any write of connecting and disconnecting: the stored state is consistent, and another run completes.

import { connectAccount, disconnectAccount, memoryRegistryStorage } from 'line-oa/account'
import { createAudienceGroup } from 'line-oa/operations'
import { memoryStore } from 'line-oa/store'
import { describe, expect, test } from 'vitest'
import { allAttested, otherUrl, toolUrl } from '../setup.js'
import { registriesOver } from './registries.js'
import { endingStorage, endings, storageGone } from './storages.js'

const never = { at: Number.POSITIVE_INFINITY, when: 'before', by: 'refusal' } as const

/** The number of writes of a whole run. The first test fails when a run makes more. */
const writesOfConnecting = 5
const writesOfLeaving = 6

describe('a run that is interrupted at a write', () => {
  const own = registriesOver(async () => {
    const storage = memoryRegistryStorage()
    return { storage, other: storage, fill: async () => {}, close: () => {} }
  })

  const options = () => ({ ...own.line.values, team: 'tea', takeOver: true, confirmations: allAttested })
  const prepare = () => {
    own.line.account.settings.webhookUrl = otherUrl
  }

  /** Connects an account, with a recorded resource and a stored token. */
  async function connected() {
    prepare()
    const tokens = { kind: 'short-lived', store: memoryStore() } as const
    const registry = own.registry({ tokens })
    const { connection } = await own.line.connect({ ...options(), registry })
    const id = connection?.id ?? ''
    const line = await registry.client(id)
    const { audienceGroupId } = await own.line.settle(line.call(createAudienceGroup, { description: 'Ours' }))
    await registry.recordResource(id, { kind: 'audience', id: String(audienceGroupId) })
    return { id, registry, tokens }
  }
  const leaving = (connectionId: string) => ({ connectionId, remove: 'all', restoreWebhookUrl: true }) as const

  test('connecting and disconnecting make the expected number of writes', async () => {
    prepare()
    const connecting = endingStorage(own.storage, never)
    const { connection } = await own.line.connect({
      ...options(),
      registry: own.registry({ storage: connecting.storage }),
    })
    expect(connecting.count()).toBe(writesOfConnecting)
    await own.line.disconnect({ ...leaving(connection?.id ?? ''), registry: own.registry() })
    const { id, tokens } = await connected()
    const gone = endingStorage(own.storage, never)
    await own.line.disconnect({ ...leaving(id), registry: own.registry({ storage: gone.storage, tokens }) })
    expect(gone.count()).toBe(writesOfLeaving)
  })

  test.each(endings(writesOfConnecting))('connecting, $by $when write $at', async (ending) => {
    prepare()
    const { account, clock, connect, disconnect, fetch, settle } = own.line
    const { storage, ended } = endingStorage(own.storage, ending)
    const run = connectAccount({ ...options(), registry: own.registry({ storage }), clock, fetch })
    run.catch(() => {})
    await settle(ended)
    if (ending.by === 'refusal') await expect(settle(run)).rejects.toBe(storageGone)

    const registry = own.elsewhere()
    const [left] = (await registry.list()).connections
    // When the URL is set, the connection exists and says so; otherwise it is only begun.
    if (account.settings.webhookUrl === toolUrl) expect(['setting', undefined]).toContain(left?.step)
    else expect(left?.state ?? 'pending').toBe('pending')

    const again = await connect({ ...options(), registry })
    expect(again).toMatchObject({
      verdict: 'connected',
      previousWebhookUrl: otherUrl,
      connection: { state: 'connected', step: undefined },
    })
    expect((await registry.list()).connections).toHaveLength(1)
    await disconnect({ ...leaving(again.connection?.id ?? ''), registry })
    expect(account.settings.webhookUrl).toBe(otherUrl)
  })

  test.each(endings(writesOfLeaving))('disconnecting, $by $when write $at', async (ending) => {
    const { id, tokens } = await connected()
    const { account, calls, clock, disconnect, fetch, settle } = own.line
    const { storage, ended } = endingStorage(own.storage, ending)
    const run = disconnectAccount({ ...leaving(id), registry: own.registry({ storage, tokens }), clock, fetch })
    run.catch(() => {})
    await settle(ended)
    if (ending.by === 'refusal') await expect(settle(run)).rejects.toBe(storageGone)

    const registry = own.elsewhere({ tokens })
    const state = (await registry.get(id))?.state
    // The state is `disconnected` only when everything was done.
    if (state === 'disconnected') expect(await registry.resources(id)).toEqual([])
    else expect(['connected', 'disconnecting']).toContain(state)

    expect(await disconnect({ ...leaving(id), registry })).toMatchObject({
      verdict: 'disconnected',
      connection: { state: 'disconnected' },
    })
    expect(await registry.resources(id)).toEqual([])
    expect(await tokens.store.get(`line-oa:token:short-lived:${account.channelId}`)).toBeUndefined()
    expect(calls.filter(({ call }) => call.startsWith('DELETE /v2/bot/audienceGroup/'))).toHaveLength(1)
    expect(account.settings.webhookUrl).toBe(otherUrl)
    expect((await own.storage.get(id))?.sealed).toBe('')
  })
})
