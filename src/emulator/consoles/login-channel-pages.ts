import { LineInputError } from '../../core/errors.js'
import { accountState, isEnabled, type OfficialAccount } from '../account.js'
import { type LoginAppType, loginSettings } from '../login/settings.js'
import { createLoginChannel, type LoginChannel } from '../login-channel.js'
import type { Channel, LoginChannelState, Provider } from '../state.js'
import { isAdministrator } from './account-roles.js'
import { type ChannelProfile, isReserved, profileOf, type Region } from './channel-profile.js'
import type { ChannelReference } from './channel-role-pages.js'
import { atChannel, atProvider, checkRoom, grant } from './console-roles.js'
import { isAddress } from './mail.js'
import type { Office, Visitor } from './office.js'
import { turnAway } from './refusal.js'

/** The form of a new LINE Login channel. */
export interface LoginChannelForm {
  readonly provider: Provider
  /** It can never be changed. */
  readonly region: Region
  readonly name: string
  readonly description: string
  /** At least one. */
  readonly appTypes: readonly LoginAppType[]
  readonly email: string
  /** Whether the developers agreement is agreed to. */
  readonly agreeToTerms: boolean
}

/** LINE Login channels. */
export interface LoginChannelPages {
  /**
   * Creates a LINE Login channel. It is "Developing": only its admins and testers may log in.
   *
   * @throws {LineConsoleRefusal} `no_console_permission`, `console_admin_only`, `form_invalid`, `channel_name_reserved`, `terms_not_agreed`, `channel_limit`.
   */
  createLoginChannel(form: LoginChannelForm): LoginChannel
  /**
   * Sets where people may be sent back to after the login.
   *
   * @throws {LineConsoleRefusal} `form_invalid` for what is no URL.
   */
  setCallbackUrls(channel: ChannelReference, urls: readonly string[]): void
  /** Applies for the scope `email`, which LINE grants here at once. */
  applyForEmail(channel: ChannelReference): void
  /**
   * Publishes it, for ever.
   *
   * @throws {LineConsoleRefusal} `already_published`, `console_admin_only`.
   */
  publish(channel: ChannelReference): void
  /**
   * Links the Official Account that people may add while they log in. There is one at most; `undefined` unlinks it.
   *
   * @throws {LineConsoleRefusal} `linked_account_provider` for one of another provider; `linked_account_not_administrator` for one that the visitor
   * does not administer in the Official Account Manager.
   */
  linkAccount(channel: ChannelReference, account: OfficialAccount | undefined): void
}

function opened(channel: Channel | undefined): LoginChannelState {
  if (channel?.kind !== 'login')
    throw new LineInputError('This is a page of LINE Login channels, and the channel is of another kind')
  return channel
}

function loginChannel(office: Office, who: Visitor, reference: ChannelReference): LoginChannelState {
  return opened(atChannel(office, who, reference, 'admin'))
}

/** The pages about LINE Login channels. Rules: login-channel-exists, login-is-published, login-links-account. */
export function loginChannelPages(office: Office, who: Visitor): LoginChannelPages {
  const { world } = office
  return {
    createLoginChannel({ provider, region, name, description, appTypes, email, agreeToTerms }) {
      const creator = atProvider(office, who, provider, 'admin')
      if (name === '' || description === '' || !appTypes.length || !isAddress(email)) turnAway('form_invalid')
      if (isReserved(name)) turnAway('channel_name_reserved')
      if (!agreeToTerms) turnAway('terms_not_agreed')
      checkRoom(world, creator, { kind: 'login', provider })
      const made = createLoginChannel(world, {}, provider)
      const channel = opened(world.channels.get(made.channelId))
      Object.assign(loginSettings(channel), { name, appTypes })
      Object.assign(profileOf(channel), { description, email, region } satisfies ChannelProfile)
      grant(world, channel, creator, 'admin')
      return made
    },
    setCallbackUrls(reference, urls) {
      const settings = loginSettings(loginChannel(office, who, reference))
      if (!urls.every((url) => URL.canParse(url))) turnAway('form_invalid')
      settings.callbackUrls = [...urls]
    },
    applyForEmail(reference) {
      loginSettings(loginChannel(office, who, reference)).emailPermission = true
    },
    publish(reference) {
      const channel = loginChannel(office, who, reference)
      if (channel.published) turnAway('already_published')
      channel.published = true
    },
    linkAccount(reference, account) {
      const channel = loginChannel(office, who, reference)
      const linked = account && accountState(world, account)
      if (linked && !isAdministrator(linked, who())) turnAway('linked_account_not_administrator')
      if (linked && (!isEnabled(world, linked) || linked.channel.provider !== channel.provider))
        turnAway('linked_account_provider')
      channel.linkedAccount = linked
    },
  }
}
