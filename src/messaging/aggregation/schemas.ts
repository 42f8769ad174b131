import * as z from 'zod/mini'
import { type Contracts, type Schema, schema } from '../../core/schema/schema.js'
import { Nothing } from '../../core/schema/schema-parts.js'
import type * as operations from './operations.js'
import type * as T from './types.js'

export const AggregationUnitUsage: Schema<T.AggregationUnitUsage> = /* @__PURE__ */ schema(() =>
  z.object({ numOfCustomAggregationUnits: z.int() }),
)

export const GetAggregationUnitNameListInput: Schema<T.GetAggregationUnitNameListInput> = /* @__PURE__ */ schema(() =>
  z.object({ start: z.optional(z.string()), limit: z.optional(z.int().check(z.minimum(1), z.maximum(100))) }),
)

export const AggregationUnitNames: Schema<T.AggregationUnitNames> = /* @__PURE__ */ schema(() =>
  z.object({ customAggregationUnits: z.array(z.string()), next: z.optional(z.string()) }),
)

export const contracts: Contracts<typeof operations> = {
  getAggregationUnitUsage: { input: Nothing, output: AggregationUnitUsage },
  getAggregationUnitNameList: { input: GetAggregationUnitNameListInput, output: AggregationUnitNames },
}
