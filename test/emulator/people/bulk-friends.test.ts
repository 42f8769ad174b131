import { createLineClient, each } from 'line-oa'
import { createEmulator } from 'line-oa/emulator'
import { describe, expect, test } from 'vitest'
import { inputError } from '../setup.js'

function setup() {
  const emulator = createEmulator({ clock: 'manual' })
  const account = emulator.createAccount({ name: 'Tea House', kind: 'verified' })
  const { channelId, channelSecret } = account
  const line = createLineClient({ channelId, channelSecret, fetch: emulator.fetch, clock: emulator.clock })
  return { emulator, account, line }
}

describe('friends that are added in bulk', () => {
  test('are listed after all other followers, in a stable order', async () => {
    const { emulator, account, line } = setup()
    const crowd = [...account.addBulkFriends(2500), ...account.addBulkFriends(7)]
    const person = emulator.createPerson({ displayName: 'Mika' })
    await person.addFriend(account)
    expect(new Set(crowd).size).toBe(2507)
    for (const userId of crowd) expect(userId).toMatch(/^U[0-9a-f]{32}$/)

    const { userIds, next: start } = await line.messaging.getFollowers({ limit: 1000 })
    await line.messaging.pushMessage({ to: crowd[1800] ?? '', messages: [{ type: 'text', text: 'hi' }] })
    const rest = await Array.fromAsync(each(line.messaging.getFollowers, { start, limit: 999 }))
    expect([...userIds, ...rest]).toEqual([person.userIdFor(account), ...crowd])
    expect(await Array.fromAsync(each(line.messaging.getFollowers, { limit: 1000 }))).toEqual([
      person.userIdFor(account),
      ...crowd,
    ])
  })

  test('can be read and messaged like other friends', async () => {
    const { account, line } = setup()
    const [first = '', second = '', third = ''] = account.addBulkFriends(3)
    expect(await line.messaging.getProfile({ userId: second })).toEqual({ userId: second, displayName: 'Friend 2' })
    await line.messaging.multicast({ to: [first, third], messages: [{ type: 'text', text: 'hi' }] })
    await line.messaging.broadcast({ messages: [{ type: 'text', text: 'all' }] })
    expect(await line.messaging.getMessageQuotaConsumption()).toEqual({ totalUsage: 5 })
  })

  test('are counted before and after a message to one of them', async () => {
    const { emulator, account, line } = setup()
    const [first = ''] = account.addBulkFriends(40)
    const date = new Date(emulator.clock.now() + 9 * 60 * 60 * 1000).toISOString().slice(0, 10).replaceAll('-', '')
    await emulator.clock.advance(24 * 60 * 60 * 1000)
    const counted = { status: 'ready', followers: 40, targetedReaches: 40, blocks: 0 }
    expect(await line.insight.getNumberOfFollowers({ date })).toEqual(counted)
    await line.messaging.pushMessage({ to: first, messages: [{ type: 'text', text: 'hi' }] })
    expect(await line.insight.getNumberOfFollowers({ date })).toEqual(counted)
    const before = new Date(emulator.clock.now() - 39 * 60 * 60 * 1000).toISOString().slice(0, 10).replaceAll('-', '')
    expect(await line.insight.getNumberOfFollowers({ date: before })).toMatchObject({ followers: 0 })
  })

  test('belong to one provider, and have no other IDs', async () => {
    const { emulator, account, line } = setup()
    const [first = ''] = account.addBulkFriends(1)
    const foreign = emulator.createAccount({ name: 'Other', provider: emulator.createProvider() })
    const theirs = createLineClient({ channelAccessToken: foreign.issueLongLivedToken(), fetch: emulator.fetch })
    await expect(theirs.messaging.getProfile({ userId: first })).rejects.toMatchObject({ status: 404 })
    const beside = first.slice(0, -1) + (first.endsWith('1') ? '2' : '1')
    await expect(line.messaging.getProfile({ userId: beside })).rejects.toMatchObject({ status: 404 })
    await expect(line.messaging.getProfile({ userId: `${first.slice(0, -1)}g` })).rejects.toMatchObject({
      code: 'LINE_API',
      status: 400,
    })
  })

  test.each([0, -1, 1.5, Number.NaN, 2 ** 32 + 1])('cannot be %d', (size) => {
    const { account } = setup()
    expect(() => account.addBulkFriends(size)).toThrow(inputError)
  })

  test('can be as many as 2 ** 32', async () => {
    const { account, line } = setup()
    account.addBulkFriends(2 ** 32)
    const { userIds } = await line.messaging.getFollowers({ limit: 1000 })
    expect(await line.messaging.getProfile({ userId: userIds[999] ?? '' })).toMatchObject({
      displayName: 'Friend 1000',
    })
  })
})
