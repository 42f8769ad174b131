import { LineInputError } from '../../core/errors.js'
import { type Account, accountOf, closeChannel } from '../account.js'
import { loginSettings } from '../login/settings.js'
import type { Channel, DeliveryReport, MessagingChannel } from '../state.js'
import { isAlive } from '../tokens/ledger.js'
import { userIdOf, type World } from '../world.js'
import { registerAssertionKey } from './assertion-keys.js'
import { type ChannelProfile, isReserved, nameOf, profileOf } from './channel-profile.js'
import type { ChannelReference } from './channel-role-pages.js'
import { asDeveloper, atChannel, type ChannelRole, channelRoles } from './console-roles.js'
import type { Office, Visitor } from './office.js'
import { holders, type ListedChannel, type RoleHolder } from './provider-pages.js'
import { turnAway } from './refusal.js'
import { type ResponseSettings, shownInConsole } from './response.js'
import { webhookErrors } from './webhook-errors.js'

/** What the page of a channel shows. What the visitor's role does not show is `undefined`. */
export interface ChannelPage {
  readonly channelId: string
  readonly kind: Channel['kind']
  readonly role: ChannelRole
  readonly name: string
  /** The visitor's own user ID, where a LINE account is linked with the Business ID. No API tells it. */
  readonly yourUserId: string | undefined
  /** What the QR code of a Messaging API channel holds: the address at which people add its account. */
  readonly addFriendUrl: string | undefined
  /** From here on shown to admins and members. */
  readonly description: string | undefined
  /** Of Messaging API channels: the deliveries that failed while error statistics were on; `undefined` while they are off. */
  readonly webhookErrors: readonly DeliveryReport[] | undefined
  /** From here on shown to admins. */
  readonly channelSecret: string | undefined
  readonly email: string | undefined
  readonly region: ChannelProfile['region']
  /** The `kid` of each registered key. */
  readonly assertionKeys: readonly string[] | undefined
  readonly roles: readonly RoleHolder<ChannelRole>[] | undefined
  /** Of Login channels. */
  readonly published: boolean | undefined
  readonly linkedAccount: Account | undefined
  /** Of Messaging API channels. */
  readonly longLivedToken: string | undefined
  readonly webhookUrl: string | undefined
  /** It may show what was set in the Official Account Manager only after a while. */
  readonly responseSettings: ResponseSettings | undefined
}

/** Channels of either kind. */
export interface ChannelPages {
  /** The channels where the visitor has a role. */
  channels(): readonly ListedChannel[]
  /**
   * Opens a channel.
   *
   * @throws {LineConsoleRefusal} `no_console_permission`, status 404, for those without a role there.
   */
  channel(channel: ChannelReference): ChannelPage
  /**
   * Changes what a channel says of itself.
   *
   * @throws {LineConsoleRefusal} `channel_name_reserved`, `console_admin_only`.
   */
  editChannel(
    channel: ChannelReference,
    profile: { readonly name?: string | undefined; readonly description?: string | undefined },
  ): void
  /**
   * Registers the public half of an assertion signing key and gives its `kid`.
   *
   * @throws {LineInputError} with everything that the console refuses about the key.
   */
  registerAssertionKey(channel: ChannelReference, jwk: unknown): string
  removeAssertionKey(channel: ChannelReference, kid: string): void
  /** Replaces the channel secret. The old one is dead at once: deliveries are signed with the new one. */
  reissueChannelSecret(channel: ChannelReference): string
  /**
   * Issues the long-lived token of a Messaging API channel. The one before it ends at once, or after the overlap.
   *
   * @param options.overlap how long the token before it stays valid, in hours from 0 to 24. Default: 0.
   * @throws {LineConsoleRefusal} `overlap_invalid`.
   */
  issueLongLivedToken(channel: ChannelReference, options?: { readonly overlap?: number | undefined }): string
  /**
   * Deletes a Login channel for ever.
   *
   * @throws {LineConsoleRefusal} `channel_undeletable` for a Messaging API channel.
   */
  deleteChannel(channel: ChannelReference): void
}

/** The Messaging API channel that a page is about. */
export function messagingChannel(channel: Channel): MessagingChannel {
  if (channel.kind !== 'messaging')
    throw new LineInputError('This is a page of Messaging API channels, and the channel is of another kind')
  return channel
}

function longLivedToken({ tokens, clock }: World, channel: Channel): string | undefined {
  const now = clock.now()
  const own = [...tokens.values()].filter(
    (token) => token.channel === channel && token.kind === 'long-lived' && isAlive(token, now),
  )
  // One that another has replaced lives on to the end of the overlap, and is not shown.
  return own.find(({ expiresAt }) => expiresAt === Number.POSITIVE_INFINITY)?.token
}

function show(office: Office, channel: Channel, role: ChannelRole, yourUserId: string | undefined): ChannelPage {
  const { channelId, kind } = channel
  const { description, email, region } = profileOf(channel)
  const isAdmin = role === 'admin'
  const login = channel.kind === 'login' ? channel : undefined
  const messaging = channel.kind === 'messaging' ? channel : undefined
  const linked = login?.linkedAccount
  return {
    ...{ channelId, kind, role, name: nameOf(channel), yourUserId },
    addFriendUrl: messaging && `https://line.me/R/ti/p/${encodeURIComponent(messaging.account.basicId)}`,
    description: role === 'tester' ? undefined : description,
    webhookErrors: role === 'tester' || !messaging ? undefined : webhookErrors(messaging),
    published: login?.published,
    channelSecret: isAdmin ? channel.channelSecret : undefined,
    email: isAdmin ? email : undefined,
    region: isAdmin ? region : undefined,
    assertionKeys: isAdmin ? [...channel.assertionKeys.keys()] : undefined,
    roles: isAdmin ? holders(channelRoles(channel)) : undefined,
    linkedAccount: isAdmin && linked ? accountOf(linked) : undefined,
    longLivedToken: isAdmin && messaging ? longLivedToken(office.world, messaging) : undefined,
    webhookUrl: isAdmin ? messaging?.account.settings.webhookUrl : undefined,
    responseSettings: isAdmin && messaging ? shownInConsole(office, messaging.account) : undefined,
  }
}

/** The pages about channels of either kind. Rules: where-values-stand, key-exchange, token-is-not-reissued. */
export function channelPages(office: Office, who: Visitor): ChannelPages {
  const { world } = office
  const admin = (reference: ChannelReference) => atChannel(office, who, reference, 'admin')
  return {
    channels() {
      const visitor = asDeveloper(who)
      const own = [...world.channels.values()].filter((channel) => channelRoles(channel).has(visitor))
      return own.map(({ channelId, kind }) => ({ channelId, kind }))
    },
    channel(reference) {
      const channel = atChannel(office, who, reference)
      const visitor = who()
      const role = channelRoles(channel).get(visitor) ?? turnAway('no_console_permission')
      return show(office, channel, role, visitor.line && userIdOf(visitor.line, channel.provider))
    },
    editChannel(reference, { name, description }) {
      const channel = admin(reference)
      if (name !== undefined && (name === '' || channel.kind !== 'login')) turnAway('form_invalid')
      if (name !== undefined && isReserved(name)) turnAway('channel_name_reserved')
      if (name !== undefined && channel.kind === 'login') loginSettings(channel).name = name
      if (description !== undefined) profileOf(channel).description = description
    },
    registerAssertionKey: (reference, jwk) => registerAssertionKey(world, admin(reference), jwk),
    removeAssertionKey: (reference, kid) => void admin(reference).assertionKeys.delete(kid),
    reissueChannelSecret(reference) {
      const channel = admin(reference)
      channel.channelSecret = world.ids.hex(32)
      return channel.channelSecret
    },
    issueLongLivedToken(reference, { overlap = 0 } = {}) {
      const { account } = messagingChannel(admin(reference))
      if (!(overlap >= 0 && overlap <= 24)) turnAway('overlap_invalid')
      return accountOf(account).issueLongLivedToken({ overlap })
    },
    deleteChannel(reference) {
      const channel = admin(reference)
      if (channel.kind !== 'login') turnAway('channel_undeletable')
      closeChannel(world, channel.channelId)
    },
  }
}
