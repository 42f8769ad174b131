import type * as operations from '../../liff/operations.js'
import type { LIFFApp, LIFFView } from '../../liff/types.js'
import { isReserved } from '../consoles/channel-profile.js'
import { type Handlers, type LoginChannelCall, Reply } from '../platform/handler.js'
import { refuse } from '../platform/refusal.js'
import { ours, words } from '../platform/words.js'
import type { LoginChannelState } from '../state.js'
import { keep, unused } from '../world.js'

const mostApps = 30

/** What LINE fills in where an app is added without it. */
const usual = {
  features: { ble: false, qrCode: false },
  permanentLinkPattern: 'concat',
  scope: ['profile', 'chat_message.write'],
  botPrompt: 'none',
} as const

// By LIFF ID, in the order in which they were added.
const apps = keep<LoginChannelState, Map<string, LIFFApp>>(() => new Map())

function checkName(description: string | undefined): void {
  if (description !== undefined && isReserved(description)) refuse(400, ours.liffName)
}

function appOf(channel: LoginChannelState, liffId: string): LIFFApp {
  return apps(channel).get(liffId) ?? refuse(404, words.notFound)
}

/** What is given takes the place of what was there. */
function given<Members extends object>(members: Members): { [K in keyof Members]?: Exclude<Members[K], undefined> } {
  // What is left out keeps its key when it is `undefined`, and would wipe out what was there.
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as {
    [K in keyof Members]?: Exclude<Members[K], undefined>
  }
}

const done = () => new Reply<Record<string, never>>({}, { empty: true })

/** Keeps the LIFF apps of Login channels. */
export const handlers: Handlers<typeof operations, LoginChannelCall> = {
  addLIFFApp({ view, description, features, scope, botPrompt }, { world, channel }) {
    checkName(description)
    const all = apps(channel)
    if (all.size >= mostApps) refuse(400, ours.liffLimit)
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
    return all.length ? { apps: all } : refuse(404, words.notFound)
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
