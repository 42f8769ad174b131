import { createEmulator } from 'line-oa/emulator'
import { describe, expect, test } from 'vitest'
import { call, form, refusal, tokenFor } from './setup.js'

const url = 'https://example.com/app'

async function setup() {
  const emulator = createEmulator({ clock: 'manual' })
  const channel = emulator.createLoginChannel()
  const token = await tokenFor(emulator, channel)
  const line = (what: string, body?: object, own = token) => call(emulator, what, body, { token: own })
  const add = (more: object = {}) => line('POST /liff/v1/apps', { view: { type: 'full', url }, ...more })
  const added = async (more?: object) => ((await add(more)).body as { liffId: string }).liffId // the response to adding an app
  const apps = async () => ((await line('GET /liff/v1/apps')).body as { apps: object[] }).apps // the response to listing apps
  return { emulator, channel, line, add, added, apps }
}

describe('LIFF apps', () => {
  test('are answered with 404 while the channel has none', async () => {
    const { line } = await setup()
    expect(await line('GET /liff/v1/apps')).toMatchObject(refusal(404))
  })

  test('are listed with the defaults that LINE adds', async () => {
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

  test('keep the fields that an update does not name', async () => {
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

  test('can be deleted once', async () => {
    const { added, apps, line } = await setup()
    const [one, two] = [await added(), await added()]
    expect(await line(`DELETE /liff/v1/apps/${one}`)).toMatchObject({ status: 200, body: undefined })
    expect(await apps()).toMatchObject([{ liffId: two }])
    expect((await line(`DELETE /liff/v1/apps/${one}`)).status).toBe(404)
  })

  test('are limited to 30 per channel', async () => {
    const { add, added, line } = await setup()
    const first = await added()
    for (let count = 1; count < 30; count++) expect((await add()).status).toBe(200)
    expect((await add()).status).toBe(400)
    await line(`DELETE /liff/v1/apps/${first}`)
    expect((await add()).status).toBe(200)
  })

  test('are not found by other channels', async () => {
    const { added, line, emulator } = await setup()
    const liffId = await added()
    const other = await tokenFor(emulator, emulator.createLoginChannel())
    expect((await line('GET /liff/v1/apps', undefined, other)).status).toBe(404)
    expect((await line(`PUT /liff/v1/apps/${liffId}`, { description: 'x' }, other)).status).toBe(404)
    expect((await line(`DELETE /liff/v1/apps/${liffId}`, undefined, other)).status).toBe(404)
  })

  test.each([
    ['an http URL', { view: { type: 'full', url: 'http://example.com' } }],
    ['a URL with a fragment', { view: { type: 'full', url: `${url}#top` } }],
    ['an unknown size', { view: { type: 'half', url } }],
    ['without a URL', { view: { type: 'full' } }],
    ['a name that contains LINE', { description: 'My LINE app' }],
    ['an unknown scope', { scope: ['everything'] }],
  ])('are refused: %s', async (_, input) => {
    const { add, line } = await setup()
    expect((await add(input)).status).toBe(400)
    expect((await line('GET /liff/v1/apps')).status).toBe(404)
  })

  test('require a short-lived or stateless channel access token of a LINE Login channel', async () => {
    const { line, emulator, channel } = await setup()
    const { body } = await form(emulator, '/v2/oauth/accessToken', {
      grant_type: 'client_credentials',
      client_id: channel.channelId,
      client_secret: channel.channelSecret,
    })
    const add = (token: string) => line('POST /liff/v1/apps', { view: { type: 'full', url } }, token)
    expect((await add((body as { access_token: string }).access_token)).status).toBe(200) // the response to the call above
    const account = emulator.createAccount({ name: 'Tea House' })
    expect((await add(await tokenFor(emulator, account))).status).toBe(403)
    expect((await add(account.issueLongLivedToken())).status).toBe(401)
  })
})
