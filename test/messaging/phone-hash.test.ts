import { createHash } from 'node:crypto'
import { phoneHash } from 'line-oa'
import { describe, expect, test } from 'vitest'

test('phoneHash() hashes like the example of LINE', async () => {
  expect(await phoneHash('+818000001234')).toBe('d41e0ad70dddfeb68f149ad6fc61574b9c5780ab7bcb2fba5517771ffbb2409c')
})

test.each(['+1234567', '+66812345678', '+886912345678', '+123456789012345'])(
  'phoneHash() hashes %s like node:crypto',
  async (phoneNumber) => {
    expect(await phoneHash(phoneNumber)).toBe(createHash('sha256').update(phoneNumber).digest('hex'))
  },
)

describe('phoneHash() refuses a number in another format', () => {
  test.each<unknown>([
    '',
    '08000001234',
    '818000001234',
    '+81 80 0000 1234',
    '+81-80-0000-1234',
    '+81‐80‐0000‐1234',
    '+81(80)00001234',
    '+818000001234\n',
    '\u200b+818000001234',
    '+８１８０００００１２３４',
    '＋818000001234',
    '+81800000123x',
    '+8108000001234',
    '+660812345678',
    '+8860912345678',
    '+08000001234',
    '+123456',
    '+1234567890123456',
    '++818000001234',
    818000001234,
    undefined,
  ])('%j', async (phoneNumber) => {
    const refused = phoneHash(phoneNumber as string) // what JavaScript callers may pass
    await expect(refused).rejects.toMatchObject({ code: 'LINE_INPUT', outcome: 'rejected' })
  })

  test('without quoting it', async () => {
    const error = await phoneHash('090-9753-8642').catch((caught: unknown) => caught)
    expect(JSON.stringify(error)).not.toMatch(/9753|8642/)
  })
})
