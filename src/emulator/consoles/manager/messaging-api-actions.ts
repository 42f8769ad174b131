import { type Account, isEnabled, type OfficialAccount, openChannel } from '../../account.js'
import { checkOptions } from '../../check-options.js'
import { isWebhookUrl } from '../../delivery/post.js'
import type { Provider, ProviderState } from '../../state.js'
import { addProvider, providerOf, providerState } from '../../world.js'
import type { Developer } from '../business-id/identity.js'
import type { ConsoleState, Visitor } from '../console-state.js'
import { isAddress } from '../console-state.js'
import { checkRoom, grant, mayAtProvider, ownProvider, providerRoles } from '../developers/roles.js'
import { refuseAction } from '../refusal.js'
import { withPermission } from './roles.js'

/** The dialog that enables the Messaging API. */
export interface EnableForm {
  /** A provider where the visitor is an admin, or the name of a new one. It cannot be changed later. */
  readonly provider:
    | Provider
    | {
        /** The name of the new provider. It cannot be empty. */
        readonly name: string
      }
  /** The developer account, which is required when the visitor has never used the LINE Developers Console. */
  readonly developer?: Developer | undefined
  /** The URL of the privacy policy. The emulator ignores it. */
  readonly privacyPolicyUrl?: string | undefined
  /** The URL of the terms of use. The emulator ignores it. */
  readonly termsUrl?: string | undefined
  /** Whether the visitor agrees to the terms of the API. */
  readonly agreeToTerms: boolean
}

/** The page Settings, Messaging API. */
export type MessagingApiPage =
  | {
      /** Whether the Messaging API is enabled. */
      readonly status: 'off'
    }
  | {
      /** Whether the Messaging API is enabled. */
      readonly status: 'in-use'
      /** The name of the provider. */
      readonly provider: string
      /** The channel ID: 10 digits. */
      readonly channelId: string
      /** The channel secret: 32 hexadecimal digits. */
      readonly channelSecret: string
      /** The webhook URL, if one is set. */
      readonly webhookUrl: string | undefined
    }

/** The page Settings, Messaging API. All actions require the administrator role. */
export interface MessagingApiActions {
  /**
   * Opens the page.
   *
   * @throws {LineConsoleRefusal} `not_administrator`.
   */
  messagingApi(account: OfficialAccount): MessagingApiPage
  /** The providers that the dialog offers: those where the visitor is an admin. */
  providersToChoose(account: OfficialAccount): readonly Provider[]
  /**
   * Enables the Messaging API. This cannot be undone. The visitor becomes the only admin of the channel.
   *
   * @throws {LineConsoleRefusal} `messaging_api_in_use`, `developer_missing`, `provider_not_admin`, `provider_limit`, `terms_not_agreed`.
   */
  enableMessagingApi(account: OfficialAccount, form: EnableForm): Account
  /**
   * Sets the webhook URL.
   *
   * @throws {LineConsoleRefusal} `messaging_api_off`, `webhook_url_invalid`.
   */
  setWebhookUrl(account: OfficialAccount, url: string): void
}

/** Refuses a developer account without a name or an email address. */
export function checkDeveloper(developer: Developer): void {
  checkOptions('registerDeveloper', developer)
  const { name, email } = developer
  if (name === '' || !isAddress(email)) refuseAction('form_invalid')
}

/** The pages about the Messaging API. Rules: account-before-channel, api-enabled-once, one-channel-per-account, enabler-is-admin, developer-first. */
export function messagingApiActions(consoles: ConsoleState, who: Visitor): MessagingApiActions {
  const { world } = consoles
  const isAdminAt = (provider: ProviderState) => mayAtProvider(providerRoles(provider).get(who()), 'create-channel')
  const isKnown = (provider: EnableForm['provider']): provider is Provider => 'providerId' in provider
  return {
    messagingApi(account) {
      const state = withPermission(consoles, who, account, 'open-messaging-api-page')
      if (!isEnabled(world, state)) return { status: 'off' }
      const { provider, channelId, channelSecret } = state.channel
      return {
        status: 'in-use',
        provider: provider.name,
        channelId,
        channelSecret,
        webhookUrl: state.settings.webhookUrl,
      }
    },
    providersToChoose(account) {
      withPermission(consoles, who, account, 'open-messaging-api-page')
      return [...world.providers.values()].filter(isAdminAt).map((provider) => providerOf(world, provider))
    },
    enableMessagingApi(account, form) {
      checkOptions('enableMessagingApi', form)
      const { provider, developer, agreeToTerms } = form
      const state = withPermission(consoles, who, account, 'open-messaging-api-page')
      if (isEnabled(world, state)) refuseAction('messaging_api_in_use')
      const visitor = who()
      const registered = visitor.developer ?? developer ?? refuseAction('developer_missing')
      checkDeveloper(registered)
      const existing = isKnown(provider) ? providerState(world, provider) : undefined
      const isChosen = existing
        ? isAdminAt(existing) && world.providers.get(existing.providerId) === existing
        : provider.name !== ''
      if (!isChosen) refuseAction('provider_not_admin')
      if (!agreeToTerms) refuseAction('terms_not_agreed')
      checkRoom(world, visitor, { kind: 'messaging', provider: existing ?? state.channel.provider })
      const chosen = existing ?? ownProvider(visitor, () => addProvider(world, provider.name))
      visitor.developer = registered
      const enabled = openChannel(world, state, chosen)
      grant(world, state.channel, visitor, 'admin')
      return enabled
    },
    setWebhookUrl(account, url) {
      const state = withPermission(consoles, who, account, 'open-messaging-api-page')
      if (!isEnabled(world, state)) refuseAction('messaging_api_off')
      if (!isWebhookUrl(url)) refuseAction('webhook_url_invalid')
      state.settings.webhookUrl = url
    },
  }
}
