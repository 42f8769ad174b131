import { shop } from '@line/bot-sdk'
import { expect } from 'vitest'
import { configOf, peerClient } from './table.js'

export const shopClient = peerClient(
  shop.ShopClient,
  async (world) => new shop.ShopClient(await configOf(world, world.account)),
  {
    missionStickerV3: async (peer, { emulator, account, line, userId }) => {
      const stickers = emulator.admin.missionStickers(account)
      stickers.sets.set('4', 'available')
      await peer.missionStickerV3({ to: userId, productType: 'STICKER', productId: '4', sendPresentMessage: false })
      await line.shop.missionStickerV3({
        to: userId,
        productType: 'STICKER',
        productId: '4',
        sendPresentMessage: false,
      })
      expect(stickers.given).toEqual([
        { userId, productId: '4' },
        { userId, productId: '4' },
      ])
    },
  },
)
