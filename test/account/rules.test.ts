// Every row of the research on LINE's accounts has a rule, and every rule names places that exist.
import { readdirSync, readFileSync } from 'node:fs'
import * as account from 'line-oa/account'
import * as catalog from 'line-oa/catalog'
import * as credentials from 'line-oa/credentials'
import { createEmulator } from 'line-oa/emulator'
import * as keys from 'line-oa/keys'
import * as login from 'line-oa/login'
import { describe, expect, test } from 'vitest'
import { allAttested, setup } from './setup.js'
import { stepIds } from './step-ids.js'

interface Rule {
  readonly name: string
  readonly places: readonly { readonly kind: string; readonly what: string; readonly strength: string | undefined }[]
}

const lines = readFileSync('docs/account-rules.md', 'utf8').split('\n')
const onePlace = /^(\w+): `([\w.-]+)`(?: \(([^)]+)\))?$/
const rules = lines.flatMap((line): Rule[] => {
  const [, name, , cell] = /^\| `([\w-]+)` \| (.*) \| (.*) \|$/.exec(line) ?? []
  if (name === undefined || cell === undefined) return []
  const places = cell.split('; ').map((text) => {
    const [, kind = '', what = '', strength] = onePlace.exec(text) ?? []
    if (kind === '') throw new Error(`${name}: not a place: ${text}`)
    return { kind, what, strength }
  })
  return [{ name, places }]
})

// The rows of the research notes, by number of the article and of the row, and the rows on which newer sources disagree with an article.
const rows: { readonly [row: string]: string } = {
  '000-1': 'two-surfaces',
  '000-2': 'one-sign-in',
  '000-3': 'login-methods',
  '000-4': 'same-method-other-words',
  '000-5': 'own-password-for-each',
  '000-6': 'line-login-needs-email',
  '000-7': 'reset-by-mail',
  '000-8': 'code-on-the-page',
  '000-9': 'code-same-line-account',
  '000-10': 'code-is-not-sent',
  '000-11': 'code-needs-a-phone',
  '000-12': 'only-administrators-invite',
  '000-13': 'invite-by-line',
  '000-14': 'invite-by-link',
  '000-15': 'list-proves-role',
  '000-16': 'role-changed-by-others',
  '000-17': 'device-change',
  '000-18': 'history-is-dated',
  '001-1': 'start-from-login-link',
  '001-2': 'method-of-creation',
  '001-3': 'try-both-methods',
  '001-4': 'two-causes',
  '001-5': 'see-line-email',
  '001-6': 'line-password-only-changes',
  '001-7': 'try-other-addresses',
  '001-8': 'reset-by-mail',
  '001-9': 'last-resort',
  '001-10': 'keep-access-records',
  '001-11': 'several-administrators',
  '001-12': 'partner-holds-rights',
  '002-1': 'support-channels-differ',
  '002-2': 'urgent-by-phone',
  '002-3': 'support-wants-facts',
  '002-4': 'support-wants-administrators',
  '002-5': 'keep-case-number',
  '002-6': 'problem-kinds',
  '002-7': 'login-problems',
  '002-8': 'unknown-devices',
  '002-9': 'business-problems',
  '002-10': 'risk-signals',
  '002-11': 'risk-answer',
  '002-12': 'safety-routine',
  '002-13': 'regions-differ',
  '002-14': 'evidence-helps',
  '003-1': 'created-on-entry-page',
  '003-2': 'consent-once',
  '003-3': 'account-choice-after-login',
  '003-4': 'login-methods',
  '003-5': 'api-enabled-once',
  '003-6': 'one-channel-per-account',
  '003-7': 'enabler-is-admin',
  '003-8': 'provider-is-the-customer',
  '003-9': 'five-values',
  '003-10': 'where-values-stand',
  '003-11': 'console-navigation',
  '003-12': 'channel-of-a-colleague',
  '003-13': 'tool-hands-out-url',
  '003-14': 'set-then-verify',
  '003-15': 'switch-in-both-consoles',
  '003-16': 'plan-tool-only',
  '003-17': 'plan-tool-and-manager',
  '003-18': 'switch-can-fall-back',
  '003-19': 'no-groups-no-auto-replies',
  '003-20': 'manager-is-right',
  '003-21': 'connected-but-silent',
  '003-22': 'one-team-per-account',
  '003-23': 'clean-up-first',
  '004-1': 'created-on-entry-page',
  '004-2': 'profile-in-manager',
  '004-3': 'only-administrators-see-api',
  '004-4': 'developer-first',
  '004-5': 'provider-is-final',
  '004-6': 'policy-urls-optional',
  '004-7': 'console-navigation',
  '004-8': 'login-channel-exists',
  '004-9': 'tool-sign-up',
  '004-10': 'identify-by-basic-id',
  '004-11': 'key-exchange',
  '004-12': 'login-is-published',
  '004-13': 'login-links-account',
  '004-14': 'right-account',
  '004-15': 'token-is-not-reissued',
  'newer-1': 'account-before-channel',
  'newer-2': 'login-methods',
  'newer-3': 'code-by-mail',
  'newer-4': 'history-is-dated',
  'newer-5': 'enabler-is-admin',
  'newer-6': 'last-resort',
  'newer-7': 'switch-in-both-consoles',
}

test('every table row of the page is parsed', () => {
  expect(rules.length).toBe(lines.filter((line) => line.startsWith('| `')).length)
  expect(new Set(rules.map(({ name }) => name)).size).toBe(rules.length)
})

test('each row has a rule', () => {
  const known = new Set(rules.map(({ name }) => name))
  expect(Object.entries(rows).filter(([, rule]) => !known.has(rule))).toEqual([])
})

test('no row is missing', () => {
  const numbers = (article: string, count: number) => Array.from({ length: count }, (_, at) => `${article}-${at + 1}`)
  const counts = { '000': 18, '001': 12, '002': 14, '003': 23, '004': 15, newer: 7 }
  expect(Object.keys(rows).sort()).toEqual(
    Object.entries(counts)
      .flatMap(([article, count]) => numbers(article, count))
      .sort(),
  )
})

const exported: { readonly [name: string]: unknown } = {
  ...account,
  ...credentials,
  ...keys,
  ...login,
  ...Object.assign({}, ...Object.values(catalog)),
}

/** The parts of the emulator, by the names that the page uses. */
function emulated(): { readonly [room: string]: object } {
  const emulator = createEmulator()
  const session = emulator.businessId.signIn(
    emulator.businessId.register({ email: 'mika@tea.example', password: 'secret' }),
  )
  return {
    businessId: { ...emulator.businessId, ...emulator.businessId.as(session) },
    manager: { ...emulator.manager, ...emulator.manager.as(session) },
    console: { ...emulator.console, ...emulator.console.as(session) },
    phone: emulator.businessId.phone(emulator.createPerson({ displayName: 'Mika' })),
    faults: emulator.faults,
    account: emulator.createAccount({ name: 'Tea House' }),
  }
}

/** The IDs of all checks, from runs that need every check. */
async function checkNames(): Promise<ReadonlySet<string>> {
  const { account: official, check, connect, emulator, registry, values } = setup()
  const { channelId, channelSecret } = emulator.createLoginChannel({ linkedAccount: official })
  const options = {
    ...values,
    messaging: { ...values.messaging, channelAccessToken: official.issueLongLivedToken() },
    login: { channelId, channelSecret },
    account: { name: 'Tea House' },
    answering: 'tool-and-manager',
    confirmations: allAttested,
    needsFollowers: true,
  } as const
  const results = [await connect({ ...options, registry, team: 'tea' }), await check(options)]
  return new Set(results.flatMap(({ checks }) => checks.map(({ id }) => id)))
}

describe('every place exists', () => {
  const places = rules.flatMap(({ name, places: own }) => own.map((place) => ({ rule: name, ...place })))
  const of = (kind: string) => places.filter((place) => place.kind === kind)

  test('each rule has at least one place, of a kind that the page explains', () => {
    expect(rules.filter((rule) => rule.places.length === 0).map(({ name }) => name)).toEqual([])
    expect([...new Set(places.map(({ kind }) => kind))].sort()).toEqual(['done', 'emulated', 'guided', 'probed'])
  })

  test('a place of the kind `done` is an export or an operation', () => {
    expect(of('done').filter(({ what }) => exported[what] === undefined)).toEqual([])
  })

  test('a place of the kind `probed` is a check with a strength', async () => {
    const names = await checkNames()
    expect(
      of('probed').filter(({ what, strength }) => !names.has(what) || !/strong|medium|weak/.test(strength ?? '')),
    ).toEqual([])
  })

  test('a place of the kind `guided` is a step', () => {
    expect(of('guided').filter(({ what }) => !stepIds.includes(what))).toEqual([])
  })

  test('a place of the kind `emulated` is a member of the emulator', () => {
    const rooms = emulated()
    const missing = of('emulated').filter(({ what }) => {
      const [room = '', member = ''] = what.split('.')
      return !(member in (rooms[room] ?? {}))
    })
    expect(missing).toEqual([])
  })

  test('every step is used by a rule, fixes a failure or remains when a tool leaves', () => {
    const used = new Set<string>([
      ...of('guided').map(({ what }) => what),
      ...Object.values(account.failures).map(({ step }) => step),
    ])
    const leaving = [
      'switch-webhook-off',
      'clear-webhook-url',
      'switch-greeting-on',
      'end-long-lived-token',
      'delete-public-key',
      'remove-tool-members',
    ]
    const asking = ['log-in-as-outsider', 'allow-groups', 'copy-kid']
    expect(stepIds.filter((id) => !used.has(id) && !leaving.includes(id) && !asking.includes(id))).toEqual([])
  })
})

test('rules that code and tests refer to are on the page', () => {
  const known = new Set(rules.map(({ name }) => name))
  const folders = ['src/account', 'src/emulator/consoles', 'test/account', 'test/emulator/consoles']
  const files = folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      .map((file) => `${folder}/${file}`),
  )
  const sources = files.map((file) => readFileSync(file, 'utf8')).join('\n')
  const referred = [...sources.matchAll(/Rules?: ([\w, -]+)\./g)].flatMap(([, names = '']) => names.split(', '))
  expect(referred.length).toBeGreaterThan(40)
  expect(referred.filter((name) => !known.has(name))).toEqual([])
})
