import * as z from 'zod/mini'
import { filled, Nothing, openSet, rule } from '../../core/parts.js'
import { type Contracts, type Schema, schema } from '../../core/schema.js'
import { Messages } from '../message/schemas.js'
import type { DemographicFilter as Filter, Recipient as Target } from './audience.js'
import { DemographicFilter, Recipient } from './audience-schemas.js'
import type * as operations from './operations.js'
import type * as T from './types.js'

type Combined = Target | Filter

// Operators are free; what they combine is counted.
function countLeaves(combined: Combined): number {
  if (combined.type !== 'operator') return 1
  const inner: readonly Combined[] = combined.and ?? combined.or ?? [combined.not]
  return inner.reduce((count, one) => count + countLeaves(one), 0)
}

const atMostTen = (what: string) =>
  rule<Combined>((combined) => {
    const count = countLeaves(combined)
    return count > 10 ? [{ path: [], allowed: `made of at most 10 ${what}`, found: `made of ${count}` }] : []
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
      rule(({ forbidPartialDelivery, upToRemainingQuota }) =>
        forbidPartialDelivery && !upToRemainingQuota
          ? [{ path: ['forbidPartialDelivery'], allowed: 'left out, or come with upToRemainingQuota: true' }]
          : [],
      ),
    ),
)

export const NarrowcastInput: Schema<T.NarrowcastInput> = /* @__PURE__ */ schema(() =>
  z.object({
    messages: Messages(),
    recipient: z.optional(z.lazy(Recipient).check(atMostTen('audiences and redeliveries'))),
    filter: z.optional(NarrowcastFilter()),
    limit: z.optional(NarrowcastLimit()),
    notificationDisabled: z.optional(z.boolean()),
  }),
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
