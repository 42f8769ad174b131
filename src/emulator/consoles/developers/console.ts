import type { ChannelRole, ProviderRole } from '../../../account/roles.js'
import { LineInputError } from '../../../core/errors.js'
import { checkOwner, guard } from '../../handle.js'
import type { Channel, Provider } from '../../state.js'
import { providerState } from '../../world.js'
import { type BusinessId, businessIdState } from '../business-id/identity.js'
import { type Session, visitorOf } from '../business-id/sessions.js'
import type { ConsoleState } from '../console-state.js'
import { type ChannelActions, channelActions, registerAssertionKey } from './channel-actions.js'
import { type LoginChannelActions, loginChannelActions } from './login-channel-actions.js'
import { type ProviderActions, providerActions } from './provider-actions.js'
import { type ChannelReference, type ChannelRoleActions, channelRoleActions } from './role-actions.js'
import { grant, providerRoles } from './roles.js'
import { type WebhookActions, webhookActions } from './webhook-actions.js'

/** The actions of the LINE Developers Console for a signed-in user. */
export interface ConsoleActions
  extends ProviderActions,
    ChannelActions,
    ChannelRoleActions,
    WebhookActions,
    LoginChannelActions {}

/** The LINE Developers Console: what an administrator does by hand, because LINE has no API for it. */
export interface Console {
  /** Opens the console with a session. Every action refuses with `signed_out` when the session has ended. */
  as(session: Session): ConsoleActions
  /**
   * Registers the public half of an assertion signing key and returns its `kid`.
   *
   * @param jwk the JWK, or its JSON text.
   * @throws {LineInputError} when the console would refuse the key: anything but an RSA key of 2048 bits for RS256 without `kid`.
   */
  registerAssertionKey(channel: ChannelReference, jwk: unknown): string
  /**
   * Grants a role at a provider without an invitation. Use it for providers made with `createProvider`.
   *
   * @param role default: `admin`.
   */
  appointAtProvider(provider: Provider, businessId: BusinessId, role?: ProviderRole): void
  /**
   * Grants a role at a channel without an invitation. Use it for accounts made with `createAccount`.
   *
   * @param role default: `admin`.
   */
  appointAtChannel(channel: ChannelReference, businessId: BusinessId, role?: ChannelRole): void
}

/** Creates the console of an emulator. */
export function createConsole(consoles: ConsoleState): Console {
  const { world } = consoles
  const known = (reference: ChannelReference): Channel => {
    checkOwner(world, 'channel', reference)
    const channel = world.channels.get(reference.channelId)
    if (!channel) throw new LineInputError('channel does not exist in this emulator, or has been deleted')
    return channel
  }
  return {
    as(session) {
      const who = visitorOf(consoles, session)
      return guard<ConsoleActions>(world, {
        ...providerActions(consoles, who),
        ...channelActions(consoles, who),
        ...channelRoleActions(consoles, who),
        ...webhookActions(consoles, who),
        ...loginChannelActions(consoles, who),
      })
    },
    registerAssertionKey: (channel, jwk) => registerAssertionKey(world, known(channel), jwk),
    appointAtProvider(provider, businessId, role = 'admin') {
      const state = providerState(world, provider)
      if (world.providers.get(state.providerId) !== state) throw new LineInputError('This provider has been deleted')
      providerRoles(state).set(businessIdState(consoles, businessId), role)
    },
    appointAtChannel: (channel, businessId, role = 'admin') =>
      grant(world, known(channel), businessIdState(consoles, businessId), role),
  }
}
