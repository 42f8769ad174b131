import { createCaller } from 'line-oa/core'
import { missionStickerV3 } from 'line-oa/operations'
import { expect, test } from 'vitest'
import { MissionStickerInput } from '../../src/shop/schemas.js'
import { problems, requestOf } from '../room.js'

const input = {
  to: `U${'0'.repeat(32)}`,
  productType: 'STICKER',
  productId: '0000',
  sendPresentMessage: false,
} as const

test('mission stickers go out once, and an empty answer is a success without a warning', async () => {
  const { method, url } = requestOf(missionStickerV3, input)
  expect(`${method} ${url}`).toBe('POST https://api.line.me/shop/v3/mission')
  const told: unknown[] = []
  const answers = [new Response('', { status: 200 }), new Response('{"message":"upstream error"}', { status: 502 })]
  const caller = createCaller({
    channelAccessToken: 'token',
    fetch: async () => answers.shift() ?? Response.error(),
    hooks: { warning: (event) => told.push(event), retry: (event) => told.push(event) },
  })
  expect(await caller.call(missionStickerV3, input)).toEqual({})
  await expect(caller.call(missionStickerV3, input)).rejects.toMatchObject({ status: 502, outcome: 'unknown' })
  expect(told).toEqual([])
})

test('only what LINE takes passes', () => {
  expect(problems(MissionStickerInput, input)).toEqual([])
  expect(problems(MissionStickerInput, { ...input, productType: 'EMOJI' })).toEqual([
    expect.stringContaining("productType must be 'STICKER'"),
  ])
  expect(problems(MissionStickerInput, { ...input, sendPresentMessage: true })).toEqual([
    expect.stringContaining('sendPresentMessage must be false'),
  ])
  expect(problems(MissionStickerInput, { ...input, to: '', productId: '' })).toHaveLength(2)
})
