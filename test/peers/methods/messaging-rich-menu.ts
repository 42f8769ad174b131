import type { messagingApi } from '@line/bot-sdk'
import { expect } from 'vitest'
import { createMenu, menu } from './rich-menus.js'
import type { MethodTable, PeerWorld } from './table.js'

const richMenuAliasId = 'main'

const shown = ({ person, account }: PeerWorld) => person.richMenuFor(account)

async function createAlias(world: PeerWorld): Promise<string> {
  const richMenuId = await createMenu(world)
  await world.line.messaging.createRichMenuAlias({ richMenuAliasId, richMenuId })
  return richMenuId
}

async function linkMenu(world: PeerWorld): Promise<string> {
  const richMenuId = await createMenu(world)
  await world.line.messaging.linkRichMenuIdToUser({ userId: world.userId, richMenuId })
  return richMenuId
}

export const richMenuMethods = {
  createRichMenu: async (peer, { line }) => {
    const { richMenuId } = await peer.createRichMenu(menu)
    expect(await line.messaging.getRichMenu({ richMenuId })).toEqual({ richMenuId, ...menu })
  },
  validateRichMenuObject: async (peer, { line }) => {
    expect(await peer.validateRichMenuObject(menu)).toEqual({})
    expect(await line.messaging.getRichMenuList()).toEqual({ richmenus: [] })
  },
  getRichMenu: async (peer, world) => {
    const richMenuId = await createMenu(world)
    expect(await peer.getRichMenu(richMenuId)).toEqual(await world.line.messaging.getRichMenu({ richMenuId }))
  },
  getRichMenuList: async (peer, world) => {
    const richMenuId = await createMenu(world)
    const there = await peer.getRichMenuList()
    expect(there.richmenus).toMatchObject([{ richMenuId }])
    expect(there).toEqual(await world.line.messaging.getRichMenuList())
  },
  deleteRichMenu: async (peer, world) => {
    await peer.deleteRichMenu(await createMenu(world))
    expect(await world.line.messaging.getRichMenuList()).toEqual({ richmenus: [] })
  },
  setDefaultRichMenu: async (peer, world) => {
    const richMenuId = await createMenu(world)
    await peer.setDefaultRichMenu(richMenuId)
    expect(shown(world)).toEqual({ by: 'default', richMenuId })
  },
  getDefaultRichMenuId: async (peer, world) => {
    const richMenuId = await createMenu(world)
    await world.line.messaging.setDefaultRichMenu({ richMenuId })
    expect(await peer.getDefaultRichMenuId()).toEqual({ richMenuId })
  },
  cancelDefaultRichMenu: async (peer, world) => {
    await world.line.messaging.setDefaultRichMenu({ richMenuId: await createMenu(world) })
    await peer.cancelDefaultRichMenu()
    expect(shown(world)).toBeUndefined()
  },
  createRichMenuAlias: async (peer, world) => {
    const richMenuId = await createMenu(world)
    await peer.createRichMenuAlias({ richMenuAliasId, richMenuId })
    expect(await world.line.messaging.getRichMenuAlias({ richMenuAliasId })).toEqual({ richMenuAliasId, richMenuId })
  },
  getRichMenuAlias: async (peer, world) => {
    const richMenuId = await createAlias(world)
    expect(await peer.getRichMenuAlias(richMenuAliasId)).toEqual({ richMenuAliasId, richMenuId })
  },
  getRichMenuAliasList: async (peer, world) => {
    const richMenuId = await createAlias(world)
    const there = await peer.getRichMenuAliasList()
    expect(there).toEqual({ aliases: [{ richMenuAliasId, richMenuId }] })
    expect(there).toEqual(await world.line.messaging.getRichMenuAliasList())
  },
  updateRichMenuAlias: async (peer, world) => {
    await createAlias(world)
    const richMenuId = await createMenu(world)
    await peer.updateRichMenuAlias(richMenuAliasId, { richMenuId })
    expect(await world.line.messaging.getRichMenuAlias({ richMenuAliasId })).toEqual({ richMenuAliasId, richMenuId })
  },
  deleteRichMenuAlias: async (peer, world) => {
    await createAlias(world)
    await peer.deleteRichMenuAlias(richMenuAliasId)
    expect(await world.line.messaging.getRichMenuAliasList()).toEqual({ aliases: [] })
  },
  linkRichMenuIdToUser: async (peer, world) => {
    const richMenuId = await createMenu(world)
    await peer.linkRichMenuIdToUser(world.userId, richMenuId)
    expect(shown(world)).toEqual({ by: 'link', richMenuId })
  },
  getRichMenuIdOfUser: async (peer, world) => {
    const richMenuId = await linkMenu(world)
    expect(await peer.getRichMenuIdOfUser(world.userId)).toEqual({ richMenuId })
  },
  unlinkRichMenuIdFromUser: async (peer, world) => {
    await linkMenu(world)
    await peer.unlinkRichMenuIdFromUser(world.userId)
    expect(shown(world)).toBeUndefined()
  },
  linkRichMenuIdToUsers: async (peer, world) => {
    const richMenuId = await createMenu(world)
    await peer.linkRichMenuIdToUsers({ richMenuId, userIds: [world.userId] })
    await world.emulator.clock.advance(1000)
    expect(shown(world)).toEqual({ by: 'link', richMenuId })
  },
  unlinkRichMenuIdFromUsers: async (peer, world) => {
    await linkMenu(world)
    await peer.unlinkRichMenuIdFromUsers({ userIds: [world.userId] })
    await world.emulator.clock.advance(1000)
    expect(shown(world)).toBeUndefined()
  },
  richMenuBatch: async (peer, world) => {
    const from = await linkMenu(world)
    const to = await createMenu(world)
    await peer.richMenuBatch({ operations: [{ type: 'link', from, to }], resumeRequestKey: 'spring' })
    await world.emulator.clock.advance(1000)
    expect(shown(world)).toEqual({ by: 'link', richMenuId: to })
  },
  validateRichMenuBatchRequest: async (peer, world) => {
    const from = await linkMenu(world)
    expect(await peer.validateRichMenuBatchRequest({ operations: [{ type: 'unlink', from }] })).toEqual({})
    await world.emulator.clock.advance(1000)
    expect(shown(world)).toEqual({ by: 'link', richMenuId: from })
  },
  getRichMenuBatchProgress: async (peer, world) => {
    const { emulator, line } = world
    await linkMenu(world)
    const { requestId = '' } = await line.withResponse.messaging.richMenuBatch({ operations: [{ type: 'unlinkAll' }] })
    await emulator.clock.advance(1000)
    const there = await peer.getRichMenuBatchProgress(requestId)
    expect(there).toMatchObject({ phase: 'succeeded' })
    expect(there).toEqual(await line.messaging.getRichMenuBatchProgress({ requestId }))
  },
} satisfies Partial<MethodTable<messagingApi.MessagingApiClient>>
