import { dayNumber, lineDate } from '../../core/dates.js'
import * as operations from '../../insight/rich-menu/operations.js'
import { richMenus } from '../messaging/rich-menu.js'
import { errorMessages } from '../platform/error-messages.js'
import { type BotCall, type Handlers, type Route, route } from '../platform/handler.js'
import { refuse } from '../platform/refusal.js'
import { figuresOf, inputMessages } from './figures.js'

function check(
  { account, now }: BotCall,
  { richMenuId, from }: { readonly richMenuId: string; readonly from: string },
): void {
  const today = lineDate(now)
  const first = String(Number(today) - 30_000).padStart(8, '0')
  // Compared as numbers, because three years before 29 February is not a date.
  if (from < first)
    refuse(400, `Parameter from must be the same date as, or after ${first.replace(/^(\d{4})(\d{2})/, '$1-$2-')}.`)
  const figures = figuresOf(account)
  const known =
    richMenus(account).menus.has(richMenuId) ||
    figures.richMenus.has(richMenuId) ||
    figures.richMenuDays.has(richMenuId)
  if (!known) refuse(404, errorMessages.notFound)
}

/** Returns how often rich menus were seen and tapped. */
const handlers: Handlers<typeof operations> = {
  getRichMenuInsightSummary(input, call) {
    check(call, input)
    return { richMenuId: input.richMenuId, ...figuresOf(call.account).richMenus.get(input.richMenuId) }
  },

  getRichMenuInsightDaily(input, call) {
    check(call, input)
    const { richMenuId, from, to } = input
    const days = figuresOf(call.account).richMenuDays.get(richMenuId)
    const asked = ({ date }: { readonly date: string }) => dayNumber(date) !== undefined && date >= from && date <= to
    return {
      richMenuId,
      ...days,
      ...(days?.impression && { impression: { metrics: days.impression.metrics.filter(asked) } }),
      ...(days?.clicks && {
        clicks: days.clicks.map(({ bounds, metrics }) => ({ bounds, metrics: metrics.filter(asked) })),
      }),
    }
  },
}

/** What LINE does at the operations of this topic. */
export const routes: readonly Route[] = /* @__PURE__ */ route('channel', operations, handlers, {
  messages: inputMessages,
})
