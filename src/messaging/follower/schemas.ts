import * as z from 'zod/mini'
import { type Contracts, type Schema, schema } from '../../core/schema/schema.js'
import type * as operations from './operations.js'
import type * as T from './types.js'

export const GetFollowersInput: Schema<T.GetFollowersInput> = /* @__PURE__ */ schema(() =>
  z.object({ start: z.optional(z.string()), limit: z.optional(z.int().check(z.minimum(1), z.maximum(1000))) }),
)

export const Followers: Schema<T.Followers> = /* @__PURE__ */ schema(() =>
  z.object({ userIds: z.array(z.string()), next: z.optional(z.string()) }),
)

export const contracts: Contracts<typeof operations> = { getFollowers: { input: GetFollowersInput, output: Followers } }
