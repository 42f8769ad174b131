import type { StreamedFile } from '../../core/call/multipart.js'

/** A member of an audience. */
export interface AudienceMember {
  /** User ID, or advertising ID (IFA) in an audience of advertising IDs. */
  id: string
}

/** Input of `createAudienceGroup`. */
export interface CreateAudienceGroupInput {
  /** Name of the audience, 1 to 120 UTF-16 code units, without control characters, not only spaces. Case-insensitive. */
  description: string
  /** Whether the IDs are advertising IDs (IFA), which requires LINE's approval. Default: `false`. */
  isIfaAudience?: boolean | undefined
  /** Description of this upload, shown in the `jobs` of the audience. At most 300 UTF-16 code units. */
  uploadDescription?: string | undefined
  /**
   * Members, at most 10,000. If omitted or empty, the audience is empty and stays `IN_PROGRESS`. If one ID is invalid,
   * LINE accepts none.
   */
  audiences?: readonly AudienceMember[] | undefined
}

/** Input of `addAudienceToAudienceGroup`. */
export interface AddAudienceToAudienceGroupInput {
  /** Audience ID, an integer. The audience must be based on uploaded IDs of the same type. */
  audienceGroupId: number
  /** Description of this upload, shown in the `jobs` of the audience. At most 300 UTF-16 code units. */
  uploadDescription?: string | undefined
  /** Members to add, 1 to 10,000. If one ID is invalid, LINE accepts none. IDs cannot be removed. */
  audiences: readonly AudienceMember[]
}

/** Input of `createAudienceForUploadingUserIds`. */
export interface CreateAudienceForUploadingUserIdsInput {
  /** Name of the audience, 1 to 120 UTF-16 code units, without control characters, not only spaces. Case-insensitive. */
  description: string
  /** Whether the IDs are advertising IDs (IFA), which requires LINE's approval. Default: `false`. */
  isIfaAudience?: boolean | undefined
  /** Description of this upload, shown in the `jobs` of the audience. At most 300 UTF-16 code units. */
  uploadDescription?: string | undefined
  /**
   * File with one ID per line, at most 1,500,000, as `text/plain` (415 otherwise). `audienceFile` and `audienceBlob`
   * create one.
   */
  file: Blob | StreamedFile
}

/** Input of `addUserIdsToAudience`. */
export interface AddUserIdsToAudienceInput {
  /** Audience ID, an integer. The audience must be based on uploaded IDs of the same type. */
  audienceGroupId: number
  /** Description of this upload, shown in the `jobs` of the audience. At most 300 UTF-16 code units. */
  uploadDescription?: string | undefined
  /**
   * File with one ID per line, at most 1,500,000, as `text/plain` (415 otherwise). `audienceFile` and `audienceBlob`
   * create one.
   */
  file: Blob | StreamedFile
}
