import type { Endpoint } from 'line-oa'
import { insight as operations } from 'line-oa/catalog'
import { describe, expect, test } from 'vitest'
import { inputProblems, outputProblems } from '../contracts/check.js'
import { emulatedOperation } from '../emulated-operation.js'
import { methodAndUrl, requestOf } from '../requests.js'

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

describe('the calls', () => {
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
  ])('%s', async (name, request, path) => {
    expect(methodAndUrl(await request)).toBe(`GET https://api.line.me/v2/bot/insight${path}`)
    expect(await emulatedOperation(await request)).toBe(name)
  })

  test('are reads with a rate of 60 an hour', () => {
    for (const operation of Object.values(operations))
      expect(operation).toMatchObject({ method: 'GET', repeat: 'safe', rate: '60/h' })
    expect(Object.keys(operations)).toHaveLength(7)
  })
})

describe('an input', () => {
  test.each<[string, Endpoint, object]>([
    ['a leap day', operations.getNumberOfFollowers, { date: '20240229' }],
    ['a period of 31 days', operations.getStatisticsPerUnit, unit],
    ['a unit name of 30', operations.getStatisticsPerUnit, { ...unit, customAggregationUnit: 'x'.repeat(30) }],
    ['396 days later', operations.getRichMenuInsightSummary, { richMenuId, from: '20230701', to: '20240731' }],
    ['99 days later', operations.getRichMenuInsightDaily, { richMenuId, from: '20230701', to: '20231008' }],
  ])('passes with %s', (_, operation, input) => {
    expect(inputProblems(operation, input)).toEqual([])
  })

  test.each<[string, Endpoint, object, string, string]>([
    ['no date', operations.getNumberOfFollowers, {}, 'date', 'missing'],
    ['a day that does not exist', operations.getNumberOfFollowers, { date: '20230229' }, 'date', 'other'],
    ['a date with hyphens', operations.getNumberOfFollowers, { date: '2026-08-06' }, 'date', 'form'],
    ['a date as a number', operations.getNumberOfFollowers, { date: 20260806 }, 'date', 'kind'],
    ['no request ID', operations.getMessageEvent, { requestId: '' }, 'requestId', 'length'],
    [
      'a unit name of 31',
      operations.getStatisticsPerUnit,
      { ...unit, customAggregationUnit: 'x'.repeat(31) },
      'customAggregationUnit',
      'form',
    ],
    [
      'a unit name with a hyphen',
      operations.getStatisticsPerUnit,
      { ...unit, customAggregationUnit: 'a-b' },
      'customAggregationUnit',
      'form',
    ],
    ['31 days later', operations.getStatisticsPerUnit, { ...unit, to: '20210401' }, 'to', 'other'],
    ['an end before its start', operations.getStatisticsPerUnit, { ...unit, to: '20210228' }, 'to', 'other'],
    [
      '397 days later',
      operations.getRichMenuInsightSummary,
      { richMenuId, from: '20230701', to: '20240801' },
      'to',
      'other',
    ],
    [
      '100 days later',
      operations.getRichMenuInsightDaily,
      { richMenuId, from: '20230701', to: '20231009' },
      'to',
      'other',
    ],
  ])('is refused with %s', (_, operation, input, path, rule) => {
    expect(inputProblems(operation, input)).toMatchObject([{ path, rule }])
  })
})

describe('an output', () => {
  test.each<[string, Endpoint, object]>([
    [
      'counted deliveries',
      operations.getNumberOfMessageDeliveries,
      { status: 'ready', broadcast: 5385, targeting: 522 },
    ],
    ['deliveries that are not counted yet', operations.getNumberOfMessageDeliveries, { status: 'unready' }],
    [
      'followers',
      operations.getNumberOfFollowers,
      { status: 'ready', followers: 7620, targetedReaches: 5848, blocks: 237 },
    ],
    [
      'followers that are not counted',
      operations.getNumberOfFollowers,
      { status: 'unready', followers: null, targetedReaches: null, blocks: null },
    ],
    [
      'demographics that are not available',
      operations.getFriendsDemographics,
      { available: false, genders: [], ages: [], areas: [], appTypes: [], subscriptionPeriods: [] },
    ],
    [
      'demographics with new values and fields',
      operations.getFriendsDemographics,
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
      'a broadcast with few impressions',
      operations.getMessageEvent,
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
      operations.getStatisticsPerUnit,
      {
        overview: { uniqueImpression: 40, uniqueClick: 30, uniqueMediaPlayed: 25, uniqueMediaPlayed100Percent: null },
        messages: [{ seq: 1, impression: 42, uniqueImpression: 40, ...played }],
        clicks: [
          { seq: 1, url: 'https://developers.line.biz/', click: 35, uniqueClick: 25, uniqueClickOfRequest: null },
        ],
      },
    ],
    ['a rich menu with few taps', operations.getRichMenuInsightSummary, { richMenuId }],
    [
      'a rich menu with a summary',
      operations.getRichMenuInsightSummary,
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
      operations.getRichMenuInsightDaily,
      {
        richMenuId,
        metricsFrom: '20260610',
        metricsTo: '20260611',
        impression: { metrics: [{ date: '20260610', count: 1364, uniqueUsers: 1254 }] },
        clicks: [{ bounds, metrics: [{ date: '20260610', count: 9, uniqueUsers: 8 }] }],
      },
    ],
  ])('passes: %s', (_, operation, output) => {
    expect(outputProblems(operation, output)).toEqual([])
  })

  test.each<[string, Endpoint, object, string, string]>([
    [
      'followers without a number',
      operations.getNumberOfFollowers,
      { status: 'ready', targetedReaches: 1, blocks: 1 },
      'followers',
      'missing',
    ],
    [
      'a number beyond 2^53',
      operations.getNumberOfMessageDeliveries,
      { status: 'ready', broadcast: 2 ** 53 },
      'broadcast',
      'range',
    ],
    [
      'a summary by day',
      operations.getRichMenuInsightDaily,
      { richMenuId, impression: { metrics: { count: 1, uniqueUsers: 1 } } },
      'impression.metrics',
      'kind',
    ],
  ])('is reported: %s', (_, operation, output, path, rule) => {
    expect(outputProblems(operation, output)).toMatchObject([{ path, rule }])
  })
})
