import { LineInputError } from '../core/errors.js'
import { registerAssertionKey } from './consoles/assertion-keys.js'
import { type ChannelPages, channelPages } from './consoles/channel-pages.js'
import { type ChannelReference, type ChannelRolePages, channelRolePages } from './consoles/channel-role-pages.js'
import { type ChannelRole, grant, type ProviderRole, providerRoles } from './consoles/console-roles.js'
import { type BusinessId, businessIdState } from './consoles/identity.js'
import { type LoginChannelPages, loginChannelPages } from './consoles/login-channel-pages.js'
import type { Office } from './consoles/office.js'
import { type ProviderPages, providerPages } from './consoles/provider-pages.js'
import { type Session, visitorOf } from './consoles/sign-in.js'
import { type WebhookPages, webhookPages } from './consoles/webhook-pages.js'
import type { Channel, Provider } from './state.js'

/** The LINE Developers Console as somebody sees it who is signed in. */
export interface ConsolePages extends ProviderPages, ChannelPages, ChannelRolePages, WebhookPages, LoginChannelPages {}

/** What an administrator does by hand in the LINE Developers Console, for which LINE has no API. */
export interface Console {
  /** Opens it with a session. Every step refuses with `signed_out` when the session has ended. */
  as(session: Session): ConsolePages
  /**
   * Registers the public half of an assertion signing key and gives its `kid`.
   *
   * @param jwk the JWK, or its JSON text.
   * @throws {LineInputError} when the console would refuse the key: anything but an RSA key of 2048 bits for RS256 without `kid`.
   */
  registerAssertionKey(channel: ChannelReference, jwk: unknown): string
  /**
   * Gives a role at a provider without an invitation, as tests need it for `createProvider`.
   *
   * @param role default: `admin`.
   */
  appointAtProvider(provider: Provider, businessId: BusinessId, role?: ProviderRole): void
  /**
   * Gives a role at a channel without an invitation, as tests need it for `createAccount`.
   *
   * @param role default: `admin`.
   */
  appointAtChannel(channel: ChannelReference, businessId: BusinessId, role?: ChannelRole): void
}

/** Makes the console of an emulator. */
export function createConsole(office: Office): Console {
  const { world } = office
  const known = ({ channelId }: ChannelReference): Channel => {
    const channel = world.channels.get(channelId)
    if (!channel) throw new LineInputError('This emulator has no such channel')
    return channel
  }
  return {
    as(session) {
      const who = visitorOf(office, session)
      return {
        ...providerPages(office, who),
        ...channelPages(office, who),
        ...channelRolePages(office, who),
        ...webhookPages(office, who),
        ...loginChannelPages(office, who),
      }
    },
    registerAssertionKey: (channel, jwk) => registerAssertionKey(world, known(channel), jwk),
    appointAtProvider(provider, businessId, role = 'admin') {
      if (world.providers.get(provider.providerId) !== provider)
        throw new LineInputError('This provider belongs to another emulator')
      providerRoles(provider).set(businessIdState(office, businessId), role)
    },
    appointAtChannel: (channel, businessId, role = 'admin') =>
      grant(world, known(channel), businessIdState(office, businessId), role),
  }
}
