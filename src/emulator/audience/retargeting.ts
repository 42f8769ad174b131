import type * as operations from '../../audience/retargeting/operations.js'
import { type BotCall, type Handlers, Reply } from '../platform/handler.js'
import { findSentRequest, type SentRequest } from '../sending/sent-requests.js'
import { addAudience, audiencesOf, checkRoom } from './audiences.js'
import { createdAnswer } from './ids.js'
import { refuseAudience } from './refusals.js'

const sixtyDays = 60 * 24 * 60 * 60 * 1000

function messageBehind(
  { world, account, now }: BotCall,
  requestId: string,
  type: 'CLICK' | 'IMP',
  clickUrl?: string,
): SentRequest {
  checkRoom(account, now)
  const request = findSentRequest(world, requestId)
  // LINE says the same of a message that it is not done with.
  if (!request?.people()) return refuseAudience('REQUEST_NOT_FOUND')
  if (request.account !== account) refuseAudience('WRONG_BOT_ID')
  if (now - request.at > sixtyDays) refuseAudience('TOO_OLD_MESSAGES')
  const isSame = audiencesOf(account, now).some(
    (audience) => audience.type === type && audience.requestId === requestId && audience.clickUrl === clickUrl,
  )
  return isSame ? refuseAudience('AUDIENCE_GROUP_REQUESTID_DUPLICATE') : request
}

/** Makes audiences of those who saw a message or opened its links. */
export const handlers: Handlers<typeof operations> = {
  createClickBasedAudienceGroup({ description, requestId, clickUrl: given }, call) {
    // An empty link means any link, as none does.
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
