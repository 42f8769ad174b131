import { LineInputError } from '../../core/errors.js'
import type { MembershipPlan, MembershipSubscription } from '../../messaging/membership/types.js'
import type { MembershipEvent } from '../../webhook/types.js'
import { currencyOf } from '../currency.js'
import { deliver } from '../delivery/delivery.js'
import { membershipEvent, personPlace } from '../delivery/events.js'
import type { AccountState, DeliveryReport, PersonState } from '../state.js'
import { keep, type World } from '../world.js'

const tokyo = 9 * 60 * 60 * 1000

/** What LINE allows: plans of an account, and perks of a plan. */
const most = { plans: 5, benefits: 5 }

/** A membership to offer. */
export interface OfferMembershipOptions {
  readonly title: string
  /** For a month, in the currency of the account's country. */
  readonly price: number
  readonly description?: string | undefined
  /** What members get, at most 5 entries. */
  readonly benefits?: readonly string[] | undefined
  /** How many members it may have. Default: any number. */
  readonly memberLimit?: number | undefined
  /** Whether members pay in the app; else in a browser. Default: `false`. */
  readonly isInAppPurchase?: boolean | undefined
}

/** A membership that an account offers. */
export interface Membership {
  readonly membershipId: number
  /** Whether it can be joined. One that was ended goes on for its members. Change it at any time. */
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
const offers = keep<AccountState, Map<number, Offer>>(() => new Map())
const numbers = keep<World, { last: number }>(() => ({ last: 3000 }))

/** Adds a plan, as a person does in the Official Account Manager; LINE's review is over. */
export function offerMembership(world: World, account: AccountState, options: OfferMembershipOptions): Membership {
  if (offers(account).size >= most.plans)
    throw new LineInputError(`offerMembership: an account has at most ${most.plans} plans`)
  if ((options.benefits?.length ?? 0) > most.benefits)
    throw new LineInputError(`offerMembership: a plan has at most ${most.benefits} benefits`)
  if (!(options.price >= 0)) throw new LineInputError('offerMembership: the price counts from 0')
  const membershipId = ++numbers(world).last
  const membership: Membership = { membershipId, isPublished: true }
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
): Promise<DeliveryReport> {
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
    if (offer.members.get(person) !== subscription) return
    subscription.months += 1
    void tell(world, account, person, 'renewed', offer.membership.membershipId)
    renewLater(world, account, offer, person, subscription)
  }
  world.clock.later(renew, billingTime(subscription) - world.clock.now())
}

function offerOf(account: AccountState, membershipId: number): Offer {
  const offer = offers(account).get(membershipId)
  if (!offer) throw new LineInputError(`${account.name} offers no membership ${membershipId}`)
  return offer
}

/** A person joins a plan, and pays for it every month from then on. */
export function joinMembership(
  world: World,
  account: AccountState,
  person: PersonState,
  membershipId: number,
): Promise<DeliveryReport | undefined> {
  const offer = offerOf(account, membershipId)
  const { membership, members, options } = offer
  if (members.has(person)) return Promise.resolve(undefined)
  if (!membership.isPublished) throw new LineInputError(`Membership ${membershipId} can no longer be joined`)
  if (members.size >= (options.memberLimit ?? Number.POSITIVE_INFINITY))
    throw new LineInputError(`Membership ${membershipId} is full`)
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
