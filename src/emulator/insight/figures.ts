import type {
  FollowerNumbers,
  FriendDemographics,
  MessageDeliveries,
  MessageEvents,
  RichMenuInsightDaily,
  RichMenuInsightSummary,
  UnitStatistics,
} from '../../insight/types.js'
import { accountState, type OfficialAccount } from '../account.js'
import type { AccountState } from '../state.js'
import { keep, type World } from '../world.js'

/**
 * What LINE tells about an account beyond what the emulator knows by itself. It knows the friends, and whom a broadcast or narrowcast reached;
 * nobody in it looks at rich menus or opens links. Put in what LINE should answer; days are texts such as `20260101`, in UTC+9.
 */
export interface InsightFigures {
  /** Days that LINE has not counted yet. Today and all later days never are. */
  readonly unready: Set<string>
  /** Messages sent, by day. Default: the broadcasts, pushes, multicasts and replies of the API; no number where there were none. */
  readonly deliveries: Map<string, Omit<MessageDeliveries, 'status'>>
  /** Friends, by day. Default: those of the emulator at the end of the day. */
  readonly followers: Map<string, Omit<FollowerNumbers, 'status'>>
  /** Default: what LINE knows of the account's friends, from 20 of them on. */
  demographics: FriendDemographics | undefined
  /** What people did with a broadcast or narrowcast, by its request ID. Default: everyone reached saw it, and opened what a test had them open. */
  readonly messageEvents: Map<string, MessageEvents>
  /** What people did with the messages of a unit, by its name. Default: LINE tells nothing. */
  readonly units: Map<string, UnitStatistics>
  /** How a rich menu was seen and tapped, by its ID, over all days together. Default: under 20 people tapped it. */
  readonly richMenus: Map<string, Omit<RichMenuInsightSummary, 'richMenuId'>>
  /** The same day by day; days outside of those asked for are left out. */
  readonly richMenuDays: Map<string, Omit<RichMenuInsightDaily, 'richMenuId'>>
}

/** The figures of an account. */
export const figuresOf: (account: AccountState) => InsightFigures = keep(() => ({
  unready: new Set(),
  deliveries: new Map(),
  followers: new Map(),
  demographics: undefined,
  messageEvents: new Map(),
  units: new Map(),
  richMenus: new Map(),
  richMenuDays: new Map(),
}))

/** The figures of an account as tests set them. */
export function accountFigures(world: World, account: OfficialAccount): InsightFigures {
  return figuresOf(accountState(world, account))
}
