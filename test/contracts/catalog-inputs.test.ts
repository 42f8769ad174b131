// Path values and days in the input of every operation, record by record.

import type { Endpoint } from 'line-oa'
import * as catalog from 'line-oa/catalog'
import { contracts } from 'line-oa/contracts'
import { describe, expect, test } from 'vitest'
import { requestOfAny } from '../requests.js'

const records = Object.values(catalog).flatMap((all) =>
  Object.entries<Endpoint>(all).map(([name, record]) => ({ name, record })),
)
const parametersOf = ({ path }: Endpoint) => [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name)
const validator = contracts()
const problemsAt = (record: Endpoint, input: object) => validator.check(record, 'input', input).map(({ path }) => path)

const withPath = records.filter(({ record }) => parametersOf(record).length > 0)

describe.each(withPath)('the path of $name', ({ record }) => {
  const names = parametersOf(record)
  const good = Object.fromEntries(names.map((name) => [name, 'x']))

  test.each(names)('refuses a %s that would resolve to another path', async (name) => {
    for (const value of ['', '.', '..', '%2e', '%2E.', 'a/b', '../all', 'a\\b', 'a\u0000', 'a\r\nb'])
      await expect(requestOfAny(record, { ...good, [name]: value }), JSON.stringify(value)).rejects.toMatchObject({
        code: 'LINE_INPUT',
        outcome: 'rejected',
      })
  })

  test.each(names)('encodes any other %s within its segment', async (name) => {
    const segments = record.path.split('/').length
    for (const value of ['...', '.a', 'a?b=c', 'a#b', 'a%2fb', 'a;b', '@a:b', 'ü 茶']) {
      const { pathname, search, hash } = new URL((await requestOfAny(record, { ...good, [name]: value })).url)
      expect([pathname.split('/').length, search, hash]).toEqual([segments, '', ''])
      expect(pathname.split('/').map(decodeURIComponent)).toContain(value)
    }
  })
})

const dated = records.flatMap(({ name, record }) =>
  Object.keys(record.query ?? {}).flatMap((field) =>
    ['date', 'from', 'to'].includes(field) ? [{ name, record, field }] : [],
  ),
)

test('at least ten operations accept a date', () => {
  expect(new Set(dated.map(({ name }) => name)).size).toBeGreaterThanOrEqual(10)
})

describe.each(dated)('$field of $name', ({ record, field }) => {
  const days = { date: '20260801', from: '20260801', to: '20260802' }
  const at = (value: unknown) =>
    problemsAt(record, { ...days, customAggregationUnit: 'u', richMenuId: 'r', [field]: value })

  test('accepts dates that exist, and refuses others', () => {
    for (const day of ['20260801', ...(field === 'date' ? ['20240229', '20261231'] : [])])
      expect(at(day), day).not.toContain(field)
    for (const day of [
      '20260230',
      '20250229',
      '21000229',
      '20260431',
      '20261301',
      '20260001',
      '20260100',
      '2026-08-01',
      '2026081',
      '２０２６０８０１',
      '',
      20260801,
    ])
      expect(at(day), String(day)).toContain(field)
  })
})
