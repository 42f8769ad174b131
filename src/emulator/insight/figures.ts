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
import { guard } from '../handle.js'
import { errorMessages, type InputMessages } from '../platform/error-messages.js'
import { refuse } from '../platform/refusal.js'
import type { AccountState } from '../state.js'
import { stateOf, type World } from '../world.js'

/**
 * The insight figures that LINE returns for an account, where the emulator cannot work them out. It knows the friends and the recipients of broadcasts and narrowcasts;
 * its users do not look at rich menus or open links. Set what LINE should return. Days are strings such as `20260101`, in UTC+9.
 */
export interface InsightFigures {
  /** Days that LINE has not counted yet. Today and all later days never are. */
  readonly unready: Set<string>
  /** Messages sent, by day. Default: the broadcasts, pushes, multicasts and replies of the API; no number where there were none. */
  readonly deliveries: Map<string, Omit<MessageDeliveries, 'status'>>
  /** Friends, by day. Default: those of the emulator at the end of the day. */
  readonly followers: Map<string, Omit<FollowerNumbers, 'status'>>
  /** The demographics of the friends. Default: those of the emulator's friends, from 20 friends on. */
  demographics: FriendDemographics | undefined
  /** What users did with a broadcast or narrowcast, by its request ID. Default: every recipient saw it, and opened what `audiences().open` says. */
  readonly messageEvents: Map<string, MessageEvents>
  /** What users did with the messages of a unit, by its name. Default: no figures. */
  readonly units: Map<string, UnitStatistics>
  /** How often a rich menu was seen and tapped, by its ID, for all days together. Default: fewer than 20 users tapped it. */
  readonly richMenus: Map<string, Omit<RichMenuInsightSummary, 'richMenuId'>>
  /** The same by day. Days outside of the requested range are left out. */
  readonly richMenuDays: Map<string, Omit<RichMenuInsightDaily, 'richMenuId'>>
}

/** The figures of an account. */
export const figuresOf: (account: AccountState) => InsightFigures = stateOf(() => ({
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
  const figures = figuresOf(accountState(world, account))
  return guard<InsightFigures>(world, {
    unready: guard(world, figures.unready),
    deliveries: guard(world, figures.deliveries),
    followers: guard(world, figures.followers),
    get demographics() {
      return figures.demographics
    },
    set demographics(demographics) {
      figures.demographics = demographics
    },
    messageEvents: guard(world, figures.messageEvents),
    units: guard(world, figures.units),
    richMenus: guard(world, figures.richMenus),
    richMenuDays: guard(world, figures.richMenuDays),
  })
}

/** LINE's texts for invalid days and ranges. */
export const inputMessages: InputMessages = ({ path, rule, allowed }, input) => {
  if (path === 'date' && rule === 'missing') return refuse(400, errorMessages.date)
  // Only the statistics of a unit have this parameter.
  if (Reflect.get(input, 'customAggregationUnit') !== undefined && rule === 'form')
    return refuse(400, { message: null, key: null, stacktrace: null, code: null })
  const most = path === 'to' && rule === 'other' ? /(\d{1,5}) days/.exec(allowed)?.[1] : undefined
  if (most === undefined) return refuse(400, 'Bad Request')
  const isBefore = String(Reflect.get(input, 'to')) < String(Reflect.get(input, 'from'))
  return refuse(
    400,
    isBefore
      ? 'Parameter to must be the same date as, or after parameter from.'
      : `Date range exceeds. Max range is ${most} days.`,
  )
}
