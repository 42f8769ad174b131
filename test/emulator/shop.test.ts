import { expect, test } from 'vitest'
import { setup } from './setup.js'

async function withStickers() {
  const world = await setup()
  const stickers = world.emulator.backstage.missionStickers(world.account)
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

test('mission stickers are opened to an account by LINE', async () => {
  const { send, stickers } = await withStickers()
  expect(await send()).toMatchObject({ status: 403, body: { message: 'not allowed to use the API' } })
  stickers.sets.set('1', 'available')
  expect(await send()).toMatchObject({ status: 200, body: undefined })
})

test('whoever gets them is known', async () => {
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
] as const)('a set can be one that LINE refuses: %s', async (state) => {
  const { send, stickers } = await withStickers()
  stickers.sets.set('1', state)
  expect(await send()).toMatchObject({ status: 400, body: { message: state } })
  expect(stickers.given).toEqual([])
})

test('a set that there is not is 404', async () => {
  const { send, stickers } = await withStickers()
  stickers.sets.set('1', 'available')
  expect(await send({ productId: '5' })).toMatchObject({ status: 404, body: { message: 'not found' } })
})

test.each([
  { to: 'U1' },
  { to: `U${'0'.repeat(32)}` },
  { to: '' },
  { productType: 'THEME' },
  { sendPresentMessage: true },
  { productId: undefined },
])('%j is an invalid request', async (more) => {
  const { send, stickers } = await withStickers()
  stickers.sets.set('1', 'available')
  expect(await send(more)).toMatchObject({ status: 400, body: { message: 'invalid request' } })
})
