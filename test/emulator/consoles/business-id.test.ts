import { createEmulator, type EmulatorOptions } from 'line-oa/emulator'
import { describe, expect, test } from 'vitest'
import { inputError } from '../setup.js'
import { refused } from './setup.js'

const minute = 60_000
const day = 24 * 60 * minute
const password = 'correct horse'
const email = 'mika@shop.example'

function withEmail(options: EmulatorOptions = {}) {
  const emulator = createEmulator({ clock: 'manual', ...options })
  const { businessId } = emulator
  const mika = businessId.register({ email, password, name: 'Mika' })
  const open = (browser = businessId.browser()) => businessId.startSignIn({ method: 'email', email, password, browser })
  const lastMail = () => businessId.mailbox(email).at(-1)
  return { emulator, businessId, mika, open, lastMail }
}

function withLine(options: EmulatorOptions = {}) {
  const emulator = createEmulator({ clock: 'manual', ...options })
  const { businessId } = emulator
  const person = emulator.createPerson({ displayName: 'Mika' })
  const mika = businessId.register({ lineAccount: person })
  const phone = businessId.phone(person)
  phone.setEmail('mika@line.example')
  phone.setPassword(password)
  const open = (browser = businessId.browser()) =>
    businessId.startSignIn({ method: 'line', email: 'mika@line.example', password, browser })
  return { emulator, businessId, person, mika, phone, open }
}

// Rule: code-by-mail.
describe('signing in with an email address', () => {
  test('asks for the code of an email', () => {
    const { open, lastMail, mika } = withEmail()
    const page = open()
    expect(page).toMatchObject({ asks: 'code-from-mail', shownCode: undefined })
    expect(() => page.finish()).toThrow(refused('code_not_entered'))
    const { code = '' } = lastMail() ?? {}
    expect(code).toMatch(/^\d{6}$/)
    expect(() => page.enterCode(`${code}0`)).toThrow(refused('wrong_code'))
    page.enterCode(code)
    expect(page.finish()).toMatchObject({ businessId: mika, method: 'email' })
  })

  test('a code expires, and stops working when another one is sent', async () => {
    const { emulator, open, lastMail } = withEmail({ consoles: { emailCodeLength: 8, emailCodeLife: 5 * minute } })
    const page = open()
    const first = lastMail()?.code ?? ''
    expect(first).toHaveLength(8)
    await emulator.clock.advance(5 * minute)
    expect(() => page.enterCode(first)).toThrow(refused('code_expired'))
    page.sendAgain()
    expect(() => page.enterCode(first)).toThrow(refused('wrong_code'))
    page.enterCode(lastMail()?.code ?? '')
    expect(page.finish().method).toBe('email')
  })

  test('asks every time, or once per browser and 365 days with rememberEmailCode', async () => {
    const always = withEmail()
    const used = always.businessId.signIn(always.mika).browser
    expect(always.open(used).asks).toBe('code-from-mail')
    const { emulator, businessId, mika, open } = withEmail({ consoles: { rememberEmailCode: true } })
    const { browser } = businessId.signIn(mika)
    await emulator.clock.advance(365 * day - 1)
    expect(open(browser).asks).toBe('nothing')
    await emulator.clock.advance(1)
    expect(open(browser).asks).toBe('code-from-mail')
  })

  test('is not finished when the email is lost', () => {
    const { emulator, businessId, mika, lastMail } = withEmail()
    emulator.faults.consoles({ lostMail: 1 })
    expect(() => businessId.signIn(mika)).toThrow(refused('email_code_missing'))
    expect(lastMail()).toBeUndefined()
    expect(businessId.signIn(mika).method).toBe('email')
    emulator.faults.consoles({ lostMail: true })
    emulator.faults.clear()
    expect(businessId.signIn(mika).method).toBe('email')
  })
})

// Rules: code-on-the-page, code-is-not-sent, code-same-line-account, code-needs-a-phone, line-login-needs-email, device-change.
describe('signing in with a LINE account', () => {
  test('shows a code of 4 digits, which the LINE app of the same account accepts', () => {
    const { mika, phone, open } = withLine()
    const page = open()
    expect(page).toMatchObject({ asks: 'code-in-line-app', shownCode: expect.stringMatching(/^\d{4}$/) })
    expect(() => page.finish()).toThrow(refused('code_not_entered'))
    expect(() => phone.enterCode(`${page.shownCode}0`)).toThrow(refused('wrong_code'))
    phone.enterCode(page.shownCode ?? '')
    expect(page.finish()).toMatchObject({ businessId: mika, method: 'line' })
  })

  test('asks for no code on another phone, on a tablet, and on a phone without a pending sign-in', () => {
    const { emulator, businessId, person, phone, open } = withLine()
    const ken = businessId.phone(emulator.createPerson({ displayName: 'Ken' }))
    expect(() => phone.enterCode('0000')).toThrow(refused('line_code_not_shown'))
    const { shownCode = '' } = open()
    expect(() => ken.enterCode(shownCode)).toThrow(refused('line_code_not_shown'))
    expect(() => businessId.phone(person, 'tablet').enterCode(shownCode)).toThrow(refused('line_code_not_shown'))
    phone.enterCode(shownCode)
    expect(() => phone.enterCode(shownCode)).toThrow(refused('line_code_not_shown'))
  })

  test('a code expires', async () => {
    const { emulator, phone, open } = withLine({ consoles: { lineCodeLife: minute } })
    const page = open()
    await emulator.clock.advance(minute)
    expect(() => phone.enterCode(page.shownCode ?? '')).toThrow(refused('code_expired'))
    expect(() => page.finish()).toThrow(refused('code_not_entered'))
  })

  test('asks again after 365 days, and in another browser', async () => {
    const { emulator, businessId, mika, open } = withLine()
    const { browser } = businessId.signIn(mika)
    await emulator.clock.advance(365 * day - 1)
    expect(open(browser).asks).toBe('nothing')
    expect(open().asks).toBe('code-in-line-app')
    await emulator.clock.advance(1)
    expect(open(browser).asks).toBe('code-in-line-app')
  })

  test('requires an email address and a password in the LINE app', () => {
    const emulator = createEmulator()
    const { businessId } = emulator
    const person = emulator.createPerson({ displayName: 'Mika' })
    const mika = businessId.register({ lineAccount: person })
    expect(() => businessId.signIn(mika)).toThrow(refused('line_email_missing'))
    businessId.phone(person).setEmail('mika@line.example')
    businessId.phone(person).setPassword(password)
    expect(businessId.signIn(mika)).toMatchObject({ method: 'line' })
  })

  test('creates the Business ID the first time', () => {
    const emulator = createEmulator()
    const { businessId } = emulator
    const person = emulator.createPerson({ displayName: 'Mika' })
    const phone = businessId.phone(person)
    phone.setEmail('mika@line.example')
    phone.setPassword(password)
    const page = businessId.startSignIn({ method: 'line', email: 'mika@line.example', password })
    phone.enterCode(page.shownCode ?? '')
    const { businessId: made } = page.finish()
    expect(made).toMatchObject({ name: 'Mika', methods: ['line'], lineAccount: 'Mika' })
    expect(page.finish().businessId).toBe(made)
    expect(() => businessId.register({ lineAccount: person })).toThrow(refused('line_account_in_use'))
  })

  test('is confirmed on the new phone after the account has moved there', () => {
    const { phone, open, businessId, person } = withLine()
    const page = open()
    const next = phone.moveToNewPhone()
    expect([phone.signedInAs, next.signedInAs]).toEqual([undefined, 'Mika'])
    expect(() => phone.enterCode(page.shownCode ?? '')).toThrow(refused('line_code_not_shown'))
    expect(() => phone.setPassword('x')).toThrow(refused('signed_out'))
    expect(businessId.phone(person)).toBe(next)
    next.enterCode(page.shownCode ?? '')
    expect(page.finish().method).toBe('line')
  })

  test('an email address belongs to one LINE account', () => {
    const { emulator, businessId } = withLine()
    const ken = businessId.phone(emulator.createPerson({ displayName: 'Ken' }))
    expect(() => ken.setEmail('MIKA@line.example')).toThrow(refused('email_taken'))
    expect(() => ken.setEmail('mika')).toThrow(refused('form_invalid'))
  })
})

// Rules: method-of-creation, two-causes, own-password-for-each.
describe('wrong credentials', () => {
  test('a wrong email address, a wrong password and a wrong method have the same message', () => {
    const { emulator, businessId, phone } = withLine()
    businessId.register({ email, password })
    const attempt = (method: 'line' | 'email', address: string, secret = password) => {
      try {
        return businessId.startSignIn({ method, email: address, password: secret })
      } catch (error) {
        return error
      }
    }
    const seen = [
      attempt('line', 'nobody@line.example'),
      attempt('line', phone.email ?? '', 'x'),
      attempt('email', phone.email ?? ''),
      attempt('email', 'nobody@shop.example'),
      attempt('email', email, 'x'),
      attempt('line', email),
    ]
    expect(seen).toMatchObject(
      [
        'wrong_email',
        'wrong_password',
        'wrong_login_method',
        'wrong_email',
        'wrong_password',
        'wrong_login_method',
      ].map((reason) => ({
        name: 'LineConsoleRefusal',
        reason,
        status: undefined,
      })),
    )
    expect(new Set(seen.map((error) => error instanceof Error && error.message)).size).toBe(1)
    expect(emulator.businessId.mailbox(phone.email ?? '')).toEqual([])
  })

  test('a login method that the Business ID does not have is refused', () => {
    const { businessId, mika } = withEmail()
    expect(() => businessId.signIn(mika, { method: 'line' })).toThrow(refused('wrong_login_method'))
    expect(() => businessId.signIn(mika, { method: 'yahooJapan' })).toThrow(refused('wrong_login_method'))
    const line = withLine()
    expect(() => line.businessId.signIn(line.mika, { method: 'email' })).toThrow(refused('wrong_login_method'))
  })
})

describe('Yahoo! JAPAN ID', () => {
  test('signs in without a code, and belongs to one Business ID', () => {
    const { businessId } = createEmulator()
    const taro = businessId.register({ yahooJapan: 'taro-y' })
    expect(businessId.signIn(taro)).toMatchObject({ businessId: taro, method: 'yahooJapan' })
    expect(() => businessId.register({ yahooJapan: 'taro-y' })).toThrow(refused('yahoo_japan_in_use'))
    expect(() => businessId.startSignIn({ method: 'yahooJapan', yahooJapan: 'jiro-y' })).toThrow(refused('wrong_email'))
  })
})

// Rules: reset-by-mail, line-password-only-changes.
describe('resetting a password', () => {
  test('requires the login address; the link works once and expires', async () => {
    const { emulator, businessId, mika, lastMail } = withEmail({ consoles: { resetLinkLife: 10 * minute } })
    expect(() => businessId.requestPasswordReset('mika@private.example')).toThrow(refused('reset_email_mismatch'))
    businessId.requestPasswordReset('Mika@shop.example')
    const url = lastMail()?.url ?? ''
    expect(() => businessId.resetPassword(`${url}x`, 'new')).toThrow(refused('link_unknown'))
    expect(() => businessId.resetPassword(url, '')).toThrow(refused('form_invalid'))
    businessId.resetPassword(url, 'new')
    expect(() => businessId.startSignIn({ method: 'email', email, password })).toThrow(refused('wrong_password'))
    expect(businessId.signIn(mika).method).toBe('email')
    expect(() => businessId.resetPassword(url, 'newer')).toThrow(refused('link_used'))
    businessId.requestPasswordReset(email)
    await emulator.clock.advance(10 * minute)
    expect(() => businessId.resetPassword(lastMail()?.url ?? '', 'newer')).toThrow(refused('link_expired'))
  })

  test('is not possible for a LINE account, whose password is changed in the LINE app', () => {
    const { businessId, phone, open, mika } = withLine()
    expect(() => businessId.requestPasswordReset(phone.email ?? '')).toThrow(refused('reset_email_mismatch'))
    phone.setPassword('another')
    expect(() => open()).toThrow(refused('wrong_password'))
    expect(businessId.signIn(mika).method).toBe('line')
  })
})

// Rule: login-methods.
describe('login methods', () => {
  test('a Business ID has one LINE account and one email address, and each belongs to one Business ID', () => {
    const { emulator, businessId, mika } = withEmail()
    const [one, other] = ['One', 'Other'].map((displayName) => emulator.createPerson({ displayName }))
    if (!one || !other) throw new Error('Expected two people')
    const profile = businessId.as(businessId.signIn(mika))
    profile.linkLineAccount(one)
    expect(mika).toMatchObject({ methods: ['line', 'email'], lineAccount: 'One' })
    expect(() => profile.linkLineAccount(other)).toThrow(refused('line_account_linked'))
    expect(() => profile.registerEmail({ email: 'second@shop.example', password })).toThrow(refused('email_registered'))
    const ken = businessId.register({ email: 'ken@shop.example', password })
    const kens = businessId.as(businessId.signIn(ken))
    expect(() => kens.linkLineAccount(one)).toThrow(refused('line_account_in_use'))
    expect(() => businessId.register({ email: 'Ken@Shop.example', password })).toThrow(refused('email_taken'))
    expect(() => businessId.register({ email: 'ken', password })).toThrow(refused('form_invalid'))
    kens.linkYahooJapan('ken-y')
    expect(ken.methods).toEqual(['email', 'yahooJapan'])
  })

  test('a LINE account can be unlinked when an email address and a password remain', () => {
    const { emulator, businessId, mika } = withLine()
    const profile = businessId.as(businessId.signIn(mika))
    expect(() => profile.unlinkLineAccount()).toThrow(refused('unlink_needs_email'))
    profile.registerEmail({ email, password })
    profile.unlinkLineAccount()
    expect(mika).toMatchObject({ methods: ['email'], email, lineAccount: undefined })
    profile.linkLineAccount(emulator.createPerson({ displayName: 'Next' }))
    expect(mika.lineAccount).toBe('Next')
  })
})

describe('sessions', () => {
  test('end when they expire, by signing out, and with the Business ID', async () => {
    const { emulator, businessId, mika } = withEmail({ consoles: { sessionLife: day } })
    const old = businessId.signIn(mika)
    await emulator.clock.advance(day)
    expect(() => businessId.as(old).linkYahooJapan('y')).toThrow(refused('signed_out'))
    const left = businessId.signIn(mika)
    left.signOut()
    expect(() => businessId.as(left).linkYahooJapan('y')).toThrow(refused('signed_out'))
    const last = businessId.signIn(mika)
    businessId.as(last).delete()
    expect(() => businessId.as(last).linkYahooJapan('y')).toThrow(refused('signed_out'))
    expect(() => businessId.signIn(mika)).toThrow(inputError)
    expect(businessId.register({ email, password }).id).not.toBe(mika.id)
  })

  test('a Business ID of another emulator is refused', () => {
    const { mika } = withEmail()
    expect(() => createEmulator().businessId.signIn(mika)).toThrow(inputError)
  })
})

test('options out of range are refused', () => {
  for (const consoles of [
    { emailCodeLength: 0 },
    { emailCodeLength: 13 },
    { emailCodeLife: -1 },
    { displayLag: Number.NaN },
  ])
    expect(() => createEmulator({ consoles })).toThrow(inputError)
  expect(() => createEmulator().faults.consoles({ lostMail: -1 })).toThrow(inputError)
})
