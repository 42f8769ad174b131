import * as z from 'zod/mini'
import { type Contracts, type Schema, schema } from '../../core/schema/schema.js'
import { type Breach, filled, list, Nothing, openSet, rule } from '../../core/schema/schema-parts.js'
import type * as operations from './operations.js'
import type * as T from './types.js'

export const RichMenuBatchLink: Schema<T.RichMenuBatchLink> = /* @__PURE__ */ schema(() =>
  z.object({ type: z.literal('link'), from: filled(), to: filled() }),
)

export const RichMenuBatchUnlink: Schema<T.RichMenuBatchUnlink> = /* @__PURE__ */ schema(() =>
  z.object({ type: z.literal('unlink'), from: filled() }),
)

export const RichMenuBatchUnlinkAll: Schema<T.RichMenuBatchUnlinkAll> = /* @__PURE__ */ schema(() =>
  z.object({ type: z.literal('unlinkAll') }),
)

export const RichMenuBatchOperation: Schema<T.RichMenuBatchOperation> = /* @__PURE__ */ schema(() =>
  z.discriminatedUnion('type', [RichMenuBatchLink(), RichMenuBatchUnlink(), RichMenuBatchUnlinkAll()]),
)

function* listClashes(steps: readonly T.RichMenuBatchOperation[]): Generator<Breach> {
  const seen = new Set<string>()
  const others = steps.some(({ type }) => type !== 'unlinkAll')
  for (const [at, step] of steps.entries()) {
    if (step.type === 'unlinkAll') {
      if (others)
        yield {
          path: [at, 'type'],
          allowed: 'the only operation of the batch if its type is unlinkAll',
          found: 'one of several operations',
        }
      continue
    }
    if (seen.has(step.from))
      yield { path: [at, 'from'], allowed: 'a rich menu that is not the `from` of an earlier operation' }
    seen.add(step.from)
  }
}

export const RichMenuBatchInput: Schema<T.RichMenuBatchInput> = /* @__PURE__ */ schema(() =>
  z.object({
    operations: list(RichMenuBatchOperation(), 0, 1000).check(rule((steps) => [...listClashes(steps)])),
    resumeRequestKey: z.optional(
      z
        .string()
        .check(
          z.minLength(1, { abort: true }),
          z.maxLength(100, { abort: true }),
          z.regex(/^[a-zA-Z0-9_-]{1,100}$/, { error: '1 to 100 characters from A-Z a-z 0-9 _ -' }),
        ),
    ),
  }),
)

export const GetRichMenuBatchProgressInput: Schema<T.GetRichMenuBatchProgressInput> = /* @__PURE__ */ schema(() =>
  z.object({ requestId: filled() }),
)

export const RichMenuBatchProgress: Schema<T.RichMenuBatchProgress> = /* @__PURE__ */ schema(() =>
  z.object({
    phase: openSet('ongoing', 'succeeded', 'failed'),
    acceptedTime: z.string(),
    completedTime: z.optional(z.string()),
  }),
)

export const contracts: Contracts<typeof operations> = {
  richMenuBatch: { input: RichMenuBatchInput, output: Nothing },
  validateRichMenuBatchRequest: { input: RichMenuBatchInput, output: Nothing },
  getRichMenuBatchProgress: { input: GetRichMenuBatchProgressInput, output: RichMenuBatchProgress },
}
