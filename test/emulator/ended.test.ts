// What can no longer be used is dropped, and answered as before: LINE tells expired, used and unknown apart. That is remembered of the last 1,000.
import { describe, expect, test } from 'vitest'
import { enabled, opened, refused, person as signedIn } from './consoles/setup.js'
import { Browser, day, setup as loginSetup, minute } from './login/setup.js'
import { api, setup, tokenFor } from './setup.js'

const most = 1000
const hour = 60 * minute

const times = (count: number) => Array.from({ length: count }, (_, at) => at)

describe('tokens', () => {
  test('an expired channel access token says so, and is unknown after 1,000 more', async () => {
    const { emulator, account } = await setup()
    const problem = async (token: string) => {
      const response = await emulator.fetch(`${api}/v2/bot/info`, { headers: { authorization: `Bearer ${token}` } })
      return [response.status, /expired|invalid/.exec(await response.text())?.[0]]
    }
    const tokens: string[] = []
    for (const _ of times(most + 1)) tokens.push(await tokenFor(emulator, account))
    await emulator.clock.advance(15 * minute)
    expect(await problem(tokens[most] ?? '')).toEqual([401, 'expired'])
    expect(await problem(tokens[1] ?? '')).toEqual([401, 'expired'])
    expect(await problem(tokens[0] ?? '')).toEqual([401, 'invalid'])
    expect(await problem(await tokenFor(emulator, account))).toEqual([200, undefined])
  })

  test('so does an access token of a user', async () => {
    const { emulator, person, channel, verify } = loginSetup()
    const problem = async (token: string) => /expired|malformed/.exec(JSON.stringify((await verify(token)).body))?.[0]
    const tokens: string[] = []
    for (const _ of times(most + 1))
      tokens.push((await emulator.issueLiffTokens(person, channel, { scope: ['profile'] })).accessToken)
    await emulator.clock.advance(12 * hour)
    expect(await problem(tokens[most] ?? '')).toBe('expired')
    expect(await problem(tokens[1] ?? '')).toBe('expired')
    expect(await problem(tokens[0] ?? '')).toBe('malformed')
  })
})

describe('links', () => {
  const resetLinks = (count: number) => {
    const { emulator } = opened()
    const { businessId } = emulator
    for (const _ of times(count)) businessId.requestPasswordReset('mika@shop.example')
    const urls = businessId
      .mailbox('mika@shop.example')
      .flatMap(({ about, url = '' }) => (about === 'password-reset' ? [url] : []))
    return { emulator, businessId, urls }
  }

  test('a used link says so, also after it has expired; an expired one cannot be used', async () => {
    const { emulator, businessId, urls } = resetLinks(2)
    const [first = '', second = ''] = urls
    businessId.resetPassword(first, 'new')
    expect(() => businessId.resetPassword(first, 'newer')).toThrow(refused('link_used'))
    await emulator.clock.advance(day)
    expect(() => businessId.resetPassword(first, 'newer')).toThrow(refused('link_used'))
    expect(() => businessId.resetPassword(second, 'newer')).toThrow(refused('link_expired'))
  })

  test('an expired link is unknown after 1,000 more', async () => {
    const { emulator, businessId, urls } = resetLinks(most + 1)
    await emulator.clock.advance(day)
    expect(() => businessId.resetPassword(urls[most] ?? '', 'new')).toThrow(refused('link_expired'))
    expect(() => businessId.resetPassword(urls[1] ?? '', 'new')).toThrow(refused('link_expired'))
    expect(() => businessId.resetPassword(urls[0] ?? '', 'new')).toThrow(refused('link_unknown'))
  })

  test('a link to something that was deleted is unknown: a Business ID, an account, a provider', () => {
    const { emulator, mika, account } = enabled()
    const { businessId } = emulator
    const aya = signedIn(emulator, 'Aya')
    businessId.requestPasswordReset('aya@shop.example')
    const reset = businessId.mailbox('aya@shop.example').at(-1)?.url ?? ''
    businessId.as(aya.session).delete()
    expect(() => businessId.resetPassword(reset, 'new')).toThrow(refused('link_unknown'))

    const ken = signedIn(emulator, 'Ken')
    const invitation = mika.manager.invite(account, 'operator')
    mika.manager.deleteAccount(account)
    expect(() => ken.manager.acceptInvitation(invitation)).toThrow(refused('link_unknown'))

    ken.console.registerDeveloper({ name: 'Ken', email: 'ken@dev.example' })
    const provider = mika.console.createProvider({ name: 'Second' })
    mika.console.inviteToProvider(provider, { email: 'ken@shop.example', role: 'member' })
    const offer = businessId.mailbox('ken@shop.example').at(-1)?.url ?? ''
    mika.console.deleteProvider(provider)
    expect(() => ken.console.acceptInvitation(offer)).toThrow(refused('link_unknown'))
  })
})

test('codes for the LINE app: an expired one says so, also among many others', async () => {
  const { emulator } = opened()
  const person = emulator.createPerson({ displayName: 'Aya', email: 'aya@line.example' })
  const phone = emulator.businessId.phone(person)
  phone.setPassword('secret')
  const start = () => emulator.businessId.startSignIn({ method: 'line', email: 'aya@line.example', password: 'secret' })
  const first = start()
  await emulator.clock.advance(3 * minute)
  expect(() => phone.enterCode(first.shownCode ?? '')).toThrow(refused('code_expired'))
  for (const _ of times(most)) start()
  const last = start()
  const code = last.shownCode ?? ''
  expect(() => phone.enterCode(`${code}0`)).toThrow(refused('wrong_code'))
  expect(() => last.finish()).toThrow(refused('code_not_entered'))
})

describe('the pages of LINE Login', () => {
  test('an unfinished login ends after 1,000 others; it does not expire', async () => {
    const { emulator, url } = loginSetup()
    const [oldest, next] = [await new Browser(emulator).open(url()), await new Browser(emulator).open(url())]
    for (const _ of times(most - 1)) await emulator.fetch(url())
    await emulator.clock.advance(30 * day)
    await oldest.press('Log in')
    expect([oldest.status, oldest.screen]).toEqual([400, undefined])
    await next.press('Log in')
    expect([next.status, next.screen]).toEqual([200, 'consent'])
  })

  test('a new login ends the previous session of the browser', async () => {
    const { emulator, url } = loginSetup()
    const cookieOf = async (cookie?: string) => {
      const page = await (
        await emulator.fetch(url({ prompt: 'login' }), { headers: { ...(cookie && { cookie }) } })
      ).text()
      const body = new URLSearchParams({
        login: /name="login" value="([^"]*)"/.exec(page)?.[1] ?? '',
        person: /<option value="([^"]*)"/.exec(page)?.[1] ?? '',
        by: 'pwd',
      })
      const response = await emulator.fetch('https://access.line.me/oauth2/v2.1/login', {
        method: 'POST',
        body,
        headers: { ...(cookie && { cookie }) },
      })
      return response.headers.get('set-cookie')?.split(';')[0] ?? ''
    }
    const isLoggedIn = async (cookie: string) =>
      (await (await emulator.fetch(url(), { headers: { cookie } })).text()).includes('You are logged in')
    const first = await cookieOf()
    expect(await isLoggedIn(first)).toBe(true)
    const second = await cookieOf(first)
    expect([await isLoggedIn(first), await isLoggedIn(second)]).toEqual([false, true])
  })
})
