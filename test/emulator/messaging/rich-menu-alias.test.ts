import { describe, expect, test } from 'vitest'
import { refusal } from '../setup.js'
import { menuRefusal, unknownMenu, withMenus } from './rich-menus.js'

async function withAliases() {
  const world = await withMenus()
  const richMenuId = await world.createWithImage()
  const create = (richMenuAliasId: string, id = richMenuId) =>
    world.line('POST /v2/bot/richmenu/alias', { richMenuAliasId, richMenuId: id })
  return { ...world, richMenuId, createMenu: world.create, create }
}

describe('rich menu aliases', () => {
  test('an alias is created, read, listed, updated and deleted', async () => {
    const { line, create, createWithImage, richMenuId } = await withAliases()
    expect((await line('GET /v2/bot/richmenu/alias/list')).body).toEqual({ aliases: [] })
    expect(await create('tea')).toMatchObject({ status: 200, body: {} })
    const alias = { richMenuAliasId: 'tea', richMenuId }
    expect((await line('GET /v2/bot/richmenu/alias/tea')).body).toEqual(alias)
    expect((await line('GET /v2/bot/richmenu/alias/list')).body).toEqual({ aliases: [alias] })
    const other = await createWithImage()
    expect(await line('POST /v2/bot/richmenu/alias/tea', { richMenuId: other })).toMatchObject({
      status: 200,
      body: {},
    })
    expect((await line('GET /v2/bot/richmenu/alias/tea')).body).toEqual({ richMenuAliasId: 'tea', richMenuId: other })
    expect(await line('DELETE /v2/bot/richmenu/alias/tea')).toMatchObject({ status: 200, body: {} })
    expect((await line('GET /v2/bot/richmenu/alias/list')).body).toEqual({ aliases: [] })
  })

  test('an alias is unique per account', async () => {
    const { create, asOther } = await withAliases()
    await create('tea')
    expect(await create('tea')).toMatchObject(menuRefusal(400))
    expect(await asOther('GET /v2/bot/richmenu/alias/tea')).toMatchObject(menuRefusal(404))
  })

  test.each([
    ['a', 200],
    ['a'.repeat(32), 200],
    ['a'.repeat(33), 400],
    ['tea-time_2', 200],
    ['Tea', 400],
    ['tea time', 400],
    ['', 400],
  ])('the alias %j is answered with %i', async (name, status) => {
    const { create } = await withAliases()
    expect((await create(name)).status).toBe(status)
  })

  test('an alias requires a rich menu of the account with an image', async () => {
    const { line, create, createMenu } = await withAliases()
    const bare = await createMenu()
    await create('tea')
    for (const richMenuId of [unknownMenu, bare]) {
      expect(await create('other', richMenuId)).toMatchObject(menuRefusal(400))
      expect(await line('POST /v2/bot/richmenu/alias/tea', { richMenuId })).toMatchObject(menuRefusal(400))
    }
    expect(await create('other', 'menu')).toMatchObject(refusal(400, 'richMenuId'))
    expect(await line('POST /v2/bot/richmenu/alias/tea', { richMenuId: 'menu' })).toMatchObject(
      refusal(400, 'richMenuId'),
    )
  })

  test('an unknown alias is answered with 404, and an invalid one with 400', async () => {
    const { line, richMenuId } = await withAliases()
    for (const [method, body] of [['GET'], ['DELETE'], ['POST', { richMenuId }]] as const) {
      expect(await line(`${method} /v2/bot/richmenu/alias/none`, body)).toMatchObject(menuRefusal(404))
      expect(await line(`${method} /v2/bot/richmenu/alias/None`, body)).toMatchObject(refusal(400))
    }
  })

  test('the 1,001st alias is refused until one is deleted', async () => {
    const { line, create } = await withAliases()
    for (let count = 1; count <= 1000; count++) expect((await create(`tea-${count}`)).status).toBe(200)
    expect(await create('tea-1001')).toMatchObject(menuRefusal(400))
    await line('DELETE /v2/bot/richmenu/alias/tea-1')
    expect((await create('tea-1001')).status).toBe(200)
  }, 60_000)

  test('an alias remains after its rich menu is deleted', async () => {
    const { line, create, richMenuId } = await withAliases()
    await create('tea')
    await line(`DELETE /v2/bot/richmenu/${richMenuId}`)
    expect((await line('GET /v2/bot/richmenu/alias/tea')).body).toEqual({ richMenuAliasId: 'tea', richMenuId })
  })
})
