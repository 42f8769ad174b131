import { manageAudience } from '@line/bot-sdk'
import { expect } from 'vitest'
import { configOf, type PeerWorld, peerClient } from './table.js'

const idOf = (audience: { readonly audienceGroupId?: number }): number => {
  if (audience.audienceGroupId === undefined) throw new Error('The response has no audience ID')
  return audience.audienceGroupId
}

const create = async ({ line, userId }: PeerWorld) =>
  (await line.audience.createAudienceGroup({ description: 'spring', audiences: [{ id: userId }] })).audienceGroupId

const counted = async ({ emulator, line }: PeerWorld, audienceGroupId: number) => {
  await emulator.clock.advance(2000)
  return line.audience.getAudienceData({ audienceGroupId })
}

const broadcast = async ({ line }: PeerWorld) =>
  (await line.withResponse.messaging.broadcast({ messages: [{ type: 'text', text: 'news' }] })).requestId ?? ''

const share = ({ emulator, account }: PeerWorld) =>
  emulator.admin
    .audiences(account)
    .add({ description: 'shared', status: 'READY', owner: { serviceType: 'bm', id: '1', name: 'Group' } })

export const audienceClient = peerClient(
  manageAudience.ManageAudienceClient,
  async (world) => new manageAudience.ManageAudienceClient(await configOf(world, world.account)),
  {
    createAudienceGroup: async (peer, world) => {
      const there = await peer.createAudienceGroup({
        description: 'spring',
        audiences: [{ id: world.userId }],
        uploadDescription: 'one',
      })
      expect(await counted(world, idOf(there))).toMatchObject({
        audienceGroup: there,
        jobs: [{ description: 'one', audienceCount: 1 }],
      })
    },
    addAudienceToAudienceGroup: async (peer, world) => {
      const audienceGroupId = await create(world)
      await peer.addAudienceToAudienceGroup({
        audienceGroupId,
        audiences: [{ id: `U${'0'.repeat(32)}` }],
        uploadDescription: 'more',
      })
      expect(await counted(world, audienceGroupId)).toMatchObject({
        audienceGroup: { audienceCount: 2 },
        jobs: [{}, { description: 'more' }],
      })
    },
    createClickBasedAudienceGroup: async (peer, world) => {
      const requestId = await broadcast(world)
      const there = await peer.createClickBasedAudienceGroup({
        description: 'clicked',
        requestId,
        clickUrl: 'https://example.com/a',
      })
      expect(there).toMatchObject({ type: 'CLICK', requestId, clickUrl: 'https://example.com/a' })
      expect(await counted(world, idOf(there))).toMatchObject({ audienceGroup: there })
    },
    createImpBasedAudienceGroup: async (peer, world) => {
      const requestId = await broadcast(world)
      const there = await peer.createImpBasedAudienceGroup({ description: 'saw', requestId })
      expect(await counted(world, idOf(there))).toMatchObject({ audienceGroup: { ...there, type: 'IMP', requestId } })
    },
    deleteAudienceGroup: async (peer, world) => {
      const audienceGroupId = await create(world)
      await peer.deleteAudienceGroup(audienceGroupId)
      await expect(world.line.audience.getAudienceData({ audienceGroupId })).rejects.toMatchObject({ status: 400 })
    },
    updateAudienceGroupDescription: async (peer, world) => {
      const audienceGroupId = await create(world)
      await peer.updateAudienceGroupDescription(audienceGroupId, { description: 'autumn' })
      expect((await world.line.audience.getAudienceData({ audienceGroupId })).audienceGroup.description).toBe('autumn')
    },
    getAudienceData: async (peer, world) => {
      const audienceGroupId = await create(world)
      expect(await peer.getAudienceData(audienceGroupId)).toEqual(
        await world.line.audience.getAudienceData({ audienceGroupId }),
      )
    },
    getAudienceGroups: async (peer, world) => {
      await create(world)
      const there = await peer.getAudienceGroups(1, 'SPRING', 'IN_PROGRESS', 40, true, 'MESSAGING_API')
      expect(there).toMatchObject({ totalCount: 1, size: 40 })
      expect(there).toEqual(
        await world.line.audience.getAudienceGroups({
          ...{ page: 1, description: 'SPRING', status: 'IN_PROGRESS', size: 40 },
          ...{ includesExternalPublicGroups: true, createRoute: 'MESSAGING_API' },
        }),
      )
    },
    getSharedAudienceData: async (peer, world) => {
      const audienceGroupId = share(world)
      const there = await peer.getSharedAudienceData(audienceGroupId)
      expect(there.owner).toMatchObject({ name: 'Group' })
      expect(there).toEqual(await world.line.audience.getSharedAudienceData({ audienceGroupId }))
    },
    getSharedAudienceGroups: async (peer, world) => {
      share(world)
      await create(world)
      const there = await peer.getSharedAudienceGroups(1, 'shared', 'READY', 40, undefined, true)
      expect(there.totalCount).toBe(1)
      expect(there).toEqual(
        await world.line.audience.getSharedAudienceGroups({
          ...{ page: 1, description: 'shared', status: 'READY', size: 40, includesOwnedAudienceGroups: true },
        }),
      )
    },
  },
)

const file = (...ids: readonly string[]) => new Blob([ids.join('\n')], { type: 'text/plain' })

export const audienceBlobClient = peerClient(
  manageAudience.ManageAudienceBlobClient,
  async (world) => new manageAudience.ManageAudienceBlobClient(await configOf(world, world.account)),
  {
    createAudienceForUploadingUserIds: async (peer, world) => {
      const there = await peer.createAudienceForUploadingUserIds(file(world.userId), 'by file', false, 'one')
      expect(await counted(world, idOf(there))).toMatchObject({
        audienceGroup: { ...there, description: 'by file', audienceCount: 1 },
        jobs: [{ description: 'one' }],
      })
    },
    addUserIdsToAudience: async (peer, world) => {
      const audienceGroupId = await create(world)
      await peer.addUserIdsToAudience(file(world.userId, `U${'0'.repeat(32)}`), audienceGroupId, 'more')
      expect(await counted(world, audienceGroupId)).toMatchObject({
        audienceGroup: { audienceCount: 2 },
        jobs: [{}, { description: 'more' }],
      })
    },
  },
)
