import * as z from 'zod/mini'
import { type Contracts, type Schema, schema } from '../../core/schema/schema.js'
import { maxUnits, Nothing, openSet } from '../../core/schema/schema-parts.js'
import type * as operations from './operations.js'
import type * as T from './types.js'

// Only the length is checked. LINE rejects other invalid URLs with its own messages, and the emulator accepts more URLs
// than LINE.
const webhookUrl = () => z.string().check(maxUnits(500))

export const SetWebhookEndpointInput: Schema<T.SetWebhookEndpointInput> = /* @__PURE__ */ schema(() =>
  z.object({ endpoint: webhookUrl() }),
)

export const WebhookEndpoint: Schema<T.WebhookEndpoint> = /* @__PURE__ */ schema(() =>
  z.object({ endpoint: z.string(), active: z.boolean() }),
)

export const TestWebhookEndpointInput: Schema<T.TestWebhookEndpointInput> = /* @__PURE__ */ schema(() =>
  z.object({ endpoint: z.optional(webhookUrl()) }),
)

export const WebhookTestResult: Schema<T.WebhookTestResult> = /* @__PURE__ */ schema(() =>
  z.object({
    success: z.boolean(),
    timestamp: z.string(),
    statusCode: z.int(),
    reason: openSet('OK', 'COULD_NOT_CONNECT', 'REQUEST_TIMEOUT', 'ERROR_STATUS_CODE', 'UNCLASSIFIED'),
    detail: z.string(),
  }),
)

export const contracts: Contracts<typeof operations> = {
  setWebhookEndpoint: { input: SetWebhookEndpointInput, output: Nothing },
  getWebhookEndpoint: { input: Nothing, output: WebhookEndpoint },
  testWebhookEndpoint: { input: TestWebhookEndpointInput, output: WebhookTestResult },
}
