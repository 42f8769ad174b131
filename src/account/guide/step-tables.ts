import type { Actor, ProvenBy, StepId, StepSystem } from './steps.js'

/** Steps with the same system, actor and proof. */
export interface StepTable {
  readonly system: StepSystem
  readonly actor: Actor
  readonly provenBy: ProvenBy
  /** The instruction of each step, in one sentence. */
  readonly steps: { readonly [id in StepId]?: string }
}

/** Steps that cannot be undone. */
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
  // Signing in and permissions.
  {
    system: 'business-id',
    actor: 'business-id-owner',
    provenBy: 'person',
    steps: {
      'use-login-link': 'Sign in from the login page of LINE Official Account Manager',
      'try-other-login-method':
        'Sign in the way the Business ID was created: try both the LINE account and the business account',
      'reset-business-password': 'Reset the password of the business account with the email address used to sign in',
      'check-mailbox': 'Look for the code in the mailbox of the Business ID, including the spam folder',
      'review-devices': 'Change the password, remove unknown devices, and review who is an administrator',
      'keep-access-records': 'Keep a record of who signs in, how, and with which email address',
    },
  },
  {
    system: 'line-app',
    actor: 'business-id-owner',
    provenBy: 'person',
    steps: {
      'set-line-email':
        'Set an email address and a password for the LINE account in the LINE app, then sign in with them',
      'change-line-password':
        'Set a new password in the LINE app; the current one is not shown there and cannot be reset elsewhere',
      'type-code-in-line-app':
        'Enter the code shown on the page in the LINE app, on a phone that is signed in to the same LINE account',
      'move-line-account': 'Transfer the LINE account to the new phone first; a business account only has to sign in',
    },
  },
  {
    system: 'manager',
    actor: 'account-administrator',
    provenBy: 'person',
    steps: {
      'be-made-administrator': 'Ask an administrator to make you an administrator of the account',
      'invite-administrator': 'Invite a second administrator, so that the account is not lost when one person leaves',
      'invite-again': 'Create another invitation; each works for one person and 24 hours',
      'free-a-member-place': 'Remove a member; an account can have at most 100',
      'change-member-role': 'Change the role under Settings > Permissions; people cannot change their own role',
      'confirm-member-list': 'Check that the list of permissions shows the person with the new role',
      'appoint-partner':
        'Make an authorized LINE partner an administrator too, who can help if none of your administrators can sign in',
    },
  },
  {
    system: 'console',
    actor: 'channel-admin',
    provenBy: 'person',
    steps: {
      'be-given-channel-role':
        'Ask an admin of the channel to give you a role in it; a role in the account or the provider is not enough',
      'find-channel-owner':
        "Find the colleague who enabled the Messaging API; the channel belongs to that person's provider",
    },
  },
  {
    system: 'manager',
    actor: 'business-id-owner',
    provenBy: 'person',
    steps: {
      'make-new-account': 'Create a new account if nothing else helps; friends of the old account are not transferred',
      'contact-support':
        'Contact LINE support with the account, its administrators, the time, the device and the error text, and keep the case number',
    },
  },
  // Creating an account and its channels.
  {
    system: 'manager',
    actor: 'business-id-owner',
    provenBy: 'api',
    steps: {
      'create-account':
        'Create the Official Account on its registration page, check the entries, and accept the terms on the first visit to LINE Official Account Manager',
    },
  },
  {
    system: 'manager',
    actor: 'account-administrator',
    provenBy: 'person',
    steps: {
      'set-profile': 'Set the name, the profile picture and the cover under Settings > Account settings',
    },
  },
  {
    system: 'manager',
    actor: 'account-administrator',
    provenBy: 'probe',
    steps: {
      'request-verification': 'Request verification; only verified and premium accounts may list their followers',
      'enable-messaging-api':
        'Enable the Messaging API under Settings, as the owner of the account or together with the owner',
    },
  },
  {
    system: 'console',
    actor: 'account-administrator',
    provenBy: 'person',
    steps: {
      'register-developer':
        'Enter a name and an email address when the LINE Developers Console asks for them the first time',
      'give-policy-urls': 'Enter the URLs of the privacy policy and the terms of use, if the tool asks for them',
    },
  },
  {
    system: 'console',
    actor: 'provider-admin',
    provenBy: 'probe',
    steps: {
      'choose-provider': 'Choose the provider of the company that owns the account, not the provider of the tool',
      'use-one-provider':
        'Use a LINE Login channel of the same provider as the Messaging API channel; user IDs differ between providers',
    },
  },
  {
    system: 'console',
    actor: 'channel-admin',
    provenBy: 'person',
    steps: {
      'open-channel':
        'Open the provider and then the channel in the LINE Developers Console; identify it by picture, name and basic ID',
    },
  },
  {
    system: 'console',
    actor: 'provider-admin',
    provenBy: 'api',
    steps: {
      'create-login-channel':
        'Create a LINE Login channel under the provider of the account; its region cannot be changed later',
    },
  },
  {
    system: 'console',
    actor: 'channel-admin',
    provenBy: 'api',
    steps: {
      'register-public-key':
        "Register the tool's public key in the channel's Basic settings tab, under Assertion signing key",
    },
  },
  {
    system: 'console',
    actor: 'channel-admin',
    provenBy: 'probe',
    steps: {
      'publish-login-channel': 'Publish the LINE Login channel, so that users without a role in it can log in',
      'link-account': 'Link the Official Account in the Basic settings tab of the LINE Login channel',
    },
  },
  {
    system: 'tool',
    actor: 'tool-operator',
    provenBy: 'person',
    steps: {
      'sign-up-for-tool': 'Keep the private login link that the tool sends to confirm the registration',
    },
  },
  // Values that are copied from LINE into the tool.
  {
    system: 'console',
    actor: 'channel-admin',
    provenBy: 'api',
    steps: {
      'copy-channel-id': "Copy the channel ID from the channel's Basic settings tab",
      'copy-channel-secret':
        'Copy the channel secret from the Basic settings tab of the same channel as the channel ID',
      'copy-messaging-values':
        'Copy the values of the Messaging API channel; the entered ones belong to a LINE Login channel',
      'copy-login-values':
        'Copy the values of the LINE Login channel; the entered ones belong to a Messaging API channel',
      'copy-channel-access-token':
        'Copy the long-lived channel access token of this channel; do not reissue an existing one, because that revokes it for every tool',
      'issue-long-lived-token':
        'Issue a long-lived channel access token; reissuing one revokes the previous token for every tool',
      'copy-kid':
        'Copy the kid that the LINE Developers Console shows for the key, and the ID of the channel on which the key is registered',
      'allow-address':
        "Add the tool's IP addresses to the allowlist of the long-lived channel access token, in the channel's Security tab",
    },
  },
  {
    system: 'manager',
    actor: 'account-administrator',
    provenBy: 'api',
    steps: {
      'copy-line-id': 'Copy the LINE ID from the top of LINE Official Account Manager',
      'compare-account': 'Compare the picture, name and basic ID with those of the account that you want to connect',
    },
  },
  {
    system: 'tool',
    actor: 'tool-operator',
    provenBy: 'api',
    steps: {
      'set-clock': "Correct the clock of the tool's machine; assertions are valid for at most 30 minutes",
    },
  },
  // Webhook and replies.
  {
    system: 'tool',
    actor: 'tool-operator',
    provenBy: 'api',
    steps: {
      'say-take-over': "Decide whether this tool may replace the other tool's webhook, and allow it",
      'disconnect-there-first': 'Disconnect the account from the other team first',
      'mend-webhook-server':
        'Make the webhook URL respond with a 2xx status within 2 seconds, over https with a complete certificate chain from a publicly trusted CA, and without a redirect',
      'mend-signature-check':
        'Configure the receiver with the channel secret of this channel, and pass it the unmodified request body; it rejected the signature',
      'let-line-through':
        'Exclude the webhook URL from the firewall, the deployment protection or the login page in front of the receiver, so that LINE reaches it',
      'lead-url-to-receiver':
        'Make the webhook URL lead to the receiver of this tool, and give the receiver the same registry; another program answered the test',
      'try-again': 'Try again later; LINE was unavailable, or a rate limit was reached',
    },
  },
  {
    system: 'console',
    actor: 'channel-admin',
    provenBy: 'api',
    steps: {
      'paste-webhook-url': "Paste the tool's webhook URL in the Messaging API tab, and verify it",
      'clear-webhook-url': 'Delete the webhook URL in the Messaging API tab; no API can do this',
    },
  },
  {
    system: 'manager',
    actor: 'account-administrator',
    provenBy: 'api',
    steps: {
      'switch-webhook-on':
        'Turn on Use webhook in the response settings, reload the page, and check it again; LINE can turn it off again',
      'switch-webhook-off': 'Turn off Use webhook in the response settings',
      'switch-chat-on': 'Turn on Chat in the response settings, so that people can reply in LINE too',
      'switch-chat-off': 'Turn off Chat in the response settings, so that only the tool replies',
      'reload-later':
        'Wait a minute and check again; if the LINE Developers Console and LINE Official Account Manager differ, the Manager is right',
      'raise-quota': 'Upgrade the plan, raise the limit for additional messages, or wait until next month',
    },
  },
  {
    system: 'manager',
    actor: 'account-administrator',
    provenBy: 'person',
    steps: {
      'switch-greeting-off': 'Turn off the greeting message; otherwise new friends are greeted twice',
      'switch-greeting-on':
        'Turn the greeting message and auto-response on again, if the account should respond without the tool',
      'switch-auto-response-off': 'Turn off auto-response; otherwise users receive two replies',
      'switch-response-hours-off': 'Turn off response hours; otherwise users receive two messages outside these hours',
      'set-manual-chat': 'Set the chat response method to manual; otherwise keywords receive two replies',
      'forbid-groups': 'Do not allow the account to join group chats, unless the tool works in them',
      'allow-groups': 'Allow the account to join group chats',
    },
  },
  {
    system: 'line-app',
    actor: 'line-user',
    provenBy: 'person',
    steps: {
      'send-test-message': 'Send a message to the account from a phone, and count the replies',
    },
  },
  {
    system: 'line-app',
    actor: 'line-user',
    provenBy: 'probe',
    steps: {
      'log-in-as-outsider':
        'Log in with a LINE account that has no role in the LINE Login channel and is a friend of the account',
    },
  },
  // After a tool was disconnected.
  {
    system: 'manager',
    actor: 'account-administrator',
    provenBy: 'person',
    steps: {
      'remove-tool-members': "Remove the members of the tool's team from the account, the provider and the channels",
    },
  },
  {
    system: 'console',
    actor: 'channel-admin',
    provenBy: 'api',
    steps: {
      'delete-public-key': "Delete the tool's public key from the channel",
      'end-long-lived-token':
        'Revoke the long-lived channel access token that the tool received: reissue it, or have the tool revoke it',
    },
  },
]
