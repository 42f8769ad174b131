import { createEmulator } from 'line-oa/emulator'
import { describe, expect, test } from 'vitest'
import { call, form, tokenFor } from './setup.js'

const url = 'https://example.com/app'

async function setup() {
  const emulator = createEmulator({ clock: 'manual' })
  const channel = emulator.createLoginChannel()
  const token = await tokenFor(emulator, channel)
  const line = (what: string, body?: object, own = token) => call(emulator, what, body, { token: own })
  const add = (more: object = {}) => line('POST /liff/v1/apps', { view: { type: 'full', url }, ...more })
  const added = async (more?: object) => ((await add(more)).body as { liffId: string }).liffId // what adding answers
  const apps = async () => ((await line('GET /liff/v1/apps')).body as { apps: object[] }).apps // what listing answers
  return { emulator, channel, line, add, added, apps }
}

describe('LIFF apps', () => {
  test('are none to begin with, which is 404', async () => {
    const { line } = await setup()
    expect(await line('GET /liff/v1/apps')).toMatchObject({ status: 404, body: { message: 'Not found' } })
  })

  test('are listed with what LINE fills in', async () => {
    const { added, apps, channel } = await setup()
    const liffId = await added()
    expect(liffId).toMatch(new RegExp(`^${channel.channelId}-[0-9A-Za-z]{8}$`))
    expect(await apps()).toEqual([
      {
        liffId,
        view: { type: 'full', url, moduleMode: false },
        features: { ble: false, qrCode: false },
        permanentLinkPattern: 'concat',
        scope: ['profile', 'chat_message.write'],
        botPrompt: 'none',
      },
    ])
  })

  test('are changed in part', async () => {
    const { added, apps, line } = await setup()
    const liffId = await added({
      description: 'Shop',
      scope: ['openid'],
      botPrompt: 'normal',
      features: { qrCode: true },
    })
    const change = await line(`PUT /liff/v1/apps/${liffId}`, { view: { type: 'tall' }, description: 'Tea shop' })
    expect(change).toMatchObject({ status: 200, body: undefined })
    expect(await apps()).toMatchObject([
      {
        view: { type: 'tall', url, moduleMode: false },
        description: 'Tea shop',
        scope: ['openid'],
        botPrompt: 'normal',
        features: { qrCode: true },
      },
    ])
  })

  test('are deleted one by one', async () => {
    const { added, apps, line } = await setup()
    const [one, two] = [await added(), await added()]
    expect(await line(`DELETE /liff/v1/apps/${one}`)).toMatchObject({ status: 200, body: undefined })
    expect(await apps()).toMatchObject([{ liffId: two }])
    expect((await line(`DELETE /liff/v1/apps/${one}`)).status).toBe(404)
  })

  test('are 30 in a channel at most', async () => {
    const { add, added, line } = await setup()
    const first = await added()
    for (let count = 1; count < 30; count++) expect((await add()).status).toBe(200)
    expect((await add()).status).toBe(400)
    await line(`DELETE /liff/v1/apps/${first}`)
    expect((await add()).status).toBe(200)
  })

  test('of another channel are not found', async () => {
    const { added, line, emulator } = await setup()
    const liffId = await added()
    const other = await tokenFor(emulator, emulator.createLoginChannel())
    expect((await line('GET /liff/v1/apps', undefined, other)).status).toBe(404)
    expect((await line(`PUT /liff/v1/apps/${liffId}`, { description: 'x' }, other)).status).toBe(404)
    expect((await line(`DELETE /liff/v1/apps/${liffId}`, undefined, other)).status).toBe(404)
  })

  test.each([
    ['http', { view: { type: 'full', url: 'http://example.com' } }],
    ['a fragment', { view: { type: 'full', url: `${url}#top` } }],
    ['another size', { view: { type: 'half', url } }],
    ['no URL', { view: { type: 'full' } }],
    ['a name that LINE keeps for itself', { description: 'My LINE app' }],
    ['a scope that does not exist', { scope: ['everything'] }],
  ])('are refused with %s', async (_, input) => {
    const { add, line } = await setup()
    expect((await add(input)).status).toBe(400)
    expect((await line('GET /liff/v1/apps')).status).toBe(404)
  })

  test('take tokens of Login channels, short-lived and stateless ones', async () => {
    const { line, emulator, channel } = await setup()
    const { body } = await form(emulator, '/v2/oauth/accessToken', {
      grant_type: 'client_credentials',
      client_id: channel.channelId,
      client_secret: channel.channelSecret,
    })
    const add = (token: string) => line('POST /liff/v1/apps', { view: { type: 'full', url } }, token)
    expect((await add((body as { access_token: string }).access_token)).status).toBe(200) // the answer of the call above
    const account = emulator.createAccount({ name: 'Tea House' })
    expect((await add(await tokenFor(emulator, account))).status).toBe(403)
    expect((await add(account.issueLongLivedToken())).status).toBe(401)
  })
})
