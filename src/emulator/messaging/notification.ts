import { LineInputError } from '../../core/errors.js'
import * as operations from '../../messaging/notification/operations.js'
import { phoneHash } from '../../messaging/notification/phone-hash.js'
import type { PushTemplatedMessageByPhoneInput } from '../../messaging/notification/types.js'
import { chatOf, sendToChat, show } from '../chat.js'
import { deliver } from '../delivery/delivery.js'
import { deliveryEvent } from '../delivery/events.js'
import { errorMessages, type InputMessages } from '../platform/error-messages.js'
import { type BotCall, type Handlers, Reply, type Route, route } from '../platform/handler.js'
import { Refusal, refuse } from '../platform/refusal.js'
import type { AccountState, DeliveryReport, PersonState } from '../state.js'
import { stateOf, userIdOf, type World } from '../world.js'
import { countSent, type SentKind, sentOn } from './counts.js'

const day = 24 * 60 * 60 * 1000

// In the countries that are served, a 0 after the country code belongs to the national form.
const e164 = /^\+(?!(?:81|66|886)0)[1-9]\d{6,14}$/
const served = /^\+(?:81|66|886)/

/** A LINE notification message on its way to a person. */
export interface Notification {
  readonly account: AccountState
  readonly kind: Extract<SentKind, 'notification' | 'templated notification'>
  /** What the `delivery` event carries: the tag of the request, or the hash of the phone number. */
  readonly data: string
  /** Shows it in the chat. */
  readonly show: () => void
}

// What waits for the person to agree, and until when.
const waiting = stateOf<PersonState, { readonly notification: Notification; readonly until: number }[]>(() => [])

const hashOf = stateOf<PersonState, Promise<string>>(({ phoneNumber = '' }) => phoneHash(phoneNumber))

/**
 * Checks the phone number of a new person.
 *
 * @throws {LineInputError} when it is not in E.164 format, or already in use. The error does not contain the number.
 */
export function checkPhoneNumber(world: World, phoneNumber: string | undefined): void {
  if (phoneNumber === undefined) return
  if (!e164.test(phoneNumber))
    throw new LineInputError('createPerson: phoneNumber must be in E.164 format, for example +818000001234')
  if ([...world.people].some((person) => person.phoneNumber === phoneNumber && !person.isDeleted))
    throw new LineInputError('createPerson: phoneNumber is already in use by another person')
}

/** The person with a phone number, by its hash, where LINE would send a notification message to it. */
export async function findNotifiable(world: World, hash: string): Promise<PersonState | undefined> {
  for (const person of world.people) {
    if (person.isDeleted || person.phoneNumber === undefined || (await hashOf(person)) !== hash) continue
    const refuses = person.notificationConsent === 'refused' || !person.profileConsent
    return served.test(person.phoneNumber) && !refuses ? person : undefined
  }
  return undefined
}

async function bring(
  world: World,
  person: PersonState,
  { account, kind, data, show }: Notification,
): Promise<DeliveryReport | undefined> {
  if (account.friendships.get(person)?.blocked) return undefined
  show()
  countSent(account, kind, 1, world.clock.now())
  return deliver(world, account, deliveryEvent(world, data))
}

/** Sends a notification that LINE has accepted: at once, or when the user agrees within a day. A user who has blocked the account never gets it. */
export function notify(world: World, person: PersonState, notification: Notification): void {
  if (notification.account.friendships.get(person)?.blocked) return
  if (person.notificationConsent === 'agreed') void bring(world, person, notification)
  else waiting(person).push({ notification, until: world.clock.now() + day })
}

/** A user agrees to LINE notification messages, or refuses them. Waiting messages are delivered now, or never. */
export async function settleConsent(
  world: World,
  person: PersonState,
  agreed: boolean,
): Promise<readonly DeliveryReport[]> {
  const now = world.clock.now()
  const due = waiting(person)
    .splice(0)
    .filter(({ until }) => agreed && now < until)
  person.notificationConsent = agreed ? 'agreed' : 'refused'
  const reports = await Promise.all(due.map(({ notification }) => bring(world, person, notification)))
  return reports.filter((report) => report !== undefined)
}

interface Request {
  readonly to: string
  readonly deliveryTag?: string | undefined
}

async function send(
  { to, deliveryTag = to }: Request,
  { world, account }: BotCall,
  kind: Notification['kind'],
  showIn: (chatId: string) => void,
): Promise<void> {
  if (!account.settings.notificationMessages) refuse(403, errorMessages.notAvailable)
  const person = (await findNotifiable(world, to)) ?? refuse(422, errorMessages.notSent)
  notify(world, person, {
    account,
    kind,
    data: deliveryTag,
    show: () => showIn(userIdOf(person, account.channel.provider)),
  })
}

/** LINE's texts for phone numbers that are not hashed, and for duplicate items in a template. */
const inputMessages: InputMessages = ({ rule, path }, input) => {
  if (path === 'to' && (rule === 'form' || rule === 'length')) return { message: errorMessages.hash, property: path }
  const at = /^body\.items\[(\d+)\]\.itemKey$/.exec(path)?.[1]
  if (at === undefined || rule !== 'other') return undefined
  const { body } = input as PushTemplatedMessageByPhoneInput // this rule is only broken by such an input
  const key = body?.items?.[Number(at)]?.itemKey ?? ''
  return {
    message: errorMessages.itemTwice(key),
    property: body?.emphasizedItem?.itemKey === key ? 'body.emphasizedItem.itemKey' : path,
  }
}

function checkTemplate(
  { templateKey, body }: PushTemplatedMessageByPhoneInput,
  templates: AccountState['settings']['notificationTemplates'],
): void {
  if (!templates) return
  const items = Object.hasOwn(templates, templateKey) ? templates[templateKey] : undefined
  if (!items) {
    const details = [{ message: errorMessages.noTemplate, property: 'templateKey' }]
    throw new Refusal(400, { message: errorMessages.templateKey(templateKey), details })
  }
  const used = [
    ...(body?.emphasizedItem ? [[body.emphasizedItem.itemKey, 'body.emphasizedItem.itemKey'] as const] : []),
    ...(body?.items ?? []).map(({ itemKey }, index) => [itemKey, `body.items[${index}].itemKey`] as const),
  ]
  const details = used.flatMap(([key, property]) =>
    items.includes(key) ? [] : [{ message: errorMessages.noItem(key), property }],
  )
  if (details.length > 0) refuse(400, { message: errorMessages.invalidKeys(details.length), details })
}

/** Sends LINE notification messages by phone number, and counts the delivered ones. They do not count towards the monthly limit. */
const handlers: Handlers<typeof operations> = {
  async pushMessagesByPhone(input, call) {
    const { world, account } = call
    await send(input, call, 'notification', (chatId) =>
      sendToChat(world, account, chatId, input.messages, 'notification'),
    )
    return {}
  },

  async pushTemplatedMessageByPhone(input, call) {
    const { world, account } = call
    const { templateKey, body } = input
    if (account.settings.notificationMessages) checkTemplate(input, account.settings.notificationTemplates)
    await send(input, call, 'templated notification', (chatId) => {
      const message = { type: 'templatedNotification' as const, templateKey, ...(body && { body }) }
      const entry = { from: 'account', message, via: 'notification', at: world.clock.now() } as const
      show(world, chatOf(account, chatId), entry)
    })
    return new Reply({}, { status: 202 })
  },

  getPNPMessageStatistics: ({ date }, { account, now }) => sentOn(account, 'notification', date, now),
  getTemplatedPNPMessageStatistics: ({ date }, { account, now }) =>
    sentOn(account, 'templated notification', date, now),
}

/** What LINE does at the operations of this topic. */
export const routes: readonly Route[] = /* @__PURE__ */ route('channel', operations, handlers, {
  messages: inputMessages,
})
