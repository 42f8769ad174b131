import { LineInputError } from '../../core/errors.js'
import * as operations from '../../messaging/membership/operations.js'
import type { MembershipPlan, MembershipSubscription } from '../../messaging/membership/types.js'
import type { MembershipEvent } from '../../webhook/types.js'
import { reachesFriend } from '../chat.js'
import { checkOptions } from '../check-options.js'
import { deliver } from '../delivery/delivery.js'
import { membershipEvent, personPlace } from '../delivery/events.js'
import { guard } from '../handle.js'
import { errorMessages } from '../platform/error-messages.js'
import { type Handlers, type Route, route } from '../platform/handler.js'
import { nextPage } from '../platform/paging.js'
import { checkParameter, refuse } from '../platform/refusal.js'
import { currencyOf } from '../settings.js'
import type { AccountState, DeliveryReport, PersonState } from '../state.js'
import { personBehind, stateOf, tellsProfile, userIdOf, type World } from '../world.js'

const tokyo = 9 * 60 * 60 * 1000

/** What LINE allows: plans of an account, and perks of a plan. */
const most = { plans: 5, benefits: 5 }

/** Options of a new membership plan. */
export interface OfferMembershipOptions {
  /** The title of the plan. */
  readonly title: string
  /** The price per month, in the currency of the account's country. */
  readonly price: number
  /** The description of the plan. Default: an empty text. */
  readonly description?: string | undefined
  /** The benefits, at most 5 entries. Default: none. */
  readonly benefits?: readonly string[] | undefined
  /** The maximum number of members. Default: no limit. */
  readonly memberLimit?: number | undefined
  /** Whether members pay in the app instead of a browser. Default: `false`. */
  readonly isInAppPurchase?: boolean | undefined
}

/** A membership plan of an account. */
export interface Membership {
  /** The ID of the membership plan. */
  readonly membershipId: number
  /** Whether users can join it. Existing members stay when it is set to `false`. Changes take effect at once. */
  isPublished: boolean
}

interface Subscription {
  readonly membershipNo: number
  readonly joinedAt: number
  /** How many have been paid. */
  months: number
}

interface Offer {
  readonly membership: Membership
  readonly options: OfferMembershipOptions
  readonly members: Map<PersonState, Subscription>
  lastNo: number
}

// By membership ID.
const offers = stateOf<AccountState, Map<number, Offer>>(() => new Map())
const numbers = stateOf<World, { last: number }>(() => ({ last: 3000 }))

/** Adds a membership plan, as LINE Official Account Manager does after LINE's review. */
export function offerMembership(world: World, account: AccountState, options: OfferMembershipOptions): Membership {
  checkOptions(
    'offerMembership',
    options,
    {},
    { benefits: 'list', title: 'text', description: 'text', price: 'number' },
  )
  if (offers(account).size >= most.plans)
    throw new LineInputError(`offerMembership: an account can have at most ${most.plans} membership plans`)
  if ((options.benefits?.length ?? 0) > most.benefits)
    throw new LineInputError(`offerMembership: benefits can have at most ${most.benefits} entries`)
  if (!(options.price >= 0)) throw new LineInputError('offerMembership: price must be 0 or more')
  const membershipId = ++numbers(world).last
  const membership = guard<Membership>(world, { membershipId, isPublished: true })
  offers(account).set(membershipId, { membership, options, members: new Map(), lastNo: 0 })
  return membership
}

function planOf({ membership, options }: Offer, account: AccountState): MembershipSubscription['membership'] {
  const { title, description = '', benefits = [], price } = options
  return {
    membershipId: membership.membershipId,
    title,
    description,
    benefits: [...benefits],
    price,
    currency: currencyOf(account),
  }
}

/** The plans of an account, as LINE lists them. */
export function listPlans(account: AccountState): MembershipPlan[] {
  return [...offers(account).values()].map((offer) => ({
    ...planOf(offer, account),
    memberCount: offer.members.size,
    memberLimit: offer.options.memberLimit ?? null,
    isInAppPurchase: offer.options.isInAppPurchase ?? false,
    isPublished: offer.membership.isPublished,
  }))
}

/** Who has joined a plan, friend or not; `undefined` when there is no such plan. */
export function listMembers(account: AccountState, membershipId: number): readonly PersonState[] | undefined {
  const members = offers(account).get(membershipId)?.members.keys()
  return members && [...members]
}

// The day of the month on which a person joined, in UTC+9, or the last one of a shorter month.
function billingTime({ joinedAt, months }: Subscription): number {
  const joined = new Date(joinedAt + tokyo)
  const [year, month] = [joined.getUTCFullYear(), joined.getUTCMonth() + months]
  const lastDay = new Date(Date.UTC(year, month + 1, 0)).getUTCDate()
  return Date.UTC(year, month, Math.min(joined.getUTCDate(), lastDay)) - tokyo
}

/** The plans that a person has joined. */
export function listSubscriptions(account: AccountState, person: PersonState): MembershipSubscription[] {
  return [...offers(account).values()].flatMap((offer) => {
    const subscription = offer.members.get(person)
    if (!subscription) return []
    const { membershipNo, joinedAt, months } = subscription
    const nextBillingDate = new Date(billingTime(subscription) + tokyo).toISOString().slice(0, 10)
    const user = {
      membershipNo,
      joinedTime: Math.floor(joinedAt / 1000),
      nextBillingDate,
      totalSubscriptionMonths: months,
    }
    return [{ membership: planOf(offer, account), user }]
  })
}

function tell(
  world: World,
  account: AccountState,
  person: PersonState,
  type: string,
  membershipId: number,
): Promise<DeliveryReport | undefined> {
  // LINE sends no membership event for a user without consent.
  if (!tellsProfile(person)) return Promise.resolve(undefined)
  const membership: MembershipEvent['membership'] = { type, membershipId }
  return deliver(world, account, membershipEvent(world, account, personPlace(account, person), membership))
}

function renewLater(
  world: World,
  account: AccountState,
  offer: Offer,
  person: PersonState,
  subscription: Subscription,
): void {
  const renew = () => {
    if (person.isDeleted) offer.members.delete(person)
    if (offer.members.get(person) !== subscription) return
    subscription.months += 1
    void tell(world, account, person, 'renewed', offer.membership.membershipId)
    renewLater(world, account, offer, person, subscription)
  }
  world.clock.later(renew, billingTime(subscription) - world.clock.now())
}

function offerOf(account: AccountState, membershipId: number): Offer {
  const offer = offers(account).get(membershipId)
  if (typeof membershipId !== 'number') throw new LineInputError('membershipId must be a number')
  if (!offer) throw new LineInputError(`${account.name} has no membership plan ${membershipId}`)
  return offer
}

/** A user joins a membership plan, and pays for it every month. */
export function joinMembership(
  world: World,
  account: AccountState,
  person: PersonState,
  membershipId: number,
): Promise<DeliveryReport | undefined> {
  const offer = offerOf(account, membershipId)
  const { membership, members, options } = offer
  if (members.has(person)) return Promise.resolve(undefined)
  if (!membership.isPublished) throw new LineInputError(`Membership plan ${membershipId} can no longer be joined`)
  if (members.size >= (options.memberLimit ?? Number.POSITIVE_INFINITY))
    throw new LineInputError(`Membership plan ${membershipId} has reached its member limit`)
  offer.lastNo += 1
  const subscription = { membershipNo: offer.lastNo, joinedAt: world.clock.now(), months: 1 }
  members.set(person, subscription)
  renewLater(world, account, offer, person, subscription)
  return tell(world, account, person, 'joined', membershipId)
}

/** A person leaves a plan. */
export function leaveMembership(
  world: World,
  account: AccountState,
  person: PersonState,
  membershipId: number,
): Promise<DeliveryReport | undefined> {
  const wasMember = offerOf(account, membershipId).members.delete(person)
  return wasMember ? tell(world, account, person, 'left', membershipId) : Promise.resolve(undefined)
}

/** Returns membership plans and their members. */
const handlers: Handlers<typeof operations> = {
  getMembershipSubscription({ userId }, { world, account }) {
    checkParameter('userId', userId)
    const person = personBehind(world, userId, account.channel.provider)
    const subscriptions = person ? listSubscriptions(account, person) : []
    return subscriptions.length > 0 ? { subscriptions } : refuse(404, errorMessages.notFound)
  },

  getMembershipList(_, { account }) {
    const memberships = listPlans(account)
    return memberships.length > 0 ? { memberships } : refuse(404, errorMessages.noPlans)
  },

  getJoinedMembershipUsers({ membershipId, start, limit = 300 }, call) {
    const { world, account } = call
    const { provider } = account.channel
    const members = listMembers(account, membershipId) ?? refuse(404, errorMessages.noMembership)
    const listAll = () => members.map((person) => userIdOf(person, provider))
    const { items, ...more } = nextPage(call, { list: `membership ${membershipId}`, start, limit }, listAll)
    // LINE filters users after it has cut the page, so that a page may be short although there are more.
    const isFriend = (userId: string) => {
      const person = personBehind(world, userId, provider)
      return person !== undefined && reachesFriend(account, person) && person.profileConsent
    }
    return { userIds: items.filter(isFriend), ...more }
  },
}

/** What LINE does at the operations of this topic. */
export const routes: readonly Route[] = /* @__PURE__ */ route('channel', operations, handlers)
