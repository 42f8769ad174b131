// Whether a receiver asks the registry during LINE's webhook test tells a receiver from another program, and a wrong secret from a firewall.
import { memoryRegistryStorage } from 'line-oa/account'
import { createReceiver } from 'line-oa/webhook'
import { describe, expect, test } from 'vitest'
import { allAttested, of, setup, toolUrl } from './setup.js'

function connecting() {
  const subject = setup({ settings: { webhook: true } })
  const { connect, registry, values } = subject
  const run = () => connect({ ...values, registry, team: 'tea', confirmations: allAttested })
  const evidence = ({ checks }: Awaited<ReturnType<typeof run>>) =>
    checks.find(({ id }) => id === 'webhook-test')?.evidence['receiverAsked']
  return { ...subject, run, evidence }
}

describe('connectAccount with a registry', () => {
  test('a receiver that asks the registry is connected', async () => {
    const { run, evidence } = connecting()
    const result = await run()
    expect(result.verdict).toBe('connected')
    expect(evidence(result)).toBe(true)
  })

  test('a 200 of another program is a warning, and a step remains', async () => {
    const { run, evidence, servers, account } = connecting()
    servers.set(toolUrl, () => new Response('Welcome'))
    const result = await run()
    expect(result).toMatchObject({ verdict: 'needs-person', connection: { health: { codes: ['webhook_not_ours'] } } })
    expect(result.nextSteps.map(({ id }) => id)).toEqual(['lead-url-to-receiver'])
    expect(of(result, 'webhook-test')).toEqual({ status: 'warning', code: 'webhook_not_ours' })
    expect(evidence(result)).toBe(false)
    expect(account.settings.webhookUrl).toBe(toolUrl)
  })

  test.each([401, 403])('a %s without a receiver comes from something in front of it', async (status) => {
    const { run, servers } = connecting()
    servers.set(toolUrl, () => new Response('', { status }))
    const result = await run()
    expect(result.verdict).toBe('refused')
    expect(of(result, 'webhook-test')).toEqual({ status: 'failed', code: 'webhook_blocked' })
  })

  test.each([401, 403])('a %s of a receiver that was asked comes from the signature', async (status) => {
    const { run, servers, registry, account } = connecting()
    servers.set(toolUrl, async () => {
      await registry.channel(account.userId)
      return new Response('', { status })
    })
    const result = await run()
    expect(of(result, 'webhook-test')).toEqual({ status: 'failed', code: 'signature_mismatch' })
  })

  test('a receiver of another process is seen through the storage', async () => {
    const { connect, createRegistry, servers, values } = connecting()
    const storage = memoryRegistryStorage()
    const there = createRegistry({ storage })
    const receiver = createReceiver({ channel: there.channel, onError: () => {} })
    servers.set(toolUrl, (request) => receiver.fetch(request))
    const here = createRegistry({ storage })
    const result = await connect({ ...values, registry: here, team: 'tea', confirmations: allAttested })
    expect(result.verdict).toBe('connected')
    expect((await here.history(result.connection?.id ?? '')).map(({ event }) => event)).toEqual([
      'begun',
      'looked-up',
      'connected',
    ])
    // Later deliveries write nothing.
    await there.channel(result.connection?.destination ?? '')
    expect(await here.history(result.connection?.id ?? '')).toHaveLength(3)
  })

  test('of an earlier run counts nothing', async () => {
    const { run, servers, registry } = connecting()
    expect((await run()).verdict).toBe('connected')
    servers.set(toolUrl, () => new Response('Welcome'))
    expect(of(await run(), 'webhook-test').code).toBe('webhook_not_ours')
    expect((await registry.list()).connections).toHaveLength(1)
  })
})

test('onPending tells a receiver the secret without the registry, so nothing is concluded', async () => {
  const { connect, registry, servers, values } = connecting()
  servers.set(toolUrl, () => new Response('ok'))
  const result = await connect({ ...values, registry, team: 'tea', onPending: () => {}, confirmations: allAttested })
  expect(result.verdict).toBe('connected')
})

test('checkAccount knows only that this process was asked', async () => {
  const { run, check, servers, registry, account } = connecting()
  const { connection } = await run()
  const connectionId = connection?.id ?? ''
  expect(of(await check({ registry, connectionId }), 'webhook-test')).toEqual({ status: 'passed' })
  servers.set(toolUrl, () => new Response('ok'))
  expect(of(await check({ registry, connectionId }), 'webhook-test')).toEqual({ status: 'passed' })
  servers.set(toolUrl, () => new Response('', { status: 401 }))
  expect(of(await check({ registry, connectionId }), 'webhook-test').code).toBe('signature_mismatch')
  servers.set(toolUrl, async () => {
    await registry.channel(account.userId)
    return new Response('', { status: 401 })
  })
  expect(of(await check({ registry, connectionId }), 'webhook-test').code).toBe('signature_mismatch')
})
