import { describe, expect, test } from 'vitest'
import { type DisconnectResult, disconnectAccount, type Leftover, type Registry } from '../../src/account/index.js'
import { getAudienceGroups } from '../../src/audience/group/operations.js'
import { createAudienceGroup } from '../../src/audience/ids/operations.js'
import { createCaller } from '../../src/core/caller.js'
import { generateAssertionKey } from '../../src/keys/index.js'
import { addLIFFApp } from '../../src/liff/operations.js'
import { createRichMenu, getRichMenuList, setDefaultRichMenu, setRichMenuImage } from '../../src/messaging/rich-menu/operations.js'
import { createRichMenuAlias } from '../../src/messaging/rich-menu-alias/operations.js'
import { memoryStore } from '../../src/store/index.js'
import { statelessTokens } from '../../src/tokens/stateless.js'
import { allAttested, otherUrl, type Setup, setup, toolUrl } from './setup.js'

const png = Uint8Array.from(atob('iVBORw0KGgoAAAANSUhEUgAACcQAAAaXCAYAAAAAAAAA'), (character) => character.charCodeAt(0))

const menu = (name: string) => ({
  size: { width: 2500, height: 1686 },
  selected: false,
  name,
  chatBarText: 'Menu',
  areas: [{ bounds: { x: 0, y: 0, width: 2500, height: 1686 }, action: { type: 'message' as const, text: 'tea' } }],
})

interface Connected extends Setup {
  readonly connectionId: string
  readonly api: ReturnType<typeof createCaller>
}

async function connected(given: { readonly registry?: (subject: Setup) => Registry; readonly settings?: object } = {}): Promise<Connected> {
  const subject = setup({ settings: { webhookUrl: otherUrl, webhook: true, ...given.settings } })
  const { account, clock, connect, fetch, values } = subject
  const registry = given.registry?.(subject) ?? subject.registry
  subject.servers.set(toolUrl, () => new Response('ok'))
  const { connection } = await connect({ ...values, registry, team: 'tea', takeOver: true, answering: 'tool-only', attested: allAttested })
  const api = createCaller({ channelAccessToken: statelessTokens(account), clock, fetch })
  return { ...subject, registry, connectionId: connection?.id ?? '', api }
}

/** Makes one of everything that a tool leaves, and one of each that somebody else made. */
async function furnish({ api, connectionId, registry, settle }: Connected) {
  const make = async (name: string) => {
    const { richMenuId } = await settle(api.call(createRichMenu, menu(name)))
    await settle(api.call(setRichMenuImage, { richMenuId, image: new Blob([png], { type: 'image/png' }) }))
    return richMenuId
  }
  const [ours, theirs] = [await make('Ours'), await make('Theirs')]
  await settle(api.call(createRichMenuAlias, { richMenuAliasId: 'ours', richMenuId: ours }))
  await settle(api.call(createRichMenuAlias, { richMenuAliasId: 'theirs', richMenuId: theirs }))
  await settle(api.call(setDefaultRichMenu, { richMenuId: ours }))
  const audience = async (description: string) => String((await settle(api.call(createAudienceGroup, { description }))).audienceGroupId)
  const [ourAudience, theirAudience] = [await audience('Ours'), await audience('Theirs')]
  await registry.recordResource(connectionId, { kind: 'rich-menu', id: ours, name: 'Ours' })
  await registry.recordResource(connectionId, { kind: 'rich-menu-alias', id: 'ours' })
  await registry.recordResource(connectionId, { kind: 'audience', id: ourAudience })
  return { ours, theirs, ourAudience, theirAudience }
}

const told = ({ leftovers }: Pick<DisconnectResult, 'leftovers'>) =>
  leftovers.map(({ kind, name, id, madeBy, action }: Leftover) =>
    `${kind} ${name ?? (kind === 'default-rich-menu' ? '' : id)} ${madeBy} ${action}`.replace('  ', ' '),
  )

describe('what is left behind', () => {
  test('is listed, with whose it is, and a dry run changes nothing', async () => {
    const subject = await connected()
    await furnish(subject)
    const before = subject.changes().length
    const result = await subject.disconnect({
      registry: subject.registry,
      connectionId: subject.connectionId,
      remove: 'all',
      restoreWebhookUrl: true,
      dryRun: true,
    })
    expect(told(result)).toEqual([
      'rich-menu-alias ours this-tool would-remove',
      'rich-menu-alias theirs unattributed kept',
      'default-rich-menu this-tool would-remove',
      'rich-menu Ours this-tool would-remove',
      'rich-menu Theirs unattributed kept',
      'audience Theirs unattributed kept',
      'audience Ours this-tool would-remove',
      'webhook-url tool.example this-tool would-restore',
    ])
    expect(result).toMatchObject({ verdict: 'dry-run', unread: [], connection: { state: 'connected' } })
    expect(subject.changes()).toHaveLength(before)
  })

  test('is removed where that is chosen, and only what is on record', async () => {
    const subject = await connected()
    const { theirs, theirAudience } = await furnish(subject)
    const result = await subject.disconnect({
      registry: subject.registry,
      connectionId: subject.connectionId,
      remove: 'all',
      restoreWebhookUrl: true,
    })
    expect(told(result).filter((line) => line.includes('this-tool'))).toEqual([
      'rich-menu-alias ours this-tool removed',
      'default-rich-menu this-tool removed',
      'rich-menu Ours this-tool removed',
      'audience Ours this-tool removed',
      'webhook-url tool.example this-tool restored',
    ])
    expect(result).toMatchObject({ verdict: 'disconnected', connection: { state: 'disconnected' } })
    const { api, settle } = subject
    expect((await settle(api.call(getRichMenuList, {}))).richmenus.map(({ richMenuId }) => richMenuId)).toEqual([theirs])
    expect(
      (await settle(api.call(getAudienceGroups, { page: 1 }))).audienceGroups.map(({ audienceGroupId }) => String(audienceGroupId)),
    ).toEqual([theirAudience])
    expect(subject.account.settings.webhookUrl).toBe(otherUrl)
    expect(await subject.registry.resources(subject.connectionId)).toEqual([])
  })

  test.each([
    ['nothing, when nothing is said', undefined, []],
    ['some kinds', ['audience'] as const, ['audience Ours this-tool removed']],
    [
      'what a function picks',
      ({ name }: Leftover) => name === 'Ours',
      ['rich-menu Ours this-tool removed', 'audience Ours this-tool removed'],
    ],
    ['nothing of others, whatever a function says', () => true, undefined],
  ])('by choice: %s', async (_, remove, expected) => {
    const subject = await connected()
    await furnish(subject)
    const result = await subject.disconnect({ registry: subject.registry, connectionId: subject.connectionId, remove })
    const removed = told(result).filter((line) => line.endsWith('removed'))
    if (expected) expect(removed).toEqual(expected)
    else expect(removed.every((line) => line.includes('this-tool'))).toBe(true)
  })

  test('what somebody has removed before is told and taken off the record', async () => {
    const subject = await connected()
    await subject.registry.recordResource(subject.connectionId, { kind: 'rich-menu', id: 'richmenu-gone', name: 'Old' })
    const result = await subject.disconnect({ registry: subject.registry, connectionId: subject.connectionId, remove: 'all' })
    expect(told(result)).toContain('rich-menu Old this-tool gone')
    expect(await subject.registry.resources(subject.connectionId)).toEqual([])
  })

  test('LIFF apps are looked for where there is access to the LINE Login channel', async () => {
    const subject = setup()
    const { account, clock, connect, disconnect, emulator, fetch, registry, settle, values } = subject
    const channel = emulator.createLoginChannel({ linkedAccount: account })
    const { channelId, channelSecret } = channel
    const { connection } = await connect({ ...values, login: { channelId, channelSecret }, registry, team: 'tea' })
    const login = createCaller({ channelAccessToken: statelessTokens({ channelId, channelSecret }), clock, fetch })
    const { liffId } = await settle(login.call(addLIFFApp, { view: { type: 'full', url: 'https://tool.example/' } }))
    const connectionId = connection?.id ?? ''
    await registry.recordResource(connectionId, { kind: 'liff-app', id: liffId })
    const result = await disconnect({ registry, connectionId, remove: ['liff-app'] })
    expect(result.leftovers).toContainEqual({ kind: 'liff-app', id: liffId, madeBy: 'this-tool', action: 'removed' })
  })
})

describe('the webhook', () => {
  test('stays when nobody asks for the previous URL, and a person is told what to do', async () => {
    const { account, connectionId, disconnect, registry } = await connected()
    const result = await disconnect({ registry, connectionId })
    expect(told(result)).toEqual(['webhook-url tool.example this-tool kept'])
    expect(result.nextSteps.map(({ id }) => id)).toEqual([
      'switch-webhook-off',
      'clear-webhook-url',
      'switch-greeting-on',
      'remove-tool-members',
    ])
    expect(account.settings.webhookUrl).toBe(toolUrl)
  })

  test('that somebody else has taken meanwhile is not touched', async () => {
    const { account, connectionId, disconnect, registry } = await connected()
    account.settings.webhookUrl = 'https://third.example/'
    const result = await disconnect({ registry, connectionId, restoreWebhookUrl: true })
    expect(told(result)).toEqual(['webhook-url third.example unattributed kept'])
    expect(account.settings.webhookUrl).toBe('https://third.example/')
  })

  test('where nothing stood before, nothing can be restored', async () => {
    const { connect, disconnect, registry, values } = setup()
    const { connection } = await connect({ ...values, registry, team: 'tea' })
    const result = await disconnect({ registry, connectionId: connection?.id ?? '', restoreWebhookUrl: true })
    expect(result.leftovers).toMatchObject([{ kind: 'webhook-url', action: 'kept', reason: 'nothing stood there before' }])
  })

  test('without a registry the caller says what it was', async () => {
    const { account, disconnect, values } = setup({ settings: { webhookUrl: toolUrl } })
    const result = await disconnect({ ...values, previousWebhookUrl: otherUrl, restoreWebhookUrl: true })
    expect(result.verdict).toBe('disconnected')
    expect(account.settings.webhookUrl).toBe(otherUrl)
  })
})

describe('tokens', () => {
  test('a stateless one is nothing to revoke', async () => {
    const { changes, connectionId, disconnect, registry } = await connected()
    await disconnect({ registry, connectionId })
    expect(changes().filter((call) => call.includes('revoke'))).toEqual([])
  })

  test('one that was minted and is kept is revoked, last of all', async () => {
    const store = memoryStore()
    const subject = await connected({ registry: (own) => own.createRegistry({ tokens: { kind: 'short-lived', store } }) })
    await furnish(subject)
    const { calls, connectionId, disconnect, emulator, registry, settle } = subject
    const line = await registry.client(connectionId)
    await settle(line.messaging.getBotInfo())
    calls.length = 0
    const result = await disconnect({ registry, connectionId, remove: 'all', restoreWebhookUrl: true })
    expect(told(result).at(-1)).toBe('minted-token short-lived this-tool removed')
    expect(calls.at(-1)?.call).toBe('POST /v2/oauth/revoke')
    // The client holds a token that is dead, and the secret to mint another is gone from the registry.
    await expect(settle(emulator.fetch('https://api.line.me/v2/bot/info'))).resolves.toMatchObject({ status: 401 })
    await expect(registry.client(connectionId)).rejects.toMatchObject({ code: 'LINE_INPUT' })
    expect(await store.get(`line-oa:token:short-lived:${subject.account.channelId}`)).toBeUndefined()
  })

  test('one of kind v2.1 is revoked with the channel secret, and told to end by itself without one', async () => {
    for (const withSecret of [true, false]) {
      const subject = setup()
      const { account, connect, createRegistry, disconnect, emulator, settle } = subject
      const registry = createRegistry({ tokens: { kind: 'v2.1', store: memoryStore() } })
      const pair = await generateAssertionKey()
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

  test('a pasted long-lived one stays, unless that is said, with a warning', async () => {
    for (const revokeLongLived of [false, true]) {
      const { account, connect, disconnect, emulator, registry, settle } = setup()
      const channelAccessToken = account.issueLongLivedToken()
      const { connection } = await connect({ messaging: { channelAccessToken }, registry, team: 'tea' })
      const result = await disconnect({ registry, connectionId: connection?.id ?? '', revokeLongLived })
      expect(result.warnings).toEqual(revokeLongLived ? ['shared-token'] : [])
      expect(result.nextSteps.map(({ id }) => id).includes('end-long-lived-token')).toBe(!revokeLongLived)
      const use = emulator.fetch('https://api.line.me/v2/bot/info', { headers: { authorization: `Bearer ${channelAccessToken}` } })
      expect((await settle(use)).status).toBe(revokeLongLived ? 401 : 200)
    }
  })
})

test('a run that is not complete keeps the token that the next one needs', async () => {
  const subject = await connected({ registry: (own) => own.createRegistry({ tokens: { kind: 'short-lived', store: memoryStore() } }) })
  await furnish(subject)
  const { connectionId, disconnect, emulator, registry, settle } = subject
  await settle((await registry.client(connectionId)).messaging.getBotInfo())
  emulator.faults.add({ operation: 'deleteRichMenu', answer: 429, times: 20 })
  const result = await disconnect({ registry, connectionId, remove: 'all' })
  expect(result.verdict).toBe('incomplete')
  expect(told(result)).toContain('rich-menu Ours this-tool failed')
  expect(told(result).at(-1)).toBe('minted-token short-lived this-tool kept')
  emulator.faults.clear()
  expect(told(await disconnect({ registry, connectionId, remove: 'all' })).at(-1)).toBe('minted-token short-lived this-tool removed')
})

describe('it may be run again', () => {
  test('a second run does nothing and says so', async () => {
    const { calls, connectionId, disconnect, registry } = await connected()
    await disconnect({ registry, connectionId })
    calls.length = 0
    expect(await disconnect({ registry, connectionId, remove: 'all' })).toMatchObject({ verdict: 'disconnected', leftovers: [] })
    expect(calls).toEqual([])
  })

  test('another team can connect the account then, and the secrets are gone', async () => {
    const { connect, connectionId, disconnect, registry, values } = await connected()
    expect((await connect({ ...values, registry, team: 'coffee' })).verdict).toBe('refused')
    await disconnect({ registry, connectionId })
    expect(await connect({ ...values, registry, team: 'coffee' })).toMatchObject({ connection: { team: 'coffee', state: 'connected' } })
    expect(await registry.get(connectionId)).toMatchObject({ state: 'disconnected', team: 'tea' })
    await registry.remove(connectionId)
    expect(await registry.get(connectionId)).toBeUndefined()
  })

  test('a pasted token that is dead is no obstacle where the secret opens the channel', async () => {
    const subject = await connected()
    const { account, connect, connectionId, disconnect, registry, values } = subject
    const channelAccessToken = account.issueLongLivedToken()
    const again = await connect({ ...values, messaging: { ...values.messaging, channelAccessToken }, registry, team: 'tea' })
    expect(again.connection?.id).toBe(connectionId)
    account.issueLongLivedToken()
    await furnish(subject)
    const result = await disconnect({ registry, connectionId, remove: 'all' })
    expect(result).toMatchObject({ verdict: 'disconnected', code: undefined })
    expect(told(result).filter((line) => line.endsWith('removed'))).toHaveLength(4)
  })

  test('what is on record and can be looked for no more is told', async () => {
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
      reason: 'it could not be looked for',
    })
  })

  test('a connection that is taken off while it is being connected stays off', async () => {
    const { account, connect, disconnect, registry, servers, values } = setup({ settings: { webhookUrl: otherUrl } })
    servers.set(toolUrl, async () => {
      const [pending] = (await registry.list()).connections
      await disconnectAccount({ registry, connectionId: pending?.id ?? '' })
      return new Response('ok')
    })
    await expect(connect({ ...values, takeOver: true, registry, team: 'tea' })).rejects.toMatchObject({ code: 'LINE_INPUT' })
    const [connection] = (await registry.list()).connections
    expect(connection?.state).toBe('disconnected')
    expect(account.settings.webhookUrl).toBe(otherUrl)
    expect((await disconnect({ registry, connectionId: connection?.id ?? '' })).verdict).toBe('disconnected')
  })

  test('credentials that open nothing any more do not keep the connection from being ended', async () => {
    const { account, connect, disconnect, registry } = setup()
    const channelAccessToken = account.issueLongLivedToken()
    const { connection } = await connect({ messaging: { channelAccessToken }, registry, team: 'tea' })
    account.issueLongLivedToken()
    const result = await disconnect({ registry, connectionId: connection?.id ?? '', remove: 'all' })
    expect(result).toMatchObject({ verdict: 'disconnected', code: 'token_invalidated', connection: { state: 'disconnected' } })
  })
})

describe('LINE answers 500 from any call on', () => {
  const whole = async () => {
    const subject = await connected()
    await furnish(subject)
    subject.calls.length = 0
    await subject.disconnect({ registry: subject.registry, connectionId: subject.connectionId, remove: 'all', restoreWebhookUrl: true })
    return subject.calls.length
  }

  test('what is left is told, the record stays true, and another run completes', async () => {
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
      const removed = first.leftovers.filter(({ action, kind }) => action === 'removed' && kind !== 'default-rich-menu').length
      expect(onRecord + removed, `from call ${from}`).toBe(3)
      healed = true
      expect((await disconnect(options)).verdict).toBe('disconnected')
      expect(await registry.resources(connectionId)).toEqual([])
      expect(account.settings.webhookUrl).toBe(otherUrl)
    }
  })

  test('a process that is killed at any call leaves a state that says so, and another run completes', async () => {
    const total = await whole()
    for (let at = 0; at < total; at++) {
      const subject = await connected()
      await furnish(subject)
      const { account, clock, connectionId, disconnect, registry } = subject
      let count = 0
      const killed: typeof fetch = (input, init) => (count++ === at ? new Promise(() => {}) : subject.fetch(input, init))
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

test('a connection that never came further than pending can be ended, and what stood before is restored', async () => {
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
