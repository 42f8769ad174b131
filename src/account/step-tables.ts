import type { Actor, ProvenBy, StepId, StepSystem } from './steps.js'

/** Steps of one kind: where they are taken, by whom, and how they are known to be done. */
export interface StepTable {
  readonly system: StepSystem
  readonly actor: Actor
  readonly provenBy: ProvenBy
  /** What to do, in one sentence each. */
  readonly steps: { readonly [id in StepId]?: string }
}

/** Steps from which there is no way back. */
export const irreversible: readonly StepId[] = [
  'make-new-account',
  'enable-messaging-api',
  'choose-provider',
  'create-login-channel',
  'publish-login-channel',
  'issue-long-lived-token',
  'end-long-lived-token',
]

/** Every step, once. */
export const stepTables: readonly StepTable[] = [
  // Signing in, and who may.
  {
    system: 'business-id',
    actor: 'business-id-owner',
    provenBy: 'attest',
    steps: {
      'use-login-link': 'Sign in from the login page of LINE Official Account Manager',
      'try-other-login-method':
        'Sign in by the method that the Business ID was made with: try the LINE account and the business account',
      'reset-business-password':
        'Reset the password of the business account, with the e-mail address that is used to sign in',
      'check-mailbox': 'Look for the code in the mailbox of the Business ID, its spam folder included',
      'review-devices':
        'Change the password, take unknown devices off the account, and look through who is an administrator',
      'keep-access-records': 'Keep on record who signs in how, and with which address',
    },
  },
  {
    system: 'line-app',
    actor: 'business-id-owner',
    provenBy: 'attest',
    steps: {
      'set-line-email':
        'Set an e-mail address and a password for the LINE account in the LINE app, then sign in with them',
      'change-line-password': 'Set a new password in the LINE app: it cannot be shown, and is not reset anywhere else',
      'type-code-in-line-app':
        'Type the code that the page shows into the LINE app on a phone that is signed in to the same LINE account',
      'move-line-account':
        'Move the LINE account to the new phone first; a business account needs nothing but signing in',
    },
  },
  {
    system: 'manager',
    actor: 'account-administrator',
    provenBy: 'attest',
    steps: {
      'be-made-administrator': 'Have an administrator make you an administrator of the account',
      'invite-administrator': 'Invite a second administrator, so that the account is not lost with one person',
      'invite-again': 'Issue another invitation: each is good for one person and 24 hours',
      'free-a-member-place': 'Remove a member: an account has at most 100',
      'change-member-role': 'Change the role in Settings, Permissions; nobody can change their own',
      'confirm-member-list': 'Look whether the list of permissions shows the name with the new role',
      'appoint-partner': 'Let an authorised LINE partner hold administration too, who can help when nobody can sign in',
    },
  },
  {
    system: 'console',
    actor: 'channel-admin',
    provenBy: 'attest',
    steps: {
      'be-given-channel-role':
        'Have an admin of the channel give you a role in it; a role in the account or in the provider is not enough',
      'find-channel-owner': 'Find the colleague who enabled the Messaging API: the channel belongs to their provider',
    },
  },
  {
    system: 'manager',
    actor: 'business-id-owner',
    provenBy: 'attest',
    steps: {
      'make-new-account': 'Make a new account when nothing else helps; the friends of the old one stay behind',
      'contact-support':
        "Write to LINE's support with the account, its administrators, the time, the device and the words of the error, and keep the case number",
    },
  },
  // Making an account and its channels.
  {
    system: 'manager',
    actor: 'business-id-owner',
    provenBy: 'api',
    steps: {
      'create-account':
        'Create the Official Account on its entry page, check the data, and accept the terms on the first visit of the Manager',
    },
  },
  {
    system: 'manager',
    actor: 'account-administrator',
    provenBy: 'attest',
    steps: {
      'set-profile': 'Set name, picture and cover in Settings, Account settings',
    },
  },
  {
    system: 'manager',
    actor: 'account-administrator',
    provenBy: 'probe',
    steps: {
      'request-verification': 'Apply for verification: only verified and premium accounts may list their followers',
      'enable-messaging-api': 'Enable the Messaging API in Settings, as the owner of the account or with them',
    },
  },
  {
    system: 'console',
    actor: 'account-administrator',
    provenBy: 'attest',
    steps: {
      'register-developer': 'Give a name and an e-mail address when the Console asks for them the first time',
      'give-policy-urls': 'Give the addresses of privacy policy and terms of use, where the tool asks for them',
    },
  },
  {
    system: 'console',
    actor: 'provider-admin',
    provenBy: 'probe',
    steps: {
      'choose-provider': 'Choose the provider: the company that the account belongs to, and not the tool',
      'use-one-provider':
        'Use a LINE Login channel of the provider that holds the Messaging API channel: user IDs differ between providers',
    },
  },
  {
    system: 'console',
    actor: 'channel-admin',
    provenBy: 'attest',
    steps: {
      'open-channel': 'Open the channel in the Console: provider, then channel; tell it by picture, name and basic ID',
    },
  },
  {
    system: 'console',
    actor: 'provider-admin',
    provenBy: 'api',
    steps: {
      'create-login-channel': 'Create a LINE Login channel under the provider of the account; its region is fixed',
    },
  },
  {
    system: 'console',
    actor: 'channel-admin',
    provenBy: 'api',
    steps: {
      'register-public-key':
        'Register the public key of the tool in the basic settings of the channel, under Assertion signing key',
    },
  },
  {
    system: 'console',
    actor: 'channel-admin',
    provenBy: 'probe',
    steps: {
      'publish-login-channel': 'Publish the LINE Login channel, so that people without a role in it can log in',
      'link-account': 'Link the Official Account to the LINE Login channel, in its basic settings',
    },
  },
  {
    system: 'tool',
    actor: 'tool-operator',
    provenBy: 'attest',
    steps: {
      'sign-up-for-tool': 'Keep the private login link that the tool sends when it confirms the registration',
    },
  },
  // What is copied from LINE into the tool.
  {
    system: 'console',
    actor: 'channel-admin',
    provenBy: 'api',
    steps: {
      'copy-channel-id': 'Copy the channel ID from the basic settings of the channel',
      'copy-channel-secret': 'Copy the channel secret from the basic settings of the same channel as the channel ID',
      'copy-messaging-values': 'Copy the values of the Messaging API channel: these are of a LINE Login channel',
      'copy-login-values': 'Copy the values of the LINE Login channel: these are of a Messaging API channel',
      'copy-channel-access-token':
        'Copy the long-lived token of this channel; if there is one do not reissue it, which would end it for every tool',
      'issue-long-lived-token': 'Issue a long-lived token; a reissue ends the one before for every tool',
      'copy-kid':
        'Copy the kid that the Console showed for the key, and the ID of the channel on which the key is registered',
      'allow-address':
        "Add the tool's addresses to the allow list of the long-lived token, in the Security tab of the channel",
    },
  },
  {
    system: 'manager',
    actor: 'account-administrator',
    provenBy: 'api',
    steps: {
      'copy-line-id': 'Copy the LINE ID from the top of LINE Official Account Manager',
      'compare-account': 'Compare picture, name and basic ID with the account that you mean',
    },
  },
  {
    system: 'tool',
    actor: 'tool-operator',
    provenBy: 'api',
    steps: {
      'set-clock': "Set the clock of the tool's machine right: assertions are good for 30 minutes only",
    },
  },
  // Webhook and answers.
  {
    system: 'tool',
    actor: 'tool-operator',
    provenBy: 'api',
    steps: {
      'say-take-over': 'Decide whether this tool is to take the webhook from the one that has it now, and say so',
      'disconnect-there-first': 'Disconnect the account from the other team first',
      'mend-webhook-server':
        'Let the webhook URL answer with a 2xx within 2 seconds, over https with a full chain from a public authority, and without a redirect',
      'mend-signature-check':
        'Give the receiver the secret of this channel, and the body as it came: it refuses the signature',
      'try-again': 'Try again: LINE could not be asked',
    },
  },
  {
    system: 'console',
    actor: 'channel-admin',
    provenBy: 'api',
    steps: {
      'paste-webhook-url': 'Paste the webhook URL of the tool into the Messaging API tab, and have it verified',
      'clear-webhook-url': 'Delete the webhook URL in the Messaging API tab: no API can',
    },
  },
  {
    system: 'manager',
    actor: 'account-administrator',
    provenBy: 'api',
    steps: {
      'switch-webhook-on': 'Switch Use webhook on in the response settings, reload, and look again: it can fall back',
      'switch-webhook-off': 'Switch Use webhook off in the response settings',
      'switch-chat-on': 'Switch Chat on in the response settings, so that people can answer in LINE too',
      'switch-chat-off': 'Switch Chat off in the response settings, so that only the tool answers',
      'reload-later': 'Wait a minute and look again; where the Console shows another state, the Manager is right',
      'raise-quota': 'Raise the plan or the additional messages, or wait for the next month',
    },
  },
  {
    system: 'manager',
    actor: 'account-administrator',
    provenBy: 'attest',
    steps: {
      'switch-greeting-off': 'Switch the greeting message off, or people are greeted twice',
      'switch-greeting-on': 'Switch greeting and auto-response on again, if you want LINE to answer',
      'switch-auto-response-off': 'Switch auto-response off, or people are answered twice',
      'switch-response-hours-off': 'Switch response hours off, or people are told twice that nobody is there',
      'set-manual-chat': 'Set the chat response method to manual, or keywords are answered twice',
      'forbid-groups': 'Forbid the account to join group chats, unless the tool serves them',
      'allow-groups': 'Allow the account to join group chats',
    },
  },
  {
    system: 'line-app',
    actor: 'line-user',
    provenBy: 'attest',
    steps: {
      'send-test-message': 'Write to the account from a phone and count the answers',
    },
  },
  {
    system: 'line-app',
    actor: 'line-user',
    provenBy: 'probe',
    steps: {
      'log-in-as-outsider':
        'Log in with a LINE account that has no role in the LINE Login channel, and is a friend of the account',
    },
  },
  // What remains when a tool has left.
  {
    system: 'manager',
    actor: 'account-administrator',
    provenBy: 'attest',
    steps: {
      'remove-tool-members': "Remove the tool's people from the account, the provider and the channels",
    },
  },
  {
    system: 'console',
    actor: 'channel-admin',
    provenBy: 'api',
    steps: {
      'delete-public-key': "Delete the tool's public key from the channel",
      'end-long-lived-token':
        'End the long-lived token that the tool was given: reissue it, or have the tool revoke it',
    },
  },
]
