import * as z from 'zod/mini'
import { type Contracts, type Schema, schema } from '../../core/schema/schema.js'
import { filled } from '../../core/schema/schema-parts.js'
import type * as operations from './operations.js'
import type * as T from './types.js'

export const IssueLinkTokenInput: Schema<T.IssueLinkTokenInput> = /* @__PURE__ */ schema(() =>
  z.object({ userId: filled() }),
)

export const LinkToken: Schema<T.LinkToken> = /* @__PURE__ */ schema(() => z.object({ linkToken: z.string() }))

export const contracts: Contracts<typeof operations> = {
  issueLinkToken: { input: IssueLinkTokenInput, output: LinkToken },
}
