import { describe, expect, test } from 'vitest'
import { refusal } from '../setup.js'
import { menuRefusal, unknownMenu, withMenus } from './rich-menus.js'

const unknownUser = `U${'0'.repeat(32)}`

describe('the rich menu of a user', () => {
  test('is replaced by the next link, and ends with unlinking', async () => {
    const { line, userId, createWithImage } = await withMenus()
    const path = `/v2/bot/user/${userId}/richmenu`
    expect(await line(`GET ${path}`)).toMatchObject(menuRefusal(404))
    for (const richMenuId of [await createWithImage(), await createWithImage()]) {
      expect(await line(`POST ${path}/${richMenuId}`)).toMatchObject({ status: 200, body: {} })
      expect((await line(`GET ${path}`)).body).toEqual({ richMenuId })
    }
    for (let count = 0; count < 2; count++)
      expect(await line(`DELETE ${path}`)).toMatchObject({ status: 200, body: {} })
    expect(await line(`GET ${path}`)).toMatchObject(menuRefusal(404))
  })

  test('requires a rich menu with an image and a valid user ID', async () => {
    const { line, userId, create, createWithImage } = await withMenus()
    expect(await line(`POST /v2/bot/user/${userId}/richmenu/${unknownMenu}`)).toMatchObject(refusal(404))
    expect(await line(`POST /v2/bot/user/${userId}/richmenu/${await create()}`)).toMatchObject(menuRefusal(400))
    expect(await line(`POST /v2/bot/user/mika/richmenu/${await createWithImage()}`)).toMatchObject(refusal(400))
    expect(await line('GET /v2/bot/user/mika/richmenu')).toMatchObject(refusal(400))
    expect(await line('DELETE /v2/bot/user/mika/richmenu')).toMatchObject(refusal(400))
  })

  test('is accepted for users who are not friends, and not linked', async () => {
    const { line, createWithImage, emulator, account, friend } = await withMenus()
    const richMenuId = await createWithImage()
    const blocker = await friend('Ken')
    await blocker.person.block(account)
    const stranger = emulator.createPerson({ displayName: 'Aoi' })
    for (const userId of [unknownUser, blocker.userId, stranger.userIdFor(account)]) {
      expect((await line(`POST /v2/bot/user/${userId}/richmenu/${richMenuId}`)).status).toBe(200)
      expect(await line(`GET /v2/bot/user/${userId}/richmenu`)).toMatchObject(menuRefusal(404))
      expect((await line(`DELETE /v2/bot/user/${userId}/richmenu`)).status).toBe(200)
    }
    await stranger.addFriend(account)
    await blocker.person.unblock(account)
    for (const userId of [blocker.userId, stranger.userIdFor(account)])
      expect(await line(`GET /v2/bot/user/${userId}/richmenu`)).toMatchObject(menuRefusal(404))
  })
})

test('a user who blocks the account has no rich menu until they unblock it', async () => {
  const { line, createWithImage, userId, person, account } = await withMenus()
  const richMenuId = await createWithImage()
  await line(`POST /v2/bot/user/${userId}/richmenu/${richMenuId}`)
  await person.block(account)
  expect(await line(`GET /v2/bot/user/${userId}/richmenu`)).toMatchObject(menuRefusal(404))
  await person.unblock(account)
  expect((await line(`GET /v2/bot/user/${userId}/richmenu`)).body).toEqual({ richMenuId })
})

describe('rich menus of several users', () => {
  async function bulk() {
    const world = await withMenus()
    const ken = await world.friend('Ken')
    const richMenuId = await world.createWithImage()
    const userIds = [world.userId, ken.userId]
    const linked = async () => {
      const answers = await Promise.all(userIds.map((userId) => world.line(`GET /v2/bot/user/${userId}/richmenu`)))
      return answers.map(({ status }) => status === 200)
    }
    const link = (body: object) => world.line('POST /v2/bot/richmenu/bulk/link', body)
    const unlink = (body: object) => world.line('POST /v2/bot/richmenu/bulk/unlink', body)
    return { ...world, ken, richMenuId, userIds, linked, link, unlink }
  }

  test('are linked and unlinked in the background', async () => {
    const { link, unlink, linked, richMenuId, userIds, emulator } = await bulk()
    expect(await link({ richMenuId, userIds })).toMatchObject({ status: 202, body: {} })
    expect(await linked()).toEqual([false, false])
    await emulator.clock.advance(1000)
    expect(await linked()).toEqual([true, true])
    expect(await unlink({ userIds: userIds.slice(1) })).toMatchObject({ status: 202, body: {} })
    expect(await linked()).toEqual([true, true])
    await emulator.clock.advance(1000)
    expect(await linked()).toEqual([true, false])
  })

  test('are linked for those who are friends at that time', async () => {
    const { link, linked, richMenuId, userIds, ken, account, emulator } = await bulk()
    await link({ richMenuId, userIds: [...userIds, unknownUser] })
    await ken.person.block(account)
    await emulator.clock.advance(1000)
    await ken.person.unblock(account)
    expect(await linked()).toEqual([true, false])
  })

  test('are not linked when the rich menu is deleted before', async () => {
    const { link, linked, richMenuId, userIds, line, emulator } = await bulk()
    await link({ richMenuId, userIds })
    await line(`DELETE /v2/bot/richmenu/${richMenuId}`)
    await emulator.clock.advance(1000)
    expect(await linked()).toEqual([false, false])
  })

  test('are refused for invalid user IDs and rich menus', async () => {
    const { link, unlink, richMenuId, userIds, create } = await bulk()
    expect(await link({ richMenuId, userIds: [userIds[0], 'mika'] })).toMatchObject(refusal(400))
    expect(await unlink({ userIds: [userIds[0], 'mika'] })).toMatchObject(refusal(400))
    expect(await link({ richMenuId: 'menu', userIds })).toMatchObject(refusal(400, 'richMenuId'))
    expect(await link({ richMenuId: unknownMenu, userIds })).toMatchObject(menuRefusal(404))
    expect(await link({ richMenuId: await create(), userIds })).toMatchObject(menuRefusal(400))
  })

  test.each([
    [0, 400],
    [1, 202],
    [500, 202],
    [501, 400],
  ])('for %i users are answered with %i', async (count, status) => {
    const { link, unlink, richMenuId, userId } = await bulk()
    const userIds = Array.from({ length: count }, () => userId)
    expect((await link({ richMenuId, userIds })).status).toBe(status)
    expect((await unlink({ userIds })).status).toBe(status)
  })
})
