// The emulator's pages and `can` have separate tables of permissions; every cell of one is compared with the other.

import { type AccountAction, type ChannelAction, can, type ProviderAction } from 'line-oa/account'
import { createEmulator, type Emulator, LineConsoleRefusal } from 'line-oa/emulator'
import { describe, expect, test } from 'vitest'
import { text } from '../setup.js'
import { enabled, opened, person } from './setup.js'

type Visitor = ReturnType<typeof person>

/** Whether a page allows an action: it neither refuses it for the role nor omits the value. */
function isAllowed(act: () => unknown): boolean {
  try {
    return act() !== undefined
  } catch (error) {
    if (error instanceof LineConsoleRefusal && (error.status !== undefined || error.reason === 'admin_cannot_leave'))
      return false
    throw error
  }
}

// For actions that return nothing.
const done = (_: void): true => true

function developer(emulator: Emulator, name: string): Visitor {
  const someone = person(emulator, name)
  someone.console.registerDeveloper({ name, email: `${name.toLowerCase()}@dev.example` })
  return someone
}

describe('Official Account Manager', () => {
  type Account = ReturnType<typeof opened>['account']
  // The emulator has no drafts of messages.
  const acts: {
    readonly [action in Exclude<AccountAction, 'create-messages'>]: (visitor: Visitor, account: Account) => unknown
  } = {
    'send-messages': ({ manager }, account) => done(manager.broadcast(account, [text('Sale')])),
    'see-analytics': ({ manager }, account) => manager.analytics(account),
    'change-settings': ({ manager }, account) => done(manager.setResponseSettings(account, { greeting: false })),
    'manage-members': ({ manager }, account) => manager.invite(account, 'operator'),
    'open-messaging-api-page': ({ manager }, account) => manager.messagingApi(account),
    'delete-account': ({ manager }, account) => done(manager.deleteAccount(account)),
    'request-verification': ({ manager }, account) => done(manager.requestVerification(account)),
  }
  const actions = Object.keys(acts) as (keyof typeof acts)[] // the keys of the literal above
  const roles = ['administrator', 'operator', 'operator-no-broadcast', 'operator-no-analytics'] as const

  test.each(roles.flatMap((role) => actions.map((action) => ({ role, action }))))(
    '$role: $action',
    ({ role, action }) => {
      const { account, invited } = opened()
      const visitor = invited('Ken', role)
      expect(isAllowed(() => acts[action](visitor, account))).toBe(can(`account.${role}`, action))
    },
  )
})

describe('providers', () => {
  type Provider = ReturnType<typeof enabled>['provider']
  const acts: { readonly [action in ProviderAction]: (visitor: Visitor, provider: Provider) => unknown } = {
    'see-name': ({ console }, provider) => console.provider(provider).name,
    'see-provider-id': ({ console }, provider) => console.provider(provider).providerId,
    'see-provider-id-in-url': ({ console }, provider) =>
      console.providers().find((known) => known === provider)?.providerId,
    'rename-provider': ({ console }, provider) => done(console.renameProvider(provider, 'Other')),
    'delete-provider': ({ console }, provider) => done(console.deleteProvider(provider)),
    'list-channels': ({ console }, provider) => console.provider(provider).channels,
    'create-channel': ({ console }, provider) => console.createLoginChannel({ ...loginForm, provider }),
    'manage-roles': ({ console }, provider) =>
      done(console.inviteToProvider(provider, { email: 'x@dev.example', role: 'member' })),
  }
  const actions = Object.keys(acts) as (keyof typeof acts)[] // the keys of the literal above

  test.each((['admin', 'member', 'none'] as const).flatMap((role) => actions.map((action) => ({ role, action }))))(
    '$role: $action',
    ({ role, action }) => {
      const emulator = createEmulator()
      const visitor = developer(emulator, 'Ken')
      const provider = emulator.createProvider()
      if (role === 'none')
        emulator.console.appointAtChannel(emulator.createLoginChannel({ provider }), visitor.businessId, 'tester')
      else emulator.console.appointAtProvider(provider, visitor.businessId, role)
      expect(isAllowed(() => acts[action](visitor, provider))).toBe(can(`provider.${role}`, action))
    },
  )
})

const loginForm = {
  region: 'JP',
  name: 'Shop',
  description: 'Shop',
  appTypes: ['web'],
  email: 'dev@shop.example',
  agreeToTerms: true,
} as const

describe('channels', () => {
  interface Channel {
    readonly channelId: string
  }
  type Act = (visitor: Visitor, channel: Channel) => unknown
  const invitation = { email: 'x@dev.example', role: 'member' } as const
  const both: { readonly [action in ChannelAction]?: Act } = {
    'see-channel-id': ({ console }, channel) => console.channel(channel).channelId,
    'see-name': ({ console }, channel) => console.channel(channel).name,
    'see-description': ({ console }, channel) => console.channel(channel).description,
    'edit-description': ({ console }, channel) => done(console.editChannel(channel, { description: 'x' })),
    'see-channel-secret': ({ console }, channel) => console.channel(channel).channelSecret,
    'manage-assertion-keys': ({ console }, channel) => done(console.removeAssertionKey(channel, 'x')),
    'see-own-user-id': ({ console }, channel) => console.channel(channel).yourUserId,
    'leave-channel': ({ console }, channel) => done(console.leaveChannel(channel)),
    'manage-roles': ({ console }, channel) => done(console.inviteToChannel(channel, invitation)),
  }
  const only: { readonly [kind in 'login' | 'messaging']: { readonly [action in ChannelAction]?: Act } } = {
    login: {
      'edit-name': ({ console }, channel) => done(console.editChannel(channel, { name: 'Other' })),
      'see-region': ({ console }, channel) => console.channel(channel).region,
      'link-account': ({ console }, channel) => done(console.linkAccount(channel, undefined)),
      'request-email-permission': ({ console }, channel) => done(console.applyForEmail(channel)),
      'use-login-tab': ({ console }, channel) => done(console.setCallbackUrls(channel, [])),
      'delete-channel': ({ console }, channel) => done(console.deleteChannel(channel)),
    },
    messaging: {
      'use-messaging-api-tab': ({ console }, channel) => console.issueLongLivedToken(channel),
      'see-webhook-errors': ({ console }, channel) => console.channel(channel).webhookErrors,
      'see-qr-code': ({ console }, channel) => console.channel(channel).addFriendUrl,
    },
  }
  const acts = { login: { ...both, ...only.login }, messaging: { ...both, ...only.messaging } }
  const cells = (['login', 'messaging'] as const).flatMap((kind) =>
    (['admin', 'member', 'tester'] as const).flatMap(
      (role) =>
        Object.entries<Act>(acts[kind]).map(([action, act]) => ({ kind, role, action: action as ChannelAction, act })), // the keys of the tables above
    ),
  )

  test.each(cells)('$kind, $role: $action', ({ kind, role, action, act }) => {
    const { emulator, mika, channel: messaging, provider } = enabled()
    const channel = kind === 'login' ? mika.console.createLoginChannel({ ...loginForm, provider }) : messaging
    if (kind === 'messaging') mika.console.setErrorStatistics(channel, true)
    const visitor = developer(emulator, 'Ken')
    emulator.businessId.as(visitor.session).linkLineAccount(emulator.createPerson({ displayName: 'Ken' }))
    emulator.console.appointAtChannel(channel, visitor.businessId, role)
    expect(isAllowed(() => act(visitor, channel))).toBe(can(`channel.${role}`, action, { kind }))
  })
})
