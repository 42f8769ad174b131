import { lineDate } from 'line-oa'
import { expect, test } from 'vitest'

test.each([
  ['2026-08-06T14:59:59.999Z', '20260806'],
  ['2026-08-06T15:00:00.000Z', '20260807'],
  ['2026-12-31T15:00:00.000Z', '20270101'],
  ['1970-01-01T00:00:00.000Z', '19700101'],
  ['9999-12-31T14:59:59.999Z', '99991231'],
])('%s falls on %s in UTC+9', (at, date) => {
  expect(lineDate(new Date(at))).toBe(date)
  expect(lineDate(Date.parse(at))).toBe(date)
})

test.each([Number.NaN, Number.POSITIVE_INFINITY, -86_400_000, Date.UTC(10_000, 0), new Date('x')])(
  'refuses %s as a time',
  (at) => {
    expect(() => lineDate(at)).toThrow(expect.objectContaining({ code: 'LINE_INPUT' }))
  },
)
