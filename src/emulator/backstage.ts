import type { OfficialAccount } from './account.js'
import { type AccountAudiences, accountAudiences } from './audience/console.js'
import { accountFigures, type InsightFigures } from './insight/figures.js'
import type { LoginChannel } from './login-channel.js'
import { type MiniApp, miniApp } from './mini-app/mini-apps.js'
import { type MissionStickers, missionStickers } from './shop/handlers.js'
import type { World } from './world.js'

/** What LINE knows and sets up by itself, and no call of its API changes. */
export interface Backstage {
  /** What LINE tells about an account beyond what the emulator can know. */
  insight(account: OfficialAccount): InsightFigures
  /** What happens to an account's audiences outside of the API. */
  audiences(account: OfficialAccount): AccountAudiences
  /** The mission stickers of an account, which has none to begin with. */
  missionStickers(account: OfficialAccount): MissionStickers
  /** Makes a LINE MINI App of a Login channel, or gives it again. */
  miniApp(channel: LoginChannel): MiniApp
}

/** Makes the backstage of an emulator. */
export function createBackstage(world: World): Backstage {
  return {
    insight: (account) => accountFigures(world, account),
    audiences: (account) => accountAudiences(world, account),
    missionStickers: (account) => missionStickers(world, account),
    miniApp: (channel) => miniApp(world, channel),
  }
}
