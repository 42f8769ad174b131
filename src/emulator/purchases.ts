import { LineInputError } from '../core/errors.js'
import { getWebhookEventHistory, reservePurchase } from '../mini-app/operations.js'
import type { PurchaseEvent } from '../webhook/purchase-events.js'
import { checkText } from './check-options.js'
import { type ConnectReceiverOptions, connectReceiver } from './delivery/connect.js'
import { type Attempt, postBody } from './delivery/post.js'
import { guard } from './handle.js'
import { addToHistory } from './history.js'
import { type Person, personState } from './people/person.js'
import { errorMessages, type InputMessages, type RefusalBody } from './platform/error-messages.js'
import { type Handlers, type LoginChannelCall, type Route, route, type UserCall } from './platform/handler.js'
import { nextPageOf } from './platform/paging.js'
import { Refusal, refuse } from './platform/refusal.js'
import type { DeliveryReport, LoginChannelState, PersonState, WebhookTarget } from './state.js'
import { stateOf, userIdOf, type World } from './world.js'

/** One attempt to deliver the event of an in-app purchase. */
export interface PurchaseReport extends Omit<DeliveryReport, 'event'> {
  /** The event as it was delivered: the whole body of the request. */
  readonly event: PurchaseEvent
}

/** The in-app purchases of a LINE MINI App, from the settings in the LINE Developers Console to what users do in the app store. */
export interface Purchases {
  /** The webhook URL for purchase events, which the MINI App channel has besides that of any LINE Official Account. Default: none. */
  webhookUrl: string | undefined
  /** Every attempt to deliver an event, in the order in which the attempts ended. */
  readonly deliveries: readonly PurchaseReport[]
  /**
   * Connects a receiver with a webhook URL, which it sets. Deliveries to that URL go to the receiver without a network connection.
   *
   * @throws {LineInputError} when LINE would not accept the URL.
   */
  connect(receiver: WebhookTarget, options?: ConnectReceiverOptions): void
  /**
   * A user pays for a reserved item in the app store: a purchase complete event. Without a 2xx answer, it is redelivered for 30 minutes.
   *
   * @throws {LineInputError} when the channel has no such order, or it was paid for before.
   */
  complete(orderId: string): Promise<PurchaseReport>
  /**
   * The app store refunds a purchase: a refund event.
   *
   * @throws {LineInputError} when the order was not paid for, or was refunded before.
   */
  refund(orderId: string): Promise<PurchaseReport>
  /** A user agrees to LINE's terms of in-app purchases, or takes it back. It holds for all MINI Apps. Default: every user has agreed. */
  agree(person: Person, agreed: boolean): void
  /** LINE regards a user as fraudulent, or no longer. It holds for all MINI Apps. Default: none is. */
  block(person: Person, blocked: boolean): void
}

interface Order {
  readonly orderId: string
  readonly productId: string
  readonly person: PersonState
  state: 'reserved' | 'paid' | 'refunded'
  /** When it was paid for, in seconds since 1970. */
  paidAt: number
}

interface Sent {
  readonly event: PurchaseEvent
  /** When LINE began to send it, in milliseconds since 1970. */
  readonly at: number
  received: boolean
}

interface PurchasesState {
  /** Whether the channel is that of a LINE MINI App. */
  isMiniApp: boolean
  webhookUrl: string | undefined
  readonly deliveries: PurchaseReport[]
  readonly orders: Map<string, Order>
  readonly sent: Sent[]
}

const purchasesOf = stateOf<LoginChannelState, PurchasesState>(() => ({
  isMiniApp: false,
  webhookUrl: undefined,
  deliveries: [],
  orders: new Map(),
  sent: [],
}))

const standingOf = stateOf<PersonState, { agreed: boolean; blocked: boolean }>(() => ({ agreed: true, blocked: false }))

/** How long after a failed delivery the next one is made, in milliseconds. LINE repeats for 30 minutes and does not disclose the spacing. */
const redeliveries: readonly number[] = [10_000, 60_000, 300_000, 900_000]
const week = 7 * 24 * 60 * 60 * 1000

async function send(
  world: World,
  channel: LoginChannelState,
  url: string,
  sent: Sent,
  earlier = 0,
): Promise<PurchaseReport> {
  const { event } = sent
  const at = world.clock.now()
  const dropped: Attempt & { readonly reason: 'unclassified' } = {
    status: undefined,
    reason: 'unclassified',
    detail: 'a fault dropped it',
  }
  const made = world.faults.takeDelivery('drop')
    ? dropped
    : await world.clock.busy(postBody(world, channel.channelSecret, url, event, [event]))
  sent.received = sent.received || made.reason === 'ok'
  const wait = redeliveries[earlier]
  if (made.reason !== 'ok' && wait !== undefined)
    world.clock.later(() => void send(world, channel, url, sent, earlier + 1), wait)
  const report: PurchaseReport = { event, at, ...made }
  addToHistory(world, purchasesOf(channel).deliveries, report)
  return report
}

async function tell(
  world: World,
  channel: LoginChannelState,
  { orderId, productId, person, paidAt }: Order,
  type: PurchaseEvent['type'],
): Promise<PurchaseReport> {
  const state = purchasesOf(channel)
  const url = state.webhookUrl
  if (url === undefined) throw new LineInputError('The MINI App has no webhook URL for purchases; call connect() first')
  const userId = userIdOf(person, channel.provider)
  const event: PurchaseEvent = {
    type,
    orderId,
    productId,
    userId,
    purchaseTimestamp: paidAt,
    channelId: channel.channelId,
  }
  const sent: Sent = { event, at: world.clock.now(), received: false }
  addToHistory(world, state.sent, sent)
  const first = await send(world, channel, url, sent)
  if (world.faults.takeDelivery('duplicate')) await send(world, channel, url, sent)
  return first
}

/** The in-app purchases of the MINI App of a channel. */
export function createPurchases(world: World, channel: LoginChannelState): Purchases {
  const state = purchasesOf(channel)
  state.isMiniApp = true
  const orderOf = (method: string, orderId: string): Order => {
    checkText(method, 'orderId', orderId)
    const order = state.orders.get(orderId)
    if (!order) throw new LineInputError(`${method}: the MINI App has no order ${orderId}`)
    return order
  }
  return guard<Purchases>(world, {
    get webhookUrl() {
      return state.webhookUrl
    },
    set webhookUrl(url) {
      state.webhookUrl = url
    },
    deliveries: state.deliveries,
    connect: (receiver, options = {}) => {
      state.webhookUrl = connectReceiver(world, channel.channelId, receiver, options)
    },
    async complete(orderId) {
      const order = orderOf('complete', orderId)
      if (order.state !== 'reserved') throw new LineInputError(`complete: order ${orderId} has already been paid for`)
      Object.assign(order, { state: 'paid', paidAt: Math.floor(world.clock.now() / 1000) } satisfies Partial<Order>)
      return tell(world, channel, order, 'purchaseComplete')
    },
    async refund(orderId) {
      const order = orderOf('refund', orderId)
      if (order.state !== 'paid')
        throw new LineInputError(
          `refund: order ${orderId} has ${order.state === 'reserved' ? 'not been paid for' : 'already been refunded'}`,
        )
      order.state = 'refunded'
      return tell(world, channel, order, 'refundComplete')
    },
    agree: (person, agreed) => {
      standingOf(personState(world, person)).agreed = agreed === true
    },
    block: (person, blocked) => {
      standingOf(personState(world, person)).blocked = blocked === true
    },
  })
}

type ErrorCode =
  | 'VALIDATION_ERROR'
  | 'WEBHOOK_URL_IS_NOT_SET'
  | 'PRODUCT_ID_NOT_FOUND'
  | 'BLOCKED_USER'
  | 'TERMS_AGREEMENT_ERROR'

// LINE documents the codes, and the text of the first one. The statuses of the others are the emulator's.
const refusals: { readonly [code in ErrorCode]: readonly [status: number, message: string] } = {
  VALIDATION_ERROR: [400, 'Request validation failed.'],
  WEBHOOK_URL_IS_NOT_SET: [400, 'The webhook URL is not set.'],
  PRODUCT_ID_NOT_FOUND: [400, 'The product ID does not exist.'],
  BLOCKED_USER: [403, 'The user is blocked.'],
  TERMS_AGREEMENT_ERROR: [403, 'The user has not agreed to the latest terms.'],
}

function refusePurchase(
  errorCode: ErrorCode,
  details?: readonly { readonly message: string; readonly property: string }[],
): never {
  const [status, message] = refusals[errorCode]
  const body: RefusalBody = { errorCode, message, ...(details && { details }) }
  throw new Refusal(status, body)
}

const inputMessages: InputMessages = ({ path, message }, input) => {
  const value: unknown = Reflect.get(input, path)
  const said =
    path === 'clientOs' ? `'clientOs' must be 'android' or 'ios'. Actually received: '${String(value)}'` : message
  return refusePurchase('VALIDATION_ERROR', [{ message: said, property: path }])
}

function openPurchases(channel: LoginChannelState): PurchasesState {
  const state = purchasesOf(channel)
  return state.isMiniApp ? state : refuse(403, errorMessages.notAvailable)
}

// LINE has one product for each price, all with IDs of this form.
const productIds = /^iap_ln_\d{3}$/

// The form of LINE's order IDs: the date in UTC+9, and 14 digits.
function newOrderId({ clock, random }: World): string {
  const date = new Date(clock.now() + 9 * 60 * 60 * 1000).toISOString().slice(0, 10).replaceAll('-', '')
  return `T${date}${Array.from({ length: 14 }, () => Math.floor(random() * 10)).join('')}`
}

/** Reserves purchases for users of MINI Apps. */
const userHandlers = {
  reservePurchase({ productId }, { world, userToken }) {
    const { channel, person } = userToken
    const state = openPurchases(channel)
    if (state.webhookUrl === undefined) refusePurchase('WEBHOOK_URL_IS_NOT_SET')
    if (!productIds.test(productId)) refusePurchase('PRODUCT_ID_NOT_FOUND')
    const { agreed, blocked } = standingOf(person)
    if (blocked) refusePurchase('BLOCKED_USER')
    if (!agreed) refusePurchase('TERMS_AGREEMENT_ERROR')
    let orderId = newOrderId(world)
    while (state.orders.has(orderId)) orderId = newOrderId(world)
    state.orders.set(orderId, { orderId, productId, person, state: 'reserved', paidAt: 0 })
    return { orderId }
  },
} satisfies Partial<Handlers<{ reservePurchase: typeof reservePurchase }, UserCall>>

/** Lists the events that were sent. */
const channelHandlers = {
  getWebhookEventHistory({ startEpochSeconds, endEpochSeconds, cursor, pageSize, status }, call) {
    const { channel, now } = call
    const { sent } = openPurchases(channel)
    const outOfReach = [
      { name: 'startEpochSeconds', at: startEpochSeconds },
      { name: 'endEpochSeconds', at: endEpochSeconds },
    ].find(({ at }) => at * 1000 < now - week)
    if (outOfReach)
      refusePurchase('VALIDATION_ERROR', [{ message: 'must be within the past 7 days', property: outOfReach.name }])
    const found = sent.filter(({ event, at, received }) => {
      const seconds = Math.floor(at / 1000)
      const isInPeriod = seconds >= startEpochSeconds && seconds <= endEpochSeconds && at >= now - week
      // LINE lists no refund events yet.
      const isListed = event.type === 'purchaseComplete'
      return isInPeriod && isListed && (status === undefined || received === (status === 'SUCCESS'))
    })
    const byId = new Map(found.map((one) => [one.event.orderId, one]))
    const choice = { list: 'purchase events', start: cursor, limit: pageSize }
    const { items, next = null } = nextPageOf(channel, call, choice, () => [...byId.keys()])
    const events = items.flatMap((orderId) => {
      const one = sent.find(({ event }) => event.orderId === orderId && event.type === 'purchaseComplete')
      return one ? [{ transactionType: 'PRODUCT' as const, event: one.event }] : []
    })
    return { events, nextCursor: next }
  },
} satisfies Partial<Handlers<{ getWebhookEventHistory: typeof getWebhookEventHistory }, LoginChannelCall>>

/** What LINE does at the operations of in-app purchases. */
export const routes: readonly Route[] = [
  ...route('user', { reservePurchase }, userHandlers, { messages: inputMessages }),
  ...route('login-channel', { getWebhookEventHistory }, channelHandlers, { messages: inputMessages }),
]
