import type { StreamedFile } from '../../core/call/multipart.js'

/** One person of an audience. */
export interface AudienceMember {
  /** User ID, or an advertising ID (IFA) in an audience of those. */
  id: string
}

/** An audience of uploaded IDs. */
export interface CreateAudienceGroupInput {
  /** The audience's name, 1 to 120 UTF-16 units, no control characters, not spaces only. Its case does not count. */
  description: string
  /** Whether the IDs are advertising IDs (IFA), which LINE has to have approved. LINE uses `false` when it is left out. */
  isIfaAudience?: boolean | undefined
  /** What to call this upload in the audience's `jobs`, at most 300 UTF-16 units. */
  uploadDescription?: string | undefined
  /** At most 10,000. When it is left out or empty, the audience is empty too and stays `IN_PROGRESS`. One wrong ID, and LINE takes none. */
  audiences?: readonly AudienceMember[] | undefined
}

/** IDs to add to an audience. */
export interface AddAudienceToAudienceGroupInput {
  /** Audience ID, an integer. It must be an audience of uploaded IDs, of the same kind as these. */
  audienceGroupId: number
  /** What to call this upload in the audience's `jobs`, at most 300 UTF-16 units. */
  uploadDescription?: string | undefined
  /** 1 to 10,000. One wrong ID, and LINE takes none. IDs cannot be taken out again. */
  audiences: readonly AudienceMember[]
}

/** An audience of IDs in a file. */
export interface CreateAudienceForUploadingUserIdsInput {
  /** The audience's name, 1 to 120 UTF-16 units, no control characters, not spaces only. Its case does not count. */
  description: string
  /** Whether the IDs are advertising IDs (IFA), which LINE has to have approved. LINE uses `false` when it is left out. */
  isIfaAudience?: boolean | undefined
  /** What to call this upload in the audience's `jobs`, at most 300 UTF-16 units. */
  uploadDescription?: string | undefined
  /** One ID per line, at most 1,500,000, as `text/plain` (415 otherwise). `audienceFile` makes it of a list, `audienceBlob` too. */
  file: Blob | StreamedFile
}

/** IDs in a file to add to an audience. */
export interface AddUserIdsToAudienceInput {
  /** Audience ID, an integer. It must be an audience of uploaded IDs, of the same kind as these. */
  audienceGroupId: number
  /** What to call this upload in the audience's `jobs`, at most 300 UTF-16 units. */
  uploadDescription?: string | undefined
  /** One ID per line, at most 1,500,000, as `text/plain` (415 otherwise). `audienceFile` makes it of a list, `audienceBlob` too. */
  file: Blob | StreamedFile
}
