import type { LineInputError } from 'line-oa'
import {
  type Confirmation,
  type ConnectOptions,
  connectAccount,
  createRegistry,
  type MessagingAccess,
  memoryRegistryStorage,
  type RegistryKey,
  type Resource,
  watchAccount,
} from 'line-oa/account'
import { assertionKey } from 'line-oa/keys'
import { describe, expect, test } from 'vitest'
import { testPair } from '../keys/fixed-key.js'
import { of, sealingKey, setup, silence, toolUrl } from './setup.js'

const secret = '0123456789abcdef0123456789abcdef'
const token = 'T'.repeat(172)
const good = { channelId: '1234567890', channelSecret: secret }

async function refusal(options: object): Promise<LineInputError> {
  let asked = 0
  const fetch = async () => {
    asked += 1
    return new Response()
  }
  const error = await connectAccount({ ...(options as ConnectOptions), fetch }).catch((thrown: unknown) => thrown) // values of a form
  expect(asked, 'no request').toBe(0)
  expect(error).toMatchObject({ code: 'LINE_INPUT' })
  return error as LineInputError // checked above
}

describe('values in the wrong fields are refused', () => {
  test.each<readonly [how: string, messaging: object, problems: readonly string[]]>([
    [
      'in the wrong fields',
      { channelId: secret, channelSecret: '1234567890' },
      ['messaging.channelId', 'messaging.channelSecret'],
    ],
    ['a token for a secret', { channelId: '1234567890', channelSecret: token }, ['messaging.channelSecret']],
    ['a secret for a token', { ...good, channelAccessToken: secret }, ['messaging.channelAccessToken']],
    ['a LINE ID for a channel ID', { ...good, channelId: '@teahouse' }, ['messaging.channelId']],
    ['a kid for a channel ID', { ...good, channelId: crypto.randomUUID() }, ['messaging.channelId']],
    ['an ID without a secret', { channelId: '1234567890' }, ['messaging.channelSecret']],
    ['blank fields', { channelId: ' ', channelSecret: '　' }, ['messaging.channelId', 'messaging.channelSecret']],
    [
      'a key without its private half',
      { channelId: '1234567890', assertionKey: { kid: crypto.randomUUID() } },
      ['privateKey'],
    ],
    ['a key that is a string', { channelId: '1234567890', assertionKey: 'kid' }, ['messaging.assertionKey']],
    ['numbers', { channelId: 1234567890, channelSecret: secret }, ['messaging.channelId']],
  ])('%s', async (_, messaging, problems) => {
    const error = await refusal({ messaging })
    expect(error.problems.map(({ path }) => path)).toEqual(problems)
    for (const shown of [error.message, JSON.stringify(error)]) {
      expect(shown).not.toContain(secret)
      expect(shown).not.toContain(token)
    }
  })

  test.each([undefined, null, 'text', [good]])('access that is not an object: %j', async (messaging) => {
    expect((await refusal({ messaging })).problems.map(({ path }) => path)).toContain('messaging')
  })

  test('reports all fields of all parts at once', async () => {
    const error = await refusal({
      messaging: { channelId: 'x', channelSecret: 'y' },
      login: { channelId: 'z', channelSecret: secret },
      account: { lineId: '1234567890' },
      webhookUrl: 'tool.example/line',
    })
    expect(error.problems.map(({ path }) => path)).toEqual([
      'messaging.channelId',
      'messaging.channelSecret',
      'login.channelId',
      'account.lineId',
      'webhookUrl',
    ])
  })

  test('one channel for both APIs', async () => {
    expect((await refusal({ messaging: good, login: good })).problems.map(({ path }) => path)).toEqual([
      'login.channelId',
    ])
  })

  test.each([
    'http://tool.example/line',
    'ftp://tool.example/',
    'tool.example',
    'https://tool.example/a b',
    `https://tool.example/${'a'.repeat(500)}`,
  ])('a webhook URL that LINE would refuse: %s', async (webhookUrl) => {
    expect((await refusal({ messaging: good, webhookUrl })).problems.map(({ path }) => path)).toEqual(['webhookUrl'])
  })
})

describe('pasted values are normalized:', () => {
  test('spaces, full-width and invisible characters', async () => {
    const { account, connect } = setup()
    const wide = (text: string) =>
      text.replace(/[!-~]/g, (character) => String.fromCharCode(character.charCodeAt(0) + 0xfee0))
    const result = await connect({
      messaging: { channelId: ` ${wide(account.channelId)}\n`, channelSecret: `\u200b${account.channelSecret} ` },
      account: { lineId: wide(account.basicId) },
      webhookUrl: ` ${toolUrl}\n`,
    })
    expect(result.verdict).toBe('needs-person')
    expect(account.settings.webhookUrl).toBe(toolUrl)
  })
})

describe('a webhook URL that does not work is refused and not set', () => {
  const failing = (code: string) => () => Promise.reject(Object.assign(new Error('fetch failed'), { cause: { code } }))
  test.each<
    readonly [how: string, url: string, server: (() => Response | Promise<Response>) | undefined, evidence: object]
  >([
    [
      'an IP address without a server',
      'https://203.0.113.5/line',
      undefined,
      { reason: 'COULD_NOT_CONNECT', host: '203.0.113.5' },
    ],
    [
      'a host that does not exist',
      'https://nowhere.example/line',
      failing('ENOTFOUND'),
      { status: 400, host: 'nowhere.example' },
    ],
    [
      'a redirect',
      toolUrl,
      () => new Response(undefined, { status: 302, headers: { location: 'https://tool.example/' } }),
      { reason: 'ERROR_STATUS_CODE', statusCode: 302 },
    ],
    [
      'a self-signed certificate',
      toolUrl,
      failing('DEPTH_ZERO_SELF_SIGNED_CERT'),
      { reason: 'UNCLASSIFIED', statusCode: 0 },
    ],
    [
      'a response that is too slow',
      toolUrl,
      silence as () => Promise<Response>,
      { reason: 'REQUEST_TIMEOUT', statusCode: 0 },
    ],
    [
      'an error status',
      toolUrl,
      () => new Response('', { status: 500 }),
      { reason: 'ERROR_STATUS_CODE', statusCode: 500 },
    ],
  ])('%s', async (_, webhookUrl, server, evidence) => {
    const { account, changes, connect, servers, values } = setup()
    if (server) servers.set(webhookUrl, server)
    const result = await connect({ ...values, webhookUrl })
    expect(result.verdict).toBe('refused')
    expect(result.checks.at(-1)).toMatchObject({
      id: 'webhook-test',
      status: 'failed',
      code: 'webhook_unreachable',
      evidence,
    })
    expect(account.settings.webhookUrl).toBeUndefined()
    expect(changes()).toEqual([])
  })

  test('its path and query are in no check, although LINE quotes them', async () => {
    const { connect, fetch, values } = setup()
    const webhookUrl = 'https://tool.example/hook?key=sesame'
    const tested: readonly (readonly [number, object])[] = [
      [
        200,
        {
          success: false,
          timestamp: '2026-11-01T00:00:00Z',
          statusCode: 0,
          reason: 'COULD_NOT_CONNECT',
          detail: `no way to ${webhookUrl}`,
        },
      ],
      [400, { message: `Invalid webhook endpoint URL: ${webhookUrl}` }],
      [403, { message: `Not for ${webhookUrl}` }],
    ]
    for (const [status, body] of tested) {
      const quoting: typeof globalThis.fetch = async (input, init) => {
        const isTest = new URL(input instanceof Request ? input.url : input).pathname.endsWith('/test')
        return isTest ? Response.json(body, { status }) : fetch(input, init)
      }
      const { checks } = await connect({ ...values, webhookUrl, fetch: quoting })
      expect(checks.find(({ id }) => id === 'webhook-test')?.status, `${status}`).not.toBe('passed')
      expect(JSON.stringify(checks), `${status}`).not.toContain('sesame')
    }
  })
})

test('http on this machine is passed to LINE, and the emulator accepts it', async () => {
  const { account, connect, servers, values } = setup()
  const webhookUrl = 'http://127.0.0.1:3000/line'
  servers.set(webhookUrl, () => new Response('ok'))
  expect((await connect({ ...values, webhookUrl })).verdict).toBe('needs-person')
  expect(account.settings.webhookUrl).toBe(webhookUrl)
})

test('pasted values work for a channel that the console shows only to the person who enabled the API', async () => {
  const { connect, emulator } = setup()
  const [owner, colleague] = ['owner', 'colleague'].map((name) => {
    const id = emulator.businessId.register({ email: `${name}@tea.example`, password: 'secret' })
    return emulator.businessId.signIn(id)
  })
  if (!owner || !colleague) throw new Error('both have signed in')
  const manager = emulator.manager.as(owner)
  const account = manager.createAccount({
    name: 'New House',
    email: 'tea@tea.example',
    company: 'Tea Ltd.',
    agreeToTerms: true,
  })
  manager.acceptConsents(account)
  const enabled = manager.enableMessagingApi(account, {
    provider: { name: 'Tea Ltd.' },
    developer: { name: 'Owner', email: 'owner@tea.example' },
    agreeToTerms: true,
  })
  const console = emulator.console.as(colleague)
  console.registerDeveloper({ name: 'Colleague', email: 'colleague@tea.example' })
  expect(console.channels()).toEqual([])
  expect(() => console.channel(enabled)).toThrow()
  const { channelId, channelSecret } = enabled
  expect(of(await connect({ messaging: { channelId, channelSecret } }), 'credentials')).toEqual({ status: 'passed' })
})

describe('invalid options are refused', () => {
  const messaging: MessagingAccess = good
  const registry = () => createRegistry({ storage: memoryRegistryStorage(), keys: [sealingKey] })

  test.each<object>([
    { messaging, team: 'tea' },
    { messaging, registry: registry() },
    { messaging, registry: registry(), team: '' },
    { messaging, answering: 'none' },
    { messaging, confirmations: [{ id: 'weather', holds: true }] },
    // The types forbid this value; plain JavaScript may pass it.
    { messaging, confirmations: [{ id: 'greeting', holds: 'yes' } as unknown as Confirmation] },
    { messaging, confirmations: [{ id: 'greeting', holds: true, at: Number.NaN }] },
  ])('%o', async (options) => {
    expect((await refusal(options)).problems).toEqual([])
  })

  test.each([0, 9_999, Number.NaN, -1])('a watch every %d ms', async (interval) => {
    await expect(watchAccount({ messaging, interval }).next()).rejects.toMatchObject({ code: 'LINE_INPUT' })
  })

  test.each<readonly [string, readonly unknown[]]>([
    ['no key', []],
    ['a short text', [{ id: 'a', key: 'short' }]],
    ['31 bytes', [{ id: 'a', key: new Uint8Array(31) }]],
    ['two of one id', [sealingKey, sealingKey]],
    ['an id with a space', [{ id: 'a b', key: 'k'.repeat(32) }]],
    ['a number as a key', [{ id: 'a', key: 7 }]],
  ])('a registry with %s', (_, keys) => {
    expect(() => createRegistry({ storage: memoryRegistryStorage(), keys: keys as [RegistryKey] })).toThrow(
      expect.objectContaining({ code: 'LINE_INPUT' }),
    )
  })

  test('an unknown connection', async () => {
    const empty = registry()
    for (const id of ['', 'unknown', '__proto__']) {
      await expect(empty.client(id)).rejects.toMatchObject({ code: 'LINE_INPUT' })
      await expect(empty.remove(id)).rejects.toMatchObject({ code: 'LINE_INPUT' })
      await expect(empty.recordResource(id, { kind: 'rich-menu', id: 'richmenu-1' })).rejects.toMatchObject({
        code: 'LINE_INPUT',
      })
      expect(await empty.get(id)).toBeUndefined()
    }
    expect(await empty.channel('U00000000000000000000000000000000')).toBeUndefined()
  })

  test.each([0, 10_001, 1.5, Number.NaN])('a page of %d', async (limit) => {
    await expect(registry().list({ limit })).rejects.toMatchObject({ code: 'LINE_INPUT' })
  })

  test.each([
    { kind: 'cloud', id: '1' },
    { kind: 'audience', id: '' },
    { kind: 'audience', id: 7 },
    { kind: '__proto__', id: '1' },
  ])('an invalid resource: %o', async (resource) => {
    // The types forbid this value; plain JavaScript may pass it.
    await expect(registry().recordResource('x', resource as unknown as Resource)).rejects.toMatchObject({
      code: 'LINE_INPUT',
    })
  })

  test('a key without its private half, in a registry that cannot find keys', async () => {
    const { account, connect, emulator, registry: own } = setup()
    const pair = await testPair()
    const kid = emulator.console.registerAssertionKey(account, pair.publicJwk)
    const messaging = { channelId: account.channelId, assertionKey: assertionKey({ kid, privateKey: pair }) }
    await expect(connect({ messaging, registry: own, team: 'tea' })).rejects.toMatchObject({ code: 'LINE_INPUT' })
    expect((await own.list()).connections).toEqual([])
  })
})
