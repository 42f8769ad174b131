import { type Account, isEnabled, type OfficialAccount, openChannel } from '../account.js'
import { isWebhookUrl } from '../delivery/webhook-url.js'
import type { Provider } from '../state.js'
import { addProvider } from '../world.js'
import { withPermission } from './account-roles.js'
import { checkRoom, grant, ownProvider, providerRoles } from './console-roles.js'
import type { Developer } from './identity.js'
import { isAddress } from './mail.js'
import type { Office, Visitor } from './office.js'
import { turnAway } from './refusal.js'

/** The dialog that enables the Messaging API. */
export interface EnableForm {
  /** A provider where the visitor is an admin, or the name of a new one, which is what the dialog suggests. It can never be changed. */
  readonly provider: Provider | { readonly name: string }
  /** Name and e-mail address, which are asked for when the visitor has never used the Developers Console. */
  readonly developer?: Developer | undefined
  readonly privacyPolicyUrl?: string | undefined
  readonly termsUrl?: string | undefined
  /** Whether the terms of the API are agreed to. */
  readonly agreeToTerms: boolean
}

/** What the page shows. */
export type MessagingApiPage =
  | { readonly status: 'off' }
  | {
      readonly status: 'in-use'
      readonly provider: string
      readonly channelId: string
      readonly channelSecret: string
      readonly webhookUrl: string | undefined
    }

/** Settings, Messaging API. All of it needs the role of an administrator. */
export interface MessagingApiPages {
  messagingApi(account: OfficialAccount): MessagingApiPage
  /** The providers that the dialog offers: those where the visitor is an admin. */
  providersToChoose(account: OfficialAccount): readonly Provider[]
  /**
   * Enables the Messaging API, once and for ever. The visitor becomes the only admin of the channel.
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

/** Refuses a developer account without a name or an e-mail address. */
export function checkDeveloper({ name, email }: Developer): void {
  if (name === '' || !isAddress(email)) turnAway('form_invalid')
}

/** The pages about the Messaging API. Rules: account-before-channel, api-enabled-once, one-channel-per-account, enabler-is-admin, developer-first. */
export function messagingApiPages(office: Office, who: Visitor): MessagingApiPages {
  const { world } = office
  const isAdminAt = (provider: Provider) => providerRoles(provider).get(who()) === 'admin'
  const isKnown = (provider: EnableForm['provider']): provider is Provider => 'providerId' in provider
  return {
    messagingApi(account) {
      const state = withPermission(office, who, account, 'messaging-api')
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
      withPermission(office, who, account, 'messaging-api')
      return [...world.providers.values()].filter(isAdminAt)
    },
    enableMessagingApi(account, { provider, developer, agreeToTerms }) {
      const state = withPermission(office, who, account, 'messaging-api')
      if (isEnabled(world, state)) turnAway('messaging_api_in_use')
      const visitor = who()
      const registered = visitor.developer ?? developer ?? turnAway('developer_missing')
      checkDeveloper(registered)
      if (
        isKnown(provider)
          ? !isAdminAt(provider) || world.providers.get(provider.providerId) !== provider
          : provider.name === ''
      )
        turnAway('provider_not_admin')
      if (!agreeToTerms) turnAway('terms_not_agreed')
      checkRoom(world, visitor, { kind: 'messaging', provider: isKnown(provider) ? provider : state.channel.provider })
      const chosen = isKnown(provider) ? provider : ownProvider(visitor, () => addProvider(world, provider.name))
      visitor.developer = registered
      const enabled = openChannel(world, state, chosen)
      grant(world, state.channel, visitor, 'admin')
      return enabled
    },
    setWebhookUrl(account, url) {
      const state = withPermission(office, who, account, 'messaging-api')
      if (!isEnabled(world, state)) turnAway('messaging_api_off')
      if (!isWebhookUrl(url)) turnAway('webhook_url_invalid')
      state.settings.webhookUrl = url
    },
  }
}
