import { describe, expect, test } from 'vitest'
import { menu, mistake, nobodys, png, withMenus } from './rich-menus.js'

const notFound = { status: 404, body: { message: 'Not found' } }

describe('rich menus', () => {
  test('one is created, read and listed as it was given, without what LINE does not know', async () => {
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

  test('there is none to begin with, and those of another account are none', async () => {
    const { line, create, asOther } = await withMenus()
    expect((await line('GET /v2/bot/richmenu/list')).body).toEqual({ richmenus: [] })
    const richMenuId = await create()
    expect((await asOther('GET /v2/bot/richmenu/list')).body).toEqual({ richmenus: [] })
    expect(await asOther(`GET /v2/bot/richmenu/${richMenuId}`)).toMatchObject(notFound)
    expect(await asOther(`DELETE /v2/bot/richmenu/${richMenuId}`)).toMatchObject(notFound)
  })

  test('validating one creates nothing', async () => {
    const { line } = await withMenus()
    expect(await line('POST /v2/bot/richmenu/validate', menu)).toMatchObject({ status: 200, body: {} })
    expect(
      (await line('POST /v2/bot/richmenu/validate', { ...menu, size: { width: 2501, height: 1686 } })).status,
    ).toBe(400)
    expect((await line('GET /v2/bot/richmenu/list')).body).toEqual({ richmenus: [] })
  })

  test.each([
    ['without a name', { ...menu, name: undefined }, mistake('must be specified', 'name')],
    [
      'with an address that is none',
      { ...menu, areas: [{ ...menu.areas[0], action: { type: 'uri', uri: 'tea' } }] },
      mistake('invalid uri', 'areas[0].action.uri'),
    ],
    [
      'with 21 areas',
      { ...menu, areas: Array.from({ length: 21 }, () => menu.areas[0]) },
      mistake('Size must be between 0 and 20', 'areas'),
    ],
  ])('one %s is refused in LINE’s words', async (_, broken, refusal) => {
    const { line } = await withMenus()
    for (const path of ['richmenu', 'richmenu/validate'])
      expect(await line(`POST /v2/bot/${path}`, broken)).toMatchObject({ status: 400, body: refusal })
  })

  test('the 1,000th is created, the 1,001st is not until one is deleted', async () => {
    const { line, create } = await withMenus()
    const first = await create()
    for (let count = 2; count <= 1000; count++) expect(await create()).toMatch(/^richmenu-/)
    expect(await line('POST /v2/bot/richmenu', menu)).toMatchObject({ status: 400, body: { details: [] } })
    expect(await line(`DELETE /v2/bot/richmenu/${first}`)).toMatchObject({ status: 200, body: {} })
    expect((await line('POST /v2/bot/richmenu', menu)).status).toBe(200)
  }, 60_000)

  test('what is deleted is gone', async () => {
    const { line, create } = await withMenus()
    const richMenuId = await create()
    await line(`DELETE /v2/bot/richmenu/${richMenuId}`)
    expect(await line(`GET /v2/bot/richmenu/${richMenuId}`)).toMatchObject(notFound)
    expect(await line(`DELETE /v2/bot/richmenu/${richMenuId}`)).toMatchObject(notFound)
  })

  test('no retry key is taken', async () => {
    const { line } = await withMenus()
    const headers = { 'x-line-retry-key': '123e4567-e89b-12d3-a456-426614174000' }
    expect((await line('POST /v2/bot/richmenu', menu, { headers })).status).toBe(400)
  })
})

describe('images', () => {
  test('one is given once and comes back as it is', async () => {
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
    expect(await upload(richMenuId, png(1200, 810))).toMatchObject({
      status: 400,
      body: { message: 'An image has already been uploaded to the richmenu' },
    })
    expect(new Uint8Array(await (await get()).arrayBuffer())).toEqual(png())
  })

  test('of two that come at once the second is refused', async () => {
    const { create, upload } = await withMenus()
    const richMenuId = await create()
    const answers = await Promise.all([upload(richMenuId), upload(richMenuId)])
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 400])
  })

  test('an unknown rich menu has none and gets none', async () => {
    const { upload, line } = await withMenus()
    expect(await upload(nobodys)).toMatchObject(notFound)
    expect(await line(`GET https://api-data.line.me/v2/bot/richmenu/${nobodys}/content`)).toMatchObject(notFound)
  })

  test.each([
    [800, 250, 200],
    [799, 250, 400],
    [2500, 1724, 200],
    [2501, 1724, 400],
    [800, 249, 400],
    [1450, 1000, 200],
    [1449, 1000, 400],
  ])('%i x %i pixels are answered %i', async (width, height, status) => {
    const { create, upload } = await withMenus()
    const answer = await upload(await create(), png(width, height))
    expect(answer).toMatchObject({
      status,
      body: status === 200 ? {} : { message: 'The image size is not allowed for richmenu' },
    })
  })

  test('one megabyte passes, one byte more does not, and neither does what is no image', async () => {
    const { create, upload } = await withMenus()
    const richMenuId = await create()
    expect((await upload(richMenuId, png(2500, 1686, 1024 * 1024 + 1))).status).toBe(400)
    expect((await upload(richMenuId, 'GIF89a')).status).toBe(400)
    expect((await upload(richMenuId, new Uint8Array(0))).status).toBe(400)
    expect((await upload(richMenuId, png(2500, 1686, 1024 * 1024))).status).toBe(200)
  })

  test('another media type is 415', async () => {
    const { create, upload } = await withMenus()
    expect(await upload(await create(), png(), 'image/gif')).toMatchObject({
      status: 415,
      body: { message: 'The content type, image/gif, is not supported' },
    })
  })
})

describe('the default rich menu', () => {
  const noDefault = { status: 404, body: { message: 'no default richmenu', details: [] } }

  test('is set, replaced, told and cleared', async () => {
    const { line, createWithImage } = await withMenus()
    expect(await line('GET /v2/bot/user/all/richmenu')).toMatchObject(noDefault)
    const [one, two] = [await createWithImage(), await createWithImage()]
    for (const richMenuId of [one, two]) {
      expect(await line(`POST /v2/bot/user/all/richmenu/${richMenuId}`)).toMatchObject({ status: 200, body: {} })
      expect((await line('GET /v2/bot/user/all/richmenu')).body).toEqual({ richMenuId })
    }
    for (let count = 0; count < 2; count++)
      expect(await line('DELETE /v2/bot/user/all/richmenu')).toMatchObject({ status: 200, body: {} })
    expect(await line('GET /v2/bot/user/all/richmenu')).toMatchObject(noDefault)
  })

  test('needs an image', async () => {
    const { line, create } = await withMenus()
    expect(await line(`POST /v2/bot/user/all/richmenu/${await create()}`)).toMatchObject({
      status: 400,
      body: { message: 'must upload richmenu image before applying it to user', details: [] },
    })
    expect(await line(`POST /v2/bot/user/all/richmenu/${nobodys}`)).toMatchObject(notFound)
  })

  test('of the Official Account Manager is 403, until the API sets one', async () => {
    const { line, createWithImage, account } = await withMenus()
    account.settings.richMenu = true
    expect(await line('GET /v2/bot/user/all/richmenu')).toMatchObject({
      status: 403,
      body: { message: 'the richmenu is owned by another channel', details: [] },
    })
    await line(`POST /v2/bot/user/all/richmenu/${await createWithImage()}`)
    expect((await line('GET /v2/bot/user/all/richmenu')).status).toBe(200)
  })

  test('ends with its rich menu', async () => {
    const { line, createWithImage } = await withMenus()
    const richMenuId = await createWithImage()
    await line(`POST /v2/bot/user/all/richmenu/${richMenuId}`)
    await line(`DELETE /v2/bot/richmenu/${richMenuId}`)
    expect(await line('GET /v2/bot/user/all/richmenu')).toMatchObject(noDefault)
  })
})

test('people see what is linked to them, else the default of the API, else that of the Official Account Manager', async () => {
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
