import {
  getNumberOfFollowers,
  getRichMenuInsightDaily,
  getRichMenuInsightSummary,
  getStatisticsPerUnit,
} from 'line-oa/operations'
import { describe, expect, test } from 'vitest'
import { inputPaths, inputProblems } from './check.js'

test.each(['19700101', '19700102', '20240229', '20260807', '99991231'])('accepts the date %s', (date) => {
  expect(inputProblems(getNumberOfFollowers, { date })).toEqual([])
})

test.each([
  '20230229',
  '20260431',
  '20261301',
  '20260001',
  '20260100',
  '00000101',
  '2026080',
  '202608070',
  '2026-8-7',
  '',
  '２０２６０８０７',
])('refuses the date %j', (date) => {
  expect(inputPaths(getNumberOfFollowers, { date })).toEqual(['date'])
})

describe('a period', () => {
  const unit = (from: string, to: string) => ({ customAggregationUnit: 'u', from, to })
  const richMenu = (from: string, to: string) => ({ richMenuId: 'r', from, to })

  test.each([
    ['one day', '20260228', '20260228'],
    ['30 days later', '20210301', '20210331'],
    ['over the end of February in a leap year', '20240201', '20240302'],
    ['over the end of a year', '20251215', '20260114'],
    ['at the start of 1970', '19700101', '19700131'],
  ])('accepts %s', (_, from, to) => {
    expect(inputProblems(getStatisticsPerUnit, unit(from, to))).toEqual([])
  })

  test.each([
    ['31 days later', '20210301', '20210401', 'to', 'other'],
    ['31 days later over the end of February in a leap year', '20240201', '20240303', 'to', 'other'],
    ['the day before', '20210301', '20210228', 'to', 'other'],
    ['a day that does not exist', '20210229', '20210301', 'from', 'other'],
    ['another format', '20210228', '2021-03-01', 'to', 'form'],
  ])('refuses %s', (_, from, to, path, rule) => {
    expect(inputProblems(getStatisticsPerUnit, unit(from, to))).toMatchObject([{ path, rule }])
  })

  test.each([
    [getRichMenuInsightDaily, '20230701', '20231008', '20231009'],
    [getRichMenuInsightSummary, '20230701', '20240731', '20240801'],
  ])('of %o has its own longest length', (operation, from, last, tooLate) => {
    expect(inputProblems(operation, richMenu(from, last))).toEqual([])
    expect(inputPaths(operation, richMenu(from, tooLate))).toEqual(['to'])
  })
})
