import type { Leftover } from 'line-oa/account'
import { createCaller } from 'line-oa/core'
import { addLIFFApp, getAudienceGroups, getRichMenuList } from 'line-oa/operations'
import { statelessTokens } from 'line-oa/tokens'
import { describe, expect, test } from 'vitest'
import { otherUrl, setup, toolUrl } from '../setup.js'
import { connected, furnish, listed } from './connected.js'

describe('leftovers', () => {
  test('are listed with their owner by a dry run, which changes nothing', async () => {
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
    expect(listed(result)).toEqual([
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

  test('are removed when they are recorded and `remove` selects them', async () => {
    const subject = await connected()
    const { theirs, theirAudience } = await furnish(subject)
    const result = await subject.disconnect({
      registry: subject.registry,
      connectionId: subject.connectionId,
      remove: 'all',
      restoreWebhookUrl: true,
    })
    expect(listed(result).filter((line) => line.includes('this-tool'))).toEqual([
      'rich-menu-alias ours this-tool removed',
      'default-rich-menu this-tool removed',
      'rich-menu Ours this-tool removed',
      'audience Ours this-tool removed',
      'webhook-url tool.example this-tool restored',
    ])
    expect(result).toMatchObject({ verdict: 'disconnected', connection: { state: 'disconnected' } })
    const { api, settle } = subject
    expect((await settle(api.call(getRichMenuList, {}))).richmenus.map(({ richMenuId }) => richMenuId)).toEqual([
      theirs,
    ])
    expect(
      (await settle(api.call(getAudienceGroups, { page: 1 }))).audienceGroups.map(({ audienceGroupId }) =>
        String(audienceGroupId),
      ),
    ).toEqual([theirAudience])
    expect(subject.account.settings.webhookUrl).toBe(otherUrl)
    expect(await subject.registry.resources(subject.connectionId)).toEqual([])
  })

  test.each([
    ['nothing by default', undefined, []],
    ['a list of kinds', ['audience'] as const, ['audience Ours this-tool removed']],
    [
      'a function',
      ({ name }: Leftover) => name === 'Ours',
      ['rich-menu Ours this-tool removed', 'audience Ours this-tool removed'],
    ],
    ['nothing of others, although a function selects all', () => true, undefined],
  ])('are selected by `remove`: %s', async (_, remove, expected) => {
    const subject = await connected()
    await furnish(subject)
    const result = await subject.disconnect({ registry: subject.registry, connectionId: subject.connectionId, remove })
    const removed = listed(result).filter((line) => line.endsWith('removed'))
    if (expected) expect(removed).toEqual(expected)
    else expect(removed.every((line) => line.includes('this-tool'))).toBe(true)
  })

  test('that are already gone are reported and removed from the record', async () => {
    const subject = await connected()
    await subject.registry.recordResource(subject.connectionId, { kind: 'rich-menu', id: 'richmenu-gone', name: 'Old' })
    const result = await subject.disconnect({
      registry: subject.registry,
      connectionId: subject.connectionId,
      remove: 'all',
    })
    expect(listed(result)).toContain('rich-menu Old this-tool gone')
    expect(await subject.registry.resources(subject.connectionId)).toEqual([])
  })

  test('include LIFF apps when there is access to the LINE Login channel', async () => {
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
  test('is kept by default, with the steps for a person', async () => {
    const { account, connectionId, disconnect, registry } = await connected()
    const result = await disconnect({ registry, connectionId })
    expect(listed(result)).toEqual(['webhook-url tool.example this-tool kept'])
    expect(result.nextSteps.map(({ id }) => id)).toEqual([
      'switch-webhook-off',
      'clear-webhook-url',
      'switch-greeting-on',
      'remove-tool-members',
    ])
    expect(account.settings.webhookUrl).toBe(toolUrl)
  })

  test('of another tool is not changed', async () => {
    const { account, connectionId, disconnect, registry } = await connected()
    account.settings.webhookUrl = 'https://third.example/'
    const result = await disconnect({ registry, connectionId, restoreWebhookUrl: true })
    expect(listed(result)).toEqual(['webhook-url third.example unattributed kept'])
    expect(account.settings.webhookUrl).toBe('https://third.example/')
  })

  test('without a previous URL cannot be restored', async () => {
    const { connect, disconnect, registry, values } = setup()
    const { connection } = await connect({ ...values, registry, team: 'tea' })
    const result = await disconnect({ registry, connectionId: connection?.id ?? '', restoreWebhookUrl: true })
    expect(result.leftovers).toMatchObject([{ kind: 'webhook-url', action: 'kept', reason: expect.any(String) }])
  })

  test('is restored without a registry when the caller gives the previous URL', async () => {
    const { account, disconnect, values } = setup({ settings: { webhookUrl: toolUrl } })
    const result = await disconnect({ ...values, previousWebhookUrl: otherUrl, restoreWebhookUrl: true })
    expect(result.verdict).toBe('disconnected')
    expect(account.settings.webhookUrl).toBe(otherUrl)
  })
})
