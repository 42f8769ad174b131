import type * as operations from '../../messaging/aggregation/operations.js'
import type { Handlers } from '../platform/handler.js'
import { turnPage } from '../platform/paging.js'
import { unitsOf } from '../sending/units.js'

/** Tells which names messages of this month have been counted under. */
export const handlers: Handlers<typeof operations> = {
  getAggregationUnitUsage: (_, { account, now }) => ({ numOfCustomAggregationUnits: unitsOf(account, now).size }),

  getAggregationUnitNameList({ start, limit = 100 }, call) {
    const { items, ...more } = turnPage(call, { list: 'aggregation units', start, limit }, () => [
      ...unitsOf(call.account, call.now),
    ])
    return { customAggregationUnits: [...items], ...more }
  },
}
