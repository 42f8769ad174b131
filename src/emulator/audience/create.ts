import type { CreatedAudience } from '../../audience/group/types.js'
import * as ids from '../../audience/ids/operations.js'
import * as retargeting from '../../audience/retargeting/operations.js'
import type { StreamedFile } from '../../core/call/multipart.js'
import { userIdPattern, uuidPattern } from '../../core/ids.js'
import { findSentRequest, type SentRequest } from '../messaging/send.js'
import { assumedMessages, errorMessages } from '../platform/error-messages.js'
import { type BotCall, type Handlers, Reply, type Route, route } from '../platform/handler.js'
import { refuse } from '../platform/refusal.js'
import { hasAudiences } from '../settings.js'
import type { AccountState } from '../state.js'
import {
  type AudienceState,
  addAudience,
  audiencesOf,
  checkRoom,
  findOwnAudience,
  inSeconds,
  isBusy,
  shown,
  statusOf,
  upload,
} from './audiences.js'
import { inputMessages, refuseAudience, refuseIds } from './refusals.js'

const mostInFile = 1_500_000

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
  const form = isIfa ? uuidPattern : userIdPattern
  if (!ids.every((id) => form.test(id))) refuseIds('UPLOAD_AUDIENCE_GROUP_INVALID_AUDIENCE_ID_FORMAT', property)
  return new Set(ids)
}

async function idsInFile(file: Blob | StreamedFile, isIfa: boolean): Promise<Set<string>> {
  // Handlers always get a Blob; only clients use a StreamedFile.
  if (!(file instanceof Blob) || file.type.split(';', 1)[0]?.trim().toLowerCase() !== 'text/plain')
    return refuse(415, errorMessages.contentType(file.type))
  const lines = (await file.text()).split(/\r?\n/).filter((line) => line !== '')
  if (!lines.length) refuseIds('UPLOAD_AUDIENCE_GROUP_NO_VALID_AUDIENCE_IDS', 'file')
  if (lines.length > mostInFile) refuseIds('UPLOAD_AUDIENCE_GROUP_TOO_MANY_AUDIENCE_IDS', 'file')
  return checkIds(lines, isIfa, 'file')
}

// LINE says which countries, and not what it answers elsewhere.
function checkCountry(account: AccountState): void {
  if (!hasAudiences(account)) refuse(403, errorMessages.notAvailable)
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
  checkCountry(account)
  checkRoom(account, now)
  const audience = addAudience(world, account, { type: 'UPLOAD', description, isIfaAudience })
  if (ids.size) upload(world, audience, ids, uploadDescription)
  return new Reply(createdAnswer(audience), { status: 202 })
}

// Refuses before the IDs are read, so that no file is read in vain.
function openToIds({ account, now }: BotCall, audienceGroupId: number): AudienceState {
  const audience = findOwnAudience(account, audienceGroupId, now)
  if (audience.type !== 'UPLOAD') refuseAudience('AUDIENCE_GROUP_NOT_FOUND')
  if (statusOf(audience, now) === 'EXPIRED') refuseAudience('AUDIENCE_GROUP_CAN_NOT_UPLOAD_STATUS_EXPIRED')
  if (isBusy(audience, now)) refuse(429, assumedMessages.tooManyJobs)
  return audience
}

const accepted = () => new Reply<Record<string, never>>({}, { status: 202 })

/** Creates audiences of uploaded IDs, and adds to them. */
const idsHandlers: Handlers<typeof ids> = {
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

const sixtyDays = 60 * 24 * 60 * 60 * 1000

function messageBehind(
  { world, account, now }: BotCall,
  requestId: string,
  type: 'CLICK' | 'IMP',
  clickUrl?: string,
): SentRequest {
  checkCountry(account)
  checkRoom(account, now)
  const request = findSentRequest(world, requestId)
  // LINE answers the same for a message that is still being sent.
  if (!request?.people()) return refuseAudience('REQUEST_NOT_FOUND')
  if (request.account !== account) refuseAudience('WRONG_BOT_ID')
  if (now - request.at > sixtyDays) refuseAudience('TOO_OLD_MESSAGES')
  const isSame = audiencesOf(account, now).some(
    (audience) => audience.type === type && audience.requestId === requestId && audience.clickUrl === clickUrl,
  )
  return isSame ? refuseAudience('AUDIENCE_GROUP_REQUESTID_DUPLICATE') : request
}

/** Creates audiences of those who saw a message or opened its links. */
const retargetingHandlers: Handlers<typeof retargeting> = {
  createClickBasedAudienceGroup({ description, requestId, clickUrl: given }, call) {
    // An empty URL means any URL, like a missing one.
    const clickUrl = given || undefined
    const { opened } = messageBehind(call, requestId, 'CLICK', clickUrl)
    const people = () => [
      ...new Set(opened.filter(({ url }) => clickUrl === undefined || url === clickUrl).map(({ person }) => person)),
    ]
    const audience = addAudience(call.world, call.account, { type: 'CLICK', description, requestId, clickUrl, people })
    return new Reply(
      { ...createdAnswer(audience), requestId, ...(clickUrl !== undefined && { clickUrl }) },
      { status: 202 },
    )
  },

  createImpBasedAudienceGroup({ description, requestId }, call) {
    const request = messageBehind(call, requestId, 'IMP')
    const audience = addAudience(call.world, call.account, {
      type: 'IMP',
      description,
      requestId,
      people: () => request.people() ?? [],
    })
    return new Reply({ ...createdAnswer(audience), requestId }, { status: 202 })
  },
}

/** What LINE does at the operations of these topics. */
export const routes: readonly Route[] = [
  ...route('channel', ids, idsHandlers, { messages: inputMessages }),
  ...route('channel', retargeting, retargetingHandlers, { messages: inputMessages }),
]
