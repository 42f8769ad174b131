import * as z from 'zod/mini'
import type { BinaryContent } from '../../core/call/response.js'
import { type Contracts, type Schema, schema } from '../../core/schema/schema.js'
import { filled, openSet } from '../../core/schema/schema-parts.js'
import type * as operations from './operations.js'
import type * as T from './types.js'

/** A binary response. Only its type is checked, because the stream has not been read yet. */
export const Binary: Schema<BinaryContent> = /* @__PURE__ */ schema(() =>
  z.custom<BinaryContent>(
    (value) =>
      typeof value === 'object' && value !== null && 'stream' in value && value.stream instanceof ReadableStream,
    { error: 'a file with a stream' },
  ),
)

export const GetMessageContentInput: Schema<T.GetMessageContentInput> = /* @__PURE__ */ schema(() =>
  z.object({ messageId: filled() }),
)

export const MessageContentTranscoding: Schema<T.MessageContentTranscoding> = /* @__PURE__ */ schema(() =>
  z.object({ status: openSet('processing', 'succeeded', 'failed') }),
)

export const contracts: Contracts<typeof operations> = {
  getMessageContent: { input: GetMessageContentInput, output: Binary },
  getMessageContentPreview: { input: GetMessageContentInput, output: Binary },
  getMessageContentTranscodingByMessageId: { input: GetMessageContentInput, output: MessageContentTranscoding },
}
