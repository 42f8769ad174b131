import * as z from 'zod/mini'
import { type Contracts, type Schema, schema } from '../../core/schema/schema.js'
import { filled } from '../../core/schema/schema-parts.js'
import type * as operations from './operations.js'
import type * as T from './types.js'

export const GetProfileInput: Schema<T.GetProfileInput> = /* @__PURE__ */ schema(() => z.object({ userId: filled() }))

export const Profile: Schema<T.Profile> = /* @__PURE__ */ schema(() =>
  z.object({
    userId: z.string(),
    displayName: z.string(),
    pictureUrl: z.optional(z.string()),
    statusMessage: z.optional(z.string()),
    language: z.optional(z.string()),
  }),
)

export const contracts: Contracts<typeof operations> = { getProfile: { input: GetProfileInput, output: Profile } }
