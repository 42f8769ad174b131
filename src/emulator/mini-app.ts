import { issueNotificationToken, sendServiceMessage } from '../mini-app/operations.js'
import { ExpiringMap } from './expiring-map.js'
import { guard } from './handle.js'
import { type LoginChannel, loginChannelState } from './login/channel.js'
import { findUserToken } from './login/state.js'
import { type Person, personState } from './people/person.js'
import { assumedMessages, errorMessages, type InputMessages } from './platform/error-messages.js'
import { type Handlers, type LoginChannelCall, type Route, route } from './platform/handler.js'
import { refuse } from './platform/refusal.js'
import { createPurchases, type Purchases } from './purchases.js'
import type { LoginChannelState, PersonState } from './state.js'
import { stateOf, type World } from './world.js'

/** A service message that a user received from a LINE MINI App. */
export interface ServiceMessage {
  /** The name of the template, with its language tag. */
  readonly templateName: string
  /** The values of the template variables, by name. */
  readonly params: { readonly [name: string]: string }
  /** In milliseconds since 1970. */
  readonly at: number
}

/** The LINE MINI App of a LINE Login channel. */
export interface MiniApp {
  /** The templates of service messages that LINE has approved, each with its language tag, such as `thankyou_msg_en`. */
  readonly templates: Set<string>
  /** The in-app purchases. */
  readonly purchases: Purchases
  /** The service messages that a user received, in chronological order. */
  messagesTo(person: Person): readonly ServiceMessage[]
}

/** A service notification token. */
export interface NotificationToken {
  readonly channel: LoginChannelState
  readonly person: PersonState
  readonly sessionId: string
  /** In milliseconds since 1970. */
  readonly expiresAt: number
  readonly remainingCount: number
}

interface MiniAppState {
  readonly templates: Set<string>
  readonly messages: Map<PersonState, ServiceMessage[]>
  /** By the token itself. */
  readonly tokens: ExpiringMap<NotificationToken>
}

const miniApps = stateOf<World, Map<LoginChannelState, MiniAppState>>(() => new Map())

/** The LINE MINI App of a channel; `undefined` when the channel has none. */
export function miniAppOf(world: World, channel: LoginChannelState): MiniAppState | undefined {
  return miniApps(world).get(channel)
}

/** Turns a LINE Login channel into a LINE MINI App, or returns the existing one. */
export function miniApp(world: World, of: LoginChannel): MiniApp {
  const channel = loginChannelState(world, of)
  let state = miniApps(world).get(channel)
  if (!state)
    miniApps(world).set(
      channel,
      (state = {
        templates: new Set(),
        messages: new Map(),
        tokens: new ExpiringMap(({ expiresAt }, at) => at >= expiresAt),
      }),
    )
  const { templates, messages } = state
  return guard(world, {
    templates: guard(world, templates),
    purchases: createPurchases(world, channel),
    messagesTo: (person) => [...(messages.get(personState(world, person)) ?? [])],
  })
}

const operations = { issueNotificationToken, sendServiceMessage }

const year = 365 * 24 * 60 * 60 * 1000
const mostMessages = 5

const secondsLeft = ({ expiresAt }: NotificationToken, now: number) => Math.ceil((expiresAt - now) / 1000)

function appOf({ world, channel }: LoginChannelCall) {
  return miniAppOf(world, channel) ?? refuse(403, errorMessages.notAvailable)
}

/** LINE's text for an empty LIFF access token. Its page documents no other refusal of a body. */
const inputMessages: InputMessages = ({ path }) =>
  path === 'liffAccessToken' ? refuse(400, '[liffAccessToken] must not be blank') : undefined

/** Issues service notification tokens, and sends service messages with them. */
const handlers: Handlers<typeof operations, LoginChannelCall> = {
  issueNotificationToken({ liffAccessToken }, call) {
    const { world, channel, now } = call
    const { tokens } = appOf(call)
    const user = findUserToken(world, liffAccessToken)
    if (user?.channel !== channel) return refuse(401, assumedMessages.userToken)
    if ('end' in user) return refuse(401, `The access token ${user.end}`)
    if (user.exchanged) refuse(400, assumedMessages.liffTokenUsed)
    user.exchanged = true
    const token: NotificationToken = {
      channel,
      person: user.person,
      sessionId: world.ids.opaque(22),
      expiresAt: now + year,
      remainingCount: mostMessages,
    }
    const notificationToken = world.ids.uuid()
    tokens.set(notificationToken, token, now)
    return {
      notificationToken,
      expiresIn: secondsLeft(token, now),
      remainingCount: mostMessages,
      sessionId: token.sessionId,
    }
  },

  sendServiceMessage({ templateName, params, notificationToken }, call) {
    const { world, now } = call
    const { templates, messages, tokens } = appOf(call)
    const token = tokens.get(notificationToken, now)
    if (!token) return refuse(401, 'Invalid notifier token')
    if (!templates.has(templateName)) refuse(403, assumedMessages.noTemplate)
    const got = messages.get(token.person) ?? []
    messages.set(token.person, [...got, { templateName, params, at: now }])
    tokens.delete(notificationToken)
    const remainingCount = token.remainingCount - 1
    // The last message is sent, but there is no token for another.
    if (!remainingCount) return { expiresIn: 0, remainingCount: 0 }
    const renewed = world.ids.uuid()
    tokens.set(renewed, { ...token, remainingCount }, now)
    return {
      notificationToken: renewed,
      expiresIn: secondsLeft(token, now),
      remainingCount,
      sessionId: token.sessionId,
    }
  },
}

/** What LINE does at the operations of this topic. */
export const routes: readonly Route[] = /* @__PURE__ */ route('login-channel', operations, handlers, {
  messages: inputMessages,
})
