import { createEmulator } from 'line-oa/emulator'
import { describe, expect, test } from 'vitest'
import { Browser, callbackUrl, minute, part, setup, type Tokens } from './setup.js'

const code = expect.stringMatching(/^[\w-]{20}$/)

describe('login in a browser', () => {
  test('by email address asks for consent, and redirects with code and state', async () => {
    const { emulator, url, exchange, person, channel } = setup()
    const browser = new Browser(emulator)
    await browser.open(url())
    expect([browser.status, browser.screen]).toEqual([200, 'email'])
    expect(browser.headers.get('content-type')).toBe('text/html; charset=utf-8')
    await browser.press('Log in')
    expect(browser.screen).toBe('consent')
    await browser.press('Allow')
    expect(browser.status).toBe(303)
    expect(browser.sentTo.href).toContain(`${callbackUrl}?`)
    expect(browser.back).toEqual({ code, state: 'state1' })
    expect((await exchange(browser.back['code'] ?? '')).status).toBe(200)
    expect(person.userIdFor(channel)).toMatch(/^U/)
  })

  test('by QR code is shown first with initial_amr_display, and can be switched unless switch_amr is false', async () => {
    const { emulator, url } = setup()
    const browser = await new Browser(emulator).open(url({ initial_amr_display: 'lineqr' }))
    expect(browser.screen).toBe('qr-code')
    await browser.press('Use your e-mail address')
    expect(browser.screen).toBe('email')
    await browser.press('Use a QR code')
    await browser.press('Scan')
    expect(browser.screen).toBe('consent')
    await browser.open(url({ switch_amr: 'false' }))
    await browser.press('Use another account')
    expect(browser.buttons).not.toContain('Use a QR code')
  })

  test('asks for consent again for more scopes or with prompt=consent only', async () => {
    const { emulator, url } = setup()
    const browser = await new Browser(emulator).open(url({ scope: 'openid' }))
    await browser.press('Log in')
    await browser.press('Allow')
    await browser.open(url({ scope: 'openid' }))
    expect(browser.screen).toBe('session')
    await browser.press('Log in')
    expect(browser.back).toEqual({ code, state: 'state1' })
    for (const more of [{ scope: 'openid profile' }, { scope: 'openid', prompt: 'consent' }]) {
      await browser.open(url(more))
      await browser.press('Log in')
      expect(browser.screen).toBe('consent')
    }
  })

  test('redirects with an error when the user cancels', async () => {
    const { emulator, url } = setup()
    const browser = await new Browser(emulator).open(url())
    await browser.press('Log in')
    await browser.press('Cancel')
    expect(browser.back).toEqual({ error: 'ACCESS_DENIED', error_description: expect.any(String), state: 'state1' })
  })

  test('starts a session in this browser only', async () => {
    const { emulator, url } = setup()
    const browser = await new Browser(emulator).open(url())
    await browser.press('Log in')
    expect(browser.headers.get('set-cookie')).toMatch(
      /^line-session=[\w-]{43}; Path=\/oauth2\/v2.1\/; HttpOnly; SameSite=Lax$/,
    )
    expect((await browser.open(url())).screen).toBe('session')
    expect((await new Browser(emulator).open(url())).screen).toBe('email')
    expect((await browser.open(url({ prompt: 'login' }))).screen).toBe('email')
  })

  test('lets the user choose among several people', async () => {
    const { emulator, url, channel, exchange } = setup()
    const other = emulator.createPerson({ displayName: 'Ren' })
    const browser = await new Browser(emulator).open(url())
    await browser.press('Log in', { person: other.userIdFor(channel) })
    await browser.press('Allow')
    const { body } = await exchange(browser.back['code'] ?? '')
    expect(body).toMatchObject({ id_token: expect.any(String) })
    await browser.open(url())
    expect(browser.text).toContain('<strong>Ren</strong>')
  })

  test('asks to log in again when the session is older than max_age', async () => {
    const { emulator, url } = setup()
    const browser = await new Browser(emulator).open(url())
    await browser.press('Log in')
    await emulator.clock.advance(minute)
    expect((await browser.open(url({ max_age: '60' }))).screen).toBe('session')
    await emulator.clock.advance(1)
    expect((await browser.open(url({ max_age: '60' }))).screen).toBe('email')
  })

  test('shows a page without buttons while the emulator has no people', async () => {
    const emulator = createEmulator()
    const { channelId: id } = emulator.createLoginChannel({ settings: { callbackUrls: [callbackUrl] } })
    const { url } = setup()
    const browser = await new Browser(emulator).open(url({ client_id: id }))
    expect([browser.status, browser.screen]).toEqual([200, undefined])
  })
})

describe('auto login', () => {
  test('logs in without a password', async () => {
    const { emulator, url } = setup()
    const browser = await new Browser(emulator).open(url())
    await browser.press('Log in automatically')
    await browser.press('Allow')
    expect(browser.back).toEqual({ code, state: 'state1' })
  })

  test('that fails redirects with an invalid code and another state', async () => {
    const { emulator, url, exchange } = setup()
    const browser = await new Browser(emulator).open(url())
    await browser.press('Let auto login fail')
    expect(browser.back).toEqual({ code, state: expect.stringMatching(/^[0-9a-f]{32}$/) })
    expect(await exchange(browser.back['code'] ?? '')).toMatchObject({ status: 400, body: { error: 'invalid_grant' } })
  })

  test.each([{ disable_auto_login: 'true' }, { prompt: 'login' }])(
    'is not offered with %o, and is refused',
    async (off) => {
      const { emulator, url } = setup()
      const browser = await new Browser(emulator).open(url(off))
      expect(browser.buttons).toEqual(['Log in', 'Use a QR code'])
      await browser.press('Log in', { by: 'lineautologin' })
      expect(browser.status).toBe(400)
    },
  )
})

describe('prompt=none', () => {
  test('redirects with LOGIN_REQUIRED in a browser without a session', async () => {
    const { emulator, url } = setup()
    const browser = await new Browser(emulator).open(url({ prompt: 'none' }))
    expect(browser.back).toMatchObject({ error: 'LOGIN_REQUIRED', state: 'state1' })
  })

  test('redirects with INTERACTION_REQUIRED without consent, and with a code after it', async () => {
    const { emulator, url } = setup()
    const browser = await new Browser(emulator).open(url())
    await browser.press('Log in')
    await browser.open(url({ prompt: 'none' }))
    expect(browser.back).toMatchObject({ error: 'INTERACTION_REQUIRED', state: 'state1' })
    await browser.open(url())
    await browser.press('Log in')
    await browser.press('Allow')
    await browser.open(url({ prompt: 'none' }))
    expect(browser.back).toEqual({ code, state: 'state1' })
    await browser.open(url({ prompt: 'none', disable_auto_login: 'true' }))
    expect(browser.back).toMatchObject({ error: 'LOGIN_REQUIRED' })
    await emulator.clock.advance(2)
    await browser.open(url({ prompt: 'none', max_age: '0' }))
    expect(browser.back).toMatchObject({ error: 'LOGIN_REQUIRED' })
  })
})

describe('the linked account', () => {
  const consenting = async (prompt: string | undefined, prepare?: (world: ReturnType<typeof setup>) => unknown) => {
    const world = setup()
    await prepare?.(world)
    const browser = await new Browser(world.emulator).open(world.url({ bot_prompt: prompt }))
    await browser.press('Log in')
    return { ...world, browser }
  }

  test('is offered on the consent screen with bot_prompt=normal, and added if the checkbox is set', async () => {
    const { browser, person, account, channel } = await consenting('normal')
    expect(browser.text).toContain('name="friend"')
    await browser.press('Allow', { friend: 'yes' })
    expect(browser.back).toEqual({ code, state: 'state1', friendship_status_changed: 'true' })
    expect(account.deliveries).toMatchObject([
      { event: { type: 'follow', source: { userId: person.userIdFor(channel) } } },
    ])
  })

  test('is not added without the checkbox', async () => {
    const { browser, account } = await consenting('normal')
    await browser.press('Allow')
    expect(browser.back).toMatchObject({ friendship_status_changed: 'false' })
    expect(account.deliveries).toEqual([])
  })

  test('has its own screen with bot_prompt=aggressive', async () => {
    for (const [words, changed] of [
      ['Add', 'true'],
      ['Not now', 'false'],
    ]) {
      const { browser } = await consenting('aggressive')
      expect(browser.text).not.toContain('name="friend"')
      await browser.press('Allow')
      expect(browser.screen).toBe('friend')
      await browser.press(words ?? '')
      expect(browser.back).toEqual({ code, state: 'state1', friendship_status_changed: changed })
    }
  })

  test.each(['normal', 'aggressive'])(
    'is offered with bot_prompt=%s to users who block it, not to friends',
    async (prompt) => {
      const friends = await consenting(prompt, ({ person, account }) => person.addFriend(account))
      await friends.browser.press('Allow')
      expect(friends.browser.back).toEqual({ code, state: 'state1' })
      const blocked = await consenting(prompt, async ({ person, account }) => {
        await person.addFriend(account)
        await person.block(account)
      })
      await blocked.browser.press('Allow', { friend: 'yes' })
      if (prompt === 'aggressive') await blocked.browser.press('Add')
      expect(blocked.browser.back).toMatchObject({ friendship_status_changed: 'true' })
      expect(blocked.account.deliveries.at(-1)?.event).toMatchObject({ type: 'follow', follow: { isUnblocked: true } })
    },
  )

  test('is not offered without bot_prompt, or without a linked account', async () => {
    const { browser } = await consenting(undefined)
    await browser.press('Allow')
    expect(browser.back).toEqual({ code, state: 'state1' })
    const { emulator, url } = setup({ linkedAccount: undefined })
    const lonely = await new Browser(emulator).open(url({ bot_prompt: 'aggressive' }))
    await lonely.press('Log in')
    await lonely.press('Allow')
    expect(lonely.back).toEqual({ code, state: 'state1' })
  })

  test('does not delay the login when its webhook is slow', async () => {
    const { browser, account } = await consenting('normal', ({ account: slow }) =>
      slow.connect({ fetch: () => new Promise(() => {}) }),
    )
    await browser.press('Allow', { friend: 'yes' })
    expect(browser.back).toMatchObject({ friendship_status_changed: 'true' })
    expect(account.deliveries).toEqual([])
  })
})

describe('the email address', () => {
  const allowed = { settings: { callbackUrls: [callbackUrl], emailPermission: true } }

  test('is granted unless the user clears the checkbox', async () => {
    for (const [fields, scopes] of [
      [{}, true],
      [{ email: undefined }, false],
    ] as const) {
      const { emulator, url, exchange } = setup(allowed)
      const browser = await new Browser(emulator).open(url({ scope: 'openid email' }))
      await browser.press('Log in')
      expect(browser.text).toContain('mika@example.com')
      await browser.press('Allow', fields)
      const { body } = await exchange(browser.back['code'] ?? '')
      const { id_token: token = '' } = body as { id_token?: string }
      const claims = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString())
      expect('email' in claims).toBe(scopes)
      expect(body).toMatchObject({ scope: 'openid' })
      await browser.open(url({ scope: 'openid email', prompt: 'none' }))
      expect(browser.back).toEqual({ code, state: 'state1' })
    }
  })
})

test('a channel without email permission gets no address and does not ask for it', async () => {
  const { emulator, url, exchange, channel, person } = setup()
  const browser = await new Browser(emulator).open(url({ scope: 'openid email' }))
  await browser.press('Log in')
  expect(browser.text).not.toContain('name="email"')
  await browser.press('Allow')
  const { body } = await exchange(browser.back['code'] ?? '')
  expect(part((body as Tokens).id_token, 1)).not.toHaveProperty('email')
  const { idToken = '' } = await emulator.issueLiffTokens(person, channel, { scope: ['openid', 'email'] })
  expect(part(idToken, 1)).not.toHaveProperty('email')
  // With the permission, the user is asked.
  channel.settings.emailPermission = true
  await browser.open(url({ scope: 'openid email', prompt: 'none' }))
  expect(browser.back).toMatchObject({ error: 'INTERACTION_REQUIRED' })
})

test('a user who has granted fewer scopes is asked for the address', async () => {
  const { emulator, url } = setup({ settings: { callbackUrls: [callbackUrl], emailPermission: true } })
  const browser = await new Browser(emulator).open(url())
  await browser.press('Log in')
  await browser.press('Allow')
  await browser.open(url({ scope: 'profile openid email' }))
  await browser.press('Log in')
  expect(browser.screen).toBe('consent')
})

describe('form_post', () => {
  test('is a form with a button, for browsers without JavaScript', async () => {
    const { emulator, url } = setup()
    const browser = await new Browser(emulator).open(url({ response_mode: 'form_post' }))
    await browser.press('Log in')
    await browser.press('Allow')
    expect(browser.status).toBe(200)
    expect(browser.text).toContain(`<form method="post" action="${callbackUrl}">`)
    expect(browser.text).toMatch(/<input type="hidden" name="code" value="[\w-]{20}">/)
    expect(browser.text).toContain('<input type="hidden" name="state" value="state1">')
    expect(browser.text).not.toContain('<script')
  })
})

test('names of people and apps are escaped', async () => {
  const { emulator, url, channel } = setup()
  const name = `<img src=x onerror="alert('1')">&`
  channel.settings.name = name
  const account = emulator.createAccount({ name })
  const nasty = emulator.createPerson({ displayName: name, email: name })
  const browser = await new Browser(emulator).open(url())
  const pages = [browser.text]
  await browser.press('Log in', { person: nasty.userIdFor(channel) })
  pages.push(browser.text, (await browser.open(url())).text)
  for (const page of pages) {
    expect(page).not.toContain('<img')
    expect(page).toContain('&lt;img src=x onerror=&quot;alert(&#39;1&#39;)&quot;&gt;&amp;')
  }
  expect(account.name).toBe(name)
})

test('the pages are served by the login host and by other hosts, not by LINE’s other hosts; a code lives for 10 minutes', async () => {
  const { emulator, url, exchange } = setup()
  for (const host of ['api.line.me', 'api-data.line.me', 'manager.line.biz'])
    expect((await emulator.fetch(url().replace('access.line.me', host))).status).toBe(404)
  const server = url().replace('https://access.line.me', 'http://127.0.0.1:1')
  const browser = await new Browser(emulator).open(server)
  await browser.press('Log in')
  await browser.press('Allow')
  await emulator.clock.advance(10 * minute - 1)
  expect((await exchange(browser.back['code'] ?? '')).status).toBe(200)
})
