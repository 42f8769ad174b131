// Who may do what, as LINE's pages list it: action -> the roles that may. Written out in full, so that the type of each table is the list of its actions.

const all = ['administrator', 'operator', 'operator-no-broadcast', 'operator-no-analytics'] as const
type Roles = readonly string[]

/** Rules: only-administrators-invite, only-administrators-see-api. */
export const accountActions: {
  readonly 'create-messages': Roles
  readonly 'send-messages': Roles
  readonly 'see-analytics': Roles
  readonly 'change-settings': Roles
  readonly 'manage-members': Roles
  readonly 'open-messaging-api-page': Roles
  readonly 'delete-account': Roles
  readonly 'request-verification': Roles
} = {
  'create-messages': all,
  'send-messages': ['administrator', 'operator', 'operator-no-analytics'],
  'see-analytics': ['administrator', 'operator', 'operator-no-broadcast'],
  'change-settings': all,
  'manage-members': ['administrator'],
  'open-messaging-api-page': ['administrator'],
  'delete-account': ['administrator'],
  // Where LINE says who may, it names administrators only.
  'request-verification': ['administrator'],
}

/** An empty provider is meant by `delete-provider`: with a channel in it nobody can delete it. */
export const providerActions: {
  readonly 'see-name': Roles
  readonly 'see-provider-id': Roles
  /** In the address of the provider's page. */
  readonly 'see-provider-id-in-url': Roles
  readonly 'rename-provider': Roles
  readonly 'delete-provider': Roles
  readonly 'list-channels': Roles
  readonly 'create-channel': Roles
  readonly 'manage-roles': Roles
} = {
  'see-name': ['admin', 'member', 'none'],
  'see-provider-id': ['admin'],
  'see-provider-id-in-url': ['admin', 'member', 'none'],
  'rename-provider': ['admin'],
  'delete-provider': ['admin'],
  'list-channels': ['admin'],
  'create-channel': ['admin'],
  'manage-roles': ['admin'],
}

/** In channels of every kind; but a Messaging API channel goes only with its account, and a LINE MINI App channel never. */
export const channelActions: {
  readonly 'see-channel-id': Roles
  /** Icon and name. */
  readonly 'see-name': Roles
  readonly 'edit-name': Roles
  /** Description, privacy policy URL and terms of use URL. */
  readonly 'see-description': Roles
  readonly 'edit-description': Roles
  readonly 'edit-contact': Roles
  readonly 'see-app-types': Roles
  readonly 'see-permissions': Roles
  readonly 'see-channel-secret': Roles
  readonly 'manage-assertion-keys': Roles
  readonly 'see-own-user-id': Roles
  readonly 'delete-channel': Roles
  readonly 'leave-channel': Roles
  readonly 'manage-roles': Roles
  readonly 'test-developing-channel': Roles
} = {
  'see-channel-id': ['admin', 'member', 'tester'],
  'see-name': ['admin', 'member', 'tester'],
  'edit-name': ['admin'],
  'see-description': ['admin', 'member'],
  'edit-description': ['admin'],
  'edit-contact': ['admin'],
  'see-app-types': ['admin'],
  'see-permissions': ['admin'],
  'see-channel-secret': ['admin'],
  'manage-assertion-keys': ['admin'],
  'see-own-user-id': ['admin', 'member', 'tester'],
  'delete-channel': ['admin'],
  'leave-channel': ['member', 'tester'],
  'manage-roles': ['admin'],
  'test-developing-channel': ['admin', 'tester'],
}

/** In LINE Login and LINE MINI App channels only. */
export const channelItems: {
  readonly 'edit-company-country': Roles
  readonly 'see-region': Roles
  readonly 'link-account': Roles
  readonly 'request-email-permission': Roles
  readonly 'edit-localization': Roles
} = {
  'edit-company-country': ['admin'],
  'see-region': ['admin'],
  'link-account': ['admin'],
  'request-email-permission': ['admin'],
  'edit-localization': ['admin'],
}

type Tab = { readonly [kind: string]: Roles }

/** The tabs of a channel's page: action -> kind of channel -> who may, turned around so that one look finds a cell. */
export const channelTabs: {
  readonly 'use-login-tab': Tab
  readonly 'use-liff-tab': Tab
  readonly 'see-liff-tab': Tab
  readonly 'use-messaging-api-tab': Tab
  readonly 'use-security-tab': Tab
  /** Only while error statistics are switched on. */
  readonly 'see-webhook-errors': Tab
  readonly 'see-qr-code': Tab
  readonly 'use-mini-app-tabs': Tab
  readonly 'see-developing-liff-url': Tab
} = {
  'use-login-tab': { login: ['admin'] },
  'use-liff-tab': { login: ['admin'] },
  'see-liff-tab': { login: ['admin'], messaging: ['admin'] },
  'use-messaging-api-tab': { messaging: ['admin'] },
  'use-security-tab': { messaging: ['admin'] },
  'see-webhook-errors': { messaging: ['admin', 'member'] },
  'see-qr-code': { messaging: ['admin', 'member', 'tester'] },
  'use-mini-app-tabs': { 'mini-app': ['admin'] },
  'see-developing-liff-url': { 'mini-app': ['admin', 'tester'] },
}
