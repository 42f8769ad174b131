import * as z from 'zod/mini'
import { isStreamedFile, type StreamedFile } from '../../core/call/multipart.js'
import { type Contracts, type Schema, schema } from '../../core/schema/schema.js'
import { filled, list, maxUnits, Nothing } from '../../core/schema/schema-parts.js'
import { audienceName, CreatedAudience } from '../group/schemas.js'
import type * as operations from './operations.js'
import type * as T from './types.js'

const uploadDescription = () => z.optional(z.string().check(maxUnits(300)))

const members = (minimum: number) => list(AudienceMember(), minimum, 10_000)

const file = () =>
  z.custom<Blob | StreamedFile>((value) => value instanceof Blob || isStreamedFile(value), {
    error: 'a Blob, or a file from audienceFile()',
  })

export const AudienceMember: Schema<T.AudienceMember> = /* @__PURE__ */ schema(() => z.object({ id: filled() }))

export const CreateAudienceGroupInput: Schema<T.CreateAudienceGroupInput> = /* @__PURE__ */ schema(() =>
  z.object({
    description: audienceName(),
    isIfaAudience: z.optional(z.boolean()),
    uploadDescription: uploadDescription(),
    audiences: z.optional(members(0)),
  }),
)

export const AddAudienceToAudienceGroupInput: Schema<T.AddAudienceToAudienceGroupInput> = /* @__PURE__ */ schema(() =>
  z.object({ audienceGroupId: z.int(), uploadDescription: uploadDescription(), audiences: members(1) }),
)

export const CreateAudienceForUploadingUserIdsInput: Schema<T.CreateAudienceForUploadingUserIdsInput> =
  /* @__PURE__ */ schema(() =>
    z.object({
      description: audienceName(),
      isIfaAudience: z.optional(z.boolean()),
      uploadDescription: uploadDescription(),
      file: file(),
    }),
  )

export const AddUserIdsToAudienceInput: Schema<T.AddUserIdsToAudienceInput> = /* @__PURE__ */ schema(() =>
  z.object({ audienceGroupId: z.int(), uploadDescription: uploadDescription(), file: file() }),
)

export const contracts: Contracts<typeof operations> = {
  createAudienceGroup: { input: CreateAudienceGroupInput, output: CreatedAudience },
  addAudienceToAudienceGroup: { input: AddAudienceToAudienceGroupInput, output: Nothing },
  createAudienceForUploadingUserIds: { input: CreateAudienceForUploadingUserIdsInput, output: CreatedAudience },
  addUserIdsToAudience: { input: AddUserIdsToAudienceInput, output: Nothing },
}
