import { describe, expect, test } from 'vitest'
import * as account from '../../src/insight/account/schemas.js'
import * as message from '../../src/insight/message/schemas.js'
import * as operations from '../../src/insight/operations.js'
import * as richMenu from '../../src/insight/rich-menu/schemas.js'
import { arrives, problems, requestOf } from '../room.js'

const richMenuId = 'richmenu-862e6ad6c267d2ddf3f42bc78554f6a4'
const unit = { customAggregationUnit: 'promotion_a', from: '20210301', to: '20210331' }
const bounds = { x: 0, y: 0, width: 833, height: 843 }
const played = {
  mediaPlayed: 30,
  mediaPlayed25Percent: null,
  mediaPlayed50Percent: null,
  mediaPlayed75Percent: null,
  mediaPlayed100Percent: null,
  uniqueMediaPlayed: 25,
  uniqueMediaPlayed25Percent: null,
  uniqueMediaPlayed50Percent: null,
  uniqueMediaPlayed75Percent: null,
  uniqueMediaPlayed100Percent: null,
}

describe('calls', () => {
  test.each([
    [
      'getNumberOfMessageDeliveries',
      requestOf(operations.getNumberOfMessageDeliveries, { date: '20260806' }),
      '/message/delivery?date=20260806',
    ],
    [
      'getNumberOfFollowers',
      requestOf(operations.getNumberOfFollowers, { date: '20260806' }),
      '/followers?date=20260806',
    ],
    ['getFriendsDemographics', requestOf(operations.getFriendsDemographics, {}), '/demographic'],
    [
      'getMessageEvent',
      requestOf(operations.getMessageEvent, { requestId: 'f70d-1' }),
      '/message/event?requestId=f70d-1',
    ],
    [
      'getStatisticsPerUnit',
      requestOf(operations.getStatisticsPerUnit, unit),
      '/message/event/aggregation?customAggregationUnit=promotion_a&from=20210301&to=20210331',
    ],
    [
      'getRichMenuInsightSummary',
      requestOf(operations.getRichMenuInsightSummary, { richMenuId, from: '20260301', to: '20260331' }),
      `/richmenu/${richMenuId}/summary?from=20260301&to=20260331`,
    ],
    [
      'getRichMenuInsightDaily',
      requestOf(operations.getRichMenuInsightDaily, { richMenuId, from: '20260301', to: '20260331' }),
      `/richmenu/${richMenuId}/daily?from=20260301&to=20260331`,
    ],
  ])('%s', (_, { method, url }, path) => {
    expect(`${method} ${url}`).toBe(`GET https://api.line.me/v2/bot/insight${path}`)
  })

  test('are told apart by their paths', async () => {
    expect(await arrives(operations, operations.getMessageEvent, { requestId: '1' })).toEqual({ requestId: '1' })
    expect(await arrives(operations, operations.getStatisticsPerUnit, unit)).toEqual(unit)
  })

  test('all are reads of a bucket of 60 an hour', () => {
    for (const operation of Object.values(operations))
      expect(operation).toMatchObject({ method: 'GET', repeat: 'safe', rate: '60/h' })
    expect(Object.keys(operations)).toHaveLength(7)
  })
})

describe('inputs', () => {
  test.each([
    ['a leap day', account.InsightDateInput, { date: '20240229' }],
    ['a period of 31 days', message.GetStatisticsPerUnitInput, unit],
    ['a unit name of 30', message.GetStatisticsPerUnitInput, { ...unit, customAggregationUnit: 'x'.repeat(30) }],
    ['396 days later', richMenu.RichMenuInsightSummaryInput, { richMenuId, from: '20230701', to: '20240731' }],
    ['99 days later', richMenu.RichMenuInsightDailyInput, { richMenuId, from: '20230701', to: '20231008' }],
  ])('%s is taken', (_, schema, input) => {
    expect(problems(schema, input)).toEqual([])
  })

  test.each([
    ['no date', account.InsightDateInput, {}, 'date must be text, but is missing'],
    ['a day that is not', account.InsightDateInput, { date: '20230229' }, 'date must be a day that exists'],
    ['a date with hyphens', account.InsightDateInput, { date: '2026-08-06' }, 'date must be a day as yyyyMMdd'],
    ['a date as a number', account.InsightDateInput, { date: 20260806 }, 'date must be text, but is 20260806'],
    ['no request ID', message.GetMessageEventInput, { requestId: '' }, 'requestId must be text that is not empty'],
    [
      'a unit name of 31',
      message.GetStatisticsPerUnitInput,
      { ...unit, customAggregationUnit: 'x'.repeat(31) },
      'customAggregationUnit must be 1 to 30',
    ],
    [
      'a unit name with a hyphen',
      message.GetStatisticsPerUnitInput,
      { ...unit, customAggregationUnit: 'a-b' },
      'customAggregationUnit must be 1 to 30',
    ],
    [
      '31 days later',
      message.GetStatisticsPerUnitInput,
      { ...unit, to: '20210401' },
      'to must be the day of from, or up to 30 days after it',
    ],
    [
      'an end before its start',
      message.GetStatisticsPerUnitInput,
      { ...unit, to: '20210228' },
      'but is 1 days before it',
    ],
    [
      '397 days later',
      richMenu.RichMenuInsightSummaryInput,
      { richMenuId, from: '20230701', to: '20240801' },
      'up to 396 days after it',
    ],
    [
      '100 days later',
      richMenu.RichMenuInsightDailyInput,
      { richMenuId, from: '20230701', to: '20231009' },
      'up to 99 days after it',
    ],
  ])('%s is refused', (_, schema, input, problem) => {
    expect(problems(schema, input)).toEqual([expect.stringContaining(problem)])
  })
})

describe('answers', () => {
  test.each([
    ['deliveries that are counted', account.MessageDeliveries, { status: 'ready', broadcast: 5385, targeting: 522 }],
    ['deliveries that are not', account.MessageDeliveries, { status: 'unready' }],
    ['followers', account.FollowerNumbers, { status: 'ready', followers: 7620, targetedReaches: 5848, blocks: 237 }],
    [
      'followers that are not counted',
      account.FollowerNumbers,
      { status: 'unready', followers: null, targetedReaches: null, blocks: null },
    ],
    [
      'demographics that LINE does not tell',
      account.FriendDemographics,
      { available: false, genders: [], ages: [], areas: [], appTypes: [], subscriptionPeriods: [] },
    ],
    [
      'demographics with values and fields that are new',
      account.FriendDemographics,
      {
        available: true,
        genders: [{ gender: 'other', percentage: 37.6, trend: 1 }],
        ages: [{ age: 'from70to79', percentage: 0 }],
        areas: [{ area: '徳島', percentage: 2.9 }],
        appTypes: [{ appType: 'web', percentage: 100 }],
        subscriptionPeriods: [{ subscriptionPeriod: 'over365days', percentage: 96.4 }],
        more: [],
      },
    ],
    [
      'a broadcast that few saw',
      message.MessageEvents,
      {
        overview: {
          requestId: 'a425a5cd-6510-43fe-95be-a27f222e5dc0',
          timestamp: 1711684800,
          delivered: 1,
          uniqueImpression: null,
          uniqueClick: null,
          uniqueMediaPlayed: null,
          uniqueMediaPlayed100Percent: null,
        },
        messages: [],
        clicks: [],
      },
    ],
    [
      'statistics of a unit',
      message.UnitStatistics,
      {
        overview: { uniqueImpression: 40, uniqueClick: 30, uniqueMediaPlayed: 25, uniqueMediaPlayed100Percent: null },
        messages: [{ seq: 1, impression: 42, uniqueImpression: 40, ...played }],
        clicks: [
          { seq: 1, url: 'https://developers.line.biz/', click: 35, uniqueClick: 25, uniqueClickOfRequest: null },
        ],
      },
    ],
    ['a rich menu that few tapped', richMenu.RichMenuInsightSummary, { richMenuId }],
    [
      'a rich menu in all',
      richMenu.RichMenuInsightSummary,
      {
        richMenuId,
        metricsFrom: '20260301',
        metricsTo: null,
        impression: { metrics: { count: 10141, uniqueUsers: 2366 } },
        clicks: [{ bounds, metrics: { count: 74, uniqueUsers: 55 } }],
      },
    ],
    [
      'a rich menu by day',
      richMenu.RichMenuInsightDaily,
      {
        richMenuId,
        metricsFrom: '20260610',
        metricsTo: '20260611',
        impression: { metrics: [{ date: '20260610', count: 1364, uniqueUsers: 1254 }] },
        clicks: [{ bounds, metrics: [{ date: '20260610', count: 9, uniqueUsers: 8 }] }],
      },
    ],
  ])('%s pass', (_, schema, answer) => {
    expect(problems(schema, answer)).toEqual([])
  })

  test.each([
    [
      'followers without a number',
      account.FollowerNumbers,
      { status: 'ready', targetedReaches: 1, blocks: 1 },
      'followers must be a number, but is missing',
    ],
    ['a number beyond 2^53', account.MessageDeliveries, { status: 'ready', broadcast: 2 ** 53 }, 'broadcast must be'],
    [
      'a summary by day',
      richMenu.RichMenuInsightDaily,
      { richMenuId, impression: { metrics: { count: 1, uniqueUsers: 1 } } },
      'impression.metrics must be a list',
    ],
  ])('%s are told', (_, schema, answer, problem) => {
    expect(problems(schema, answer)).toEqual([expect.stringContaining(problem)])
  })
})
