import { messagingApi } from '@line/bot-sdk'
import type { PersonMessage } from 'line-oa/emulator'
import { expect } from 'vitest'
import { createMenu, image, menu } from './rich-menus.js'
import { configOf, type PeerWorld, peerClient } from './table.js'

const bytes = new Uint8Array([1, 2, 3, 4, 5])

const received = async ({ person, account }: PeerWorld, message: PersonMessage) =>
  (await person.send(account, message)).event.message.id

async function read(stream: AsyncIterable<Uint8Array>): Promise<number[]> {
  const all: number[] = []
  for await (const part of stream) all.push(...part)
  return all
}

export const messagingBlobClient = peerClient(
  messagingApi.MessagingApiBlobClient,
  async (world) => new messagingApi.MessagingApiBlobClient(await configOf(world, world.account)),
  {
    getMessageContent: async (peer, world) => {
      const messageId = await received(world, { type: 'image', content: bytes })
      const there = await read(await peer.getMessageContent(messageId))
      expect(there).toEqual([...bytes])
      expect(there).toEqual(await read((await world.line.messaging.getMessageContent({ messageId })).stream))
    },
    getMessageContentPreview: async (peer, world) => {
      const messageId = await received(world, { type: 'image', content: bytes })
      const there = await read(await peer.getMessageContentPreview(messageId))
      expect(there.length).toBeGreaterThan(0)
      expect(there).toEqual(await read((await world.line.messaging.getMessageContentPreview({ messageId })).stream))
    },
    getMessageContentTranscodingByMessageId: async (peer, world) => {
      const messageId = await received(world, { type: 'video', preparation: 1000 })
      expect(await peer.getMessageContentTranscodingByMessageId(messageId)).toEqual({ status: 'processing' })
      await world.emulator.clock.advance(1000)
      const there = await peer.getMessageContentTranscodingByMessageId(messageId)
      expect(there).toEqual({ status: 'succeeded' })
      expect(there).toEqual(await world.line.messaging.getMessageContentTranscodingByMessageId({ messageId }))
    },
    getRichMenuImage: async (peer, world) => {
      const richMenuId = await createMenu(world)
      const there = await read(await peer.getRichMenuImage(richMenuId))
      expect(there).toEqual([...new Uint8Array(await image.arrayBuffer())])
      expect(there).toEqual(await read((await world.line.messaging.getRichMenuImage({ richMenuId })).stream))
    },
    setRichMenuImage: async (peer, { line }) => {
      const { richMenuId } = await line.messaging.createRichMenu(menu)
      await peer.setRichMenuImage(richMenuId, image)
      const { stream, contentType } = await line.messaging.getRichMenuImage({ richMenuId })
      expect(contentType).toBe('image/png')
      expect(await read(stream)).toEqual([...new Uint8Array(await image.arrayBuffer())])
    },
  },
)
