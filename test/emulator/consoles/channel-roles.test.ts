import { createEmulator } from 'line-oa/emulator'
import { describe, expect, test } from 'vitest'
import { developer, enabled, loginForm, person, refused, team } from './setup.js'

describe('invitations', () => {
  test('give the role to the first developer who accepts', () => {
    const { emulator, mika, provider } = enabled()
    mika.console.inviteToProvider(provider, { email: 'boss@dev.example', role: 'admin' })
    const mail = emulator.businessId.mailbox('boss@dev.example').at(-1)
    expect(mail?.about).toBe('provider-invitation')
    const url = mail?.url ?? ''
    const ken = person(emulator, 'Ken')
    expect(() => ken.console.acceptInvitation(url)).toThrow(refused('developer_missing'))
    ken.console.registerDeveloper({ name: 'Ken', email: 'ken@dev.example' })
    ken.console.acceptInvitation(url)
    expect(ken.console.provider(provider).role).toBe('admin')
    expect(() => developer(emulator, 'Aya').console.acceptInvitation(url)).toThrow(refused('link_used'))
    expect(() => ken.console.acceptInvitation(`${url}x`)).toThrow(refused('link_unknown', 404))
    expect(() => mika.console.inviteToProvider(provider, { email: 'boss', role: 'admin' })).toThrow(
      refused('form_invalid'),
    )
  })

  test('are refused for a developer who has a role', () => {
    const { emulator, mika, channel } = enabled()
    mika.console.inviteToChannel(channel, { email: 'mika@shop.example', role: 'tester' })
    const url = emulator.businessId.mailbox('mika@shop.example').at(-1)?.url ?? ''
    expect(() => mika.console.acceptInvitation(url)).toThrow(refused('role_held'))
    expect(mika.console.channel(channel).role).toBe('admin')
  })
})

describe('roles at channels', () => {
  test('each role sees its part of the channel page', () => {
    const { emulator, admin, member, tester, outsider, channel } = team()
    admin.console.editChannel(channel, { description: 'A bot' })
    const line = emulator.createPerson({ displayName: 'Tess' })
    emulator.businessId.as(tester.session).linkLineAccount(line)
    expect(admin.console.channel(channel)).toMatchObject({
      name: 'Tea House',
      role: 'admin',
      description: 'A bot',
      channelSecret: channel.channelSecret,
      assertionKeys: [],
      roles: [{ role: 'admin' }, { role: 'member' }, { role: 'tester' }],
      yourUserId: undefined,
    })
    const hidden = {
      channelSecret: undefined,
      email: undefined,
      assertionKeys: undefined,
      roles: undefined,
      longLivedToken: undefined,
      webhookUrl: undefined,
      responseSettings: undefined,
    }
    const addFriendUrl = `https://line.me/R/ti/p/%40${channel.basicId.slice(1)}`
    const shown = { channelId: channel.channelId, name: 'Tea House', addFriendUrl }
    expect(member.console.channel(channel)).toMatchObject({ ...shown, ...hidden, role: 'member', description: 'A bot' })
    expect(tester.console.channel(channel)).toMatchObject({
      ...shown,
      ...hidden,
      role: 'tester',
      description: undefined,
      yourUserId: line.userIdFor(channel),
    })
    expect(() => outsider.console.channel(channel)).toThrow(refused('no_console_permission', 404))
    expect(() => admin.console.channel({ channelId: '1234567890' })).toThrow(refused('no_console_permission', 404))
  })

  test('only admins make changes; members and testers can leave', async () => {
    const { admin, member, tester, channel } = team()
    for (const { console, businessId } of [member, tester]) {
      const denied = refused('console_admin_only', 403)
      expect(() => console.editChannel(channel, { description: 'x' })).toThrow(denied)
      expect(() => console.registerAssertionKey(channel, {})).toThrow(denied)
      expect(() => console.removeAssertionKey(channel, 'x')).toThrow(denied)
      expect(() => console.reissueChannelSecret(channel)).toThrow(denied)
      expect(() => console.issueLongLivedToken(channel)).toThrow(denied)
      expect(() => console.setWebhookUrl(channel, 'https://bot.example/')).toThrow(denied)
      expect(() => console.setUseWebhook(channel, true)).toThrow(denied)
      expect(() => console.setRedelivery(channel, true)).toThrow(denied)
      expect(() => console.setErrorStatistics(channel, true)).toThrow(denied)
      await expect(console.verifyWebhook(channel)).rejects.toEqual(denied)
      expect(() => console.inviteToChannel(channel, { email: 'x@dev.example', role: 'admin' })).toThrow(denied)
      expect(() => console.changeChannelRole(channel, businessId, 'admin')).toThrow(denied)
      expect(() => console.removeFromChannel(channel, admin.businessId)).toThrow(denied)
      expect(() => console.deleteChannel(channel)).toThrow(denied)
      console.leaveChannel(channel)
      expect(() => console.channel(channel)).toThrow(refused('no_console_permission', 404))
    }
    expect(() => admin.console.leaveChannel(channel)).toThrow(refused('admin_cannot_leave'))
  })

  test('an admin of both imports a developer of the provider without an invitation', () => {
    const { emulator, admin, outsider, provider, channel } = team()
    expect(() => admin.console.importFromProvider(channel, outsider.businessId, 'tester')).toThrow(
      refused('role_missing'),
    )
    emulator.console.appointAtProvider(provider, outsider.businessId, 'member')
    admin.console.importFromProvider(channel, outsider.businessId, 'admin')
    expect(outsider.console.channel(channel).role).toBe('admin')
    expect(() => admin.console.importFromProvider(channel, outsider.businessId, 'admin')).toThrow(refused('role_held'))
    const aya = developer(emulator, 'Aya')
    emulator.console.appointAtProvider(provider, aya.businessId, 'member')
    expect(() => outsider.console.importFromProvider(channel, aya.businessId, 'tester')).toThrow(
      refused('console_admin_only', 403),
    )
  })

  test('roles can be changed and removed; a channel can be left without an admin', () => {
    const { emulator, admin, member, outsider, provider, channel } = team()
    admin.console.changeChannelRole(channel, member.businessId, 'admin')
    expect(() => admin.console.changeChannelRole(channel, outsider.businessId, 'admin')).toThrow(
      refused('role_missing'),
    )
    member.console.removeFromChannel(channel, admin.businessId)
    expect(() => admin.console.channel(channel)).toThrow(refused('no_console_permission', 404))
    emulator.console.appointAtProvider(provider, member.businessId, 'member')
    admin.console.changeProviderRole(provider, member.businessId, 'admin')
    expect(() => admin.console.removeFromProvider(provider, outsider.businessId)).toThrow(refused('role_missing'))
    admin.console.removeFromProvider(provider, member.businessId)
    expect(member.console.channel(channel).role).toBe('admin')
    emulator.console.appointAtProvider(provider, member.businessId, 'member')
    admin.console.removeFromProvider(provider, member.businessId, { alsoFromChannels: true })
    expect(() => member.console.channel(channel)).toThrow(refused('no_console_permission', 404))
  })

  test('a developer is admin of at most 100 Messaging API channels', () => {
    const emulator = createEmulator()
    const ken = developer(emulator, 'Ken')
    const channels = Array.from({ length: 101 }, (_, at) =>
      emulator.createAccount({ name: `A${at}`, provider: emulator.createProvider({ name: `P${at}` }) }),
    )
    const [last, ...others] = channels
    if (!last) throw new Error('Expected 101 channels')
    for (const channel of others) emulator.console.appointAtChannel(channel, ken.businessId)
    expect(() => emulator.console.appointAtChannel(last, ken.businessId)).toThrow(refused('channel_limit'))
    emulator.console.appointAtChannel(last, ken.businessId, 'member')
    expect(ken.console.channels()).toHaveLength(101)
  })

  test('a developer is admin of at most 100 channels of one provider', () => {
    const emulator = createEmulator()
    const { console } = developer(emulator, 'Ken')
    const provider = console.createProvider({ name: 'P' })
    const create = () => console.createLoginChannel({ ...loginForm, provider })
    for (let at = 0; at < 100; at++) create()
    expect(create).toThrow(refused('channel_limit'))
    expect(console.provider(provider).channels).toHaveLength(100)
  })
})
