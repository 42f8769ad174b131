// What JavaScript callers pass by mistake to the objects that an emulator gives out: every refusal is a LineError, and nothing hangs.
import { createLineClient, isLineError } from 'line-oa'
import { createEmulator } from 'line-oa/emulator'
import { createReceiver } from 'line-oa/webhook'
import { expect, test } from 'vitest'

const values: readonly unknown[] = [
  undefined,
  null,
  0,
  Number.NaN,
  '',
  'x',
  true,
  [],
  {},
  [null],
  [{}],
  () => {},
  Symbol('x'),
  1n,
  new Map(),
  Promise.resolve(1),
  { type: 'text' },
  { type: 'text', text: 'x', mentions: null },
  { type: 'text', text: 'x', mentions: [null] },
  { type: 'text', text: 'x', emojis: [null] },
  { type: 'sticker' },
  { type: 'image', originalContentUrl: 5 },
  { type: 'image', content: 'x' },
  { name: 5, email: 5, company: 5, provider: 5 },
  { name: null, email: null, company: null, provider: null },
]

function setup() {
  const emulator = createEmulator({ clock: 'manual' })
  const account = emulator.createAccount({ name: 'Tea House', kind: 'verified', settings: { joinGroups: true } })
  const person = emulator.createPerson({ displayName: 'Mika' })
  const group = emulator.createGroup({ name: 'Family', members: [person] })
  const client = createLineClient({ ...account, fetch: emulator.fetch, clock: emulator.clock })
  account.connect(
    createReceiver({ channelSecret: account.channelSecret, client, clock: emulator.clock, onError: () => {} }),
  )
  const login = emulator.createLoginChannel({ published: true })
  const session = emulator.businessId.signIn(
    emulator.businessId.register({ email: 'mika@tea.example', password: 'secret' }),
  )
  const handles: { readonly [name: string]: object } = {
    emulator,
    person,
    group,
    account,
    module: emulator.createModuleChannel({ redirectUris: ['https://tea.example/'] }),
    miniApp: emulator.admin.miniApp(login),
    purchases: emulator.admin.miniApp(login).purchases,
    profile: emulator.businessId.as(session),
    manager: emulator.manager.as(session),
    console: emulator.console.as(session),
    phone: emulator.businessId.phone(person),
    admin: emulator.admin,
    faults: emulator.faults,
    businessId: emulator.businessId,
    managers: emulator.manager,
    consoles: emulator.console,
  }
  return { handles, firsts: [account, person, login, session, ...values] }
}

// They would end the state that the other calls need, or wait for the network.
const left = [
  'nextMessage',
  'delete',
  'deleteAccount',
  'deleteLineAccount',
  'deleteDeveloperAccount',
  'reset',
  'listen',
  'fetch',
]

const { handles } = setup()

test.each(Object.keys(handles))('the methods of %s refuse wrong arguments with a LineError', async (name) => {
  const { handles: fresh, firsts } = setup()
  const handle = fresh[name] ?? {}
  const wrong = new Set<string>()
  const methods = Object.keys(handle).filter((key) => typeof Reflect.get(handle, key) === 'function')
  for (const method of methods.filter((key) => !left.includes(key)))
    for (const first of firsts)
      for (const second of values)
        try {
          await Reflect.apply(Reflect.get(handle, method), handle, [first, second])
        } catch (error) {
          if (!isLineError(error)) wrong.add(`${method}: ${String(error)}`)
        }
  expect([...wrong]).toEqual([])
})
