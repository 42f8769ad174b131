import type * as operations from '../../shop/operations.js'
import { accountState, type OfficialAccount } from '../account.js'
import { type Handlers, Reply } from '../platform/handler.js'
import { isOfForm } from '../platform/identifiers.js'
import { refuse } from '../platform/refusal.js'
import type { Wording } from '../platform/words.js'
import type { AccountState } from '../state.js'
import { keep, personBehind, type World } from '../world.js'

/** Whether a sticker set can be given away; what is not `available` is how LINE refuses it. */
export type MissionStickerState =
  | 'available'
  | 'illegal argument'
  | 'not in sales period'
  | 'sticker set not available for channel'
  | 'not available'

/** The mission stickers of an account. */
export interface MissionStickers {
  /** The sticker sets by package ID. LINE has opened the API to the account when there is any. */
  readonly sets: Map<string, MissionStickerState>
  /** Who may download what, in the order in which it was given. */
  readonly given: readonly { readonly userId: string; readonly productId: string }[]
}

const stickersOf = keep<
  AccountState,
  { sets: MissionStickers['sets']; given: { userId: string; productId: string }[] }
>(() => ({
  sets: new Map(),
  given: [],
}))

/** The mission stickers of an account as LINE has set them up. */
export function missionStickers(world: World, account: OfficialAccount): MissionStickers {
  return stickersOf(accountState(world, account))
}

/** LINE says the same of every broken input here. */
export const wording: Wording = () => refuse(400, 'invalid request')

/** Gives mission stickers away. */
export const handlers: Handlers<typeof operations> = {
  missionStickerV3({ to, productId }, { world, account }) {
    const { sets, given } = stickersOf(account)
    if (!sets.size) refuse(403, 'not allowed to use the API')
    if (!isOfForm('userId', to) || !personBehind(world, to, account.channel.provider)) refuse(400, 'invalid request')
    const state = sets.get(productId) ?? refuse(404, 'not found')
    if (state !== 'available') refuse(400, state)
    given.push({ userId: to, productId })
    return new Reply({}, { empty: true })
  },
}
