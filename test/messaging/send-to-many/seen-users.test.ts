import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { SeenUsers } from '../../../src/messaging/send-to-many/seen-users.js'
import { nobody } from './setup.js'

describe('the users that have been seen', () => {
  test.each<[string, (number: number) => string]>([
    ['like LINE’s own', (number) => `U${createHash('md5').update(String(number)).digest('hex')}`],
    ['that count up', (number) => `U${number.toString(16).padStart(32, '0')}`],
    ['that differ at their start only', (number) => `U${number.toString(16).padStart(8, '0')}${'0'.repeat(24)}`],
  ])('are told from new ones, for 200,000 %s', (_, make) => {
    const seen = new SeenUsers()
    const ids = Array.from({ length: 200_000 }, (__, number) => make(number))
    expect(ids.filter((id) => !seen.add(id))).toEqual([])
    expect(ids.filter((id) => seen.add(id))).toEqual([])
  })

  test('are the same as in a set, whatever their form', () => {
    const digit = fc.constantFrom(...'0123456789abcdef')
    // Few digits, so that many are equal and many differ in one place only.
    const id = fc.oneof(
      fc.string({ unit: fc.constantFrom('0', 'f'), minLength: 32, maxLength: 32 }).map((hex) => `U${hex}`),
      fc.string({ unit: digit, minLength: 32, maxLength: 32 }).map((hex) => `U${hex}`),
      fc.string({ unit: fc.constantFrom('U', '0', 'A', 'f'), maxLength: 3 }),
    )
    fc.assert(
      fc.property(fc.array(id, { maxLength: 300 }), (ids) => {
        const seen = new SeenUsers()
        const set = new Set<string>()
        for (const each of ids) {
          expect(seen.add(each)).toBe(!set.has(each))
          set.add(each)
        }
      }),
    )
  })

  test.each([
    ['all zeros', `U${'0'.repeat(32)}`],
    ['upper case', `U${'A'.repeat(32)}`],
    ['a module’s', `LU${'0'.repeat(32)}-U${'1'.repeat(32)}`],
    ['empty', ''],
  ])('may be %s', (_, id) => {
    const seen = new SeenUsers()
    expect([seen.add(id), seen.add(id)]).toEqual([true, false])
  })

  test('take 16 bytes each, and 22 with the room to grow', () => {
    const seen = new SeenUsers()
    let count = 0
    for (const id of nobody(300_000)) {
      seen.add(id)
      count += 1
      if (count % 10_000 === 0) {
        expect(seen.bytes / count).toBeGreaterThan(16 / 0.92)
        expect(seen.bytes / count).toBeLessThan(16 / 0.73)
      }
    }
  })
})
