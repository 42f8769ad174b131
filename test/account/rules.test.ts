// Every row of what was found out about LINE's accounts has a rule, and every rule a place that is really there.
import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import * as account from '../../src/account/index.js'
import { stepIds } from '../../src/account/steps.js'
import * as catalog from '../../src/catalog.js'
import * as credentials from '../../src/credentials/index.js'
import { createEmulator } from '../../src/emulator/index.js'
import * as login from '../../src/login/index.js'
import { allAttested, setup } from './setup.js'

interface Rule {
  readonly name: string
  readonly places: readonly { readonly kind: string; readonly what: string; readonly strength: string | undefined }[]
}

const lines = readFileSync('docs/account-rules.md', 'utf8').split('\n')
const rules = lines.flatMap((line): Rule[] => {
  const [, name, , cell] = /^\| `([\w-]+)` \| (.*) \| (.*) \|$/.exec(line) ?? []
  if (name === undefined || cell === undefined) return []
  const places = [...cell.matchAll(/(\w+): `([\w.-]+)`(?: \(([^)]+)\))?/g)].map(([, kind = '', what = '', strength]) => ({
    kind,
    what,
    strength,
  }))
  return [{ name, places }]
})

// The rows of the notes on which the rules stand, by article and number, in their order.
const rows: { readonly [article: string]: readonly string[] } = {
  '000': [
    'two-surfaces',
    'one-sign-in',
    'login-methods',
    'same-method-other-words',
    'own-password-for-each',
    'line-login-needs-email',
    'reset-by-mail',
    'code-on-the-page',
    'code-same-line-account',
    'code-is-not-sent',
    'code-needs-a-phone',
    'only-administrators-invite',
    'invite-by-line',
    'invite-by-link',
    'list-proves-role',
    'role-changed-by-others',
    'device-change',
    'history-is-dated',
  ],
  '001': [
    'start-from-login-link',
    'method-of-creation',
    'try-both-methods',
    'two-causes',
    'see-line-email',
    'line-password-only-changes',
    'try-other-addresses',
    'reset-by-mail',
    'last-resort',
    'keep-access-records',
    'several-administrators',
    'partner-holds-rights',
  ],
  '002': [
    'support-channels-differ',
    'urgent-by-phone',
    'support-wants-facts',
    'support-wants-administrators',
    'keep-case-number',
    'problem-kinds',
    'login-problems',
    'unknown-devices',
    'business-problems',
    'risk-signals',
    'risk-answer',
    'safety-routine',
    'regions-differ',
    'evidence-helps',
  ],
  '003': [
    'created-on-entry-page',
    'consent-once',
    'account-choice-after-login',
    'login-methods',
    'api-enabled-once',
    'one-channel-per-account',
    'enabler-is-admin',
    'provider-is-the-customer',
    'five-values',
    'where-values-stand',
    'console-navigation',
    'channel-of-a-colleague',
    'tool-hands-out-url',
    'set-then-verify',
    'switch-in-both-consoles',
    'plan-tool-only',
    'plan-tool-and-manager',
    'switch-can-fall-back',
    'no-groups-no-auto-replies',
    'manager-is-right',
    'connected-but-silent',
    'one-team-per-account',
    'clean-up-first',
  ],
  '004': [
    'created-on-entry-page',
    'profile-in-manager',
    'only-administrators-see-api',
    'developer-first',
    'provider-is-final',
    'policy-urls-optional',
    'console-navigation',
    'login-channel-exists',
    'tool-sign-up',
    'identify-by-basic-id',
    'key-exchange',
    'login-is-published',
    'login-links-account',
    'right-account',
    'token-is-not-reissued',
  ],
}

test('every table row of the page is read', () => {
  expect(rules.length).toBe(lines.filter((line) => line.startsWith('| `')).length)
  expect(new Set(rules.map(({ name }) => name)).size).toBe(rules.length)
})

test.each(Object.entries(rows))('each row of article %s has a rule', (_, names) => {
  const known = new Set(rules.map(({ name }) => name))
  expect(names.filter((name) => !known.has(name))).toEqual([])
})

test('the articles have as many rows as they had when they were read', () => {
  expect(Object.values(rows).map((names) => names.length)).toEqual([18, 12, 14, 23, 15])
})

const exported: { readonly [name: string]: unknown } = {
  ...account,
  ...credentials,
  ...login,
  ...Object.assign({}, ...Object.values(catalog)),
}

/** What the emulator offers, by the names that the page uses. */
function emulated(): { readonly [room: string]: object } {
  const emulator = createEmulator()
  const session = emulator.businessId.signIn(emulator.businessId.register({ email: 'mika@tea.example', password: 'secret' }))
  return {
    businessId: { ...emulator.businessId, ...emulator.businessId.as(session) },
    manager: { ...emulator.manager, ...emulator.manager.as(session) },
    console: { ...emulator.console, ...emulator.console.as(session) },
    phone: emulator.businessId.phone(emulator.createPerson({ displayName: 'Mika' })),
    faults: emulator.faults,
    account: emulator.createAccount({ name: 'Tea House' }),
  }
}

/** Every check there is, by one run that needs them all. */
async function checkNames(): Promise<ReadonlySet<string>> {
  const { account: official, check, connect, emulator, registry, values } = setup()
  const { channelId, channelSecret } = emulator.createLoginChannel({ linkedAccount: official })
  const options = {
    ...values,
    messaging: { ...values.messaging, channelAccessToken: official.issueLongLivedToken() },
    login: { channelId, channelSecret },
    account: { name: 'Tea House' },
    answering: 'tool-and-manager',
    attested: allAttested,
    needsFollowers: true,
  } as const
  const results = [await connect({ ...options, registry, team: 'tea' }), await check(options)]
  return new Set(results.flatMap(({ checks }) => checks.map(({ id }) => id)))
}

describe('every place is there', () => {
  const places = rules.flatMap(({ name, places: own }) => own.map((place) => ({ rule: name, ...place })))
  const of = (kind: string) => places.filter((place) => place.kind === kind)

  test('each rule has one at least, of a kind that the page explains', () => {
    expect(rules.filter((rule) => rule.places.length === 0).map(({ name }) => name)).toEqual([])
    expect([...new Set(places.map(({ kind }) => kind))].sort()).toEqual(['done', 'emulated', 'guided', 'probed'])
  })

  test('what is done, is exported or an operation', () => {
    expect(of('done').filter(({ what }) => exported[what] === undefined)).toEqual([])
  })

  test('what is probed, is a check, and its strength is told', async () => {
    const names = await checkNames()
    expect(of('probed').filter(({ what, strength }) => !names.has(what) || !/strong|medium|weak/.test(strength ?? ''))).toEqual([])
  })

  test('what is guided, is a step', () => {
    const ids: readonly string[] = stepIds()
    expect(of('guided').filter(({ what }) => !ids.includes(what))).toEqual([])
    expect(new Set(ids).size).toBe(ids.length)
  })

  test('what is emulated, is in the emulator', () => {
    const rooms = emulated()
    const missing = of('emulated').filter(({ what }) => {
      const [room = '', member = ''] = what.split('.')
      return !(member in (rooms[room] ?? {}))
    })
    expect(missing).toEqual([])
  })

  test('and every step is used by a rule or mends a failure, or remains when a tool leaves', () => {
    const used = new Set([...of('guided').map(({ what }) => what), ...Object.values(account.failures).map(({ step }) => step)])
    const leaving = [
      'switch-webhook-off',
      'clear-webhook-url',
      'switch-greeting-on',
      'end-long-lived-token',
      'delete-public-key',
      'remove-tool-members',
    ]
    const asking = ['log-in-as-outsider', 'allow-groups', 'copy-kid']
    expect(stepIds().filter((id) => !used.has(id) && !leaving.includes(id) && !asking.includes(id))).toEqual([])
  })
})

test('rules that the code refers to stand on the page', () => {
  const known = new Set(rules.map(({ name }) => name))
  const sources = readdirSync('src/account', { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => readFileSync(`src/account/${file}`, 'utf8'))
    .join('\n')
  const referred = [...sources.matchAll(/Rules?: ([\w, -]+)\./g)].flatMap(([, names = '']) => names.split(', '))
  expect(referred.length).toBeGreaterThan(12)
  expect(referred.filter((name) => !known.has(name))).toEqual([])
})
