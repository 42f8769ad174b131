import { canUnlinkLineAccount, invitationLifetime, invitationState, loginMethods } from 'line-oa/account'
import { createEmulator } from 'line-oa/emulator'
import { describe, expect, test } from 'vitest'

describe('a Business ID', () => {
  const lineAccount = { name: 'Mika' }
  const email = 'mika@tea.example'

  test('has one login method for each linked account and address', () => {
    expect(loginMethods({})).toEqual([])
    expect(loginMethods({ lineAccount })).toEqual(['line'])
    expect(loginMethods({ lineAccount, email, yahooJapanId: true })).toEqual(['line', 'email', 'yahooJapan'])
  })

  test('can unlink its LINE account only with an e-mail address, as in the emulator', () => {
    expect(canUnlinkLineAccount({ lineAccount })).toBe(false)
    expect(canUnlinkLineAccount({ email })).toBe(false)
    expect(canUnlinkLineAccount({ lineAccount, email })).toBe(true)

    const emulator = createEmulator()
    const person = emulator.createPerson({ displayName: 'Mika', email: 'mika@line.example' })
    emulator.businessId.phone(person).setPassword('secret')
    const pages = emulator.businessId.as(
      emulator.businessId.signIn(emulator.businessId.register({ lineAccount: person })),
    )
    expect(() => pages.unlinkLineAccount()).toThrow()
    pages.registerEmail({ email, password: 'secret' })
    pages.unlinkLineAccount()
  })
})

describe('an invitation', () => {
  const invitation = { role: 'administrator', issuedAt: 1000 } as const

  test('is valid for 24 hours', () => {
    expect(invitationLifetime).toBe(86_400_000)
    expect(invitationState(invitation, 1000)).toBe('open')
    expect(invitationState(invitation, 1000 + invitationLifetime - 1)).toBe('open')
    expect(invitationState(invitation, 1000 + invitationLifetime)).toBe('expired')
  })

  test('can be accepted by one person only', () => {
    expect(invitationState({ ...invitation, acceptedAt: 2000 }, 3000)).toBe('accepted')
    expect(invitationState({ ...invitation, acceptedAt: 2000 }, 1000 + invitationLifetime)).toBe('accepted')
  })
})
