import * as z from 'zod/mini'
import { type Contracts, type Schema, schema } from '../core/schema/schema.js'
import { filled, Nothing, openSet } from '../core/schema/schema-parts.js'
import type * as operations from './operations.js'
import type * as T from './types.js'

const grant = () => ({
  grant_type: z.literal('authorization_code'),
  code: filled(),
  redirect_uri: filled(),
  // RFC 7636, section 4.1
  code_verifier: z.optional(
    z.string().check(z.regex(/^[A-Za-z0-9._~-]{43,128}$/, { error: '43 to 128 characters from A-Z a-z 0-9 - . _ ~' })),
  ),
  region: z.optional(openSet('JP', 'TW')),
  basic_search_id: z.optional(z.string()),
  scope: z.optional(z.string()),
  brand_type: z.optional(z.string()),
})

/** The scopes that LINE lists for module channels. */
export const moduleScopes = [
  'message:send',
  'message:receive',
  'account:manage',
  'message:mark_as_read',
  'message:templated_pnp',
  'profile:read',
  'coupon:manage',
  'crm:manage',
] as const

export const ModuleScope: Schema<T.ModuleScope> = /* @__PURE__ */ schema(() => openSet(...moduleScopes))

export const ModuleCodeGrant: Schema<T.ModuleCodeGrant> = /* @__PURE__ */ schema(() => z.object(grant()))

export const AttachModuleBySecretInput: Schema<T.AttachModuleBySecretInput> = /* @__PURE__ */ schema(() =>
  z.object({ ...grant(), client_id: filled(), client_secret: filled() }),
)

export const AttachModuleByHeaderInput: Schema<T.AttachModuleByHeaderInput> = /* @__PURE__ */ schema(() =>
  z.object({
    ...grant(),
    authorization: z.templateLiteral(['Basic ', z.string()], { error: 'the result of basicAuthorization()' }),
  }),
)

export const AttachModuleInput: Schema<T.AttachModuleInput> = /* @__PURE__ */ schema(() =>
  z.union([AttachModuleBySecretInput(), AttachModuleByHeaderInput()]),
)

export const ModuleAttachment: Schema<T.ModuleAttachment> = /* @__PURE__ */ schema(() =>
  z.object({ bot_id: z.string(), scopes: z.array(ModuleScope()) }),
)

export const DetachModuleInput: Schema<T.DetachModuleInput> = /* @__PURE__ */ schema(() =>
  z.object({ botId: filled() }),
)

export const AcquireChatControlInput: Schema<T.AcquireChatControlInput> = /* @__PURE__ */ schema(() =>
  z.object({
    chatId: filled(),
    expired: z.optional(z.boolean()),
    ttl: z.optional(z.int().check(z.minimum(1), z.maximum(31_536_000))),
  }),
)

export const ReleaseChatControlInput: Schema<T.ReleaseChatControlInput> = /* @__PURE__ */ schema(() =>
  z.object({ chatId: filled() }),
)

export const GetModulesInput: Schema<T.GetModulesInput> = /* @__PURE__ */ schema(() =>
  z.object({ start: z.optional(z.string()), limit: z.optional(z.int().check(z.minimum(1), z.maximum(100))) }),
)

export const ModuleBot: Schema<T.ModuleBot> = /* @__PURE__ */ schema(() =>
  z.object({
    userId: z.string(),
    basicId: z.string(),
    premiumId: z.optional(z.string()),
    displayName: z.string(),
    pictureUrl: z.optional(z.string()),
  }),
)

export const ModuleBots: Schema<T.ModuleBots> = /* @__PURE__ */ schema(() =>
  z.object({ bots: z.array(ModuleBot()), next: z.optional(z.string()) }),
)

export const contracts: Contracts<typeof operations> = {
  attachModule: { input: AttachModuleInput, output: ModuleAttachment },
  detachModule: { input: DetachModuleInput, output: Nothing },
  acquireChatControl: { input: AcquireChatControlInput, output: Nothing },
  releaseChatControl: { input: ReleaseChatControlInput, output: Nothing },
  getModules: { input: GetModulesInput, output: ModuleBots },
}
