import type * as operations from '../../mini-app/operations.js'
import { findUserToken } from '../login/ledger.js'
import type { Handlers, LoginChannelCall } from '../platform/handler.js'
import { refuse } from '../platform/refusal.js'
import { ours, type Wording, words } from '../platform/words.js'
import { miniAppOf, type NotificationToken } from './mini-apps.js'

const year = 365 * 24 * 60 * 60 * 1000
const mostMessages = 5

const secondsLeft = ({ expiresAt }: NotificationToken, now: number) => Math.ceil((expiresAt - now) / 1000)

function stateOf({ world, channel }: LoginChannelCall) {
  return miniAppOf(world, channel) ?? refuse(403, words.notAvailable)
}

/** What LINE says of an empty LIFF access token; it shows no other refusal of a body. */
export const wording: Wording = ({ path }) =>
  path === 'liffAccessToken' ? refuse(400, '[liffAccessToken] must not be blank') : undefined

/** Issues service notification tokens, and sends service messages with them. */
export const handlers: Handlers<typeof operations, LoginChannelCall> = {
  issueNotificationToken({ liffAccessToken }, call) {
    const { world, channel, now } = call
    const { used, tokens } = stateOf(call)
    const user = findUserToken(world, liffAccessToken)
    if (user?.channel !== channel) return refuse(401, ours.userToken)
    if (user.revoked) refuse(401, 'The access token revoked')
    if (now >= user.expiresAt) refuse(401, 'The access token expired')
    if (used.has(liffAccessToken)) refuse(400, ours.liffTokenUsed)
    used.add(liffAccessToken)
    const token: NotificationToken = {
      channel,
      person: user.person,
      sessionId: world.ids.opaque(22),
      expiresAt: now + year,
      remainingCount: mostMessages,
    }
    const notificationToken = world.ids.uuid()
    tokens.set(notificationToken, token)
    return {
      notificationToken,
      expiresIn: secondsLeft(token, now),
      remainingCount: mostMessages,
      sessionId: token.sessionId,
    }
  },

  sendServiceMessage({ templateName, params, notificationToken }, call) {
    const { world, now } = call
    const { templates, messages, tokens } = stateOf(call)
    const token = tokens.get(notificationToken)
    if (!token || now >= token.expiresAt) return refuse(401, 'Invalid notifier token')
    if (!templates.has(templateName)) refuse(403, ours.noTemplate)
    const got = messages.get(token.person) ?? []
    messages.set(token.person, [...got, { templateName, params, at: now }])
    tokens.delete(notificationToken)
    const remainingCount = token.remainingCount - 1
    // The last message is sent, but there is no token for another.
    if (!remainingCount) return { expiresIn: 0, remainingCount: 0 }
    const renewed = world.ids.uuid()
    tokens.set(renewed, { ...token, remainingCount })
    return {
      notificationToken: renewed,
      expiresIn: secondsLeft(token, now),
      remainingCount,
      sessionId: token.sessionId,
    }
  },
}
