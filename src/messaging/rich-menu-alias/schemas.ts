import * as z from 'zod/mini'
import { richMenuAliasIdPattern } from '../../core/ids.js'
import { type Contracts, type Schema, schema } from '../../core/schema/schema.js'
import { filled, Nothing } from '../../core/schema/schema-parts.js'
import type * as operations from './operations.js'
import type * as T from './types.js'

export const CreateRichMenuAliasInput: Schema<T.CreateRichMenuAliasInput> = /* @__PURE__ */ schema(() =>
  z.object({
    richMenuAliasId: z
      .string()
      .check(
        z.minLength(1, { abort: true }),
        z.maxLength(32, { abort: true }),
        z.regex(richMenuAliasIdPattern, { error: '1 to 32 characters from a-z 0-9 _ -' }),
      ),
    richMenuId: filled(),
  }),
)

// Only the length is checked, because LINE tells invalid IDs from unknown ones in its response.
export const UpdateRichMenuAliasInput: Schema<T.UpdateRichMenuAliasInput> = /* @__PURE__ */ schema(() =>
  z.object({ richMenuAliasId: filled(), richMenuId: filled() }),
)

export const RichMenuAliasInput: Schema<T.RichMenuAliasInput> = /* @__PURE__ */ schema(() =>
  z.object({ richMenuAliasId: filled() }),
)

export const RichMenuAlias: Schema<T.RichMenuAlias> = /* @__PURE__ */ schema(() =>
  z.object({ richMenuAliasId: z.string(), richMenuId: z.string() }),
)

export const RichMenuAliases: Schema<T.RichMenuAliases> = /* @__PURE__ */ schema(() =>
  z.object({ aliases: z.array(RichMenuAlias()) }),
)

export const contracts: Contracts<typeof operations> = {
  createRichMenuAlias: { input: CreateRichMenuAliasInput, output: Nothing },
  getRichMenuAlias: { input: RichMenuAliasInput, output: RichMenuAlias },
  updateRichMenuAlias: { input: UpdateRichMenuAliasInput, output: Nothing },
  deleteRichMenuAlias: { input: RichMenuAliasInput, output: Nothing },
  getRichMenuAliasList: { input: Nothing, output: RichMenuAliases },
}
