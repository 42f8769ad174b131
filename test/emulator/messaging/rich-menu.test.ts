import { describe, expect, test } from 'vitest'
import { refusal } from '../setup.js'
import { menu, menuRefusal, png, unknownMenu, withMenus } from './rich-menus.js'

describe('rich menus', () => {
  test('a rich menu is created, read and listed without unknown fields', async () => {
    const { line } = await withMenus()
    const { status, body } = await line('POST /v2/bot/richmenu', { ...menu, colour: 'green' })
    expect({ status, body }).toEqual({
      status: 200,
      body: { richMenuId: expect.stringMatching(/^richmenu-[0-9a-f]{32}$/) },
    })
    const { richMenuId } = body as { richMenuId: string } // as the line above says
    expect((await line(`GET /v2/bot/richmenu/${richMenuId}`)).body).toEqual({ richMenuId, ...menu })
    expect((await line('GET /v2/bot/richmenu/list')).body).toEqual({ richmenus: [{ richMenuId, ...menu }] })
  })

  test('rich menus of another account are not found', async () => {
    const { line, create, asOther } = await withMenus()
    expect((await line('GET /v2/bot/richmenu/list')).body).toEqual({ richmenus: [] })
    const richMenuId = await create()
    expect((await asOther('GET /v2/bot/richmenu/list')).body).toEqual({ richmenus: [] })
    expect(await asOther(`GET /v2/bot/richmenu/${richMenuId}`)).toMatchObject(refusal(404))
    expect(await asOther(`DELETE /v2/bot/richmenu/${richMenuId}`)).toMatchObject(refusal(404))
  })

  test('validation creates no rich menu', async () => {
    const { line } = await withMenus()
    expect(await line('POST /v2/bot/richmenu/validate', menu)).toMatchObject({ status: 200, body: {} })
    expect(
      (await line('POST /v2/bot/richmenu/validate', { ...menu, size: { width: 2501, height: 1686 } })).status,
    ).toBe(400)
    expect((await line('GET /v2/bot/richmenu/list')).body).toEqual({ richmenus: [] })
  })

  test.each([
    ['without a name', { ...menu, name: undefined }, 'name'],
    [
      'with an invalid URI',
      { ...menu, areas: [{ ...menu.areas[0], action: { type: 'uri', uri: 'tea' } }] },
      'areas[0].action.uri',
    ],
    ['with 21 areas', { ...menu, areas: Array.from({ length: 21 }, () => menu.areas[0]) }, 'areas'],
  ])('a rich menu %s is refused', async (_, broken, property) => {
    const { line } = await withMenus()
    for (const path of ['richmenu', 'richmenu/validate'])
      expect(await line(`POST /v2/bot/${path}`, broken)).toMatchObject(refusal(400, property))
  })

  test('the 1,001st rich menu is refused until one is deleted', async () => {
    const { line, create } = await withMenus()
    const first = await create()
    for (let count = 2; count <= 1000; count++) expect(await create()).toMatch(/^richmenu-/)
    expect(await line('POST /v2/bot/richmenu', menu)).toMatchObject(menuRefusal(400))
    expect(await line(`DELETE /v2/bot/richmenu/${first}`)).toMatchObject({ status: 200, body: {} })
    expect((await line('POST /v2/bot/richmenu', menu)).status).toBe(200)
  }, 60_000)

  test('a deleted rich menu is not found', async () => {
    const { line, create } = await withMenus()
    const richMenuId = await create()
    await line(`DELETE /v2/bot/richmenu/${richMenuId}`)
    expect(await line(`GET /v2/bot/richmenu/${richMenuId}`)).toMatchObject(refusal(404))
    expect(await line(`DELETE /v2/bot/richmenu/${richMenuId}`)).toMatchObject(refusal(404))
  })

  test('a retry key is refused', async () => {
    const { line } = await withMenus()
    const headers = { 'x-line-retry-key': '123e4567-e89b-12d3-a456-426614174000' }
    expect((await line('POST /v2/bot/richmenu', menu, { headers })).status).toBe(400)
  })
})

describe('rich menu images', () => {
  test('an image is uploaded once and downloaded unchanged', async () => {
    const { create, upload, emulator, token } = await withMenus()
    const richMenuId = await create()
    const url = `https://api-data.line.me/v2/bot/richmenu/${richMenuId}/content`
    const get = () => emulator.fetch(url, { headers: { authorization: `Bearer ${token}` } })
    expect((await get()).status).toBe(404)
    expect(await upload(richMenuId)).toMatchObject({ status: 200, body: {} })
    const response = await get()
    expect([response.status, response.headers.get('content-type'), response.headers.get('content-length')]).toEqual([
      200,
      'image/png',
      '64',
    ])
    expect(new Uint8Array(await response.arrayBuffer())).toEqual(png())
    expect(await upload(richMenuId, png(1200, 810))).toMatchObject(refusal(400))
    expect(new Uint8Array(await (await get()).arrayBuffer())).toEqual(png())
  })

  test('the second of two concurrent uploads is refused', async () => {
    const { create, upload } = await withMenus()
    const richMenuId = await create()
    const answers = await Promise.all([upload(richMenuId), upload(richMenuId)])
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 400])
  })

  test('an unknown rich menu has no image and accepts none', async () => {
    const { upload, line } = await withMenus()
    expect(await upload(unknownMenu)).toMatchObject(refusal(404))
    expect(await line(`GET https://api-data.line.me/v2/bot/richmenu/${unknownMenu}/content`)).toMatchObject(
      refusal(404),
    )
  })

  test.each([
    [800, 250, 200],
    [799, 250, 400],
    [2500, 1724, 200],
    [2501, 1724, 400],
    [800, 249, 400],
    [1450, 1000, 200],
    [1449, 1000, 400],
  ])('%i x %i pixels are answered with %i', async (width, height, status) => {
    const { create, upload } = await withMenus()
    const answer = await upload(await create(), png(width, height))
    expect(answer).toMatchObject(status === 200 ? { status, body: {} } : refusal(status))
  })

  test('an image of 1 MB is accepted; a larger file and other content are refused', async () => {
    const { create, upload } = await withMenus()
    const richMenuId = await create()
    expect((await upload(richMenuId, png(2500, 1686, 1024 * 1024 + 1))).status).toBe(400)
    expect((await upload(richMenuId, 'GIF89a')).status).toBe(400)
    expect((await upload(richMenuId, new Uint8Array(0))).status).toBe(400)
    expect((await upload(richMenuId, png(2500, 1686, 1024 * 1024))).status).toBe(200)
  })

  test('another media type is answered with 415', async () => {
    const { create, upload } = await withMenus()
    expect(await upload(await create(), png(), 'image/gif')).toMatchObject(refusal(415))
  })
})

describe('the default rich menu', () => {
  test('is set, replaced, read and cleared', async () => {
    const { line, createWithImage } = await withMenus()
    expect(await line('GET /v2/bot/user/all/richmenu')).toMatchObject(menuRefusal(404))
    const [one, two] = [await createWithImage(), await createWithImage()]
    for (const richMenuId of [one, two]) {
      expect(await line(`POST /v2/bot/user/all/richmenu/${richMenuId}`)).toMatchObject({ status: 200, body: {} })
      expect((await line('GET /v2/bot/user/all/richmenu')).body).toEqual({ richMenuId })
    }
    for (let count = 0; count < 2; count++)
      expect(await line('DELETE /v2/bot/user/all/richmenu')).toMatchObject({ status: 200, body: {} })
    expect(await line('GET /v2/bot/user/all/richmenu')).toMatchObject(menuRefusal(404))
  })

  test('requires an image', async () => {
    const { line, create } = await withMenus()
    expect(await line(`POST /v2/bot/user/all/richmenu/${await create()}`)).toMatchObject(menuRefusal(400))
    expect(await line(`POST /v2/bot/user/all/richmenu/${unknownMenu}`)).toMatchObject(refusal(404))
  })

  test('of the LINE Official Account Manager is answered with 403 until the API sets one', async () => {
    const { line, createWithImage, account } = await withMenus()
    account.settings.richMenu = true
    expect(await line('GET /v2/bot/user/all/richmenu')).toMatchObject(menuRefusal(403))
    await line(`POST /v2/bot/user/all/richmenu/${await createWithImage()}`)
    expect((await line('GET /v2/bot/user/all/richmenu')).status).toBe(200)
  })

  test('is cleared when its rich menu is deleted', async () => {
    const { line, createWithImage } = await withMenus()
    const richMenuId = await createWithImage()
    await line(`POST /v2/bot/user/all/richmenu/${richMenuId}`)
    await line(`DELETE /v2/bot/richmenu/${richMenuId}`)
    expect(await line('GET /v2/bot/user/all/richmenu')).toMatchObject(menuRefusal(404))
  })
})

test('a user sees the linked rich menu, otherwise the default of the API, otherwise that of the LINE Official Account Manager', async () => {
  const { line, createWithImage, account, person, userId, emulator } = await withMenus()
  const stranger = emulator.createPerson({ displayName: 'Ken' })
  expect(person.richMenuFor(account)).toBeUndefined()
  account.settings.richMenu = true
  expect(person.richMenuFor(account)).toEqual({ by: 'manager' })
  const [linked, byDefault] = [await createWithImage(), await createWithImage()]
  await line(`POST /v2/bot/user/all/richmenu/${byDefault}`)
  expect([person, stranger].map((one) => one.richMenuFor(account))).toEqual([
    { by: 'default', richMenuId: byDefault },
    { by: 'default', richMenuId: byDefault },
  ])
  await line(`POST /v2/bot/user/${userId}/richmenu/${linked}`)
  expect(person.richMenuFor(account)).toEqual({ by: 'link', richMenuId: linked })
  await person.block(account)
  expect(person.richMenuFor(account)).toBeUndefined()
  await person.unblock(account)
  await line(`DELETE /v2/bot/richmenu/${linked}`)
  expect(person.richMenuFor(account)).toEqual({ by: 'default', richMenuId: byDefault })
})
