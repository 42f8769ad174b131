import { createEmulator } from 'line-oa/emulator'
import { describe, expect, test } from 'vitest'
import { inputError } from '../setup.js'
import { developer, enabled, opened, person, refused } from './setup.js'

describe('the developer account', () => {
  test('is required first, and registered once', () => {
    const emulator = createEmulator()
    const { console } = person(emulator, 'Mika')
    expect(() => console.createProvider({ name: 'P' })).toThrow(refused('developer_missing'))
    expect(() => console.registerDeveloper({ name: 'Mika', email: 'x' })).toThrow(refused('form_invalid'))
    console.registerDeveloper({ name: 'Mika', email: 'mika@dev.example' })
    expect(() => console.registerDeveloper({ name: 'Mika', email: 'mika@dev.example' })).toThrow(
      refused('developer_registered'),
    )
    expect(console.providers()).toEqual([])
  })

  test('can be deleted when other admins remain; it has no roles when it is registered again', () => {
    const { emulator, mika, provider, channel } = enabled()
    const ken = developer(emulator, 'Ken')
    expect(() => mika.console.deleteDeveloperAccount()).toThrow(refused('developer_sole_admin'))
    emulator.console.appointAtProvider(provider, ken.businessId)
    expect(() => mika.console.deleteDeveloperAccount()).toThrow(refused('developer_sole_admin'))
    emulator.console.appointAtChannel(channel, ken.businessId)
    mika.console.deleteDeveloperAccount()
    expect(emulator.businessId.mailbox('mika@shop.example').at(-1)?.about).toBe('developer-account-deleted')
    expect(() => mika.console.channels()).toThrow(refused('developer_missing'))
    mika.console.registerDeveloper({ name: 'Mika', email: 'mika@dev.example' })
    expect([mika.console.channels(), mika.console.providers()]).toEqual([[], []])
    // The limit of 10 providers starts anew.
    for (let at = 0; at < 10; at++) mika.console.createProvider({ name: `P${at}` })
    expect(ken.console.channel(channel).roles).toHaveLength(1)
  })

  test('is not accessible after its Business ID was deleted', () => {
    const { emulator, mika, channel } = enabled()
    emulator.businessId.as(mika.session).delete()
    expect(() => mika.console.channel(channel)).toThrow(refused('signed_out'))
    const again = person(emulator, 'Mika')
    again.console.registerDeveloper({ name: 'Mika', email: 'mika@dev.example' })
    expect(() => again.console.channel(channel)).toThrow(refused('no_console_permission', 404))
  })
})

describe('providers', () => {
  test('a developer can create 10, and delete those without channels', () => {
    const emulator = createEmulator()
    const { console } = developer(emulator, 'Mika')
    const made = Array.from({ length: 10 }, (_, at) => console.createProvider({ name: `P${at}` }))
    expect(() => console.createProvider({ name: 'P10' })).toThrow(refused('provider_limit'))
    const [first] = made
    if (!first) throw new Error('Expected 10 providers')
    console.deleteProvider(first)
    expect(() => console.provider(first)).toThrow(refused('no_console_permission', 404))
    expect(console.createProvider({ name: 'P10' }).name).toBe('P10')
    expect(() => console.createProvider({ name: ' ' })).toThrow(refused('form_invalid'))
    expect(console.providers()).toHaveLength(10)
  })

  test('a provider with a channel cannot be deleted; a new name is visible everywhere', () => {
    const { mika, provider, account } = enabled()
    expect(() => mika.console.deleteProvider(provider)).toThrow(refused('provider_not_empty'))
    mika.console.renameProvider(provider, 'Tea Garden Ltd.')
    expect(mika.manager.messagingApi(account)).toMatchObject({ provider: 'Tea Garden Ltd.' })
    mika.manager.deleteAccount(account)
    mika.console.deleteProvider(provider)
    expect(mika.console.providers()).toEqual([])
  })

  test('the Official Account Manager also refuses the eleventh', () => {
    const { mika, account } = opened()
    mika.console.registerDeveloper({ name: 'Mika', email: 'mika@dev.example' })
    for (let at = 0; at < 10; at++) mika.console.createProvider({ name: `P${at}` })
    const enable = () => mika.manager.enableMessagingApi(account, { provider: { name: 'P10' }, agreeToTerms: true })
    expect(enable).toThrow(refused('provider_limit'))
    expect(mika.manager.messagingApi(account)).toEqual({ status: 'off' })
  })

  test('admins see the whole provider, its members and users with channel roles its name, and others nothing', () => {
    const { emulator, mika, provider, channel } = enabled()
    const [member, tester, outsider] = ['Member', 'Tester', 'Outsider'].map((name) => developer(emulator, name))
    if (!member || !tester || !outsider) throw new Error('Expected three developers')
    emulator.console.appointAtProvider(provider, member.businessId, 'member')
    emulator.console.appointAtChannel(channel, tester.businessId, 'tester')
    expect(mika.console.provider(provider)).toMatchObject({
      name: 'Tea House Ltd.',
      role: 'admin',
      providerId: provider.providerId,
      channels: [{ channelId: channel.channelId, kind: 'messaging' }],
      developers: [
        { name: 'Mika', role: 'admin' },
        { name: 'Member', role: 'member' },
      ],
    })
    const bare = { name: 'Tea House Ltd.', providerId: undefined, channels: undefined, developers: undefined }
    expect(member.console.provider(provider)).toEqual({ ...bare, role: 'member' })
    expect(tester.console.provider(provider)).toEqual({ ...bare, role: undefined })
    expect(tester.console.providers()).toEqual([provider])
    expect(() => outsider.console.provider(provider)).toThrow(refused('no_console_permission', 404))
    for (const { console } of [member, tester]) {
      const invitation = { email: 'x@dev.example', role: 'member' } as const
      expect(() => console.renameProvider(provider, 'X')).toThrow(refused('console_admin_only', 403))
      expect(() => console.deleteProvider(provider)).toThrow(refused('console_admin_only', 403))
      expect(() => console.inviteToProvider(provider, invitation)).toThrow(refused('console_admin_only', 403))
      expect(() => console.removeFromProvider(provider, mika.businessId)).toThrow(refused('console_admin_only', 403))
    }
  })

  test('an admin of a provider has no access to a channel without a role there', () => {
    const { emulator, provider, channel } = enabled()
    const ken = developer(emulator, 'Ken')
    emulator.console.appointAtProvider(provider, ken.businessId)
    expect(() => ken.console.channel(channel)).toThrow(refused('no_console_permission', 404))
  })
})

test('a session that has ended has no access', async () => {
  const { mika, account, channel } = enabled()
  mika.session.signOut()
  expect(() => mika.manager.open(account)).toThrow(refused('signed_out'))
  expect(() => mika.console.channel(channel)).toThrow(refused('signed_out'))
  await expect(mika.console.verifyWebhook(channel)).rejects.toEqual(refused('signed_out'))
})

test('objects of another emulator are refused', () => {
  const { emulator, mika, account } = enabled()
  const elsewhere = enabled()
  expect(() => mika.manager.open(elsewhere.account)).toThrow(inputError)
  expect(() => elsewhere.emulator.manager.appoint(account, elsewhere.mika.businessId)).toThrow(inputError)
  expect(() => emulator.manager.appoint(account, elsewhere.mika.businessId)).toThrow(inputError)
  expect(() => emulator.console.appointAtProvider(elsewhere.provider, mika.businessId)).toThrow(inputError)
  expect(() => emulator.console.registerAssertionKey({ channelId: '1' }, {})).toThrow(inputError)
})
