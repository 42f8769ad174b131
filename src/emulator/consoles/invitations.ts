import type { Channel, Provider } from '../state.js'
import { keep } from '../world.js'
import { type ChannelRole, channelRoles, grant, type ProviderRole, providerRoles } from './console-roles.js'
import type { BusinessIdState } from './identity.js'
import { isAddress, sendMail } from './mail.js'
import type { Office } from './office.js'
import { turnAway } from './refusal.js'

/** What an invitation of the Developers Console offers. */
export type Offer =
  | { readonly kind: 'provider'; readonly provider: Provider; readonly role: ProviderRole }
  | { readonly kind: 'channel'; readonly channel: Channel; readonly role: ChannelRole }

const offers = keep<Office, Map<string, { readonly offer: Offer; used: boolean }>>(() => new Map())

/** Mails an invitation. How long it lives is not published; here it does not end. */
export function invite(office: Office, email: string, offer: Offer): void {
  if (!isAddress(email)) turnAway('form_invalid')
  const url = `https://developers.line.biz/console/invitation/${office.world.ids.opaque(32)}`
  offers(office).set(url, { offer, used: false })
  sendMail(office, { to: email, about: `${offer.kind}-invitation`, url })
}

/** Gives the role to whoever accepts. */
export function accept(office: Office, url: string, developer: BusinessIdState): void {
  const { world } = office
  const found = offers(office).get(url) ?? turnAway('link_unknown')
  const { offer } = found
  if (found.used) turnAway('link_used')
  if (offer.kind === 'provider') {
    if (world.providers.get(offer.provider.providerId) !== offer.provider) turnAway('link_unknown')
    if (providerRoles(offer.provider).has(developer)) turnAway('role_held')
    providerRoles(offer.provider).set(developer, offer.role)
  } else {
    if (world.channels.get(offer.channel.channelId) !== offer.channel) turnAway('link_unknown')
    if (channelRoles(offer.channel).has(developer)) turnAway('role_held')
    grant(world, offer.channel, developer, offer.role)
  }
  found.used = true
}
