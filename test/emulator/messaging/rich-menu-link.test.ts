import { describe, expect, test } from 'vitest'
import { mistake, nobodys, withMenus } from './rich-menus.js'

const none = { status: 404, body: { message: 'the user has no richmenu', details: [] } }
const wrongUser = { status: 400, body: { message: "The value for the 'userId' parameter is invalid" } }
const nobody = `U${'0'.repeat(32)}`

describe('one user', () => {
  test('has one rich menu at a time, until it is taken away', async () => {
    const { line, userId, createWithImage } = await withMenus()
    const path = `/v2/bot/user/${userId}/richmenu`
    expect(await line(`GET ${path}`)).toMatchObject(none)
    for (const richMenuId of [await createWithImage(), await createWithImage()]) {
      expect(await line(`POST ${path}/${richMenuId}`)).toMatchObject({ status: 200, body: {} })
      expect((await line(`GET ${path}`)).body).toEqual({ richMenuId })
    }
    for (let count = 0; count < 2; count++)
      expect(await line(`DELETE ${path}`)).toMatchObject({ status: 200, body: {} })
    expect(await line(`GET ${path}`)).toMatchObject(none)
  })

  test('a rich menu is needed, with an image, and an ID of the right form', async () => {
    const { line, userId, create, createWithImage } = await withMenus()
    expect(await line(`POST /v2/bot/user/${userId}/richmenu/${nobodys}`)).toMatchObject({
      status: 404,
      body: { message: 'Not found' },
    })
    expect(await line(`POST /v2/bot/user/${userId}/richmenu/${await create()}`)).toMatchObject({
      status: 400,
      body: { message: 'must upload richmenu image before applying it to user' },
    })
    expect(await line(`POST /v2/bot/user/mika/richmenu/${await createWithImage()}`)).toMatchObject(wrongUser)
    expect(await line('GET /v2/bot/user/mika/richmenu')).toMatchObject(wrongUser)
    expect(await line('DELETE /v2/bot/user/mika/richmenu')).toMatchObject(wrongUser)
  })

  test('for people who are no friends it is accepted, and nothing is linked', async () => {
    const { line, createWithImage, emulator, account, friend } = await withMenus()
    const richMenuId = await createWithImage()
    const blocker = await friend('Ken')
    await blocker.person.block(account)
    const stranger = emulator.createPerson({ displayName: 'Aoi' })
    for (const userId of [nobody, blocker.userId, stranger.userIdFor(account)]) {
      expect((await line(`POST /v2/bot/user/${userId}/richmenu/${richMenuId}`)).status).toBe(200)
      expect(await line(`GET /v2/bot/user/${userId}/richmenu`)).toMatchObject(none)
      expect((await line(`DELETE /v2/bot/user/${userId}/richmenu`)).status).toBe(200)
    }
    await stranger.addFriend(account)
    await blocker.person.unblock(account)
    for (const userId of [blocker.userId, stranger.userIdFor(account)])
      expect(await line(`GET /v2/bot/user/${userId}/richmenu`)).toMatchObject(none)
  })
})

test('somebody who blocks the account has none, until they come back', async () => {
  const { line, createWithImage, userId, person, account } = await withMenus()
  const richMenuId = await createWithImage()
  await line(`POST /v2/bot/user/${userId}/richmenu/${richMenuId}`)
  await person.block(account)
  expect(await line(`GET /v2/bot/user/${userId}/richmenu`)).toMatchObject(none)
  await person.unblock(account)
  expect((await line(`GET /v2/bot/user/${userId}/richmenu`)).body).toEqual({ richMenuId })
})

describe('several users', () => {
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

  test('only friends are, as they are when LINE comes to it', async () => {
    const { link, linked, richMenuId, userIds, ken, account, emulator } = await bulk()
    await link({ richMenuId, userIds: [...userIds, nobody] })
    await ken.person.block(account)
    await emulator.clock.advance(1000)
    await ken.person.unblock(account)
    expect(await linked()).toEqual([true, false])
  })

  test('nobody is, when the rich menu has been deleted meanwhile', async () => {
    const { link, linked, richMenuId, userIds, line, emulator } = await bulk()
    await link({ richMenuId, userIds })
    await line(`DELETE /v2/bot/richmenu/${richMenuId}`)
    await emulator.clock.advance(1000)
    expect(await linked()).toEqual([false, false])
  })

  test('what is wrong is refused in LINE’s words', async () => {
    const { link, unlink, richMenuId, userIds, create } = await bulk()
    const wrong = {
      status: 400,
      body: { message: "The property, 'userIds[1]', in the request body is invalid (line: -, column: -)" },
    }
    expect(await link({ richMenuId, userIds: [userIds[0], 'mika'] })).toMatchObject(wrong)
    expect(await unlink({ userIds: [userIds[0], 'mika'] })).toMatchObject(wrong)
    expect(await link({ richMenuId: 'menu', userIds })).toMatchObject({
      status: 400,
      body: mistake('invalid richMenuId', 'richMenuId'),
    })
    expect(await link({ richMenuId: nobodys, userIds })).toMatchObject({
      status: 404,
      body: { message: 'richmenu not found', details: [] },
    })
    expect(await link({ richMenuId: await create(), userIds })).toMatchObject({
      status: 400,
      body: { message: 'must upload richmenu image before applying it to user' },
    })
  })

  test.each([
    [0, 400],
    [1, 202],
    [500, 202],
    [501, 400],
  ])('%i of them are answered %i', async (count, status) => {
    const { link, unlink, richMenuId, userId } = await bulk()
    const userIds = Array.from({ length: count }, () => userId)
    expect((await link({ richMenuId, userIds })).status).toBe(status)
    expect((await unlink({ userIds })).status).toBe(status)
  })
})
