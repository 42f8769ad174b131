import type { ChannelAction } from '../../../account/roles.js'
import { LineInputError } from '../../../core/errors.js'
import { accountState, isEnabled, type OfficialAccount } from '../../account.js'
import { checkOptions } from '../../check-options.js'
import { createLoginChannel, type LoginAppType, type LoginChannel, loginSettings } from '../../login/channel.js'
import type { Channel, LoginChannelState, Provider } from '../../state.js'
import type { ConsoleState, Visitor } from '../console-state.js'
import { isAddress } from '../console-state.js'
import { isAdministrator } from '../manager/roles.js'
import { refuseAction } from '../refusal.js'
import { type ChannelProfile, isReserved, profileOf, type Region } from './channel-profile.js'
import type { ChannelReference } from './role-actions.js'
import { atChannel, atProvider, checkRoom, grant } from './roles.js'

/** The form of a new LINE Login channel. */
export interface LoginChannelForm {
  /** The provider, at which the visitor is an admin. */
  readonly provider: Provider
  /** The region. It cannot be changed later. */
  readonly region: Region
  /** The channel name. It cannot contain "LINE". */
  readonly name: string
  /** The channel description. It cannot be empty. */
  readonly description: string
  /** The app types, at least one. */
  readonly appTypes: readonly LoginAppType[]
  /** The contact email address. */
  readonly email: string
  /** Whether the visitor agrees to the developers agreement. */
  readonly agreeToTerms: boolean
}

/** Actions for LINE Login channels. */
export interface LoginChannelActions {
  /**
   * Creates a LINE Login channel. It is "Developing": only its admins and testers may log in.
   *
   * @throws {LineConsoleRefusal} `no_console_permission`, `console_admin_only`, `form_invalid`, `channel_name_reserved`, `terms_not_agreed`, `channel_limit`.
   */
  createLoginChannel(form: LoginChannelForm): LoginChannel
  /**
   * Sets the callback URLs.
   *
   * @throws {LineConsoleRefusal} `form_invalid` when one is not a valid URL.
   */
  setCallbackUrls(channel: ChannelReference, urls: readonly string[]): void
  /** Applies for the scope `email`, which the emulator grants at once. */
  applyForEmail(channel: ChannelReference): void
  /**
   * Publishes the channel. This cannot be undone.
   *
   * @throws {LineConsoleRefusal} `already_published`, `console_admin_only`.
   */
  publish(channel: ChannelReference): void
  /**
   * Links the LINE Official Account that users may add while they log in. A channel has at most one; `undefined` unlinks it.
   *
   * @throws {LineConsoleRefusal} `linked_account_provider` for an account of another provider; `linked_account_not_administrator` for one that the visitor
   * does not administer in LINE Official Account Manager.
   */
  linkAccount(channel: ChannelReference, account: OfficialAccount | undefined): void
}

function opened(channel: Channel | undefined): LoginChannelState {
  if (channel?.kind !== 'login') throw new LineInputError('channel must be a LINE Login channel')
  return channel
}

/** The pages about LINE Login channels. Rules: login-channel-exists, login-is-published, login-links-account. */
export function loginChannelActions(consoles: ConsoleState, who: Visitor): LoginChannelActions {
  const { world } = consoles
  const open = (reference: ChannelReference, action: ChannelAction) =>
    opened(atChannel(consoles, who, reference, action))
  return {
    createLoginChannel(form) {
      checkOptions('createLoginChannel', form)
      const { provider: chosen, region, name, description, appTypes, email, agreeToTerms } = form
      const provider = atProvider(consoles, who, chosen, 'create-channel')
      const creator = who()
      if (name === '' || description === '' || !appTypes.length || !isAddress(email)) refuseAction('form_invalid')
      if (isReserved(name)) refuseAction('channel_name_reserved')
      if (!agreeToTerms) refuseAction('terms_not_agreed')
      checkRoom(world, creator, { kind: 'login', provider })
      const made = createLoginChannel(world, {}, provider)
      const channel = opened(world.channels.get(made.channelId))
      Object.assign(loginSettings(channel), { name, appTypes })
      Object.assign(profileOf(channel), { description, email, region } satisfies ChannelProfile)
      grant(world, channel, creator, 'admin')
      return made
    },
    setCallbackUrls(reference, urls) {
      const settings = loginSettings(open(reference, 'use-login-tab'))
      if (!urls.every((url) => URL.canParse(url))) refuseAction('form_invalid')
      settings.callbackUrls = [...urls]
    },
    applyForEmail(reference) {
      loginSettings(open(reference, 'request-email-permission')).emailPermission = true
    },
    publish(reference) {
      const channel = open(reference, 'use-login-tab')
      if (channel.published) refuseAction('already_published')
      channel.published = true
    },
    linkAccount(reference, account) {
      const channel = open(reference, 'link-account')
      const linked = account && accountState(world, account)
      if (linked && !isAdministrator(linked, who())) refuseAction('linked_account_not_administrator')
      if (linked && (!isEnabled(world, linked) || linked.channel.provider !== channel.provider))
        refuseAction('linked_account_provider')
      channel.linkedAccount = linked
    },
  }
}
