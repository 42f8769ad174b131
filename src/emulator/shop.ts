import * as operations from '../shop/operations.js'
import { accountState, type OfficialAccount } from './account.js'
import { guard } from './handle.js'
import { addToHistory } from './history.js'
import type { InputMessages } from './platform/error-messages.js'
import { type Handlers, Reply, type Route, route } from './platform/handler.js'
import { isOfForm, refuse } from './platform/refusal.js'
import type { AccountState } from './state.js'
import { personBehind, stateOf, type World } from './world.js'

/** Whether a sticker set can be given away; any value other than `available` is LINE's reason for refusing it. */
export type MissionStickerState =
  | 'available'
  | 'illegal argument'
  | 'not in sales period'
  | 'sticker set not available for channel'
  | 'not available'

/** The mission stickers of an account. */
export interface MissionStickers {
  /** The sticker sets, by package ID. The account may use the API when there is at least one. */
  readonly sets: Map<string, MissionStickerState>
  /** The mission stickers that were given, in chronological order. */
  readonly given: readonly {
    /** The user who received the stickers. */
    readonly userId: string
    /** The package ID of the sticker set. */
    readonly productId: string
  }[]
}

interface StickersState {
  readonly sets: Map<string, MissionStickerState>
  readonly given: MissionStickers['given'][number][]
}

const stickersOf = stateOf<AccountState, StickersState>(() => ({ sets: new Map(), given: [] }))

/** The mission stickers of an account as LINE has set them up. */
export function missionStickers(world: World, account: OfficialAccount): MissionStickers {
  const { sets, given } = stickersOf(accountState(world, account))
  return guard(world, { sets: guard(world, sets), given })
}

/** LINE answers every invalid input with the same text here. */
const inputMessages: InputMessages = () => refuse(400, 'invalid request')

/** Gives mission stickers away. */
const handlers: Handlers<typeof operations> = {
  missionStickerV3({ to, productId }, { world, account }) {
    const { sets, given } = stickersOf(account)
    if (!sets.size) refuse(403, 'not allowed to use the API')
    if (!isOfForm('userId', to) || !personBehind(world, to, account.channel.provider)) refuse(400, 'invalid request')
    const state = sets.get(productId) ?? refuse(404, 'not found')
    if (state !== 'available') refuse(400, state)
    addToHistory(world, given, { userId: to, productId })
    return new Reply({}, { empty: true })
  },
}

/** What LINE does at the operations of this topic. */
export const routes: readonly Route[] = /* @__PURE__ */ route('channel', operations, handlers, {
  messages: inputMessages,
})
