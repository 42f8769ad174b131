import * as z from 'zod/mini'
import { type Contracts, type Schema, schema } from '../../core/schema/schema.js'
import { filled, maxUnits } from '../../core/schema/schema-parts.js'
import { audienceName, created } from '../group/schemas.js'
import type * as operations from './operations.js'
import type * as T from './types.js'

export const CreateClickBasedAudienceGroupInput: Schema<T.CreateClickBasedAudienceGroupInput> = /* @__PURE__ */ schema(
  () =>
    z.object({
      description: audienceName(),
      requestId: filled(),
      clickUrl: z.optional(z.string().check(maxUnits(2000))),
    }),
)

export const CreatedClickAudience: Schema<T.CreatedClickAudience> = /* @__PURE__ */ schema(() =>
  z.object({ ...created(), requestId: z.string(), clickUrl: z.optional(z.string()) }),
)

export const CreateImpBasedAudienceGroupInput: Schema<T.CreateImpBasedAudienceGroupInput> = /* @__PURE__ */ schema(() =>
  z.object({ description: audienceName(), requestId: filled() }),
)

export const CreatedImpAudience: Schema<T.CreatedImpAudience> = /* @__PURE__ */ schema(() =>
  z.object({ ...created(), requestId: z.string() }),
)

export const contracts: Contracts<typeof operations> = {
  createClickBasedAudienceGroup: { input: CreateClickBasedAudienceGroupInput, output: CreatedClickAudience },
  createImpBasedAudienceGroup: { input: CreateImpBasedAudienceGroupInput, output: CreatedImpAudience },
}
