// Every cell of LINE's role tables, in the order of LINE's pages.

import { can, type Role } from 'line-oa/account'
import { describe, expect, test } from 'vitest'

type Cell = readonly [role: string, action: string, kind: string | undefined, may: boolean]

/** Reads a table with a line for each action and a column for each role. `+` means yes. */
function cells(roles: readonly string[], kind: string | undefined, table: string): readonly Cell[] {
  return table
    .trim()
    .split('\n')
    .filter((line) => line.trim() !== '')
    .flatMap((line) => {
      const [action = '', ...marks] = line.trim().split(/\s+/)
      if (marks.length !== roles.length) throw new Error(`${action} has ${marks.length} cells`)
      return marks.map((mark, column): Cell => [roles[column] ?? '', action, kind, mark === '+'])
    })
}

// The types forbid an action of another kind of role, and some rows below ask for one.
const ask = ([role, action, kind]: Cell) =>
  can(role as Role, action as never, kind === undefined ? {} : { kind: kind as 'login' })

const account = cells(
  ['account.administrator', 'account.operator', 'account.operator-no-broadcast', 'account.operator-no-analytics'],
  undefined,
  `
  create-messages          + + + +
  send-messages            + + - +
  see-analytics            + + + -
  change-settings          + + + +
  manage-members           + - - -
  open-messaging-api-page  + - - -
  delete-account           + - - -
  request-verification     + - - -
  `,
)

const provider = cells(
  ['provider.admin', 'provider.member', 'provider.none'],
  undefined,
  `
  see-name                 + + +
  see-provider-id          + - -
  see-provider-id-in-url   + + +
  rename-provider          + - -
  delete-provider          + - -
  list-channels            + - -
  create-channel           + - -
  manage-roles             + - -
  `,
)

const channelRoles = ['channel.admin', 'channel.member', 'channel.tester']

const basic = `
  see-channel-id           + + +
  see-name                 + + +
  edit-name                + - -
  see-description          + + -
  edit-description         + - -
  edit-contact             + - -
  see-app-types            + - -
  see-permissions          + - -
  see-channel-secret       + - -
  manage-assertion-keys    + - -
  see-own-user-id          + + +
  leave-channel            - + +
  manage-roles             + - -
  test-developing-channel  + - +
`

const loginOnly = `
  edit-company-country     + - -
  see-region               + - -
  link-account             + - -
  request-email-permission + - -
  edit-localization        + - -
`

const none = (table: string) => table.replace(/[+-](?=\s)/g, '-')

const channels = [
  ...cells(
    channelRoles,
    'login',
    `${basic}${loginOnly}
    delete-channel           + - -
    use-login-tab            + - -
    use-liff-tab             + - -
    see-liff-tab             + - -
    use-messaging-api-tab    - - -
    use-security-tab         - - -
    see-webhook-errors       - - -
    see-qr-code              - - -
    use-mini-app-tabs        - - -
    see-developing-liff-url  - - -`,
  ),
  ...cells(
    channelRoles,
    'messaging',
    `${basic}${none(loginOnly)}
    delete-channel           - - -
    use-login-tab            - - -
    use-liff-tab             - - -
    see-liff-tab             + - -
    use-messaging-api-tab    + - -
    use-security-tab         + - -
    see-webhook-errors       + + -
    see-qr-code              + + +
    use-mini-app-tabs        - - -
    see-developing-liff-url  - - -`,
  ),
  // A LINE MINI App channel has no member role.
  ...cells(
    channelRoles,
    'mini-app',
    `${basic.replace(/^(\s*[\w-]+\s+[+-] )\+/gm, '$1-')}${loginOnly}
    delete-channel           - - -
    use-login-tab            - - -
    use-liff-tab             - - -
    see-liff-tab             - - -
    use-messaging-api-tab    - - -
    use-security-tab         - - -
    see-webhook-errors       - - -
    see-qr-code              - - -
    use-mini-app-tabs        + - -
    see-developing-liff-url  + - +`,
  ),
  // Without a kind: in at least one kind of channel.
  ...cells(
    channelRoles,
    undefined,
    `${basic}${loginOnly}
    delete-channel           + - -
    use-login-tab            + - -
    use-liff-tab             + - -
    see-liff-tab             + - -
    use-messaging-api-tab    + - -
    use-security-tab         + - -
    see-webhook-errors       + + -
    see-qr-code              + + +
    use-mini-app-tabs        + - -
    see-developing-liff-url  + - +`,
  ),
]

describe.each([
  ['an Official Account', account],
  ['a provider', provider],
  ['a channel', channels],
])('permissions for %s', (_, table) => {
  test.each(table)('%s, %s, kind %s: %s', (role, action, kind, may) => {
    expect(ask([role, action, kind, may])).toBe(may)
  })
})

test('no role of one console grants an action of another', () => {
  const tables = [account, provider, channels]
  const actionsOf = (table: readonly Cell[]) => new Set(table.map(([, action]) => action))
  for (const table of tables)
    for (const role of new Set(table.map(([one]) => one)))
      for (const other of tables)
        for (const action of actionsOf(other))
          if (!actionsOf(table).has(action))
            expect(ask([role, action, undefined, false]), `${role} ${action}`).toBe(false)
})

test.each(['account.owner', 'channel', 'admin', 'x.admin', '', '__proto__', 'provider.constructor'])(
  'the unknown role %j grants nothing',
  (role) => {
    for (const action of ['see-channel-id', 'see-name', 'create-messages', 'constructor', '__proto__', 'toString'])
      expect(ask([role, action, undefined, false])).toBe(false)
  },
)
