import { moduleAttach, moduleOperation } from '@line/bot-sdk'
import { codeChallenge, moduleAuthorizeUrl, moduleCodeGrant } from 'line-oa'
import { expect } from 'vitest'
import { configOf, type PeerWorld, peerClient, redirectUri } from './table.js'

const verifier = 'v'.repeat(64)

async function approve({ moduleChannel, account }: PeerWorld, pkce: boolean) {
  const request = {
    ...{ channelId: moduleChannel.channelId, redirectUri, scope: ['message:send', 'message:receive'] },
    ...{ region: 'JP', basicSearchId: account.basicId, brandType: ['verified'] },
  }
  const url = moduleAuthorizeUrl({
    ...request,
    state: 'abc',
    ...(pkce && { codeChallenge: await codeChallenge(verifier) }),
  })
  return { request, code: new URL(moduleChannel.approve(url, account)).searchParams.get('code') ?? '' }
}

async function attach(world: PeerWorld) {
  const { request, code } = await approve(world, false)
  const { channelId, channelSecret } = world.moduleChannel
  await world.module.module.attachModule({
    ...moduleCodeGrant(request, { code }),
    client_id: channelId,
    client_secret: channelSecret,
  })
}

export const moduleClient = peerClient(
  moduleOperation.LineModuleClient,
  async (world) => {
    await attach(world)
    const defaultHeaders = { 'X-Line-Bot-Id': world.account.userId }
    return new moduleOperation.LineModuleClient({ ...(await configOf(world, world.moduleChannel)), defaultHeaders })
  },
  {
    acquireChatControl: async (peer, { moduleChannel, account, person }) => {
      const userId = moduleChannel.userIdFor(person, account)
      await peer.acquireChatControl(userId, { expired: true, ttl: 60 })
      expect(moduleChannel.hasControl(account, userId)).toBe(true)
    },
    releaseChatControl: async (peer, { module, moduleChannel, account, person }) => {
      const userId = moduleChannel.userIdFor(person, account)
      await module.module.acquireChatControl({ chatId: userId }, { botId: account.userId })
      expect(moduleChannel.hasControl(account, userId)).toBe(true)
      await peer.releaseChatControl(userId)
      expect(moduleChannel.hasControl(account, userId)).toBe(false)
    },
    getModules: async (peer, { module, account }) => {
      const there = await peer.getModules(undefined, 100)
      expect(there.bots).toMatchObject([{ userId: account.userId, basicId: account.basicId }])
      expect(there).toEqual(await module.module.getModules())
    },
    detachModule: async (peer, { module, account, moduleChannel }) => {
      await peer.detachModule({ botId: account.userId })
      expect(moduleChannel.isAttached(account)).toBe(false)
      expect(await module.module.getModules()).toEqual({ bots: [] })
    },
  },
)

export const moduleAttachClient = peerClient(
  moduleAttach.LineModuleAttachClient,
  async (world) => new moduleAttach.LineModuleAttachClient(await configOf(world, world.moduleChannel)),
  {
    attachModule: async (peer, world) => {
      const { request, code } = await approve(world, true)
      const { channelId, channelSecret } = world.moduleChannel
      const there = await peer.attachModule(
        ...(['authorization_code', code, redirectUri, verifier, channelId, channelSecret] as const),
        ...([request.region, request.basicSearchId, request.scope.join(' '), request.brandType.join(' ')] as const),
      )
      // The official SDK names the fields as LINE's API description does.
      expect(there).toMatchObject({ scopes: request.scope })
      expect((await world.module.module.getModules()).bots).toMatchObject([{ userId: world.account.userId }])
    },
  },
)
