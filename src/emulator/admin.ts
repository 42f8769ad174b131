import { accountState, type OfficialAccount } from './account.js'
import { type AccountAudiences, accountAudiences } from './audience/admin.js'
import { accountFigures, type InsightFigures } from './insight/figures.js'
import type { LoginChannel } from './login/channel.js'
import { type MiniApp, miniApp } from './mini-app.js'
import { suspend } from './module/lifecycle.js'
import { type MissionStickers, missionStickers } from './shop.js'
import type { World } from './world.js'

/** What LINE knows and sets up itself and no API call changes. */
export interface Admin {
  /** The insight figures of an account that the emulator cannot work out. */
  insight(account: OfficialAccount): InsightFigures
  /** Changes to an account's audiences outside of the API. */
  audiences(account: OfficialAccount): AccountAudiences
  /** The mission stickers of an account. A new account has none. */
  missionStickers(account: OfficialAccount): MissionStickers
  /** Suspends an account: a `botSuspended` event to the module channels that are attached to it. LINE does not document what else happens, and nothing else does. */
  suspend(account: OfficialAccount): void
  /** Resumes a suspended account: a `botResumed` event to the module channels that are attached to it. */
  resume(account: OfficialAccount): void
  /** Turns a LINE Login channel into a LINE MINI App, or returns the existing one. */
  miniApp(channel: LoginChannel): MiniApp
}

/** Creates the admin interface of an emulator. */
export function createAdmin(world: World): Admin {
  return {
    insight: (account) => accountFigures(world, account),
    audiences: (account) => accountAudiences(world, account),
    missionStickers: (account) => missionStickers(world, account),
    suspend: (account) => suspend(world, accountState(world, account), true),
    resume: (account) => suspend(world, accountState(world, account), false),
    miniApp: (channel) => miniApp(world, channel),
  }
}
