import * as z from 'zod/mini'
import { property } from '../../core/property.js'
import { type Contracts, type Schema, schema } from '../../core/schema/schema.js'
import { filled, looseRule, Nothing, openSet } from '../../core/schema/schema-parts.js'
import { Messages, noMentions } from '../message/schemas.js'
import type * as operations from './operations.js'
import { DemographicFilter, Recipient } from './recipient-schemas.js'
import type * as T from './types.js'
import type { DemographicFilter as Filter, Recipient as Target } from './types.js'

// Operators do not count towards the limit, only the objects that they combine.
function countLeaves(combined: unknown): number {
  if (property(combined, 'type') !== 'operator') return 1
  const inner = [property(combined, 'and'), property(combined, 'or'), property(combined, 'not')].filter(
    (one) => one !== undefined,
  )
  return inner.flat().reduce<number>((count, one) => count + countLeaves(one), 0)
}

const atMostTen = (what: string) =>
  looseRule<Target | Filter>((combined) => {
    const count = countLeaves(combined)
    return count > 10
      ? [{ path: [], allowed: `a combination of at most 10 ${what}`, found: `a combination of ${count} ${what}` }]
      : []
  })

export const NarrowcastFilter: Schema<T.NarrowcastFilter> = /* @__PURE__ */ schema(() =>
  z.object({ demographic: z.optional(z.lazy(DemographicFilter).check(atMostTen('demographic filters'))) }),
)

export const NarrowcastLimit: Schema<T.NarrowcastLimit> = /* @__PURE__ */ schema(() =>
  z
    .object({
      max: z.optional(z.int().check(z.minimum(1))),
      upToRemainingQuota: z.optional(z.boolean()),
      forbidPartialDelivery: z.optional(z.boolean()),
    })
    .check(
      looseRule(({ forbidPartialDelivery, upToRemainingQuota }) =>
        forbidPartialDelivery === true && upToRemainingQuota !== true
          ? [{ path: ['forbidPartialDelivery'], allowed: 'omitted unless upToRemainingQuota is true' }]
          : [],
      ),
    ),
)

export const NarrowcastInput: Schema<T.NarrowcastInput> = /* @__PURE__ */ schema(() =>
  z
    .object({
      messages: Messages(),
      recipient: z.optional(z.lazy(Recipient).check(atMostTen('audiences and redeliveries'))),
      filter: z.optional(NarrowcastFilter()),
      limit: z.optional(NarrowcastLimit()),
      notificationDisabled: z.optional(z.boolean()),
    })
    .check(noMentions()),
)

export const GetNarrowcastProgressInput: Schema<T.GetNarrowcastProgressInput> = /* @__PURE__ */ schema(() =>
  z.object({ requestId: filled() }),
)

export const NarrowcastProgress: Schema<T.NarrowcastProgress> = /* @__PURE__ */ schema(() =>
  z.object({
    phase: openSet('waiting', 'sending', 'succeeded', 'failed'),
    successCount: z.optional(z.int()),
    failureCount: z.optional(z.int()),
    targetCount: z.optional(z.int()),
    failedDescription: z.optional(z.string()),
    errorCode: z.optional(z.int()),
    acceptedTime: z.string(),
    completedTime: z.optional(z.string()),
  }),
)

export const contracts: Contracts<typeof operations> = {
  narrowcast: { input: NarrowcastInput, output: Nothing },
  getNarrowcastProgress: { input: GetNarrowcastProgressInput, output: NarrowcastProgress },
}
