import type { CreatePersonOptions } from 'line-oa/emulator'
import { describe, expect, test } from 'vitest'
import { type Extras, refusal, setup, text } from './setup.js'

const day = 24 * 60 * 60 * 1000
const followers = 'GET /v2/bot/insight/followers?date='
const deliveries = 'GET /v2/bot/insight/message/delivery?date='

/** An account with the given number of friends, including the person of setup(). */
async function withFriends(
  count: number,
  attributes: (at: number) => CreatePersonOptions['attributes'] = () => undefined,
) {
  const world = await setup()
  const friends = [world.person]
  for (let at = 1; at < count; at++) {
    const friend = world.emulator.createPerson({ displayName: `Friend ${at}`, attributes: attributes(at) })
    await friend.addFriend(world.account)
    friends.push(friend)
  }
  const broadcast = async (bubbles = 1) => {
    const messages = Array.from({ length: bubbles }, () => text('news'))
    return (await world.line('POST /v2/bot/message/broadcast', { messages })).headers.get('x-line-request-id') ?? ''
  }
  const events = (requestId: string, extras?: Extras) =>
    world.line(`GET /v2/bot/insight/message/event?requestId=${requestId}`, undefined, extras)
  return { ...world, friends, broadcast, events, figures: world.emulator.admin.insight(world.account) }
}

// The clock stands at 9 o'clock on 1 January in UTC+9.
describe('statistics of a day', () => {
  test('are ready when the day is over, and do not exist before LINE started to count', async () => {
    const { line, emulator } = await setup()
    const status = async (what: string) => (await line(what)).body
    expect(await status(`${deliveries}20260101`)).toEqual({ status: 'unready' })
    expect(await status(`${deliveries}20270101`)).toEqual({ status: 'unready' })
    expect(await status(`${deliveries}20170228`)).toEqual({ status: 'out_of_service' })
    expect(await status(`${followers}20260101`)).toEqual({
      status: 'unready',
      followers: null,
      targetedReaches: null,
      blocks: null,
    })
    expect(await status(`${followers}20161031`)).toMatchObject({ status: 'out_of_service', followers: null })
    await emulator.clock.advance(15 * 60 * 60 * 1000 - 1)
    expect(await status(`${deliveries}20260101`)).toEqual({ status: 'unready' })
    await emulator.clock.advance(1)
    expect(await status(`${deliveries}20260101`)).toEqual({ status: 'ready' })
  })

  test('are unready for a day that a test marks as unready', async () => {
    const { line, figures } = await withFriends(1)
    figures.unready.add('20251231')
    expect((await line(`${followers}20251231`)).body).toMatchObject({ status: 'unready', followers: null })
    expect((await line(`${followers}20251230`)).body).toMatchObject({ status: 'ready', followers: 0 })
  })

  test.each(['', '20260230', '2026-01-01', '202601011'])('are refused for the date %j', async (date) => {
    const { line } = await setup()
    expect(await line(followers + date)).toMatchObject(refusal(400))
  })
})

describe('numbers', () => {
  test('of messages count what the API has sent, unless a test sets them', async () => {
    const { line, broadcast, push, userId, emulator, figures } = await withFriends(3)
    await broadcast()
    await push(userId)
    await emulator.clock.advance(day)
    expect((await line(`${deliveries}20260101`)).body).toEqual({ status: 'ready', apiBroadcast: 3, apiPush: 1 })
    figures.deliveries.set('20260101', { broadcast: 5385, targeting: 522 })
    expect((await line(`${deliveries}20260101`)).body).toEqual({ status: 'ready', broadcast: 5385, targeting: 522 })
  })

  test('of followers count who was a friend at the end of the day, unless a test sets them', async () => {
    const { line, friends, account, emulator, figures } = await withFriends(3)
    await emulator.clock.advance(day)
    await friends[1]?.block(account)
    await emulator.createPerson({ displayName: 'Late' }).addFriend(account)
    await emulator.clock.advance(day)
    expect((await line(`${followers}20260101`)).body).toEqual({
      status: 'ready',
      followers: 3,
      targetedReaches: 2,
      blocks: 1,
    })
    expect((await line(`${followers}20260102`)).body).toEqual({
      status: 'ready',
      followers: 4,
      targetedReaches: 3,
      blocks: 1,
    })
    figures.followers.set('20260101', { followers: 7620, targetedReaches: 5848, blocks: 237 })
    expect((await line(`${followers}20260101`)).body).toMatchObject({ followers: 7620 })
  })
})

describe('demographics', () => {
  const path = 'GET /v2/bot/insight/demographic'

  test('do not exist outside of Japan, Taiwan and Thailand', async () => {
    for (const country of ['TW', 'ID']) {
      const { account, line } = await setup({ account: { country } })
      for (const _ of Array(20).keys()) account.addBulkFriends(1)
      expect((await line(path)).body).toMatchObject({ available: country === 'TW' })
    }
  })
  const none = { available: false, genders: [], ages: [], areas: [], appTypes: [], subscriptionPeriods: [] }

  test('require a target reach of 20', async () => {
    const { line, friends, account } = await withFriends(20)
    expect((await line(path)).body).toMatchObject({ available: true })
    await friends[0]?.block(account)
    expect((await line(path)).body).toEqual(none)
  })

  test('are calculated from the attributes of friends', async () => {
    const { line, emulator } = await withFriends(20, (at) =>
      at <= 8
        ? { gender: 'female', age: at === 1 ? 14 : at === 2 ? 50 : 20, appType: 'ios', area: 'jp_13' }
        : { area: 'th_01' },
    )
    await emulator.clock.advance(8 * day)
    expect((await line(path)).body).toEqual({
      available: true,
      genders: [
        { gender: 'unknown', percentage: 60 },
        { gender: 'female', percentage: 40 },
      ],
      ages: [
        { age: 'unknown', percentage: 60 },
        { age: 'from20to24', percentage: 30 },
        { age: 'from0to14', percentage: 5 },
        { age: 'from50', percentage: 5 },
      ],
      areas: [
        { area: 'Bangkok', percentage: 55 },
        { area: '東京', percentage: 40 },
        { area: 'unknown', percentage: 5 },
      ],
      appTypes: [
        { appType: 'others', percentage: 60 },
        { appType: 'ios', percentage: 40 },
      ],
      subscriptionPeriods: [{ subscriptionPeriod: 'within30days', percentage: 100 }],
    })
  })

  test('are those that a test sets', async () => {
    const { line, figures } = await withFriends(1)
    figures.demographics = { ...none, available: true, areas: [{ area: '徳島', percentage: 2.9 }] }
    expect((await line(path)).body).toEqual(figures.demographics)
  })
})

describe('statistics of a message', () => {
  test('are shown from 20 people on', async () => {
    const { broadcast, events, emulator, account, friends } = await withFriends(30)
    const requestId = await broadcast(2)
    const { open } = emulator.admin.audiences(account)
    open(requestId, 'https://example.com/a', friends.slice(0, 20))
    open(requestId, 'https://example.com/a', friends.slice(0, 5))
    open(requestId, 'https://example.com/b', friends.slice(0, 19))
    const { status, body } = await events(requestId)
    expect(status).toBe(200)
    expect(body).toMatchObject({
      overview: {
        requestId,
        timestamp: Date.UTC(2026, 0, 1) / 1000,
        delivered: 30,
        uniqueImpression: 30,
        uniqueClick: 20,
      },
      messages: [
        { seq: 1, impression: 30, mediaPlayed: null },
        { seq: 2, impression: 30, uniqueMediaPlayed: null },
      ],
      clicks: [
        { url: 'https://example.com/a', click: 25, uniqueClick: 20 },
        { url: 'https://example.com/b', click: null, uniqueClick: null },
      ],
    })
  })

  test('are null below 20 people, except the number of deliveries', async () => {
    const { broadcast, events } = await withFriends(19)
    expect((await events(await broadcast())).body).toMatchObject({
      overview: { delivered: 19, uniqueImpression: null },
      messages: [{ impression: null }],
    })
  })

  test('are null while a narrowcast is in progress', async () => {
    const { line, events, emulator } = await withFriends(25)
    const sent = await line('POST /v2/bot/message/narrowcast', { messages: [text('news')] })
    const requestId = sent.headers.get('x-line-request-id') ?? ''
    expect((await events(requestId)).body).toMatchObject({
      overview: { delivered: null, uniqueImpression: null },
      messages: [],
    })
    await emulator.clock.advance(2000)
    expect((await events(requestId)).body).toMatchObject({ overview: { delivered: 25, uniqueImpression: 25 } })
  })

  test('are not found by other accounts, nor for pushes', async () => {
    const { broadcast, events, push, userId, emulator } = await withFriends(1)
    const token = emulator.createAccount({ name: 'Other' }).issueLongLivedToken()
    expect((await events(await broadcast(), { token })).status).toBe(404)
    expect((await events((await push(userId)).headers.get('x-line-request-id') ?? '')).status).toBe(404)
  })

  test('are those that a test sets', async () => {
    const { events, figures } = await withFriends(1)
    const overview = { requestId: 'r', timestamp: 1, delivered: 32, uniqueImpression: 20, uniqueClick: null }
    const set = {
      overview: { ...overview, uniqueMediaPlayed: null, uniqueMediaPlayed100Percent: null },
      messages: [],
      clicks: [],
    }
    figures.messageEvents.set('r', set)
    expect((await events('r')).body).toEqual(set)
  })
})

describe('statistics of an aggregation unit', () => {
  const ask = (more: string) => `GET /v2/bot/insight/message/event/aggregation?customAggregationUnit=spring&${more}`

  test('are null until a test sets them', async () => {
    const { line, figures } = await withFriends(1)
    const none = {
      uniqueImpression: null,
      uniqueClick: null,
      uniqueMediaPlayed: null,
      uniqueMediaPlayed100Percent: null,
    }
    expect((await line(ask('from=20251201&to=20251231'))).body).toEqual({ overview: none, messages: [], clicks: [] })
    figures.units.set('spring', { overview: { ...none, uniqueImpression: 40 }, messages: [], clicks: [] })
    expect((await line(ask('from=20251201&to=20251231'))).body).toMatchObject({ overview: { uniqueImpression: 40 } })
  })

  test.each(['from=20251201&to=20260101', 'from=20251202&to=20251201', 'from=20251201', 'from=20251201&to=20251301'])(
    'are refused for %s',
    async (more) => {
      const { line } = await setup()
      expect((await line(ask(more))).status).toBe(400)
    },
  )
})

describe('statistics of a rich menu', () => {
  const richMenuId = `richmenu-${'a'.repeat(32)}`
  const ask = (kind: 'summary' | 'daily', from: string, to: string) =>
    `GET /v2/bot/insight/richmenu/${richMenuId}/${kind}?from=${from}&to=${to}`

  test('are not found for an unknown rich menu', async () => {
    const { line } = await setup()
    expect((await line(ask('summary', '20251201', '20251231'))).status).toBe(404)
    expect((await line(ask('daily', '20251201', '20251231'))).status).toBe(404)
  })

  test('are those that a test sets, limited to the days of the request', async () => {
    const { line, figures } = await withFriends(1)
    const bounds = { x: 0, y: 0, width: 2500, height: 1686 }
    figures.richMenus.set(richMenuId, {
      metricsFrom: '20251201',
      metricsTo: '20251203',
      impression: { metrics: { count: 100, uniqueUsers: 50 } },
      clicks: [{ bounds, metrics: { count: 30, uniqueUsers: 25 } }],
    })
    const metrics = ['20251201', '20251202', '20251203'].map((date) => ({ date, count: 40, uniqueUsers: 30 }))
    figures.richMenuDays.set(richMenuId, { impression: { metrics }, clicks: [{ bounds, metrics }] })
    expect((await line(ask('summary', '20251201', '20251203'))).body).toMatchObject({
      richMenuId,
      impression: { metrics: { count: 100 } },
    })
    expect((await line(ask('daily', '20251202', '20251203'))).body).toEqual({
      richMenuId,
      impression: { metrics: metrics.slice(1) },
      clicks: [{ bounds, metrics: metrics.slice(1) }],
    })
  })

  test.each([
    ['summary', '20251202', '20251201'],
    ['summary', '20241201', '20260102'],
    ['daily', '20250901', '20251210'],
    ['daily', '20221231', '20230101'],
    ['daily', '20251231', ''],
  ] as const)('are refused for %s from %s to %j', async (kind, from, to) => {
    const { line } = await setup()
    expect(await line(ask(kind, from, to))).toMatchObject(refusal(400))
  })
})
