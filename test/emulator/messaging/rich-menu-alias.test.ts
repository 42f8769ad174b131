import { describe, expect, test } from 'vitest'
import { mistake, nobodys, withMenus } from './rich-menus.js'

const noMenu = { status: 400, body: { message: 'richmenu not found', details: [] } }
const noAlias = { status: 404, body: { message: 'richmenu alias not found', details: [] } }

async function withAliases() {
  const world = await withMenus()
  const richMenuId = await world.createWithImage()
  const create = (richMenuAliasId: string, id = richMenuId) =>
    world.line('POST /v2/bot/richmenu/alias', { richMenuAliasId, richMenuId: id })
  return { ...world, richMenuId, createMenu: world.create, create }
}

describe('rich menu aliases', () => {
  test('one is created, read, listed, moved and deleted', async () => {
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

  test('a name is taken once, by each account for itself', async () => {
    const { create, asOther } = await withAliases()
    await create('tea')
    expect(await create('tea')).toMatchObject({
      status: 400,
      body: { message: 'conflict richmenu alias id', details: [] },
    })
    expect(await asOther('GET /v2/bot/richmenu/alias/tea')).toMatchObject(noAlias)
  })

  test.each([
    ['a', 200],
    ['a'.repeat(32), 200],
    ['a'.repeat(33), 400],
    ['tea-time_2', 200],
    ['Tea', 400],
    ['tea time', 400],
    ['', 400],
  ])('the name %j is answered %i', async (name, status) => {
    const { create } = await withAliases()
    expect((await create(name)).status).toBe(status)
  })

  test('it needs a rich menu of the account that has an image', async () => {
    const { line, create, createMenu } = await withAliases()
    const bare = await createMenu()
    await create('tea')
    for (const richMenuId of [nobodys, bare]) {
      expect(await create('other', richMenuId)).toMatchObject(noMenu)
      expect(await line('POST /v2/bot/richmenu/alias/tea', { richMenuId })).toMatchObject(noMenu)
    }
    const refusal = { status: 400, body: mistake('invalid richMenuId', 'richMenuId') }
    expect(await create('other', 'menu')).toMatchObject(refusal)
    expect(await line('POST /v2/bot/richmenu/alias/tea', { richMenuId: 'menu' })).toMatchObject(refusal)
  })

  test('an unknown one is 404 and an impossible one 400', async () => {
    const { line, richMenuId } = await withAliases()
    for (const [method, body] of [['GET'], ['DELETE'], ['POST', { richMenuId }]] as const) {
      expect(await line(`${method} /v2/bot/richmenu/alias/none`, body)).toMatchObject(noAlias)
      expect(await line(`${method} /v2/bot/richmenu/alias/None`, body)).toMatchObject({
        status: 400,
        body: { message: "The value for the 'richMenuAliasId' parameter is invalid" },
      })
    }
  })

  test('the 1,000th is created, the 1,001st is not until one is deleted', async () => {
    const { line, create } = await withAliases()
    for (let count = 1; count <= 1000; count++) expect((await create(`tea-${count}`)).status).toBe(200)
    expect(await create('tea-1001')).toMatchObject({ status: 400, body: { details: [] } })
    await line('DELETE /v2/bot/richmenu/alias/tea-1')
    expect((await create('tea-1001')).status).toBe(200)
  }, 60_000)

  test('it outlives its rich menu, and then leads nowhere', async () => {
    const { line, create, richMenuId } = await withAliases()
    await create('tea')
    await line(`DELETE /v2/bot/richmenu/${richMenuId}`)
    expect((await line('GET /v2/bot/richmenu/alias/tea')).body).toEqual({ richMenuAliasId: 'tea', richMenuId })
  })
})
