import { createEmulator } from 'line-oa/emulator'
import { createReceiver } from 'line-oa/webhook'
import { describe, expect, test } from 'vitest'

function setup() {
  const emulator = createEmulator({ clock: 'manual' })
  const account = emulator.createAccount({ name: 'Tea House' })
  const person = emulator.createPerson({ displayName: 'Mika' })
  const receiver = createReceiver({ channelSecret: account.channelSecret, onError() {} })
  account.connect(receiver)
  return { emulator, account, person, receiver }
}

const broken = new Error('the bot is broken')

describe('what the bot under test threw', () => {
  test('is in the report of the delivery', async () => {
    const { account, person, receiver } = setup()
    receiver.on('message', () => Promise.reject(broken))
    expect(await person.send(account, 'hi')).toMatchObject({ status: 500, reason: 'error_status_code', error: broken })
    expect(account.deliveries.at(-1)?.error).toBe(broken)
  })

  test('is thrown with throwOnError', async () => {
    const { account, person, receiver } = setup()
    receiver.on('message', () => {
      throw broken
    })
    await expect(person.send(account, 'hi', { throwOnError: true })).rejects.toBe(broken)
  })

  test('is thrown with throwOnError in a group, too', async () => {
    const { emulator, account, person, receiver } = setup()
    account.settings.joinGroups = true
    const group = emulator.createGroup({ name: 'Us', members: [person] })
    await group.invite(account)
    receiver.on('message', () => Promise.reject(broken))
    await expect(group.send(person, 'hi', { throwOnError: true })).rejects.toBe(broken)
  })

  test('is missing for a bot that handled the event', async () => {
    const { account, person, receiver } = setup()
    receiver.on('message', () => {})
    expect(await person.send(account, 'hi', { throwOnError: true })).not.toHaveProperty('error')
  })

  test('is what the fetch of any other target threw', async () => {
    const { account, person } = setup()
    account.connect({ fetch: () => Promise.reject(broken) })
    expect(await person.send(account, 'hi')).toMatchObject({ error: broken })
  })
})
