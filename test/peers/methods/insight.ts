import { insight } from '@line/bot-sdk'
import { expect } from 'vitest'
import { configOf, peerClient } from './table.js'

const richMenuId = `richmenu-${'a'.repeat(32)}`
const bounds = { x: 0, y: 0, width: 2500, height: 1686 }
const days = { richMenuId, from: '20251201', to: '20251203' }

export const insightClient = peerClient(
  insight.InsightClient,
  async (world) => new insight.InsightClient(await configOf(world, world.account)),
  {
    getFriendsDemographics: async (peer, { emulator, account, line }) => {
      for (let count = 0; count < 20; count++)
        await emulator.createPerson({ displayName: 'Ken', attributes: { gender: 'male' } }).addFriend(account)
      const there = await peer.getFriendsDemographics()
      expect(there).toMatchObject({
        available: true,
        genders: [{ gender: 'male', percentage: 95.2 }, { gender: 'unknown' }],
      })
      expect(there).toEqual(await line.insight.getFriendsDemographics())
    },
    getMessageEvent: async (peer, { line }) => {
      const { requestId = '' } = await line.withResponse.messaging.broadcast({
        messages: [{ type: 'text', text: 'news' }],
      })
      const there = await peer.getMessageEvent(requestId)
      expect(there.overview).toMatchObject({ requestId, delivered: 1 })
      expect(there).toEqual(await line.insight.getMessageEvent({ requestId }))
    },
    getNumberOfFollowers: async (peer, { emulator, line }) => {
      await emulator.clock.advance(24 * 60 * 60 * 1000)
      const there = await peer.getNumberOfFollowers('20260101')
      expect(there).toEqual({ status: 'ready', followers: 1, targetedReaches: 1, blocks: 0 })
      expect(there).toEqual(await line.insight.getNumberOfFollowers({ date: '20260101' }))
    },
    getNumberOfMessageDeliveries: async (peer, { emulator, line }) => {
      await line.messaging.broadcast({ messages: [{ type: 'text', text: 'news' }] })
      await emulator.clock.advance(24 * 60 * 60 * 1000)
      const there = await peer.getNumberOfMessageDeliveries('20260101')
      expect(there).toEqual({ status: 'ready', apiBroadcast: 1 })
      expect(there).toEqual(await line.insight.getNumberOfMessageDeliveries({ date: '20260101' }))
    },
    getRichMenuInsightDaily: async (peer, { emulator, account, line }) => {
      const metrics = [{ date: '20251202', count: 40, uniqueUsers: 30 }]
      emulator.admin
        .insight(account)
        .richMenuDays.set(richMenuId, { impression: { metrics }, clicks: [{ bounds, metrics }] })
      const there = await peer.getRichMenuInsightDaily(richMenuId, days.from, days.to)
      expect(there).toMatchObject({ richMenuId, clicks: [{ bounds, metrics }] })
      expect(there).toEqual(await line.insight.getRichMenuInsightDaily(days))
    },
    getRichMenuInsightSummary: async (peer, { emulator, account, line }) => {
      const metrics = { count: 40, uniqueUsers: 30 }
      emulator.admin
        .insight(account)
        .richMenus.set(richMenuId, { impression: { metrics }, clicks: [{ bounds, metrics }] })
      const there = await peer.getRichMenuInsightSummary(richMenuId, days.from, days.to)
      expect(there).toMatchObject({ richMenuId, impression: { metrics } })
      expect(there).toEqual(await line.insight.getRichMenuInsightSummary(days))
    },
    getStatisticsPerUnit: async (peer, { emulator, account, line }) => {
      const overview = {
        uniqueImpression: 40,
        uniqueClick: null,
        uniqueMediaPlayed: null,
        uniqueMediaPlayed100Percent: null,
      }
      emulator.admin.insight(account).units.set('spring_1', { overview, messages: [], clicks: [] })
      const there = await peer.getStatisticsPerUnit('spring_1', days.from, days.to)
      expect(there).toEqual({ overview, messages: [], clicks: [] })
      expect(there).toEqual(
        await line.insight.getStatisticsPerUnit({ customAggregationUnit: 'spring_1', from: days.from, to: days.to }),
      )
    },
  },
)
