import type { ResponseSettings } from '../../../account/model.js'
import { type ChannelAction, type ChannelRole, can } from '../../../account/roles.js'
import { LineInputError } from '../../../core/errors.js'
import { checkPublicJwk } from '../../../keys/public-jwk.js'
import type { AssertionPublicJwk } from '../../../keys/types.js'
import { type Account, accountOf, closeChannel } from '../../account.js'
import { checkOptions } from '../../check-options.js'
import { loginSettings } from '../../login/channel.js'
import type { Channel, DeliveryReport, MessagingChannel } from '../../state.js'
import { usableTokens } from '../../tokens/state.js'
import { userIdOf, type World } from '../../world.js'
import type { ConsoleState, Visitor } from '../console-state.js'
import { shownInConsole } from '../manager/response-actions.js'
import { refuseAction } from '../refusal.js'
import { type ChannelProfile, isReserved, nameOf, profileOf, webhookErrors } from './channel-profile.js'
import { holders, type ListedChannel, type RoleHolder } from './provider-actions.js'
import type { ChannelReference } from './role-actions.js'
import { asDeveloper, atChannel, channelRoles } from './roles.js'

/** The page of a channel. Values that the visitor's role does not show are `undefined`. */
export interface ChannelPage {
  /** The channel ID: 10 digits. */
  readonly channelId: string
  /** The kind of channel. */
  readonly kind: Channel['kind']
  /** The role of the visitor. */
  readonly role: ChannelRole
  /** The channel name. */
  readonly name: string
  /** The visitor's own user ID, when a LINE account is linked with the Business ID. No API returns it. */
  readonly yourUserId: string | undefined
  /** The URL in the QR code of a Messaging API channel, with which users add the account. */
  readonly addFriendUrl: string | undefined
  /** The channel description. Shown to admins and members. */
  readonly description: string | undefined
  /** The failed deliveries of a Messaging API channel since error statistics were switched on; `undefined` while they are off. */
  readonly webhookErrors: readonly DeliveryReport[] | undefined
  /** The channel secret: 32 hexadecimal digits. Shown to admins. */
  readonly channelSecret: string | undefined
  /** The contact email address. Shown to admins. */
  readonly email: string | undefined
  /** The region of a LINE Login channel. Shown to admins. */
  readonly region: ChannelProfile['region']
  /** The `kid` of each assertion signing key. Shown to admins. */
  readonly assertionKeys: readonly string[] | undefined
  /** Everyone with a role at the channel. Shown to admins. */
  readonly roles: readonly RoleHolder<ChannelRole>[] | undefined
  /** Whether a LINE Login channel is published. */
  readonly published: boolean | undefined
  /** The linked LINE Official Account of a LINE Login channel. Shown to admins. */
  readonly linkedAccount: Account | undefined
  /** The long-lived token of a Messaging API channel, if one was issued. Shown to admins. */
  readonly longLivedToken: string | undefined
  /** The webhook URL of a Messaging API channel. Shown to admins. */
  readonly webhookUrl: string | undefined
  /** The response settings of a Messaging API channel. Changes in LINE Official Account Manager may show with a delay. Shown to admins. */
  readonly responseSettings: ResponseSettings | undefined
}

/** Actions for channels of all kinds. */
export interface ChannelActions {
  /** The channels where the visitor has a role. */
  channels(): readonly ListedChannel[]
  /**
   * Opens a channel.
   *
   * @throws {LineConsoleRefusal} `no_console_permission`, status 404, for visitors without a role at the channel.
   */
  channel(channel: ChannelReference): ChannelPage
  /**
   * Changes the name or the description of a channel. A Messaging API channel has the name of its account.
   *
   * @throws {LineConsoleRefusal} `channel_name_reserved`, `console_admin_only`.
   */
  editChannel(
    channel: ChannelReference,
    profile: {
      /** The new name, of a LINE Login channel only. It cannot contain "LINE". Default: unchanged. */
      readonly name?: string | undefined
      /** The new description. Default: unchanged. */
      readonly description?: string | undefined
    },
  ): void
  /**
   * Registers the public half of an assertion signing key and returns its `kid`.
   *
   * @throws {LineInputError} with everything that the console refuses about the key.
   */
  registerAssertionKey(channel: ChannelReference, jwk: unknown): string
  /** Removes an assertion signing key. Unknown keys are ignored. */
  removeAssertionKey(channel: ChannelReference, kid: string): void
  /** Replaces the channel secret. The old one becomes invalid at once: deliveries are signed with the new one. */
  reissueChannelSecret(channel: ChannelReference): string
  /**
   * Issues the long-lived token of a Messaging API channel. The previous one expires at once, or after the overlap.
   *
   * @throws {LineConsoleRefusal} `overlap_invalid`.
   */
  issueLongLivedToken(
    channel: ChannelReference,
    options?: {
      /** How long the previous token stays valid, in hours from 0 to 24. Default: 0. */
      readonly overlap?: number | undefined
    },
  ): string
  /**
   * Deletes a LINE Login channel. This cannot be undone.
   *
   * @throws {LineConsoleRefusal} `channel_undeletable` for a Messaging API channel.
   */
  deleteChannel(channel: ChannelReference): void
}

/** The Messaging API channel that a page is about. */
export function messagingChannel(channel: Channel): MessagingChannel {
  if (channel.kind !== 'messaging') throw new LineInputError('channel must be a Messaging API channel')
  return channel
}

function longLivedToken(world: World, channel: Channel): string | undefined {
  // A replaced token is valid until the end of the overlap, but is not shown.
  const shown = usableTokens(world, channel, 'long-lived').find(
    ({ expiresAt }) => expiresAt === Number.POSITIVE_INFINITY,
  )
  return shown?.token
}

function show(
  consoles: ConsoleState,
  channel: Channel,
  role: ChannelRole,
  yourUserId: string | undefined,
): ChannelPage {
  const { channelId, kind } = channel
  const { description, email, region } = profileOf(channel)
  const shown = <Value>(action: ChannelAction, value: () => Value) =>
    can(`channel.${role}`, action) ? value() : undefined
  const login = channel.kind === 'login' ? channel : undefined
  const messaging = channel.kind === 'messaging' ? channel : undefined
  const linked = login?.linkedAccount
  return {
    ...{ channelId, kind, role, name: nameOf(channel), yourUserId },
    addFriendUrl: messaging && `https://line.me/R/ti/p/${encodeURIComponent(messaging.account.basicId)}`,
    description: shown('see-description', () => description),
    webhookErrors: shown('see-webhook-errors', () => messaging && webhookErrors(messaging)),
    published: login?.published,
    channelSecret: shown('see-channel-secret', () => channel.channelSecret),
    email: shown('edit-contact', () => email),
    region: shown('see-region', () => region),
    assertionKeys: shown('manage-assertion-keys', () => [...channel.assertionKeys.keys()]),
    roles: shown('manage-roles', () => holders(consoles, channelRoles(channel))),
    linkedAccount: shown('link-account', () => linked && accountOf(linked)),
    longLivedToken: shown('use-messaging-api-tab', () => messaging && longLivedToken(consoles.world, messaging)),
    webhookUrl: shown('use-messaging-api-tab', () => messaging?.account.settings.webhookUrl),
    responseSettings: shown('use-messaging-api-tab', () => messaging && shownInConsole(consoles, messaging.account)),
  }
}

/** The pages about channels of either kind. Rules: where-values-stand, key-exchange, token-is-not-reissued. */
export function channelActions(consoles: ConsoleState, who: Visitor): ChannelActions {
  const { world } = consoles
  const open = (reference: ChannelReference, action: ChannelAction) => atChannel(consoles, who, reference, action)
  return {
    channels() {
      const visitor = asDeveloper(who)
      const own = [...world.channels.values()].filter((channel) => channelRoles(channel).has(visitor))
      return own.map(({ channelId, kind }) => ({ channelId, kind }))
    },
    channel(reference) {
      const channel = open(reference, 'see-name')
      const visitor = who()
      const role = channelRoles(channel).get(visitor) ?? refuseAction('no_console_permission')
      return show(consoles, channel, role, visitor.line && userIdOf(visitor.line, channel.provider))
    },
    editChannel(reference, options) {
      checkOptions('editChannel', options)
      const { name, description } = options
      const channel = open(reference, name === undefined ? 'edit-description' : 'edit-name')
      if (name !== undefined && (name === '' || channel.kind !== 'login')) refuseAction('form_invalid')
      if (name !== undefined && isReserved(name)) refuseAction('channel_name_reserved')
      if (name !== undefined && channel.kind === 'login') loginSettings(channel).name = name
      if (description !== undefined) profileOf(channel).description = description
    },
    registerAssertionKey: (reference, jwk) =>
      registerAssertionKey(world, open(reference, 'manage-assertion-keys'), jwk),
    removeAssertionKey: (reference, kid) => void open(reference, 'manage-assertion-keys').assertionKeys.delete(kid),
    reissueChannelSecret(reference) {
      const channel = open(reference, 'see-channel-secret')
      channel.channelSecret = world.ids.hex(32)
      return channel.channelSecret
    },
    issueLongLivedToken(reference, options = {}) {
      checkOptions('issueLongLivedToken', options)
      const { overlap = 0 } = options
      const { account } = messagingChannel(open(reference, 'use-messaging-api-tab'))
      if (!(overlap >= 0 && overlap <= 24)) refuseAction('overlap_invalid')
      return accountOf(account).issueLongLivedToken({ overlap })
    },
    deleteChannel(reference) {
      const channel = open(reference, 'delete-channel')
      if (channel.kind !== 'login') refuseAction('channel_undeletable')
      closeChannel(world, channel.channelId)
    },
  }
}

/**
 * Registers the public half of an assertion signing key and returns its `kid`.
 *
 * @throws {LineInputError} with everything that the console would refuse about the key.
 */
export function registerAssertionKey(world: World, channel: Channel, jwk: unknown): string {
  const problems = checkPublicJwk(jwk)
  if (problems.length)
    throw new LineInputError(`registerAssertionKey: ${problems.map(({ message }) => message).join('; ')}`, { problems })
  const { n, e }: AssertionPublicJwk = typeof jwk === 'string' ? JSON.parse(jwk) : (jwk as AssertionPublicJwk) // the check above has found one
  const kid = world.ids.uuid()
  channel.assertionKeys.set(kid, { kty: 'RSA', alg: 'RS256', use: 'sig', n, e })
  return kid
}
