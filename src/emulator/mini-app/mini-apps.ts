import { LineInputError } from '../../core/errors.js'
import type { LoginChannel } from '../login-channel.js'
import { type Person, personState } from '../people/person.js'
import type { LoginChannelState, PersonState } from '../state.js'
import { keep, type World } from '../world.js'

/** A service message that a person got from a LINE MINI App. */
export interface ServiceMessage {
  /** With the tag of its language. */
  readonly templateName: string
  readonly params: { readonly [name: string]: string }
  /** In milliseconds since 1970. */
  readonly at: number
}

/** What a Login channel is as a LINE MINI App. */
export interface MiniApp {
  /** The templates of service messages that LINE has approved, each with the tag of its language: `thankyou_msg_en`. */
  readonly templates: Set<string>
  /** The service messages that a person got, in order. */
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
  /** LIFF access tokens that have been used up, each for its one service notification token. */
  readonly used: Set<string>
  /** By the token itself. */
  readonly tokens: Map<string, NotificationToken>
}

const miniApps = keep<World, Map<LoginChannelState, MiniAppState>>(() => new Map())

/** What a channel is as a LINE MINI App; `undefined` for one that is none. */
export function miniAppOf(world: World, channel: LoginChannelState): MiniAppState | undefined {
  return miniApps(world).get(channel)
}

/** Makes a LINE MINI App of a Login channel, or gives it again. */
export function miniApp(world: World, { channelId }: LoginChannel): MiniApp {
  const channel = world.channels.get(channelId)
  if (channel?.kind !== 'login') throw new LineInputError('miniApp: this emulator has no such Login channel')
  let state = miniApps(world).get(channel)
  if (!state)
    miniApps(world).set(
      channel,
      (state = { templates: new Set(), messages: new Map(), used: new Set(), tokens: new Map() }),
    )
  const { templates, messages } = state
  return { templates, messagesTo: (person) => [...(messages.get(personState(world, person)) ?? [])] }
}
