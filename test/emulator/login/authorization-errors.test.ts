import { describe, expect, test } from 'vitest'
import { Browser, callbackUrl, setup } from './setup.js'

describe('LINE shows an error page', () => {
  test.each([
    ['an unknown channel', { client_id: '1' }, 'client_id'],
    ['a missing client_id', { client_id: undefined }, 'client_id'],
    ['a callback URL with an extra slash', { redirect_uri: `${callbackUrl}/` }, 'redirect_uri'],
    ['a callback URL on another host', { redirect_uri: 'https://evil.example/callback' }, 'redirect_uri'],
    ['a callback URL with a longer path', { redirect_uri: `${callbackUrl}2?x=1` }, 'redirect_uri'],
    ['a callback URL with a fragment', { redirect_uri: `${callbackUrl}?a=1#x` }, 'redirect_uri'],
    ['a missing redirect_uri', { redirect_uri: undefined }, 'redirect_uri'],
  ])('for %s', async (_, changes, parameter) => {
    const { emulator, url } = setup()
    const browser = await new Browser(emulator).open(url(changes))
    expect([browser.status, browser.screen]).toEqual([400, undefined])
    expect(browser.text).toContain(parameter)
    expect(browser.headers.get('location')).toBeNull()
  })

  test('for a repeated client_id or redirect_uri, and for a Messaging API channel', async () => {
    const { emulator, url, account } = setup()
    for (const bad of [`${url()}&client_id=1`, `${url()}&redirect_uri=x`, url({ client_id: account.channelId })])
      expect((await new Browser(emulator).open(bad)).status).toBe(400)
  })

  test('not for a callback URL with an additional query', async () => {
    const { emulator, url } = setup()
    const browser = await new Browser(emulator).open(url({ redirect_uri: `${callbackUrl}?tenant=1`, prompt: 'none' }))
    expect(browser.sentTo.href).toContain(`${callbackUrl}?tenant=1&error=`)
    const other = setup({ settings: { callbackUrls: [`${callbackUrl}?a=1`] } })
    const added = await new Browser(other.emulator).open(
      other.url({ redirect_uri: `${callbackUrl}?a=1&b=2`, prompt: 'none' }),
    )
    expect(added.status).toBe(303)
  })

  test('for users without a role while the channel is in development', async () => {
    const { emulator, url, channel, person } = setup({ published: false })
    const browser = await new Browser(emulator).open(url())
    await browser.press('Log in')
    expect([browser.status, browser.screen]).toEqual([400, undefined])
    channel.settings.testers = [person]
    await browser.open(url())
    await browser.press('Log in')
    expect(browser.screen).toBe('consent')
  })

  test('for a form of a login that has ended or does not exist', async () => {
    const { emulator, url } = setup()
    const browser = await new Browser(emulator).open(url())
    await browser.press('Log in')
    const consent = new Browser(emulator)
    Object.assign(consent, { text: browser.text })
    await browser.press('Allow')
    await consent.press('Allow')
    expect([consent.status, consent.screen]).toEqual([400, undefined])
    for (const [path, fields] of [
      ['login', { login: '' }],
      ['login', { login: 'x'.repeat(70_000) }],
      ['consent', {}],
    ] as const) {
      const answer = await emulator.fetch(`https://access.line.me/oauth2/v2.1/${path}`, {
        method: 'POST',
        body: new URLSearchParams(fields),
      })
      expect(answer.status).toBe(400)
    }
  })

  test('for steps in the wrong order', async () => {
    const { emulator, url } = setup()
    for (const step of ['consent', 'friend']) {
      const browser = await new Browser(emulator).open(url({ bot_prompt: 'aggressive' }))
      browser.text = browser.text.replaceAll('/oauth2/v2.1/login', `/oauth2/v2.1/${step}`)
      await browser.press('Log in', { answer: 'allow' })
      expect(browser.status).toBe(400)
    }
    const stranger = await new Browser(emulator).open(url())
    await stranger.press('Log in', { by: 'linesso' })
    expect(stranger.status).toBe(400)
    await stranger.open(url())
    await stranger.press('Log in', { person: 'U0' })
    expect(stranger.status).toBe(400)
  })
})

describe('LINE redirects with an error', () => {
  test.each([
    ['for a missing state', { state: undefined }, 'INVALID_REQUEST'],
    ['for a missing response_type', { response_type: undefined }, 'INVALID_REQUEST'],
    ['for another response_type', { response_type: 'token' }, 'UNSUPPORTED_RESPONSE_TYPE'],
    ['for a missing scope', { scope: undefined }, 'INVALID_SCOPE'],
    ['for the scope email alone', { scope: 'email' }, 'INVALID_SCOPE'],
    ['for the scope email without openid', { scope: 'profile email' }, 'INVALID_SCOPE'],
    ['for an unknown scope', { scope: 'profile friends' }, 'INVALID_SCOPE'],
    [
      'for the code_challenge_method plain',
      { code_challenge: 'a'.repeat(43), code_challenge_method: 'plain' },
      'INVALID_REQUEST',
    ],
    ['for a code_challenge without a method', { code_challenge: 'a'.repeat(43) }, 'INVALID_REQUEST'],
    ['for a malformed code_challenge', { code_challenge: 'short', code_challenge_method: 'S256' }, 'INVALID_REQUEST'],
    ['for an unknown prompt', { prompt: 'select_account' }, 'INVALID_REQUEST'],
    ['for a negative max_age', { max_age: '-1' }, 'INVALID_REQUEST'],
    ['for an unknown bot_prompt', { bot_prompt: 'always' }, 'INVALID_REQUEST'],
    ['for a response_mode with a JWT', { response_mode: 'query.jwt' }, 'INVALID_REQUEST'],
  ])('%s', async (_, changes, error) => {
    const { emulator, url } = setup()
    const browser = await new Browser(emulator).open(url(changes))
    expect(browser.status).toBe(303)
    expect(browser.back).toEqual({
      error,
      error_description: expect.any(String),
      ...('state' in changes ? {} : { state: 'state1' }),
    })
  })

  test('for a repeated parameter', async () => {
    const { emulator, url } = setup()
    const browser = await new Browser(emulator).open(`${url()}&scope=openid`)
    expect(browser.back).toMatchObject({ error: 'INVALID_REQUEST', error_description: expect.any(String) })
  })
})
