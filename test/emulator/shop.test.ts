import { expect, test } from 'vitest'
import { refusal, setup } from './setup.js'

async function withStickers() {
  const world = await setup()
  const stickers = world.emulator.admin.missionStickers(world.account)
  const send = (more: object = {}) =>
    world.line('POST /shop/v3/mission', {
      to: world.userId,
      productType: 'STICKER',
      productId: '1',
      sendPresentMessage: false,
      ...more,
    })
  return { ...world, stickers, send }
}

test('mission stickers are available to accounts that LINE has approved', async () => {
  const { send, stickers } = await withStickers()
  expect(await send()).toMatchObject(refusal(403))
  stickers.sets.set('1', 'available')
  expect(await send()).toMatchObject({ status: 200, body: undefined })
})

test('missionStickers().given lists who got which set', async () => {
  const { send, stickers, userId } = await withStickers()
  stickers.sets.set('1', 'available').set('2', 'available')
  await send()
  await send({ productId: '2' })
  expect(stickers.given).toEqual([
    { userId, productId: '1' },
    { userId, productId: '2' },
  ])
})

test.each([
  'illegal argument',
  'not in sales period',
  'sticker set not available for channel',
  'not available',
] as const)('a set in the state "%s" is refused', async (state) => {
  const { send, stickers } = await withStickers()
  stickers.sets.set('1', state)
  expect(await send()).toMatchObject(refusal(400))
  expect(stickers.given).toEqual([])
})

test('an unknown set is answered with 404', async () => {
  const { send, stickers } = await withStickers()
  stickers.sets.set('1', 'available')
  expect(await send({ productId: '5' })).toMatchObject(refusal(404))
})

test.each([
  { to: 'U1' },
  { to: `U${'0'.repeat(32)}` },
  { to: '' },
  { productType: 'THEME' },
  { sendPresentMessage: true },
  { productId: undefined },
])('%j is refused', async (more) => {
  const { send, stickers } = await withStickers()
  stickers.sets.set('1', 'available')
  expect(await send(more)).toMatchObject(refusal(400))
})
