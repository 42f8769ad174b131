import type { CreatedAudience } from '../../audience/created.js'
import type * as operations from '../../audience/ids/operations.js'
import type { StreamedFile } from '../../core/call/multipart.js'
import { type BotCall, type Handlers, Reply } from '../platform/handler.js'
import { refuse } from '../platform/refusal.js'
import { ours, words } from '../platform/words.js'
import {
  type AudienceState,
  addAudience,
  checkRoom,
  findOwnAudience,
  inSeconds,
  isBusy,
  shown,
  statusOf,
  upload,
} from './audiences.js'
import { refuseAudience, refuseIds } from './refusals.js'

const mostInFile = 1_500_000
const forms = { user: /^U[0-9a-f]{32}$/, ifa: /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i }

/** What every audience is answered with when it is made. */
export function createdAnswer(audience: AudienceState): CreatedAudience {
  const { audienceGroupId, createRoute, type, description, created, permission, expireTimestamp, isIfaAudience } =
    shown(audience, audience.createdAt)
  // What is made here expires, which not all audiences do.
  const expires = expireTimestamp ?? inSeconds(audience.createdAt)
  return {
    audienceGroupId,
    createRoute,
    type,
    description,
    created,
    permission,
    expireTimestamp: expires,
    isIfaAudience,
  }
}

function checkIds(ids: readonly string[], isIfa: boolean, property: 'audiences' | 'file'): Set<string> {
  const form = isIfa ? forms.ifa : forms.user
  if (!ids.every((id) => form.test(id))) refuseIds('UPLOAD_AUDIENCE_GROUP_INVALID_AUDIENCE_ID_FORMAT', property)
  return new Set(ids)
}

async function idsInFile(file: Blob | StreamedFile, isIfa: boolean): Promise<Set<string>> {
  // What came over the wire is a Blob; only a client has the other kind.
  if (!(file instanceof Blob) || file.type.split(';', 1)[0]?.trim().toLowerCase() !== 'text/plain')
    return refuse(415, words.contentType(file.type))
  const lines = (await file.text()).split(/\r?\n/).filter((line) => line !== '')
  if (!lines.length) refuseIds('UPLOAD_AUDIENCE_GROUP_NO_VALID_AUDIENCE_IDS', 'file')
  if (lines.length > mostInFile) refuseIds('UPLOAD_AUDIENCE_GROUP_TOO_MANY_AUDIENCE_IDS', 'file')
  return checkIds(lines, isIfa, 'file')
}

interface Named {
  readonly description: string
  readonly isIfaAudience?: boolean | undefined
  readonly uploadDescription?: string | undefined
}

function create(
  { world, account, now }: BotCall,
  { description, isIfaAudience, uploadDescription }: Named,
  ids: Set<string>,
) {
  checkRoom(account, now)
  const audience = addAudience(world, account, { type: 'UPLOAD', description, isIfaAudience })
  if (ids.size) upload(world, audience, ids, uploadDescription)
  return new Reply(createdAnswer(audience), { status: 202 })
}

// Refuses before the IDs are looked at, so that a file of another kind of IDs is not read for nothing.
function openToIds({ account, now }: BotCall, audienceGroupId: number): AudienceState {
  const audience = findOwnAudience(account, audienceGroupId, now)
  if (audience.type !== 'UPLOAD') refuseAudience('AUDIENCE_GROUP_NOT_FOUND')
  if (statusOf(audience, now) === 'EXPIRED') refuseAudience('AUDIENCE_GROUP_CAN_NOT_UPLOAD_STATUS_EXPIRED')
  if (isBusy(audience, now)) refuse(429, ours.tooManyJobs)
  return audience
}

const accepted = () => new Reply<Record<string, never>>({}, { status: 202 })

/** Makes audiences of uploaded IDs, and adds to them. */
export const handlers: Handlers<typeof operations> = {
  createAudienceGroup(input, call) {
    const ids = (input.audiences ?? []).map(({ id }) => id)
    return create(call, input, checkIds(ids, input.isIfaAudience ?? false, 'audiences'))
  },

  addAudienceToAudienceGroup({ audienceGroupId, audiences, uploadDescription }, call) {
    const audience = openToIds(call, audienceGroupId)
    const ids = audiences.map(({ id }) => id)
    upload(call.world, audience, checkIds(ids, audience.isIfaAudience, 'audiences'), uploadDescription)
    return accepted()
  },

  async createAudienceForUploadingUserIds(input, call) {
    return create(call, input, await idsInFile(input.file, input.isIfaAudience ?? false))
  },

  async addUserIdsToAudience({ audienceGroupId, file, uploadDescription }, call) {
    const audience = openToIds(call, audienceGroupId)
    upload(call.world, audience, await idsInFile(file, audience.isIfaAudience), uploadDescription)
    return accepted()
  },
}
