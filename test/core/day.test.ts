import { lineDate } from 'line-oa'
import { describe, expect, test } from 'vitest'
import * as z from 'zod/mini'
import { dayNumber } from '../../src/core/dates.js'
import { day, period } from '../../src/core/schema/date-schemas.js'
import { problems } from '../room.js'

test.each([
  ['19700101', 0],
  ['19700102', 1],
  ['20240229', 19_782],
  ['20260807', 20_672],
  ['99991231', 2_932_896],
])('%s is day %d', (text, days) => {
  expect(dayNumber(text)).toBe(days)
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
])('%j is no day', (text) => {
  expect(dayNumber(text)).toBeUndefined()
})

test.each([
  ['2026-08-06T14:59:59.999Z', '20260806'],
  ['2026-08-06T15:00:00.000Z', '20260807'],
  ['2026-12-31T15:00:00.000Z', '20270101'],
  ['1970-01-01T00:00:00.000Z', '19700101'],
])('at %s it is %s at LINE', (at, date) => {
  expect(lineDate(new Date(at))).toBe(date)
  expect(lineDate(Date.parse(at))).toBe(date)
})

test.each([Number.NaN, Number.POSITIVE_INFINITY, -86_400_000, Date.UTC(10_000, 0), new Date('x')])(
  '%s is no time',
  (at) => {
    expect(() => lineDate(at)).toThrow(expect.objectContaining({ code: 'LINE_INPUT' }))
  },
)

describe('as a check', () => {
  const span = () => z.object({ from: day(), to: day() }).check(period(30))

  test.each([
    ['one day', '20260228', '20260228'],
    ['30 days later', '20210301', '20210331'],
    ['over the end of February', '20240201', '20240302'],
  ])('%s is taken', (_, from, to) => {
    expect(problems(span, { from, to })).toEqual([])
  })

  test.each([
    [
      '31 days later',
      '20210301',
      '20210401',
      ['to must be the day of from, or up to 30 days after it, but is 31 days after it'],
    ],
    [
      'the day before',
      '20210301',
      '20210228',
      ['to must be the day of from, or up to 30 days after it, but is 1 days before it'],
    ],
    ['no such day', '20210229', '20210301', ['from must be a day that exists, but is text of 8 UTF-16 units']],
    [
      'another form',
      '20210228',
      '2021-03-01',
      ['to must be a day as yyyyMMdd, such as 20260618, but is text of 10 UTF-16 units'],
    ],
  ])('%s is refused', (_, from, to, expected) => {
    expect(problems(span, { from, to })).toEqual(expected)
  })
})
