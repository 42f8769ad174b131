import { codeChallenge } from '../../core/hash.js'
import * as operations from '../../module/operations.js'
import type { AttachModuleInput, ModuleBot } from '../../module/types.js'
import { reachesFriend } from '../chat.js'
import { assumedMessages, errorMessages, oauthErrors } from '../platform/error-messages.js'
import { type Handlers, type ModuleCall, type OpenCall, type Route, route } from '../platform/handler.js'
import { nextPageOf } from '../platform/paging.js'
import { isOfForm, refuse } from '../platform/refusal.js'
import type { AccountState, ModuleChannelState } from '../state.js'
import { personBehind, type World } from '../world.js'
import { attachments, modulesOf } from './attachments.js'
import { takeGrant } from './channels.js'
import { chatControl } from './control.js'
import { attach, detach, giveControlBack, takeControl } from './lifecycle.js'

/** How long after a channel took control of a chat no other channel can take it, in milliseconds. LINE says "a few seconds or so". */
const justTaken = 3000

/** Channel ID and secret, of the body or of the header. */
function readCredentials(input: AttachModuleInput): readonly [channelId: string, channelSecret: string] {
  if ('client_id' in input) return [input.client_id, input.client_secret]
  try {
    const text = atob(input.authorization.slice('Basic '.length))
    const colon = text.indexOf(':')
    return [text.slice(0, colon), text.slice(colon + 1)]
  } catch {
    return ['', '']
  }
}

function moduleChannel(world: World, input: AttachModuleInput): ModuleChannelState {
  const [channelId, channelSecret] = readCredentials(input)
  const channel = world.channels.get(channelId)
  if (channel?.kind !== 'module') return refuse(400, oauthErrors.clientId)
  return channel.channelSecret === channelSecret ? channel : refuse(400, oauthErrors.clientSecret)
}

function isRepeated(input: AttachModuleInput, asked: { readonly [name: string]: string | undefined }): boolean {
  // What stood in the authorize URL and what is sent now are both texts, and nothing else is compared.
  return Object.entries(asked).every(([name, value]) => Reflect.get(input, name) === value)
}

/** Attaches module channels. */
const attachHandlers = {
  async attachModule(input, { world }) {
    const channel = moduleChannel(world, input)
    const grant = takeGrant(world, input.code)
    if (grant?.channel !== channel) return refuse(400, assumedMessages.moduleCode)
    if (!isRepeated(input, grant.asked)) refuse(400, assumedMessages.moduleRequest)
    const verifier = input.code_verifier
    if (
      grant.codeChallenge !== undefined &&
      (verifier === undefined || (await codeChallenge(verifier)) !== grant.codeChallenge)
    )
      refuse(400, assumedMessages.codeVerifier)
    const { account } = grant
    const isTaken = modulesOf(world, account).some((other) => other !== channel && other.defaultActive)
    if (channel.defaultActive && isTaken) refuse(400, assumedMessages.defaultActive)
    const scopes = grant.asked.scope.split(' ')
    attach(world, channel, account, scopes)
    return { bot_id: account.userId, scopes }
  },
} satisfies Partial<Handlers<typeof operations, OpenCall>>

function moduleOf({ channel }: ModuleCall): ModuleChannelState {
  return channel.kind === 'module' ? channel : refuse(403, errorMessages.notAvailable)
}

function botOf({ userId, basicId, premiumId, name, pictureUrl }: AccountState): ModuleBot {
  return { userId, basicId, ...(premiumId && { premiumId }), displayName: name, ...(pictureUrl && { pictureUrl }) }
}

/** The account whose chat it is, or LINE's refusal of a chat that it is not in. */
function chatAccount({ world, account }: ModuleCall, chatId: string): AccountState {
  const known = account ?? refuse(403, errorMessages.notAvailable)
  if (!isOfForm('userId', chatId) && !isOfForm('groupId', chatId) && !isOfForm('roomId', chatId))
    refuse(400, errorMessages.parameter('chatId'))
  const person = personBehind(world, chatId, known.channel.provider)
  const isIn = person ? reachesFriend(known, person) : world.groups.get(chatId)?.account === known
  return isIn ? known : refuse(404, errorMessages.notFound)
}

/** Lists the accounts of a module channel, detaches it, and moves the control of chats. */
const handlers = {
  detachModule({ botId }, call) {
    if (!isOfForm('userId', botId)) refuse(400, errorMessages.botId)
    const { channel, world } = call
    const attached = channel.kind === 'module' ? [...attachments(channel).keys()] : []
    const account = attached.find(({ userId }) => userId === botId)
    if (!account || channel.kind !== 'module') return refuse(400, errorMessages.notDetachable)
    detach(world, channel, account)
    return {}
  },

  getModules({ start, limit = 100 }, call) {
    const channel = moduleOf(call)
    const bots = new Map([...attachments(channel).keys()].map((account) => [account.userId, botOf(account)]))
    const { items, ...more } = nextPageOf(channel, call, { list: 'modules', start, limit }, () => [...bots.keys()])
    return { bots: items.flatMap((userId) => bots.get(userId) ?? []), ...more }
  },

  acquireChatControl({ chatId, expired = true, ttl = 3600 }, call) {
    const { channel, now } = call
    const account = chatAccount(call, chatId)
    const current = chatControl(account, chatId, now)
    if (current && current.channel !== channel && now - current.since < justTaken)
      refuse(423, assumedMessages.chatTaken)
    const until = expired ? now + ttl * 1000 : Number.POSITIVE_INFINITY
    takeControl(call.world, account, chatId, channel, until)
    return {}
  },

  releaseChatControl({ chatId }, call) {
    const account = chatAccount(call, chatId)
    giveControlBack(call.world, account, chatId, call.channel)
    return {}
  },
} satisfies Partial<Handlers<typeof operations, ModuleCall>>

/** What LINE does at the operations of this topic. */
export const routes: readonly Route[] = [
  ...route('none', operations, attachHandlers),
  ...route('module', operations, handlers),
]
