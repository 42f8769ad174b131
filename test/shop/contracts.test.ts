import { createCaller } from 'line-oa/core'
import { missionStickerV3 } from 'line-oa/operations'
import { expect, test } from 'vitest'
import { inputPaths, inputProblems } from '../contracts/check.js'
import { emulatedOperation } from '../emulated-operation.js'
import { methodAndUrl, requestOf } from '../requests.js'

const input = {
  to: `U${'0'.repeat(32)}`,
  productType: 'STICKER',
  productId: '0000',
  sendPresentMessage: false,
} as const

test('mission stickers are sent once, and an empty response is a success without a warning', async () => {
  const request = await requestOf(missionStickerV3, input)
  expect(methodAndUrl(request)).toBe('POST https://api.line.me/shop/v3/mission')
  expect(await emulatedOperation(request)).toBe('missionStickerV3')
  const events: unknown[] = []
  const responses = [new Response('', { status: 200 }), new Response('{"message":"upstream error"}', { status: 502 })]
  const caller = createCaller({
    channelAccessToken: 'token',
    fetch: async () => responses.shift() ?? Response.error(),
    hooks: { warning: (event) => events.push(event), retry: (event) => events.push(event) },
  })
  expect(await caller.call(missionStickerV3, input)).toEqual({})
  await expect(caller.call(missionStickerV3, input)).rejects.toMatchObject({ status: 502, outcome: 'unknown' })
  expect(events).toEqual([])
})

test('an input passes only with the values that LINE takes', () => {
  expect(inputProblems(missionStickerV3, input)).toEqual([])
  expect(inputProblems(missionStickerV3, { ...input, productType: 'EMOJI' })).toMatchObject([
    { path: 'productType', rule: 'value' },
  ])
  expect(inputProblems(missionStickerV3, { ...input, sendPresentMessage: true })).toMatchObject([
    { path: 'sendPresentMessage', rule: 'value' },
  ])
  expect(inputPaths(missionStickerV3, { ...input, to: '', productId: '' })).toEqual(['to', 'productId'])
})
