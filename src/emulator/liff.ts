import * as operations from '../liff/operations.js'
import type { LIFFApp, LIFFView } from '../liff/types.js'
import { isReserved } from './consoles/developers/channel-profile.js'
import { assumedMessages, errorMessages } from './platform/error-messages.js'
import { type Handlers, type LoginChannelCall, Reply, type Route, route } from './platform/handler.js'
import { refuse } from './platform/refusal.js'
import type { LoginChannelState } from './state.js'
import { stateOf, unused } from './world.js'

const mostApps = 30

/** LINE's defaults for a new LIFF app. */
const usual = {
  features: { ble: false, qrCode: false },
  permanentLinkPattern: 'concat',
  scope: ['profile', 'chat_message.write'],
  botPrompt: 'none',
} as const

// By LIFF ID, in the order in which they were added.
const apps = stateOf<LoginChannelState, Map<string, LIFFApp>>(() => new Map())

function checkName(description: string | undefined): void {
  if (description !== undefined && isReserved(description)) refuse(400, assumedMessages.liffName)
}

function appOf(channel: LoginChannelState, liffId: string): LIFFApp {
  return apps(channel).get(liffId) ?? refuse(404, errorMessages.notFound)
}

/** The given values, without those that are `undefined`. */
function given<Members extends object>(members: Members): { [K in keyof Members]?: Exclude<Members[K], undefined> } {
  // A key with the value `undefined` would overwrite the old value.
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as {
    [K in keyof Members]?: Exclude<Members[K], undefined>
  }
}

const done = () => new Reply<Record<string, never>>({}, { empty: true })

/** Manages the LIFF apps of LINE Login channels. */
const handlers: Handlers<typeof operations, LoginChannelCall> = {
  addLIFFApp({ view, description, features, scope, botPrompt }, { world, channel }) {
    checkName(description)
    const all = apps(channel)
    if (all.size >= mostApps) refuse(400, assumedMessages.liffLimit)
    const liffId = unused(() => `${channel.channelId}-${world.ids.hex(8)}`, all)
    all.set(liffId, {
      liffId,
      view: { moduleMode: false, ...given(view) } as LIFFView, // what the contract has found in `view`, `type` and `url` among it
      ...(description !== undefined && { description }),
      ...usual,
      features: { ...usual.features, ...given(features ?? {}) },
      scope: [...(scope ?? usual.scope)],
      botPrompt: botPrompt ?? usual.botPrompt,
    })
    return { liffId }
  },

  getAllLIFFApps(_, { channel }) {
    const all = [...apps(channel).values()]
    return all.length ? { apps: all } : refuse(404, errorMessages.notFound)
  },

  updateLIFFApp({ liffId, view, description, features, scope, botPrompt }, { channel }) {
    const app = appOf(channel, liffId)
    checkName(description)
    apps(channel).set(liffId, {
      ...app,
      view: { ...app.view, ...given(view ?? {}) },
      features: { ...app.features, ...given(features ?? {}) },
      ...given({ description, scope: scope && [...scope], botPrompt }),
    })
    return done()
  },

  deleteLIFFApp({ liffId }, { channel }) {
    appOf(channel, liffId)
    apps(channel).delete(liffId)
    return done()
  },
}

/** What LINE does at the operations of this topic. */
export const routes: readonly Route[] = /* @__PURE__ */ route('login-channel', operations, handlers)
