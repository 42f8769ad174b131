import type { Emulator } from 'line-oa/emulator'
import { describe, expect, test } from 'vitest'
import { form, inputError, type LineResponse } from '../setup.js'
import { developer, enabled, entryForm, loginForm, refused } from './setup.js'

const stateless = (emulator: Emulator, channelId: string, channelSecret: string): Promise<LineResponse> =>
  form(emulator, '/oauth2/v3/token', {
    grant_type: 'client_credentials',
    client_id: channelId,
    client_secret: channelSecret,
  })

// Rules: login-channel-exists, login-is-published, login-links-account.
describe('LINE Login channels', () => {
  function withLogin() {
    const world = enabled()
    return { ...world, login: world.mika.console.createLoginChannel({ ...loginForm, provider: world.provider }) }
  }

  test('are created by admins of the provider, in development and with a region', async () => {
    const { emulator, mika, provider, login } = withLogin()
    expect(login).toMatchObject({ provider, published: false, linkedAccount: undefined })
    expect(mika.console.channel(login)).toMatchObject({
      kind: 'login',
      role: 'admin',
      name: 'Tea House Login',
      region: 'TW',
    })
    expect((await stateless(emulator, login.channelId, login.channelSecret)).status).toBe(200)
    const ken = developer(emulator, 'Ken')
    expect(() => ken.console.createLoginChannel({ ...loginForm, provider })).toThrow(
      refused('no_console_permission', 404),
    )
    emulator.console.appointAtProvider(provider, ken.businessId, 'member')
    expect(() => ken.console.createLoginChannel({ ...loginForm, provider })).toThrow(refused('console_admin_only', 403))
  })

  test.each([
    [{ name: '' }, 'form_invalid'],
    [{ description: '' }, 'form_invalid'],
    [{ appTypes: [] }, 'form_invalid'],
    [{ email: 'dev' }, 'form_invalid'],
    [{ agreeToTerms: false }, 'terms_not_agreed'],
    [{ name: 'LINE Tea' }, 'channel_name_reserved'],
    [{ name: 'my line' }, 'channel_name_reserved'],
    [{ name: 'L1NE shop' }, 'channel_name_reserved'],
  ] as const)('the form refuses %o', (change, reason) => {
    const { mika, provider, login } = withLogin()
    expect(() => mika.console.createLoginChannel({ ...loginForm, ...change, provider })).toThrow(refused(reason))
    expect(mika.console.provider(provider).channels).toHaveLength(2)
    if (reason === 'channel_name_reserved')
      expect(() => mika.console.editChannel(login, change)).toThrow(refused(reason))
  })

  test('can be renamed, also to names that contain "line" within a word', () => {
    const { mika, login, channel } = withLogin()
    mika.console.editChannel(login, { name: 'Online Outline' })
    expect(mika.console.channel(login).name).toBe('Online Outline')
    expect(() => mika.console.editChannel(channel, { name: 'Bot' })).toThrow(refused('form_invalid'))
  })

  test('in development let only admins and testers log in; publishing is final', async () => {
    const { emulator, mika, login } = withLogin()
    const [owner, tester, member, customer] = ['Owner', 'Tester', 'Member', 'Customer'].map((displayName) =>
      emulator.createPerson({ displayName }),
    )
    if (!owner || !tester || !member || !customer) throw new Error('Expected four people')
    expect(() => mika.console.setCallbackUrls(login, ['callback'])).toThrow(refused('form_invalid'))
    mika.console.setCallbackUrls(login, ['https://shop.example/callback'])
    mika.console.applyForEmail(login)
    expect(login.settings).toMatchObject({
      name: 'Tea House Login',
      callbackUrls: ['https://shop.example/callback'],
      emailPermission: true,
    })
    const address = `https://access.line.me/oauth2/v2.1/authorize?response_type=code&client_id=${login.channelId}&redirect_uri=https%3A%2F%2Fshop.example%2Fcallback&state=s&scope=profile`
    const mayLogIn = async (someone: typeof owner) => {
      const back = await someone.login(address).catch((error: Error) => error)
      if (back instanceof Error) expect(back).toEqual(inputError)
      return !(back instanceof Error)
    }
    expect(await mayLogIn(owner)).toBe(false)
    emulator.businessId.as(mika.session).linkLineAccount(owner)
    expect(await mayLogIn(owner)).toBe(true)
    for (const [who, role] of [
      [tester, 'tester'],
      [member, 'member'],
    ] as const) {
      const someone = emulator.businessId.register({ lineAccount: who })
      emulator.console.appointAtChannel(login, someone, role)
    }
    expect([await mayLogIn(tester), await mayLogIn(member), await mayLogIn(customer)]).toEqual([true, false, false])
    mika.console.publish(login)
    expect(login.published).toBe(true)
    expect([await mayLogIn(member), await mayLogIn(customer)]).toEqual([true, true])
    expect(() => mika.console.publish(login)).toThrow(refused('already_published'))
  })

  test('link an account of the same provider, by an administrator of both', () => {
    const { emulator, mika, provider, account, login } = withLogin()
    const ken = developer(emulator, 'Ken')
    emulator.console.appointAtChannel(login, ken.businessId)
    expect(() => ken.console.linkAccount(login, account)).toThrow(refused('linked_account_not_administrator'))
    emulator.manager.appoint(account, ken.businessId, 'operator')
    expect(() => ken.console.linkAccount(login, account)).toThrow(refused('linked_account_not_administrator'))
    emulator.console.appointAtChannel(login, mika.businessId, 'tester')
    expect(() => mika.console.linkAccount(login, account)).toThrow(refused('console_admin_only', 403))
    emulator.console.appointAtChannel(login, mika.businessId, 'admin')
    mika.console.linkAccount(login, account)
    expect(login.linkedAccount).toBe(account)
    expect(mika.console.channel(login).linkedAccount).toBe(account)
    const elsewhere = emulator.createAccount({ name: 'Elsewhere', provider: emulator.createProvider() })
    const without = mika.manager.createAccount(entryForm)
    emulator.manager.appoint(elsewhere, mika.businessId)
    for (const other of [elsewhere, without])
      expect(() => mika.console.linkAccount(login, other)).toThrow(refused('linked_account_provider'))
    expect(login.linkedAccount).toBe(account)
    mika.console.linkAccount(login, undefined)
    expect(login.linkedAccount).toBeUndefined()
    expect(provider.name).toBe('Tea House Ltd.')
  })

  test('are deleted with their tokens; a Messaging API channel is deleted with its account only', async () => {
    const { emulator, mika, channel, login, provider } = withLogin()
    expect(() => mika.console.deleteChannel(channel)).toThrow(refused('channel_undeletable'))
    mika.console.deleteChannel(login)
    expect(() => mika.console.channel(login)).toThrow(refused('no_console_permission', 404))
    expect((await stateless(emulator, login.channelId, login.channelSecret)).status).toBe(400)
    expect(mika.console.provider(provider).channels).toHaveLength(1)
  })

  test('pages of the other kind of channel throw an input error', () => {
    const { mika, channel, login } = withLogin()
    expect(() => mika.console.issueLongLivedToken(login)).toThrow(inputError)
    expect(() => mika.console.publish(channel)).toThrow(inputError)
    expect(() => mika.console.setUseWebhook(login, true)).toThrow(inputError)
  })
})
