import * as z from 'zod/mini'
import { type Contracts, type Schema, schema } from '../core/schema/schema.js'
import { filled, list, Nothing, openSet } from '../core/schema/schema-parts.js'
import type * as operations from './operations.js'
import type * as T from './types.js'

const viewSizes = ['compact', 'tall', 'full'] as const

const scopes = ['openid', 'email', 'profile', 'chat_message.write'] as const

const botPrompts = ['normal', 'aggressive', 'none'] as const

const endpointUrl = () =>
  z.string().check(z.regex(/^https:\/\/[^\s#]+$/i, { error: 'an https URL without spaces or a fragment' }))

const settings = () => ({
  description: z.optional(z.string()),
  features: z.optional(LIFFFeaturesInput()),
  permanentLinkPattern: z.optional(z.literal('concat')),
  scope: z.optional(list(z.enum(scopes))),
  botPrompt: z.optional(z.enum(botPrompts)),
})

export const LIFFViewInput: Schema<T.LIFFViewInput> = /* @__PURE__ */ schema(() =>
  z.object({ type: z.enum(viewSizes), url: endpointUrl(), moduleMode: z.optional(z.boolean()) }),
)

export const UpdateLIFFViewInput: Schema<T.UpdateLIFFViewInput> = /* @__PURE__ */ schema(() =>
  z.object({
    type: z.optional(z.enum(viewSizes)),
    url: z.optional(endpointUrl()),
    moduleMode: z.optional(z.boolean()),
  }),
)

export const LIFFFeaturesInput: Schema<T.LIFFFeaturesInput> = /* @__PURE__ */ schema(() =>
  z.object({ qrCode: z.optional(z.boolean()) }),
)

export const AddLIFFAppInput: Schema<T.AddLIFFAppInput> = /* @__PURE__ */ schema(() =>
  z.object({ view: LIFFViewInput(), ...settings() }),
)

export const UpdateLIFFAppInput: Schema<T.UpdateLIFFAppInput> = /* @__PURE__ */ schema(() =>
  z.object({ liffId: filled(), view: z.optional(UpdateLIFFViewInput()), ...settings() }),
)

export const DeleteLIFFAppInput: Schema<T.DeleteLIFFAppInput> = /* @__PURE__ */ schema(() =>
  z.object({ liffId: filled() }),
)

export const AddedLIFFApp: Schema<T.AddedLIFFApp> = /* @__PURE__ */ schema(() => z.object({ liffId: z.string() }))

export const LIFFView: Schema<T.LIFFView> = /* @__PURE__ */ schema(() =>
  z.object({ type: openSet(...viewSizes), url: z.string(), moduleMode: z.optional(z.boolean()) }),
)

export const LIFFFeatures: Schema<T.LIFFFeatures> = /* @__PURE__ */ schema(() =>
  z.object({ ble: z.optional(z.boolean()), qrCode: z.optional(z.boolean()) }),
)

export const LIFFApp: Schema<T.LIFFApp> = /* @__PURE__ */ schema(() =>
  z.object({
    liffId: z.string(),
    view: LIFFView(),
    description: z.optional(z.string()),
    features: z.optional(LIFFFeatures()),
    permanentLinkPattern: z.optional(openSet('concat')),
    scope: z.optional(z.array(openSet(...scopes))),
    botPrompt: z.optional(openSet(...botPrompts)),
  }),
)

export const LIFFApps: Schema<T.LIFFApps> = /* @__PURE__ */ schema(() => z.object({ apps: z.array(LIFFApp()) }))

export const contracts: Contracts<typeof operations> = {
  addLIFFApp: { input: AddLIFFAppInput, output: AddedLIFFApp },
  getAllLIFFApps: { input: Nothing, output: LIFFApps },
  updateLIFFApp: { input: UpdateLIFFAppInput, output: Nothing },
  deleteLIFFApp: { input: DeleteLIFFAppInput, output: Nothing },
}
