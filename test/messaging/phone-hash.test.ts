import { createHash } from 'node:crypto'
import { phoneHash } from 'line-oa'
import { describe, expect, test } from 'vitest'

test('hashes as LINE’s own example does', async () => {
  expect(await phoneHash('+818000001234')).toBe('d41e0ad70dddfeb68f149ad6fc61574b9c5780ab7bcb2fba5517771ffbb2409c')
})

test.each(['+1234567', '+66812345678', '+886912345678', '+123456789012345'])(
  'hashes %s as node:crypto does',
  async (phoneNumber) => {
    expect(await phoneHash(phoneNumber)).toBe(createHash('sha256').update(phoneNumber).digest('hex'))
  },
)

describe('a number in another form is refused', () => {
  test.each<[unknown, RegExp]>([
    ['', /is empty/],
    ['08000001234', /national form/],
    ['818000001234', /lacks the \+/],
    ['+81 80 0000 1234', /holds hyphens, spaces, brackets/],
    ['+81-80-0000-1234', /holds hyphens, spaces, brackets/],
    ['+81‐80‐0000‐1234', /holds hyphens, spaces, brackets/],
    ['+81(80)00001234', /holds hyphens, spaces, brackets/],
    ['+818000001234\n', /holds hyphens, spaces, brackets or the like/],
    ['\u200b+818000001234', /holds hyphens, spaces, brackets or the like/],
    ['+８１８０００００１２３４', /full-width digits/],
    ['＋818000001234', /other characters/],
    ['+81800000123x', /other characters/],
    ['+8108000001234', /a 0 after its country code/],
    ['+660812345678', /a 0 after its country code/],
    ['+8860912345678', /a 0 after its country code/],
    ['+08000001234', /7 to 15 digits/],
    ['+123456', /7 to 15 digits/],
    ['+1234567890123456', /7 to 15 digits/],
    ['++818000001234', /7 to 15 digits/],
    [818000001234, /is no text/],
    [undefined, /is no text/],
  ])('%j', async (phoneNumber, why) => {
    const refused = phoneHash(phoneNumber as string) // what JavaScript callers may pass
    await expect(refused).rejects.toThrow(why)
    await expect(refused).rejects.toMatchObject({ code: 'LINE_INPUT', outcome: 'rejected' })
  })

  test('without being quoted', async () => {
    const error = await phoneHash('090-9753-8642').catch((caught: unknown) => caught)
    expect(JSON.stringify(error)).not.toMatch(/9753|8642/)
  })
})
