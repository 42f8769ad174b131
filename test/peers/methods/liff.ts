import { liff } from '@line/bot-sdk'
import { expect } from 'vitest'
import { configOf, type PeerWorld, peerClient } from './table.js'

const view = { type: 'full' as const, url: 'https://example.com/app' }
const add = async ({ login }: PeerWorld) => (await login.liff.addLIFFApp({ view })).liffId

export const liffClient = peerClient(
  liff.LiffClient,
  async (world) => new liff.LiffClient(await configOf(world, world.loginChannel)),
  {
    addLIFFApp: async (peer, { login }) => {
      const { liffId } = await peer.addLIFFApp({
        ...{ view: { ...view, moduleMode: true }, description: 'Shop', features: { qrCode: true } },
        ...{ permanentLinkPattern: 'concat', scope: ['openid'], botPrompt: 'normal' },
      })
      expect((await login.liff.getAllLIFFApps()).apps).toMatchObject([
        { liffId, description: 'Shop', scope: ['openid'], botPrompt: 'normal' },
      ])
    },
    getAllLIFFApps: async (peer, world) => {
      const liffId = await add(world)
      const there = await peer.getAllLIFFApps()
      expect(there.apps).toMatchObject([{ liffId, view }])
      expect(there).toEqual(await world.login.liff.getAllLIFFApps())
    },
    updateLIFFApp: async (peer, world) => {
      await peer.updateLIFFApp(await add(world), { view: { type: 'tall' }, description: 'Shop' })
      expect((await world.login.liff.getAllLIFFApps()).apps).toMatchObject([
        { view: { ...view, type: 'tall' }, description: 'Shop' },
      ])
    },
    deleteLIFFApp: async (peer, world) => {
      await peer.deleteLIFFApp(await add(world))
      await expect(world.login.liff.getAllLIFFApps()).rejects.toMatchObject({ status: 404 })
    },
  },
)
