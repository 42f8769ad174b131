import {
  type AccountForm,
  type BusinessId,
  type ConsoleReason,
  createEmulator,
  type Emulator,
  type EmulatorOptions,
} from 'line-oa/emulator'
import { expect } from 'vitest'

/** The refusal of a console page, for `toThrow` and `toEqual`. */
export const refused = (reason: ConsoleReason, status?: number) =>
  expect.objectContaining({ name: 'LineConsoleRefusal', reason, ...(status !== undefined && { status }) })

/** A valid form for a new Official Account. */
export const entryForm: AccountForm = {
  name: 'Tea House',
  email: 'tea@shop.example',
  company: 'Tea House Ltd.',
  agreeToTerms: true,
}

/** A user with a Business ID who is signed in to the consoles. */
export function person(emulator: Emulator, name: string) {
  const businessId = emulator.businessId.register({
    email: `${name.toLowerCase()}@shop.example`,
    password: 'secret',
    name,
  })
  return visit(emulator, businessId)
}

/** Signs a Business ID in to the consoles. */
export function visit(emulator: Emulator, businessId: BusinessId) {
  const session = emulator.businessId.signIn(businessId)
  return { businessId, session, manager: emulator.manager.as(session), console: emulator.console.as(session) }
}

/** An emulator with a manual clock, and Mika, who has created an Official Account. */
export function opened(options: EmulatorOptions = {}) {
  const emulator = createEmulator({ clock: 'manual', ...options })
  const mika = person(emulator, 'Mika')
  const account = mika.manager.createAccount(entryForm)
  mika.manager.acceptConsents(account)
  const invited = (name: string, role: Parameters<typeof mika.manager.invite>[1] = 'administrator') => {
    const someone = person(emulator, name)
    someone.manager.acceptInvitation(mika.manager.invite(account, role))
    return someone
  }
  return { emulator, mika, account, invited }
}

/** The same as opened(), with the Messaging API enabled under a new provider. */
export function enabled(options: EmulatorOptions = {}) {
  const world = opened(options)
  const developer = { name: 'Mika', email: 'mika@shop.example' }
  const channel = world.mika.manager.enableMessagingApi(world.account, {
    provider: { name: 'Tea House Ltd.' },
    developer,
    agreeToTerms: true,
  })
  return { ...world, channel, provider: channel.provider }
}

/** A user with a developer account. */
export function developer(emulator: Emulator, name: string) {
  const someone = person(emulator, name)
  someone.console.registerDeveloper({ name, email: `${name.toLowerCase()}@dev.example` })
  return someone
}

/** A Messaging API channel with its admin, a member, a tester and a developer without a role. */
export function team() {
  const world = enabled()
  const { emulator, mika, channel } = world
  const [member, tester, outsider] = ['Member', 'Tester', 'Outsider'].map((name) => developer(emulator, name))
  if (!member || !tester || !outsider) throw new Error('Expected three developers')
  emulator.console.appointAtChannel(channel, member.businessId, 'member')
  emulator.console.appointAtChannel(channel, tester.businessId, 'tester')
  return { ...world, admin: mika, member, tester, outsider }
}

/** A valid form for a new LINE Login channel, without the provider. */
export const loginForm = {
  region: 'TW',
  name: 'Tea House Login',
  description: 'Log in to the shop',
  appTypes: ['web'],
  email: 'dev@shop.example',
  agreeToTerms: true,
} as const
