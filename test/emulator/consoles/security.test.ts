import { createEmulator } from 'line-oa/emulator'
import { describe, expect, test } from 'vitest'
import { inputError } from '../setup.js'
import { opened, person, refused } from './setup.js'

const right = { method: 'email', email: 'mika@shop.example', password: 'secret' } as const
const wrong = { ...right, password: 'wrong' } as const
const locked = refused('sign_in_locked')

function mika(options: Parameters<typeof createEmulator>[0] = {}) {
  const emulator = createEmulator({ clock: 'manual', ...options })
  const { businessId, session } = person(emulator, 'Mika')
  const fail = (times: number) => {
    for (let time = 0; time < times; time++)
      expect(() => emulator.businessId.startSignIn(wrong)).toThrow(refused('wrong_password'))
  }
  return { emulator, businessId, session, fail, own: emulator.businessId.as(session) }
}

// Rules: wrong-passwords-lock, risk-answer.
describe('wrong passwords in a row', () => {
  test('lock signing in, also with the right password, until the time has passed', async () => {
    const { emulator, fail } = mika()
    fail(10)
    expect(() => emulator.businessId.startSignIn(wrong)).toThrow(locked)
    expect(() => emulator.businessId.startSignIn(right)).toThrow(locked)
    await emulator.clock.advance(15 * 60 * 1000 - 1)
    expect(() => emulator.businessId.startSignIn(right)).toThrow(locked)
    await emulator.clock.advance(1)
    expect(emulator.businessId.startSignIn(right).asks).toBe('code-from-mail')
  })

  test('are counted anew after a right one', () => {
    const { emulator, fail } = mika()
    fail(9)
    emulator.businessId.startSignIn(right)
    fail(9)
    expect(emulator.businessId.startSignIn(right).asks).toBe('code-from-mail')
  })

  test('lock with other limits, or never', async () => {
    const strict = mika({ consoles: { wrongPasswordLimit: 2, lockLife: 1000 } })
    strict.fail(2)
    expect(() => strict.emulator.businessId.startSignIn(right)).toThrow(locked)
    await strict.emulator.clock.advance(1000)
    strict.fail(2)
    const never = mika({ consoles: { wrongPasswordLimit: Number.POSITIVE_INFINITY } })
    never.fail(100)
    expect(never.emulator.businessId.startSignIn(right).asks).toBe('code-from-mail')
    for (const wrongPasswordLimit of [0, -1, 1.5, Number.NaN, '5' as never])
      expect(() => createEmulator({ consoles: { wrongPasswordLimit } })).toThrow(inputError)
    expect(() => createEmulator({ consoles: { lockLife: -1 } })).toThrow(inputError)
  })

  test('are unlocked by a password reset', () => {
    const { emulator, fail } = mika()
    fail(10)
    emulator.businessId.requestPasswordReset('mika@shop.example')
    const url = emulator.businessId.mailbox('mika@shop.example').at(-1)?.url ?? ''
    emulator.businessId.resetPassword(url, 'other')
    expect(emulator.businessId.startSignIn({ ...right, password: 'other' }).asks).toBe('code-from-mail')
  })

  test('of a LINE account lock that login alone, until the LINE app sets another password', () => {
    const emulator = createEmulator({ clock: 'manual', consoles: { wrongPasswordLimit: 1 } })
    const ren = emulator.createPerson({ displayName: 'Ren', email: 'ren@line.example' })
    const phone = emulator.businessId.phone(ren)
    phone.setPassword('line')
    const businessId = emulator.businessId.register({ lineAccount: ren })
    const session = emulator.businessId.signIn(businessId)
    emulator.businessId.as(session).registerEmail({ email: 'ren@shop.example', password: 'mail' })
    const form = { method: 'line', email: 'ren@line.example', password: 'line' } as const
    expect(() => emulator.businessId.startSignIn({ ...form, password: 'x' })).toThrow(refused('wrong_password'))
    expect(() => emulator.businessId.startSignIn(form)).toThrow(locked)
    expect(emulator.businessId.signIn(businessId, { method: 'email' }).method).toBe('email')
    phone.setPassword('new')
    expect(emulator.businessId.startSignIn({ ...form, password: 'new' }).asks).toBe('code-in-line-app')
  })

  test('do not end a session that is signed in', () => {
    const { own, fail } = mika()
    fail(10)
    expect(own.devices()).toHaveLength(1)
  })
})

describe('the sign-in history', () => {
  test('has every attempt, and why it failed', async () => {
    const { emulator, own, fail } = mika({ consoles: { wrongPasswordLimit: 1, lockLife: 1000, emailCodeLife: 1000 } })
    const start = emulator.clock.now()
    fail(1)
    expect(() => emulator.businessId.startSignIn(right)).toThrow(locked)
    await emulator.clock.advance(1000)
    const page = emulator.businessId.startSignIn({ ...right, browser: emulator.businessId.browser('Office') })
    expect(() => page.enterCode('x')).toThrow(refused('wrong_code'))
    await emulator.clock.advance(1000)
    const code = emulator.businessId.mailbox('mika@shop.example').at(-1)?.code ?? ''
    expect(() => page.enterCode(code)).toThrow(refused('code_expired'))
    expect(own.signInHistory()).toEqual([
      { at: start, method: 'email', browser: 'Browser', result: 'succeeded' },
      { at: start, method: 'email', browser: 'Browser', result: 'wrong_password' },
      { at: start, method: 'email', browser: 'Browser', result: 'sign_in_locked' },
      { at: start + 1000, method: 'email', browser: 'Office', result: 'wrong_code' },
      { at: start + 2000, method: 'email', browser: 'Office', result: 'code_expired' },
    ])
  })

  test('keeps the newest entries', () => {
    const { own, fail } = mika({ historyLimit: 3, consoles: { wrongPasswordLimit: 100 } })
    fail(5)
    expect(own.signInHistory().map(({ result }) => result)).toEqual(Array(3).fill('wrong_password'))
  })
})

// Rules: unknown-devices, risk-answer.
describe('devices', () => {
  test('are the browsers that are signed in, the last sign-in first', async () => {
    const { emulator, businessId, own } = mika()
    const office = emulator.businessId.browser('Office')
    const home = emulator.businessId.browser('Home')
    await emulator.clock.advance(1000)
    emulator.businessId.signIn(businessId, { browser: office })
    emulator.businessId.signIn(businessId, { browser: home }).signOut()
    await emulator.clock.advance(1000)
    emulator.businessId.signIn(businessId, { browser: office })
    const now = emulator.clock.now()
    expect(own.devices().map(({ browser, signedInAt }) => [browser.name, signedInAt])).toEqual([
      ['Office', now],
      ['Browser', now - 2000],
    ])
    await emulator.clock.advance(14 * 24 * 60 * 60 * 1000 - 1000)
    expect(() => own.devices()).toThrow(refused('signed_out'))
  })

  test('that are removed are signed out, and asked for the second factor again', () => {
    const { emulator, businessId, own } = mika({ consoles: { rememberEmailCode: true } })
    const office = emulator.businessId.browser('Office')
    const session = emulator.businessId.signIn(businessId, { browser: office })
    expect(emulator.businessId.startSignIn({ ...right, browser: office }).asks).toBe('nothing')
    own.removeDevice(office)
    expect(() => emulator.manager.as(session).accounts()).toThrow(refused('signed_out'))
    expect(own.devices().map(({ browser }) => browser.name)).toEqual(['Browser'])
    expect(emulator.businessId.startSignIn({ ...right, browser: office }).asks).toBe('code-from-mail')
    expect(() => own.removeDevice(office)).toThrow(inputError)
    expect(() => own.removeDevice({} as never)).toThrow(inputError)
  })

  test('of another Business ID stay', () => {
    const { emulator, own } = mika()
    const ren = person(emulator, 'Ren')
    expect(() => own.removeDevice(ren.session.browser)).toThrow(inputError)
    expect(ren.manager.accounts()).toEqual([])
  })
})

// Rule: two-step-verification.
describe('two-step verification', () => {
  test('is on at first, and asks for no code while it is off', () => {
    const { emulator, own } = mika({ consoles: { rememberEmailCode: true } })
    const browser = emulator.businessId.browser()
    const asks = () => emulator.businessId.startSignIn({ ...right, browser }).asks
    expect(own.twoStepVerification()).toBe(true)
    expect(asks()).toBe('code-from-mail')
    own.setTwoStepVerification(false)
    expect(own.twoStepVerification()).toBe(false)
    expect(asks()).toBe('nothing')
    own.setTwoStepVerification(true)
    expect(asks()).toBe('code-from-mail')
  })

  test('turned on again asks browsers that had passed it', () => {
    const { emulator, businessId, own, session } = mika({ consoles: { rememberEmailCode: true } })
    const asks = () => emulator.businessId.startSignIn({ ...right, browser: session.browser }).asks
    expect(asks()).toBe('nothing')
    own.setTwoStepVerification(false)
    own.setTwoStepVerification(true)
    expect(asks()).toBe('code-from-mail')
    expect(emulator.businessId.signIn(businessId).method).toBe('email')
  })

  test('needs an email address, and does not change the code of the LINE app', () => {
    const emulator = createEmulator({ clock: 'manual' })
    const ren = emulator.createPerson({ displayName: 'Ren', email: 'ren@line.example' })
    emulator.businessId.phone(ren).setPassword('line')
    const businessId = emulator.businessId.register({ lineAccount: ren })
    const own = emulator.businessId.as(emulator.businessId.signIn(businessId))
    expect(own.twoStepVerification()).toBe(false)
    expect(() => own.setTwoStepVerification(false)).toThrow(refused('two_step_needs_email'))
    own.registerEmail({ email: 'ren@shop.example', password: 'mail' })
    own.setTwoStepVerification(false)
    const form = { method: 'line', email: 'ren@line.example', password: 'line' } as const
    expect(emulator.businessId.startSignIn(form).asks).toBe('code-in-line-app')
    expect(() => own.setTwoStepVerification('yes' as never)).toThrow(inputError)
  })
})

// Rule: invite-by-line.
describe('an invitation through LINE', () => {
  test('is in the chat of the invited user, who accepts it', async () => {
    const { emulator, mika: owner, account } = opened()
    const ren = emulator.createPerson({ displayName: 'Ren', email: 'ren@line.example' })
    const phone = emulator.businessId.phone(ren)
    phone.setPassword('line')
    const url = owner.manager.inviteThroughLine(account, 'operator', ren)
    expect(phone.invitations).toEqual([{ url, account, from: 'Mika', at: emulator.clock.now() }])
    const businessId = emulator.businessId.register({ lineAccount: ren })
    const manager = emulator.manager.as(emulator.businessId.signIn(businessId))
    expect(manager.acceptInvitation(phone.invitations[0]?.url ?? '')).toEqual(account)
    expect(manager.open(account).role).toBe('operator')
    const other = person(emulator, 'Aya')
    expect(() => other.manager.acceptInvitation(url)).toThrow(refused('invite_used'))
    await emulator.clock.advance(1)
    const late = owner.manager.inviteThroughLine(account, 'operator', ren)
    await emulator.clock.advance(24 * 60 * 60 * 1000)
    expect(() => other.manager.acceptInvitation(late)).toThrow(refused('invite_expired'))
    expect(phone.invitations).toHaveLength(2)
  })

  test('can only be sent by administrators, to users of the emulator', () => {
    const { emulator, mika: owner, account, invited } = opened()
    const ren = emulator.createPerson({ displayName: 'Ren' })
    expect(() => invited('Ken', 'operator').manager.inviteThroughLine(account, 'operator', ren)).toThrow(
      refused('not_administrator'),
    )
    expect(() => owner.manager.inviteThroughLine(account, 'operator', {} as never)).toThrow(inputError)
    expect(emulator.businessId.phone(ren).invitations).toEqual([])
  })
})

// Rule: profile-in-manager.
test('the cover picture is set in the profile, by every role', () => {
  const { mika: owner, account, invited } = opened()
  const { manager } = invited('Ken', 'operator')
  expect(manager.open(account).coverUrl).toBeUndefined()
  manager.editProfile(account, { coverUrl: 'https://tea.example/cover.png' })
  owner.manager.editProfile(account, { statusMessage: 'Open' })
  expect(owner.manager.open(account).coverUrl).toBe('https://tea.example/cover.png')
  for (const coverUrl of ['', 'http://tea.example/cover.png', 5 as never])
    expect(() => manager.editProfile(account, { coverUrl })).toThrow(refused('form_invalid'))
})
