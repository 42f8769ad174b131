import type { PendingConnection } from 'line-oa/account'
import { assertionKey } from 'line-oa/keys'
import { createReceiver } from 'line-oa/webhook'
import { describe, expect, test } from 'vitest'
import { testPair } from '../keys/fixed-key.js'
import { allAttested, of, otherUrl, setup, toolUrl } from './setup.js'

const steps = ({ nextSteps }: { readonly nextSteps: readonly { readonly id: string }[] }) =>
  nextSteps.map(({ id }) => id)

describe('with channel ID and secret', () => {
  test('every check passes, in order, and the webhook URL is set', async () => {
    const { account, connect, values } = setup({ settings: { webhook: true } })
    const result = await connect({
      ...values,
      account: { lineId: account.basicId, name: 'Tea House' },
      answering: 'tool-only',
      confirmations: allAttested,
    })
    expect(result.checks.map(({ id, status }) => `${id} ${status}`)).toEqual([
      'credentials passed',
      'channel-kind passed',
      'account passed',
      'account-name passed',
      'webhook-owner passed',
      'chat-mode passed',
      'quota passed',
      'webhook-test passed',
      'webhook-url passed',
      'webhook-switch passed',
      'greeting passed',
      'auto-response passed',
      'group-joining passed',
      'second-administrator passed',
    ])
    expect(result).toMatchObject({
      verdict: 'connected',
      mode: 'full',
      nextSteps: [],
      previousWebhookUrl: undefined,
      change: { to: toolUrl, state: 'made' },
      account: { name: 'Tea House', basicId: account.basicId, botUserId: account.userId, channelId: account.channelId },
    })
    expect(account.settings.webhookUrl).toBe(toolUrl)
  })

  test('changes nothing at LINE except the webhook URL, and issues no token that could be revoked', async () => {
    const { changes, connect, values } = setup()
    await connect(values)
    expect(changes()).toEqual(['PUT /v2/bot/channel/webhook/endpoint'])
  })

  test('tests the URL before it is set, and reads it back afterwards', async () => {
    const { calls, connect, values } = setup()
    await connect(values)
    expect(calls.map(({ call }) => call).filter((call) => call.includes('webhook'))).toEqual([
      'GET /v2/bot/channel/webhook/endpoint',
      'POST /v2/bot/channel/webhook/test',
      'PUT /v2/bot/channel/webhook/endpoint',
      'GET /v2/bot/channel/webhook/endpoint',
    ])
  })

  test('checks a pasted long-lived token in addition to the secret, and does not reissue it', async () => {
    const { account, changes, connect, values } = setup()
    const channelAccessToken = account.issueLongLivedToken()
    const result = await connect({ messaging: { ...values.messaging, channelAccessToken } })
    expect(result.checks.find(({ id }) => id === 'token')).toMatchObject({
      status: 'passed',
      evidence: { kind: 'long-lived' },
    })
    expect(changes()).toEqual([])
  })

  test('accepts a premium ID in any case and without @', async () => {
    const { account, connect, values } = setup({ premiumId: '@tea-house' })
    for (const lineId of [
      '@tea-house',
      'Tea-House',
      '＠ＴＥＡ-house',
      ` ${account.basicId.toUpperCase()} `,
      account.basicId.slice(1),
    ])
      expect(of(await connect({ ...values, account: { lineId } }), 'account'), lineId).toEqual({ status: 'passed' })
  })

  test('connects for sending only without a webhook URL, and does not read the webhook', async () => {
    const { calls, connect, values } = setup()
    const result = await connect({ messaging: values.messaging, confirmations: allAttested })
    expect(result).toMatchObject({ verdict: 'connected', mode: 'send-only' })
    expect(calls.filter(({ call }) => call.includes('webhook'))).toEqual([])
  })
})

describe('with a pasted token alone', () => {
  test('finds the account and connects for sending only, with the reason', async () => {
    const { account, changes, connect } = setup()
    const result = await connect({
      messaging: { channelAccessToken: account.issueLongLivedToken() },
      webhookUrl: toolUrl,
    })
    expect(result).toMatchObject({
      verdict: 'needs-person',
      mode: 'send-only',
      account: { channelId: account.channelId },
    })
    expect(of(result, 'webhook-url')).toEqual({ status: 'needs-person', code: 'no_channel_secret' })
    expect(steps(result)).toEqual(['copy-channel-secret', 'invite-administrator'])
    expect(changes()).toEqual([])
  })

  test('warns about a token that expires', async () => {
    const { connect, emulator, account } = setup()
    const issued = await emulator.fetch('https://api.line.me/v2/oauth/accessToken', {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'client_credentials',
        client_id: account.channelId,
        client_secret: account.channelSecret,
      }),
    })
    const { access_token } = (await issued.json()) as { access_token: string } // as the emulator's contract says
    const result = await connect({ messaging: { channelAccessToken: access_token } })
    expect(of(result, 'credentials')).toEqual({ status: 'warning', code: 'token_expires' })
    expect(result.verdict).toBe('needs-person')
  })
})

describe('with a key', () => {
  test('proves the key, and needs no secret to send', async () => {
    const { account, connect, emulator } = setup()
    const pair = await testPair()
    const kid = emulator.console.registerAssertionKey(account, pair.publicJwk)
    const result = await connect({
      messaging: { channelId: account.channelId, assertionKey: { kid, privateKey: pair } },
    })
    expect(result).toMatchObject({ mode: 'send-only', account: { channelId: account.channelId } })
    expect(result.checks[0]).toMatchObject({ id: 'credentials', status: 'passed', evidence: { by: 'key', kid } })
  })

  test('accepts a key from assertionKey(), and receives webhooks with the secret too', async () => {
    const { account, connect, emulator } = setup()
    const pair = await testPair()
    const kid = emulator.console.registerAssertionKey(account, pair.publicJwk)
    const { channelId, channelSecret } = account
    const messaging = { channelId, channelSecret, assertionKey: assertionKey({ kid, privateKey: pair }) }
    const result = await connect({ messaging, webhookUrl: toolUrl })
    expect(result.mode).toBe('full')
    expect(account.settings.webhookUrl).toBe(toolUrl)
  })
})

describe('steps for a person', () => {
  test('the webhook is off: the URL is set, and a person turns the switch on', async () => {
    const { account, connect, values } = setup()
    const result = await connect({ ...values, confirmations: allAttested })
    expect(of(result, 'webhook-test')).toEqual({ status: 'passed' })
    expect(of(result, 'webhook-switch')).toEqual({ status: 'needs-person', code: 'webhook_off' })
    expect(result).toMatchObject({
      verdict: 'needs-person',
      nextSteps: [{ id: 'switch-webhook-on', system: 'manager', provenBy: 'api' }],
    })
    expect(account.settings.webhookUrl).toBe(toolUrl)
  })

  test('tool-only asks about greeting, auto-response, groups and a second administrator', async () => {
    const { connect, values } = setup({ settings: { webhook: true } })
    expect(steps(await connect({ ...values, answering: 'tool-only' }))).toEqual([
      'switch-greeting-off',
      'switch-auto-response-off',
      'forbid-groups',
      'invite-administrator',
    ])
  })

  test('tool-and-manager also asks about response hours and the response method, and needs Chat on', async () => {
    const { connect, values } = setup({ settings: { webhook: true } })
    const result = await connect({ ...values, answering: 'tool-and-manager', groups: true })
    expect(steps(result)).toEqual([
      'switch-chat-on',
      'switch-greeting-off',
      'switch-auto-response-off',
      'switch-response-hours-off',
      'set-manual-chat',
      'allow-groups',
      'invite-administrator',
    ])
  })

  test('the evidence shows who answered, and when', async () => {
    const { clock, connect, values } = setup()
    const at = clock.now() - 1000
    const result = await connect({
      ...values,
      confirmations: [{ id: 'second-administrator', holds: true, by: 'Mika and Ken', at }],
    })
    expect(result.checks.at(-1)).toMatchObject({
      evidence: { confirmed: true, by: 'Mika and Ken', at: new Date(at).toISOString() },
    })
  })
})

describe('a webhook of another tool', () => {
  test('is not taken over without takeOver', async () => {
    const { account, changes, connect, values } = setup({ settings: { webhookUrl: otherUrl } })
    const result = await connect(values)
    expect(result).toMatchObject({
      verdict: 'refused',
      previousWebhookUrl: otherUrl,
      nextSteps: [{ id: 'say-take-over' }],
    })
    expect(of(result, 'webhook-owner')).toEqual({ status: 'failed', code: 'webhook_elsewhere' })
    expect(account.settings.webhookUrl).toBe(otherUrl)
    expect(changes()).toEqual([])
  })

  test('is accepted over with takeOver, and the result has the previous URL', async () => {
    const { account, connect, values } = setup({ settings: { webhookUrl: otherUrl } })
    const result = await connect({ ...values, takeOver: true })
    expect(result).toMatchObject({
      verdict: 'needs-person',
      previousWebhookUrl: otherUrl,
      change: { from: otherUrl, to: toolUrl, state: 'made' },
    })
    expect(account.settings.webhookUrl).toBe(toolUrl)
  })

  test('is tested and not set again when the URL is already that of this tool', async () => {
    const { changes, connect, values } = setup({ settings: { webhookUrl: 'https://TOOL.example/line' } })
    const result = await connect(values)
    expect(result).toMatchObject({ verdict: 'needs-person', change: undefined, previousWebhookUrl: undefined })
    expect(changes()).toEqual([])
  })
})

describe('a dry run', () => {
  test('changes nothing, stores nothing and returns the verdict of a real run', async () => {
    const { account, changes, connect, registry, values } = setup({ settings: { webhookUrl: otherUrl } })
    const result = await connect({ ...values, takeOver: true, dryRun: true, registry, team: 'tea' })
    expect(result).toMatchObject({ verdict: 'needs-person', dryRun: true, connection: undefined, change: undefined })
    // The receiver learns the secret only when the connection is stored, so a test would fail now.
    expect(of(result, 'webhook-test')).toEqual({ status: 'unknown' })
    expect(account.settings.webhookUrl).toBe(otherUrl)
    expect(changes()).toEqual([])
    expect((await registry.list()).connections).toEqual([])
  })

  test('tests the URL when the receiver already knows the secret', async () => {
    const { connect, values } = setup()
    expect(of(await connect({ ...values, dryRun: true }), 'webhook-test')).toEqual({ status: 'passed' })
  })
})

describe('a receiver that learns secrets while an account is connected', () => {
  test('knows the secret from the registry when LINE tests the URL', async () => {
    const { connect, registry, servers, values } = setup({ settings: { webhook: true } })
    const receiver = createReceiver({ channel: registry.channel, onError: () => {} })
    servers.set(toolUrl, (request) => receiver.fetch(request))
    const result = await connect({ ...values, registry, team: 'tea', confirmations: allAttested })
    expect(result).toMatchObject({
      verdict: 'connected',
      connection: { state: 'connected', team: 'tea', name: 'Tea House' },
    })
  })

  test('knows the secret from onPending, which is awaited', async () => {
    const { account, connect, servers, values } = setup()
    const secrets = new Map<string, string>()
    const receiver = createReceiver({
      channel: (destination) => {
        const channelSecret = secrets.get(destination)
        return channelSecret === undefined ? undefined : { channelSecret }
      },
      onError: () => {},
    })
    servers.set(toolUrl, (request) => receiver.fetch(request))
    const onPending = async (pending: PendingConnection) => {
      await Promise.resolve()
      secrets.set(pending.botUserId, pending.channelSecret.reveal())
    }
    expect(of(await connect(values), 'webhook-test')).toEqual({ status: 'failed', code: 'signature_mismatch' })
    expect(of(await connect({ ...values, onPending }), 'webhook-test')).toEqual({ status: 'passed' })
    expect(account.settings.webhookUrl).toBe(toolUrl)
  })

  test('an onPending that throws ends the run before anything changes at LINE', async () => {
    const { account, connect, registry, values } = setup()
    const full = new Error('the disk is full')
    const onPending = () => Promise.reject(full)
    await expect(connect({ ...values, onPending, registry, team: 'tea' })).rejects.toBe(full)
    expect(account.settings.webhookUrl).toBeUndefined()
    expect((await registry.list()).connections).toEqual([])
  })
})

describe('a change is undone', () => {
  test('but not when another tool has set its URL meanwhile', async () => {
    const { account, connect, emulator, servers, values } = setup()
    servers.set(toolUrl, () => {
      // Another tool sets its URL between the test and the reading back.
      emulator.faults.add({ operation: 'setWebhookEndpoint', answer: 200, when: 'before' })
      account.settings.webhookUrl = otherUrl
      return new Response('ok')
    })
    const result = await connect(values)
    expect(result).toMatchObject({ verdict: 'refused', change: { state: 'overtaken' } })
    expect(of(result, 'webhook-url')).toEqual({ status: 'failed', code: 'webhook_elsewhere' })
    expect(account.settings.webhookUrl).toBe(otherUrl)
  })

  test('when LINE is unavailable after the change', async () => {
    const { account, connect, emulator, servers, values } = setup({ settings: { webhookUrl: otherUrl } })
    servers.set(toolUrl, () => {
      emulator.faults.add({ operation: 'getWebhookEndpoint', answer: 500, times: 50 })
      return new Response('ok')
    })
    const result = await connect({ ...values, takeOver: true })
    expect(result).toMatchObject({ verdict: 'refused', change: { from: otherUrl, to: toolUrl, state: 'undone' } })
    expect(of(result, 'webhook-url')).toEqual({ status: 'unknown', code: 'line_unavailable' })
    expect(account.settings.webhookUrl).toBe(otherUrl)
  })

  test('by a person when there was no previous URL, because LINE cannot clear it', async () => {
    const { account, connect, emulator, servers, values } = setup()
    servers.set(toolUrl, () => {
      emulator.faults.add({ operation: 'getWebhookEndpoint', answer: 500, times: 50 })
      return new Response('ok')
    })
    const result = await connect(values)
    expect(result).toMatchObject({ verdict: 'refused', change: { to: toolUrl, state: 'not-undone' } })
    expect(steps(result)).toEqual(['try-again', 'clear-webhook-url'])
    expect(account.settings.webhookUrl).toBe(toolUrl)
  })

  test('but not when another tool has set its URL before it could be undone', async () => {
    const { account, connect, values, fetch } = setup({ settings: { webhookUrl: otherUrl } })
    let isSet = false
    const meddled: typeof globalThis.fetch = async (input, init) => {
      if (!isSet) {
        const response = await fetch(input, init)
        isSet = init?.method === 'PUT'
        return response
      }
      if (account.settings.webhookUrl === 'https://third.example/') return fetch(input, init)
      account.settings.webhookUrl = 'https://third.example/'
      return new Response('{}', { status: 403 })
    }
    const result = await connect({ ...values, takeOver: true, fetch: meddled })
    expect(result).toMatchObject({ verdict: 'refused', change: { state: 'overtaken' } })
    expect(of(result, 'webhook-url')).toEqual({ status: 'failed', code: 'line_refused' })
    expect(account.settings.webhookUrl).toBe('https://third.example/')
  })

  test('when the signal aborts the run after the change', async () => {
    const { account, connect, servers, values, fetch } = setup({ settings: { webhookUrl: otherUrl } })
    servers.set(toolUrl, () => new Response('ok'))
    const controller = new AbortController()
    const abortAfterPut: typeof fetch = async (input, init) => {
      const response = await fetch(input, init)
      if (init?.method === 'PUT') controller.abort()
      return response
    }
    const ended = connect({ ...values, takeOver: true, signal: controller.signal, fetch: abortAfterPut })
    await expect(ended).rejects.toMatchObject({ code: 'LINE_ABORTED' })
    expect(account.settings.webhookUrl).toBe(otherUrl)
  })
})

test('a result contains no secret, whatever the verdict', async () => {
  const { account, connect, registry, values } = setup({ settings: { webhookUrl: otherUrl } })
  const channelAccessToken = account.issueLongLivedToken()
  const secrets = [account.channelSecret, channelAccessToken]
  const ended = [
    await connect({
      ...values,
      messaging: { ...values.messaging, channelAccessToken },
      registry,
      team: 'tea',
      takeOver: true,
    }),
    await connect({ messaging: { channelAccessToken } }),
    await connect({ ...values, messaging: { channelId: account.channelId, channelSecret: '0'.repeat(32) } }),
  ]
  for (const result of ended) {
    const shown = JSON.stringify(result)
    for (const secret of secrets) expect(shown).not.toContain(secret)
    // Only previousWebhookUrl and the change contain the whole URL of another tool.
    expect(JSON.stringify([result.checks, result.nextSteps, result.connection])).not.toContain('sesame')
  }
})
