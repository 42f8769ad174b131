import type { messagingApi } from '@line/bot-sdk'
import { phoneHash } from 'line-oa'
import { expect } from 'vitest'
import type { MethodTable, PeerWorld } from './table.js'

const day = 24 * 60 * 60 * 1000
const text = (words: string) => ({ type: 'text' as const, text: words })
const messages = [text('news')]
const retryKey = '01234567-89ab-4cde-8f01-23456789abcd'
const phoneNumber = '+818000001234'

const lastSent = ({ person, account }: PeerWorld) => person.chatWith(account).at(-1)
const sentNews = { from: 'account', message: { type: 'text', text: 'news' } }

// LINE accepts one call per retry key, from any client.
const accepted = { outcome: 'already-accepted' }

async function replyTokenOf({ person, account }: PeerWorld): Promise<string> {
  account.connect({ fetch: async () => new Response() })
  const { event } = await person.send(account, 'hello')
  if (!event.replyToken) throw new Error('The message has no reply token')
  return event.replyToken
}

export const sendingMethods = {
  replyMessage: async (peer, world) => {
    const { sentMessages } = await peer.replyMessage({
      replyToken: await replyTokenOf(world),
      messages,
      notificationDisabled: true,
    })
    expect(sentMessages).toMatchObject([{ id: expect.stringMatching(/^\d{18}$/), quoteToken: expect.any(String) }])
    expect(lastSent(world)).toMatchObject(sentNews)
  },
  pushMessage: async (peer, world) => {
    const { line, userId } = world
    const input = { to: userId, messages, customAggregationUnits: ['spring'] }
    const there = await peer.pushMessage(input, retryKey)
    expect(there.sentMessages).toHaveLength(1)
    expect(await line.withResponse.messaging.pushMessage(input, { retryKey })).toMatchObject({
      ...accepted,
      data: there,
    })
    expect(lastSent(world)).toMatchObject(sentNews)
  },
  multicast: async (peer, world) => {
    const { line, userId } = world
    const input = { to: [userId], messages }
    await peer.multicast(input, retryKey)
    expect(await line.withResponse.messaging.multicast(input, { retryKey })).toMatchObject(accepted)
    expect(lastSent(world)).toMatchObject(sentNews)
  },
  broadcast: async (peer, world) => {
    await peer.broadcast({ messages }, retryKey)
    expect(await world.line.withResponse.messaging.broadcast({ messages }, { retryKey })).toMatchObject(accepted)
    expect(lastSent(world)).toMatchObject(sentNews)
  },
  narrowcast: async (peer, world) => {
    const input = { messages, limit: { max: 10, upToRemainingQuota: false } }
    await peer.narrowcast(input, retryKey)
    expect(await world.line.withResponse.messaging.narrowcast(input, { retryKey })).toMatchObject(accepted)
    await world.emulator.clock.advance(2000)
    expect(lastSent(world)).toMatchObject(sentNews)
  },
  getNarrowcastProgress: async (peer, { emulator, line }) => {
    const { requestId = '' } = await line.withResponse.messaging.narrowcast({ messages })
    await emulator.clock.advance(2000)
    const there = await peer.getNarrowcastProgress(requestId)
    expect(there).toMatchObject({ phase: 'succeeded', successCount: 1 })
    expect(there).toEqual(await line.messaging.getNarrowcastProgress({ requestId }))
  },
  validateReply: async (peer) => {
    expect(await peer.validateReply({ messages })).toEqual({})
  },
  validatePush: async (peer) => {
    expect(await peer.validatePush({ messages })).toEqual({})
  },
  validateMulticast: async (peer) => {
    expect(await peer.validateMulticast({ messages })).toEqual({})
  },
  validateNarrowcast: async (peer) => {
    expect(await peer.validateNarrowcast({ messages })).toEqual({})
  },
  validateBroadcast: async (peer) => {
    expect(await peer.validateBroadcast({ messages })).toEqual({})
  },
  pushMessagesByPhone: async (peer, { emulator, account }) => {
    account.settings.notificationMessages = true
    const aoi = emulator.createPerson({ displayName: 'Aoi', phoneNumber })
    await peer.pushMessagesByPhone({ to: await phoneHash(phoneNumber), messages }, 'shipment-0000000001')
    expect(aoi.chatWith(account)).toMatchObject([sentNews])
  },
  getPNPMessageStatistics: async (peer, { emulator, account, line }) => {
    account.settings.notificationMessages = true
    emulator.createPerson({ displayName: 'Aoi', phoneNumber })
    await line.messaging.pushMessagesByPhone({ to: await phoneHash(phoneNumber), messages })
    await emulator.clock.advance(day)
    const there = await peer.getPNPMessageStatistics('20260101')
    expect(there).toEqual({ status: 'ready', success: 1 })
    expect(there).toEqual(await line.messaging.getPNPMessageStatistics({ date: '20260101' }))
  },
  getNumberOfSentReplyMessages: async (peer, world) => {
    const { emulator, line } = world
    await line.messaging.replyMessage({ replyToken: await replyTokenOf(world), messages })
    await emulator.clock.advance(day)
    const there = await peer.getNumberOfSentReplyMessages('20260101')
    expect(there).toEqual({ status: 'ready', success: 1 })
    expect(there).toEqual(await line.messaging.getNumberOfSentReplyMessages({ date: '20260101' }))
  },
  getNumberOfSentPushMessages: async (peer, { emulator, line, userId }) => {
    await line.messaging.pushMessage({ to: userId, messages })
    await emulator.clock.advance(day)
    const there = await peer.getNumberOfSentPushMessages('20260101')
    expect(there).toEqual({ status: 'ready', success: 1 })
    expect(there).toEqual(await line.messaging.getNumberOfSentPushMessages({ date: '20260101' }))
  },
  getNumberOfSentMulticastMessages: async (peer, { emulator, line, userId }) => {
    await line.messaging.multicast({ to: [userId], messages })
    await emulator.clock.advance(day)
    const there = await peer.getNumberOfSentMulticastMessages('20260101')
    expect(there).toEqual({ status: 'ready', success: 1 })
    expect(there).toEqual(await line.messaging.getNumberOfSentMulticastMessages({ date: '20260101' }))
  },
  getNumberOfSentBroadcastMessages: async (peer, { emulator, line }) => {
    await line.messaging.broadcast({ messages })
    await emulator.clock.advance(day)
    const there = await peer.getNumberOfSentBroadcastMessages('20260101')
    expect(there).toEqual({ status: 'ready', success: 1 })
    expect(there).toEqual(await line.messaging.getNumberOfSentBroadcastMessages({ date: '20260101' }))
  },
  getMessageQuota: async (peer, { account, line }) => {
    account.settings.monthlyLimit = 500
    const there = await peer.getMessageQuota()
    expect(there).toEqual({ type: 'limited', value: 500 })
    expect(there).toEqual(await line.messaging.getMessageQuota())
  },
  getMessageQuotaConsumption: async (peer, { line, userId }) => {
    await line.messaging.pushMessage({ to: userId, messages })
    const there = await peer.getMessageQuotaConsumption()
    expect(there).toEqual({ totalUsage: 1 })
    expect(there).toEqual(await line.messaging.getMessageQuotaConsumption())
  },
  getAggregationUnitUsage: async (peer, { line, userId }) => {
    await line.messaging.pushMessage({ to: userId, messages, customAggregationUnits: ['spring'] })
    const there = await peer.getAggregationUnitUsage()
    expect(there).toEqual({ numOfCustomAggregationUnits: 1 })
    expect(there).toEqual(await line.messaging.getAggregationUnitUsage())
  },
  getAggregationUnitNameList: async (peer, { line, userId }) => {
    for (const unit of ['spring', 'summer'])
      await line.messaging.pushMessage({ to: userId, messages, customAggregationUnits: [unit] })
    const first = await peer.getAggregationUnitNameList('1')
    expect(first.customAggregationUnits).toEqual(['spring'])
    expect(await peer.getAggregationUnitNameList('1', first.next)).toEqual(
      await line.messaging.getAggregationUnitNameList({ limit: 1, start: first.next }),
    )
  },
} satisfies Partial<MethodTable<messagingApi.MessagingApiClient>>
