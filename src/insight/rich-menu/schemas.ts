import * as z from 'zod/mini'
import { day, period } from '../../core/schema/date-schemas.js'
import { type Contracts, type Schema, schema } from '../../core/schema/schema.js'
import { filled } from '../../core/schema/schema-parts.js'
import type * as operations from './operations.js'
import type * as T from './types.js'

const menuAndDays = () => z.object({ richMenuId: filled(), from: day(), to: day() })

const counted = () => ({
  richMenuId: z.string(),
  metricsFrom: z.optional(z.nullable(z.string())),
  metricsTo: z.optional(z.nullable(z.string())),
})

const total = () => ({ count: z.int(), uniqueUsers: z.int() })

export const RichMenuInsightSummaryInput: Schema<T.RichMenuInsightSummaryInput> = /* @__PURE__ */ schema(() =>
  menuAndDays().check(period(396)),
)

export const RichMenuInsightDailyInput: Schema<T.RichMenuInsightDailyInput> = /* @__PURE__ */ schema(() =>
  menuAndDays().check(period(99)),
)

export const InsightTotal: Schema<T.InsightTotal> = /* @__PURE__ */ schema(() => z.object(total()))

export const InsightOfDay: Schema<T.InsightOfDay> = /* @__PURE__ */ schema(() =>
  z.object({ date: z.string(), ...total() }),
)

export const RichMenuInsightBounds: Schema<T.RichMenuInsightBounds> = /* @__PURE__ */ schema(() =>
  z.object({ x: z.int(), y: z.int(), width: z.int(), height: z.int() }),
)

export const RichMenuImpressionTotal: Schema<T.RichMenuImpressionTotal> = /* @__PURE__ */ schema(() =>
  z.object({ metrics: InsightTotal() }),
)

export const RichMenuClickTotal: Schema<T.RichMenuClickTotal> = /* @__PURE__ */ schema(() =>
  z.object({ bounds: RichMenuInsightBounds(), metrics: InsightTotal() }),
)

export const RichMenuImpressionByDay: Schema<T.RichMenuImpressionByDay> = /* @__PURE__ */ schema(() =>
  z.object({ metrics: z.array(InsightOfDay()) }),
)

export const RichMenuClickByDay: Schema<T.RichMenuClickByDay> = /* @__PURE__ */ schema(() =>
  z.object({ bounds: RichMenuInsightBounds(), metrics: z.array(InsightOfDay()) }),
)

export const RichMenuInsightSummary: Schema<T.RichMenuInsightSummary> = /* @__PURE__ */ schema(() =>
  z.object({
    ...counted(),
    impression: z.optional(RichMenuImpressionTotal()),
    clicks: z.optional(z.array(RichMenuClickTotal())),
  }),
)

export const RichMenuInsightDaily: Schema<T.RichMenuInsightDaily> = /* @__PURE__ */ schema(() =>
  z.object({
    ...counted(),
    impression: z.optional(RichMenuImpressionByDay()),
    clicks: z.optional(z.array(RichMenuClickByDay())),
  }),
)

export const contracts: Contracts<typeof operations> = {
  getRichMenuInsightSummary: { input: RichMenuInsightSummaryInput, output: RichMenuInsightSummary },
  getRichMenuInsightDaily: { input: RichMenuInsightDailyInput, output: RichMenuInsightDaily },
}
